"""Notes become endnotes: markers are tied to notes, and what does not fit is told."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from watchpress.diagnostic import Tell, remark
from watchpress.model.ledger import N, value
from watchpress.model.tree import AS, STATE, Element, markers, notes, place, text


def apply(report: Element, tell: Tell) -> None:
    """Tie each marker to the note of its number, and set the state of both.

    Tells N101 (marker without note), N102 (note without marker), N103 (two notes of one number),
    N104 (cited again), N105 (marker out of order), N106 (note list out of order or with a gap).
    A report begins with its own numbers: what a volume had given it is taken away.
    """
    etree.strip_attributes(report, N)
    first: dict[int, Element] = {}
    listed = notes(report)
    for note in listed:
        number = _number(note)
        if number in first:
            note.set(STATE, "duplicate")
            facts = {"label": _typed(note), "line": place(first[number]).line}
            tell(remark("N103", place(note), **facts))
        else:
            note.set(STATE, "ok")
            first[number] = note
    _order(list(first.values()), tell)
    cited = _tie(report, first, tell)
    for note in first.values():
        if str(note.get("id")) not in cited:
            note.set(STATE, "unused")
            tell(remark("N102", place(note), label=_typed(note)))


def _tie(report: Element, first: dict[int, Element], tell: Tell) -> dict[str, Element]:
    """Give each marker its rid; return note id -> first marker that calls it."""
    cited: dict[str, Element] = {}
    highest = 0
    for marker in markers(report):
        note = first.get(value(text(marker)))
        if note is None:
            marker.attrib.pop("rid", None)
            marker.set(STATE, "missing")
            tell(remark("N101", place(marker), marker=marker.get(AS) or text(marker)))
            continue
        identifier = str(note.get("id"))
        marker.set("rid", identifier)
        marker.set(STATE, "ok")
        if identifier in cited:
            _repeat(marker, note, cited[identifier], tell)
        else:
            cited[identifier] = marker
            highest = _follow(marker, note, highest, tell)
    return cited


def _repeat(marker: Element, note: Element, before: Element, tell: Tell) -> None:
    marker.set(STATE, "repeated")
    if note.get(STATE) == "ok":
        note.set(STATE, "repeated")
    where = place(before)
    facts = {"marker": marker.get(AS) or text(marker), "line": where.line, "column": where.column}
    tell(remark("N104", place(marker), **facts))


def _follow(marker: Element, note: Element, highest: int, tell: Tell) -> int:
    """Return the highest number called so far; tell where a first call is below it."""
    number = _number(note)
    if number < highest:
        marker.set(STATE, "out-of-order")
        note.set(STATE, "out-of-order")
        typed = marker.get(AS) or text(marker)
        tell(remark("N105", place(marker), marker=typed, after=highest))
    return max(highest, number)


def _order(listed: Iterable[Element], tell: Tell) -> None:
    """Tell notes that do not stand in the order of their numbers, from 1 without a gap."""
    expected = 1
    for note in listed:
        if _number(note) != expected:
            tell(remark("N106", place(note), label=_typed(note), expected=expected))
        expected = _number(note) + 1


def _number(note: Element) -> int:
    return value(note.findtext("label") or "")


def _typed(note: Element) -> str:
    label = note.find("label")
    assert label is not None, "the schema asks for a label"
    return label.get(AS) or text(label)
