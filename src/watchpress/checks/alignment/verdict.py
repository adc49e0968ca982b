"""The verdict: where a translation does not say what its original says, at places of its copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchpress.checks.alignment import shape, substance
from watchpress.diagnostic import Diagnostic, Tell, remark
from watchpress.language import days
from watchpress.model import tree
from watchpress.model.blocks import Pair, note_pairs, paired
from watchpress.model.ledger import printed_of
from watchpress.model.tree import Element


@dataclass(frozen=True)
class Subject:
    """Two editions of one number."""

    original: Element
    translation: Element


def pairs_of(reports: Sequence[Element], language: str = "") -> list[Subject]:
    """Return what is to be compared among `reports`: each edition with the first of its number.

    The order tells which edition is the original, unless there is one in the `language` of
    originals; editions in the original's own language are no translations.
    """
    first: dict[int, Element] = {}
    for report in reports:
        if tree.language(report) == language:
            first.setdefault(tree.number(report), report)
    found = []
    for report in reports:
        original = first.setdefault(tree.number(report), report)
        if tree.language(original) != tree.language(report):
            found.append(Subject(original, report))
    return found


def check(subject: Subject, tell: Tell) -> None:
    """Tell A101 to A119 of codes.toml, each at its place in the copy of the translation."""
    for finding in dict.fromkeys(findings(subject.original, subject.translation)):
        tell(finding)


def findings(original: Element, translation: Element) -> Iterator[Diagnostic]:
    """Yield what differs: the editions as such, the text in its order, then the notes."""
    yield from _age(original, translation)
    heads: Pair = ((tree.headline(original),), (tree.headline(translation),))
    beside = [heads, *paired(original, translation, deep=True)]
    yield from shape.blocks(beside)
    yield from shape.calls(beside)
    for element in substance.foreign(original, translation):
        yield remark("A117", tree.place(element), words=shape.excerpt(element))
    for row in shape.rows(beside):
        yield from substance.differences(row)
    yield from _notes(original, translation)


def _notes(original: Element, translation: Element) -> Iterator[Diagnostic]:
    """Yield notes that one edition lacks, and what differs in the others."""
    listed = tree.notes(translation)
    near = listed[0] if listed else tree.headline(translation)
    for ours, theirs in note_pairs(original, translation):
        if ours is not None and theirs is not None:
            near = theirs
            yield from substance.differences(shape.Row((ours,), (theirs,)))
        elif ours is not None:
            yield remark("A110", tree.place(near), number=printed_of(ours), at=tree.place(ours))
        elif theirs is not None:
            yield remark("A111", tree.place(theirs), number=printed_of(theirs))


def _age(original: Element, translation: Element) -> Iterator[Diagnostic]:
    """Yield signs that the translation was made of an earlier state of the original."""
    place = tree.place(tree.headline(translation))
    ours, theirs = tree.date(original), tree.date(translation)
    if theirs < ours:
        yield remark("A115", place, wanted=ours, found=theirs)
    change, known = tree.corrected(original), tree.corrected(translation)
    if change and (not known or _earlier(known, change)):
        at = tree.place(tree.headline(original))
        yield remark("A116", place, wanted=change, at=at)


def _earlier(known: str, change: str) -> bool:
    """Say whether a note of a correction names an earlier day than another; not, where unsure."""
    ours, theirs = days.find(known), days.find(change)
    if len(ours) != 1 or len(theirs) != 1:
        return False
    one, other = ours[0], theirs[0]
    if one.year and other.year and one.year != other.year:
        return one.year < other.year
    return (one.month, one.day) < (other.month, other.day)
