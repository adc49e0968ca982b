"""The sheet of a trim: margins, measure, type size and lead for each language, as @page rules.

A page is drawn from its measure: the type grows with the trim, and a line never holds more letters
than an eye follows (some 70 of Latin, 40 of Japanese or Korean); what is left of the width becomes
margin. The height of the text is a whole number of lines, so that the lines of all pages stand on
one grid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import floor
from typing import Final

from watchpress.backends.pdf.hand import CUTS, MODEL_HAND, Hand, families, hand, latin
from watchpress.catalog import Press, Trim
from watchpress.theme import Theme, standard
from watchpress.tools.fonts import Face

GRID: Final = "#6cf"  # the colour of base lines that are drawn
HAIRLINE: Final = 0.25  # pt
MM: Final = 72 / 25.4  # points in a millimetre
MODEL: Final = 148.0  # mm: the width of the trim that the sizes below are drawn for, A5
HEAD: Final = 1.4  # sizes of the model's type from the base line of running heads to the text
LIGHT: Final = 400  # the weight of a headline that stands for a missing one, as parts.css has it
HAIR: Final = 0.01  # mm less at the foot: rounded up, the margin would cost the page a line


@dataclass(frozen=True)
class Sheet:
    """One trim for one language; lengths in mm where not said otherwise."""

    trim: Trim
    language: str
    theme: Theme = field(default_factory=standard, kw_only=True)

    @property
    def hand(self) -> Hand:
        """How the language is set."""
        return hand(self.language, self.theme)

    @cached_property
    def size(self) -> float:
        """The type size in pt, to a tenth."""
        return round(self.hand.size + (self.trim.width - MODEL) * self.theme.page.growth, 1)

    @cached_property
    def lead(self) -> float:
        """The distance of base lines in pt, to a quarter."""
        return round(self.size * self.hand.lead / self.hand.size * 4) / 4

    @cached_property
    def measure(self) -> float:
        """The length of a line in pt."""
        room = self.trim.width * (1 - 2 * self.theme.page.side) * MM - self.aside
        full = min(room, self.hand.most * self.hand.letter * self.size)
        return floor(full / self.size) * self.size if self.hand.squared else full

    @property
    def aside(self) -> float:
        """The width of the column left of the text in pt, of which most themes have none."""
        return self.trim.width * self.theme.page.aside * MM

    @property
    def width(self) -> float:
        """The width of all that stands on the page in pt."""
        return self.aside + self.measure

    @property
    def columns(self) -> int:
        """How many columns a list of notes is set in: as many as hold half of a full line."""
        notes = self.theme.notes
        least = self.hand.most * self.hand.letter * self.size * notes.size / 2
        return max(1, min(notes.columns, floor(self.width / least)))

    @property
    def side(self) -> float:
        """The left margin, and the right: a screen shows single pages."""
        return (self.trim.width - self.width / MM) / 2

    @property
    def model(self) -> Sheet:
        """The sheet that all languages take the heights of text, heads and folios from.

        In a volume of several languages these stand at one height on all pages.
        """
        return Sheet(self.trim, MODEL_HAND, theme=self.theme)

    @cached_property
    def top(self) -> float:
        """The top margin: it grows with the side margin, so that the text sits well on the page."""
        page, model = self.theme.page, self.model
        return self.trim.height * page.top + 0.35 * (model.side - self.trim.width * page.side)

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
        theme, running = self.theme, self.theme.running
        font = f"font: {_n(self.size)}pt/{_n(self.lead)}pt {families(self.hand.families, theme)}"
        base = HEAD * self.model.size - running.head * self.size * self.hand.foot
        head = f"font-size: {running.head:.0%}; line-height: 1; padding-bottom: {_n(base)}pt"
        return (
            f"@page {tag if named else ''} {{ size: {_n(self.trim.width)}mm "
            f"{_n(self.trim.height)}mm; {font}; "
            f"margin: {_n(self.top)}mm {_n(self.side)}mm {_n(self.bottom)}mm; "
            f"@top-left {{ {head} }} @top-right {{ {head} }} "
            f"@bottom-center {{ font: {_n(running.folio * self.model.size)}pt/1 "
            f"{families([latin(theme)], theme)}; "
            f"vertical-align: bottom; padding-bottom: {_n(self.folio)}mm }} }}\n"
            f"h1:lang({tag}) {{ font-size: {_n(self.hand.headline)}em; "
            f"line-height: {_n(1.5 * self.lead)}pt }}\n"
            f"article:lang({tag}) {{ {f'page: {tag}; ' if named else ''}{font}; "
            f"width: {_n(self.width)}pt }}\n"
            f"{self._columns()}"
        )

    def _columns(self) -> str:
        """Return the rules for a column beside the text, and for those of notes."""
        tag, rules = self.language, ""
        if self.aside:
            inset = f"{{ margin-left: {_n(self.aside)}pt }}"
            rules += f".report:lang({tag}) {{ --aside: {_n(self.aside)}pt }}\n"
            rules += f".report:lang({tag}) > .body, .report:lang({tag}) > .endnotes {inset}\n"
        if self.columns > 1:  # not where languages face each other: their notes stand in rows
            lists = (f"body > .report .endnotes ol:lang({tag})", f".part .endnotes ol:lang({tag})")
            rules += f"{', '.join(lists)} {{ columns: {self.columns} }}\n"
            rules += f"body > .report:lang({tag}) > .endnotes {{ margin-left: 0 }}\n"
        return rules


@dataclass(frozen=True)
class Guest(Sheet):
    """The sheet of `host` for a headline in another language, which stands there for a missing one.

    Its type is that of the host's headlines, but light (parts.css); its letters are its own.
    """

    host: Sheet

    @property
    def hand(self) -> Hand:
        """The families and habits of its language, in the host's size."""
        own = hand(self.language, self.theme)
        return replace(own, headline=self.host.hand.headline, bold=LIGHT)

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
    if hand(language, sheet.theme) == sheet.hand:
        return sheet
    return Guest(sheet.trim, language, sheet, theme=sheet.theme)


def css(trim: Trim, languages: Iterable[str], faces: Iterable[Face], theme: Theme) -> str:
    """Return the rules that depend on trim, languages of the articles, fonts and theme."""
    found = tuple(faces)
    rules = [_face(face) for face in found]
    rules += [
        f":lang({tag}) {{ font-family: {families(cut.families, theme)} }}\n"
        for tag, cut in CUTS[theme.family].items()
    ]
    sheets = [Sheet(trim, language, theme=theme) for language in languages]
    rules += [sheet.css(named=place > 0) for place, sheet in enumerate(sheets)]
    return "".join(rules)


def grid(sheet: Sheet, base: float) -> str:
    """Return the rule that draws the base lines behind the text; `base` is the first, in pt."""
    lead = _n(sheet.lead)
    return (
        f"@page {{ background: repeat-y left 0 top {_n(base)}pt / 100% {lead}pt "
        f"linear-gradient({GRID} {HAIRLINE}pt, #fff {HAIRLINE}pt) }}\n"
    )


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


def _n(value: float) -> str:
    """Return a number as CSS takes it, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
