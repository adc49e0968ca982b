"""Which block of a report answers which in another edition of it, whatever the languages.

Only what survives translation is looked at: the kind of a block, the notes it calls, figures and
addresses in it, how long it is. Blocks keep their order; the cheapest way through both editions is
found by dynamic programming, after Gale and Church, A Program for Aligning Sentences (1993).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import inf, log
from typing import Final, TypeAlias

from watchpress.model import tree
from watchpress.model.ledger import urls, value
from watchpress.model.tree import Element

Pair: TypeAlias = tuple[Element | None, Element | None]

ALONE: Final = 1.8  # what a block without an answer costs; two that differ by more are no pair
_HEADING: Final = 2.5  # a sub-heading beside anything else
_KIND: Final = 0.9  # a paragraph beside a quotation or a list
_NOTES: Final = 2.0  # other notes are called
_FIGURES: Final = 0.8  # other figures are named, and many of them
_MANY: Final = 4  # figures; fewer say less, for one edition may have them in words
_LENGTH: Final = 0.8  # one block is e times as long as the other, measured against the whole
_BAND: Final = 40  # blocks by which editions may be out of step

_HOLDERS: Final = ("disp-quote", "list", "list-item")


@dataclass(frozen=True)
class _Look:
    """What is compared of a block."""

    kind: str
    calls: frozenset[int]
    figures: frozenset[str]
    size: float


def blocks(report: Element, *, deep: bool = False) -> list[Element]:
    """Return the blocks of a body in order: sub-headings, paragraphs, quotations and lists.

    `deep`: quotations and lists opened, their paragraphs in their stead.
    """
    body = report.find("body")
    assert body is not None, "the schema asks for a body"
    return list(_flat(body, deep))


def _flat(parent: Element, deep: bool) -> Iterator[Element]:
    for child in parent:
        if child.tag == "sec" or (deep and child.tag in _HOLDERS):
            yield from _flat(child, deep)
        elif isinstance(child.tag, str):
            yield child


def pairs(original: Element, translation: Element, *, deep: bool = False) -> list[Pair]:
    """Return the `blocks` of two editions side by side, each once, in order; None: no answer.

    Where a paragraph has been split in two, the likelier half is its answer.
    """
    first, second = blocks(original, deep=deep), blocks(translation, deep=deep)
    ours, theirs = [_look(block) for block in first], [_look(block) for block in second]
    return [
        (None if i is None else first[i], None if j is None else second[j])
        for i, j in _way(ours, theirs)
    ]


def kind(block: Element) -> str:
    """Return what a block is: `title`, `p`, or for what is in a quotation or list their name."""
    holder = next(block.iterancestors("disp-quote", "list"), None)
    return str(block.tag if holder is None else holder.tag)


def note_pairs(original: Element, translation: Element) -> list[Pair]:
    """Return the notes of two editions side by side by their numbers; None: no answer.

    The order is that of the original; what only the translation has comes last.
    """
    left: dict[int, list[Element]] = {}
    for note in tree.notes(translation):
        left.setdefault(value(note.findtext("label") or ""), []).append(note)
    found: list[Pair] = []
    for note in tree.notes(original):
        answers = left.get(value(note.findtext("label") or ""), [])
        found.append((note, answers.pop(0) if answers else None))
    return [*found, *((None, note) for notes in left.values() for note in notes)]


def _look(block: Element) -> _Look:
    words = unicodedata.normalize("NFKC", tree.text(block))
    calls = [value(tree.text(marker)) for marker in tree.markers(block)]
    figures = {*re.findall(r"[0-9]+", words), *urls(block)}
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    return _Look(kind(block), frozenset(calls), frozenset(figures), len(words) + wide)


def _way(first: Sequence[_Look], second: Sequence[_Look]) -> list[tuple[int | None, int | None]]:
    """Return the cheapest way through both: pairs of places, None for a block left alone."""
    ratio = (sum(look.size for look in second) or 1) / (sum(look.size for look in first) or 1)
    least: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for i in range(len(first) + 1):
        for j in _band(i, len(first), len(second)):
            if i or j:
                least[i, j] = min(
                    (_to(least, i - 1, j - 1, first, second, ratio), 0),
                    (least.get((i - 1, j), (inf, 0))[0] + ALONE, 1),
                    (least.get((i, j - 1), (inf, 0))[0] + ALONE, 2),
                )
    way: list[tuple[int | None, int | None]] = []
    i, j = len(first), len(second)
    while i or j:
        step = least[i, j][1]
        i, j = i - (step != 2), j - (step != 1)
        way.append((None if step == 2 else i, None if step == 1 else j))
    return way[::-1]


def _band(i: int, rows: int, columns: int) -> range:
    """Return the places of the second edition that may answer place `i` of the first."""
    width = _BAND + abs(rows - columns)
    return range(max(0, i - width), min(columns, i + width) + 1)


def _to(
    least: dict[tuple[int, int], tuple[float, int]],
    i: int,
    j: int,
    first: Sequence[_Look],
    second: Sequence[_Look],
    ratio: float,
) -> float:
    """Return what the cheapest way costs that ends with the pair of places `i` and `j`."""
    before = least.get((i, j))
    return inf if before is None else before[0] + _cost(first[i], second[j], ratio)


def _cost(one: _Look, other: _Look, ratio: float) -> float:
    """Return how unlike two blocks are, 0 for the same."""
    cost = 0.0
    if one.kind != other.kind:
        cost += _HEADING if "title" in (one.kind, other.kind) else _KIND
    cost += _NOTES * _apart(one.calls, other.calls)
    many = min(1.0, len(one.figures | other.figures) / _MANY)
    cost += _FIGURES * many * _apart(one.figures, other.figures)
    return cost + _LENGTH * abs(log((other.size or 1) / (one.size or 1) / ratio))


def _apart(one: Collection[object], other: Collection[object]) -> float:
    """Return 0 for equal sets, 1 for sets without a thing in common (1 less Dice's measure)."""
    if not one and not other:
        return 0.0
    return 1 - 2 * len(set(one) & set(other)) / (len(one) + len(other))
