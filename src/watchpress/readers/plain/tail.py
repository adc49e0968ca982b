"""The tail of the copy: what of the blog stands behind a report, and what may be the blog's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.language import dates
from watchpress.language.chrome import byline, chrome
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.markers import addresses, leading, marks
from watchpress.readers.plain.number import dated, numbered, same
from watchpress.readers.plain.stops import CUT, loose

REACH: Final = 40  # lines from the end in which the line of who posted the page is looked for
_RULE: Final = re.compile(r"^(?:[*＊=_~-]\s?){3,}$")
_ASTERISKS: Final = re.compile(r"^(?:[*＊]\s?){3,}$")  # these enclose a document of the body
# What a line of a note has: a year, a page, a title in quotation marks.
_SOURCE: Final = re.compile(
    r"(?:1[5-9]|20)\d\d|\bpp?\.|\bIbid|\d\s*(?:頁|ページ|쪽|면)|同上|前掲|[“”「」『』\"]|https?://",
    re.IGNORECASE,
)


_NUMBER_LINES: Final = frozenset({"cut", "line", "dated"})


@dataclass(frozen=True)
class Own:
    """What tells a report from others of its series."""

    series: str
    number: int


def clear(lines: list[Line], own: Own, words: Words, desk: Desk, *, notes: bool) -> list[Line]:
    """Drop the blog's lines at the end (R301 a teaser, R302 the others); return what is left.

    In a note list (`notes`) they stand below the last line that a marker opens; in a body without
    notes a teaser is told as a warning (R305), as it may be a title that the report speaks of.
    A title of another report that stands elsewhere in a body is kept and told (R306).
    """
    floor = _floor(lines) if notes else 1
    teaser = _teaser(lines, floor, own, words, notes=notes)
    end = _page(lines, floor, teaser, words, notes=notes)
    _drop(lines[end:teaser], "R302", desk)
    _drop(lines[teaser:], "R301" if notes else "R305", desk)
    for line in lines[floor:end] if not notes else ():
        if _teases(line, own) == "title":
            _say([line], desk)
    return lines[:end]


def _floor(lines: Sequence[Line]) -> int:
    """Return the index below the last line that a marker opens."""
    return max(n for n, line in enumerate(lines, 1) if leading(line.text))


def _drop(lines: list[Line], code: str, desk: Desk) -> None:
    if lines:
        desk.say(code, lines[0], text=shown(lines[0]), last=lines[-1].number)
    for line in lines:
        desk.drop(line, code)


# -- teasers --------------------------------------------------------------------------------------


def _teaser(lines: list[Line], floor: int, own: Own, words: Words, *, notes: bool) -> int:
    """Return the index of the line with which a teaser begins, the number of lines without one."""
    candidates = [n for n in range(floor, len(lines)) if _teases(lines[n], own)]
    if not candidates:
        return len(lines)
    backwards = range(len(lines), floor, -1)
    end = next((n for n in backwards if not _follows(lines[n - 1], own, words)), floor)
    for index in candidates:
        if _confirmed(lines, index, own, notes=notes):
            return index
        if index >= end and _alone(lines, index, own, words, notes=notes):
            return index
    return len(lines)


def _teases(line: Line, own: Own) -> str:
    """Return how a line announces another report of the series; "" where it does not.

    `title`: nothing but series and number; `cut`: cut short; `line`: a number line with something
    behind its date; `dated`: one with nothing behind it, which a note may be as well.
    """
    found = numbered(line)
    if found is None or not same(found.series, own.series):
        return ""
    if CUT.search(line.text):
        return "cut"
    if found.number == own.number:
        return ""
    if not found.rest.text:
        return "title"
    tail = dated(found)
    if tail is None or tail.sign[:1] in tuple(",、，"):
        return ""
    return "line" if tail.rest.text else "dated"


def _confirmed(lines: list[Line], index: int, own: Own, *, notes: bool) -> bool:
    """Say whether what stands round a line makes it a teaser, whatever follows.

    That is a title with a number line below it, and in a note list a number line with a headline.
    """
    kind = _teases(lines[index], own)
    if kind == "title":
        return any(_teases(line, own) in _NUMBER_LINES for line in lines[index + 1 : index + 3])
    return notes and kind in {"cut", "line"}


def _alone(lines: list[Line], index: int, own: Own, words: Words, *, notes: bool) -> bool:
    """Say whether a line is a teaser where nothing but lines of the page follows it."""
    kind = _teases(lines[index], own)
    if kind == "dated":
        return not notes or _of_page(lines[index - 1])
    if kind == "cut":
        found = numbered(lines[index])
        return found is not None and dated(found) is not None
    return loose(lines[index], words)


def _follows(line: Line, own: Own, words: Words) -> bool:
    return bool(_teases(line, own)) or CUT.search(line.text) is not None or _passing(line, words)


def _of_page(line: Line) -> bool:
    """Say whether a line just above a teaser goes with it: a date, a rule, the page's own."""
    return chrome(line.text) or _RULE.match(line.text) is not None or bool(dates.whole(line.text))


# -- the page's own lines -------------------------------------------------------------------------


def _page(lines: list[Line], floor: int, teaser: int, words: Words, *, notes: bool) -> int:
    """Return the index from which on the lines above the teaser, if there is one, are the page's.

    They begin with the first of the page's own lines below which nothing is long or a sentence; in
    a body that line says who posted the page and when.
    """
    first = floor if notes else max(floor, len(lines) - REACH)
    last = next((n for n in range(teaser, first, -1) if not _passing(lines[n - 1], words)), first)
    begins = chrome if notes else byline
    end = next((n for n in range(last, teaser) if begins(lines[n].text)), teaser)
    rules = sum(1 for line in lines[:end] if _ASTERISKS.match(line.text))
    while end > floor:
        line = lines[end - 1]
        asterisks = _ASTERISKS.match(line.text) is not None
        drawn = teaser < len(lines) and _of_page(line) and (notes or not asterisks or rules % 2)
        if not (chrome(line.text) or drawn or (notes and _RULE.match(line.text))):
            break
        rules -= asterisks
        end -= 1
    return end


def _passing(line: Line, words: Words) -> bool:
    """Say whether a line may stand among the page's own: short, no sentence, no bare address."""
    return chrome(line.text) or (loose(line, words) and not continues(line))


def doubt(lines: list[Line], desk: Desk) -> None:
    """Tell (R306) of lines at the end of a note list that may be the page's.

    They stand below the last note, if that is complete, and nothing marks them as its own: no
    source, date or page, no address, no mention of a note.
    """
    lines = lines[_floor(lines) - 1 :]
    mark = leading(lines[0].text)
    complete = mark is not None and lines[0].cut(mark.end).text != ""
    run: list[Line] = []
    for line in lines[1:]:
        if not complete or _of_note(line):
            _say(run, desk)
            run = []
        else:
            run.append(line)
        complete = True
    _say(run, desk)


def _of_note(line: Line) -> bool:
    text = line.text
    return bool(_SOURCE.search(text) or dates.whole(text) or marks(text))


def _say(run: list[Line], desk: Desk) -> None:
    if run:
        desk.say("R306", run[0], text=shown(run[0]), last=run[-1].number)


def continues(line: Line) -> bool:
    """Say whether a line of a note list is an address alone, which belongs to the line before."""
    return [(one.start, one.end) for one in addresses(line.text)] == [(0, len(line.text))]
