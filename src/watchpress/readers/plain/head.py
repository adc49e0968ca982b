"""The head of a report: blog date, title, number line, headline, in all the forms seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from watchpress.language import dates
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.markers import leading
from watchpress.readers.plain.number import (
    Numbered,
    Tail,
    dated,
    numbered,
    same,
    whatever,
)
from watchpress.readers.plain.start import DEPTH, SIGN, SIGNED, first, paged, split, sure
from watchpress.readers.plain.stops import LONGEST, bare, finished, loose

BELOW: Final = 4  # lines below the number line in which a § is looked for


@dataclass
class Head:
    """What the head of the copy says; None where it does not."""

    posted: tuple[date, Line] | None = None
    title: Numbered | None = None
    numbered: Numbered | None = None
    issued: date | None = None
    dated: Line | None = None  # the words of the issue date
    damaged: str | None = None  # a date that lost its signs, as it stands
    aside: Line | None = None  # "(8月28日、一部訂正)" behind the date
    rest: Line | None = None  # what else stands in the number line
    headline: Line | None = None
    marked: bool = False  # the headline has its §
    body: list[Line] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        """The number of the number line, else of the title."""
        found = self.numbered or self.title
        return found.number if found else None

    @property
    def series(self) -> str | None:
        """The name of the series, as the number line or the title writes it."""
        found = self.numbered or self.title
        return found.series if found else None


def read(lines: list[Line], words: Words, desk: Desk, *, needs_headline: bool) -> Head:
    """Take the head off `lines`; what is left is the body of the Head returned.

    Lines above the head that are none of its forms are the blog's and are dropped (R302), if they
    are short and no sentences; what stands between number line and headline is kept as text (R306).
    `needs_headline`: no headline was given by option, so a line without § may be one.
    """
    head = Head()
    rest = list(lines)
    while True:
        depth = first(rest, words)
        _drop(rest[:depth], desk)
        del rest[:depth]
        taken = _take_all(head, rest, words, desk)
        if head.number is not None or not (taken or depth):
            break
    _look_below(head, rest, words, desk)
    _take_headline(head, rest, words, desk, unmarked=needs_headline)
    head.body = rest
    return head


def _look_below(head: Head, rest: list[Line], words: Words, desk: Desk) -> None:
    """Tell (R116) of a whole head below text, which is not taken as one."""
    top = rest[:DEPTH] if head.numbered is None else []
    late = next((line for n, line in enumerate(top) if sure(top, n, words) > 1), None)
    if late is not None:
        desk.say("R116", late, text=shown(late))


def _drop(lines: list[Line], desk: Desk) -> None:
    if lines:
        desk.say("R302", lines[0], text=shown(lines[0]), last=lines[-1].number)
    for line in lines:
        desk.drop(line, "R302")


# -- its parts ------------------------------------------------------------------------------------


def _take_all(head: Head, rest: list[Line], words: Words, desk: Desk) -> bool:
    """Take line after line off `rest` into the head; say whether there was any."""
    taken = False
    while rest:
        line = rest[0]
        pieces = split(line)
        rest[:1] = pieces
        if not _take(head, rest, words, desk):
            rest[: len(pieces)] = [line]
            break
        del rest[0]
        taken = True
    return taken


def _take(head: Head, rest: list[Line], words: Words, desk: Desk) -> bool:
    """Take one line into the head; False where it is the headline or the body already."""
    line = rest[0]
    whole = dates.whole(line.text)
    if whole and whole.value and head.posted is None and _posts(head, rest):
        head.posted = (whole.value, line)
        return True
    found = numbered(line)
    if found is not None and _take_numbered(head, found, rest, words):
        return True
    if paged(line) and not line.text.startswith(SIGN):
        _drop([line], desk)
        return True
    return False


def _posts(head: Head, rest: list[Line]) -> bool:
    """Say whether a date line is the blog's: above the number line, or between it and a §."""
    return head.numbered is None or _signed_below(rest)


def _signed_below(rest: list[Line]) -> bool:
    """Say whether the next line, dates and the page's own aside, begins with §."""
    below = (line for line in rest[1 : 1 + BELOW] if not paged(line))
    line = next((line for line in below if dates.whole(line.text) is None), None)
    return line is not None and line.text.startswith(SIGN)


