"""PDFium: reads a finished PDF back. A second opinion: nothing of it is shared with the engine."""

from watchpress.tools.pdfium.drawer import build, render
from watchpress.tools.pdfium.reader import HYPHEN, Cells, read, version
from watchpress.tools.pdfium.seen import (
    Bookmark,
    Box,
    Link,
    Page,
    Pdf,
    Raster,
    Run,
    Spot,
    Unreadable,
)

__all__ = [
    "HYPHEN",
    "Bookmark",
    "Box",
    "Cells",
    "Link",
    "Page",
    "Pdf",
    "Raster",
    "Run",
    "Spot",
    "Unreadable",
    "build",
    "read",
    "render",
    "version",
]
