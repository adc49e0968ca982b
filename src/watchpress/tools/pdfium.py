"""PDFium: reads a finished PDF back: runs of text with their places, links, outline, labels.

The only room that speaks pypdfium2, and the raw interface of it: one call a run of text instead of
several a character reads a page in some 2 ms. PDFium is a second opinion: nothing in it is shared
with the engine that wrote the file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

MOST_BYTES: Final = 500_000_000
HYPHEN: Final = "\x02"  # what PDFium gives for a hyphen at which it saw a word broken
_TEXT, _FORM = 1, 5  # FPDF_PAGEOBJ_TEXT, FPDF_PAGEOBJ_FORM of fpdf_edit.h
_DEEPEST: Final = 8  # forms within forms; WeasyPrint nests two
_REMOTE: Final = 3  # PDFACTION_URI of fpdf_doc.h
_INFO: Final = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_FAULTS: Final = {
    3: "not a PDF, or damaged",
    4: "it wants a password",
    5: "an unknown security scheme",
}  # FPDF_ERR_* of fpdfview.h


class Unreadable(ValueError):
    """The bytes are no PDF that can be read; the message says why."""


@dataclass(frozen=True)
class Box:
    """A rectangle in pt from the lower left corner of the page; left <= right, bottom <= top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """The area in square pt."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """Say whether the point lies in the box or on its edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Run:
    """Text set in one go: its letters, ink box, baseline and size in pt.

    `artifact`: marked as not part of the text (ISO 32000-1, 14.8.2.2): running heads, folios.
    """

    text: str
    box: Box
    base: float
    size: float
    artifact: bool = False

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the ink."""
        return (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2


@dataclass(frozen=True)
class Line:
    """Runs on one baseline, from left to right; raised and lowered ones are in the line."""

    runs: tuple[Run, ...]
    base: float
    size: float

    @property
    def text(self) -> str:
        """The letters of the line as they stand."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Spot:
    """Where a link leads inside the file: page index, and x and y in pt (None: not said)."""

    page: int
    x: float | None
    y: float | None


@dataclass(frozen=True)
class Link:
    """A link annotation: its rectangle, and the address or the spot it leads to."""

    box: Box
    uri: str | None = None
    spot: Spot | None = None


