"""Tables that are wider than the page has room for are set again, tighter, until they fit.

What is tighter the style sheet says (print.css): smaller type and narrower gaps in two steps, then
long words broken at syllables, at last any word anywhere. No table is turned: whoever reads it
would have to turn the book, or the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from cssselect2 import ElementWrapper
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

STEPS: Final = ("tight", "tighter", "hyphened", "broken")  # classes of the figure, added in turn
NEAR: Final = 0.5  # px by which a table may stick out, as sums of floats do


def fitted(html: Any, css: Sequence[CSS], fonts: FontConfiguration) -> Document:
    """Return the layout of a weasyprint.HTML, each of its tables tightened until it fits.

    A table that fits in no way stays as wide as it is: the checks tell it (P103).
    """
    document = html.render(stylesheets=css, font_config=fonts)
    for _ in STEPS:
        found = {id(figure): figure for figure in wide(document)}
        if not found:
            break
        for figure in found.values():
            names = str(figure.get("class") or "").split()
            names += [step for step in STEPS if step not in names][:1]
            figure.set("class", " ".join(names))
        # What was read of the elements before is forgotten.
        html.wrapper_element = ElementWrapper.from_html_root(
            html.etree_element, content_language=None
        )
        document = html.render(stylesheets=css, font_config=fonts)
    return document


def wide(document: Document) -> Iterator[Any]:
    """Yield the figure of each table that is wider than the room it has, once for each page."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if not isinstance(box, boxes.BlockBox) or not _of(box, "figure"):
                continue
            for child in box.children:
                table = getattr(child, "is_table_wrapper", False) and _of(child, "table")
                if table and child.width > box.width + NEAR:
                    yield box.element


def _of(box: Any, tag: str) -> bool:
    return getattr(box.element, "tag", None) == tag
