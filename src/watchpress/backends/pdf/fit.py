"""How text comes into lines: repairs of WeasyPrint 70, installed when this room is imported.

Planned paragraphs (setter.py) are given line by line. In the others Pango 1.50 ends a line after
its first word where the last word would stick out by a hair: it is asked again. Text of a second
font (a name in hangul inside English) pushes the lines apart that ought to stand on one grid: it is
set on the line's own strut. And the space at which a line ends is drawn, beyond the measure: what
is not drawn is not in the text, and those who listen would hear two words as one.
tests/test_pdf_pages.py and tests/test_setting.py fail where any of this is no longer so.

Of WeasyPrint's layout.inline this room replaces `split_first_line`, `split_text_box`,
`get_next_linebox` and `justify_line`.
"""

from __future__ import annotations

from math import inf
from typing import Any, Final

from weasyprint.layout import inline
from weasyprint.text.line_break import strut

from watchpress.backends.pdf import setter
from watchpress.backends.pdf.piece import Piece

NARROW: Final = 0.7  # share of the measure below which a line is asked for again
HAIR: Final = 2  # px by which it is asked for narrower,
MORE: Final = 0.25  # or, of large type, em

_split_line, _split_box = inline.split_first_line, inline.split_text_box
_next_line, _justify = inline.get_next_linebox, inline.justify_line


def split_first_line(
    text: str, style: Any, context: Any, width: float | None, *more: Any, **options: Any
) -> Any:
    """Return WeasyPrint's first line of `text`; a short one is tried again, a hair narrower."""
    found = _split_line(text, style, context, width, *more, **options)
    _, _, rest, used, *_ = found
    if rest is not None and width not in (None, inf) and used < width * NARROW:
        for hair in (HAIR, MORE * style["font_size"]):
            again = _split_line(text, style, context, width - hair, *more, **options)
            if again[3] > used:
                return again
    return found


def split_text_box(
    context: Any, box: Any, width: float | None, skip: int | None, **options: Any
) -> Any:
    """Return the planned piece of a text box, else WeasyPrint's, set on the line's own strut."""
    planned = setter.part(box, skip)
    if planned is not None:
        return planned.box(), planned.resume, False
    found, resume_at, kept = _split_box(context, box, width, skip, **options)
    if found is not None:
        lead, base = strut(found.style)
        found.margin_top += base - found.baseline
        found.margin_bottom = lead - found.height - found.margin_top
        found.baseline = base
        if resume_at is not None and box.text.encode()[:resume_at].endswith(b" "):
            found.pango_layout.text = f"{found.pango_layout.text.rstrip(' ')} "
    return found, resume_at, kept


def get_next_linebox(
    context: Any, line: Any, top: float, below: float, skip: Any, around: Any, *more: Any
) -> Any:
    """Return WeasyPrint's next line, planned before where it can be."""
    letter, first = more[-2:]
    if not letter and not first:
        setter.prepare(context, line, around, skip, top, below)
    return _next_line(context, line, top, below, skip, around, *more)


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Do what WeasyPrint's does, but for planned lines: they fill the measure already."""
    planned = any(
        isinstance(getattr(box, "pango_layout", None), Piece) for box in line.descendants()
    )
    if not planned:
        _justify(context, line, extra)


inline.split_first_line, inline.split_text_box = split_first_line, split_text_box
inline.get_next_linebox, inline.justify_line = get_next_linebox, justify_line
