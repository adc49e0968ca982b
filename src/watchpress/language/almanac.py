"""Days that no calendar has, and weekdays that do not go with their date; in three languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from watchpress.language import dates

# A month and a day without a year, as far as nothing else can be meant: `in June 31 boats` counts.
# Patterns are compiled when they are wanted first: most copy wants none.
_NUMBER: Final = r"[0-9０-９]{1,2}"
_SHORT: Final = {"Feb": 2, "Apr": 4, "Jun": 6, "Sep": 9, "Nov": 11}  # they have no day 31
_CLOSE: Final = r"(?:Feb(?:ruary|\.)?|Apr(?:il|\.)?|June?\.?|Sept?(?:ember|\.)?|Nov(?:ember|\.)?)"
_NAMED: Final = (
    rf"(?P<before>\b[Ii]n )?\b(?P<name>{_CLOSE}) (?P<day>3[01])(?:st|th)?"
    r"(?P<behind>(?![0-9])(?: [a-z])?)"
    rf"|(?<![0-9])(?P<first>3[01])(?:st|th)? (?:of )?(?P<second>{_CLOSE})(?![a-z])"
)
_NUMBERED: Final = (
    rf"(?<![0-9０-９])(?P<month>{_NUMBER})\s?[月월]\s?(?P<date>{_NUMBER})\s?[日일](?![間간])"
)
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of any year


def impossible(text: str, whole: Sequence[dates.Found]) -> list[tuple[int, int]]:
    """Return where `text` names a day that no calendar has: `31 June`, `2025-13-40`, `2月30日`.

    `whole`: the dates that have been found in it.
    """
    found = [(one.start, one.end) for one in whole if one.value is None and _meant(text, one)]
    rules = [_NUMBERED] if "月" in text or "월" in text else []
    if ("30" in text or "31" in text) and any(name in text for name in _SHORT):
        rules.append(_NAMED)
    covered = {place for one in whole for place in range(one.start, one.end)} if rules else set()
    for match in (match for rule in rules for match in re.finditer(rule, text)):
        start, end = match.span()
        taken = not covered.isdisjoint(range(start, end))
        parts = match.groupdict("")
        before, behind = parts.get("before", ""), parts.get("behind", "")
        if not taken and not (before and behind) and _beyond(parts):
            found.append((start + len(before), end - len(behind)))
    return sorted(found)


def _meant(text: str, one: dates.Found) -> bool:
    """Say whether figures are a day: no part of a longer number, no seasons (2019/20/21)."""
    before, behind = text[max(0, one.start - 1) : one.start], text[one.end : one.end + 1]
    if (before and before in "/-.") or (behind and behind in "/-"):
        return False
    return not re.fullmatch(r"\d{4}/(?:1[3-9]|[2-9]\d)/\d\d", text[one.start : one.end])


def _beyond(parts: Mapping[str, str]) -> bool:
    name = parts.get("name") or parts.get("second")
    month = _SHORT[name[:3]] if name else _number(parts["month"])
    day = _number(parts.get("day") or parts.get("first") or parts["date"])
    return not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1])


def _number(digits: str) -> int:
    return int(unicodedata.normalize("NFKC", digits))


# -- weekdays -------------------------------------------------------------------------------------

_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIGNS: Final = ("月火水木金土日", "월화수목금토일")
_BEFORE: Final = (
    # The Sun, and the Sun of a town, are newspapers.
    r"(?:\b(?P<name>Mon|Tue|Wed|Thu|Fri|Sat|Sun(?=day|\.)|(?<![A-Za-z] )Sun)(?:[a-z]{0,6}day)?"
    r"\.?,? (?:the )?"
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
        return "" if _WEEK[day].startswith(parts["name"]) else _WEEK[day]
    sign = parts["sign"] or parts.get("whole") or ""
    signs = next(one for one in _SIGNS if sign in one)
    return "" if signs[day] == sign else signs[day]
