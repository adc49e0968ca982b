"""The linker: joins the pages of the pieces, and all that makes one document of them.

Its steps are those of `bind`, in this order. Only the rooms of this folder open PDFs for surgery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name

from watchpress.backends.pdf.bind import (
    archive,
    folios,
    labels,
    metadata,
    names,
    outline,
    overprint,
    press,
    tags,
)
from watchpress.backends.pdf.bind.foundry import Foundry
from watchpress.backends.pdf.bind.pieces import Binding, Piece, Sewn
from watchpress.diagnostic import Place, Tell, remark

ROOTS: Final = "/WatchpressRoots"  # on the first page of a piece while its pages are copied
BOXES: Final = ("/MediaBox", "/TrimBox", "/BleedBox")
FULL, PRESS = "1.7", "1.6"  # versions of PDF: ISO 32000-1, and what PDF/X-4 is based on


def bind(pieces: Sequence[Piece], binding: Binding, tell: Tell) -> bytes:
    """Return the PDF that is made of `pieces`, in their order.

    Its pages are those of the pieces and blank ones, with folios as artifacts; one structure tree
    (where all pieces are tagged), outline, tree of names and set of fonts. Links between pieces
    become internal; one that leads nowhere is taken off its words, and told (F111). Raises
    ValueError where there are not as many folios or labels as pages, or a folio has signs that
    the pages have no glyphs for.
    """
    return _linked(pieces, binding, lambda piece, page, anchor: tell(_lost(piece, page, anchor)))


def offprint(pieces: Sequence[Piece], lines: Sequence[Piece], binding: Binding) -> bytes:
    """Return the PDF of pieces with lines over the first pages of the first, one on each.

    A line is a piece of one page. The lines are the first paragraphs of that piece. Links to what
    is in none of the pieces are taken off their words.
    """
    alone = [replace(piece, blanks=0) for piece in pieces]
    return _linked([*alone, *lines], binding, lambda piece, page, anchor: None, over=len(lines))


def _lost(piece: Piece, page: int, anchor: str) -> Any:
    label = piece.labels[page] if piece.labels else str(page + 1)
    return remark("F111", Place(piece.name), anchor=anchor, page=label)


def _linked(pieces: Sequence[Piece], binding: Binding, lost: names.Lost, *, over: int = 0) -> bytes:
    foundry = Foundry()
    with pikepdf.new() as out:
        sewn = [_sew(out, piece, foundry) for piece in pieces]
        foundry.cast(out, [one.pages for one in sewn])
        for one in sewn:
            folios.stamp(out, one)
        names.merge(out, sewn, lost)
        if binding.plate:
            names.unlink(sewn)
        if all(one.tree is not None for one in sewn):
            tags.merge(out, sewn, binding.language)
        for number in reversed(range(over)):
            overprint.lay(out, sewn[0], sewn.pop(), number)
        outline.merge(out, sewn)
        labels.write(out, sewn)
        if binding.plate and binding.intent:
            if binding.spread:
                _even(out)
            press.dress(out, binding.plate, binding.intent)
        elif binding.archive:
            archive.seal(out, binding)
        metadata.write(out, sewn, binding)
        return _saved(out, PRESS if binding.plate else FULL)


def _sew(out: pikepdf.Pdf, piece: Piece, foundry: Foundry) -> Sewn:
    """Add the pages of a piece to `out`, without its fonts, which the foundry takes.

    The piece is closed then, or a long volume would be in memory twice; the bytes of its streams
    stay where they are in `piece.data` till `out` is saved.
    """
    with pikepdf.open(BytesIO(piece.data)) as source:
        foundry.take(source)
        return _copied(out, piece, source)


def _copied(out: pikepdf.Pdf, piece: Piece, source: pikepdf.Pdf) -> Sewn:
    """Copy the pages of a piece; with them come the roots, and all they refer to.

    What is copied together keeps its references: so the roots ride on the first page.
    """
    root: Any = source.Root
    roots = Dictionary()
    for key in ("/StructTreeRoot", "/Outlines"):
        if key in root:
            roots[key] = root[key]
    if "/Names" in root and "/Dests" in root.Names:
        roots["/Dests"] = root.Names.Dests.Names
    source.pages[0].obj[ROOTS] = roots
    blanks = [_blank(source.pages[0].obj) for _ in range(piece.blanks)]
    start = len(out.pages)
    for page in (*map(pikepdf.Page, blanks), *source.pages):
        out.pages.append(page)
    pages = [page.obj for page in out.pages[start:]]
    blanks, pages = pages[: piece.blanks], pages[piece.blanks :]
    copied = pages[0][ROOTS]
    del pages[0][ROOTS]
    found = [copied.get(key) for key in ("/StructTreeRoot", "/Outlines", "/Dests")]
    return Sewn(piece, pages, blanks, str(root.get("/Lang", "")), *found)


def _blank(model: Any) -> Dictionary:
    """Return an empty page of the size of `model`."""
    page = Dictionary(Type=Name.Page, Resources=Dictionary(), Tabs=Name.S)
    for key in BOXES:
        if key in model:
            page[key] = [float(side) for side in model[key]]
    return page


def _even(out: pikepdf.Pdf) -> None:
    """Give the last leaf its second page."""
    if len(out.pages) % 2:
        out.pages.append(pikepdf.Page(_blank(out.pages[0].obj)))


def _saved(out: pikepdf.Pdf, version: str) -> bytes:
    data = BytesIO()
    out.save(
        data,
        force_version=version,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return data.getvalue()
