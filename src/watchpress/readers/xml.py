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
    if not report.get(SOURCE):
        report.set(SOURCE, source.name)
    return Reading(report)
