"""Whole pages: short ones, blank ones, those on the wrong side, those that the contents misname."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final, get_args

from watchpress.catalog import PartKind
from watchpress.checks.layout.desk import Desk, Row, quoted, tops
from watchpress.diagnostic import Place
from watchpress.volume.pages import ANYWHERE, SERIAL

# What a volume and its parts may be: a report on its own has no kind, and begins where it likes.
KINDS: Final[frozenset[str]] = frozenset(get_args(PartKind))
VERSO: Final = "facing"
_FOLIO: Final = re.compile(r"(?<!\w)(\d+|[ivxl]+)(?=\s*(?:·|$))")
_LAST: Final = re.compile(rf"{_FOLIO.pattern}\s*$")


def ends(desk: Desk) -> None:
    """Tell P115 of a last page of a report with few lines on it.

    Fewer than five lines look like a leftover (Butcher's Copy-editing, 4th edition, on page proofs;
    New Hart's Rules). Tables and pictures fill a page; facing pages end where the longer one does.
    """
    for part in desk.parts:
        number = part[-1]
        page = desk.page(number)
        if len(part) == 1 or page.part != "report" or page.things:
            continue
        lines = desk.body(number)
        count = len(tops(lines))
        if lines and count < desk.limits.lines:
            first = next((line for line in lines if line.anchors), lines[0])
            facts = {"count": count, "limit": desk.limits.lines}
            desk.say("P115", Row(number, first), **facts)


def blanks(desk: Desk) -> None:
    """Tell P116 of pages with nothing on them that were not left blank on purpose.

    Where two languages face each other, the shorter one leaves pages beside the longer one.
    """
    for number, page in enumerate(desk.galley.pages, 1):
        if page.planned or not _empty(desk, number):
            continue
        left = number % 2 == 0
        beside = [number + 1] * (left or not desk.leaved) + [number - 1] * (
            not (left and desk.leaved)
        )
        if page.part != VERSO or all(_empty(desk, one) for one in beside):
            desk.put("P116", number, _before(desk, number))


def _empty(desk: Desk, number: int) -> bool:
    """Say whether nothing is on a page, or there is no such page."""
    if not 1 <= number <= len(desk.galley.pages):
        return True
    return not (desk.page(number).things or desk.body(number))


def _before(desk: Desk, number: int) -> Place | None:
    """Return where the copy of the page before a page ends."""
    for earlier in range(number - 1, 0, -1):
        for line in reversed(desk.body(earlier)):
            if desk.start(desk.block(line)) is not None:
                return desk.place(line)
    return None


def sides(desk: Desk) -> None:
    """Tell P120 of parts that begin on the other side of a leaf than the rule of the volume says.

    Parts begin on a recto, which is an odd page; facing editions on the verso before it; small
    parts anywhere (volume/pages.py; Chicago Manual of Style, 17th edition, 1.4). Reports one behind
    the other on a screen have no leaves.
    """
    if not desk.leaved:
        return
    before = ""
    for number, page in enumerate(desk.galley.pages, 1):
        if page.first:
            free = page.part in ANYWHERE or (page.part == before and page.part in SERIAL)
            even = number % 2 == 0
            if page.part in KINDS and not free and even != (page.part == VERSO):
                desk.put("P120", number, desk.opened(number), label=page.label or number)
            before = page.part


def contents(desk: Desk) -> None:
    """Tell P119 of lines in the contents that name another page than the one they lead to.

    A line may lead to more than one part, each with its page: one of them must be the right one.
    """
    for _, rows in desk.runs:
        for target, entry in groupby(rows, key=lambda row: row.line.target):
            lines = list(entry)
            number = desk.galley.ids.get(target)
            text = " ".join(row.line.text.strip() for row in lines)
            printed = _LAST.search(text)
            label = desk.page(number).label if number else ""
            if target and printed and label and label not in _FOLIO.findall(text):
                words = quoted(text[: printed.start()].rstrip(" .…"))
                desk.say("P119", lines[-1], words=words, printed=printed[1], label=label)
