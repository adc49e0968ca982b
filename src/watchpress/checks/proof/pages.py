"""A PDF as a product: its pages line by line, running heads and folios left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.checks.proof.letters import HYPHENS, SOFT, TABLES, Letters
from watchpress.checks.proof.product import BACKS, Aim, Back, Entry, Hit, Product, Range
from watchpress.tools.pdfium import Bookmark, Page, Pdf, Run, Spot

Area: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in pt

_SPACE: Final = 0.12  # em between the ink of two runs: more is a space
# A raised figure stands less than this part of the type size above its line, the next line more
# below it: lines of text are at least the size of the type apart.
_RAISED: Final = 0.6
_GUTTER: Final = 8.0  # pt between columns, at least; a number stands closer to its note
_LEVEL: Final = 0.5  # pt: base lines closer than this are level
_MIDDLE: Final = 0.3  # em above the baseline: a link to a height above it lands on this line


@dataclass(frozen=True)
class Line:
    """Runs on one baseline, from left to right; raised and lowered ones are in the line."""

    runs: tuple[Run, ...]
    base: float
    size: float


@dataclass(frozen=True)
class _Span:
    """A run of the page as letters."""

    start: int
    end: int
    run: Run


@dataclass(frozen=True)
class _Row:
    """A line of the page as letters, and the height above which a link to it lands."""

    middle: float
    spans: tuple[_Span, ...]

    @property
    def range(self) -> Range:
        return self.spans[0].start, self.spans[-1].end

    @property
    def right(self) -> float:
        return max(span.run.box.right for span in self.spans)


@dataclass(frozen=True)
class _Ground:
    """Where links land: the rows of each page as they are read, in `columns` or not."""

    pages: Sequence[Sequence[_Row]]
    columns: bool

    def landing(self, spot: Spot | None) -> Aim | None:
        """Return what is seen first at `spot`: the first line below it, the run right of it."""
        if spot is None or spot.page >= len(self.pages) or spot.y is None:
            return None
        x, y = spot.x or 0.0, spot.y
        least = x if self.columns else -1e9  # what ends left of it is of another column
        found = (row for row in self.pages[spot.page] if row.right > least and row.middle <= y)
        row = next(found, None)
        if row is None:
            return None
        # In a table the cells beside each other are lines of their own.
        level = [one for one in self.pages[spot.page] if abs(one.middle - row.middle) < _LEVEL]
        right = ((one, span) for one in level for span in one.spans if span.run.center[0] > x)
        row, span = next(right, (row, row.spans[-1]))
        return Aim(row.range, (span.start, span.end))


def product(
    pdf: Pdf,
    areas: Sequence[Area] = (),
    order: Sequence[int] = (),
    scope: Container[int] | None = None,
    *,
    columns: bool = False,
) -> Product:
    """Return what the pages say.

    What is no text is told by its mark (tagged PDF), and by standing outside of `areas`, the text
    area of each page, where they are given. `order`: the pages (from 0) as they are read, where
    that is not one after the other. `scope`: the pages to which bookmarks are followed, all where
    it is None. `columns`: blocks stand beside each other, and are read in the order of their tags.
    """
    letters, leaves, breaks = Letters(), list[int](), set[int]()
    pages = [list[_Row]()] * len(pdf.pages)
    for index in order or range(len(pdf.pages)):
        page = pdf.pages[index]
        leaves.append(letters.length)
        rows = []
        area = areas[index] if index < len(areas) else None
        for line in _read(list(_inside(page.runs, area)), columns):
            breaks.add(letters.length)
            spans = tuple(_spans(line, page, letters))
            if spans:
                rows.append(_Row(line.base + _MIDDLE * line.size, spans))
        pages[index] = rows
    hits, backs = list[Hit](), list[Back]()
    ground = _Ground(pages, columns)
    for page, rows in zip(pdf.pages, pages, strict=True):
        _links(page, rows, ground, hits, backs)
    backs.sort(key=lambda back: back.at)
    return Product(
        letters.text,
        letters.gaps,
        leaves,
        hits,
        backs,
        list(_entries(pdf, ground, order, scope)),
        paged=True,
        breaks=breaks,
        order=order,
        pictures=list(_pictures(pdf, order)),
    )


def _entries(
    pdf: Pdf, ground: _Ground, order: Sequence[int], scope: Container[int] | None
) -> Iterator[Entry]:
    """Yield the bookmarks that are followed, each with what it leads to."""
    for mark in pdf.outline:
        looked = scope is None or mark.spot is None or mark.spot.page in scope
        if looked and not (order and _leads(mark, pdf, order)):
            yield Entry(mark.title, ground.landing(mark.spot))


def _pictures(pdf: Pdf, order: Sequence[int]) -> Iterator[str]:
    """Yield the size in pixels of each picture on the pages that are read."""
    for index in order or range(len(pdf.pages)):
        yield from (f"{width}x{height}" for width, height in pdf.pages[index].images)


def _leads(mark: Bookmark, pdf: Pdf, order: Sequence[int]) -> bool:
    """Say whether a bookmark leads to its own words on a page that is not read: the contents.

    A page that is called as the bookmark says (its label: the cover) need not say so itself.
    """
    spot = mark.spot
    if spot is None or spot.page in order or spot.page >= len(pdf.pages) or spot.y is None:
        return False
    if pdf.pages[spot.page].label == mark.title:
        return True
    below = (line for line in lines(_inside(pdf.pages[spot.page].runs, None)))
    words = "".join(
        run.text for line in below if line.base + _MIDDLE * line.size <= spot.y for run in line.runs
    )
    return _bare(words).startswith(_bare(mark.title))


def _bare(words: str) -> str:
    """Return the letters of words alone: a heading may be hyphenated, or in small capitals."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum()).lower()


