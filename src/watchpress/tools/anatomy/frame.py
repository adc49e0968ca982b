"""The frame of a PDF: its fonts and boxes, and the standards it says it keeps. Quick to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from watchpress.tools.anatomy.body import BOXES, Face, Sides, Unreadable, faces, sides


@dataclass(frozen=True)
class Frame:
    """The fonts of a PDF, the boxes of each page by name, and the standards that it names.

    `claims`: as veraPDF calls them: `ua1`, `3a`.
    """

    faces: tuple[Face, ...]
    boxes: tuple[Mapping[str, Sides], ...]
    claims: tuple[str, ...]


def frame(data: bytes) -> Frame:
    """Return the frame of a PDF; raises Unreadable where it cannot be opened."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            found = frozenset(faces(pdf))
            xmp = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
            return Frame(
                tuple(sorted(found, key=lambda face: face.name)),
                tuple(_boxes(page) for page in pdf.pages),
                tuple(_claims(xmp.decode("utf-8", "replace"))),
            )
    except (pikepdf.PdfError, pikepdf.PasswordError) as fault:
        raise Unreadable(str(fault).rpartition(": ")[2]) from None


def _boxes(page: pikepdf.Page) -> Mapping[str, Sides]:
    given = {name: sides(page.obj[f"/{name}"]) for name in BOXES if f"/{name}" in page.obj}
    given.setdefault("MediaBox", sides(page.mediabox))
    return given


def _claims(xmp: str) -> Iterator[str]:
    """Yield the standards: PDF/UA (ISO 14289-1, 5), PDF/A (ISO 19005-3, 6.6.4)."""
    if part := _said(xmp, "pdfuaid:part"):
        yield f"ua{part}"
    if part := _said(xmp, "pdfaid:part"):
        yield f"{part}{_said(xmp, 'pdfaid:conformance').lower()}"


def _said(xmp: str, key: str) -> str:
    """Return a simple property of XMP, which may be an element or an attribute."""
    found = re.search(rf"""{key}(?:>|\s*=\s*["'])\s*(\w+)""", xmp)
    return found[1] if found else ""
