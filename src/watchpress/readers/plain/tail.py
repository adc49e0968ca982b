"""The tail of the copy: where the note list begins, and what of the blog stands behind it."""

from __future__ import annotations

import re
from typing import Final

from watchpress.language.chrome import chrome
from watchpress.readers.plain.head import Head, numbered
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.markers import addresses, leading, marks

_CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")  # how a blog ends what it cut short


def divide(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return (body, note list): the list begins with the first line that a marker opens.

    A paragraph may open with a marker too; then paragraphs with markers inside follow it, which a
    note list does not have (a mention of another note in a note apart, which is no paragraph).
    """
    starts = [n for n, line in enumerate(lines) if leading(line.text)]
    for start in starts:
        if not any(_is_body(line) for line in lines[start + 1 :]):
            return lines[:start], lines[start:]
    return lines, []


def _is_body(line: Line) -> bool:
    """Say whether a line is a paragraph of the body: unnumbered, long, with a marker inside."""
    return leading(line.text) is None and len(line.text) > 120 and bool(marks(line.text))


def clear(lines: list[Line], head: Head, desk: Desk, *, notes: bool) -> list[Line]:
    """Drop the blog's lines at the end (R301 a teaser, R302 the others); return what is left.

    In a note list (`notes`) they begin with the first line that is a teaser of another report or
    the blog's own; in a body without notes they are what stands at its very end.
    """
    teaser = next((n for n, line in enumerate(lines) if n and _teases(line, head)), len(lines))
    end = teaser
    if notes:
        end = next((n for n, line in enumerate(lines[:teaser]) if chrome(line.text)), teaser)
    while end > 1 and chrome(lines[end - 1].text):
        end -= 1
    _drop(lines[end:teaser], "R302", desk)
    _drop(lines[teaser:], "R301", desk)
    return lines[:end]


def _teases(line: Line, head: Head) -> bool:
    """Say whether a line announces another report: the series' name, and another number."""
    found = numbered(line)
    if found is None or head.series is None or found.series.lower() != head.series.lower():
        return False
    return found.number != head.number or _CUT.search(line.text) is not None


def _drop(lines: list[Line], code: str, desk: Desk) -> None:
    if lines:
        desk.say(code, lines[0], text=shown(lines[0]), last=lines[-1].number)
    for line in lines:
        desk.drop(line, code)


def continues(line: Line) -> bool:
    """Say whether a line of a note list is an address alone, which belongs to the line before."""
    found = list(addresses(line.text))
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(line.text)
