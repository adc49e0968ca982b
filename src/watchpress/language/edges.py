"""The words at the ends of a line of print, as the eye takes them when it runs down the page."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’‐-]\w+)*")
# Japanese has no spaces: a word is a run of one script. Hiragana says how words hang together (の,
# は, した) and stands at every second line's end: nobody sees a pattern in it.
_RUN: Final = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々]+|[\u30a1-\u30fa\u30fc-\u30fe]+|[A-Za-z0-9]+"
)
_SOLID: Final = frozenset({"ja"})  # languages without spaces
_LEAST: Final = 2  # letters: below it is an article, a particle, a figure


def edges(text: str, tag: str) -> tuple[str, str]:
    """Return the first and the last word of a line in small letters, "" for one that is none.

    `tag` is that of its language. What stands for no word of its own (one letter; in Japanese
    hiragana) is no word; marks before and behind do not count.
    """
    rule = _RUN if tag.split("-", 1)[0].lower() in _SOLID else _WORD
    found = list(rule.finditer(text))
    if not found:
        return "", ""
    first, last = found[0], found[-1]
    return (
        "" if _wordy(text[: first.start()]) else _word(first[0]),
        "" if _wordy(text[last.end() :]) else _word(last[0]),
    )


def _wordy(text: str) -> bool:
    return any(map(str.isalnum, text))


def _word(text: str) -> str:
    return text.casefold() if len(text) >= _LEAST else ""
