"""Rows of a table in plain copy: cells parted by tabs, or by strokes with space round them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.readers.plain.lines import Line

# A stroke with white space, or the edge of the line, on both sides; the wide one of Japanese stands
# without.
_STROKE: Final = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)|｜")
_RULE: Final = re.compile(r"^(?=.*[-–—―─━=]{3})[|｜+:\-–—―─━=\s]+$")
LONE: Final = 60  # characters from which a lone last cell is an indented paragraph


@dataclass(frozen=True)
class Row:
    """A line of the copy as cells; an empty cell is a line without text."""

    line: Line
    cells: tuple[Line, ...]

    @property
    def filled(self) -> int:
        """The number of cells that say something."""
        return sum(1 for cell in self.cells if cell.text)


def ruled(line: Line) -> bool:
    """Say whether a line is nothing but a rule of dashes, as below the head of a table."""
    return _RULE.match(line.text) is not None


def row(line: Line, like: Row | None = None) -> Row | None:
    """Return a line as a row, None where it is none; `like`: the first row, parted the same way."""
    tabbed = bool(line.tabs) if like is None else bool(like.line.tabs)
    if ruled(line) or (tabbed and not line.tabs):
        return None
    cells = _at_tabs(line) if tabbed else _at_strokes(line)
    found = Row(line, tuple(cells))
    if not found.filled:
        return None
    if found.filled > 1:
        return found
    lone = max((cell.text for cell in cells), key=len)
    return found if like and len(cells) == len(like.cells) and len(lone) <= LONE else None


def _at_tabs(line: Line) -> list[Line]:
    # What stands where a tab does is space, or a mark that had nothing before it but the tab.
    counts = [sum(1 for tab in line.tabs if tab <= column) for column in line.columns]
    return [_piece(line, counts, number) for number in range(len(line.tabs) + 1)]


def _piece(line: Line, counts: Sequence[int], number: int) -> Line:
    places = [place for place, count in enumerate(counts) if count == number]
    return line.cut(places[0], places[-1] + 1) if places else empty(line)


def empty(line: Line) -> Line:
    """Return a cell of a line that says nothing."""
    return Line(line.number, "", ())


def _at_strokes(line: Line) -> list[Line]:
    strokes = [match.start() for match in _STROKE.finditer(line.text)]
    if not strokes:
        return [line]
    starts = [0, *(stroke + 1 for stroke in strokes)]
    cells = [line.cut(a, b) for a, b in zip(starts, [*strokes, len(line.text)], strict=True)]
    if not cells[0].text and not cells[-1].text:
        cells = cells[1:-1]  # strokes at both edges, as Markdown has them
    return cells


def squared(rows: Sequence[Row]) -> list[Row]:
    """Return rows without the columns at the edges that are empty in all; no row is empty."""
    rows = list(rows)
    while not any(one.cells[0].text for one in rows):
        rows = [Row(one.line, one.cells[1:]) for one in rows]
    width = max(n for one in rows for n, cell in enumerate(one.cells, 1) if cell.text)
    return [Row(one.line, one.cells[:width]) for one in rows]
