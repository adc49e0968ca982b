"""The note list: where it begins, what stands over it, and lists in a form that is not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from watchpress.language import chrome
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.markers import addresses, leading, marks
from watchpress.readers.plain.stops import finished

LONG: Final = 120  # characters from which a line without a marker before it is a paragraph

# `1. “Title”`, `(1) “Title”`, `1 “Title”`: a note list whose markers lost their form.
_ITEM: Final = re.compile(
    r"^(?P<before>[(（*※]|注|주|註)?\s?(?P<n>\d{1,3})(?P<after>[)）.．:：、]?)\s*[^\s\d)）.．:：、]"
)
# A number that hangs on a word or its stop: `chest.1 Cries`, `た1。`, `word(1)。`.
_HUNG: Final = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[.,;:。、」』”’)）]))[(（]?(?P<n>\d{1,3})[)）]?(?=[\s。、．，.,;:」』”)）]|$)"
)
_NUMBER: Final = re.compile(r"(?:\bN[or]|\bpp?|\bvol|\bart|\bfig|第)\.?$", re.IGNORECASE)
_WORD: Final = 4  # letters of the longest of them, with its full stop
BETWEEN: Final = 2  # lines that may stand between two notes of such a list, and behind it


@dataclass(frozen=True)
class _Start:
    """A line that a marker opens: where it stands, and the number of its label."""

    index: int
    number: int


def divide(lines: list[Line], words: Words, desk: Desk) -> tuple[list[Line], list[Line]]:
    """Return (body, note list). A heading over the list is dropped (R307): products print theirs.

    A line of the body may open with a marker too. The list is the last row of such lines that
    begins anew at a lower number, and that has all notes which the text above it calls.
    """
    starts = [
        _Start(n, mark.number) for n, line in enumerate(lines) if (mark := leading(line.text))
    ]
    first = _headed(lines, starts)
    if first is None:
        first = _begin(lines, starts, words)
    if first is None:
        return lines, []
    body, listed = lines[:first], lines[first:]
    if body and chrome.heading(body[-1].text):
        desk.drop(body.pop(), "R307")
    return body, listed


def _headed(lines: list[Line], starts: list[_Start]) -> int | None:
    """Return the line below the last heading of notes, if a marker opens it."""
    return next(
        (s.index for s in reversed(starts) if s.index and chrome.heading(lines[s.index - 1].text)),
        None,
    )


def _begin(lines: list[Line], starts: list[_Start], words: Words) -> int | None:
    """Return the line with which the note list begins, None where there is no such list."""
    if not starts:
        return None
    called = _Called(lines)
    best, highest, before = 0, starts[0].number, {starts[0].number}
    behind = Counter(start.number for start in starts)
    behind[starts[0].number] -= 1
    for k, start in enumerate(starts[1:], 1):
        if start.number <= highest and _covers(called.upto(start.index), before, behind):
            between = lines[starts[k - 1].index + 1 : start.index]
            lower = start.number < starts[best].number or not called.numbers & before
            if lower or any(_paragraph(line, words) for line in between):
                best, highest, before = k, start.number, set()
        highest = max(highest, start.number)
        before.add(start.number)
        behind[start.number] -= 1
    return _checked(lines, starts[best:])


def _covers(called: set[int], before: set[int], behind: Counter[int]) -> bool:
    """Say whether the notes from here on are all that is called; else those before are needed."""
    return not any(number in called and not behind[number] for number in before)


class _Called:
    """The numbers that the lines above a place call, those that open a line aside."""

    def __init__(self, lines: list[Line]) -> None:
        self.numbers: set[int] = set()
        self._lines = lines
        self._done = 0

    def upto(self, index: int) -> set[int]:
        """Go on to the line `index`, which does not count; return the numbers called so far."""
        for n in range(self._done, index):
            self.numbers |= {m.number for m in marks(self._lines[n].text) if m.start}
        self._done = max(self._done, index)
        return self.numbers


def _paragraph(line: Line, words: Words) -> bool:
    """Say whether a line between two markers is a paragraph of the body, not of a note."""
    return bool(marks(line.text)) or (_long(line) and finished(line.text, words))


def _checked(lines: list[Line], starts: list[_Start]) -> int | None:
    """Return where the list begins: behind the last paragraph of the body.

    That is a long line which opens with no marker, before which the numbers do not go on, and
    which calls a note that nothing above the list calls; or any note, where nothing above calls one
    of the list.
    """
    inside = list(_paragraphs(lines, starts))
    if not inside:
        return starts[0].index
    called = {m.number for line in lines[: starts[0].index] for m in marks(line.text)}
    listed = {start.number for start in starts}
    known = called | (listed if called & listed else set())
    body = [index for index, numbers in inside if numbers - known]
    return next((start.index for start in starts if not body or start.index > body[-1]), None)


def _paragraphs(lines: list[Line], starts: list[_Start]) -> Iterator[tuple[int, set[int]]]:
    """Yield the long lines with markers that may be the body's: index, and what they call."""
    for start, following in zip_longest(starts, starts[1:]):
        if following and following.number == start.number + 1:
            continue
        end = following.index if following else len(lines)
        for index in range(start.index + 1, end):
            numbers = {m.number for m in marks(lines[index].text)} if _long(lines[index]) else set()
            if numbers:
                yield index, numbers


def _long(line: Line) -> bool:
    return len(line.text) > LONG


def unread(lines: list[Line], desk: Desk) -> None:
    """Tell (N109) of what looks like a note list in a form that is not read.

    The copy ends with lines numbered from 1 in one form, and such numbers hang on words above.
    """
    items = [(n, m) for n, line in enumerate(lines) if (m := _ITEM.match(line.text))]
    first = _numbered_from_one(items, len(lines))
    if first is None:
        return
    count = sum(index >= first for index, _ in items)
    hung = {number for line in lines[:first] for number in _hanging(line.text)}
    if len(hung & set(range(1, count + 1))) >= max(2, count // 2):
        desk.say("N109", lines[first], text=shown(lines[first]))


def _numbered_from_one(items: list[tuple[int, re.Match[str]]], end: int) -> int | None:
    """Return the line with number 1 of the row of items at the end; None where there is no row."""
    expected: int | None = None
    form = ("", "")
    for index, match in reversed(items):
        number = int(match["n"])
        if end - index > 1 + BETWEEN:
            return None
        if expected is None:
            expected, form = number, (match["before"], match["after"])
        if number == expected and (match["before"], match["after"]) == form:
            if number == 1:
                return index
            expected, end = number - 1, index
    return None


def _hanging(text: str) -> Iterator[int]:
    taken = list(addresses(text))
    for match in _HUNG.finditer(text):
        inside = any(one.start <= match.start() < one.end for one in taken)
        if not inside and not _NUMBER.search(text, match.start() - _WORD, match.start()):
            yield int(match["n"])
