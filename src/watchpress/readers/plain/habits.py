"""Two habits for one thing: figures and letters of two widths, quotation marks of two kinds.

Told once a report, at the first of the rarer kind; the copy is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import addresses, marks

_WIDE: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_NARROW: Final = re.compile("[0-9A-Za-z]+")
_KANA: Final = re.compile("[\uff66-\uff9f]+")  # of half width: of the time of typing machines
_CURLY: Final = re.compile("[“”‘’]")
_STRAIGHT: Final = re.compile(r"(?<!\d)[\"']")  # behind a figure it is a prime: feet, minutes


class Found(NamedTuple):
    """A run of signs: where it stands, and itself."""

    line: Line
    start: int
    text: str


def inspect(lines: Iterable[Line], words: Words, desk: Desk) -> None:
    """Tell R211 (two widths), R212 (straight quotation marks), R213 (kana of half width)."""
    found = list(lines)
    if words.eastern:
        _widths(list(_runs(found, _WIDE)), list(_runs(found, _NARROW)), desk)
        _say("R213", list(_runs(found, _KANA)), desk)
    curly = sum(1 for _ in _runs(found, _CURLY))
    _say("R212", list(_runs(found, _STRAIGHT)), desk, others=curly)


def _runs(lines: Iterable[Line], pattern: re.Pattern[str]) -> Iterator[Found]:
    """Yield what matches outside addresses and markers."""
    for line in lines:
        taken = [(one.start, one.end) for one in addresses(line.text)]
        taken += [(mark.start, mark.end) for mark in marks(line.text)]
        for match in pattern.finditer(line.text):
            if not any(start <= match.start() < end for start, end in taken):
                yield Found(line, match.start(), match[0])


def _widths(wide: list[Found], narrow: list[Found], desk: Desk) -> None:
    """Tell the rarer width; one wide figure alone and narrow ones in a row are a style of Japan."""
    if all(len(one.text) == 1 for one in wide) and not any(
        len(one.text) == 1 and one.text.isdigit() for one in narrow
    ):
        return
    rarer, others = sorted((wide, narrow), key=len)
    _say("R211", rarer, desk, others=len(others))


def _say(code: str, found: list[Found], desk: Desk, **facts: object) -> None:
    if found:
        first = found[0]
        desk.say(code, first.line, first.start, text=first.text, count=len(found), **facts)
