"""From series.toml to sources: which copy there is, and whether it is what its name says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.files import there
from watchpress.language.scripts import detect
from watchpress.language.words import LANGUAGES, words
from watchpress.model import tree
from watchpress.series.config import Override
from watchpress.series.load import Series

SUFFIXES: Final = (".txt", ".xml")  # where both are there, the first is taken
_NUMBER: Final = re.compile(r"0*([1-9]\d{0,3})")


@dataclass(frozen=True)
class Copy:
    """One file of copy in its series: which report it is, and if series.toml had to say so.

    `readings`: words of its language that get a reading, each with it.
    """

    source: Source
    number: int
    language: str
    numbered: bool = False  # series.toml gives the number
    tagged: bool = False  # series.toml gives the language
    overridden: bool = False  # series.toml says something of it
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[int, str]:
        """The number and the language."""
        return self.number, self.language


def copies(series: Series, tell: Tell) -> tuple[Copy, ...]:
    """Return the copy that is on disk, in the order of numbers, then languages.

    Tells C215 (an override without its file), C218 (a report in two files: the first counts), C219
    (a file that is no report).
    """
    overrides = {series.folder / one.file: one for one in series.config.reports}
    for index, (path, override) in enumerate(overrides.items()):
        if not there(path):
            tell(remark("C215", series.place("reports", index, "file"), file=override.file))
    found = [*_listed(series, overrides, tell), *_named(overrides, series)]
    order: list[str] = [*series.config.languages]
    found.sort(key=lambda one: (one.number, order.index(one.language), _rank(one.source.path)))
    readings = tuple(series.config.readings.items())
    return tuple(
        replace(one, readings=readings) if words(one.language).read else one
        for one in _single(found, tell)
    )


def _rank(path: Path) -> tuple[int, str]:
    return (SUFFIXES.index(path.suffix) if path.suffix in SUFFIXES else len(SUFFIXES), path.name)


def _listed(series: Series, overrides: dict[Path, Override], tell: Tell) -> Iterator[Copy]:
    """Yield the copy that is called by its number in the folder of its language."""
    for tag in LANGUAGES:
        folder = series.folder / tag
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name.startswith(".") or path.name.endswith("~") or path in overrides:
                continue
            match = _NUMBER.fullmatch(path.stem)
            if match and path.suffix in SUFFIXES and tag in series.config.languages:
                yield Copy(_source(path, tag, int(match[1])), int(match[1]), tag)
            else:
                tell(remark("C219", Place(str(path)), file=path.name))


def _source(path: Path, tag: str, number: int | None) -> Source:
    return Source(path, language=tag, number=number)


def _named(overrides: dict[Path, Override], series: Series) -> Iterator[Copy]:
    """Yield the copy that series.toml speaks of, with what it says."""
    for path, given in overrides.items():
        match = _NUMBER.fullmatch(path.stem)
        number = given.number or (int(match[1]) if match else None)
        tag = given.lang or path.parent.name
        if number is None or tag not in series.config.languages or not there(path):
            continue
        lost = (given.date, given.headline, given.series, given.running)
        source = Source(path, tag, number, *lost)
        named, tagged = given.number is not None, given.lang is not None
        yield Copy(source, number, tag, named, tagged, overridden=True)


def _single(found: Sequence[Copy], tell: Tell) -> Iterator[Copy]:
    taken: dict[tuple[int, str], Copy] = {}
    for one in found:
        if one.key in taken:
            other = taken[one.key].source.name
            facts = {"number": one.number, "lang": one.language, "other": other}
            tell(remark("C218", Place(one.source.name), **facts))
        else:
            taken[one.key] = one
            yield one


def heard(copy: Copy, finding: Diagnostic) -> Diagnostic | None:
    """Return what a finding of the reader comes to in a series, None where it is nothing.

    The number comes from the name of the file, not from an option; where series.toml gives it, or
    the date, that the copy says otherwise is known.
    """
    facts = dict(finding.facts)
    if finding.code != "R109":
        return finding
    if facts["option"] != "--number" or copy.numbered:
        return None
    name = copy.source.path.name
    return remark("C213", finding.place, file=name, copy=facts["copy"])


def _text(report: tree.Element) -> str:
    """Return what of a report is its author's own: what we put before it is not."""
    body = report.find("body")
    assert body is not None, "the schema asks for a body"
    return "".join((*tree.headline(report).itertext(), *body.itertext()))


def check(copy: Copy, report: tree.Element, tell: Tell) -> None:
    """Tell where a report is not the one that the name of its file says: C213, C214."""
    place = replace(tree.place(report), line=1, column=1)
    if tree.number(report) != copy.number:
        tell(remark("C213", place, file=copy.source.path.name, copy=tree.number(report)))
    spoken = copy.language if copy.tagged else detect(_text(report))
    if tree.language(report) != copy.language:
        spoken = tree.language(report)
    if spoken not in (None, copy.language):
        tell(remark("C214", place, folder=copy.language, detected=spoken))
