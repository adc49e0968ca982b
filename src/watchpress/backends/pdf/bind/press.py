"""The file for the press, PDF/X-4 (ISO 15930-7): sheets with bleed and marks, inks, an intent.

All that only a screen can use goes: links, names, actions. What stays is what is printed, in the
inks it is printed with, and what the printer must know of it. The structure stays as well (PDF/X-4
allows it): by it alone the proof knows in which order the cells of a table are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind.inks import Inks
from watchpress.backends.pdf.plate import HAIR, Plate, Sides
from watchpress.tools.icc import REGISTRY, Condition

ALL: Final = "/InkAll"  # marks are printed with every ink
BLACK: Final = b"0 0 0 1 k 0 0 0 1 K"
SCREEN: Final = ("/Names", "/OpenAction", "/AA")


def dress(out: pikepdf.Pdf, plate: Plate, intent: Condition) -> None:
    """Make a file for the press of `out`, whose pages are bound and have their folios."""
    inks = Inks(out, intent.profile)
    every = out.make_indirect(_every(out))
    for number, page in enumerate(out.pages):
        _page(out, page.obj, plate, number, inks, every)
    root: Any = out.Root
    for key in SCREEN:
        if key in root:
            del root[key]
    if "/Outlines" in root:
        for item in _items(root.Outlines):
            _aim(item, out)
    root.OutputIntents = Array([_intent(out, intent)])


def _every(out: pikepdf.Pdf) -> Array:
    """Return the colour space of all inks (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, out.make_indirect(tint)])


def _page(out: pikepdf.Pdf, page: Any, plate: Plate, number: int, inks: Inks, every: Any) -> None:
    transparent = False
    drawn = b""
    if "/Contents" in page:
        drawn, transparent = inks.drawn(page)
    page.Resources = _copy(page, "/Resources")
    page.Resources.ColorSpace = _copy(page.Resources, "/ColorSpace")
    page.Resources.ColorSpace[ALL] = every
    content = _content(plate, number, drawn)
    if content:  # Ghostscript takes an empty stream for an error
        page.Contents = out.make_stream(content)
    for key, box in (
        ("/MediaBox", plate.media),
        ("/BleedBox", plate.bleed_box),
        ("/TrimBox", plate.trim),
    ):
        page[key] = Array([float(_n(side)) for side in box])
    if transparent:
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True)


def _copy(owner: Any, key: str) -> Dictionary:
    """Return a copy of a dictionary that pages may share; an empty one where there is none."""
    return Dictionary(dict(owner[key].items()) if key in owner else {})


def _content(plate: Plate, number: int, drawn: bytes) -> bytes:
    """Return the operators of a page: what is drawn, moved and cut to the bleed, and the marks."""
    parts = []
    if drawn:
        dx, dy = plate.shift(number)
        parts.append(b"q\n%s re W n\n1 0 0 1 %s %s cm" % (_frame(plate.bleed_box), _n(dx), _n(dy)))
        parts += [BLACK, drawn, b"Q"]
    strokes = list(plate.strokes())
    if strokes:
        parts.append(
            b"/Artifact <</Type /Page>> BDC\nq %s CS 1 SCN %s w" % (ALL.encode(), _n(HAIR))
        )
        parts += [b"%s %s m %s %s l S" % tuple(map(_n, stroke)) for stroke in strokes]
        parts.append(b"Q\nEMC")
    return b"\n".join(parts)


def _frame(box: Sides) -> bytes:
    left, bottom, right, top = box
    return b" ".join(map(_n, (left, bottom, right - left, top - bottom)))


def _n(number: float) -> bytes:
    """Return a number as PDF has it, to a thousandth of a point."""
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()


def _items(parent: Any) -> Iterator[Any]:
    """Yield all lines of an outline."""
    item = parent.get("/First")
    while item is not None:
        yield item
        yield from _items(item)
        item = item.get("/Next")


def _aim(item: Any, out: pikepdf.Pdf) -> None:
    """Let a line of the outline lead to its page as a whole: no action, nothing that has moved."""
    aim = item.get("/Dest")
    pages = chain([page.obj for page in out.pages] if aim is None else [aim[0]])
    item.Dest = Array([next(pages), Name.Fit])
    if "/A" in item:
        del item["/A"]


def _intent(out: pikepdf.Pdf, intent: Condition) -> Any:
    """Return the output intent (ISO 15930-7, 6.2.2): PDF/X-4 asks for the profile itself."""
    profile = out.make_stream(intent.profile)
    profile.N = 4
    made = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(intent.name),
        Info=String(intent.words),
        DestOutputProfile=profile,
    )
    if intent.registered:
        made.RegistryName = String(REGISTRY)
    return out.make_indirect(made)
