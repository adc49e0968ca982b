"""Kinsoku: where a line of Japanese must not begin, and where it must not end.

Pango forbids most of it (Unicode Standard Annex 14, strict); here is all that JLREQ 3.1.7, 3.1.8
and 3.1.10 name, so that it does not hang on the version of Pango.
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
