"""Dates as reports write them, in English, Japanese and Korean; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DIGIT: Final = r"[0-9０-９]"
# The first year of each era, less one: year = first + year of the era (元 is 1).
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}

_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<year>\d{{4}})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,\s*|\s+)(?P<year>\d{{4}})\b",
        rf"(?P<era>令和|平成|昭和)\s*(?P<year>元|{_DIGIT}{{1,2}})\s*年\s*(?P<month>{_DIGIT}{{1,2}})"
        rf"\s*月\s*(?P<day>{_DIGIT}{{1,2}})\s*日",
        rf"(?P<year>{_DIGIT}{{4}})\s*[年년]\s*(?P<month>{_DIGIT}{{1,2}})\s*[月월]"
        rf"\s*(?P<day>{_DIGIT}{{1,2}})\s*[日일]",
        r"\b(?P<year>\d{4})\.\s*(?P<month>\d{1,2})\.\s*(?P<day>\d{1,2})\.?(?!\d)",
        r"\b(?P<year>\d{4})(?P<sign>[-/])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
    )
)
# Year, month and day with nothing between them but spaces: the signs 年月日 have been lost.
_BARE: Final = re.compile(r"(?<!\d)\d{4}\s+\d{1,2}\s+\d{1,2}(?!\d)")
# What a date may have become where a number line has one: digits, their signs, a month's name.
_SIGNS: Final = r"[\s,./年月日년월일-]"
_HURT: Final = re.compile(
    rf"(?:{_MONTH}\s*|(?:令和|平成|昭和)\s*)?\d(?:{_SIGNS}*\d)*[年月日년월일.]?"
    rf"(?:\s*{_MONTH.replace('month', 'behind')}(?:{_SIGNS}*\d)*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A date in a text: its value (None: no such day), and from where to where it stands."""

    value: date | None
    start: int
    end: int


_YEAR: Final = re.compile(r"\d{4}|令和|平成|昭和")


def find(text: str) -> Iterator[Found]:
    """Yield the dates written out in `text`, in order; each place once."""
    taken: list[Found] = []
    covered: set[int] = set()
    if not _YEAR.search(text):
        return  # most paragraphs have none
    for form in _FORMS:
        for match in form.finditer(text):
            if covered.isdisjoint(range(*match.span())):
                covered.update(range(*match.span()))
                taken.append(Found(_value(match), match.start(), match.end()))
    yield from sorted(taken, key=lambda found: found.start)


def whole(text: str) -> Found | None:
    """Return the date that `text` consists of, white space aside; None where it is more or less."""
    stripped = text.strip()
    found = next(find(stripped), None)
    if found is None or (found.start, found.end) != (0, len(stripped)):
        return None
    return found


def damaged(text: str) -> str | None:
    """Return a date in `text` that lost its signs (`2020 10 5`), None where there is none."""
    match = _BARE.search(text)
    return match[0] if match else None


def remains(text: str) -> str | None:
    """Return what may be left of a date at the beginning of `text` (`2018年1225日`), else None."""
    match = _HURT.match(text)
    return match[0].strip() if match else None


def _value(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = 1 if parts["year"] == "元" else _number(parts["year"])
    if parts.get("era"):
        year += _ERAS[parts["era"]]
    try:
        return date(year, _month(parts["month"]), _number(parts["day"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    if word[0].isdigit():
        return _number(word)
    start = word.lower().rstrip(".")[:3]
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(start))


def _number(digits: str) -> int:
    return int(unicodedata.normalize("NFKC", digits))
