"""What a product says, whatever form it has: letters, and links over them that land somewhere."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

Range: TypeAlias = tuple[int, int]

BACKS: Final = frozenset("↩↑")  # signs that link back to the text: no part of it


@dataclass(frozen=True)
class Aim:
    """Where a link lands: the line or element, and the run or element that it hits in it."""

    line: Range
    run: Range


@dataclass(frozen=True)
class Hit:
    """A link over letters: from where to where, and an address, a landing, or nothing (dead)."""

    start: int
    end: int
    uri: str | None = None
    aim: Aim | None = None


@dataclass(frozen=True)
class Back:
    """A back-link sign: before which letter it stands, and where its link lands."""

    at: int
    aim: Aim | None


@dataclass(frozen=True)
class Entry:
    """A line of the contents or bookmarks: the heading, and where it lands (None: nowhere)."""

    words: str
    aim: Aim | None


@dataclass
class Product:
    """A product as a reader has it.

    `gaps` are the positions with white space before them, `breaks` those at which a printed line
    begins, `leaves` those at which a page (PDF) or document (EPUB) begins, in order. `paged` says
    which of the two it is. `order`: the pages (from 0) as `leaves` has them, () one after
    another.
    `pictures`: the pictures that are shown, in order: a PDF tells their size in pixels, as
    an EPUB the hash of their files.
    """

    text: str
    gaps: set[int]
    leaves: list[int]
    hits: list[Hit]
    backs: list[Back]
    entries: list[Entry]
    paged: bool
    breaks: set[int] = field(default_factory=set)
    order: Sequence[int] = ()
    pictures: Sequence[str] = ()

    @cached_property
    def spaces(self) -> list[int]:
        """All positions with white space or a line's beginning before them, in order."""
        return sorted(self.gaps | self.breaks)

    def within(self, start: int, end: int) -> list[int]:
        """Return the `spaces` between two letters, both left out."""
        first = bisect.bisect_right(self.spaces, start)
        return self.spaces[first : bisect.bisect_left(self.spaces, end)]

    def leaf(self, at: int) -> int:
        """Return the index of the page or document that the letter `at` stands on."""
        return max(bisect.bisect_right(self.leaves, at) - 1, 0)

    def page(self, at: int) -> int:
        """Return the page of the letter `at`, counted from 1; 0 where there are no pages."""
        leaf = self.leaf(at)
        return (self.order[leaf] if self.order else leaf) + 1 if self.paged else 0

    def over(self, start: int, end: int) -> list[Hit]:
        """Return the links over any of the letters from `start` to `end`; links never overlap."""
        hits, index = self._ordered, bisect.bisect_left(self._starts, end)
        first = index
        while first and hits[first - 1].end > start:
            first -= 1
        return hits[first:index]

    @cached_property
    def _ordered(self) -> list[Hit]:
        return sorted(self.hits, key=lambda hit: hit.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [hit.start for hit in self._ordered]

    def ways_back(self, start: int, end: int) -> list[Back]:
        """Return the back-links after the letter `start` up to that before `end`."""
        backs = [back.at for back in self.backs]
        return self.backs[bisect.bisect_right(backs, start) : bisect.bisect_right(backs, end)]
