"""Sub-headings: which short lines of a body are headings, by themselves and their fellows."""

from __future__ import annotations

import re
from typing import Final

from watchpress.language import dates
from watchpress.language.words import Words
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import leading, marks

# The beginnings of items, by form: items of one form in a row are a list, not headings.
_ITEMS: Final = {
    "brackets": re.compile(r"^[(（][0-9０-９]{1,2}[)）]\s*\S"),
    "number": re.compile(r"^[0-9０-９]{1,2}[.．、]\s?(?=\D)\S"),
    "roman": re.compile(r"^[IVX]{1,4}\.\s*\S"),
    "circle": re.compile(r"^[①-⑳]\s*\S"),
    "bullet": re.compile(r"^[•‣・▪●○■◆◇*＊]\s*\S"),
}
_LIST: Final = frozenset({"circle", "bullet"})  # of these forms no heading is made
_BRACKETS: Final = re.compile(r"^[\[［][^\[\]［］]{3,70}[\]］]$")
# What stands in brackets of its own and is a remark, not a heading.
_REMARK: Final = re.compile(
    r"^[\[［](?:[Nn]ote\b|[Ee]ditor|[Oo]mit|[Pp]hoto|[Ff]ig|[Ss]ource|\.\.\.|…|・・・"
    r"|注|訳注|訳者|編集|筆者|引用者|中略|前略|後略|以下略|省略|写真|図|出典|편집자|필자|이하|생략|중략|사진)"
    r"|(?:omitted|略|생략)[\]］]$"
)
_FIELD: Final = re.compile(
    r"^(?:To|From|Date|Re|Subject|Cc|宛先|宛て|差出人|日付|件名|수신|발신|받는 사람|날짜|제목)"
    r"\s*[:：]",
    re.IGNORECASE,
)
_FIRST: Final = frozenset("—–―-([［（*<＊※~=_")  # of an attribution, remark or ornament
_ENDS: Final = frozenset(":：,，、;；—–―")


def headings(lines: list[Line], words: Words) -> set[int]:
    """Return the indexes of the lines that are sub-headings."""
    found: set[int] = set()
    for index in range(len(lines)):
        if _possible(lines, index, words) and _is_heading(lines, index, words, found):
            found.add(index)
    return found


def form(text: str) -> str | None:
    """Return the form of item a line begins as, None where it begins as none."""
    return next((name for name, item in _ITEMS.items() if item.match(text)), None)


def bare(text: str, words: Words) -> str:
    """Return a line without its note markers and closing marks at the end."""
    for mark in reversed(marks(text)):
        if not text[mark.end :].strip(words.stops + " "):
            text = text[: mark.start] + text[mark.end :]
    return text.rstrip("".join(words.quotes.values()) + ")）]］ ")


def _possible(lines: list[Line], index: int, words: Words) -> bool:
    text = lines[index].text
    above = lines[index - 1].text if index else ""
    return (
        index + 1 < len(lines)
        and len(text) <= words.heading
        and above[-1:] not in tuple(":：")
        and leading(text) is None
        and any(sign.isalpha() for sign in text)
        and dates.whole(text) is None
        and not _FIELD.match(text)
    )


def _is_heading(lines: list[Line], index: int, words: Words, found: set[int]) -> bool:
    text, below = lines[index].text, lines[index + 1].text
    if _BRACKETS.match(text):
        return not _REMARK.search(text)
    kind = form(text)
    if kind in _LIST or text[-1] in _ENDS:
        return False
    above = lines[index - 1].text if index else ""
    if kind is not None:
        return kind not in (form(above), form(below)) and _names(text, words, below)
    if text[0] in _FIRST or text[0].islower() or _quotation(text, words):
        return False
    if index and index - 1 not in found and _short(above, words):
        return False  # one of several short lines: a signature, a dialogue, a list without signs
    return _names(text, words, below)


def _names(text: str, words: Words, below: str) -> bool:
    """Say whether a line is a title over what stands below: no sentence, and running text below.

    A question may be a title where what follows is longer than any. Japanese titles with a number
    end in a full stop now and then.
    """
    last = bare(text, words)[-1:]
    item = form(text)
    if last in words.stops and last:
        question = last in "?？" and len(below) > words.heading
        if not question and (words.spaced or item is None):
            return False
    start = re.sub(r"^\W*[0-9０-９IVX]+\W*", "", text) if item else text
    if start[:1].islower():
        return False
    return _runs_on(text, below, words) or (item is None and form(below) not in {None, *_LIST})


def _runs_on(text: str, below: str, words: Words) -> bool:
    """Say whether the line below is running text: longer than any heading, or a sentence."""
    if len(below) > words.heading:
        return True
    longer = form(text) is not None or len(below) > len(text)
    return longer and bare(below, words)[-1:] in tuple(words.stops)


def _quotation(text: str, words: Words) -> bool:
    """Say whether a line is a quotation from its first sign on, to its end or beyond."""
    end = words.quotes.get(text[0])
    return end is not None and (end not in text[1:] or text.endswith(end))


def _short(text: str, words: Words) -> bool:
    """Say whether a line is short and ends without a stop, as lines of a list do."""
    return len(text) <= words.heading and bare(text, words)[-1:] not in tuple(words.stops)
