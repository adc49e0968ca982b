"""PDFium: reads a finished PDF back: runs of text with their places, links, outline, labels.

The only room that speaks pypdfium2, and the raw interface of it: one call a run of text instead of
several a character reads a page in some 2 ms. PDFium is a second opinion: nothing in it is shared
with the engine that wrote the file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from math import hypot
from types import ModuleType
from typing import Any, Final, Literal, TypeAlias

from watchpress.tools.pdfium.seen import (
    UNREAD,
    Bookmark,
    Box,
    Link,
    Page,
    Pdf,
    Run,
    Spot,
    Unreadable,
)

Cells: TypeAlias = Literal["none", "tables", "blocks"]
Frame: TypeAlias = tuple[float, float, float, float, float, float]  # a matrix, a b c d e f

MOST_BYTES: Final = 500_000_000
HYPHEN: Final = "\x02"  # what PDFium gives for a hyphen at which it saw a word broken
_TEXT, _IMAGE, _FORM = 1, 3, 5  # FPDF_PAGEOBJ_* of fpdf_edit.h
# What only holds other elements (ISO 32000-1, 14.8.4.2, 14.8.4.3); all others are read as blocks.
_HOLDERS: Final = "Document Part Art Sect Div BlockQuote NonStruct TOC Index L"
_GROUPS: Final = frozenset(f"{_HOLDERS} Table THead TBody TFoot TR".split())
_DEEPEST: Final = 8  # forms within forms; WeasyPrint nests two
_REMOTE: Final = 3  # PDFACTION_URI of fpdf_doc.h
_INFO: Final = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_FAULTS: Final = {
    3: "not a PDF, or damaged",
    4: "it wants a password",
    5: "an unknown security scheme",
}  # FPDF_ERR_* of fpdfview.h


def version() -> str:
    """Return the words for the PDFium in use."""
    from pypdfium2 import PDFIUM_INFO, PYPDFIUM_INFO

    return f"pypdfium2 {PYPDFIUM_INFO}, PDFium {PDFIUM_INFO}"


def read(data: bytes, scope: Container[int] | None = None, *, cells: Cells = "none") -> Pdf:
    """Return the PDF that `data` is; raise Unreadable where PDFium cannot open it.

    `scope`: the pages (from 0) that are wanted, all where it is None; the others come out empty.
    `cells`: the structure tree is asked which runs stand in the cells of tables, or in which block
    each run stands: all are cells then, of one table.
    """
    with opened(data) as (raw, handle):
        return _Reader(raw, handle, cells).pdf(scope)


@contextmanager
def opened(data: bytes) -> Iterator[tuple[ModuleType, Any]]:
    """Open a document for as long as it is wanted: the raw interface, and what it calls it by."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{len(data)} bytes, more than {MOST_BYTES}")
    from pypdfium2 import raw

    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        fault = int(raw.FPDF_GetLastError())
        raise Unreadable(_FAULTS.get(fault, f"PDFium gives fault {fault}"))
    try:
        yield raw, handle
    finally:
        raw.FPDF_CloseDocument(handle)