def _take_numbered(head: Head, found: Numbered, rest: list[Line], words: Words) -> bool:
    if head.title is None and head.numbered is None and (found.bracketed or not found.rest.text):
        head.title = found
        return True
    if head.numbered is not None or found.bracketed or not _fellow(head, found):
        return False
    tail = dated(found)
    if tail is None or tail.rest.text:
        tail = whatever(found) if _in_place(head, found, rest, words) else None
    if tail is not None:
        _fill(head, found, tail)
    return tail is not None


def _fellow(head: Head, found: Numbered) -> bool:
    """Say whether a number line goes with the title above it."""
    title = head.title
    return title is None or title.number == found.number or same(title.series, found.series)


def _in_place(head: Head, found: Numbered, rest: list[Line], words: Words) -> bool:
    """Say whether the place makes a line the number line, whatever its number is followed by.

    A § follows and digits stand there; or it is no sentence, and a § follows, a title of its series
    stands above, or its date is whole.
    """
    tail = dated(found)
    if _signed_below(rest) and (tail or dates.remains(found.rest.text)):
        return True
    known = head.title is not None and same(head.title.series, found.series)
    whole = tail is not None and tail.sign[:1] not in tuple(",、，")
    return (known or whole or _signed_below(rest)) and loose(found.line, words)


def _fill(head: Head, found: Numbered, tail: Tail) -> None:
    head.numbered, head.issued, head.damaged = found, tail.value, tail.damaged
    head.dated = tail.date if tail.date.text else None
    head.aside = tail.aside if tail.aside.text else None
    head.rest = tail.rest if tail.rest.text else None


# -- the headline ---------------------------------------------------------------------------------


def _take_headline(
    head: Head, rest: list[Line], words: Words, desk: Desk, *, unmarked: bool
) -> None:
    behind = head.title if head.title and head.title.bracketed and head.title.rest.text else None
    at = _marked(rest, words, 1 if behind else BELOW)
    if at is not None:
        _take_marked(head, rest, at, desk)
    elif behind is not None:
        line = behind.line.cut(0, behind.line.text.index("]") + 1)
        head.title, head.headline = _cut(behind, line), behind.rest
    elif unmarked and rest and _may_be_headline(head, rest[0], rest, words):
        head.headline = rest.pop(0)
        desk.say("R107", head.headline, text=shown(head.headline))
    elif unmarked and head.rest and head.numbered and loose(head.rest, words):
        line = head.numbered.line.cut(0, len(head.numbered.line.text) - len(head.rest.text))
        head.numbered, head.headline, head.rest = _cut(head.numbered, line), head.rest, None
        desk.say("R107", head.headline, text=shown(head.headline))
    if head.rest is not None:
        desk.say("R115", head.rest, text=shown(head.rest))


def _cut(found: Numbered, line: Line) -> Numbered:
    return Numbered(line, found.series, found.number, found.rest, found.bracketed)


def _marked(rest: list[Line], words: Words, depth: int) -> int | None:
    """Return the index of the headline with its §; above it stand no sentences."""
    if rest and rest[0].text.startswith(SIGN):
        return 0
    for index, line in enumerate(rest[:depth]):
        if SIGNED.match(line.text):
            return index
        if not loose(line, words) or leading(line.text):
            break
    return None


def _take_marked(head: Head, rest: list[Line], at: int, desk: Desk) -> None:
    for line in rest[:at]:
        desk.say("R306", line, text=shown(line), last=line.number)
    line = rest.pop(at)
    desk.drop(line.cut(0, 1), "R303")
    text = line.cut(1)
    if text.text:
        head.headline = text
    elif at < len(rest):
        head.headline = rest.pop(at)
    head.marked = True


def _may_be_headline(head: Head, line: Line, rest: list[Line], words: Words) -> bool:
    """Say whether a line without § is the headline: below a number line, short, no sentence."""
    return (
        head.number is not None
        and len(rest) > 1
        and len(line.text) <= LONGEST[words.spaced]
        and bare(line.text)[-1:] not in (":", "：")
        and (not finished(line.text, words) or bare(line.text)[-1:] in ("?", "？"))
    )
