"""The body of a report: which line is a paragraph, a sub-heading, a document, a table, a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from watchpress.language.words import Words
from watchpress.readers.plain.exhibits import Figure, Table, captions, exhibits
from watchpress.readers.plain.headings import form, headings
from watchpress.readers.plain.lines import Desk, Line, shown

_RULE: Final = re.compile(r"^(?:[*＊]{3,}|(?:[*＊] ){2,}[*＊])$")
_TO: Final = re.compile(r"^(?:To|宛先|宛て|수신|받는 사람)\s*[:：]", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"^[(（](?:Signed|署名|서명)[)）]|[(（](?:signed|署名|서명)[)）]$", re.IGNORECASE
)
_ALONE: Final = re.compile(r"^[(（](?:Signed|署名|서명)[)）]$", re.IGNORECASE)
SIGNERS: Final = 4  # most lines of names below a (Signed) that stands alone


# Stands for a table or figure where lines are looked at: running text, longer than any heading.
_FILLER: Final = "x" * 200


@dataclass(frozen=True)
class Block:
    """One line of the body and what it is; `group` numbers the reproduced documents.

    `exhibit`: the table or figure that a block is; `line` is then its first line.
    """

    kind: Literal["paragraph", "heading", "document", "exhibit"]
    line: Line
    group: int = 0
    exhibit: Table | Figure | None = None

    @property
    def last(self) -> Line:
        """The last line of the block."""
        return (self.exhibit and self.exhibit.last) or self.line


def blocks(lines: list[Line], words: Words, desk: Desk) -> Iterator[Block]:
    """Yield the blocks of the body.

    Lines of asterisks enclose a reproduced document and are themselves dropped (R304); where one
    has no fellow they enclose nothing, and that is told (R108). `To:` opens a letter that ends with
    its signature; one that never ends is told (R113). Tables and figures: see exhibits.py.
    """
    entries = exhibits(lines, words, desk)
    lines = [
        one if isinstance(one, Line) else Line(one.first.number, _FILLER, ()) for one in entries
    ]
    groups = _documents(lines, words, desk)
    titles = headings(lines, words)
    for index, (line, entry) in enumerate(zip(lines, entries, strict=True)):
        if not isinstance(entry, Line):
            yield Block("exhibit", entry.first, groups.get(index, 0), entry)
        elif _RULE.match(line.text):
            desk.drop(line, "R304")
        elif index in groups:
            yield Block("document", line, groups[index])
        elif index in titles and not captions(line, words):
            yield Block("heading", line)
        else:
            yield Block("paragraph", line)


def _documents(lines: list[Line], words: Words, desk: Desk) -> dict[int, int]:
    """Return line index -> number of the document it is part of."""
    rules = [n for n, line in enumerate(lines) if _RULE.match(line.text)]
    pairs: list[tuple[int, int]] = []
    if len(rules) % 2:
        desk.say("R108", lines[rules[-1]], text=shown(lines[rules[-1]]))
    else:
        pairs = list(zip(rules[::2], rules[1::2], strict=True))
    enclosed = {n for first, last in pairs for n in range(first, last)}
    pairs += _letters(lines, words, desk, enclosed)
    return {
        n: k for k, (first, last) in enumerate(sorted(pairs), 1) for n in range(first, last + 1)
    }


def _letters(
    lines: list[Line], words: Words, desk: Desk, enclosed: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield (first, last) line of each letter outside the documents already found."""
    start: int | None = None
    for index, line in enumerate(lines):
        if index in enclosed:
            continue
        if _TO.match(line.text) and _address(line.text, words):
            if start is not None:
                desk.say("R113", lines[start])
            start = index
        elif start is not None and _SIGNED.search(line.text):
            yield start, _signers(lines, index, words)
            start = None
    if start is not None:
        desk.say("R113", lines[start])


def _address(text: str, words: Words) -> bool:
    """Say whether a `To:` line is an address: short, and no sentence."""
    return len(text) <= words.heading and text[-1] not in words.stops


def _signers(lines: list[Line], index: int, words: Words) -> int:
    """Return the last line of a signature: names may stand below a (Signed) of its own."""
    last = index
    if _ALONE.match(lines[index].text):
        for line in lines[index + 1 : index + 1 + SIGNERS]:
            if len(line.text) > words.heading or line.text[-1] in words.stops or form(line.text):
                break
            last += 1
    return last
