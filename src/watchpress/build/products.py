"""What an edition comes to: which files, of which reports, and the hash of all that makes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from watchpress.build.cache import digest, sha256
from watchpress.build.makers import Makers
from watchpress.build.shelf import Refused, Shelf
from watchpress.diagnostic import Fatal, remark
from watchpress.series import select
from watchpress.series.config import Binding, Edition
from watchpress.series.load import USAGE, Series
from watchpress.series.nearest import nearest
from watchpress.series.review import languages

Key: TypeAlias = tuple[int, str]  # number and language
# What of series.toml no volume prints.
_UNPRINTED: Final = {"waivers", "editions", "reports", "volumes"}


@dataclass(frozen=True)
class Plan:
    """One product to be: its file, its edition, the reports in it; of a volume, which."""

    file: str
    edition: Edition
    tags: tuple[str, ...]
    keys: tuple[Key, ...]
    bound: Binding | None = None


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
        tags = languages(series.config, edition.name)
        bound = select.binding(series.config, edition)
        if bound is None:
            for number, tag in shelf.copies:
                if tag in tags:
                    file = _file(f"{number:03d}", (tag,), edition)
                    yield Plan(file, edition, (tag,), ((number, tag),))
        else:
            keys = _held(series, bound, tags, shelf)
            yield Plan(_file(bound.name, tags, edition), edition, tags, keys, bound)


def _file(stem: str, tags: Sequence[str], edition: Edition) -> str:
    profile = "" if edition.profile == "screen" else f".{edition.profile}"
    return f"{stem}.{'-'.join(tags)}{profile}.{edition.format}"


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
    return [shelf.refused[key] for key in plan.keys if key in shelf.refused]


def key(plan: Plan, series: Series, shelf: Shelf, makers: Makers, *, proof: bool) -> str:
    """Return the hash of all that a product is made of and with.

    `proof`: whether it is read back; a product that was not is another one.
    """
    contents = [str((key, shelf.reads[key].content)) for key in plan.keys]
    options = plan.edition.model_dump_json(exclude={"name"})
    parts: list[object] = [
        plan.file,
        makers.key,
        proof,
        options,
        os.environ.get("SOURCE_DATE_EPOCH"),
        *contents,
    ]
    if plan.bound:
        parts += [
            plan.bound.model_dump_json(),
            series.config.model_dump_json(exclude=_UNPRINTED),
        ]
    elif plan.edition.profile == "draft":
        parts += [finding for key in plan.keys for finding in shelf.reads[key].findings]
    return digest("product", *parts)


def inputs(plan: Plan, series: Series, shelf: Shelf, makers: Makers) -> dict[str, str]:
    """Return the files that a product is made of with their hashes, by names seen from the home."""
    found: dict[str, str] = {}
    for key in plan.keys:
        found[portable(shelf.copies[key].source.path, series)] = shelf.reads[key].copy
    if plan.bound or any(shelf.copies[key].overridden for key in plan.keys):
        found[portable(series.file, series)] = sha256(series.file.read_bytes())
    return found | {f"styles/{name}": hashed for name, hashed in makers.sheets.items()}


def portable(path: Path, series: Series) -> str:
    """Return a path as seen from the home of the series: the same wherever that lies."""
    try:
        return path.relative_to(series.home).as_posix()
    except ValueError:
        return path.name


def names(series: Series, shelf: Shelf) -> Mapping[str, str]:
    """Return what the manifest calls the files that findings are about."""
    paths = [series.file, *(Path(file) for file in shelf.files)]
    return {str(path): portable(path, series) for path in paths}
