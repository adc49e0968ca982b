"""Letters without white space that know where white space was: what two texts are compared by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, TypeAlias

Form: TypeAlias = Literal["pdf", "epub"]

SOFT: Final = "\N{SOFT HYPHEN}"  # a hyphen at the end of a printed line: the engine's or the copy's
HYPHENS: Final = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"

# Break opportunities, and their opposite, that a maker adds to addresses and words.
_ADDED: Final = {0x200B: None, 0x2060: None, 0xFEFF: None}
# Letters that the fonts in use draw with one glyph: the page is the same, and a PDF can give back
# only one of them. From the character maps of Source Serif 4, Noto Serif JP and KR.
_TWINS: Final[Mapping[str, str]] = {
    "\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{FIGURE DASH}": "–",
    "\N{MICRO SIGN}": "μ", "\N{INCREMENT}": "Δ", "ʻ": "‘", "ʼ": "’", "∕": "／", "⁄": "／",
    "～": "〜", "⋯": "…", "｀": "‵", "⮕": "➡", "逸": "𨓜", "櫸": "𣟱",
    **{chr(0x2780 + n): chr(0x2460 + n) for n in range(10)},  # ➀ and ①
    **{chr(0x278A + n): chr(0x2776 + n) for n in range(10)},  # ➊ and ❶
    # Ligatures that are letters of their own in Unicode: PDFium gives their parts.
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st",
    **{chr(0xFFA1 + n): chr(0x3131 + n) for n in range(30)},  # half-width Hangul letters
}  # fmt: skip
# Never drawn, or drawn as another form of the letter before: not in the text of a PDF.
_UNDRAWN: Final = {
    code: None for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0xAD, 0x200C, 0x200D)
}
TABLES: Final[Mapping[Form, Mapping[int, str | None]]] = {
    "epub": _ADDED,
    "pdf": {**_ADDED, **_UNDRAWN, **{ord(one): other for one, other in _TWINS.items()}},
}


def given(text: str, form: Form) -> str:
    """Return `text` as that form of product can give it back."""
    if form == "pdf":  # a font draws composed letters, however they were written
        text = unicodedata.normalize("NFC", text)
    return text.translate(TABLES[form])


@dataclass
class Letters:
    """A text that grows: letters only; `gaps` are the positions with white space before them."""

    gaps: set[int] = field(default_factory=set)
    length: int = 0
    _pieces: list[str] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Add words; their white space is remembered, however much of it there is."""
        pieces = words.split()
        if words[:1].isspace():
            self.gaps.add(self.length)
        for index, piece in enumerate(pieces):
            if index:
                self.gaps.add(self.length)
            self._pieces.append(piece)
            self.length += len(piece)
        if pieces and words[-1].isspace():
            self.gaps.add(self.length)

    def attach(self, words: str) -> str:
        """Compose the last letter with marks that `words` begin with; return what is left of them.

        A letter and its mark can come out of two fonts, and so in two runs.
        """
        while words and self._pieces and unicodedata.combining(words[0]):
            composed = unicodedata.normalize("NFC", self._pieces[-1] + words[0])
            if len(composed) > len(self._pieces[-1]):
                break
            self._pieces[-1], words = composed, words[1:]
        return words

    @property
    def text(self) -> str:
        """The letters so far."""
        return "".join(self._pieces)


def show(text: str, gaps: Iterable[int], start: int, end: int) -> str:
    """Return the letters from `start` to `end` as words, for people to read."""
    start, end = max(start, 0), min(end, len(text))
    parts = [start, *sorted(gap for gap in gaps if start < gap < end), end]
    return " ".join(text[one:two] for one, two in pairwise(parts)).replace(SOFT, "")


def around(text: str, gaps: Iterable[int], at: int, reach: int = 16) -> str:
    """Return the words round the position `at`: whole ones, where they are not too long."""
    gaps = list(gaps)
    start = max((gap for gap in gaps if at - reach <= gap <= at - reach // 2), default=at - reach)
    end = min((gap for gap in gaps if at + reach // 2 <= gap <= at + reach), default=at + reach)
    return show(text, gaps, start, end)
