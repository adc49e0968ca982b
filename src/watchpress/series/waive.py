"""What series.toml says on findings and errors: waivers, corrections, terms, and if they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

from watchpress.diagnostic import Diagnostic, Fatal, remark
from watchpress.files import read
from watchpress.language.letters import decode
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.series.config import Waiver
from watchpress.series.load import Series

Key: TypeAlias = tuple[int, str]  # number and language

TERMS: Final = ("V201", "V202")  # what is said of the terms of the index


class Waivers:
    """The waivers of a series, and which of them were of use so far.

    A waiver drops the findings of its code about its report whose line of copy has the quoted
    words. `files`: which report a file is, by the name that findings call it by.
    """

    def __init__(self, series: Series, files: Mapping[str, Key]) -> None:
        self.series = series
        self.files = files
        self._used: set[int] = set()
        self._lines: dict[str, tuple[str, ...]] = {}

    def kept(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings that no waiver drops."""
        return [one for one in findings if not self._dropped(one)]

    def _dropped(self, finding: Diagnostic) -> bool:
        waivers = self.series.config.waivers
        used = {place for place, one in enumerate(waivers) if self._drops(one, finding)}
        self._used |= used
        return bool(used)

    def _drops(self, waiver: Waiver, finding: Diagnostic) -> bool:
        place = finding.place
        if finding.code != waiver.code or self.files.get(place.file) != (
            waiver.report,
            waiver.lang,
        ):
            return False
        if place.file not in self._lines:
            self._lines[place.file] = _lines(place.file)
        found = self._lines[place.file]
        return 0 < place.line <= len(found) and waiver.quote in found[place.line - 1]

    def unused(self, looked: Collection[str] | None = None) -> Iterator[Diagnostic]:
        """Yield C217 for each waiver that has dropped nothing.

        `looked`: first letters of the codes that were looked for; all where it is None.
        """
        for number, one in enumerate(self.series.config.waivers):
            if number not in self._used and (looked is None or one.code[0] in looked):
                place = self.series.place("waivers", number, "quote")
                facts = {"report": one.report, "lang": one.lang, "quote": one.quote}
                yield remark("C217", place, code=one.code, **facts)


def _lines(file: str) -> tuple[str, ...]:
    """Return the lines of a file of copy, as places count them; () where it cannot be read."""
    try:
        text = decode(read(Path(file)), file, lambda _: None)
    except Fatal:
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def corrections(
    series: Series, reports: Mapping[Key, Element], *, partly: bool
) -> Iterator[Diagnostic]:
    """Yield C216 for each correction of words that its report has not.

    `partly`: not all reports are there; what would be corrected in another is not judged.
    """
    for index, one in enumerate(series.config.corrections):
        report = reports.get((one.number, one.lang))
        if report is None and partly:
            continue
        if report is None or tree.squeeze(one.printed) not in tree.text(report):
            facts = {"number": one.number, "lang": one.lang, "printed": one.printed}
            yield remark("C216", series.place("corrections", index, "printed"), **facts)


def placed(series: Series, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, those about a term of the index at the line where the term is listed."""
    for finding in findings:
        facts = dict(finding.facts)
        said = (facts.get("language"), facts.get("word"))
        terms = enumerate(series.config.terms if finding.code in TERMS else [])
        at = next((index for index, term in terms if said in term.words.items()), None)
        place = finding.place if at is None else series.place("terms", at, "words")
        yield replace(finding, place=place)
