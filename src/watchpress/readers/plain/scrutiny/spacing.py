"""Spaces and commas: a space too many, one missing, one at the wrong side; commas of two widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import leading
from watchpress.readers.plain.scrutiny.subject import Subject, clear

# Blogs put a space of either kind beside the other; two of one kind, or more, are typed.
_RUN: Final = "  +|\u00a0\u00a0+|[ \u00a0]{3,}"
# Two spaces behind a sentence are a habit of typists, and no slip.
_ENDED: Final = r"[.!?:…。！？：][”’\"'」』)\]）］]*$"
_ITEM: Final = r"^(?:[(（]?[0-9A-Za-z]{1,3}[)）.]|§)$"  # the sign of a list, or of a headline
# What R207 does not see: the comma behind a figure, a bracket or a mark, a stop behind those.
_GLUED: Final = (
    r"(?<=[0-9)）”’»」』.])[,;](?=[“‘「『]|[^\W\d_]{2})|(?<=[^\W\d_])[,;](?=[“‘])"
    r"|(?:(?<=\d{4})|(?<=[A-Z]{2})|(?<=[)”])|(?<=[a-z]{2}))\.(?=[A-Z][a-z]{2})"
)
_SEEN: Final = r"\b[a-z]{2,}$"  # behind a word without capitals R207 sees the stop
# The same for copy where R207 is not in force, as it knows English only.
_FOREIGN: Final = (
    r"(?<=[A-Za-z]{2})[,;](?=[A-Za-z0-9]{2}|\d )|(?<=[가-힣])[,;](?=[가-힣A-Za-z“‘])"
    r"|\b(?<=\d),(?=(?:19|20)\d\d\b)"
)
_BEFORE: Final = (
    r"(?<=\S) +(?=[,;](?:\s|$))|(?<=[^\s.…]) +(?=\.(?:\s|$)(?! ?\.)|[!?](?:\s|$))| +(?=[、。，．])"
)
_PAIRS: Final = tuple(f" {sign}" for sign in ",;.!?、。，．")
_KANA: Final = "ぁ-んァ-ヶー一-龥々"
_NARROW: Final = rf"(?<=[{_KANA}])[,](?=[{_KANA}「『 ]|$)"
_WIDE: Final = r"(?<=[0-9A-Za-z가-힣)\]”’])[，、；。](?=[0-9A-Za-z가-힣“‘(\[ ]|$)"


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R219 (several spaces), R220 (none), R221 (before a comma), R222 (comma's width)."""
    _several(subject, desk)
    rules = [_GLUED] if subject.words.latin else [_GLUED, _FOREIGN]
    width, signs = (_WIDE, "，、；。") if subject.words.spaced else (_NARROW, ",")
    commas: list[tuple[Line, re.Match[str]]] = []
    for line in subject.whole:
        text = clear(line)
        for match in (match for rule in rules for match in re.finditer(rule, text)):
            if not _told(text, match, spaced=subject.words.spaced):
                desk.say("R220", line, match.start(), text=_around(line.text, match))
        if any(pair in text for pair in _PAIRS):
            _before(subject, line, text, desk)
        if any(sign in text for sign in signs):
            commas += [(line, match) for match in re.finditer(width, text)]
    if commas:
        line, match = commas[0]
        desk.say("R222", line, match.start(), text=match[0], count=len(commas))


def _before(subject: Subject, line: Line, text: str, desk: Desk) -> None:
    for match in re.finditer(_BEFORE, text):
        if not _french(subject.raw[line.number - 1], line, match.start()):
            desk.say("R221", line, match.start(), text=text[match.end()])


def _told(text: str, match: re.Match[str], *, spaced: bool) -> bool:
    """Say whether R207 tells of a missing space, or Japanese wants none before its quotations."""
    if match[0] == ".":
        return re.search(_SEEN, text[: match.start()][-40:]) is not None
    return not spaced and text[match.end()] in "「『"


def _around(text: str, match: re.Match[str]) -> str:
    """Return the word before a place and the word behind it."""
    before, behind = text[: match.start()][-20:], text[match.start() :][:20]
    return before.rpartition(" ")[2] + behind.partition(" ")[0]


def _french(raw: str, line: Line, at: int) -> bool:
    """Say whether the space before a sign is one that does not break, as French sets it."""
    return raw[line.columns[at] - 1] in "\u00a0\u202f" and line.text[at + 1] in ";:!?»"


def _several(subject: Subject, desk: Desk) -> None:
    """Tell R219 once a report: runs come with scraping, and are evened in what is made."""
    found = [(line, at) for line in subject.running for at in _runs(line, subject.raw)]
    if found:
        line, at = found[0]
        desk.say("R219", line, at, count=len(found))


def _runs(line: Line, raw: Sequence[str]) -> Iterator[int]:
    """Yield where several spaces stand within a sentence."""
    if isinstance(line.columns, range):
        return  # as it was typed
    source = raw[line.number - 1]
    label = leading(line.text)
    for at in range(label.end + 1 if label else 1, len(line.text) - 1):
        start, end = line.columns[at] - 1, line.columns[at + 1] - 1
        if line.text[at] == " " and end - start > 1 and re.fullmatch(_RUN, source[start:end]):
            before = line.text[max(0, at - 8) : at]
            if not (re.search(_ENDED, before) or (at < 8 and re.match(_ITEM, before))):
                yield at
