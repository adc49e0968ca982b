"""The forms that values of series.toml have: numbers with a check digit, trims, limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from watchpress import catalog


@dataclass(frozen=True, eq=False)  # typing takes equal types for one: 20 would stand for 20.0
class Between:
    """A number from `least` to `most`, both included."""

    least: float
    most: float

    def holds(self, value: float) -> bool:
        """Say whether a number is one of them."""
        return self.least <= value <= self.most


@dataclass(frozen=True)
class Long:
    """A text of `least` letters or more, or a list of as many values."""

    least: int

    def holds(self, value: Sized) -> bool:
        """Say whether a value is as long."""
        return len(value) >= self.least


@dataclass(frozen=True)
class Like:
    """A text that is of a pattern, from its beginning to its end."""

    pattern: str

    def holds(self, value: str) -> bool:
        """Say whether a text is of it."""
        return re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True)
class Formed:
    """A text of a form; `lacking` returns the form that a text has not, "" where it is good."""

    lacking: Callable[[str], str]

    def holds(self, value: str) -> bool:
        """Say whether a text is of it."""
        return not self.lacking(value)


Mark: TypeAlias = Between | Long | Like | Formed
Points: TypeAlias = Annotated[float, Between(0, 100)]
Ems: TypeAlias = Annotated[float, Between(0, 20)]
Count: TypeAlias = Annotated[int, Between(0, 100)]
Resolution: TypeAlias = Annotated[int, Between(0, 2400)]


def issn(text: str) -> str:
    """Return the form that a text has not, "" where it is an ISSN (ISO 3297)."""
    if not re.fullmatch("[0-9]{4}-[0-9]{3}[0-9X]", text):
        return "ISSN 1234-5679"
    signs = text.replace("-", "")
    values = [10 if sign == "X" else int(sign) for sign in signs]
    if sum(value * weight for value, weight in zip(values, range(8, 0, -1), strict=True)) % 11:
        return "ISSN 1234-5679 (check digit)"
    return ""


def isbn(text: str) -> str:
    """Return the form that a text has not, "" where it is an ISBN of 13 digits (ISO 2108)."""
    signs = text.replace("-", "")
    if not re.fullmatch("[0-9]{13}", signs) or signs[:3] not in {"978", "979"}:
        return "ISBN 978-1-23456-789-7"
    if sum(int(sign) * (1, 3)[place % 2] for place, sign in enumerate(signs)) % 10:
        return "ISBN 978-1-23456-789-7 (check digit)"
    return ""


def trim(text: str) -> str:
    """Return the form that a text has not, "" where it names a trim."""
    try:
        catalog.trim(text)
    except ValueError:
        return "A4, A5, B5, B6, letter, 140x210"
    return ""


Issn: TypeAlias = Annotated[str, Formed(issn)]
Isbn: TypeAlias = Annotated[str, Formed(isbn)]
TrimName: TypeAlias = Annotated[str, Formed(trim)]
