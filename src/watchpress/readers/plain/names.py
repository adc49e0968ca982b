"""Names of people as a credit writes them, and what stands in brackets and is no name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watchpress.language.words import Words

# Compiled by `re` when they are first asked for: not every report names people.
_SMALL: Final = r"(?:de|van|von|der|la)"
_LATIN: Final = rf"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|{_SMALL})(?:\s(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|{_SMALL})){{1,4}}"
_CAPITALS: Final = r"^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+$"
# Family and given name: ideographs; the given name may be in kana, with an ideograph at its end.
_HAN: Final = (
    r"[\u4e00-\u9fff々ヶ]{1,4}(?:\s?[\u4e00-\u9fff々]{1,4}|\s?[\u3041-\u3096]{1,4}[\u4e00-\u9fff]?"
    r"|\s?[\u30a1-\u30faー]{2,})"
)
_KANA: Final = r"[\u30a1-\u30faー]{2,10}(?:[・＝=\s][\u30a1-\u30faー]{1,10}){1,3}"
_HANGUL: Final = r"[가-힣]{3,4}|[가-힣]{1,7}(?:\s[가-힣]{1,7}){1,2}"
HAN: Final = 6  # most letters of a name in ideographs
# Ends of what is an institution, a paper, a remark of an editor.
_ENDS: Final = (
    r"(?:通信|新聞|新報|日報|時報|役場|役所|省|党|会|ママ|略|訳|抜粋|参照|より|など|ほか|同盟|連合|放送|大学|政府"
    r"|機関|大使|記事|発表|声明|談話|資料|提供|引用|原文|全文|要旨|編集|筆者|訂正|完|了"
    r"|..[市町村島国州部社局庁院府県軍所課室団法紙誌者語面図他]"
    r"|통신|뉴스|신문|일보|방송|번역|역|제공|인용|생략|하략|중략|이하|원문|전문|강조|필자|발췌|요약|참조"
    r"|자료|사진|사설|논평|담화|성명|보도|정부|위원회|협회|연구소|대학|대학교|은행|대변인|외무성|국방성|인민군"
    r"|계속|끝|등)$"
)
_INSIDE: Final = r"訂正|省略|続く|傍点|筆者|引用者|編集|強調|계속|필자|강조|인용"


@dataclass(frozen=True)
class Person:
    """A name as written: whole, and in parts where capitals or a space tell which is which.

    `sure`: its form alone says that it is a name (a family name in capitals among other words).
    """

    name: str
    surname: str = ""
    given: str = ""
    eastern: bool = False
    sure: bool = False
    script: str = "latin"


def people(text: str, words: Words) -> tuple[Person, ...]:
    """Return the people a list of names names, () where a piece of it is no name."""
    pieces = [piece.strip() for piece in re.split(words.names, text) if piece.strip()]
    if re.search(_INSIDE, text):
        return ()
    found = [person for person in map(_person, pieces) if person is not None]
    return tuple(found) if len(found) == len(pieces) else ()


def _person(name: str) -> Person | None:
    parts = name.split()
    if re.fullmatch(_LATIN, name):
        return _latin(name, parts)
    if re.search(_ENDS, name):
        return None
    if re.fullmatch(_HAN, name) and len("".join(parts)) <= HAN:
        # A space in a kanji name parts family and given name; in hangul it may part anything.
        if len(parts) == 2:
            return Person(name, parts[0], parts[1], eastern=True, script="han")
        return Person(name, eastern=True, script="han")
    if re.fullmatch(_HANGUL, name):
        return Person(name, eastern=True, script="hangul")
    return Person(name, script="kana") if re.fullmatch(_KANA, name) else None


def _latin(name: str, parts: list[str]) -> Person:
    capitals = [bool(re.match(_CAPITALS, part)) for part in parts]
    if any(capitals) and not all(capitals):
        surname = " ".join(p for p, is_capital in zip(parts, capitals, strict=True) if is_capital)
        given = " ".join(p for p, is_capital in zip(parts, capitals, strict=True) if not is_capital)
        return Person(name, surname, given, eastern=capitals[0], sure=True)
    return Person(name, script="capitals" if all(capitals) else "latin")
