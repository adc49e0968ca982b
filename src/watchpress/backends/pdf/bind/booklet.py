"""Imposition: pages two by two on sheets that are printed on both sides, folded once and stapled.

The outermost sheet has the last page beside the first. Inner sheets stick out at the fore-edge of
a folded booklet, by the thickness of the sheets around them; so their pages stand nearer to the
fold (creep), and after trimming all fore-edges are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from watchpress.backends.pdf.bind import metadata
from watchpress.backends.pdf.bind.pieces import Binding
from watchpress.backends.pdf.plate import HAIR, Plate
from watchpress.backends.pdf.sheet import MM
from watchpress.catalog import Booklet

Side: TypeAlias = tuple[int, int, int]  # pages (from 0) left and right; the sheet, from 0 outside

SIDES: Final = 4  # pages of a sheet


def impose(data: bytes, booklet: Booklet, binding: Binding) -> bytes:
    """Return the pages of a PDF, all of one size, as a booklet; it is filled up with blank pages.

    A page of the result is one side of a sheet: front and back by turns, to be printed on both
    sides and turned at the short edge.
    """
    with pikepdf.open(BytesIO(data)) as pages, pikepdf.new() as out:
        width, height = (float(side) for side in pages.pages[0].trimbox[2:])
        forms = [out.copy_foreign(page.as_form_xobject()) for page in pages.pages]
        plate = Plate(2 * width, height, 0.0, 0.0, booklet.marks, (width,))
        for side in sides(len(forms)):
            out.pages.append(pikepdf.Page(_sheet(out, plate, side, forms, booklet.creep * MM)))
        metadata.write(out, [], binding)
        made = BytesIO()
        out.save(
            made,
            force_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
        return made.getvalue()


def sides(pages: int) -> Iterator[Side]:
    """Yield what stands on each side of each sheet, from the outermost sheet inwards."""
    whole = -(-pages // SIDES) * SIDES
    for sheet in range(whole // SIDES):
        first, last = 2 * sheet, whole - 1 - 2 * sheet
        yield (last, first, sheet)
        yield (first + 1, last - 1, sheet)


def _sheet(out: pikepdf.Pdf, plate: Plate, side: Side, forms: list[Any], creep: float) -> Any:
    """Return one side of a sheet."""
    left, right, sheet = side
    half, edge = plate.width / 2, plate.edge
    drawn, things = [], Dictionary()
    for name, number, start, away in (
        ("/Left", left, edge, creep * sheet),
        ("/Right", right, edge + half, -creep * sheet),
    ):
        if number < len(forms):
            things[name] = forms[number]
            frame = b"%s %s %s %s re W n" % tuple(map(_n, (start, edge, half, plate.height)))
            move = b"1 0 0 1 %s %s cm" % (_n(start + away), _n(edge))
            drawn.append(b"q %s %s %s Do Q" % (frame, move, name.encode()))
    strokes = list(plate.strokes())
    if strokes:
        drawn.append(b"q 0 G %s w" % _n(HAIR))
        drawn += [b"%s %s m %s %s l S" % tuple(map(_n, stroke)) for stroke in strokes]
        drawn.append(b"Q")
    page = Dictionary(Type=Name.Page, MediaBox=_box(plate.media), TrimBox=_box(plate.trim))
    page.Resources = Dictionary(XObject=things)
    page.Contents = out.make_stream(b"\n".join(drawn))
    return page


def _box(sides_: tuple[float, ...]) -> Array:
    return Array([float(_n(side)) for side in sides_])


def _n(number: float) -> bytes:
    """Return a number as PDF has it, to a thousandth of a point."""
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()
