"""A PDF as a witness reads it: PDFium's letters, pikepdf's links and landings."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

from witness import Link, Stream, fold

_EDGE = 0.6  # pt that a landing may lie below a base line, or right of a letter's edge
_SAME = 2.0  # pt that base lines of one line may differ
_LINE = 40.0  # pt below a landing in which its line must be


class Letter(NamedTuple):
    """A letter on a page: its left edge, its base line, and the middle of its ink, in pt."""

    sign: str
    page: int
    x: float
    base: float
    middle: tuple[float, float]


class Landing(NamedTuple):
    """Where a link leads: page, and the upper left corner of what is there."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class _Annotation:
    """A link on a page, and its rectangle."""

    link: Link
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def streams(data: bytes) -> list[Stream]:
    """Return a PDF in the orders that it is read in: all pages, left ones, right ones."""
    annotations = list(_annotations(data))
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [_lines(_letters(page, number)) for number, page in enumerate(document)]
    finally:
        document.close()
    orders = (range(len(pages)), range(1, len(pages), 2), range(0, len(pages), 2))
    return [_stream([(pages[n], annotations[n]) for n in order]) for order in orders]


def _stream(pages: list[tuple[list[Letter], list[_Annotation]]]) -> Stream:
    letters: list[Letter] = []
    links: list[Link | None] = []
    starts: dict[int, tuple[int, int]] = {}
    for page, found in pages:
        if page:
            starts[page[0].page] = (len(letters), len(letters) + len(page))
        letters += page
        for letter in page:
            over = [one.link for one in found if one.holds(*letter.middle)]
            assert len(over) < 2, f"two links over {letter}"
            links.append(over[0] if over else None)

    def land(landing: Landing) -> int | None:
        """Return the first letter on the page that is below and right of the landing."""
        first, last = starts.get(landing.page, (0, 0))
        for index in range(first, last):
            letter = letters[index]
            below = -_EDGE <= landing.y - letter.base < _LINE
            # An opening bracket at the head of a line has its ink alone there, not its square.
            if below and letter.middle[0] >= landing.x - _EDGE:
                return index
        return None

    return Stream("".join(letter.sign for letter in letters), links, land)


def _lines(letters: Iterable[Letter]) -> list[Letter]:
    """Return the letters of a page line by line: numbers of lists are painted after the text."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: -letter.base):
        if not lines or lines[-1][0].base - letter.base > _SAME:
            lines.append([])
        lines[-1].append(letter)
    return [letter for line in lines for letter in sorted(line, key=lambda letter: letter.x)]


def _letters(page: Any, number: int) -> Iterator[Letter]:
    """Yield the letters of a page in the order they are painted in; no running heads or folios."""
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    artifacts: dict[int, bool] = {}
    for index in range(raw.FPDFText_CountChars(text)):
        sign = fold(chr(raw.FPDFText_GetUnicode(text, index)))
        thing = raw.FPDFText_GetTextObject(text, index)
        if not sign or not thing:
            continue
        key = ctypes.addressof(thing.contents)
        if key not in artifacts:
            artifacts[key] = "Artifact" in _marks(thing)
        if artifacts[key]:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, *box)
        left, right, bottom, top = (side.value for side in box)
        middle = ((left + right) / 2, (bottom + top) / 2)
        for part in sign:  # a ligature is several letters at one place
            yield Letter(part, number, x.value, y.value, middle)


def _marks(thing: Any) -> Iterator[str]:
    name, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, index)
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length):
            yield bytes(name)[: max(length.value - 2, 0)].decode("utf-16-le")


def _annotations(data: bytes) -> Iterator[list[_Annotation]]:
    """Yield the links of each page; no name is given to two places, no place to two notes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = dict[str, Landing]()
        for name, goal in _names(pdf.Root.Names.Dests):
            assert name not in names, f"two places are called {name}"
            names[name] = Landing(pages[goal[0].objgen], float(goal[2]), float(goal[3]))
        notes = [where for name, where in names.items() if "-fn" in name]
        assert len(set(notes)) == len(notes), "two notes stand at one place"
        number = 0
        for page in pdf.pages:
            found = []
            for one in page.obj.get("/Annots", ()):
                number += 1
                found.append(_annotation(one, number, names))
            yield found


def _names(node: Any) -> Iterator[tuple[str, Any]]:
    row = list(node.get("/Names", ()))
    yield from ((str(name), goal) for name, goal in zip(row[::2], row[1::2], strict=True))
    for kid in node.get("/Kids", ()):
        yield from _names(kid)


def _annotation(one: Any, number: int, names: dict[str, Landing]) -> _Annotation:
    left, bottom, right, top = (float(side) for side in one.Rect)
    uri = str(one.A.URI) if "/A" in one else None
    landing = None if uri is not None else names.get(str(one.Dest))
    return _Annotation(Link(number, uri, landing), left, bottom, right, top)
