"""The reader of our own XML: what `watchpress read` printed is copy too."""

from __future__ import annotations

from watchpress.catalog import Reading, Source
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import read as read_bytes
from watchpress.model.tree import SOURCE, parse


def read(source: Source, tell: Tell, data: bytes | None = None) -> Reading:
    """Return the report that an XML file holds; Fatal where it is no XML or no report.

    Places keep pointing into the copy the XML was made from, which its root names.
    """
    report = parse(read_bytes(source.path) if data is None else data, source.name)
    if report.tag != "article":
        raise Fatal(remark("R009", Place(source.name, 1, 1), element=report.tag))
    report.set(SOURCE, _source(source, report.get(SOURCE)))
    return Reading(report)


def _source(source: Source, named: str | None) -> str:
    """Return the copy's file: as the root names it, beside the XML where it lies there."""
    if not named:
        return source.name
    beside = source.path.parent / named
    return str(beside) if beside.is_file() else named
