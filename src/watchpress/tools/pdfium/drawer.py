"""PDFium as a printer: pages of a finished PDF as pixels."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from watchpress.tools.pdfium.reader import opened
from watchpress.tools.pdfium.seen import Raster, Unreadable


def build() -> str:
    """Return the version of PDFium: another one may draw the same page otherwise."""
    from watchpress.tools.pdfium.reader import version

    return version().rpartition("PDFium ")[2].partition("@")[0]  # behind it: whose build it is


def render(data: bytes, numbers: Iterable[int], dpi: float) -> dict[int, Raster]:
    """Return pages (from 1) of a PDF within their trim, drawn with `dpi` pixels an inch.

    A page that is not there is left out. Raises Unreadable where PDFium cannot open the file.
    """
    with opened(data) as (raw, handle):
        last = raw.FPDF_GetPageCount(handle)
        wanted = sorted({number for number in numbers if 1 <= number <= last})
        return {number: _drawn(raw, handle, number, dpi / 72) for number in wanted}


def _drawn(raw: ModuleType, handle: Any, number: int, scale: float) -> Raster:
    page = raw.FPDF_LoadPage(handle, number - 1)
    if not page:
        raise Unreadable(f"page {number} cannot be read")
    full = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    sides = [ctypes.c_float() for _ in range(4)]
    trimmed = raw.FPDFPage_GetTrimBox(page, *sides)
    left, bottom, right, top = (side.value for side in sides) if trimmed else (0.0, 0.0, *full)
    width, height = round((right - left) * scale), round((top - bottom) * scale)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, None, 0)
    try:
        # What is outside of the trim falls outside of the bitmap.
        start = -round(left * scale), -round((full[1] - top) * scale)
        whole = round(full[0] * scale), round(full[1] * scale)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = raw.FPDF_REVERSE_BYTE_ORDER
        raw.FPDF_RenderPageBitmap(bitmap, page, *start, *whole, 0, flags)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        rows = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
        used = (rows[row * stride :][: width * 3] for row in range(height))
        return Raster(width, height, b"".join(used))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
        raw.FPDF_ClosePage(page)
