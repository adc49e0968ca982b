"""Which blocks of one edition stand beside which of another, whatever the languages.

Only what survives translation is looked at: the kind of a block, the notes it calls, figures and
addresses in it, how long it is. Blocks keep their order, and each stands once: one beside one, one
beside two or three that it was split into, or one beside nothing. The cheapest way through both
editions is found by dynamic programming, after Gale and Church, A Program for Aligning Sentences
(1993).

To leave a block alone, or to let two answer one, costs as much as the most that a pair of text may
differ by; so which block is too many is told by what the others are, and by nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import inf, log
from typing import Final, TypeAlias, TypeVar

Block = TypeVar("Block")
Pair: TypeAlias = tuple[tuple[Block, ...], tuple[Block, ...]]
Half: TypeAlias = tuple[Block | None, Block | None]
Span: TypeAlias = tuple[int, int]  # from, up to

ALONE: Final = 1.8  # what a block without an answer costs, the least
_FIXED: Final = 2.6  # one that holds the order of things: its answer is sought far and wide
_SPLIT: Final = 1.8  # what each block costs that is answered together with the one before it
_MIXED: Final = (
    0.5  # and if these are not of one kind: a quotation that one edition has not set off
)
_NEVER: Final = inf  # a sub-heading beside text
_KIND: Final = 0.9  # a paragraph beside a quotation or a list
_LEVEL: Final = 0.4  # a sub-heading beside one of another level
_NOTES: Final = 2.4  # other notes are called
_FIGURES: Final = 0.9  # other figures are named, and many of them
_MANY: Final = 4  # figures; fewer say less, for one edition may have them in words
_LENGTH: Final = 0.8  # one is e times as long as the other, measured against the whole
_STRETCH: Final = 0.1  # one language takes e times as much room as the other
_SENTENCES: Final = 0.3  # one has e times as many sentences as the other
_SHORT: Final = 8  # columns that lengths may differ by and say nothing
_ENDS: Final = re.compile(r"[!?。]+|[.](?=\W*\s|\W*$)")  # of sentences
_STEPS: Final = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_BAND: Final = (3, 96)  # blocks by which editions may be out of step: at first, at most


@dataclass(frozen=True)
class Kind:
    """How blocks of a kind are paired.

    `alone`: what one costs that has no answer. `text`: it is running text, which another kind of
    running text may answer, and which may be split; all else answers its own kind, one to one.
    """

    alone: float = ALONE
    text: bool = True


KINDS: Final[Mapping[str, Kind]] = {
    "p": Kind(),
    "disp-quote": Kind(),
    "list": Kind(),
    "title": Kind(_FIXED, text=False),
    "table-wrap": Kind(_FIXED, text=False),
    "fig": Kind(_FIXED, text=False),
}
_OTHER: Final = Kind()


@dataclass(frozen=True)
class Look:
    """What is compared of a block: its kind (of KINDS), columns, note calls, figures and so on.

    `level`: how deep a sub-heading is.
    """

    kind: str
    size: int
    calls: frozenset[object] = frozenset()
    figures: frozenset[str] = frozenset()
    sentences: int = 1
    level: int = 0

    @property
    def manner(self) -> Kind:
        """How it is paired."""
        return KINDS.get(self.kind, _OTHER)

    def __add__(self, other: Look) -> Look:
        """Return the look of two blocks as if they were one."""
        return Look(
            self.kind,
            self.size + other.size,
            self.calls | other.calls,
            self.figures | other.figures,
            self.sentences + other.sentences,
            self.level,
        )


def look(
    kind: str,
    words: str,
    *,
    calls: Iterable[object] = (),
    addresses: Iterable[str] = (),
    level: int = 0,
) -> Look:
    """Return the look of a block; `words` are its text without the note calls in it.

    `calls` are whatever two editions have in common for one note. The size is in columns: a wide
    letter takes two (Unicode Standard Annex 11), so that languages are about as long as another.
    """
    words = unicodedata.normalize("NFKC", words)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    figures = re.findall("[0-9]+", re.sub("(?<=[0-9]),(?=[0-9]{3})", "", words))
    sentences = sum(any(map(str.isalnum, piece)) for piece in _ENDS.split(words))
    return Look(
        kind,
        len(words) + wide,
        frozenset(calls),
        frozenset({*figures, *addresses}),
        max(sentences, 1),
        level,
    )


def pairs(
    one: Sequence[Block], two: Sequence[Block], see: Callable[[Block], Look]
) -> list[Pair[Block]]:
    """Return the blocks of two editions beside each other: each once, in order; (): no answer.

    `see` returns the look of a block.
    """
    return [
        (tuple(one[slice(*left)]), tuple(two[slice(*right)]))
        for left, right in align([see(block) for block in one], [see(block) for block in two])
    ]


def halves(pair: Pair[Block], see: Callable[[Block], Look]) -> list[Half[Block]]:
    """Return a pair as pairs of single blocks, in order; None: no answer.

    Of what answers one block together, the likeliest is its answer, the rest is alone.
    """
    one, two = pair
    if len(two) == 1 < len(one):
        return [(ours, theirs) for theirs, ours in halves((two, one), see)]
    if len(one) != 1 or not two:
        return [*((block, None) for block in one), *((None, block) for block in two)]
    ours, others = see(one[0]), [see(block) for block in two]
    near = min(range(len(two)), key=lambda place: _unlike((ours,), (others[place],), 1.0))
    return [(one[0] if place == near else None, block) for place, block in enumerate(two)]


def align(one: Sequence[Look], two: Sequence[Look]) -> list[tuple[Span, Span]]:
    """Return the spans of both editions that stand beside each other, in order.

    How much longer one language is than the other is not known beforehand, and where much is
    missing not told by the whole: the way is taken that is cheapest at any of several measures.
    Between two as cheap, that one is which takes the languages for about as long.
    """
    whole = (sum(look.size for look in two) or 1) / (sum(look.size for look in one) or 1)
    best: tuple[float, list[tuple[Span, Span]]] = (inf, [])
    for measure in (whole, 1.0):
        for _ in range(2):
            cost, way = _way(one, two, measure)
            best = min(best, (cost + _STRETCH * abs(log(measure)), way), key=lambda one: one[0])
            if len(one) == len(two) and best[0] <= 2 * ALONE:
                return best[1]  # any other way leaves one alone on each side
            measure = _measure(way, one, two) or measure  # noqa: PLW2901  # once more, by that
    return best[1]


def _measure(
    way: Iterable[tuple[Span, Span]], one: Sequence[Look], two: Sequence[Look]
) -> float | None:
    """Return how much longer blocks of the second edition are than their answers in the first."""
    found = [
        two[j].size / one[i].size
        for (i, after), (j, behind) in way
        if after - i == behind - j == 1 and one[i].size and two[j].size
    ]
    # The median. The module for it brings random and more along, and a check waits for them.
    middle = sorted(found)[(len(found) - 1) // 2 : len(found) // 2 + 1]
    return sum(middle) / len(middle) if middle else None


def _way(
    one: Sequence[Look], two: Sequence[Look], measure: float
) -> tuple[float, list[tuple[Span, Span]]]:
    """Return the cheapest way through both, and what it costs.

    Looked for near the diagonal first. A way that goes further off leaves at least so many blocks
    without a single answer as it must go out and come back: where that costs more, it is not taken.
    """
    apart = abs(len(one) - len(two))
    band, most = _BAND
    while True:
        cost, way = _through(one, two, measure, band + apart)
        if band >= most or cost <= (2 * (band + 1) + apart) * ALONE:
            return cost, way
        band *= 2


def _through(
    one: Sequence[Look], two: Sequence[Look], measure: float, band: int
) -> tuple[float, list[tuple[Span, Span]]]:
    cost: dict[Span, float] = {(0, 0): 0.0}
    before: dict[Span, Span] = {}
    for i in range(len(one) + 1):
        for j in range(max(0, i - band), min(len(two), i + band) + 1):
            for ours, theirs in _STEPS:
                start = (i - ours, j - theirs)
                if start not in cost:
                    continue
                price = cost[start]
                if price < cost.get((i, j), inf):
                    price += _unlike(one[start[0] : i], two[start[1] : j], measure)
                    if price < cost.get((i, j), inf):
                        cost[i, j], before[i, j] = price, start
    end = (len(one), len(two))
    found, place = [], end
    while place != (0, 0):
        start = before[place]
        found.append(((start[0], place[0]), (start[1], place[1])))
        place = start
    return cost[end], found[::-1]


def _unlike(one: Sequence[Look], two: Sequence[Look], measure: float) -> float:
    """Return how unlike two runs of blocks are that stand beside each other, 0 for the same."""
    blocks = (*one, *two)
    if not one or not two:
        return sum(block.manner.alone for block in blocks)
    left, right = reduce(Look.__add__, one), reduce(Look.__add__, two)
    cost = _kinds(one, two)
    if cost == _NEVER:
        return cost
    cost += _NOTES * _apart(left.calls, right.calls)
    many = min(1.0, len(left.figures | right.figures) / _MANY)
    cost += _FIGURES * many * _apart(left.figures, right.figures)
    cost += _SENTENCES * abs(log(right.sentences / left.sentences))
    return cost + _LENGTH * abs(log((right.size + _SHORT) / (left.size * measure + _SHORT)))


def _kinds(one: Sequence[Look], two: Sequence[Look]) -> float:
    """Return what it costs that blocks of these kinds and so many of them are one pair."""
    kinds = {block.kind for block in (*one, *two)}
    more = len(one) + len(two) - 2
    if any(not block.manner.text for block in (*one, *two)):
        return _NEVER if more or len(kinds) > 1 else _LEVEL * (one[0].level != two[0].level)
    if not more:
        return _KIND * (len(kinds) - 1)
    return _SPLIT * more + (_MIXED if len(kinds) > 1 else 0.0)


def _apart(one: Collection[object], two: Collection[object]) -> float:
    """Return 0 for equal sets, 1 for sets without a thing in common (1 less Dice's measure)."""
    if not one and not two:
        return 0.0
    return 1 - 2 * len(set(one) & set(two)) / (len(one) + len(two))
