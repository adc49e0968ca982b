"""Damage of the copy: what scraping and earlier tools have done to it. Found, never repaired."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from watchpress.language.letters import MOJIBAKE
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import COMPOUND, addresses

# A stop or a closing mark with a letter glued behind it, a day glued to its year. Abbreviations
# (U.S., e.g.) have single letters, and (D)iplomacy a single one in its brackets: no match.
_JOINED: Final = re.compile(
    r"\b[A-Za-z]*[A-Za-z]{2}[,;][A-Za-z0-9]\w*"
    r"|\b[a-z]{2,}\.[A-Z][a-z]\w*"
    r"|\[\d{1,3}\][.,][A-Z]\w*"
    r"|(?<!\(\w)\)[a-z]{2}\w*"
    r"|(?<=\S)[.,]?”[A-Za-z]\w*"
    r"|\b\d{1,2},(?:19|20)\d\d\b"
)
# A capital inside a word, a year glued to a word: joined only if both pieces are words of this
# report elsewhere; PowerPoint is one word.
_PERHAPS: Final = re.compile(
    r"\b([A-Z]?[a-z]{3,})([A-Z][a-z]{3,})\b|\b([a-z]{2,})((?:19|20)\d\d)\b"
)
_WORD: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z0-9])")
# 630日 was 6月30日: three or four digits before 日 that make a month and a day, unless what follows
# counts days (303日間).
_DAY: Final = re.compile(
    r"(?<![\d月])(?P<month>1[0-2]|[1-9])(?P<day>3[01]|[12]\d|0[1-9])(?=[日일])(?![日일][間分目以後前ぶご간째])"
)
_BARE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d \d{1,2} \d{1,2}(?![\d年월日])")


def inspect(lines: Iterable[Line], words: Words, desk: Desk) -> None:
    """Tell R206 (mojibake), R207 (joined words), R208 (a date that lost its signs), N107."""
    found = list(lines)
    known = {word.lower() for line in found for word in _WORD.findall(line.text)}
    for line in found:
        taken = [(a.start, a.end) for a in addresses(line.text)]
        for code, match in _matches(line.text, words, known):
            if not any(start <= match.start() < end for start, end in taken):
                desk.say(code, line, match.start(), text=match[0])


def _matches(
    text: str, words: Words, known: Collection[str]
) -> Iterator[tuple[str, re.Match[str]]]:
    patterns = [("R206", MOJIBAKE), ("N107", COMPOUND)]
    patterns += [("R208", _DAY), ("R208", _BARE)] if words.eastern else [("R207", _JOINED)]
    for code, pattern in patterns:
        yield from ((code, match) for match in pattern.finditer(text))
    if not words.eastern:
        yield from (("R207", match) for match in _PERHAPS.finditer(text) if _apart(match, known))


def _apart(match: re.Match[str], known: Collection[str]) -> bool:
    """Say whether the pieces of a match are words (or a year) of the report on their own."""
    pieces = [piece.lower() for piece in match.groups() if piece and not piece.isdigit()]
    return all(piece in known for piece in pieces)
