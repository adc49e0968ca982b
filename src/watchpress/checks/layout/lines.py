"""Lines of a paragraph, one below the other: hyphens, stacks, wide spaces, forbidden breaks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from watchpress.checks.layout.desk import Desk, Row, figure, ladders, quoted
from watchpress.language.edges import edges
from watchpress.language.kinsoku import parted

_SQUARE: Final = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")


def hyphens(desk: Desk) -> None:
    """Tell P109 of hyphens in a row at line ends, P110 of a word broken across pages.

    No more than two hyphens below one another (New Hart's Rules; Bringhurst, The Elements of
    Typographic Style, 2.4, and the Chicago Manual of Style, 17th edition, 2.112, bear three); no
    word is broken at the foot of a page, the less where the leaf is turned.
    """
    limit = desk.limits.hyphens
    for _, rows in desk.prose:
        for first, count, _ in ladders(rows, [row.line.hyphen for row in rows]):
            if count >= limit:
                desk.say("P109", first, _end(first), count=count, limit=limit - 1)
        for one, two in pairwise(rows):
            if one.line.hyphen and one.page != two.page:
                start, word = _end(one), one.line.text.rstrip()
                rest = re.match(r"\S*", two.line.text.lstrip())
                whole = word[start:] + "|" + (rest[0] if rest else "")
                desk.say("P110", one, start, word=quoted(whole), next=two.page)


def _end(row: Row) -> int:
    """Return where the last word of a line begins."""
    return row.line.text.rstrip().rfind(" ") + 1


def stacks(desk: Desk) -> None:
    """Tell P111 of lines in a row that begin, or end, with the same word.

    No more than two (Bringhurst, The Elements of Typographic Style, 2.4).
    """
    limit = desk.limits.stack
    for block, rows in desk.prose:
        words = [edges(row.line.text, block.language) for row in rows]
        for side in (0, 1):
            for first, count, word in ladders(rows, [pair[side] for pair in words]):
                if count >= limit:
                    offset = 0 if side == 0 else _end(first)
                    desk.say("P111", first, offset, word=word, count=count, limit=limit - 1)


def spaces(desk: Desk) -> None:
    """Tell P112 of lines whose word spaces were driven too wide to fill the measure.

    A quarter of an em is common, half of one open (Bringhurst, 2.1; Tschichold, Penguin Composition
    Rules: as close as possible). Between letters that fill their squares, as hangul does, a space
    is wide where a letter would fit in it. Last lines are not driven.
    """
    for _, rows in desk.prose:
        for row in rows[:-1]:
            squares = len(_SQUARE.findall(row.line.text)) * 2 > len("".join(row.line.text.split()))
            limit = desk.limits.square if squares else desk.limits.space
            space = round(row.line.space, 2)
            if space > limit:
                facts = {"space": figure(space), "limit": figure(limit)}
                desk.say("P112", row, words=quoted(row.line.text), **facts)


def breaks(desk: Desk) -> None:
    """Tell P113 of forbidden signs at the ends of lines, P114 of a note call that begins one.

    JLREQ 3.1.7 to 3.1.10 for Japanese, geumchik for Korean (language/kinsoku.py). The call of a
    note belongs to the word before it (JLREQ cl-21; Chicago Manual of Style, 17th edition, 14.21).
    """
    for block, rows in desk.runs:
        if block.role in ("head", "folio"):
            continue
        for one, two in pairwise(rows):
            if two.line.number != one.line.number + 1:
                continue
            before, after = one.line.text.rstrip(), two.line.text.lstrip()
            if two.line.call:
                call = re.match(r"\W?\d+\W?|\S", after)
                word = before.split()[-1] if before else ""
                desk.say("P114", two, call=(call[0] if call else after).strip(), word=quoted(word))
            elif _forbidden(before, after, block.language) and not one.line.address:
                desk.say("P113", two, before=before[-3:], after=after[:3])


def _forbidden(before: str, after: str, tag: str) -> bool:
    """Say whether a line must not be broken here; in a Latin run the rules of Latin hold."""
    return bool(
        before and after and parted(before[-1], after[0], tag) and _SQUARE.search(before + after)
    )
