"""The numbers that a volume prints on its notes, and the map from the old to the new."""

from __future__ import annotations

import csv as table
import json as notation
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, fields, replace
from io import StringIO

from watchpress.catalog import Entry, Volume
from watchpress.model import tree
from watchpress.model.ledger import N, mentions, printed_of
from watchpress.model.tree import Element


@dataclass(frozen=True)
class Renumbered:
    """A line of the map: in which report the note stands, what its author called it, its number.

    `new` is what the volume prints; where notes restart in each report it is the value of `old`.
    """

    number: int
    language: str
    old: str
    new: str
    id: str


def number(volume: Volume) -> tuple[Volume, tuple[Renumbered, ...]]:
    """Return `volume` with the numbers that its notes, calls and mentions print, and the map.

    `restart`: each report has its own numbers, the volume is left as it is. `continuous`: the notes
    of a language count on through the volume, in the order of its entries and of each note list; so
    do notes that nothing calls, or whose label is taken. Calls without a note keep their flag. The
    reports given stay as they are: numbers are set on copies.
    """
    if volume.numbering == "restart":
        return volume, tuple(_rows(volume))
    last = dict.fromkeys(volume.languages, 0)
    numbered = replace(volume, entries=tuple(_entry(entry, last) for entry in volume.entries))
    return numbered, tuple(_rows(numbered))


def _entry(entry: Entry, last: dict[str, int]) -> Entry:
    """Return a copy of an entry, its notes counted on from the `last` number of each language."""
    editions: dict[str, Element | None] = {}
    for language, report in entry.editions.items():
        editions[language] = copy = deepcopy(report)
        if copy is not None:
            last[language] = _count(copy, last.get(language, 0))
    return replace(entry, editions=editions)


def _count(report: Element, last: int) -> int:
    """Give the notes of a report the numbers after `last`; return the last one given."""
    given: dict[str, str] = {}
    for new, note in enumerate(tree.notes(report), last + 1):
        label = note.find("label")
        assert label is not None, "the schema asks for a label"
        label.set(N, str(new))
        given[str(note.get("id"))] = str(new)
    for xref in (*tree.markers(report), *mentions(report)):
        if xref.get("rid"):
            xref.set(N, given[str(xref.get("rid"))])
    return last + len(given)


def _rows(volume: Volume) -> Iterator[Renumbered]:
    for language in volume.languages:
        for entry in volume.entries:
            report = entry.editions.get(language)
            for note in () if report is None else tree.notes(report):
                old, identifier = note.findtext("label") or "", str(note.get("id"))
                yield Renumbered(entry.number, language, old, printed_of(note), identifier)


def csv(rows: Sequence[Renumbered]) -> str:
    """Return the map as CSV (RFC 4180) with a line of headings."""
    out = StringIO()
    names = [field.name for field in fields(Renumbered)]
    writer = table.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return out.getvalue()


def json(rows: Sequence[Renumbered]) -> str:
    """Return the map as JSON: a list of objects with the names of `Renumbered`."""
    listed: list[Mapping[str, object]] = [asdict(row) for row in rows]
    return notation.dumps(listed, ensure_ascii=False, indent=2) + "\n"
