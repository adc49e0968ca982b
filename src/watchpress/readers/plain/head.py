"""The head of a report: blog date, title, number line, headline, in all the forms seen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from watchpress.language import dates
from watchpress.language.chrome import breadcrumbs, chrome
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line, shown

DEPTH: Final = 15  # lines in which a head is looked for
LONGEST: Final = {True: 250, False: 110}  # characters of a headline without §, by Words.spaced
SIGN: Final = "§"

# Watch Report No.7 / 監視報告 No.3 / 감시 보고 No. 26 / [Watch Report 14], and what follows it.
_NUMBERED: Final = re.compile(
    r"^(?P<series>[^\d\[\]§「」“”.。]{2,60}?)\s*(?:No\.?|Nr\.?|№|제|第)\s*(?P<n>\d{1,4})\s*(?:号|호)?"
    r"(?!\d|[.,]\d)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(
    r"^\[(?P<series>[^\d\[\]]{2,60}?)\s*(?:No\.?\s*)?(?P<n>\d{1,4})\]\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"^[(（](?P<words>[^()（）]{1,60})[)）]$")


@dataclass(frozen=True)
class Numbered:
    """A line that names the series and a number: a title, or a number line with its date."""

    line: Line
    series: str
    number: int
    rest: Line
    bracketed: bool


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


def numbered(line: Line) -> Numbered | None:
    """Return what a line says of series and number, None where it is another kind of line."""
    for form, bracketed in ((_NUMBERED, False), (_BRACKETED, True)):
        match = form.match(line.text)
        if match:
            rest = line.cut(match.start("rest"))
            return Numbered(line, match["series"].strip(), int(match["n"]), rest, bracketed)
    return None


def read(lines: list[Line], words: Words, desk: Desk, *, needs_headline: bool) -> Head:
    """Take the head off `lines`; what is left is the body of the Head returned.

    Lines above the head that are none of its forms are the blog's and are dropped (R302).
    `needs_headline`: no headline was given by option, so a line without § may be one.
    """
    head = Head()
    rest = list(lines)
    depth = _first(rest)
    for line in rest[:depth]:
        desk.drop(line, "R302")
        desk.say("R302", line, text=shown(line), last=line.number)
    rest = rest[depth:]
    while rest and _take(head, rest[0], desk):
        rest.pop(0)
    _take_headline(head, rest, words, desk, unmarked=needs_headline)
    head.body = rest
    return head


def _first(lines: list[Line]) -> int:
    """Return the index of the first line that belongs to a head; 0 where none is found near."""
    for index, line in enumerate(lines[:DEPTH]):
        if line.text.startswith(SIGN) or _is_numbered(line) or dates.whole(line.text):
            return index
    return next((n for n, line in enumerate(lines[:DEPTH]) if not _chrome(line)), 0)


def _chrome(line: Line) -> bool:
    return chrome(line.text) or breadcrumbs(line.text)


def _is_numbered(line: Line) -> bool:
    found = numbered(line)
    return found is not None and (found.bracketed or _dated(found.rest.text) is not None)


def _dated(rest: str) -> tuple[date | None, str | None, int] | None:
    """Return (date, damaged date, end) of what follows a number; None where it is something else.

    Nothing at all, a date, a damaged date, each perhaps with an aside in brackets.
    """
    found = next(dates.find(rest), None)
    if not rest:
        return None, None, 0
    if found is not None and found.start == 0:
        end, value, hurt = found.end, found.value, None if found.value else rest[: found.end]
    else:
        lost = dates.damaged(rest)
        if lost is None or not rest.startswith(lost):
            return None
        end, value, hurt = len(lost), None, lost
    aside = rest[end:].strip()
    return (value, hurt, end) if not aside or _ASIDE.match(aside) else None


def _take(head: Head, line: Line, desk: Desk) -> bool:
    """Take one line into the head; False where it is the headline or the body already."""
    whole = dates.whole(line.text)
    if whole and whole.value and head.posted is None and head.title is None:
        head.posted = (whole.value, line)
        return True
    found = numbered(line)
    if found is not None and found.bracketed and head.title is None:
        head.title = Numbered(_before(line, found), found.series, found.number, found.rest, True)
        if found.rest.text:
            head.headline = found.rest
        return True
    if found is not None and _dated(found.rest.text) is not None and head.numbered is None:
        _take_numbered(head, found)
        return True
    if _chrome(line) and not line.text.startswith(SIGN):
        desk.drop(line, "R302")
        desk.say("R302", line, text=shown(line), last=line.number)
        return True
    return False


def _before(line: Line, found: Numbered) -> Line:
    """Return the bracket of a bracketed title, without the headline behind it."""
    return line.cut(0, line.text.index("]") + 1) if found.rest.text else line


def _take_numbered(head: Head, found: Numbered) -> None:
    value, hurt, end = _dated(found.rest.text) or (None, None, 0)
    if not found.rest.text and head.title is None:
        head.title = found
        return
    head.numbered, head.issued, head.damaged = found, value, hurt
    head.dated = found.rest.cut(0, end)
    aside = found.rest.cut(end)
    head.aside = aside if aside.text else None


def _take_headline(
    head: Head, rest: list[Line], words: Words, desk: Desk, *, unmarked: bool
) -> None:
    if head.headline is not None or not rest:
        return
    line = rest[0]
    if line.text.startswith(SIGN):
        desk.drop(line.cut(0, 1), "R303")
        rest.pop(0)
        text = line.cut(1)
        head.headline = text if text.text else (rest.pop(0) if rest else None)
        head.marked = True
    elif unmarked and _may_be_headline(head, line, rest, words):
        head.headline = rest.pop(0)
        desk.say("R107", head.headline, text=shown(head.headline))


def _may_be_headline(head: Head, line: Line, rest: list[Line], words: Words) -> bool:
    """Say whether a line without § is the headline: below a number line, short, no sentence."""
    return (
        head.number is not None
        and len(rest) > 1
        and len(line.text) <= LONGEST[words.spaced]
        and line.text[-1] not in words.stops.replace("?", "").replace("？", "") + ":："
    )
