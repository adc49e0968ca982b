"""The design of printed pages as tokens: what a theme says of type, page, notes, heads and colours.

The numbers are in styles/themes/, one file a theme; here is their form. What a file may say, and
what is wrong with one, is for series/themes.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final, Literal, TypeAlias

from watchpress.files import Styles

STANDARD: Final = "report"  # the theme where none is named; all others begin from it
FOLDER: Final = "themes"  # in the folder of style sheets


@dataclass(frozen=True)
class Page:
    """Margins: side (of the width) and top (of the height); see report.toml for the rest."""

    side: float
    top: float
    growth: float
    aside: float


@dataclass(frozen=True)
class Hand:
    """How a language is set: size and lead on A5 in pt, the letters that a line may hold.

    `headline`: its size in sizes of the text; `weight`: that of headings.
    """

    size: float
    lead: float
    letters: int
    headline: float
    weight: int


@dataclass(frozen=True)
class Text:
    """The running text: flush or ragged, broken words, emphasis, how paragraphs are told apart."""

    justify: bool
    hyphens: bool
    emphasis: Literal["italic", "bold"]
    paragraphs: Literal["indent", "space"]


@dataclass(frozen=True)
class Notes:
    """The lists of notes: size and lead in those of the text, columns at most."""

    size: float
    columns: int


@dataclass(frozen=True)
class Running:
    """Running heads and folios: sizes in those of the text, the slant of the headline.

    `series`: the series stands at the left, the headline at the right; else the headline alone.
    """

    head: float
    folio: float
    style: Literal["italic", "normal"]
    series: bool


@dataclass(frozen=True)
class Colours:
    """Colours as CSS takes them."""

    text: str
    heading: str
    accent: str
    quiet: str


@dataclass(frozen=True)
class Theme:
    """A theme: its tokens, and the names of the style sheets that say what tokens cannot."""

    name: str
    family: Literal["serif", "sans"]
    page: Page
    hands: Mapping[str, Hand]
    text: Text
    notes: Notes
    running: Running
    colours: Colours
    sheets: tuple[str, ...] = ()

    @property
    def columned(self) -> bool:
        """Say whether texts stand beside each other on its pages."""
        return self.page.aside > 0 or self.notes.columns > 1


@dataclass(frozen=True)
class Range:
    """Numbers from `least` to `most`; whole ones only where `whole`."""

    least: float
    most: float
    whole: bool = False

    def holds(self, value: object) -> bool:
        """Say whether a value is such a number."""
        kinds = int if self.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            return False
        return self.least <= float(value) <= self.most

    def __str__(self) -> str:
        """Return it as people write it."""
        return f"{self.least:g} … {self.most:g}"


COLOUR: Final = "#000000 … #ffffff"
SWITCH: Final = "true | false"
Form: TypeAlias = Range | tuple[str, ...] | str
_HAND: Final[Mapping[str, Form]] = {
    "size": Range(6, 36),
    "lead": Range(7, 72),
    "letters": Range(10, 100, whole=True),
    "headline": Range(1, 3),
    "weight": Range(400, 700, whole=True),
}
LANGUAGES: Final = ("en", "ja", "ko")
# Each token of each table, and what it may be; "" is the top of the file.
TOKENS: Final[Mapping[str, Mapping[str, Form]]] = {
    "": {"family": ("serif", "sans")},
    "page": {
        "side": Range(0.06, 0.3),
        "top": Range(0.05, 0.2),
        "growth": Range(0, 0.1),
        "aside": Range(0, 0.3),
    },
    **dict.fromkeys(LANGUAGES, _HAND),
    "text": {
        "justify": SWITCH,
        "hyphens": SWITCH,
        "emphasis": ("italic", "bold"),
        "paragraphs": ("indent", "space"),
    },
    "notes": {"size": Range(0.6, 1), "columns": Range(1, 3, whole=True)},
    "running": {
        "head": Range(0.5, 1.2),
        "folio": Range(0.5, 1.2),
        "style": ("italic", "normal"),
        "series": SWITCH,
    },
    "colours": dict.fromkeys((field.name for field in fields(Colours)), COLOUR),
}


def theme(name: str, raw: Mapping[str, Any], sheets: tuple[str, ...] = ()) -> Theme:
    """Return a theme of its tokens by table, all of them, as TOML gives them."""
    return Theme(
        name=name,
        family=raw["family"],
        page=Page(**raw["page"]),
        hands={tag: Hand(**raw[tag]) for tag in LANGUAGES},
        text=Text(**raw["text"]),
        notes=Notes(**raw["notes"]),
        running=Running(**raw["running"]),
        colours=Colours(**raw["colours"]),
        sheets=sheets,
    )


@cache
def standard() -> Theme:
    """Return the theme that pages have where nobody has asked for another."""
    # Imported here: an EPUB is made without.
    import tomllib

    return theme(STANDARD, tomllib.loads(Styles().text(f"{FOLDER}/{STANDARD}.toml")))
