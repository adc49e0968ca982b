"""The layout of pages that are there now, made of their galley."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, zip_longest
from typing import Final
from unicodedata import east_asian_width

from watchpress.checks.accepted.layout import Layout, Leaf, Row
from watchpress.galley import Block, Galley, Line, Page

_UNSAID: Final = frozenset({"head", "folio"})  # roles of lines that every page has
_WHOLE: Final = 40  # cells of a line that is not shortened
_ENDS: Final = 16  # cells at either end of one that is, at most
_LEAST: Final = 10  # and at least, where words end there
_ALONE: Final = "report"  # the part that pages of single reports are of


def layout(
    product: str, galley: Galley, looks: Sequence[str], seen: str, name: Callable[[str], str]
) -> Layout:
    """Return the layout of a product: of its galley, and of the looks of its pages.

    `seen`: with what they were looked at. `name` tells what a file of copy is called. A galley or
    looks with fewer pages than the other leave the rest empty.
    """
    rows = _Rows(galley.blocks, name)
    pages = zip_longest(galley.pages, looks)
    leaves = tuple(rows.leaf(page, look or "") for page, look in pages)
    return Layout(product, leaves, seen)


class _Rows:
    """The rows of pages, one behind the other: knows which blocks have begun."""

    def __init__(self, blocks: Sequence[Block], name: Callable[[str], str]) -> None:
        self.blocks = blocks
        self.name = name
        self.begun: set[int] = set()
        self.last = -1

    def leaf(self, page: Page | None, look: str) -> Leaf:
        if page is None:
            return Leaf((), look)
        return Leaf(tuple(self.rows(page)), look, "" if page.part == _ALONE else page.part)

    def rows(self, page: Page) -> Iterator[Row]:
        for line in page.lines:
            words = shortened(line.text)
            if words and self.blocks[line.block].role not in _UNSAID:
                yield self.row(line, words)

    def row(self, line: Line, words: str) -> Row:
        block = self.blocks[line.block]
        begins, parted = line.block not in self.begun, line.block != self.last
        self.begun.add(line.block)
        self.last = line.block
        file = self.name(block.file) if block.file and block.line else ""
        line_ = block.line if file else 0
        place = (file, line_, max(block.column, 1)) if begins or parted else ("", 0, 1)
        return Row(words, begins, parted and not begins, *place, box=tuple(line.box))


def shortened(text: str) -> str:
    """Return the first and last words of a line with … between, or a short line whole.

    Where words are long, or letters stand without spaces, a word is cut. Lengths are counted in
    the cells of a terminal: a wide letter takes two (UAX #11).
    """
    whole = " ".join(text.split())
    if sum(map(_cells, whole)) <= _WHOLE:
        return whole
    first = _opening(whole)
    last = _opening(whole[::-1])[::-1]
    return f"{first} … {last}"


def _opening(text: str) -> str:
    """Return how a text opens: with whole words, where one ends in time."""
    ends = list(accumulate(map(_cells, text)))
    length = sum(end <= _ENDS for end in ends)
    cut = text[:length]
    blank = cut.rfind(" ")
    if text[length] != " " and blank > 0 and ends[blank] > _LEAST:
        cut = cut[:blank]
    return cut.strip()


def _cells(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1
