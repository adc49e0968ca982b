"""Bulk: piles of marks, words and paragraphs of a size that no author writes. Found, kept.

The page engine takes them in time that grows faster than they do; the limit of time stops it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from watchpress.readers.plain.lines import Desk, Line

PILE: Final = 8  # marks on one letter; Vietnamese has two, pointed Hebrew four
WORD: Final = 500  # letters without a place to break; the longest addresses have some 300
PARAGRAPH: Final = 20_000  # letters; some ten pages of A5 without a break
_WORDS: Final = re.compile(rf"[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\uffef/.?&=_-]{{{WORD + 1},}}")


def inspect(lines: Iterable[Line], desk: Desk) -> None:
    """Tell R502 (marks piled on one letter), R503 (a huge word), R504 (a huge paragraph)."""
    for line in lines:
        if len(line.text) > PARAGRAPH:
            desk.say("R504", line, count=len(line.text), most=PARAGRAPH)
        if not line.text.isascii():
            _piles(line, desk)
        for found in _WORDS.finditer(line.text) if len(line.text) > WORD else ():
            desk.say("R503", line, found.start(), count=len(found[0]), text=f"{found[0][:20]}…")


def _piles(line: Line, desk: Desk) -> None:
    """Tell the first pile of a line."""
    marked = (unicodedata.combining(sign) != 0 for sign in line.text)
    start = 0
    for is_mark, run in groupby(marked):
        count = sum(1 for _ in run)
        if is_mark and count > PILE:
            desk.say("R502", line, start, count=count, most=PILE)
            return
        start += count