class _Reader:
    """One open document, and the buffers its calls write into."""

    def __init__(self, raw: ModuleType, handle: Any, sought: Cells) -> None:
        self.raw = raw
        self.handle = handle
        self.sought = sought
        self.cells: dict[int, tuple[int, int]] = {}  # of this page, by marked content
        self.images: list[tuple[int, int]] = []
        self.letters = (ctypes.c_ushort * 8192)()
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()
        self.length = ctypes.c_ulong()

    def pdf(self, scope: Container[int] | None) -> Pdf:
        pages = tuple(
            self.page(index) if scope is None or index in scope else UNREAD
            for index in range(self.raw.FPDF_GetPageCount(self.handle))
        )
        return Pdf(pages, tuple(self.bookmarks()), self.metadata())

    def page(self, index: int) -> Page:
        raw = self.raw
        page = raw.FPDF_LoadPage(self.handle, index)
        if not page:
            raise Unreadable(f"page {index + 1} cannot be read")
        text = raw.FPDFText_LoadPage(page)
        self.images = []
        self.cells = {} if self.sought == "none" else dict(self.marked(page))
        try:
            things = map(
                partial(raw.FPDFPage_GetObject, page), range(raw.FPDFPage_CountObjects(page))
            )
            runs = tuple(run for run in self.runs(things, text) if run.text)
            width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
            label = self.wide(raw.FPDF_GetPageLabel, self.handle, index)
            return Page(width, height, label, runs, tuple(self.links(page)), tuple(self.images))
        finally:
            raw.FPDFText_ClosePage(text)
            raw.FPDF_ClosePage(page)

    def runs(
        self, things: Iterable[Any], text: Any, frames: tuple[Frame, ...] = ()
    ) -> Iterator[Run]:
        """Yield the runs among the objects of a page, and of the forms among them."""
        raw = self.raw
        for thing in things:
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                yield self.run(thing, text, frames)
            elif kind == _IMAGE:
                self.images.append(self.pixels(thing))
            elif kind == _FORM and len(frames) < _DEEPEST:
                count = raw.FPDFFormObj_CountObjects(thing)
                inner = map(partial(raw.FPDFFormObj_GetObject, thing), range(count))
                yield from self.runs(inner, text, (self.frame(thing), *frames))

    def run(self, thing: Any, text: Any, frames: tuple[Frame, ...]) -> Run:
        raw, (left, bottom, right, top), size = self.raw, self.sides, ctypes.c_float()
        raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
        raw.FPDFTextObj_GetFontSize(thing, size)
        box = _upright((left.value, bottom.value, right.value, top.value), frames)
        _, _, c, d, x, y = self.frame(thing)
        # The origin of the run and a point one em above it, as the page sees them.
        foot = _upright((x, y, x, y), frames)
        head = _upright((x + c * size.value, y + d * size.value) * 2, frames)
        tall = hypot(head.left - foot.left, head.bottom - foot.bottom)
        marks = set(self.marks(thing)) if raw.FPDFPageObj_CountMarks(thing) > 0 else set()
        cell = self.cells and self.cells.get(raw.FPDFPageObj_GetMarkedContentID(thing))
        words = self.string(thing, text)
        kind = "Artifact" in marks, cell or None, "RT" in marks
        return Run(words, box, foot.bottom, tall, *kind)

    def pixels(self, thing: Any) -> tuple[int, int]:
        width, height = ctypes.c_uint(), ctypes.c_uint()
        self.raw.FPDFImageObj_GetImagePixelSize(thing, width, height)
        return width.value, height.value

    def marked(self, page: Any) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield the marked contents of a page that stand in cells, each with its table and cell."""
        raw, blocks = self.raw, self.sought == "blocks"
        tree = raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            return
        counter = [int(blocks), 0]
        for index in range(max(raw.FPDF_StructTree_CountChildren(tree), 0)):
            yield from self.within(raw.FPDF_StructTree_GetChildAtIndex(tree, index), counter, False)
        raw.FPDF_StructTree_Close(tree)

    def within(
        self, node: Any, counter: list[int], inside: bool
    ) -> Iterator[tuple[int, tuple[int, int]]]:
        raw = self.raw
        role = self.wide(raw.FPDF_StructElement_GetType, node)
        if self.sought == "blocks":
            counter[1] += not inside
            inside = inside or role not in _GROUPS
        elif role == "Table":
            counter[:] = [counter[0] + 1, 0]
        elif role in ("TH", "TD"):
            counter[1] += 1
            inside = True
        for index in range(max(raw.FPDF_StructElement_CountChildren(node), 0)):
            kid = raw.FPDF_StructElement_GetChildAtIndex(node, index)
            number = raw.FPDF_StructElement_GetChildMarkedContentID(node, index)
            if kid:
                yield from self.within(kid, counter, inside)
            elif inside and number >= 0:
                yield number, (counter[0], counter[1])

    def string(self, thing: Any, text: Any) -> str:
        get = self.raw.FPDFTextObj_GetText
        size = get(thing, text, self.letters, ctypes.sizeof(self.letters))  # bytes, with the NUL
        if size > ctypes.sizeof(self.letters):
            self.letters = (ctypes.c_ushort * size)()
            get(thing, text, self.letters, size)
        return _utf16(ctypes.string_at(self.letters, max(size - 2, 0)))

    def frame(self, thing: Any) -> Frame:
        matrix = self.matrix
        self.raw.FPDFPageObj_GetMatrix(thing, matrix)
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
            sides = _upright((box.left, box.bottom, box.right, box.top))
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


def _upright(sides: tuple[float, ...], frames: tuple[Frame, ...] = ()) -> Box:
    """Return the upright box round `sides`, seen through `frames` (ISO 32000-1, 8.3.4)."""
    left, bottom, right, top = sides
    if not frames:
        return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    points = [(left, bottom), (right, top), (left, top), (right, bottom)]
    for a, b, c, d, e, f in frames:
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))
