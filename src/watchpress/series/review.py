"""What of series.toml does not fit together: names given twice, languages and volumes not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, TypeAlias

from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.files import device
from watchpress.series.config import ABLE, OF_VOLUMES, PRINTING, REPORTS, Config, Edition
from watchpress.series.lines import Key
from watchpress.series.nearest import nearest

Where: TypeAlias = Callable[[Key], Place]


def review(config: Config, raw: Mapping[str, Any], where: Where) -> Iterator[Diagnostic]:
    """Yield the faults; `raw`: the file as tomllib reads it, `where` gives the place of a key."""
    for check in (_twice, _devices, _outside, _texts, _languages, _isbn):
        yield from check(config, where)
    yield from _editions(config, [{*edition} for edition in raw.get("editions", ())], where)


def _twice(config: Config, where: Where) -> Iterator[Diagnostic]:
    names: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("volumes", "name", [volume.name for volume in config.volumes]),
        ("editions", "name", [edition.name for edition in config.editions]),
        ("reports", "file", [report.file for report in config.reports]),
    )
    for table, key, given in names:
        seen: set[str] = set()
        for place, name in enumerate(given):
            if name in seen or (table, name) == ("volumes", REPORTS):
                spot = where((table, place, key))
                yield remark("C209", spot, key=f"{table}[{place + 1}].{key}", given=name)
            seen.add(name)


def _devices(config: Config, where: Where) -> Iterator[Diagnostic]:
    """Products are named after their volume: dist/ is to lie on any system."""
    for place, volume in enumerate(config.volumes):
        if device(volume.name):
            key, form = f"volumes[{place + 1}].name", "≠ con, prn, aux, nul, com1, lpt1"
            spot = where(("volumes", place, "name"))
            yield remark("C208", spot, key=key, given=volume.name, form=form)


def _outside(config: Config, where: Where) -> Iterator[Diagnostic]:
    """Copy lies in the folder of its series: what leads out of it is a slip, or worse."""
    for place, report in enumerate(config.reports):
        path = PurePosixPath(report.file)
        windows = PureWindowsPath(report.file)
        if path.is_absolute() or windows.anchor or {"..", ""} & {*path.parts, *windows.parts}:
            yield remark("C309", where(("reports", place, "file")), file=report.file)


def _texts(config: Config, where: Where) -> Iterator[Diagnostic]:
    """Each language of the series needs the words that products print."""
    for key in ("title", "publisher"):
        for tag in config.languages:
            if tag not in getattr(config, key):
                yield remark("C205", where((key,)), key=f"{key}.{tag}")


def _languages(config: Config, where: Where) -> Iterator[Diagnostic]:
    lists: list[tuple[Key, str, list[str]]] = [(("languages",), "languages", [*config.languages])]
    for place, volume in enumerate(config.volumes):
        key = f"volumes[{place + 1}].languages"
        lists.append((("volumes", place, "languages"), key, [*volume.languages]))
    for place, edition in enumerate(config.editions):
        key = f"editions[{place + 1}].languages"
        lists.append((("editions", place, "languages"), key, [*edition.languages]))
    for spot, key, tags in lists:
        for at, tag in enumerate(tags):
            if tag in tags[:at]:
                yield remark("C209", where(spot), key=key, given=tag)
            if tag not in config.languages:
                allowed = ", ".join(config.languages)
                yield remark("C207", where(spot), key=key, given=tag, allowed=allowed)


def _isbn(config: Config, where: Where) -> Iterator[Diagnostic]:
    names = [volume.name for volume in config.volumes]
    for name in config.identifiers.isbn:
        if name not in names:
            spot = where(("identifiers", "isbn", name))
            key = f"identifiers.isbn.{name}"
            yield remark("C204", spot, key=key, nearest=nearest(name, names) or "-")


def _editions(config: Config, said: Sequence[set[str]], where: Where) -> Iterator[Diagnostic]:
    """Yield the faults of editions; `said`: the keys that series.toml has of each."""
    names = [REPORTS, *(volume.name for volume in config.volumes)]
    made: dict[tuple[str, ...], str] = {}
    for place, edition in enumerate(config.editions):
        key = f"editions[{place + 1}]"
        if edition.what not in names:
            known = names[1:] if edition.format in OF_VOLUMES else names
            spot, allowed = where(("editions", place, "what")), ", ".join(known) or "-"
            yield remark("C207", spot, key=f"{key}.what", given=edition.what, allowed=allowed)
        elif edition.format == "xml" and edition.what != REPORTS:
            spot, allowed = where(("editions", place, "format")), "pdf, epub"
            yield remark("C207", spot, key=f"{key}.format", given="xml", allowed=allowed)
        yield from _fits(config, place, said[place], where)
        dress = (edition.profile, edition.theme)
        files = (edition.what, edition.format, *dress, *languages(config, edition))
        if files in made:
            spot = where(("editions", place))
            yield remark("C210", spot, edition=edition.name, other=made[files])
        made.setdefault(files, edition.name)


def _fits(config: Config, place: int, said: set[str], where: Where) -> Iterator[Diagnostic]:
    """Yield the keys of an edition that have no effect with its format, or cannot be had."""
    edition = config.editions[place]
    form = edition.format
    names = ", ".join(volume.name for volume in config.volumes)
    books = f"what = {names}" if names else "[[volumes]]"
    press = edition.profile == "press"
    able = ABLE.get(form, (edition.profile,))
    rules = (
        (
            "what",
            form in OF_VOLUMES and edition.what == REPORTS,
            books,
        ),
        ("profile", edition.profile not in able, f"profile = {', '.join(able)}"),
        ("bleed", form != "cover" and not press and "bleed" in said, "format = cover"),
        *((key, not press and key in said, "profile = press") for key in PRINTING),
        ("board", form != "cover" and not press and "board" in said, "format = cover"),
        ("fonts", form != "epub" and "fonts" in said, "format = epub"),
        ("numbers", form != "offprint" and "numbers" in said, "format = offprint"),
    )
    for key, wrong, wanted in rules:
        if wrong:
            spot = where(("editions", place, key if key in said else "format"))
            given = getattr(edition, key)
            facts = {"key": f"editions[{place + 1}].{key}", "given": given, "wanted": wanted}
            yield remark("C220", spot, format=form, **facts)


def languages(config: Config, edition: Edition) -> tuple[str, ...]:
    """Return the languages of an edition: its own, else the volume's, else those of the series."""
    volume = next((one for one in config.volumes if one.name == edition.what), None)
    return tuple(edition.languages or (volume.languages if volume else ()) or config.languages)
