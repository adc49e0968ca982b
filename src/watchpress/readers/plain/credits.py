"""Credits: who wrote the report, at the end of its last paragraph, below it, or at the top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watchpress.language.words import Words
from watchpress.readers.plain.lines import Line

_BRACKETED: Final = re.compile(r"[(（](?P<names>[^()（）\d]{3,160})[)）][.。]?$")
_BY: Final = re.compile(
    r"^(?:by|written by|reviewed by|reviewer:|文責[:：]|執筆[:：]|評者[:：]|글[:：]|필자[:：])\s*"
    r"(?P<names>[^\d]{3,160})$",
    re.IGNORECASE,
)
_LATIN: Final = re.compile(
    r"(?:[A-Z][\w.'’-]*|de|van|von|der|la)(?:\s(?:[A-Z][\w.'’-]*|de|van|von|der|la)){1,4}"
)
_HAN: Final = re.compile(r"[\u4e00-\u9fff々ヶ]{1,4}\s?[\u4e00-\u9fff\u3041-\u30ff々ー]{1,6}")
_HANGUL: Final = re.compile(r"[가-힣]{2,7}(?:\s[가-힣]{1,6}){0,2}")
# What stands in brackets at the end of a Japanese or Korean text and looks like a name.
_NO_NAME: Final = re.compile(r"訂正|省略|続く|傍点|筆者|引用者|編集|強調|完$|끝$|계속|필자|강조")
_CAPITALS: Final = re.compile(r"^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+$")


@dataclass(frozen=True)
class Person:
    """A name as written: whole, and in parts where capitals or a space tell which is which."""

    name: str
    surname: str = ""
    given: str = ""
    eastern: bool = False


@dataclass(frozen=True)
class Credit:
    """The people of a credit, and the stretch of the copy that names them."""

    line: Line
    people: tuple[Person, ...]


def alone(line: Line, words: Words) -> Credit | None:
    """Return the credit a whole line consists of, None where it is something else."""
    match = _BY.match(line.text)
    if match is None:
        match = _BRACKETED.fullmatch(line.text)
    return _credit(line, match, words, strict=False) if match else None


def ending(line: Line, words: Words) -> Credit | None:
    """Return the credit at the end of a paragraph; stricter, as other brackets may stand there.

    In Latin script each name must have its family name in capitals; before the bracket a sentence
    must have ended.
    """
    match = _BRACKETED.search(line.text)
    if match is None or not re.search(
        rf"[{re.escape(words.stops)}”」』]\s*$", line.text[: match.start()]
    ):
        return None
    return _credit(line.cut(match.start()), match, words, strict=True)


def _credit(line: Line, match: re.Match[str], words: Words, *, strict: bool) -> Credit | None:
    names = [name.strip() for name in re.split(words.names, match["names"]) if name.strip()]
    people = [_person(name, strict=strict) for name in names]
    if not people or _NO_NAME.search(match["names"]):
        return None
    found = tuple(person for person in people if person is not None)
    return Credit(line, found) if len(found) == len(people) else None


def _person(name: str, *, strict: bool) -> Person | None:
    parts = name.split()
    if _LATIN.fullmatch(name):
        return _latin(name, parts, strict=strict)
    if _HAN.fullmatch(name) or _HANGUL.fullmatch(name):
        # A space in a kanji name parts family and given name; in hangul it may part anything.
        if len(parts) == 2 and _HAN.fullmatch(name):
            return Person(name, parts[0], parts[1], eastern=True)
        return Person(name, eastern=True)
    return None


def _latin(name: str, parts: list[str], *, strict: bool) -> Person | None:
    capitals = [bool(_CAPITALS.match(part)) for part in parts]
    if any(capitals) and not all(capitals):
        surname = " ".join(p for p, is_capital in zip(parts, capitals, strict=True) if is_capital)
        given = " ".join(p for p, is_capital in zip(parts, capitals, strict=True) if not is_capital)
        return Person(name, surname, given, eastern=capitals[0])
    return None if strict else Person(name)
