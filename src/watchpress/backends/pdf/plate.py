"""The plate of a press page: how far the page moves on the sheet, its boxes, its marks.

Pages are laid out with equal margins and without knowing whether they will be left or right ones.
For the press each is moved away from the spine by half of what the binding takes: the lines and
pages of the printed book are those of the edition for the screen, so that page numbers, index and
the page list of the EPUB hold for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.backends.pdf.sheet import MM
from watchpress.catalog import Marks, Press

Sides: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in pt
Stroke: TypeAlias = tuple[float, float, float, float]  # from x, y to x, y

SLUG: Final = 10.0  # mm beyond the bleed, where the marks stand
AWAY: Final = 1.0  # mm between bleed and marks
LONG: Final = 8.0  # mm: the length of a mark
HAIR: Final = 0.25  # pt: the weight of a mark
LEAST: Final = 8.0  # mm: the least outer margin, below which trimming may touch the text


@dataclass(frozen=True)
class Plate:
    """The sheet of a page whose trim is `width` by `height` pt; `bleed` and `binding` in pt.

    `folds`: where it is folded, in pt from the left edge of the trim.
    """

    width: float
    height: float
    bleed: float
    binding: float
    marks: Marks
    folds: tuple[float, ...] = ()

    @classmethod
    def of(cls, press: Press, width: float, height: float, folds: tuple[float, ...] = ()) -> Plate:
        """Return the plate of a page; `width` and `height` of its trim, and its folds, in pt."""
        return cls(width, height, press.bleed * MM, press.binding * MM, press.marks, folds)

    @property
    def slug(self) -> float:
        """The width of the edge round the bleed in pt: none where there are no marks."""
        return 0.0 if self.marks == "none" else SLUG * MM

    @property
    def edge(self) -> float:
        """How far the trim lies inside the sheet."""
        return self.bleed + self.slug

    @property
    def media(self) -> Sides:
        """The sheet; its corner is the origin, as old RIPs want it."""
        return (0.0, 0.0, self.width + 2 * self.edge, self.height + 2 * self.edge)

    @property
    def bleed_box(self) -> Sides:
        """The trim with the bleed round it."""
        _, _, right, top = self.media
        return (self.slug, self.slug, right - self.slug, top - self.slug)

    @property
    def trim(self) -> Sides:
        """The page as it will be cut."""
        return (self.edge, self.edge, self.edge + self.width, self.edge + self.height)

    def shift(self, page: int) -> tuple[float, float]:
        """Return how far the content of a page moves; pages count from 0, the first is a recto."""
        away = self.binding / 2 if page % 2 == 0 else -self.binding / 2
        return (self.edge + away, self.edge)

    def moved(self, box: Sides, page: int) -> Sides:
        """Return where a box of the laid-out page stands on the sheet."""
        dx, dy = self.shift(page)
        left, bottom, right, top = box
        return (left + dx, bottom + dy, right + dx, top + dy)

    def strokes(self) -> Iterator[Stroke]:
        """Yield the marks: at each corner, at the folds, a cross in the middle of each side."""
        if self.marks == "none":
            return
        yield from self._single() if self.marks == "crop" else self._double()
        yield from self._crosses()
        far, near = self.slug - (AWAY + LONG) * MM, self.slug - AWAY * MM
        for x in (self.edge + fold for fold in self.folds):
            yield (x, far, x, near)
            yield (x, self.media[3] - near, x, self.media[3] - far)

    def _single(self) -> Iterator[Stroke]:
        """Yield the lines of the trim beyond the bleed, by which a guillotine is set."""
        (left, bottom, right, top), (_, _, width, height) = self.trim, self.media
        near, far = self.slug - AWAY * MM, self.slug - (AWAY + LONG) * MM
        for x in (left, right):
            yield (x, far, x, near)
            yield (x, height - near, x, height - far)
        for y in (bottom, top):
            yield (far, y, near, y)
            yield (width - near, y, width - far, y)

    def _double(self) -> Iterator[Stroke]:
        """Yield two angles at each corner: one stands on the trim, the other on the bleed."""
        far = self.slug - (AWAY + LONG) * MM
        ends = far, self.media[2] - far, far, self.media[3] - far
        (left, bottom, right, top), (l_, b_, r_, t_) = self.trim, self.bleed_box
        for x, bled_x, end_x in ((left, l_, ends[0]), (right, r_, ends[1])):
            for y, bled_y, end_y in ((bottom, b_, ends[2]), (top, t_, ends[3])):
                yield (end_x, y, bled_x, y)
                yield (bled_x, y, bled_x, end_y)
                yield (end_x, bled_y, x, bled_y)
                yield (x, bled_y, x, end_y)

    def _crosses(self) -> Iterator[Stroke]:
        """Yield a cross in the middle of each side, which plates are registered by."""
        _, _, width, height = self.media
        half, middle = LONG / 2 * MM, self.slug - (AWAY + LONG / 2) * MM
        for x, y in (
            (width / 2, middle),
            (width / 2, height - middle),
            (middle, height / 2),
            (width - middle, height / 2),
        ):
            yield (x - half, y, x + half, y)
            yield (x, y - half, x, y + half)


def outer(side: float, press: Press) -> float:
    """Return the outer margin in mm that `binding` leaves of side margins of `side` mm."""
    return side - press.binding / 2
