"""Lengths that no page and no box around changes: a repair of WeasyPrint 70, installed on import.

WeasyPrint works out margins, paddings, borders and sizes of each box anew: of each line, and of
each part of a box that is split. Most styles have no percentage among them; then the lengths are
the same for all boxes of a style, and are worked out once. A fifteenth of the time of a report
goes into this else.

Of the rooms of weasyprint.layout this one replaces `resolve_percentages`.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from weasyprint import layout
from weasyprint.layout import percent

SIDES: Final = ("top", "right", "bottom", "left")
SIZES: Final = ("width", "height", "min_width", "min_height", "max_width", "max_height")
ASKED: Final = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *SIZES,
)
SET: Final = (*ASKED, *(f"border_{side}_width" for side in SIDES))
NAME: Final = "resolve_percentages"

_resolve = percent.resolve_percentages


def resolve(box: Any, containing_block: Any) -> None:
    """Do what WeasyPrint's resolve_percentages does: give a box the lengths of its style."""
    style = box.style
    try:
        lengths = style.lengths
    except AttributeError:
        _resolve(box, containing_block)
        own = vars(box)
        style.lengths = {name: own[name] for name in SET} if _settled(style) else None
        return
    if lengths is None:
        _resolve(box, containing_block)
    else:
        vars(box).update(lengths)


def _settled(style: Any) -> bool:
    """Say whether the lengths of a style depend on nothing but itself."""
    return style["border_collapse"] != "collapse" and all(
        value is None or value == "auto" or getattr(value, "unit", "%") != "%"
        for value in map(style.__getitem__, ASKED)
    )


for _name, _room in list(sys.modules.items()):
    if _name.startswith(layout.__name__) and getattr(_room, NAME, None) is _resolve:
        setattr(_room, NAME, resolve)