def _inside(runs: Iterable[Run], area: Area | None) -> Iterator[Run]:
    left, bottom, right, top = area or (-1e9, -1e9, 1e9, 1e9)
    for run in runs:
        x, y = run.center
        if not run.artifact and left <= x <= right and bottom <= y <= top:
            yield run


def _read(runs: Sequence[Run], columns: bool) -> list[Line]:
    """Return the lines of a page as they are read: each table cell by cell, where it begins."""
    found = lines(run for run in runs if run.cell is None)
    for table in sorted({run.cell[0] for run in runs if run.cell}):
        cells: dict[int, list[Run]] = {}
        for run in runs:
            if run.cell and run.cell[0] == table:
                cells.setdefault(run.cell[1], []).append(run)
        parts = (cells[number] for number in sorted(cells))
        if columns:
            parts = (column for part in parts for column in _columns(part))
        inner = [line for part in parts for line in lines(part)]
        head = max(line.base for line in inner)
        at = next((n for n, line in enumerate(found) if line.base < head), len(found))
        found[at:at] = inner
    return found


def _columns(runs: list[Run]) -> Iterator[list[Run]]:
    """Yield the parts of a block that goes on at the head of the next column."""
    left, edge = list[Run](), 1e9
    for run in sorted(runs, key=lambda run: run.box.left):
        if run.box.left - edge > _GUTTER:
            right = [one for one in runs if one not in left]
            if max(one.base for one in right) >= max(one.base for one in left):
                yield left
                yield from _columns(right)
                return
        left.append(run)
        edge = run.box.right if len(left) == 1 else max(edge, run.box.right)
    yield runs


def lines(runs: Iterable[Run]) -> list[Line]:
    """Return the lines that `runs` of one page stand on, from top to bottom.

    Not in the order of the file: what is positioned (list numbers, raised figures) is painted
    after the text round it. A reading belongs behind the run that was painted before it.
    """
    rows: list[list[Run]] = []
    heads: list[tuple[float, float]] = []  # baseline and size of the largest run of each row
    base, bases = 0.0, dict[int, float]()  # left edges: of the last run, of what readings are over
    index: int | None = None
    for run in runs:
        if run.reading and index is not None:
            bases[id(run)] = base
            rows[index].append(run)
            continue
        base, index = run.box.left, _row(run, heads)
        if index is None:
            index = len(rows)
            rows.append([run])
            heads.append((run.base, run.size))
        else:
            rows[index].append(run)
            if run.size > heads[index][1] + 0.1:
                heads[index] = (run.base, run.size)
    found = [
        Line(
            tuple(
                sorted(row, key=lambda run: (bases.get(id(run), run.box.left), id(run) in bases))
            ),
            *head,
        )
        for row, head in zip(rows, heads, strict=True)
    ]
    return sorted(found, key=lambda line: -line.base)


def _row(run: Run, heads: list[tuple[float, float]]) -> int | None:
    """Return the row that `run` belongs to: the nearest whose baseline is close enough."""
    best, least = None, 1e9
    for index in range(len(heads) - 1, -1, -1):
        base, size = heads[index]
        away = abs(run.base - base)
        if away < _RAISED * max(size, run.size) and away < least:
            best, least = index, away
            if away < 0.5:
                break
    return best


def _spans(line: Line, page: Page, letters: Letters) -> Iterator[_Span]:
    backs = [run for run in line.runs if _back(run, page)]
    last = next((r for r in reversed(line.runs) if r.text.strip() and r not in backs), None)
    right = 0.0
    for run in line.runs:
        start = letters.length
        if not run.reading:
            if run.box.left - right > _SPACE * run.size:  # a space at a run's edge is not given
                letters.gaps.add(start)
            right = run.box.right
        if run not in backs:
            letters.add(letters.attach(_letters(run, last=run is last)))
        if letters.length > start or run in backs:
            yield _Span(start, letters.length, run)


def _letters(run: Run, *, last: bool) -> str:
    text = unicodedata.normalize("NFC", run.text)
    text = text.replace("\x02", "-")  # PDFium's sign for a hyphen that broke a word
    if last and text.rstrip()[-1] in HYPHENS + SOFT:
        return text.rstrip()[:-1].translate(TABLES["pdf"]) + SOFT
    return text.translate(TABLES["pdf"])


def _back(run: Run, page: Page) -> bool:
    return run.text.strip() in BACKS and any(
        link.spot and link.box.holds(*run.center) for link in page.links
    )


def _links(
    page: Page, rows: list[_Row], ground: _Ground, hits: list[Hit], backs: list[Back]
) -> None:
    """Note the links of a page that lie over letters; one without area cannot be hit."""
    for link in sorted(page.links, key=lambda link: (-link.box.top, link.box.left)):
        spans = [s for row in rows for s in row.spans if link.box.holds(*s.run.center)]
        if not spans or link.box.area <= 0:
            continue
        aim = ground.landing(link.spot)
        if any(span.start == span.end for span in spans):
            backs.append(Back(spans[0].start, aim))
        else:
            hits.append(Hit(spans[0].start, spans[-1].end, link.uri, aim))
