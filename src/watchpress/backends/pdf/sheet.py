"""The sheet of a trim: margins, measure, type size and lead for each language, as @page rules.

A page is drawn from its measure: the type grows with the trim, and a line never holds more letters
than an eye follows (some 70 of Latin, 40 of Japanese or Korean); what is left of the width becomes
margin. The height of the text is a whole number of lines, so that the lines of all pages stand on
one grid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor
from typing import Final

from watchpress.catalog import Press, Trim
from watchpress.tools.fonts import Face

MM: Final = 72 / 25.4  # points in a millimetre
MODEL: Final = 148.0  # mm: the width of the trim that the sizes below are drawn for, A5
GROWTH: Final = 0.0225  # points of type for each millimetre that a trim is wider than the model
LEAST_SIDE: Final = 0.115  # of the width: the narrowest side margin; 17 mm on A5
TOP: Final = 0.0857  # of the height: the top margin beside the narrowest side margin; 18 mm on A5
HEAD: Final = 1.4  # sizes of the model's type from the base line of running heads to the text
RUNNING: Final = 0.8  # of the size: the type of running heads
LIGHT: Final = 400  # the weight of a headline that stands for a missing one, as parts.css has it
FOLIO: Final = 0.88  # of the model's size: the type of folios, of which there is one in a book
HAIR: Final = 0.01  # mm less at the foot: rounded up, the margin would cost the page a line

LATIN: Final = "Watchpress Serif"
JAPANESE: Final = "Watchpress Serif JP"
KOREAN: Final = "Watchpress Serif KR"
# Where the pinned fonts are absent: what Debian's fonts-noto-cjk brings, else what there is.
STRANGE: Final = ("Noto Serif CJK JP", "Noto Serif CJK KR", "serif")


@dataclass(frozen=True)
class Hand:
    """How a language is set: size and lead on A5 in pt, and how much of it one line holds.

    `letter` is the width of its average letter in em, `most` the letters that a line may hold.
    `foot`: from the foot of a line as high as its type to the base line, in em of its first family.
    `squared`: the measure is a whole number of em, as letters stand in a square each.
    """

    size: float
    lead: float
    letter: float
    most: int
    families: tuple[str, ...]
    headline: float  # its size in em of the text
    foot: float
    bold: int = 700  # the weight of headings, as report.css has it
    squared: bool = False


MODEL_HAND: Final = "en"
HANDS: Final = {
    "en": Hand(9.6, 13.5, 0.4765, 71, (LATIN, JAPANESE, KOREAN), 1.8, 0.1495, 600),
    "ja": Hand(9.0, 15.5, 1.0, 40, (JAPANESE, LATIN, KOREAN), 1.6, 0.0675, squared=True),
    "ko": Hand(9.2, 15.5, 0.83, 45, (KOREAN, LATIN, JAPANESE), 1.6, 0.0675),
}


def hand(language: str) -> Hand:
    """Return how a language tag is set; a language we have no hand for is set as English."""
    return HANDS.get(language.split("-", 1)[0].lower(), HANDS["en"])


@dataclass(frozen=True)
class Sheet:
    """One trim for one language; lengths in mm where not said otherwise."""

    trim: Trim
    language: str

    @property
    def hand(self) -> Hand:
        """How the language is set."""
        return hand(self.language)

    @cached_property
    def size(self) -> float:
        """The type size in pt, to a tenth."""
        return round(self.hand.size + (self.trim.width - MODEL) * GROWTH, 1)

    @cached_property
    def lead(self) -> float:
        """The distance of base lines in pt, to a quarter."""
        return round(self.size * self.hand.lead / self.hand.size * 4) / 4

    @cached_property
    def measure(self) -> float:
        """The length of a line in pt."""
        room = self.trim.width * (1 - 2 * LEAST_SIDE) * MM
        full = min(room, self.hand.most * self.hand.letter * self.size)
        return floor(full / self.size) * self.size if self.hand.squared else full

    @property
    def side(self) -> float:
        """The left margin, and the right: a screen shows single pages."""
        return (self.trim.width - self.measure / MM) / 2

    @property
    def model(self) -> Sheet:
        """The sheet that all languages take the heights of text, heads and folios from.

        In a volume of several languages these stand at one height on all pages.
        """
        return Sheet(self.trim, MODEL_HAND)

    @cached_property
    def top(self) -> float:
        """The top margin: it grows with the side margin, so that the text sits well on the page."""
        model = self.model
        return self.trim.height * TOP + 0.35 * (model.side - self.trim.width * LEAST_SIDE)

    @cached_property
    def lines(self) -> int:
        """How many lines a page holds."""
        return floor((self.trim.height - 2.1 * self.top) * MM / self.lead)

    @property
    def bottom(self) -> float:
        """The bottom margin, deeper than the top: what the lines leave, less a hair."""
        return self.trim.height - self.top - self.lines * self.lead / MM - HAIR

    @property
    def folio(self) -> float:
        """The distance from the foot of the page to the folio in mm: below the model's text."""
        model = self.model
        foot = self.trim.height - model.top - model.lines * model.lead / MM
        return foot - 2.1 * model.size / MM

    def css(self, *, named: bool) -> str:
        """Return the @page rule and the type of the articles in this language.

        `named`: the rule is for pages of this language only. After each break before a block that
        stands on a named page WeasyPrint keeps the margin that should vanish at the page's head
        (it takes the break for a forced one), so that the pages of the first language go unnamed.
        """
        tag = self.language
        font = f"font: {_n(self.size)}pt/{_n(self.lead)}pt {_families(self.hand.families)}"
        base = HEAD * self.model.size - RUNNING * self.size * self.hand.foot
        head = f"font-size: {RUNNING:.0%}; line-height: 1; padding-bottom: {_n(base)}pt"
        return (
            f"@page {tag if named else ''} {{ size: {_n(self.trim.width)}mm "
            f"{_n(self.trim.height)}mm; {font}; "
            f"margin: {_n(self.top)}mm {_n(self.side)}mm {_n(self.bottom)}mm; "
            f"@top-left {{ {head} }} @top-right {{ {head} }} "
            f"@bottom-center {{ font: {_n(FOLIO * self.model.size)}pt/1 {_families([LATIN])}; "
            f"vertical-align: bottom; padding-bottom: {_n(self.folio)}mm }} }}\n"
            f"h1:lang({tag}) {{ font-size: {_n(self.hand.headline)}em; "
            f"line-height: {_n(1.5 * self.lead)}pt }}\n"
            f"article:lang({tag}) {{ {f'page: {tag}; ' if named else ''}{font}; "
            f"width: {_n(self.measure)}pt }}\n"
        )


