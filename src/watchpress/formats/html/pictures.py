"""Pictures of pages: each is in the file once, and drawn wherever its page is shown.

Places are rectangles over the picture, in pt of the trim, not part of it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from watchpress.formats.html.markup import Node, node
from watchpress.view import Box, Image

SPACE: Final = 2.0  # pt between what is marked and its mark
ROUND: Final = 34.0  # pt shown above and below a place that is seen from near
MARGIN: Final = 0.08  # of the width of a page, on either side, that need not be seen from near
EDGE: Final = 4.0  # pt from the trim to the mark of a page as a whole


@dataclass
class Pictures:
    """The pictures of a page for editors, by what they are called in it."""

    names: dict[Image, str] = field(default_factory=dict)

    def page(self, image: Image, words: str, boxes: Iterable[tuple[Box, str]] = ()) -> Node:
        """Return a page, marked at `boxes` (each with the id of what it marks, or "")."""
        size = f"0 0 {image.width:g} {image.height:g}"
        marks = [_mark(box, of, image) for box, of in boxes]
        return self._drawn(image, size, words, marks)

    def near(self, image: Image, words: str, box: Box) -> Node:
        """Return the stretch of a page round a box, as wide as its text, marked."""
        top = max(box[1] - ROUND, 0.0)
        height = min(box[3] + ROUND, image.height) - top
        margin = image.width * MARGIN
        left = max(min(margin, box[0] - 2 * SPACE), 0.0)
        right = min(max(image.width - margin, box[2] + 2 * SPACE), image.width)
        size = f"{left:.1f} {top:.1f} {max(right - left, 1.0):.1f} {max(height, 1.0):.1f}"
        return self._drawn(image, size, words, [_mark(box, "", image)])

    def _drawn(self, image: Image, size: str, words: str, marks: list[Node]) -> Node:
        name = self.names.setdefault(image, f"i{len(self.names) + 1}")
        use = node("use", href=f"#{name}")
        return node("svg", use, *marks, viewBox=size, role="img", aria_label=words)

    def store(self) -> Node:
        """Return what holds all the pictures that have been drawn; it takes no room itself."""
        images = (
            node("image", id=name, width=f"{one.width:g}", height=f"{one.height:g}",
                 preserveAspectRatio="none", href=_address(one))
            for one, name in self.names.items()
        )  # fmt: skip
        return node("svg.store", node("defs", *images), width=0, height=0, aria_hidden="true")


def _mark(box: Box, of: str, image: Image) -> Node:
    whole = not box
    left, top, right, bottom = box or (0.0, 0.0, image.width, image.height)
    by = -EDGE if whole else SPACE
    return node(
        "rect.mark whole" if whole else "rect.mark",
        x=f"{left - by:.1f}",
        y=f"{top - by:.1f}",
        width=f"{max(right - left + 2 * by, 1.0):.1f}",
        height=f"{max(bottom - top + 2 * by, 1.0):.1f}",
        data_for=of or None,
    )


def _address(image: Image) -> str:
    return f"data:{image.kind};base64,{b64encode(image.data).decode()}"
