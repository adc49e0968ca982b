"""Copy as lines: each line of text once, white space evened out, each character with its column.

A line is a block of the report (both families of copy); blank lines and runs of spaces differ from
one scrape of a page to the next and mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from watchpress.catalog import Loss
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.language.letters import CONTROLS, OVERRIDES, clusters, composed

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_C0: Final = [chr(code) for code in (*range(9), *range(14, 28), 127)]
_INVISIBLE: Final = "\u200b\ufeff"  # zero width: at the ends of a line they mean nothing
_BLANK: Final = "".join(map(chr, (*range(9, 14), 28, 29, 30, 31, 32, 0x85, 0xA0, 0x1680,
    *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))) + _INVISIBLE  # fmt: skip
FLOOD: Final = 0.05  # share of control characters above which a file is no text
SHOWN: Final = 60  # characters of a dropped line that its finding quotes


@dataclass(frozen=True)
class Line:
    """A stretch of one line of the copy: `columns[i]` is where `text[i]` stands in that line.

    `tabs`: where the whole line has tabs, which `text` gives as white space; () for a part of it.
    """

    number: int
    text: str
    columns: Sequence[int]
    tabs: Sequence[int] = ()

    def at(self, offset: int = 0) -> str:
        """Return the wp:at value of the character at `offset`."""
        return f"{self.number}:{self.columns[offset] if self.columns else 1}"

    def cut(self, start: int, end: int | None = None) -> Line:
        """Return the stretch from `start` to `end`, white space at its ends left out."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        stop = start + len(piece.strip())
        return Line(self.number, self.text[start:stop], self.columns[start:stop])


@dataclass
class Desk:
    """What a reader has before it: the file's name, where to tell, and what it left out."""

    file: str
    tell: Tell
    losses: list[Loss] = field(default_factory=list)
    dropped: set[tuple[int, int]] = field(default_factory=set)  # (line, column) of each character

    def place(self, line: Line, offset: int = 0) -> Place:
        """Return the place of a character of `line`."""
        row, column = line.at(offset).split(":")
        return Place(self.file, int(row), int(column))

    def drop(self, line: Line, code: str) -> None:
        """List a stretch as not taken over into the XML, for the reason `code` states."""
        if line.text:
            self.losses.append(Loss(line.number, line.columns[0], line.text, code))
            self.dropped.update((line.number, column) for column in line.columns)

    def say(self, code: str, line: Line, offset: int = 0, **facts: object) -> None:
        """Tell a finding about a character of `line`."""
        self.tell(remark(code, self.place(line, offset), **facts))


def lines(text: str, desk: Desk) -> list[Line]:
    """Return the lines of `text` that hold more than white space.

    Tells R203 for control characters (listed as dropped), R204 for letters and marks composed;
    raises Fatal R205 for characters that turn the reading order round, R209 where control
    characters are no accident any more.
    """
    controls = sum(text.count(sign) for sign in _C0)
    if controls > FLOOD * len(text):
        raise Fatal(remark("R209", Place(desk.file), count=controls))
    found = (_tabbed(number, raw, desk) for number, raw in enumerate(split(text), 1))
    return [line for line in found if line.text]


def split(text: str) -> list[str]:
    """Return the lines of a file as they are."""
    return _BREAK.split(text)


def _tabbed(number: int, raw: str, desk: Desk) -> Line:
    line = _line(number, raw, desk)
    if "\t" not in raw:
        return line
    tabs = tuple(column for column, sign in enumerate(raw, 1) if sign == "\t")
    return replace(line, tabs=tabs)


def _line(number: int, raw: str, desk: Desk) -> Line:
    turned = OVERRIDES.search(raw)
    if turned:
        place = Place(desk.file, number, turned.start() + 1)
        raise Fatal(remark("R205", place, character=f"U+{ord(turned[0]):04X}"))
    first, last = len(raw) - len(raw.lstrip(_BLANK)), len(raw.rstrip(_BLANK))
    _invisible(number, raw, first, last, desk)
    if composed(raw) and not CONTROLS.search(raw):
        return _even(number, raw[first:last], range(first + 1, last + 1))
    letters, columns = [], []
    for column, sign in _letters(number, raw[first:last], first, desk):
        letters.append(sign)
        columns.append(column)
    return _even(number, "".join(letters), columns)


def _letters(number: int, raw: str, start: int, desk: Desk) -> Iterator[tuple[int, str]]:
    if not composed(raw):
        desk.tell(remark("R204", Place(desk.file, number, 1)))
    for run in re.finditer(f"(?:{CONTROLS.pattern})+", raw):
        column = start + run.start() + 1
        facts = {"character": f"U+{ord(run[0][0]):04X}", "count": len(run[0])}
        desk.tell(remark("R203", Place(desk.file, number, column), **facts))
        desk.losses.append(Loss(number, column, run[0], "R203"))
    pieces = enumerate(raw) if composed(raw) else clusters(raw)
    for offset, piece in pieces:
        if not CONTROLS.match(piece):
            for sign in piece:
                yield start + offset + 1, sign


def _invisible(number: int, raw: str, first: int, last: int, desk: Desk) -> None:
    """List the invisible signs at the ends of a line as dropped; white space is none."""
    for column, sign in enumerate(raw, 1):
        if sign in _INVISIBLE and not first < column <= last:
            desk.losses.append(Loss(number, column, sign, "R310"))


def _even(number: int, text: str, columns: Sequence[int]) -> Line:
    """Return the line with each run of white space as one space, none at the ends."""
    if " ".join(text.split()) == text:
        return Line(number, text, columns)
    signs: list[str] = []
    where: list[int] = []
    for sign, column in zip(text, columns, strict=True):
        if not sign.isspace():
            signs.append(sign)
            where.append(column)
        elif signs and signs[-1] != " ":
            signs.append(" ")
            where.append(column)
    if signs and signs[-1] == " ":
        signs.pop()
        where.pop()
    return Line(number, "".join(signs), where)


def shown(line: Line) -> str:
    """Return the beginning of a line, for a finding that quotes it."""
    return line.text if len(line.text) <= SHOWN else line.text[: SHOWN - 1] + "…"
