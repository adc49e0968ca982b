"""Paragraphs and headings at the turn of a page, and how paragraphs end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watchpress.checks.layout.desk import Desk, Row, figure, quoted, tops
from watchpress.galley import Line

ALONE: Final = 2  # lines of a paragraph at the turn of a page, at least


def turns(desk: Desk) -> None:
    """Tell P105 of widows, P106 of orphans; a paragraph of two lines that is split is one widow.

    A page should not begin with the last line of a paragraph; it may end with the first (Chicago
    Manual of Style, 17th edition, 2.116; Bringhurst, 2.4: orphans need not trouble the
    typographer). CSS: `widows: 2; orphans: 2`.
    """
    for _, rows in desk.prose:
        pages = [row.page for row in rows]
        if len(rows) < ALONE or pages[0] == pages[-1]:
            continue
        if pages.count(pages[-1]) < ALONE:
            desk.say("P105", rows[-1], words=quoted(rows[-1].line.text), count=1, limit=ALONE)
        if pages.count(pages[0]) < ALONE and len(rows) > ALONE:
            desk.say("P106", rows[0], words=quoted(rows[0].line.text), count=1, limit=ALONE)


def runts(desk: Desk) -> None:
    """Tell P107 of paragraphs whose last line is a stub: few letters, or short as an indent.

    The last line is longer than the indent of the next paragraph (Tschichold; Bringhurst, 2.4: no
    word of less than four letters), in Japanese it has more than one letter and a full stop (JIS X
    4051; JLREQ, widow adjustment). What an address leaves is not counted: it has no other breaks.
    """
    limits = desk.limits
    for _, rows in desk.prose:
        if len(rows) < ALONE or rows[-1].line.address or rows[-2].line.address:
            continue
        line = rows[-1].line
        letters = len("".join(line.text.split()))
        width = round((line.box.right - line.box.left) / line.size, 2) if line.size else 0.0
        if letters < limits.letters or width < limits.runt:
            desk.say(
                "P107", rows[-1], words=quoted(line.text), letters=letters, least=limits.letters,
                width=figure(width), limit=figure(limits.runt),
            )  # fmt: skip


def headings(desk: Desk) -> None:
    """Tell P108 of headings near the foot of a page with too little below them.

    At least two lines of text stand below a heading on its page (Chicago Manual of Style, 17th
    edition, 2.116); headings below one another count as one. What ends there, as a last section
    of one line, is no fault, nor a heading with a table or picture below it, nor the headline,
    which opens its page.
    """
    for number in range(1, len(desk.galley.pages) + 1):
        lines = desk.body(number)
        heads = [line for line in lines if desk.block(line).level > 1]
        if not heads or number == len(desk.galley.pages):
            continue
        last = heads[-1]
        below = lines[lines.index(last) + 1 :]
        count = len(tops(below))
        if count >= desk.limits.heading or not _goes_on(desk, number, last, below):
            continue
        if any(thing.box.top >= last.box.top for thing in desk.page(number).things):
            continue
        first = next(line for line in heads if line.block == last.block)
        facts = {"count": count, "limit": desk.limits.heading}
        desk.say("P108", Row(number, first), words=quoted(first.text), **facts)


def _goes_on(desk: Desk, number: int, head: Line, below: Sequence[Line]) -> bool:
    """Say whether what a heading stands for goes on over the page that it is at the foot of.

    Where two languages face each other, the page behind it may be one of the other language.
    """
    tongue = desk.block(head).language
    for later in range(number + 1, len(desk.galley.pages) + 1):
        page = desk.page(later)
        if page.first:
            return False
        own = [line for line in desk.body(later) if desk.block(line).language == tongue]
        if own:
            same = bool(below) and own[0].block == below[-1].block
            return not below or same or desk.block(own[0]).role != "heading"
        if page.things and not below:
            return True
    return False
