"""Kinsoku and geumchik: with which signs a line must not begin, and with which it must not end.

For Japanese, all that JLREQ 3.1.7, 3.1.8 and 3.1.10 name: Pango forbids most of it (Unicode
Standard Annex 14, strict), and the rest must not hang on its version. For Korean, the same rule
with the marks of KS X 1001 and the Latin ones that Korean is written with.
"""

from __future__ import annotations

import re
from typing import Final

# JLREQ 3.1.7: closing brackets, hyphens, dividing marks, middle dots, full stops, commas,
# iteration marks, the prolonged sound mark, small kana; 3.1.10: marks behind a number.
NEVER_FIRST: Final = (
    "」』）〕］｝〉》】〙〗”’〟｠)]}»‐゠–〜～？！‼⁇⁈⁉?!・：；:;。．.、，,ヽヾゝゞ々〻ー"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "°′″℃¢％‰%"
)
# JLREQ 3.1.8: opening brackets; 3.1.10: marks before a number.
NEVER_LAST: Final = "「『（〔［｛〈《【〘〖“‘〝｟([{«￥＄£＃€№"
# JLREQ 3.1.10: dashes and dots that belong together.
PAIRS: Final = "—―…‥─━〳〴〵"

_BARRED: Final = re.compile(
    rf"(?<=.)(?=[{re.escape(NEVER_FIRST)}])|(?<=[{re.escape(NEVER_LAST)}])(?=.)"
    rf"|(?<=([{PAIRS}]))(?=\1)"
)


def barred(text: str) -> frozenset[int]:
    """Return the places in `text` at which a line must not end."""
    return frozenset(match.start() for match in _BARRED.finditer(text))


# Geumchik: the leading and following characters of Korean word processors; no kana among them.
_KOREAN_FIRST: Final = "」』）〕］｝〉》】”’)]}»！？!?·：；:;。．.、，,°′″℃￠％‰%"
_KOREAN_LAST: Final = "「『（〔［｛〈《【“‘([{«￥＄￡$₩￦"
_EDGES: Final = {
    "ja": (frozenset(NEVER_FIRST), frozenset(NEVER_LAST)),
    "ko": (frozenset(_KOREAN_FIRST), frozenset(_KOREAN_LAST)),
}


def parted(end: str, start: str, tag: str) -> bool:
    """Say whether a line that ends with the sign `end` must not be followed by one with `start`.

    `tag` is that of the language; of one without such rules, as English, nothing is said: there a
    line ends at a space.
    """
    rule = _EDGES.get(tag.split("-", 1)[0].lower())
    if rule is None or not end or not start:
        return False
    first, last = rule
    return start in first or end in last or (end == start and end in PAIRS)
