"""How a language is set: what is known of its type, and what a theme makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.theme import Theme

SERIF: Final = ("Watchpress Serif", "Watchpress Serif JP", "Watchpress Serif KR")
SANS: Final = ("Watchpress Sans", "Watchpress Sans JP", "Watchpress Sans KR")
# Where the pinned fonts are absent: what Debian's fonts-noto-cjk brings, else what there is.
STRANGE: Final = {
    "serif": ("Noto Serif CJK JP", "Noto Serif CJK KR", "serif"),
    "sans": ("Noto Sans CJK JP", "Noto Sans CJK KR", "sans-serif"),
}


@dataclass(frozen=True)
class Cut:
    """What is known of the type of a language, whatever its size.

    `letter` is the width of its average letter in em.
    `foot`: from the foot of a line as high as its type to the base line, in em of its first family.
    `squared`: the measure is a whole number of em, as letters stand in a square each.
    """

    letter: float
    families: tuple[str, ...]
    foot: float
    squared: bool = False


def _cuts(
    families: tuple[str, ...], letters: Sequence[float], feet: Sequence[float]
) -> dict[str, Cut]:
    latin, japanese, korean = families
    return {
        "en": Cut(letters[0], (latin, japanese, korean), feet[0]),
        "ja": Cut(1.0, (japanese, latin, korean), feet[1], squared=True),
        "ko": Cut(letters[1], (korean, latin, japanese), feet[1]),
    }


CUTS: Final = {
    "serif": _cuts(SERIF, (0.4765, 0.83), (0.1495, 0.0675)),
    "sans": _cuts(SANS, (0.4175, 0.789), (0.188, 0.064)),
}
MODEL_HAND: Final = "en"


@dataclass(frozen=True)
class Hand(Cut):
    """How a language is set by a theme: its cut; size and lead on A5 in pt.

    `most`: the letters that a line may hold; `headline`: its size in em of the text; `bold`: the
    weight of headings.
    """

    size: float = 0.0
    lead: float = 0.0
    most: int = 0
    headline: float = 1.0
    bold: int = 700


def hand(language: str, theme: Theme) -> Hand:
    """Return how a language tag is set; a language that is in no theme is set as English."""
    tag = language.split("-", 1)[0].lower()
    tag = tag if tag in theme.hands else MODEL_HAND
    own, cut = theme.hands[tag], CUTS[theme.family][tag]
    return Hand(
        **vars(cut),
        size=own.size,
        lead=own.lead,
        most=own.letters,
        headline=own.headline,
        bold=own.weight,
    )


def latin(theme: Theme) -> str:
    """Return the family that Latin letters and figures are set in."""
    return CUTS[theme.family][MODEL_HAND].families[0]


def families(names: Iterable[str], theme: Theme) -> str:
    """Return families as CSS takes them, with what may stand in for them."""
    *strange, last = STRANGE[theme.family]
    return ", ".join([*(f'"{name}"' for name in (*names, *strange)), last])
