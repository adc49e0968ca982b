"""Where the head of a report begins, below what a page has above it."""

from __future__ import annotations

import re
from typing import Final

from watchpress.language import dates
from watchpress.language.chrome import breadcrumbs, chrome
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.number import dated, numbered
from watchpress.readers.plain.stops import loose

DEPTH: Final = 15  # lines in which a head is looked for
NEAR: Final = 3  # lines of a banner, above a head of which not all parts are there
SIGN: Final = "§"
SIGNED: Final = re.compile(r"^§++(?!\s*\d)")  # § 3 is a paragraph of a law


def first(lines: list[Line], words: Words) -> int:
    """Return the index of the first line that belongs to the head, or to the body without one.

    Above a title or number line may stand lines of the page. A date alone, or a §, is not enough to
    take what stands above it for the page's, and a sentence never is.
    """
    top = next((n for n, line in enumerate(lines[:DEPTH]) if not paged(line)), 0)
    for index in range(top, min(len(lines), DEPTH)):
        line, parts = lines[index], sure(lines, index, words)
        if parts > 1 or (parts and index - top <= NEAR):
            above = range(max(top, index - NEAR), index)
            return next((n for n in above if dates.whole(lines[n].text)), index)
        if index == top and (dates.whole(line.text) or _titles(line)):
            return top
        if line.text.startswith(SIGN) or not (paged(line) or loose(line, words)):
            return top
    return top


def _titles(line: Line) -> bool:
    found = numbered(line)
    return found is not None and (found.bracketed or not found.rest.text)


def sure(lines: list[Line], index: int, words: Words) -> int:
    """Say how sure it is that a head begins here: 0 not at all, 1 a part of one, 2 a whole one."""
    line, below = lines[index], lines[index + 1 : index + 1 + NEAR]
    if dates.whole(line.text):
        return sure(lines, index + 1, words) if below and numbered(below[0]) else 0
    pieces = split(line)
    found = numbered(pieces[0])
    if found is None:
        return 0
    signed = len(pieces) > 1 or any(SIGNED.match(one.text) for one in below)
    again = [other for other in map(numbered, below) if other and other.number == found.number]
    if any(dated(other) for other in again):
        return 2
    if found.bracketed or not found.rest.text:
        days = any(dates.whole(one.text) for one in below)
        return 2 if again else int(signed or days or bool(found.rest.text))
    tail = dated(found)
    if signed and (tail or loose(line, words)):
        return 2
    return int(tail is not None and not tail.rest.text)


def paged(line: Line) -> bool:
    """Say whether a line at the top is the page's own."""
    return chrome(line.text) or breadcrumbs(line.text)


def split(line: Line) -> list[Line]:
    """Return a line, in two where a § with the headline stands behind the number."""
    at = len(line.text.partition(SIGN)[0])
    found = numbered(line.cut(0, at)) if SIGNED.match(line.text[at:]) else None
    if found is None or (found.rest.text and dated(found) is None):
        return [line]
    return [line.cut(0, at), line.cut(at)]
