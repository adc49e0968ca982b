"""Numbers in texts of any of our languages: in digits and in words, with their value.

`60 million`, `6000万` and `六千万` are one value; so are `twenty-one` and 21. Months by their name
are no numbers (days.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_SCALES: Final = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "hundred": 100,
    "mn": 10**6, "bn": 10**9, "tn": 10**12, "dozen": 12, "decade": 10, "decades": 10, "score": 20,
    "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12, "百": 100, "十": 10,
    "천": 10**3, "만": 10**4, "억": 10**8, "조": 10**12, "백": 100,
}  # fmt: skip
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: Final[dict[str, int]] = {
    **{word: n for n, word in enumerate(_UNITS)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
    **{f"{word[:-1]}ieth": 10 * n for n, word in enumerate(_TENS, 2)},
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **{f"{word}s": n for n, word in enumerate(_ORDINALS, 1)},
    **dict.fromkeys(("both", "pair", "couple", "twice", "double", "half", "bilateral"), 2),
    **dict.fromkeys(("thrice", "triple", "trilateral"), 3),
    **{"quarter": 4, "quarters": 4, "century": 100, "fortnight": 14},
    **dict.fromkeys(("once", "single", "an", "a"), 1),
}
# Words of one sign, and native Korean numbers before what they count.
_SIGNS = {
    "両": 2, "双": 2, "半": 2, "倍": 2, "초": 1, "양": 2, "쌍": 2, "반": 2, "배": 2, "둘": 2,
    "한": 1, "두": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50,
    "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
# Compounds of native Korean numbers: 열두 is 12, not 10 and 2.
_NATIVE_TENS: Final = tuple(word for word, value in _SIGNS.items() if value >= 10)
_NATIVE_ONES: Final = (
    "한", "하나", "두", "둘", "세", "셋", "네", "넷", "다섯", "여섯", "일곱", "여덟", "아홉",
)  # fmt: skip
_SIGNS |= {
    tens + ones: _SIGNS[tens] + (_SIGNS.get(ones) or 1)
    for tens in _NATIVE_TENS
    for ones in _NATIVE_ONES
}
_KANJI: Final = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_CENTURIES: Final = (0, 1900, 2000)  # that a year of two digits may mean
_COUNTED: Final = "조"  # a trillion, or the articles of a law
_HALF_DAY: Final = 12  # hours: 4 p.m. is 16 too
_SHORT_SCALES: Final = {"k": 10**3, "m": 10**6, "b": 10**9}  # or a unit of measure, as metres
# What is a number in other languages, and has none in its words, or another one.
_SAYINGS: Final = {
    "half an hour": (30,), "half-hour": (30,), "quarter of an hour": (15,),
    "a day and a half": (36,), "quarterly": (4,),
    **{f"{word[:-1]}ies": (10 * n, 1900 + 10 * n) for n, word in enumerate(_TENS, 2)},
}  # fmt: skip
_ROMAN: Final[dict[str, int]] = {"i": 1, "v": 5, "x": 10}
_COUNTED_SO: Final = "Chapter|Article|Part|Title|Annex|Appendix|Phase|Protocol|War"
_SAYING: Final = re.compile(
    rf"\b(?:{'|'.join(_SAYINGS)})\b|\b(?:{_COUNTED_SO}) (?P<roman>[IVX]+)\b", re.IGNORECASE
)
_FEW: Final = 3  # counts up to this are said in many ways without a number, as "these", "the two"

_MOST_COUNTED: Final = 100  # a scale from which on "two or three hundred" is said

_DIGITS: Final = r"[0-9]+(?:,[0-9]{3})*(?![0-9])(?:\.[0-9]+)?|[0-9]+"
_BIG: Final = "千万億兆천만억조"
_EAST: Final = rf"(?:{_DIGITS})[{_BIG}]+(?:\s?(?:{_DIGITS})[{_BIG}]+)*(?:{_DIGITS})?"
_NUMBER: Final = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})(?P<year>[0-9]+|元)(?=年)|(?P<east>{_EAST})"
    r"|(?P<hour>(?<![0-9.:])[0-9]{1,2}(?=(?::[0-9]{2})? ?p\.?m\b)|(?<=[午오][後후])[0-9]{1,2}"
    r"|(?<=오후 )[0-9]{1,2})"
    r"|(?<=[12][0-9]{3}[-–])(?P<year3>[0-9]{2})(?![0-9])"
    rf"|[’'‘](?P<short>[0-9]{{2}})(?![0-9])|(?<![0-9])(?P<year2>[0-9]{{2}})(?=[年년])"
    rf"|(?P<digits>{_DIGITS})"
    rf"(?:[ -]?(?P<scale>(?:hundred |thousand )?(?:hundred|thousand|million|billion|trillion|dozen)"
    rf"|mn|bn|tn|[kmb])\b)?|(?P<kanji>[〇零一二三四五六七八九十百千万億兆]+)"
    rf"|(?P<sign>{'|'.join(sorted(_SIGNS, key=len, reverse=True))})"
    rf"|(?P<words>[a-z]+(?:(?:-| and | )[a-z]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A number in a text: as it stands there, and every value it may be meant to have.

    `written` says that it is in digits: only those are asked for in the other text.
    """

    text: str
    values: frozenset[Fraction]
    written: bool

    @property
    def small(self) -> bool:
        """Say whether the number is one that a translation may leave to a word, as `both`."""
        return self.least <= _FEW

    @property
    def least(self) -> Fraction:
        """The smallest value that the number may have."""
        return min(self.values)


