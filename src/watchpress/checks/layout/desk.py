"""What every check of the layout has before it: the pages, the limits, and how to say a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.galley import MADE, Anchor, Block, Galley, Limits, Line, Page, Role, Spot

RUNNING: Final[frozenset[Role]] = frozenset({"text", "quote", "note"})  # prose in full measure
QUOTED: Final = 40  # letters of a line that a finding quotes at most
SERIES: Final = Place("series.toml")  # of what no copy says

Where: TypeAlias = Callable[[Block, Anchor | None], Place]


class Row(NamedTuple):
    """A line, and the number of its page."""

    page: int
    line: Line


@dataclass(frozen=True)
class Desk:
    """The pages of one product. `where`: the place in the copy of an anchor, or of a block.

    `leaved`: two pages are the sides of one leaf.
    """

    galley: Galley
    limits: Limits
    pressed: bool
    where: Where
    tell: Tell
    leaved: bool = True

    @cached_property
    def runs(self) -> Sequence[tuple[Block, Sequence[Row]]]:
        """Each block that has lines, with these, in the order in which they first appear."""
        found: dict[int, list[Row]] = {}
        for page, line in self.galley.lines():
            found.setdefault(line.block, []).append(Row(page, line))
        return [(self.galley.blocks[number], rows) for number, rows in found.items()]

    @property
    def prose(self) -> Iterator[tuple[Block, Sequence[Row]]]:
        """Yield the paragraphs of running text, quotations and notes."""
        return (run for run in self.runs if run[0].role in RUNNING)

    def headline(self, part: range) -> Place | None:
        """Return where the headline of a part stands, else where its first page begins."""
        blocks = (self.block(line) for page in part for line in self.page(page).lines)
        heads = (self.start(block) for block in blocks if block.level == 1)
        return next((place for place in heads if place is not None), self.opened(part[0]))

    @cached_property
    def parts(self) -> Sequence[range]:
        """The numbers of the pages of each part."""
        count = len(self.galley.pages)
        pages = enumerate(self.galley.pages, 1)
        starts = [n for n, page in pages if page.first or n == 1 or self._headed(page)]
        return [range(one, end) for one, end in pairwise([*starts, count + 1])]

    def _headed(self, page: Page) -> bool:
        """Say whether a headline begins on a page: several reports may be one product."""
        return any(line.number == 0 and self.block(line).level == 1 for line in page.lines)

    def page(self, number: int) -> Page:
        """Return a page by its number, from 1."""
        return self.galley.pages[number - 1]

    def block(self, line: Line) -> Block:
        """Return the block that a line is of."""
        return self.galley.blocks[line.block]

    def body(self, number: int) -> list[Line]:
        """Return the lines of a page that stand for its copy, and what is made as they are.

        Running heads and folios are none of them.
        """
        page = self.page(number)
        return [one for one in page.lines if self.block(one).role not in ("head", "folio")]

    def place(self, line: Line, offset: int = 0) -> Place:
        """Return where in the copy the letter at `offset` of a line stands.

        Of a line of no copy: the headline of the report that it is in or leads to.
        """
        block = self.block(line)
        anchor = line.anchor(offset) if block.file else None
        if anchor is not None:
            return self.where(block, anchor)
        return self.start(block) or self._led(line.target) or SERIES

    def start(self, block: Block) -> Place | None:
        """Return where in the copy a block begins, None where it is of no copy."""
        made = block.role in MADE or not block.file
        return None if made else self.where(block, None)

    def _led(self, target: str) -> Place | None:
        """Return where the part with an id begins in the copy."""
        number = self.galley.ids.get(target) if target else None
        return self.opened(number) if number is not None else None

    def opened(self, number: int) -> Place | None:
        """Return where the copy of a page begins: its first line that is of any."""
        places = (self.start(self.block(line)) for line in self.page(number).lines)
        return next((place for place in places if place is not None), None)

    def say(self, code: str, row: Row, offset: int = 0, /, **facts: object) -> None:
        """Tell a finding about a line, at the letter at `offset`."""
        page, line = row
        self.put(code, page, self.place(line, offset), line.box, **facts)

    def put(
        self, code: str, page: int, place: Place | None, box: Spot | None = None, **facts: object
    ) -> None:
        """Tell a finding about a page, or what is in a rectangle on it."""
        shown = {name: fact if isinstance(fact, int) else str(fact) for name, fact in facts.items()}
        found: Diagnostic = remark(code, place or SERIES, page=page, **shown)
        self.tell(replace(found, box=tuple(round(side, 2) for side in box or ())))


def quoted(text: str) -> str:
    """Return the beginning of a line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def figure(value: float) -> str:
    """Return a measured value with two decimals at most, as `0.6` or `12.25`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tops(lines: Sequence[Line]) -> set[int]:
    """Return the heights that lines stand at: a label beside its note, and columns, are one."""
    return {round(line.box.bottom) for line in lines}


def adjacent(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield each line of a block with the one below it in the same column of the same page."""
    for one, two in pairwise(rows):
        if one.page == two.page and two.line.box.top > one.line.box.top:
            yield one, two


def ladders(rows: Sequence[Row], marks: Sequence[object]) -> Iterator[tuple[Row, int, object]]:
    """Yield (first line, lines in a row, mark) where lines below one another bear the same mark.

    `marks`: of each line; what is false is no mark.
    """
    joined = {id(two.line) for _, two in adjacent(rows)}
    first, mark, count = None, None, 0
    for row, own in zip(rows, marks, strict=True):
        if first is not None and own and own == mark and id(row.line) in joined:
            count += 1
            continue
        if first is not None and mark:
            yield first, count, mark
        first, mark, count = row, own, 1
    if first is not None and mark:
        yield first, count, mark
