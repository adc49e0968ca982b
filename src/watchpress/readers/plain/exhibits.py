"""Tables and figures in plain copy: a caption with rows below it, a file in brackets with words.

Running text that names a table or has a stroke in it stays text: only a caption with at least two
rows right below is a table, only a line of its own that names the file of a picture is a figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeAlias

from watchpress.language.words import Words
from watchpress.readers.plain.cells import Row, empty, row, ruled, squared
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.stops import finished

FEWEST: Final = 2  # rows of a table, its head counted
LIKELY: Final = 3  # rows that look like those of a table where no caption stands above
_NUMBER: Final = r"[0-9０-９]{1,3}(?:[-–.．－‐][0-9０-９]{1,2})?[A-Za-z]?"
_KINDS: Final = "png|jpe?g|gif|svg|tiff?|webp|bmp|eps|pdf|heic|avif"


@dataclass(frozen=True)
class Caption:
    """The line that names an exhibit: its label as typed, its title (may be empty).

    `sure`: a stop or brackets part the label from the title.
    """

    line: Line
    label: Line
    title: Line
    number: str
    sure: bool


@dataclass(kw_only=True)
class Exhibit:
    """What a table and a figure have in common; `last` is the last line of it."""

    first: Line
    caption: Caption | None = None
    remarks: list[Line] = field(default_factory=list)
    source: Line | None = None
    last: Line | None = None


@dataclass(kw_only=True)
class Table(Exhibit):
    """A table: the first row is its head."""

    rows: list[Row] = field(default_factory=list)


@dataclass(kw_only=True)
class Figure(Exhibit):
    """A figure: the line that names its file, the label in it, and the words in its stead.

    `named` is the line with the file; `alt` the words, `told` the line they stand in.
    """

    named: Line
    file: str
    label: str
    number: str
    alt: Line | None = None
    told: Line | None = None


Entry: TypeAlias = Line | Table | Figure


def exhibits(lines: Sequence[Line], words: Words, desk: Desk) -> list[Entry]:
    """Return the lines of a body in order, those of a table or figure as one entry.

    A rule of dashes between rows is dropped (R311). Told: R405 (figure without words for who does
    not see it), R406 (a row with another number of cells than the head), R407 (rows without a
    caption), R408 (a caption with nothing below it).
    """
    found: list[Entry] = []
    at = 0
    while at < len(lines):
        entry, end = _table(lines, at, words, desk) or _figure(lines, at, words) or (lines[at], at)
        if isinstance(entry, Figure):
            _captioned(entry, found, words)
        found.append(entry)
        at = max(end, at + 1)
    _doubts(found, words, desk)
    return found


# -- captions -------------------------------------------------------------------------------------


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<label>(?P<open>[【［〔<＜〈\[])?\s?第?(?:{word})\s?(?P<n>{_NUMBER})(?(open)\s?[】］〕>＞〉\]])"
        r"(?P<stop>[.．:：]?))(?P<gap>\s?)(?P<title>.*)",
        re.IGNORECASE,
    )


def _caption(line: Line, word: str, words: Words) -> Caption | None:
    match = _pattern(word).fullmatch(line.text)
    if match is None:
        return None
    title = line.cut(match.start("title"))
    sure = bool(match["open"] or match["stop"] or not title.text)
    if not sure and not (words.eastern and match["gap"]):
        return None
    if match["stop"] in (".", ":") and title.text and not match["gap"] and words.spaced:
        return None
    label = line.cut(0, match.end("label"))
    return Caption(line, label, title, _digits(match["n"]), sure)


def captions(line: Line, words: Words) -> bool:
    """Say whether a line is the caption of a table or figure: a label set apart, no sentence."""
    kinds = (words.exhibits["table"], words.exhibits["figure"])
    found = [caption for kind in kinds if (caption := _caption(line, kind, words))]
    return any(caption.sure for caption in found) and not finished(line.text, words)


def _digits(number: str) -> str:
    return unicodedata.normalize("NFKC", number)


# -- tables ---------------------------------------------------------------------------------------


def _table(lines: Sequence[Line], at: int, words: Words, desk: Desk) -> tuple[Table, int] | None:
    caption = _caption(lines[at], words.exhibits["table"], words)
    if caption is None:
        return None
    rows, rules, end = _rows(lines, at + 1)
    if len(rows) < FEWEST:
        return None
    for rule in rules:
        desk.drop(rule, "R311")
    table = Table(first=caption.line, caption=caption, rows=squared(rows), last=lines[end - 1])
    _even(table, desk)
    return table, _foot(table, lines, end, words)


def _rows(lines: Sequence[Line], start: int) -> tuple[list[Row], list[Line], int]:
    """Return the rows from a line on, the rules of dashes among them, and where they end."""
    rows: list[Row] = []
    end = at = start
    while at < len(lines):
        found = row(lines[at], rows[0] if rows else None)
        if found:
            rows.append(found)
        elif not ruled(lines[at]):
            break
        at += 1
        if found:
            end = at  # a rule behind the last row is the page's
    return rows, [line for line in lines[start:end] if ruled(line)], end


def _even(table: Table, desk: Desk) -> None:
    """Tell rows that have not as many cells as the head; they get empty ones at their end."""
    wanted = len(table.rows[0].cells)
    for one in table.rows:
        if len(one.cells) != wanted:
            desk.say("R406", one.line, cells=len(one.cells), head=wanted)
    width = max(len(one.cells) for one in table.rows)
    table.rows = [
        Row(one.line, (*one.cells, *[empty(one.line)] * (width - len(one.cells))))
        for one in table.rows
    ]


def _foot(exhibit: Exhibit, lines: Sequence[Line], at: int, words: Words) -> int:
    """Take in the lines below a table: source and remarks; return where they end."""
    while at < len(lines) and _taken(exhibit, lines[at], words):
        exhibit.last = lines[at]
        at += 1
    return at


def _taken(exhibit: Exhibit, line: Line, words: Words) -> bool:
    """Say whether a line is a remark on an exhibit, or its source, and add it."""
    if _opens(line, words.exhibits["remark"]) and exhibit.source is None:
        exhibit.remarks.append(line)
    elif _opens(line, words.exhibits["source"]) and exhibit.source is None:
        exhibit.source = line
    else:
        return False
    return True


def _opens(line: Line, word: str) -> re.Match[str] | None:
    return re.match(rf"[(（]?(?:{word})\s?[:：]\s?(?=\S)", line.text, re.IGNORECASE)


# -- figures --------------------------------------------------------------------------------------


def _figure(lines: Sequence[Line], at: int, words: Words) -> tuple[Figure, int] | None:
    line, word = lines[at], words.exhibits["figure"]
    match = re.fullmatch(
        rf"[\[［【]\s?(?P<label>(?:{word})(?:\s?(?P<n>{_NUMBER}))?)\s?[:：]\s?"
        rf"(?P<file>[^\[\]［］【】:：\s][^\[\]［］【】:：]*\.(?:{_KINDS}))\s?[\]］】]",
        line.text,
        re.IGNORECASE,
    )
    if match is None:
        return None
    number = _digits(match["n"] or "")
    label = match["label"] * bool(number)
    figure = Figure(
        first=line, last=line, named=line, file=match["file"], label=label, number=number
    )
    end = at + 1
    while end < len(lines) and _worded(figure, lines[end], words):
        figure.last = lines[end]
        end += 1
    return figure, end


def _worded(figure: Figure, line: Line, words: Words) -> bool:
    """Say whether a line below a figure belongs to it, and add it."""
    caption = _caption(line, words.exhibits["figure"], words)
    alt = _opens(line, words.exhibits["alt"])
    if caption and figure.caption is None and figure.number in ("", caption.number):
        figure.caption = caption
    elif alt and figure.alt is None:
        figure.told, figure.alt = line, line.cut(alt.end())
    else:
        return _taken(figure, line, words)
    return True


def _captioned(figure: Figure, above: list[Entry], words: Words) -> None:
    """Take the caption that stands above a figure where none stands below it."""
    line = above[-1] if above else None
    if figure.caption is not None or not isinstance(line, Line):
        return
    caption = _caption(line, words.exhibits["figure"], words)
    if caption and figure.number in ("", caption.number):
        figure.caption, figure.first = caption, line
        above.pop()


# -- doubts ---------------------------------------------------------------------------------------


def _doubts(found: Sequence[Entry], words: Words, desk: Desk) -> None:
    for entry in found:
        if isinstance(entry, Figure) and entry.alt is None:
            desk.say("R405", entry.last or entry.first, file=entry.file)
    for line in (entry for entry in found if isinstance(entry, Line)):
        if captions(line, words):
            desk.say("R408", line, text=shown(line))
    for run in _runs(found):
        desk.say("R407", run[0].line, text=shown(run[0].line), count=len(run))


def _runs(found: Sequence[Entry]) -> Iterator[list[Row]]:
    """Yield the runs of lines that look like rows of one table, each with as many cells."""
    run: list[Row] = []
    for entry in (*found, None):
        one = row(entry) if isinstance(entry, Line) else None
        if one and (not run or len(run[0].cells) == len(one.cells)):
            run.append(one)
            continue
        if len(run) >= LIKELY:
            yield run
        run = [one] if one else []
