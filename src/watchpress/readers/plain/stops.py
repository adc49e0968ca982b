"""Where a line stops: its last sign but for markers, brackets and closing marks behind it."""

from __future__ import annotations

import re
from typing import Final

from watchpress.language.words import Words
from watchpress.readers.plain.lines import Line

LONGEST: Final = {True: 250, False: 110}  # characters of a headline without §, by Words.spaced
CUT: Final = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")  # how a blog ends what it cut short
# Brackets with what is in them (a marker, an aside), and closing marks; looked for near the end.
_BEHIND: Final = re.compile(
    r"(?:\s|[\[［【〔(（][^\[\]［］【】〔〕()（）]{0,60}[\]］】〕)）]|[\]］】〕)）”’»\"'」』〉》〟｣])+$"
)
_REACH: Final = 200


def bare(text: str) -> str:
    """Return a text without the brackets, closing marks and spaces at its end."""
    match = _BEHIND.search(text, max(0, len(text) - _REACH))
    return text[: match.start()] if match else text


def finished(text: str, words: Words) -> bool:
    """Say whether a text ends as a sentence, whatever marker or bracket stands behind its stop."""
    return bare(text)[-1:] in tuple(words.stops)


def loose(line: Line, words: Words) -> bool:
    """Say whether a line is short and no sentence, as the lines round a report on a page are."""
    return len(line.text) <= LONGEST[words.spaced] and not finished(line.text, words)
