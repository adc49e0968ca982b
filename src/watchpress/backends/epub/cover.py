"""The cover: composed from the metadata, then drawn as PNG, or as SVG where fonts are wanting.

Units are pixels of a sheet of 1600 x 2400, the ratio and size that shops ask for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

from watchpress.backends.epub.lines import lines
from watchpress.language.words import words

Tone: TypeAlias = Literal["paper", "ink", "soft", "accent"]

WIDTH: Final = 1600
HEIGHT: Final = 2400
# An indigo that reads as ink, an unbleached paper, a vermilion as of a seal.
COLOURS: Final[dict[Tone, tuple[int, int, int]]] = {
    "paper": (0xF6, 0xF3, 0xEA),
    "ink": (0x1B, 0x2A, 0x41),
    "soft": (0x5A, 0x63, 0x72),
    "accent": (0xC8, 0x47, 0x2F),
}
MARGIN: Final = 150
MEASURE: Final = WIDTH - 2 * MARGIN
BAND: Final = 820  # height of the ink at the top: series and number
RULE: Final = 14
_SIZES: Final = (148, 136, 124, 112, 102, 92, 84, 76, 68)  # of a headline, the largest that fits
_TOP: Final = 1010  # the headline stands between these
_FLOOR: Final = 1980
_FOOT: Final = 2250  # baseline of the last line


class Front(NamedTuple):
    """What stands on the cover; each headline with its language, the book's own first."""

    language: str
    series: str
    number: str
    headlines: tuple[tuple[str, str], ...]
    foot: tuple[str, ...]  # authors, date, publisher: one line each

    @property
    def all(self) -> tuple[tuple[str, str], ...]:
        """Each text on the cover with its language."""
        own = (self.series, self.number, *self.foot)
        return (*self.headlines, *((text, self.language) for text in own))


class Line(NamedTuple):
    """A line of type on the sheet: its text, where its baseline begins, its size and colour."""

    text: str
    language: str
    x: int
    y: int
    size: int
    bold: bool
    tone: Tone


class Bar(NamedTuple):
    """A bar of colour across the sheet."""

    y: int
    height: int
    tone: Tone


class Type(Protocol):
    """What knows how wide letters are."""

    def width(self, text: str, language: str, *, bold: bool) -> float:
        """Return the width of `text` in em."""
        ...


BARS: Final = (Bar(0, BAND, "ink"), Bar(BAND, RULE, "accent"))


def compose(front: Front, type_: Type) -> tuple[Line, ...]:
    """Return the lines of the cover, each where it stands."""
    return (
        *_band(front, type_),
        *_headlines(front, type_),
        *_foot(front, type_),
    )


def _fitting(text: str, language: str, most: int, type_: Type, *, bold: bool) -> int:
    """Return the size at which `text` stays within the measure, `most` where that is no matter."""
    wide = type_.width(text, language, bold=bold)
    return min(most, int(MEASURE / wide)) if wide else most


def _band(front: Front, type_: Type) -> Iterator[Line]:
    series = _fitting(front.series, front.language, 84, type_, bold=True)
    yield Line(front.series, front.language, MARGIN, 270, series, True, "paper")
    number = _fitting(front.number, front.language, 280, type_, bold=True)
    # Numerals have side bearings: without this the large ones seem to stand indented.
    yield Line(front.number, front.language, MARGIN - number // 24, 660, number, True, "paper")


def _headlines(front: Front, type_: Type) -> Iterator[Line]:
    """Yield the headlines, the second language smaller, in the largest sizes that fit."""
    for size in _SIZES:
        found = list(_stacked(front, type_, size))
        if found[-1].y <= _FLOOR:
            break
    yield from found


def _stacked(front: Front, type_: Type, size: int) -> Iterator[Line]:
    y = float(_TOP)
    for rank, (text, language) in enumerate(front.headlines):
        own = size if rank == 0 else size * 3 // 5
        tone: Tone = "ink" if rank == 0 else "soft"
        rows = _broken(text, language, own, type_)
        leading = own * (1.4 if words(language).eastern else 1.22)
        y += own * 0.8 if rank == 0 else own
        for row in rows:
            yield Line(row, language, MARGIN, round(y), own, rank == 0, tone)
            y += leading


def _broken(text: str, language: str, size: int, type_: Type) -> list[str]:
    def measure(piece: str) -> float:
        return size * type_.width(piece, language, bold=True)

    return lines(text, MEASURE, measure)


def _foot(front: Front, type_: Type) -> Iterator[Line]:
    y = _FOOT
    for rank, text in reversed(tuple(enumerate(front.foot))):
        size = _fitting(text, front.language, 60 if rank == 0 else 50, type_, bold=False)
        yield Line(text, front.language, MARGIN, y, size, False, "ink" if rank == 0 else "soft")
        y -= 84