def find(text: str) -> list[Figure]:
    """Return the numbers in `text`, in order; full-width digits are digits."""
    plain = unicodedata.normalize("NFKC", text)
    return [figure for match in _NUMBER.finditer(plain) for figure in _figures(match)]


def unsaid(first: Iterable[Figure], second: Iterable[Figure]) -> list[Figure]:
    """Return the numbers in digits of `first` that `second` has in no form; 0 and 1 aside.

    A value may be put together from a number and a scale word elsewhere: "two or three hundred".
    """
    second = list(second)
    known = {value for figure in second for value in figure.values | _parts(figure)}
    scales = {Fraction(scale) for scale in _SCALES.values() if scale >= _MOST_COUNTED} & known
    known |= {value * scale for value in known for scale in scales}
    lost: dict[Fraction, Figure] = {}
    for figure in first:
        if figure.written and figure.least > 1 and not _said(figure, known):
            lost.setdefault(figure.least, figure)
    return list(lost.values())


def _said(figure: Figure, known: set[Fraction]) -> bool:
    parts = _parts(figure)
    return bool(figure.values & known) or (bool(parts) and parts <= known)


def _parts(figure: Figure) -> set[Fraction]:
    """Return the two numbers that 6.12 may be: the twelfth of June."""
    whole, _, part = figure.text.partition(".")
    return {Fraction(whole), Fraction(part)} if whole.isdecimal() and part.isdecimal() else set()


def _figures(match: re.Match[str]) -> Iterator[Figure]:
    """Yield the numbers in one match: several where words run on."""
    if match["era"]:
        year = 1 if match["year"] == "元" else int(match["year"])
        yield _figure(match[0], year, year + _ERAS[match["era"]], written=True)
    elif match["east"]:
        yield from _east(match["east"])
    elif match["hour"]:
        hour = int(match["hour"])
        yield _figure(match["hour"], hour, hour + _HALF_DAY, written=True)
    elif years := match["short"] or match["year2"] or match["year3"]:
        yield _figure(years, *(int(years) + century for century in _CENTURIES), written=True)
    elif match["digits"]:
        yield from _digits(match)
    elif match["kanji"]:
        yield _figure(match[0], *_kanji(match["kanji"]), written=False)
    elif match["sign"]:
        yield _figure(match[0], _SIGNS[match["sign"]], written=False)
    else:
        yield from _words(re.split(r"[- ]", match["words"].lower()))
        yield from _sayings(match["words"])


