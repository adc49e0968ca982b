"""Weekdays that stand beside a whole date, in English, Japanese and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from watchpress.language import dates

_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIGNS: Final = ("月火水木金土日", "월화수목금토일")
_BEFORE: Final = (
    r"(?:\b(?P<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]{0,6}day)?\.?,? (?:the )?"
    r"|(?P<sign>[月火水木金土日월화수목금토일])[曜요][日일]の? ?)$"
)
_BEHIND: Final = (
    r",? ?[(（]?(?P<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]{0,6}day)?\b\.?[)）]?"
    r"(?!,? (?:\d|[A-Z]))"
    r"| ?[(（](?P<sign>[月火水木金土日월화수목금토일])(?:[曜요][日일])?[)）]"
    r"| ?(?P<whole>[月火水木金土日월화수목금토일])[曜요][日일]"
)


_HINTS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "曜", "요일", "（", "(")
_REACH: Final = 20  # characters from a date in which its weekday stands


class Wrong(NamedTuple):
    """A date with its weekday, from `start` to `end`, and the weekday that is right."""

    start: int
    end: int
    right: str


def wrong(text: str, whole: Iterable[dates.Found]) -> Iterator[Wrong]:
    """Yield the dates in `text` that name a weekday (right before or behind) which is another.

    `whole`: the dates that have been found in it. `right` is in the language of the copy, as
    `Monday`, `月`, `월`.
    """
    for found in whole:
        near = text[max(0, found.start - _REACH) : found.start]
        behind = text[found.end : found.end + _REACH]
        if found.value is None or not any(sign in near + behind for sign in _HINTS):
            continue
        for match in (re.search(_BEFORE, near), re.match(_BEHIND, behind)):
            right = _right(match, found.value.weekday()) if match else ""
            if match and right:
                first = match.string is near
                start = found.start - len(near) + match.start() if first else found.start
                yield Wrong(start, found.end if first else found.end + match.end(), right)
                break


def _right(match: re.Match[str], day: int) -> str:
    """Return the weekday that `day` (0: Monday) is, "" where the match says so."""
    parts = match.groupdict()
    if parts["name"]:
        return "" if _NAMES[day].startswith(parts["name"]) else _NAMES[day]
    sign = parts["sign"] or parts.get("whole") or ""
    signs = next(one for one in _SIGNS if sign in one)
    return "" if signs[day] == sign else signs[day]
