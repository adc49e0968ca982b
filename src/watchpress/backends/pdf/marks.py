"""The marks in a page's content: whose text it is, what is artifact, which hyphen is a line's.

Three names in `weasyprint.pdf` are replaced while a PDF is written: `Stream` (the marks),
`build_fonts_dictionary` (which letter a glyph is read as) and `add_tags` (structure.py).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any, Final

import pydyf
import weasyprint.pdf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream

from watchpress.backends.pdf import structure

HYPHEN: Final = "\u2010"  # print.css: the hyphen that ends a line, and is not of the text
READING: Final = "rt"  # its runs are marked as such, tagged or not: for the proof
SOFT: Final = b"/Span <</ActualText <FEFF00AD>>> BDC"
# An en space is drawn in the gaps between Latin and kanji (setter.py), which are no spaces.
PLAIN: Final = {
    "\u2002": "\u200b",
    "\u00a0": " ",
    HYPHEN: "-",
    "\u00ad": "-",
    "\u2011": "-",
    "": "\u200b",
}
LAST: Final = re.compile(rb"(?P<rest>\[.*)(?P<glyph>[0-9a-f]{4})>(?:-?\d+)?\] TJ", re.DOTALL)


class Marking(Stream):  # type: ignore[misc]
    """A page's content with its marks: text and images numbered, running heads as artifacts."""

    furniture: frozenset[Any] = frozenset()  # boxes of the margins: set while a PDF is written

    @contextlib.contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn while this lasts as the content of `box`, or as an artifact."""
        spoken = b"" if self._tags is not None else _spoken(box)
        reading = box.element_tag == READING
        if self._tags is not None:
            self.stream.append(self._opening(box, READING.upper() if reading else tag))
        elif reading:
            self.stream.append(b"/RT BMC")
        elif spoken:
            self.stream.append(b"/Span <<%s>> BDC" % spoken)
        yield
        if isinstance(box, boxes.TextBox) and box.text.endswith(HYPHEN):
            self._soften()
        if self._tags is not None or spoken or reading:
            self.stream.append(b"EMC")

    def _opening(self, box: Any, tag: str) -> bytes:
        if box in self.furniture:
            return b"/Artifact BMC"
        number = len(self._tags)
        self._tags[box] = number
        # A space between two elements is not drawn, and must not be lost to those who listen.
        space = b"/ActualText ( )" if isinstance(box, boxes.TextBox) and box.text.isspace() else b""
        space = space or _spoken(box)
        return b"/%s <</MCID %d%s>> BDC" % (tag.encode(), number, space)

    def _soften(self) -> None:
        """Say of the hyphen drawn last that it stands for a soft hyphen (ISO 32000-1, 14.8.2.2.3).

        The glyph is the same as that of a real hyphen, and one glyph has one letter: the real one.
        """
        shown = LAST.fullmatch(self.stream[-2]) if self.stream[-1] == b"ET" else None
        if shown is None:
            return
        rest, glyph = shown["rest"], shown["glyph"]
        before = rest[:-1] if rest.endswith(b"<") else rest + b">"
        self.stream[-2:] = [before + b"] TJ", SOFT, b"[<" + glyph + b">] TJ", b"EMC", b"ET"]


def build_fonts(pdf: pydyf.PDF, fonts: dict[Any, Any], *options: Any) -> pydyf.Dictionary:
    """Do what WeasyPrint's build_fonts_dictionary does, with one letter for each glyph: the plain.

    A glyph that several letters share is read as the first of them that was drawn: then all spaces
    of a font are no-break spaces where the first was one, all hyphens those of line ends.
    """
    for font in fonts.values():
        for glyph, letters in font.to_unicode.items():
            font.to_unicode[glyph] = PLAIN.get(letters, letters)
    return build_fonts_dictionary(pdf, fonts, *options)


@contextlib.contextmanager
def installed(document: Document) -> Iterator[None]:
    """Let WeasyPrint write with our marks and our tree while this lasts."""
    found = frozenset(_furniture(document))
    ours = {
        "Stream": type("Marked", (Marking,), {"furniture": found}),
        "add_tags": structure.add_tags,
        "build_fonts_dictionary": build_fonts,
    }
    theirs = {name: getattr(weasyprint.pdf, name) for name in ours}
    for name, thing in ours.items():
        setattr(weasyprint.pdf, name, thing)
    try:
        yield
    finally:
        for name, thing in theirs.items():
            setattr(weasyprint.pdf, name, thing)


def _furniture(document: Document) -> Iterator[Any]:
    """Yield what is no text: page margins, the dots of leaders, heads of tables printed again."""
    printed: set[Any] = set()
    for page in document.pages:
        for child in page._page_box.children:
            if isinstance(child, boxes.MarginBox):
                yield from child.descendants()
            else:
                yield from _leaders(child)
                yield from _again(child, printed)


def _again(box: Any, printed: set[Any]) -> Iterator[Any]:
    """Yield the boxes of the heads of tables that go on from a page before."""
    for child in box.descendants():
        if getattr(child, "is_header", False):
            if child.element in printed:
                yield from child.descendants()
            printed.add(child.element)


def _leaders(box: Any) -> Iterator[Any]:
    for child in getattr(box, "all_children", tuple)():
        if child.is_leader:
            yield from child.children
        else:
            yield from _leaders(child)


def _spoken(box: Any) -> bytes:
    """Return the letters of a superior figure, which shares its glyph with "²"."""
    if not isinstance(box, boxes.TextBox) or box.style["font_variant_position"] != "super":
        return b""
    letters = box.text.strip("\u2060").encode("utf-16-be").hex().encode()
    return b"/ActualText <feff%s>" % letters
