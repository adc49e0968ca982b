"""Folios, printed where the layout had them, as artifacts (ISO 32000-1, 14.8.2.2)."""

from __future__ import annotations

from typing import Any, Final

import pikepdf
from pikepdf import Array

from watchpress.backends.pdf.bind.pieces import Sewn
from watchpress.backends.pdf.facts import Figures, Folio

STAMP: Final = (
    b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC\n"
    b"BT /%s %s Tf 1 0 0 1 %s %s Tm <%s> Tj ET\nEMC"
)


def stamp(out: pikepdf.Pdf, sewn: Sewn) -> None:
    """Print the folios of a piece onto its pages; raises ValueError where they cannot be."""
    piece, facts = sewn.piece, sewn.piece.facts
    if not any(piece.folios):
        return
    before: Any = out.make_stream(b"q")
    for page, said, spot in zip(sewn.pages, piece.folios, facts.folios, strict=True):
        if said and spot:
            drawn = out.make_stream(content(said, spot, facts.figures[spot.figures]))
            page.Contents = Array([before, page.Contents, drawn])


def content(said: str, spot: Folio, figures: Figures) -> bytes:
    """Return the operators that print a folio."""
    try:
        glyphs = [figures.glyphs[sign] for sign in figures.before + said + figures.after]
    except KeyError as fault:
        raise ValueError(f"folio {said!r}: no glyph for {fault.args[0]!r}") from None
    width = sum(width for _, width in glyphs) * figures.size / 1000
    codes = b"".join(b"%04x" % glyph for glyph, _ in glyphs)
    numbers = (_n(number) for number in (figures.size, spot.x - spot.lean * width, spot.base))
    return STAMP % (figures.font.encode(), *numbers, codes)


def _n(number: float) -> bytes:
    """Return a number as PDF has it, to a thousandth."""
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()
