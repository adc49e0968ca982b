"""Two editions block beside block: which paragraph stands beside which.

Blocks are paired in order, none is left out, none stands twice. What pairs them is their kind
(a heading stands beside a heading), the notes they call, the figures they name and their length;
the cheapest way through both is found by dynamic programming, as Gale and Church (1993) align
sentences: one beside one, one beside two, two beside one, or one beside nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final, TypeAlias

from lxml import etree

from watchpress.model.tree import Element
from watchpress.xhtml.plain import plain

Pair: TypeAlias = tuple[tuple[Element, ...], tuple[Element, ...]]

HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
_STEPS: Final = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
_ALONE: Final = 2.0  # what it costs to stand beside nothing
_MERGED: Final = 0.6  # and two beside one
_MIXED: Final = 1.8  # and these are a paragraph and a quotation, say
_KIND: Final = 1.5  # a paragraph beside a quotation: one edition may not have marked it
_NOTES: Final = 3.0  # other notes are called
_FIGURES: Final = 1.0  # other figures are named
_LENGTH: Final = 0.8  # one is e times as long as the other, both measured against the whole
_NEVER: Final = 1000.0
_BAND: Final = 60  # blocks by which editions may be out of step
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class _Look:
    """What is compared of some blocks: their kind, length, note calls, figures."""

    kind: str
    size: float
    notes: frozenset[str]
    figures: frozenset[str]


def blocks(body: Element) -> list[Element]:
    """Return the blocks of a body in order, taken out of it, each with the id links lead to.

    Sections are flattened: where two editions stand block beside block, there can be no section
    of one language. The heading takes the id of its section.
    """
    return list(_flat(body))


def _flat(parent: Element) -> Iterator[Element]:
    for child in list(parent):
        if child.tag != "section":
            yield child
            continue
        found = list(_flat(child))
        if found and child.get("id"):
            _name(found[0], str(child.get("id")))
        yield from found


def _name(block: Element, name: str) -> None:
    """Let links to `name` lead to a block, which may have a name of its own."""
    if not block.get("id"):
        block.set("id", name)
        return
    anchor = etree.Element("span", id=name)
    anchor.tail, block.text = block.text, None
    block.insert(0, anchor)


def pairs(one: Sequence[Element], two: Sequence[Element]) -> list[Pair]:
    """Return the blocks of two editions beside each other, in order."""
    return [
        (tuple(one[i] for i in range(*left)), tuple(two[j] for j in range(*right)))
        for left, right in align([_look((block,)) for block in one], [_look((b,)) for b in two])
    ]


Span: TypeAlias = tuple[int, int]


def align(one: Sequence[_Look], two: Sequence[_Look]) -> list[tuple[Span, Span]]:
    """Return the spans of both that stand beside each other, by the cheapest way through."""
    ratio = (sum(look.size for look in two) or 1) / (sum(look.size for look in one) or 1)
    cost: dict[Span, float] = {(0, 0): 0.0}
    way: dict[Span, Span] = {}
    for i in range(len(one) + 1):
        for j in range(len(two) + 1):
            if abs(i * len(two) - j * len(one)) > _BAND * max(len(one), len(two)):
                continue
            for step in _STEPS:
                before = (i - step[0], j - step[1])
                if before not in cost:
                    continue
                price = cost[before] + _price(one[before[0] : i], two[before[1] : j], ratio)
                if price < cost.get((i, j), float("inf")):
                    cost[i, j], way[i, j] = price, before
    return _back(way, (len(one), len(two)))


def _back(way: dict[Span, Span], end: Span) -> list[tuple[Span, Span]]:
    found = []
    while end != (0, 0):
        start = way[end]
        found.append(((start[0], end[0]), (start[1], end[1])))
        end = start
    return found[::-1]


def _price(one: Sequence[_Look], two: Sequence[_Look], ratio: float) -> float:
    if not one or not two:
        return _ALONE
    left, right = _joined(one), _joined(two)
    if (left.kind in HEADINGS or right.kind in HEADINGS) and left.kind != right.kind:
        return _NEVER
    if len(one) + len(two) > 2 and left.kind in HEADINGS:
        return _NEVER
    price = _MERGED * (len(one) + len(two) - 2)
    price += _MIXED * (len({look.kind for look in one}) + len({look.kind for look in two}) - 2)
    price += _KIND * (left.kind != right.kind)
    price += _NOTES * _apart(left.notes, right.notes)
    price += _FIGURES * _apart(left.figures, right.figures)
    return price + _LENGTH * abs(log((right.size + 1) / (left.size * ratio + 1)))


def _joined(looks: Sequence[_Look]) -> _Look:
    if len(looks) == 1:
        return looks[0]
    kinds = {look.kind for look in looks}
    heading = next((kind for kind in kinds if kind in HEADINGS), None)
    return _Look(
        kind=heading or (kinds.pop() if len(kinds) == 1 else "p"),
        size=sum(look.size for look in looks),
        notes=frozenset().union(*(look.notes for look in looks)),
        figures=frozenset().union(*(look.figures for look in looks)),
    )


def _apart(one: frozenset[str], two: frozenset[str]) -> float:
    """Return how much of two sets is not in both: 0 for equal ones, 1 for strangers."""
    return 1 - len(one & two) / len(one | two) if one | two else 0.0


def _look(found: Sequence[Element]) -> _Look:
    """Return what is compared of some blocks; a call is known by its note, not by its number.

    A volume counts the notes of each language on by themselves: what is 8 here may be 16 there.
    """
    text = " ".join(plain(block) for block in found)
    calls = [
        call
        for block in found
        for call in block.iter("a", "span")
        if "noteref" in str(call.get("class", "")).split()
    ]
    printed = {"".join(call.itertext()) for call in calls}
    notes = frozenset(str(call.get("href", "")).rpartition("-")[2] for call in calls)
    figures = frozenset(_NUMBER.findall(text)) - printed
    return _Look(str(found[0].tag), float(len(text)), notes, figures)
