"""What is seen in a PDF that has been read back: pages, runs of text, links, bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


class Unreadable(ValueError):
    """The bytes are no PDF that can be read; the message says why."""


@dataclass(frozen=True)
class Raster:
    """A page as pixels: rows from the top, three bytes (red, green, blue) a pixel."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class Box:
    """A rectangle in pt from the lower left corner of the page; left <= right, bottom <= top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """The area in square pt."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """Say whether the point lies in the box or on its edge."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Run:
    """Text set in one go: its letters, ink box, baseline and size in pt.

    `artifact`: marked as not part of the text (ISO 32000-1, 14.8.2.2): running heads, folios.
    `cell`: which table of the page, and which cell of it (14.8.4.3.4), from 1 as they are read.
    `reading`: marked as the reading of the run before it, above which it stands.
    """

    text: str
    box: Box
    base: float
    size: float
    artifact: bool = False
    cell: tuple[int, int] | None = None
    reading: bool = False

    @property
    def center(self) -> tuple[float, float]:
        """The middle of the ink."""
        return (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2


@dataclass(frozen=True)
class Spot:
    """Where a link leads inside the file: page index, and x and y in pt (None: not said)."""

    page: int
    x: float | None
    y: float | None


@dataclass(frozen=True)
class Link:
    """A link annotation: its rectangle, and the address or the spot it leads to."""

    box: Box
    uri: str | None = None
    spot: Spot | None = None


@dataclass(frozen=True)
class Page:
    """One page: size in pt, label, runs in the order they are painted in, links as in the file.

    `images`: width and height in pixels of each picture that is drawn.
    """

    width: float
    height: float
    label: str
    runs: tuple[Run, ...]
    links: tuple[Link, ...]
    images: tuple[tuple[int, int], ...] = ()


UNREAD: Final = Page(0, 0, "", (), ())


@dataclass(frozen=True)
class Bookmark:
    """One line of the outline: its words, its depth from 0, where it leads."""

    title: str
    depth: int
    spot: Spot | None


@dataclass(frozen=True)
class Pdf:
    """A PDF as read back. `metadata`: the document information that is not empty."""

    pages: tuple[Page, ...]
    outline: tuple[Bookmark, ...]
    metadata: dict[str, str]
