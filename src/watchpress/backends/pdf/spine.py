"""The sheet of a cover, and its spine: as wide as the book is thick, its titles down its length."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from lxml.builder import E

from watchpress.backends.pdf.hand import hand
from watchpress.backends.pdf.sheet import MM
from watchpress.catalog import Trim, Volume
from watchpress.language.words import words
from watchpress.model.tree import Element
from watchpress.theme import Theme, standard
from watchpress.xhtml.front import said

BOARD: Final = 0.25  # mm: the cover of a paperback; its spine lies over it twice
NARROW: Final = 5.0  # mm: a spine below this bears no words, as no folding machine hits it
LEAST: Final = 6.0  # pt: type on a spine that can still be read
MODEL: Final = 148.0  # mm: the width that type sizes are drawn for
BAND: Final = 0.34  # of the height: the ink at the top


@dataclass(frozen=True)
class Cloth:
    """The sheet of a cover: the trim of the book, the spine (0: a front alone) in mm, the theme."""

    trim: Trim
    spine: float
    bleed: float
    theme: Theme = field(default_factory=standard)

    @property
    def scale(self) -> float:
        """How much larger than on A5 the type is."""
        return self.trim.width / MODEL

    @property
    def left(self) -> float:
        """Where the front begins: behind the back and the spine, if there are any."""
        return self.trim.width + self.spine if self.spine else 0.0

    @property
    def width(self) -> float:
        """The width of the cut sheet."""
        return self.left + self.trim.width

    def css(self) -> str:
        """Return the @page rule and the size of the type."""
        bleed = f"bleed: {mm(self.bleed)}; " if self.bleed else ""
        return (
            f"@page {{ size: {mm(self.width)} {mm(self.trim.height)}; {bleed}}}\n"
            f".cover {{ font-size: {9 * self.scale:.2f}pt !important; line-height: 1.3 }}\n"
        )


def thickness(volume: Volume, pages: int, board: float = BOARD) -> float:
    """Return the width of the spine in mm: two pages a leaf, and a board on either side."""
    return ceil(pages / 2) * volume.leaf + 2 * board


def spine(volume: Volume, cloth: Cloth) -> Element:
    """Return the spine: the name of the volume over the titles, one below the other.

    A spine below 5 mm stays bare, and titles that it has no room for are left out from the last.
    """
    strip = panel("spine", cloth.trim.width, cloth.spine)
    if cloth.spine < NARROW:
        return strip
    titles = said(volume, volume.book.title)
    most = min(cloth.spine * 0.52 * MM, 14 * cloth.scale)
    top = cloth.trim.height * (BAND + 0.04)
    room = (cloth.trim.height * 0.94 - top) * MM
    while (size := min(most, room / _length(titles, cloth.theme))) < LEAST and len(titles) > 1:
        titles = titles[:-1]
    small = min(most, cloth.spine * 0.8 * MM / max(len(volume.book.name) * 0.55, 1))
    style = f"top: {mm(cloth.trim.height * 0.07)}; font-size: {small:.1f}pt"
    strip.append(E.p(volume.book.name, {"class": "name", "style": style}))
    for place, (language, title) in enumerate(titles):
        line = _line(title, language, cloth, top, size)
        if place:
            line.set("class", f"{line.get('class')} also")
        strip.append(line)
        top += _length([(language, title)], cloth.theme) * size / MM
    return strip


def _length(titles: list[tuple[str, str]], theme: Theme) -> float:
    """Return how long titles are on the spine, in em, with the gap behind each."""
    return sum(
        (1.04 if _upright(language) else hand(language, theme).letter * 1.15) * len(title) + 2
        for language, title in titles
    )


def _upright(language: str) -> bool:
    return words(language).eastern and not words(language).spaced


def _line(title: str, language: str, cloth: Cloth, top: float, size: float) -> Element:
    """Return a title on the spine from `top` (mm) on, in `size` (pt)."""
    style = f"top: {mm(top)}; font-size: {size:.1f}pt; "
    if _upright(language):
        letters = (E.span(letter) for letter in title if not letter.isspace())
        facts = {"class": "upright", "lang": language, "style": style + "left: 0; right: 0"}
        return E.p(*letters, facts)
    # Turned by a quarter, the line hangs to the left of where it begins.
    style += f"left: {mm(cloth.spine / 2 + size / MM / 2)}"
    return E.p(title, {"class": "turned", "lang": language, "style": style})


def panel(name: str, left: float, width: float) -> Element:
    """Return one of the three panels of a cover: where it begins, how wide it is, in mm."""
    return E.div(**cut(f"panel {name}", f"left: {mm(left)}; width: {mm(width)}"))


def cut(kind: str, style: str) -> dict[str, Any]:
    """Return the attributes of something that stands at a place of its own."""
    return {"class": kind, "style": style}


def mm(value: float) -> str:
    """Return a length as CSS takes it."""
    return f"{value:.2f}mm"
