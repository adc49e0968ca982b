"""What there is to say about the pages of one product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from watchpress.checks.layout import breaks, lines, measure, pages
from watchpress.checks.layout.desk import Desk, Where
from watchpress.diagnostic import Place, Tell
from watchpress.galley import LIMITS, Anchor, Block, Galley, Limits

CHECKS: Final[tuple[Callable[[Desk], None], ...]] = (
    measure.lines,
    measure.things,
    measure.letters,
    measure.heads,
    lines.hyphens,
    lines.stacks,
    lines.spaces,
    lines.breaks,
    breaks.turns,
    breaks.runts,
    breaks.headings,
    pages.ends,
    pages.blanks,
    pages.sides,
    pages.contents,
)


def nearby(block: Block, anchor: Anchor | None) -> Place:
    """Return the place that an anchor counts from: the copy is not at hand."""
    at = (block.line, block.column) if anchor is None else (anchor.line, anchor.column)
    return Place(block.file, *at)


@dataclass(frozen=True)
class Subject:
    """The pages of a product, and what is too much. `pressed`: it is made for a printing house.

    `where`: the place in the copy that an anchor of a line of a block leads to (None: the block
    itself); without the copy at hand it is where the anchor counts its letters from. `leaved`: two
    pages are the sides of one leaf, as in a book.
    """

    galley: Galley
    limits: Limits = LIMITS
    pressed: bool = False
    where: Where = nearby
    leaved: bool = True


def check(subject: Subject, tell: Tell) -> None:
    """Tell what a careful setter would see on the pages, at the copy and on the page."""
    desk = Desk(
        subject.galley, subject.limits, subject.pressed, subject.where, tell, subject.leaved
    )
    for one in CHECKS:
        one(desk)