@dataclass(frozen=True)
class Page:
    """One page: size in pt, label, lines from top to bottom, links in the order of the file."""

    width: float
    height: float
    label: str
    lines: tuple[Line, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Bookmark:
    """One line of the outline: its words, its depth from 0, where it leads."""

    title: str
    depth: int
    spot: Spot | None


@dataclass(frozen=True)
class Pdf:
    """A PDF as read back. `metadata`: the document information that is not empty."""

    pages: tuple[Page, ...]
    outline: tuple[Bookmark, ...]
    metadata: dict[str, str]


def version() -> str:
    """Return the words for the PDFium in use."""
    from pypdfium2 import PDFIUM_INFO, PYPDFIUM_INFO

    return f"pypdfium2 {PYPDFIUM_INFO}, PDFium {PDFIUM_INFO}"


def read(data: bytes) -> Pdf:
    """Return the PDF that `data` is; raise Unreadable where PDFium cannot open it."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{len(data)} bytes, more than {MOST_BYTES}")
    from pypdfium2 import raw

    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        fault = int(raw.FPDF_GetLastError())
        raise Unreadable(_FAULTS.get(fault, f"PDFium gives fault {fault}"))
    try:
        return _Reader(raw, handle).pdf()
    finally:
        raw.FPDF_CloseDocument(handle)


class _Reader:
    """One open document, and the buffers its calls write into."""

    def __init__(self, raw: ModuleType, handle: Any) -> None:
        self.raw = raw
        self.handle = handle
        self.letters = (ctypes.c_ushort * 8192)()
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()
        self.length = ctypes.c_ulong()

    def pdf(self) -> Pdf:
        pages = tuple(self.page(index) for index in range(self.raw.FPDF_GetPageCount(self.handle)))
        return Pdf(pages, tuple(self.bookmarks()), self.metadata())

    def page(self, index: int) -> Page:
        raw = self.raw
        page = raw.FPDF_LoadPage(self.handle, index)
        if not page:
            raise Unreadable(f"page {index + 1} cannot be read")
        text = raw.FPDFText_LoadPage(page)
        try:
            count, item = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
            runs = [run for run in self.runs(page, text, count, item) if run.text]
            width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
            label = self.wide(raw.FPDF_GetPageLabel, self.handle, index)
            return Page(width, height, label, _lines(runs), tuple(self.links(page)))
        finally:
            raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)

    def runs(
        self, owner: Any, text: Any, count: Any, item: Any, depth: int = 0, frame: Any = None
    ) -> Iterator[Run]:
        raw = self.raw
        for index in range(count(owner)):
            thing = item(owner, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                yield self.run(thing, text, frame)
            elif kind == _FORM and depth < _DEEPEST:
                inner = _times(self.frame(thing), frame)
                count_in, item_in = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
                yield from self.runs(thing, text, count_in, item_in, depth + 1, inner)

    def run(self, thing: Any, text: Any, frame: Any) -> Run:
        raw = self.raw
        letters = self.string(thing, text)
        left, bottom, right, top = self.sides
        raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        raw.FPDFTextObj_GetFontSize(thing, size := ctypes.c_float())
        own = _times(self.frame(thing), frame)
        corners = (left.value, bottom.value, right.value, top.value)
        box = Box(*corners) if frame is None else _moved(corners, frame)
        scale = (own[2] ** 2 + own[3] ** 2) ** 0.5  # how the vertical of the font is stretched
        artifact = raw.FPDFPageObj_CountMarks(thing) > 0 and "Artifact" in self.marks(thing)
        return Run(letters, box, own[5], size.value * scale, artifact)

    def string(self, thing: Any, text: Any) -> str:
        get = self.raw.FPDFTextObj_GetText
        size = get(thing, text, self.letters, ctypes.sizeof(self.letters))  # bytes, with the NUL
        if size > ctypes.sizeof(self.letters):
            self.letters = (ctypes.c_ushort * size)()
            get(thing, text, self.letters, size)
        return _utf16(ctypes.string_at(self.letters, max(size - 2, 0)))

    def frame(self, thing: Any) -> tuple[float, ...]:
        self.raw.FPDFPageObj_GetMatrix(thing, self.matrix)
        matrix = self.matrix
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def marks(self, thing: Any) -> Iterator[str]:
        raw, name = self.raw, (ctypes.c_ushort * 64)()
        for index in range(raw.FPDFPageObj_CountMarks(thing)):
            mark = raw.FPDFPageObj_GetMark(thing, index)
            if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), self.length):
                yield _utf16(ctypes.string_at(name, max(self.length.value - 2, 0)))

    def links(self, page: Any) -> Iterator[Link]:
        raw, start, link, box = self.raw, ctypes.c_int(0), self.raw.FPDF_LINK(), self.raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(page, start, link):
            raw.FPDFLink_GetAnnotRect(link, box)
            sides = _moved((box.left, box.bottom, box.right, box.top), None)
            action = raw.FPDFLink_GetAction(link)
            if action and raw.FPDFAction_GetType(action) == _REMOTE:
                yield Link(sides, uri=self.uri(action))
            else:
                aim = raw.FPDFLink_GetDest(self.handle, link)
                aim = aim or (action and raw.FPDFAction_GetDest(self.handle, action))
                yield Link(sides, spot=self.spot(aim) if aim else None)

    def uri(self, action: Any) -> str:
        size = self.raw.FPDFAction_GetURIPath(self.handle, action, None, 0)
        room = ctypes.create_string_buffer(size)
        self.raw.FPDFAction_GetURIPath(self.handle, action, room, size)
        return room.value.decode("utf-8", "replace")

    def spot(self, aim: Any) -> Spot | None:
        raw = self.raw
        page = int(raw.FPDFDest_GetDestPageIndex(self.handle, aim))
        has = [ctypes.c_int() for _ in range(3)]
        value = [ctypes.c_float() for _ in range(3)]
        said = raw.FPDFDest_GetLocationInPage(aim, *has, *value)
        x, y = (value[k].value if said and has[k].value else None for k in (0, 1))
        return Spot(page, x, y) if page >= 0 else None

    def bookmarks(self, parent: Any = None, depth: int = 0) -> Iterator[Bookmark]:
        raw = self.raw
        mark = raw.FPDFBookmark_GetFirstChild(self.handle, parent)
        while mark and depth < 64:  # deeper than any book; a ring of bookmarks would not end
            aim = raw.FPDFBookmark_GetDest(self.handle, mark)
            title = self.wide(raw.FPDFBookmark_GetTitle, mark)
            yield Bookmark(title, depth, self.spot(aim) if aim else None)
            yield from self.bookmarks(mark, depth + 1)
            mark = raw.FPDFBookmark_GetNextSibling(self.handle, mark)

    def metadata(self) -> dict[str, str]:
        get = self.raw.FPDF_GetMetaText
        found = {key: self.wide(get, self.handle, key.encode()) for key in _INFO}
        return {key: value for key, value in found.items() if value}

    def wide(self, get: Callable[..., int], *about: Any) -> str:
        """Return what a call gives that is asked twice: for the size, then for UTF-16."""
        size = get(*about, None, 0)
        room = ctypes.create_string_buffer(size)
        get(*about, room, size)
        return _utf16(room.raw[: max(size - 2, 0)])


def _utf16(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").rstrip("\0")


def _times(inner: tuple[float, ...], outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """Return the matrix of doing `inner`, then `outer` (ISO 32000-1, 8.3.4)."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
            e * h + f * j + m)  # fmt: skip


def _moved(sides: tuple[float, ...], frame: tuple[float, ...] | None) -> Box:
    """Return the upright box round `sides` seen through `frame`; None only puts it in order."""
    a, b, c, d, e, f = frame or (1, 0, 0, 1, 0, 0)
    left, bottom, right, top = sides
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


# A raised figure stands less than this part of the type size above its line, the next line more
# below it: lines of text are at least the size of the type apart.
_SAME_LINE: Final = 0.6


def _lines(runs: list[Run]) -> tuple[Line, ...]:
    """Return the lines of a page, from top to bottom.

    Not in the order of the file: what is positioned (list numbers, raised figures) is painted
    after the text round it.
    """
    rows: list[list[Run]] = []
    heads: list[tuple[float, float]] = []  # baseline and size of the largest run of each row
    for run in runs:
        index = _row(run, heads)
        if index is None:
            rows.append([run])
            heads.append((run.base, run.size))
        else:
            rows[index].append(run)
            if run.size > heads[index][1] + 0.1:
                heads[index] = (run.base, run.size)
    lines = [
        Line(tuple(sorted(row, key=lambda run: run.box.left)), *head)
        for row, head in zip(rows, heads, strict=True)
    ]
    return tuple(sorted(lines, key=lambda line: -line.base))


def _row(run: Run, heads: list[tuple[float, float]]) -> int | None:
    """Return the row that `run` belongs to: the nearest whose baseline is close enough."""
    best, least = None, 1e9
    for index in range(len(heads) - 1, -1, -1):
        base, size = heads[index]
        away = abs(run.base - base)
        if away < _SAME_LINE * max(size, run.size) and away < least:
            best, least = index, away
            if away < 0.5:
                break
    return best
