"""Blocks of two layouts, and which of one is which of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, TypeAlias

from watchpress.checks.accepted.layout import Layout, Row

Pair: TypeAlias = tuple[int, int]
Look: TypeAlias = Callable[["Passage"], object]

_ALIKE: Final = 0.5  # share of words that two passages have in common, to be one that was edited
_MOST: Final = 10_000  # pairs that are looked at for that; a longer gap is another text


@dataclass
class Passage:
    """A block of a layout: its rows, each with its page."""

    rows: list[Row] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @property
    def first(self) -> Row:
        """The row that it begins with: knows its place in the copy and in the file."""
        return self.rows[0]

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.pages[0]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its rows."""
        return tuple(row.words for row in self.rows)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once; letters where they stand without spaces."""
        words = {word for row in self.rows for word in row.words.split()}
        return frozenset(words if len(words) > 1 else "".join(words))


def passages(layout: Layout) -> list[Passage]:
    """Return the blocks of a layout in the order in which they begin."""
    found: list[Passage] = []
    known: dict[tuple[str, int], Passage] = {}
    last: Passage | None = None
    for page, leaf in enumerate(layout.leaves, 1):
        for row in leaf.rows:
            place = row.file, row.line
            last = known.get(place) if row.parted else last
            if row.begins or last is None:
                last = known[place] = Passage()
                found.append(last)
            last.rows.append(row)
            last.pages.append(page)
    return found


def pairs(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """Return for passages of `new` which of `old` they are, by their positions.

    Passages are sought among those of the same file of copy. Those with the same lines are the
    same; between them, those that open alike; between these, those that have most of their words in
    common; what is then left over, as many here as there, was written anew.
    """
    found: dict[int, int] = {}
    for name in dict.fromkeys(one.first.file for one in new):
        here, there = _of(name, new), _of(name, old)
        whole = ((0, 0), (len(there), len(here)))
        a, b = [old[index] for index in there], [new[index] for index in here]
        for i, j in _matched(a, b, whole):
            found[here[j]] = there[i]
    return found


def _of(file: str, all_: Sequence[Passage]) -> list[int]:
    return [index for index, one in enumerate(all_) if one.first.file == file]


def _matched(a: Sequence[Passage], b: Sequence[Passage], gap: tuple[Pair, Pair]) -> list[Pair]:
    same = _through(a, b, [gap], lambda one: one.words)
    opening = _through(a, b, _gaps(same, gap), lambda one: one.first.words)
    same = sorted(same + opening)
    same = sorted(same + [pair for one in _gaps(same, gap) for pair in _edited(a, b, one)])
    for (i, j), (k, n) in _gaps(same, gap):
        if k - i == n - j:
            same += zip(range(i, k), range(j, n), strict=True)
    return same


def _gaps(pairs: Sequence[Pair], whole: tuple[Pair, Pair]) -> list[tuple[Pair, Pair]]:
    """Return what lies between pairs, where there is something on either side."""
    (i, j), end = whole
    ends = [(i - 1, j - 1), *pairs, end]
    between = [((i + 1, j + 1), after) for (i, j), after in pairwise(ends)]
    return [(start, end) for start, end in between if start[0] < end[0] and start[1] < end[1]]


def _through(
    a: Sequence[Passage], b: Sequence[Passage], gaps: Sequence[tuple[Pair, Pair]], look: Look
) -> list[Pair]:
    """Return the pairs within gaps that look the same, in their order."""
    found: list[Pair] = []
    for (i, j), (k, n) in gaps:
        x, y = [look(one) for one in a[i:k]], [look(one) for one in b[j:n]]
        start = _common(x, y)
        end = _common(x[start:][::-1], y[start:][::-1])
        found += [(i + at, j + at) for at in range(start)]
        middle = _blocks(x[start : len(x) - end], y[start : len(y) - end])
        found += [(i + start + p, j + start + q) for p, q in middle]
        found += [(k - at, n - at) for at in range(end, 0, -1)]
    return found


def _common(x: Sequence[object], y: Sequence[object]) -> int:
    """Return how many values two sequences have in common before they differ."""
    pairs = zip(x, y, strict=False)
    return next((at for at, (p, q) in enumerate(pairs) if p != q), min(len(x), len(y)))


def _blocks(x: Sequence[object], y: Sequence[object]) -> Iterator[Pair]:
    for block in SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks():
        yield from ((block.a + at, block.b + at) for at in range(block.size))


def _edited(a: Sequence[Passage], b: Sequence[Passage], gap: tuple[Pair, Pair]) -> Iterator[Pair]:
    """Yield the most pairs of a gap that have their words in common (longest common sequence)."""
    (i, j), (k, n) = gap
    if (k - i) * (n - j) > _MOST:
        return
    x, y = ([one.vocabulary for one in part] for part in (a[i:k], b[j:n]))
    best = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for p in reversed(range(len(x))):
        for q in reversed(range(len(y))):
            both = best[p + 1][q + 1] + 1 if _alike(x[p], y[q]) else 0
            best[p][q] = max(both, best[p + 1][q], best[p][q + 1])
    p = q = 0
    while p < len(x) and q < len(y):
        if _alike(x[p], y[q]) and best[p][q] == best[p + 1][q + 1] + 1:
            yield i + p, j + q
            p, q = p + 1, q + 1
        elif best[p][q] == best[p + 1][q]:
            p += 1
        else:
            q += 1


def _alike(x: frozenset[str], y: frozenset[str]) -> bool:
    return len(x & y) >= _ALIKE * max(len(x), len(y), 1)


def renumbered(old: Layout, new: Layout) -> Layout:
    """Return the old layout with the lines of the copy that the new one has for the same passages.

    So that lines which only moved in the copy are no difference.
    """
    before, after = passages(old), passages(new)
    places: dict[int, Row] = {}
    for j, i in pairs(before, after).items():
        for row in before[i].rows:
            places[id(row)] = after[j].first
    leaves = (
        replace(leaf, rows=tuple(_moved(row, places.get(id(row))) for row in leaf.rows))
        for leaf in old.leaves
    )
    return replace(old, leaves=tuple(leaves))


def _moved(row: Row, place: Row | None) -> Row:
    if place is None or not (row.begins or row.parted):
        return row
    return replace(row, line=place.line, column=place.column)
