"""Where English words may be hyphenated, and what it costs.

Of WeasyPrint this room takes `Layout` and `line_size` of text.line_break; the widths of hyphens are
kept on its FontConfiguration.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import pyphen
from weasyprint.text.line_break import Layout, line_size

from watchpress.backends.pdf.flow import Flow
from watchpress.backends.pdf.plan import End

SOFT: Final = "\u00ad"  # soft hyphen: a word that has one is broken nowhere else (CSS Text 3, 5.4)
JOINER: Final = "\u2060"  # word joiner: keeps the word that it is in whole
LETTERS: Final = rf"[^\W\d_]+(?:[{SOFT}{JOINER}][^\W\d_]+)*"
WORD: Final = re.compile(rf"(?<![\w\u2010\u2011-]){LETTERS}(?:[’']{LETTERS})?(?![\w\u2010\u2011-])")
COST: Final = 300.0  # what it costs to hyphenate a word: a space stretched by three quarters
NEED: Final = (5, 2, 3)  # letters of a word, before a hyphen, behind it (Chicago 7.37), if in need;
DEAR: Final = 1200.0  # that costs this much more: nothing of it where spaces are not wide
NAMED: Final = 600.0  # and a name, which Chicago (7.42) would rather keep whole


def ends(made: Flow) -> list[End]:
    """Return the places within words where lines may end in a hyphen."""
    found = []
    final = made.text.rstrip().rpartition(" ")[0]
    for leaf in made.leaves:
        style = leaf.box.style
        if style["hyphens"] != "auto" or style["white_space"] == "nowrap":
            continue
        hyphen = width(style)
        limits = style["hyphenate_limit_chars"]
        least = tuple(map(min, limits, NEED))
        for match in WORD.finditer(made.text, leaf.start, leaf.end):
            word = match[0]
            if match.start() >= len(final) or _said(word):
                continue
            cost = NAMED if word[0].isupper() else COST
            good = _syllables(word, style["lang"], limits)
            for place in _syllables(word, style["lang"], least):
                at = match.start() + place
                price = cost if place in good else cost + DEAR
                found.append(End(at, at, hyphen, 0.0, 0.0, price, True))
    return found


def _said(word: str) -> bool:
    """Say whether the copy itself says where a word may be broken."""
    return SOFT in word or JOINER in word


def _syllables(word: str, language: str, limits: tuple[int, ...]) -> tuple[int, ...]:
    total, left, right = limits
    return syllables(word, language, left, right) if len(word) >= total else ()


@lru_cache(maxsize=4096)
def syllables(word: str, language: str, left: int, right: int) -> tuple[int, ...]:
    """Return where a word may be hyphenated: `left` letters before, `right` behind at least."""
    known = pyphen.language_fallback(language or "")
    if not known:
        return ()
    return tuple(_dictionary(known, left, right).positions(word))


@lru_cache(maxsize=16)
def _dictionary(language: str, left: int, right: int) -> Any:
    return pyphen.Pyphen(lang=language, left=left, right=right)


def width(style: Any) -> float:
    """Return the width of the hyphen in px."""
    known: dict[Any, float] = style.font_config.__dict__.setdefault("hyphens", {})
    key = tuple(
        str(style[name])
        for name in ("font_family", "font_size", "font_weight", "font_style", "hyphenate_character")
    )
    if key not in known:
        layout = Layout(style)
        layout.set_text(style["hyphenate_character"])
        known[key] = line_size(layout.get_first_line()[0], style)[0]
    return known[key]
