"""From a sheet that shows both languages abreast to its two pages: WeasyPrint's boxes taken apart.

While the sheets are laid out one function of WeasyPrint's is replaced: cells keep the rules that
facing pages have and tables have not (`Grid.cell`). Then each sheet is taken apart: what stands in
the left cells becomes the content of a left page, the rest that of a right page. The pages
themselves, with their running heads and folios, come from a document of empty ones.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, Final

from weasyprint import CSS
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.text.fonts import FontConfiguration

from watchpress.backends.pdf import tables
from watchpress.backends.pdf.facingrows import CELL, OF, ROW, SIDES
from watchpress.backends.pdf.fetch import Fetcher
from watchpress.backends.pdf.layout import Parsed
from watchpress.tools.fonts import Face

NEAR: Final = 0.01  # px: lengths that differ by less are equal


@dataclass(frozen=True)
class Reader:
    """What a layout reads: our fonts, and of files only the fonts and those of one folder."""

    fonts: FontConfiguration
    faces: Sequence[Face]
    folder: Path | None

    def lay(self, document: bytes, css: Sequence[str]) -> Document:
        """Return the layout of XHTML; raises fetch.Refused where a file may not be read."""
        fetcher = Fetcher(frozenset(face.path for face in self.faces), self.folder)
        base = None if self.folder is None else f"{self.folder.resolve().as_uri()}/"
        sheets = [
            CSS(string=text, font_config=self.fonts, url_fetcher=fetcher, base_url=base)
            for text in css
        ]
        return tables.fitted(Parsed(document, fetcher), sheets, self.fonts)


def _ours(box: Any, name: str) -> bool:
    """Return whether a box is a row or a cell of ours: a report may have tables of its own."""
    kinds = (boxes.TableRowBox, boxes.TableCellBox)
    return isinstance(box, kinds) and name in (box.element.get("class") or "").split()


@dataclass(frozen=True)
class Grid:
    """The lines of a page: where the first begins, and their distance, in CSS pixels."""

    top: float
    lead: float

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Let cells be laid out by our rules while this lasts."""
        theirs = block.block_container_layout
        block.block_container_layout = partial(self.cell, theirs)
        try:
            yield
        finally:
            block.block_container_layout = theirs

    def cell(self, theirs: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Lay out a box as WeasyPrint does, a cell by the rules of facing pages.

        A pair begins on a page with both blocks or with none: where one finds no room for its
        first lines, its row is moved as a whole. Space above a row vanishes at the head of a page,
        space below at its foot; in between, space below ends on the grid.
        """
        box = args[1]
        if not _ours(box, CELL) or not box.children:
            return theirs(*args, **named)
        context, _, bottom_space, skip = args
        if named["page_is_empty"] and context.current_page > 1:
            box.padding_top = 0
        done = theirs(*args, **named)
        laid, rest = done[:2]
        fresh = skip is None
        box.style["break_inside"] = "avoid" if laid is None and fresh else "auto"
        if laid is not None and rest is None and laid.padding_bottom:
            self._close(laid, context.page_bottom - bottom_space)
        return done

    def _close(self, cell: Any, foot: float) -> None:
        """Let the space below a cell end on a line, or at the foot of the page."""
        end = cell.position_y + cell.border_height()
        on_grid = self.top + ceil((end - self.top) / self.lead - NEAR) * self.lead
        cell.padding_bottom = max(cell.padding_bottom + min(on_grid, foot) - end, 0)


class Spreads(Document):  # type: ignore[misc]
    """A document of left and right pages by turns, each side with an outline of its own."""

    def make_bookmark_tree(self, scale: float = 1, transform_pages: bool = False) -> list[Any]:
        """Return the outline of the left pages, then that of the right ones."""
        return [
            _renumbered(tree, side)
            for side in range(len(SIDES))
            for tree in Document.make_bookmark_tree(
                self._half(side), scale, transform_pages=transform_pages
            )
        ]

    def _half(self, side: int) -> Document:
        return Document(
            self.pages[side :: len(SIDES)],
            self.metadata,
            self.url_fetcher,
            self.font_config,
            self.color_profiles,
            self.output_intent,
        )


def _renumbered(tree: tuple[Any, ...], side: int) -> tuple[Any, ...]:
    label, (page, x, y), below, state = tree
    target = (page * len(SIDES) + side, x, y)
    return (label, target, [_renumbered(kid, side) for kid in below], state)


@dataclass
class Cutter:
    """Takes sheets apart; remembers from sheet to sheet what is one element."""

    width: float  # of a page, in CSS pixels
    elements: dict[str, Any] = field(default_factory=dict)
    offsets: dict[float, float] = field(default_factory=dict)

    def cut(self, sheet: Document) -> list[list[list[Any]]]:
        """Return the boxes of each sheet's left side and of its right, where its pages want them.

        First lines that face each other get one baseline: two fonts do not place theirs alike.
        """
        return [self._sheet(page._page_box) for page in sheet.pages]

    def _sheet(self, sheet: Any) -> list[list[Any]]:
        sides: list[list[Any]] = [[], []]
        for left, right in (box.children for box in sheet.descendants() if _ours(box, ROW)):
            self._level(left, right)
            for child in right.children:
                child.translate(dx=-self.width)
            for content, cell in zip(sides, (left, right), strict=True):
                content.extend(cell.children)
        for box in (box for side in sides for top in side for box in (top, *top.descendants())):
            name = None if box.element is None else box.element.get(OF)
            if name is not None:
                box.element = self.elements.setdefault(name, box.element)
        return sides

    def _level(self, left: Any, right: Any) -> None:
        """Move the right cell's lines to the baselines of the left one's."""
        one, two = _first(left), _first(right)
        if two is None:
            return
        if one is not None:
            offset = _base(one) - _base(two)
            if abs(offset) < two.height / 2:
                self.offsets[two.height] = offset
        for child in right.children:
            child.translate(dy=self.offsets.get(two.height, 0.0))


def _first(box: Any) -> Any:
    """Return the first line of a box, list numbers aside; None where it has none."""
    for child in box.children:
        if isinstance(child, boxes.LineBox):
            return child
        if isinstance(child, boxes.ParentBox) and child.is_in_normal_flow():
            found = _first(child)
            if found is not None:
                return found
    return None


def _base(line: Any) -> float:
    base: float = line.position_y + line.baseline
    return base


def bind(sheet: Document, frames: Document, sides: Sequence[Sequence[Sequence[Any]]]) -> Document:
    """Return left and right pages by turns: those of `frames`, all left ones first, filled."""
    half = len(frames.pages) // 2
    pages = []
    for left, right, contents in zip(frames.pages[:half], frames.pages[half:], sides, strict=True):
        _level_heads(left._page_box, right._page_box)
        for frame, content in zip((left, right), contents, strict=True):
            pages.append(_page(frame._page_box, content))
    return Spreads(
        pages,
        sheet.metadata,
        sheet.url_fetcher,
        sheet.font_config,
        sheet.color_profiles,
        sheet.output_intent,
    )


def _level_heads(left: Any, right: Any) -> None:
    """Move the running heads and the folio of a right page to the baselines of the left one's."""
    lefts = {box.at_keyword: box for box in left.children if isinstance(box, boxes.MarginBox)}
    for box in right.children:
        other = lefts.get(getattr(box, "at_keyword", ""))
        one, two = (None if each is None else _first(each) for each in (other, box))
        if other is not None and one is not None and two is not None:
            box.translate(dy=_base(one) - _base(two))


def _page(box: Any, content: Sequence[Any]) -> Page:
    """Return a page with the content of a side instead of its own."""
    root, *margins = box.children
    body = root.children[0]
    box.children = (
        root.copy_with_children([body.copy_with_children(list(content))]),
        *margins,
    )
    return Page(box)


def begun(sides: Sequence[Sequence[Sequence[Any]]]) -> tuple[list[list[str]], ...]:
    """Return for each language the parts (their classes) that begin on each of its pages."""
    found: tuple[list[list[str]], ...] = ([], [])
    for pages, contents in zip(found, zip(*sides, strict=True), strict=True):
        known: set[str] = set()
        for content in contents:
            names = [part.element.get("class") for article in content for part in article.children]
            pages.append([name for name in dict.fromkeys(names) if name not in known])
            known.update(names)
    return found
