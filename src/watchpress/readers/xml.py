"""The reader of our own XML: what `watchpress read` printed is copy too."""

from __future__ import annotations

from pathlib import Path

from watchpress.catalog import Reading, Source
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import read as read_bytes
from watchpress.language.words import LANGUAGES, spoken
from watchpress.model.tree import LANG, SOURCE, Element, parse


def read(source: Source, tell: Tell, data: bytes | None = None) -> Reading:
    """Return the report that an XML file holds; Fatal where it is no XML or no report.

    R009 (another kind of XML), R506 (in a language that we do not speak), and what `parse` raises.
    Places keep pointing into the copy the XML was made from, which its root names.
    """
    report = parse(read_bytes(source.path) if data is None else data, source.name)
    if report.tag != "article":
        raise Fatal(
            remark("R009", Place(source.name, report.sourceline or 1, 1), element=report.tag)
        )
    _understood(report, source)
    pictured = next(report.iter("graphic"), None) is not None
    report.set(SOURCE, _source(source, report.get(SOURCE), pictured=pictured))
    return Reading(report)


def _understood(report: Element, source: Source) -> None:
    """Raise R506 for a report in a language that we have no words for; none is the schema's."""
    tag = report.get(LANG)
    if tag is not None and not spoken(tag):
        place = Place(source.name, report.sourceline or 1, 1)
        raise Fatal(remark("R506", place, tag=tag, spoken=", ".join(LANGUAGES)))


def _source(source: Source, named: str | None, *, pictured: bool) -> str:
    """Return the copy's file: as the root names it, beside the XML where it lies there.

    Where it lies nowhere, it is taken to have lain beside the XML: pictures are looked for there.
    """
    if not named:
        return source.name
    beside = source.path.parent / named
    if beside.is_file() or Path(named).is_file():
        return str(beside) if beside.is_file() else named
    return str(source.path.parent / Path(named).name) if pictured else named
