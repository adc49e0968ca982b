"""The stretch of a line of copy round a place, as wide as a terminal or a page shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

WIDTH: Final = 76  # columns that an excerpt takes at most
BEFORE: Final = 34  # of them before the place


class Excerpt(NamedTuple):
    """What stands before a place and from it on; whether more of the line does on either side."""

    before: str
    after: str
    more_before: bool
    more_after: bool


def excerpt(lines: Sequence[str], line: int, column: int) -> Excerpt | None:
    """Return the stretch round a place (from 1) of a file's lines, None where it has no such line.

    Signs that cannot be shown are spaces. A column behind the end is the end.
    """
    if not 0 < line <= len(lines):
        return None
    text = "".join(sign if sign.isprintable() else " " for sign in lines[line - 1])
    at = min(max(column - 1, 0), len(text))
    start = _back(text, at, BEFORE)
    stop = max(_forth(text, start, WIDTH), at)
    return Excerpt(text[start:at], text[at:stop], start > 0, stop < len(text))


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _back(text: str, index: int, columns: int) -> int:
    while index > 0 and columns > 0:
        index -= 1
        columns -= width(text[index])
    return index


def _forth(text: str, index: int, columns: int) -> int:
    while index < len(text) and columns > 0:
        columns -= width(text[index])
        index += 1
    return index
