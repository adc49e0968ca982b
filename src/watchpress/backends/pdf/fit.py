"""Two repairs of how WeasyPrint 70 fits text into lines; installed when this room is imported.

Pango 1.50 ends a line after its first word where the last word would stick out by a hair; and text
of a second font (a name in hangul inside English) pushes the lines apart that ought to stand on one
grid. tests/test_pdf_pages.py fails where either is no longer so.
"""

from __future__ import annotations

from math import inf
from typing import Any, Final

from weasyprint.layout import inline
from weasyprint.text.line_break import strut

NARROW: Final = 0.7  # share of the measure below which a line is asked for again
HAIR: Final = 2  # px by which it is asked for narrower

_split_line, _split_box = inline.split_first_line, inline.split_text_box


def split_first_line(
    text: str, style: Any, context: Any, width: float | None, *more: Any, **options: Any
) -> Any:
    """Return WeasyPrint's first line of `text`; a short one is tried once more, a hair narrower."""
    found = _split_line(text, style, context, width, *more, **options)
    _, _, rest, used, *_ = found
    if rest is not None and width not in (None, inf) and used < width * NARROW:
        again = _split_line(text, style, context, width - HAIR, *more, **options)
        if again[3] > used:
            return again
    return found


def split_text_box(*more: Any, **options: Any) -> Any:
    """Return WeasyPrint's text box, set on the line's own strut whatever its font."""
    box, resume_at, kept = _split_box(*more, **options)
    if box is not None:
        lead, base = strut(box.style)
        box.margin_top += base - box.baseline
        box.margin_bottom = lead - box.height - box.margin_top
        box.baseline = base
    return box, resume_at, kept


inline.split_first_line, inline.split_text_box = split_first_line, split_text_box
