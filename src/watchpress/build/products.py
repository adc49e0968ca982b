"""What an edition comes to: which files, of which reports, and the hash of all that makes them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, TypeAlias

from watchpress.build.cache import digest, sha256
from watchpress.build.makers import Makers
from watchpress.build.shelf import Refused, Shelf
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.series import select
from watchpress.series.config import OF_VOLUMES, Binding, Config, Edition, Limits
from watchpress.series.load import USAGE, Series
from watchpress.series.nearest import nearest
from watchpress.series.review import languages
from watchpress.theme import STANDARD
from watchpress.tools import icc

Key: TypeAlias = tuple[int, str]  # number and language
SPECIMEN: Final = "specimen"  # the edition of every series, unless it has one of that name
# What of series.toml no volume prints.
_UNPRINTED: Final = frozenset({"waivers", "editions", "reports", "volumes", "limits"})
_NAMES: Final = frozenset({"name", "numbers"})  # of an edition: nothing in a product is by them
LAID: Final = frozenset({"pdf", "offprint"})  # formats whose pages are looked at


@dataclass(frozen=True)
class Plan:
    """One product to be: its file, its edition, the reports in it; of a volume, which.

    `whole`: all reports of that volume, as they move the pages of the product. A cover has no
    report in it.
    """

    file: str
    edition: Edition
    tags: tuple[str, ...]
    keys: tuple[Key, ...]
    bound: Binding | None = None
    whole: tuple[Key, ...] = ()

    @property
    def only(self) -> Key | None:
        """The one report in the product, None where there are several, or none."""
        return self.keys[0] if len(self.keys) == 1 else None

    @property
    def used(self) -> tuple[Key, ...]:
        """All reports that the product depends on."""
        return self.whole or self.keys


def editions(series: Series, names: Sequence[str]) -> list[Edition]:
    """Return the editions called by `names`, all where there are none; Fatal C211 for another."""
    known = {edition.name: edition for edition in series.config.editions}
    for name in names:
        if name not in known:
            place, near = series.place("editions", 0), nearest(name, known) or "-"
            raise Fatal(remark("C211", place, given=name, nearest=near), status=USAGE)
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def plans(series: Series, wanted: Sequence[Edition], shelf: Shelf) -> Iterator[Plan]:
    """Yield what the editions come to, in their order: a file of each report, or of a volume.

    Reports that could not be read have their plans too.
    """
    for edition in wanted:
        tags = languages(series.config, edition)
        bound = select.binding(series.config, edition)
        if bound is None:
            for number, tag in shelf.copies:
                if tag in tags:
                    file = _file(f"{number:03d}", (tag,), edition)
                    yield Plan(file, edition, (tag,), ((number, tag),))
        else:
            held = _held(series, bound, tags, shelf)
            if edition.format == "offprint":
                yield from _offprints(series, bound, edition, held)
            else:
                keys = () if edition.format == "cover" else held
                yield Plan(_file(bound.name, tags, edition), edition, tags, keys, bound, held)


def _file(stem: str, tags: Sequence[str], edition: Edition) -> str:
    theme = "" if edition.theme == STANDARD else f".{edition.theme}"
    profile = "" if edition.profile == "screen" else f".{edition.profile}"
    suffix = f"{edition.format}.pdf" if edition.format in OF_VOLUMES else edition.format
    return f"{stem}.{'-'.join(tags)}{theme}{profile}.{suffix}"


def _offprints(
    series: Series, bound: Binding, edition: Edition, held: tuple[Key, ...]
) -> Iterator[Plan]:
    """Yield a plan for each report of a volume; Fatal C221 for a number that is not in it."""
    there = dict.fromkeys(number for number, _ in held)
    for number in edition.numbers:
        if number not in there:
            named = [one.name for one in series.config.editions]
            if edition.name in named:
                place = series.place("editions", named.index(edition.name), "numbers")
            else:  # asked for on the command line
                place = _place(series, bound.name)
            raise Fatal(elsewhere(place, bound.name, str(number), map(str, there)), status=USAGE)
    for keys in select.pieces(bound, languages(series.config, edition), held):
        number, tags = keys[0][0], tuple(tag for _, tag in keys)
        if not edition.numbers or number in edition.numbers:
            file = _file(f"{bound.name}.{number:03d}", tags, edition)
            yield Plan(file, edition, tags, keys, bound, held)


def offprint(series: Series, number: int, name: str) -> Edition:
    """Return the edition that an offprint of the volume `name` is of; Fatal C222 for no volume.

    Trim, theme and languages are those of the first PDF edition of the volume.
    """
    volumes = [one.name for one in series.config.volumes]
    if name not in volumes:
        near = nearest(name, volumes) or "-"
        raise Fatal(
            remark("C222", series.place("volumes", 0), given=name, nearest=near), status=USAGE
        )
    books = (one for one in series.config.editions if (one.what, one.format) == (name, "pdf"))
    book = next(books, Edition(name=name, format="pdf", what=name))
    return Edition(
        name="",  # no edition of series.toml: those have names
        format="offprint",
        what=name,
        languages=book.languages,
        trim=book.trim,
        theme=book.theme,
        numbers=[number],
    )


def holding(series: Series, edition: Edition, key: Key, shelf: Shelf) -> Plan:
    """Return the plan of the offprint that holds a report; Fatal C221 where there is none."""
    found = list(plans(series, [edition], shelf))
    for plan in found:
        if key in plan.keys:
            return plan
    there = [f"{number} ({tag})" for plan in found for number, tag in plan.keys]
    given = f"{key[0]} ({key[1]})"
    raise Fatal(elsewhere(_place(series, edition.what), edition.what, given, there), status=USAGE)


def _place(series: Series, volume: str) -> Place:
    """Return where a volume stands in series.toml."""
    names = [one.name for one in series.config.volumes]
    return series.place("volumes", names.index(volume))


def elsewhere(place: Place, volume: str, given: str, there: Iterable[str]) -> Diagnostic:
    """Return what to say of a report that is not in a volume; `there`: what is in it."""
    return remark("C221", place, given=given, volume=volume, nearest=nearest(given, there) or "-")


def _held(series: Series, bound: Binding, tags: Sequence[str], shelf: Shelf) -> tuple[Key, ...]:
    """Return the reports of a volume in its order; those that could not be read, and may be its."""
    dates = {key: one.issued for key, one in shelf.reads.items()}
    order = select.numbers(series.config, bound, dates)
    undated = [number for number, _ in shelf.refused if number not in {key[0] for key in dates}]
    numbers = dict.fromkeys((*order, *(one for one in undated if _may_hold(bound, one))))
    return tuple((n, tag) for n in numbers for tag in tags if (n, tag) in shelf.copies)


def _may_hold(bound: Binding, number: int) -> bool:
    return bound.first is None or bound.last is None or bound.first <= number <= bound.last


def refused(plan: Plan, shelf: Shelf) -> list[Refused]:
    """Return why reports of a product could not be read."""
    return [shelf.refused[key] for key in plan.used if key in shelf.refused]


def key(
    plan: Plan, series: Series, shelf: Shelf, makers: Makers, *, proof: bool, intent: str
) -> str:
    """Return the hash of all that a product is made of and with.

    `proof`: whether it is read back; a product that was not is another one. `intent`: as `intent`
    has it.
    """
    contents = [str((key, shelf.reads[key].content)) for key in plan.used]
    options = _said(plan.edition, _NAMES)
    parts: list[object] = [
        plan.file,
        makers.key,
        proof,
        options,
        os.environ.get("SOURCE_DATE_EPOCH"),
        *contents,
    ]
    if plan.edition.format in LAID:
        parts.append(_said(series.config.limits))
    if plan.bound:
        parts += [_said(plan.bound), _said(series.config, _UNPRINTED)]
    if plan.edition.profile == "press":
        parts.append(intent)
    if not plan.bound and plan.edition.profile == "draft":
        parts += [finding for key in plan.keys for finding in shelf.reads[key].findings]
    return digest("product", *parts)


def _said(table: Binding | Config | Edition | Limits, without: Collection[str] = ()) -> str:
    """Return all that a table of series.toml says, but for some fields."""
    given = {one.name: getattr(table, one.name) for one in fields(table) if one.name not in without}
    return repr(given)


def intent(series: Series, edition: Edition) -> str:
    """Return the hash of the profile that a press edition is made for, "" where there is none."""
    if edition.profile != "press":
        return ""
    try:
        found = icc.condition(select.press(series, edition).intent)
    except ValueError:
        return ""
    return sha256(found.profile) if found else ""


def inputs(plan: Plan, series: Series, shelf: Shelf, makers: Makers) -> dict[str, str]:
    """Return the files that a product is made of with their hashes, by names seen from the home."""
    found: dict[str, str] = {}
    for key in plan.used:
        found[portable(shelf.copies[key].source.path, series)] = shelf.reads[key].copy
    if plan.bound or any(shelf.copies[key].overridden for key in plan.keys):
        found[portable(series.file, series)] = sha256(series.desk.text.encode())
    return found | {f"styles/{name}": hashed for name, hashed in makers.sheets.items()}


def portable(path: Path, series: Series) -> str:
    """Return a path as seen from the home of the series: the same wherever that lies."""
    for folder in (series.home, series.folder):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name


def names(series: Series, shelf: Shelf) -> Mapping[str, str]:
    """Return what the manifest calls the files that findings are about."""
    paths = [series.file, *(Path(file) for file in shelf.files)]
    return {str(path): portable(path, series) for path in paths}
