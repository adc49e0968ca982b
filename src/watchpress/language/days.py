"""Days in running text, with their year or without: `August 4`, `4 August 2025`, `8月4日`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.language import dates

_NAMES: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_NAME: Final = (
    r"(?P<name>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY: Final = r"(?P<day>[0-9０-９]{1,2})"
_FORMS: Final = (
    re.compile(rf"\b{_NAME}\s{_DAY}(?:st|nd|rd|th)?(?![0-9])"),
    re.compile(rf"(?<![0-9]){_DAY}(?:st|nd|rd|th)?\s{_NAME}(?![a-z])"),
    re.compile(rf"(?P<month>[0-9０-９]{{1,2}})\s?[月월]\s?{_DAY}\s?[日일]"),
)
# A month and a day without a year, as far as nothing else can be meant: `in June 31 boats` counts.
# Patterns are compiled when they are wanted first: most copy wants none.
_NUMBER: Final = r"[0-9０-９]{1,2}"
_SHORT: Final = ("Feb", "Apr", "Jun", "Sep", "Nov")  # months that have no day 31
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
_MONTH: Final = re.compile(rf"\b{_NAME}(?![a-z])|(?P<month>[0-9０-９]{{1,2}})\s?[月월](?!間)")
_VERBS: Final = ("March", "May")  # months, or the first word of a sentence


@dataclass(frozen=True)
class Day:
    """A day named in a text, `year` 0 where it has none: its words, and where they stand.

    A month alone has 0 for its day; `sure` says that the words can mean nothing else.
    """

    year: int
    month: int
    day: int
    text: str
    start: int
    end: int
    sure: bool = True

    def agrees(self, other: Day) -> bool:
        """Say whether both can mean one day: a year that one leaves out is no difference."""
        if (self.month, self.day) != (other.month, other.day):
            return False
        return self.year == other.year or not (self.year and other.year)

    @property
    def parts(self) -> set[int]:
        """The numbers that the day consists of."""
        return {self.year, self.month, self.day} - {0}


def find(text: str) -> list[Day]:
    """Return the days in `text` in their order; what is no day of any month is left out."""
    found = []
    for date in dates.find(text):
        if day := date.value:
            words = text[date.start : date.end]
            found.append(Day(day.year, day.month, day.day, words, date.start, date.end))
    for form in _FORMS:
        for match in form.finditer(text):
            if not any(day.start < match.end() and match.start() < day.end for day in found):
                found.append(_partial(match))
    possible = (day for day in found if 1 <= day.month <= 12 and 1 <= day.day <= 31)
    return sorted(possible, key=lambda day: day.start)


def months(text: str) -> list[Day]:
    """Return the months in `text` in their order, those of days too."""
    found = []
    for match in _MONTH.finditer(text):
        name = match["name"]
        month = _NAMES.index(name[:3].lower()) + 1 if name else _number(match["month"])
        sure = name not in _VERBS
        found.append(Day(0, month, 0, match[0], match.start(), match.end(), sure))
    return found


def impossible(text: str, whole: Sequence[dates.Found]) -> list[tuple[int, int]]:
    """Return where `text` names a day that no calendar has: `31 June`, `2025-13-40`, `2月30日`.

    `whole`: the dates that have been found in it.
    """
    found = [(one.start, one.end) for one in whole if one.value is None and _meant(text, one)]
    rules = [_NUMBERED] if "月" in text or "월" in text else []
    if ("30" in text or "31" in text) and any(name in text for name in _SHORT):
        rules.append(_NAMED)
    for match in (match for rule in rules for match in re.finditer(rule, text)):
        start, end = match.span()
        taken = any(one.start < end and start < one.end for one in whole)
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
    month = _NAMES.index(name[:3].lower()) + 1 if name else _number(parts["month"])
    day = _number(parts.get("day") or parts.get("first") or parts["date"])
    return not (1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1])


def _partial(match: re.Match[str]) -> Day:
    parts = match.groupdict()
    name = parts.get("name")
    month = _NAMES.index(name[:3].lower()) + 1 if name else _number(parts["month"])
    return Day(0, month, _number(parts["day"]), match[0], match.start(), match.end())


def _number(digits: str) -> int:
    return int(unicodedata.normalize("NFKC", digits))
