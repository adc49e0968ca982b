"""Days in running text, with their year or without: `August 4`, `4 August 2025`, `8月4日`."""

from __future__ import annotations

import re
import unicodedata
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


def _partial(match: re.Match[str]) -> Day:
    parts = match.groupdict()
    name = parts.get("name")
    month = _NAMES.index(name[:3].lower()) + 1 if name else _number(parts["month"])
    return Day(0, month, _number(parts["day"]), match[0], match.start(), match.end())


def _number(digits: str) -> int:
    return int(unicodedata.normalize("NFKC", digits))
