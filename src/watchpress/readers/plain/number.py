"""Number lines: what a line says of the series, its number, and the day of issue."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from watchpress.language import dates
from watchpress.readers.plain.lines import Line

# Watch Report No.7 / 監視報告 No.3 / 감시 보고 No. 26 / [Watch Report 14], and what follows it.
_NUMBERED: Final = re.compile(
    r"^(?P<series>[^\d\[\]§「」“”.。]{2,60})\s*(?:No\.?|Nr\.?|№|제|第)\s*(?P<n>\d{1,4})\s*(?:号|호)?"
    r"(?!\d|[.,]\d)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(
    r"^\[(?P<series>[^\d\[\]]{2,60}?)\s*(?:No\.?\s*)?(?P<n>\d{1,4})\]\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_BETWEEN: Final = " ,、，・:：;|/–—-(（"  # signs between number and date
_CLOSED: Final = re.compile(r"^\s*[)）]")
_ASIDE: Final = re.compile(r"^\s*[(（](?P<words>[^()（）]{1,60})[)）]")
# Full-width forms as their ASCII fellows: one sign for one, so that columns stay what they are.
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_REACH: Final = 80  # characters in which series and number stand


@dataclass(frozen=True)
class Numbered:
    """A line that names the series and a number: a title, or a number line with its date."""

    line: Line
    series: str
    number: int
    rest: Line
    bracketed: bool


@dataclass(frozen=True)
class Tail:
    """What stands behind the number: a date, or what is left of one, and what follows it."""

    value: date | None
    damaged: str | None
    sign: str  # what stands between number and date
    date: Line
    aside: Line
    rest: Line


def numbered(line: Line) -> Numbered | None:
    """Return what a line says of series and number, None where it is another kind of line."""
    text = line.text[:_REACH].translate(_NARROW) + line.text[_REACH:]
    for form, bracketed in ((_NUMBERED, False), (_BRACKETED, True)):
        match = form.match(text)
        if match:
            rest = line.cut(match.start("rest"))
            series = line.text[match.start("series") : match.end("series")].strip()
            return Numbered(line, series, int(match["n"]), rest, bracketed)
    return None


def same(one: str, other: str) -> bool:
    """Say whether two names are one series: spaces, capitals and widths aside."""
    return _plain(one) == _plain(other)


def _plain(series: str) -> str:
    return "".join(unicodedata.normalize("NFKC", series).casefold().split())


def dated(found: Numbered) -> Tail | None:
    """Return what stands behind a number, if it is a date, even a damaged one; else None."""
    text = found.rest.text.translate(_NARROW)
    start = len(text) - len(text.lstrip(_BETWEEN))
    day = next(dates.find(text[start:]), None)
    if day is not None and day.start == 0:
        end = start + day.end
        return _tail(found.rest, start, end, day.value, None if day.value else text[start:end])
    lost = dates.damaged(text[start:])
    if lost is not None and text.startswith(lost, start):
        return _tail(found.rest, start, start + len(lost), None, lost)
    return None


def whatever(found: Numbered) -> Tail:
    """Return what stands behind a number of which the place says that it is the number line's."""
    tail = dated(found)
    if tail is not None:
        return tail
    text = found.rest.text.translate(_NARROW)
    start = len(text) - len(text.lstrip(_BETWEEN))
    lost = dates.remains(text[start:])
    if lost is None:
        return _tail(found.rest, 0, 0, None, None)
    return _tail(found.rest, start, start + len(lost), None, found.rest.text[start:][: len(lost)])


def _tail(line: Line, start: int, end: int, value: date | None, damaged: str | None) -> Tail:
    sign = line.text[:start].strip()
    closed = _CLOSED.match(line.text[end:]) if sign[-1:] in tuple("(（") else None
    behind = end + (closed.end() if closed else 0)
    aside = _ASIDE.match(line.text[behind:])
    rest = behind + (aside.end() if aside else 0)
    return Tail(value, damaged, sign, line.cut(start, end), line.cut(behind, rest), line.cut(rest))