@dataclass(frozen=True)
class Guest(Sheet):
    """The sheet of `host` for a headline in another language, which stands there for a missing one.

    Its type is that of the host's headlines, but light (parts.css); its letters are its own.
    """

    host: Sheet

    @property
    def hand(self) -> Hand:
        """The families and habits of its language, in the host's size."""
        return replace(hand(self.language), headline=self.host.hand.headline, bold=LIGHT)

    @cached_property
    def size(self) -> float:
        """The host's size."""
        return self.host.size

    @cached_property
    def measure(self) -> float:
        """The host's measure."""
        return self.host.measure


def guest(sheet: Sheet, language: str) -> Sheet:
    """Return the sheet that a headline in `language` is set on, in an article of `sheet`."""
    return sheet if hand(language) == sheet.hand else Guest(sheet.trim, language, sheet)


def css(trim: Trim, languages: Iterable[str], faces: Iterable[Face]) -> str:
    """Return the rules that depend on the trim, the languages of the articles and the fonts."""
    found = tuple(faces)
    rules = [_face(face) for face in found]
    rules += [
        f":lang({tag}) {{ font-family: {_families(kind.families)} }}\n"
        for tag, kind in HANDS.items()
    ]
    sheets = [Sheet(trim, language) for language in languages]
    rules += [sheet.css(named=place > 0) for place, sheet in enumerate(sheets)]
    return "".join(rules)


def bleed(press: Press) -> str:
    """Return the rule for the bleed: as much more as a page moves when it is bound (plate.py)."""
    return f"@page {{ bleed: {_n(press.bleed + press.binding / 2)}mm }}\n"


# Fonts of the machine need not have superior figures: raised small ones do instead.
SUBSTITUTE: Final = (
    ".noteref { font-variant-position: normal; font-size: .7em; line-height: 1; "
    "vertical-align: .4em }\n"
)


def _face(face: Face) -> str:
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; src: url("{face.path.absolute().as_uri()}") }}\n'
    )


def _families(names: Iterable[str]) -> str:
    *strange, last = STRANGE
    return ", ".join([*(f'"{name}"' for name in (*names, *strange)), last])


def _n(value: float) -> str:
    """Return a number as CSS takes it, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