def _figure(text: str, *values: Fraction | int, written: bool) -> Figure:
    return Figure(text, frozenset(map(Fraction, values)), written)


def _digits(match: re.Match[str]) -> Iterator[Figure]:
    value = Fraction(match["digits"].replace(",", ""))
    scale = _SHORT_SCALES.get((match["scale"] or "").lower(), 0)
    if scale:
        yield _figure(match[0], value, value * scale, written=True)
        return
    scale = 1
    for word in (match["scale"] or "").lower().split():
        scale *= _SCALES[word]
    yield _figure(match[0], value * scale, written=True)
    if scale > 1:
        yield _figure(match[0], value, scale, written=False)


def _sayings(text: str) -> Iterator[Figure]:
    for match in _SAYING.finditer(text):
        if match["roman"]:
            yield _figure(match["roman"], _roman(match["roman"].lower()), written=False)
        else:
            yield _figure(match[0], *_SAYINGS[match[0].lower()], written=False)


def _roman(text: str) -> int:
    """Return the value of a Roman numeral below 40; a sign before a greater one is taken off."""
    signs = [_ROMAN[sign] for sign in text]
    return sum(
        -one if one < following else one
        for one, following in zip(signs, [*signs[1:], 0], strict=True)
    )


def _east(text: str) -> Iterator[Figure]:
    """Yield the numbers in digits between signs of scale: 1億2000万 is one, 400万、 1100万 two."""
    start, total, last = 0, Fraction(0), Fraction(0)
    for match in re.finditer(rf"({_DIGITS})([{_BIG}]*)", text):
        scale = Fraction(1)
        for sign in match[2]:
            scale *= _SCALES[sign]
        if last and scale >= last:
            yield _figure(text[start : match.start()].rstrip(), total, written=True)
            start, total = match.start(), Fraction(0)
        total, last = total + Fraction(match[1].replace(",", "")) * scale, scale
    text = text[start:]
    plain = [Fraction(text[:-1])] if text[-1] in _COUNTED and text[:-1].isdecimal() else []
    yield _figure(text, total, *plain, written=True)


def _kanji(text: str) -> list[Fraction]:
    """Return the values that a run of numeral kanji may have: by place (一九九八), by scale."""
    values = []
    if set(text) <= set(_KANJI):
        values.append(Fraction(int("".join(str(_KANJI[sign]) for sign in text))))
    total, group, digit = 0, 0, 0
    for sign in text:
        if sign in _KANJI:
            digit = _KANJI[sign]
        elif _SCALES[sign] < 10**4:
            group, digit = group + (digit or 1) * _SCALES[sign], 0
        else:
            total, group, digit = total + ((group + digit) or 1) * _SCALES[sign], 0, 0
    return [*values, Fraction(total + group + digit)]


def _words(words: list[str]) -> Iterator[Figure]:
    """Yield the numbers said in English words, in order: "two hundred and five" is one."""
    run: list[str] = []
    for word in [*words, ""]:
        if word in _WORDS or word in _SCALES or (word == "and" and run):
            run.append(word)
        elif run:
            yield from _said_as(run)
            run = []


def _said_as(run: list[str]) -> Iterator[Figure]:
    if len(run) > 1 and run[0] in {"a", "an"} and run[1] not in _SCALES:
        run = run[1:]  # the article of an ordinal: a sixty-fifth
    total, group = 0, 0
    for word in run:
        scale = _SCALES.get(word, 0)
        if scale >= 10**3:
            total, group = total + (group or 1) * scale, 0
        elif scale:
            group = (group or 1) * scale
        else:
            group += _WORDS.get(word, 0)
    parts = [Fraction(_WORDS.get(word) or _SCALES.get(word) or 0) for word in run]
    if "half" in run:  # half a million
        parts += [part / 2 for part in parts if part >= 100]
    yield _figure(" ".join(run), total + group, *parts, written=False)
