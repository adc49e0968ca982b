"""Lines of display type: where a headline may break, and where it breaks best."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, TypeAlias

Measure: TypeAlias = Callable[[str], float]

# JLREQ 3.1.7 and 3.1.8 (requirements for Japanese text layout): what begins and ends no line.
NO_START: Final = frozenset(
    "、。，．・：；！？‼⁇⁈⁉）〕］｝〉》」』】〙〗〟’”｠»‐゠–〜～々〻ーぁぃぅぇぉっゃゅょゎゕゖ"
    "ァィゥェォッャュョヮヵヶ,.:;!?)]}%％…‥—―"
)
NO_END: Final = frozenset("（〔［｛〈《「『【〘〖〝‘“｟«([{§#＃$＄¥￥")
_WORD: Final = frozenset(("latin", "digit", "hangul"))  # broken at spaces only
# What a break costs, against the squared share of the measure by which a line is off: a Japanese
# phrase mostly ends where hiragana do, and is torn inside a run of one script.
_INSIDE: Final = {"kanji": 0.2, "katakana": 0.6, "hiragana": 0.12}
_ENDING: Final = 0.25  # hiragana at the start: mostly an ending torn off its word
_COMPOUND: Final = 0.06  # kanji and katakana, or either and Latin: often one word
_JOINED: Final = 0.05  # after a hyphen inside a word
_SPACE: Final = 0.012
_LINK: Final = 0.03  # after a short word, mostly an article or preposition: it belongs to the next


def kind(sign: str) -> str:
    """Return the class of a character as line breaking sees it."""
    if sign.isspace():
        return "space"
    name = unicodedata.name(sign, "")
    for script in ("HANGUL", "HIRAGANA", "KATAKANA"):
        if script in name:
            return script.lower()
    if name.startswith("CJK UNIFIED") or name.startswith("CJK COMPATIBILITY IDEOGRAPH"):
        return "kanji"
    if sign.isdigit():
        return "digit"
    if sign.isalpha():
        return "latin"
    return "sign"


def breaks(text: str, *, anywhere: bool = False) -> Iterator[tuple[int, float]]:
    """Yield (position, cost) where `text` may break before the character at that position.

    `anywhere` breaks words too, for a word wider than the line.
    """
    kinds = [kind(sign) for sign in text]
    for i in range(1, len(text)):
        before = text[i - 1] if text[i - 1] != " " else text[i - 2 : i - 1]
        if text[i] == " " or text[i] in NO_START or before in NO_END:
            continue
        price = _space(text, i) if text[i - 1] == " " else _price(text, kinds, i)
        if price is None and anywhere:
            price = 1.0
        if price is not None:
            yield i, price


def _space(text: str, i: int) -> float:
    """Return the cost of a break after the space before position `i`."""
    word = text[: i - 1].rsplit(" ", 1)[-1]
    if not word or kind(word[-1]) == "sign":
        return 0.0
    return _LINK if word.isascii() and len(word) <= 3 else _SPACE


def _price(text: str, kinds: list[str], i: int) -> float | None:
    """Return the cost of a break before position `i` where no space is, None where none may be."""
    before, after = kinds[i - 1], kinds[i]
    if before in _WORD and after in _WORD:
        return None
    if "sign" in (before, after):
        return _sign(text, kinds, i)
    if before == after:
        return _INSIDE[before]
    if after == "hiragana":
        return _ENDING
    return 0.0 if before == "hiragana" else _COMPOUND


def _sign(text: str, kinds: list[str], i: int) -> float | None:
    """Return the cost of a break beside a sign: wide ones part words, narrow ones belong to one."""
    if kinds[i] in _WORD and not _wide(text[i - 1]):
        hyphen = text[i - 1] in "-/" and kinds[i - 2 : i - 1] != ["space"]
        return _JOINED if hyphen else None
    return None if kinds[i - 1] in _WORD and not _wide(text[i]) else 0.0


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "FW"


def lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return `text` in as few lines of at most `width` as it takes, as even as they come.

    `width` is in the units of `measure`. A word wider than a line is broken; a single character
    wider than a line stands alone and sticks out.
    """
    found = _fit(text, list(breaks(text)), width, measure)
    if found is None:
        found = _fit(text, list(breaks(text, anywhere=True)), width, measure)
    return [text] if found is None else found


def _fit(
    text: str, places: list[tuple[int, float]], width: float, measure: Measure
) -> list[str] | None:
    """Return the best lines for these places to break, None where a piece is too wide."""
    cuts = [0, *(place for place, _ in places), len(text)]
    costs = [0.0, *(cost for _, cost in places), 0.0]
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    full = [measure(piece) for piece in pieces]
    bare = [
        measure(p.rstrip()) if p.endswith(" ") else w for p, w in zip(pieces, full, strict=True)
    ]
    if max(bare) > width:
        return None
    count = _fewest(full, bare, width)
    ends = _even(full, bare, costs, width, sum(full) / count)
    starts = [0, *ends[:-1]]
    return [text[cuts[a] : cuts[b]].strip() for a, b in zip(starts, ends, strict=True)]


def _fewest(full: list[float], bare: list[float], width: float) -> int:
    """Return how many lines it takes when each is filled as far as it goes."""
    count, used = 1, 0.0
    for whole, cut in zip(full, bare, strict=True):
        if used + cut > width:
            count, used = count + 1, 0.0
        used += whole
    return count


def _even(
    full: list[float], bare: list[float], costs: list[float], width: float, ideal: float
) -> list[int]:
    """Return the piece after each line's last: least sum of squared distances from `ideal`."""
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for end in range(1, len(full) + 1):
        choices = []
        for start in range(end):
            length = sum(full[start : end - 1]) + bare[end - 1]
            if length <= width:
                off = (length - ideal) / width
                price = best[start][0] + off * off + costs[end]
                choices.append((price, [*best[start][1], end]))
        best.append(min(choices))
    return best[-1][1]
