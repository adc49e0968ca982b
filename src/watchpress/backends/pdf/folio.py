"""Folios taken off the pages: position-free pages get their numbers when they are bound.

The page is laid out with its folio, as the style sheet has it; then the folio is taken away, and
its place and its type are noted down, with the glyphs that any number can need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from weasyprint.document import Document
from weasyprint.draw.text import draw_first_line
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream

from watchpress.backends.pdf.facts import Figures, Folio

PT: Final = 0.75  # points in a CSS pixel
NUMERALS: Final = "0123456789ivxlcdmIVXLCDM"
LEANS: Final = {"left": 0.0, "start": 0.0, "right": 1.0, "end": 1.0}
SHOWN: Final = re.compile(rb"<(?P<glyph>[0-9a-f]{4})>")
FONT: Final = re.compile(rb"/(?P<name>\S+) (?P<size>\S+) Tf")


def lift(document: Document) -> tuple[tuple[Folio | None, ...], tuple[Figures, ...]]:
    """Take the folios off all pages; return where each stood, and the types they were set in.

    To be called before the PDF is written: the glyphs of all numerals are entered into its fonts.
    """
    found: list[Folio | None] = []
    kinds: list[Figures] = []
    known: dict[tuple[int, str, str], Figures] = {}
    for number, page in enumerate(document.pages, start=1):
        folio = None
        for line, text in _folios(page._page_box):
            line.children = [kid for kid in line.children if kid is not text]
            before, _, after = text.text.partition(str(number))
            key = (id(text.style), before, after)  # pages that are alike share their styles
            if key not in known:
                known[key] = _figures(document, text, before, after)
            kind = known[key]
            if kind not in kinds:
                kinds.append(kind)
            folio = _place(page, text, kinds.index(kind))
        found.append(folio)
    return tuple(found), tuple(kinds)


def _folios(page: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the texts in the margins that count pages, each with its line."""
    for margin in page.children:
        if not isinstance(margin, boxes.MarginBox) or not counts(margin.style["content"]):
            continue
        for line in list(margin.descendants()):
            if isinstance(line, boxes.LineBox):
                yield from ((line, kid) for kid in line.children if isinstance(kid, boxes.TextBox))


def counts(content: Any) -> bool:
    """Return whether the `content` of a margin box asks for the number of the page."""
    return not isinstance(content, str) and any(
        kind in ("counter()", "counters()") and value[0] == "page" for kind, value in content
    )


def _place(page: Any, text: Any, figures: int) -> Folio:
    lean = LEANS.get(text.style["text_align_all"], 0.5)
    x, base = text.position_x + lean * text.width, text.position_y + text.baseline
    return Folio(round(x * PT, 3), round((page.height - base) * PT, 3), figures, lean)


def _figures(document: Document, text: Any, before: str, after: str) -> Figures:
    """Return the type of a folio; what stands round the number is its frame."""
    stream = Stream(document.fonts, (0, 0, 1, 1), {}, {}, None, {}, None)
    glyphs, name, size = {}, "", 0.0
    for sign in dict.fromkeys(NUMERALS + before + after):
        drawn = _drawn(stream, text, sign)
        font, glyph = FONT.search(drawn), SHOWN.search(drawn)
        if font and glyph:
            name, size = font["name"].decode(), float(font["size"])
            number_of_glyph = int(glyph["glyph"], 16)
            glyphs[sign] = (number_of_glyph, _width(document, name, number_of_glyph))
    return Figures(name, round(size * PT, 3), glyphs, before, after)


def _drawn(stream: Stream, text: Any, sign: str) -> bytes:
    """Return the operators that draw one sign in the type of `text`."""
    stream.stream.clear()
    stream._current_font = stream._current_font_size = None
    text.pango_layout.reactivate(text.style)
    text.pango_layout.set_text(sign)
    stream.begin_text()
    draw_first_line(stream, text, "clip", "none", Matrix())
    stream.end_text()
    text.pango_layout.deactivate()
    return b"\n".join(bytes(part) for part in stream.stream)


def _width(document: Document, name: str, glyph: int) -> int:
    fonts = (font for font in document.fonts.values() if font.hash == name)
    return int(next(font.widths[glyph] for font in fonts if glyph in font.widths))
