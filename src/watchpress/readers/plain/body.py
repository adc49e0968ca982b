"""The body of a report: which line is a paragraph, a sub-heading, a reproduced document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from watchpress.language.words import Words
from watchpress.readers.plain.lines import Desk, Line, shown
from watchpress.readers.plain.markers import leading, marks

_RULE: Final = re.compile(r"^(?:[*＊]{3,}|(?:[*＊] ){2,}[*＊])$")
_ITEM: Final = re.compile(
    r"^(?:[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．、]\s?(?=\D)|[IVX]{1,4}\.\s)\s*\S"
)
_BRACKETS: Final = re.compile(
    r"^[\[［](?!note\b|注|訳注|편집자)[^\[\]［］]{3,70}[\]］]$", re.IGNORECASE
)
_TO: Final = re.compile(r"^(?:To|宛先|宛て|수신|받는 사람)\s*[:：]", re.IGNORECASE)
_SIGNED: Final = re.compile(r"^[(（](?:Signed|署名|서명)[)）]", re.IGNORECASE)
_COLON: Final = re.compile(r"[:：]\s*$")


@dataclass(frozen=True)
class Block:
    """One line of the body and what it is; `group` numbers the reproduced documents."""

    kind: Literal["paragraph", "heading", "document"]
    line: Line
    group: int = 0


def blocks(lines: list[Line], words: Words, desk: Desk) -> Iterator[Block]:
    """Yield the blocks of the body.

    Lines of asterisks enclose a reproduced document and are themselves dropped (R304); one without
    its fellow is told (R108). `To:` opens a letter that ends with its signature.
    """
    groups = _documents(lines, desk)
    for index, line in enumerate(lines):
        if _RULE.match(line.text):
            desk.drop(line, "R304")
        elif index in groups:
            yield Block("document", line, groups[index])
        elif _is_heading(lines, index, words):
            yield Block("heading", line)
        else:
            yield Block("paragraph", line)


def _documents(lines: list[Line], desk: Desk) -> dict[int, int]:
    """Return line index -> number of the document it is part of."""
    rules = [n for n, line in enumerate(lines) if _RULE.match(line.text)]
    if len(rules) % 2:
        desk.say("R108", lines[rules[-1]], text=shown(lines[rules[-1]]))
    pairs = list(zip(rules[::2], rules[1::2], strict=False))
    enclosed = {n for first, last in pairs for n in range(first, last)}
    pairs += [pair for pair in _letters(lines) if pair[0] not in enclosed]
    return {
        n: k for k, (first, last) in enumerate(sorted(pairs), 1) for n in range(first, last + 1)
    }


def _letters(lines: list[Line]) -> Iterator[tuple[int, int]]:
    start = None
    for index, line in enumerate(lines):
        if start is None and _TO.match(line.text):
            start = index
        elif start is not None and _SIGNED.match(line.text):
            yield start, index
            start = None


def _is_heading(lines: list[Line], index: int, words: Words) -> bool:
    """Say whether a line is a sub-heading: short, no sentence, with longer text below it."""
    text, below = lines[index].text, lines[index + 1].text if index + 1 < len(lines) else ""
    above = lines[index - 1].text if index else ""
    if not below or len(text) > words.heading or _COLON.search(above) or leading(text):
        return False
    if _BRACKETS.match(text):
        return True
    if _ITEM.match(text):
        return _is_item_heading(text, below, words)
    return _is_plain_heading(text, below, words)


def _is_item_heading(text: str, below: str, words: Words) -> bool:
    # `(1) to do this; (2) to do that`, one a line, is a list: there an item follows an item.
    # Japanese sub-headings with a number end in 。 now and then.
    ends = text[-1] in ",;、，；:：" or (words.spaced and text[-1] in words.stops)
    return not ends and not _ITEM.match(below) and _runs_on(text, below, words)


def _is_plain_heading(text: str, below: str, words: Words) -> bool:
    closing = "".join(words.quotes.values())
    if text[0] in words.quotes or text[0] in "(（*<" or text[0].islower():
        return False
    if text[-1] in words.stops + ":：,，、;；)）" or text.rstrip(closing)[-1:] in words.stops:
        return False
    return not marks(text) and len(below) > len(text) and _runs_on(text, below, words)


def _runs_on(text: str, below: str, words: Words) -> bool:
    """Say whether the line below is running text: longer than any heading, or a sentence."""
    closing = "".join(words.quotes.values()) + ")）"
    sentence = re.sub(r"[\[［][^\]］]*[\]］]", "", below).rstrip(closing + " ")[-1:] in words.stops
    return sentence or len(below) > max(len(text), words.heading)
