"""Damage of the copy: what scraping and earlier tools have done to it. Found, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from watchpress.language.letters import MOJIBAKE
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import COMPOUND, addresses

# A comma or full stop with a letter glued behind it, a capital inside a word, a year glued to a
# word. Abbreviations (U.S., e.g.) have single letters and do not match.
_JOINED: Final = re.compile(
    r"\b[A-Za-z]*[A-Za-z]{2}[,;](?=[A-Za-z0-9])\w+"
    r"|\b[a-z]{2,}\.(?=[A-Z][a-z])\w+"
    r"|\b[A-Z]?[a-z]{3,}(?<!Mac)[A-Z][a-z]{3,}\b"
    r"|\b[a-z]{2,}(?:19|20)\d\d\b"
)
# 630日 was 6月30日: three or four digits before 日 that make a month and a day, unless what follows
# counts days (303日間).
_DAY: Final = re.compile(
    r"(?<![\d月])(?P<month>1[0-2]|[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?=[日일])(?![日일][間分目以後前ぶご간째])"
)
_BARE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d \d{1,2} \d{1,2}(?![\d年월日])")


def inspect(lines: Iterable[Line], words: Words, desk: Desk) -> None:
    """Tell R206 (mojibake), R207 (joined words), R208 (a date that lost its signs), N107."""
    for line in lines:
        taken = [(a.start, a.end) for a in addresses(line.text)]
        for code, pattern in _patterns(words):
            for match in pattern.finditer(line.text):
                if not any(start <= match.start() < end for start, end in taken):
                    desk.say(code, line, match.start(), text=match[0])


def _patterns(words: Words) -> list[tuple[str, re.Pattern[str]]]:
    patterns = [("R206", MOJIBAKE), ("N107", COMPOUND)]
    if words.eastern:
        return [*patterns, ("R208", _DAY), ("R208", _BARE)]
    return [*patterns, ("R207", _JOINED)]
