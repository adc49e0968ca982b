"""Words written twice: in each language what is a slip, and what is a word or an emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

# Words that nobody doubles on purpose, at the beginning of a sentence neither. Two other words with
# capitals are a name (Pago Pago).
_SLIPS: Final = (
    " a an the of to and or but for from with by at as are be been has have it its this these those"
    " their they we our he she his not if than then when while where will would can could should "
)
_LINKS: Final = " of to in on at by for from with and "
_ARTICLES: Final = " the a an this its their "
# Particles; in Japanese between words that are no hiragana (のの in ものの is a word). The patterns
# are compiled when they are wanted first.
_GLUED: Final = {
    "ja": (
        r"をを"
        r"|(?<=[一-龥々ァ-ヶー」』）])(?:がが|にに|でで|とと|はは|のの|へへ)(?=[一-龥ァ-ヶ、。「『（]|$)"
        r"|ですです|でしたでした|ましたました|であるである|されたされた|しているしている"
        r"|(?P<word>(?!一)[一-龥々]{2,6}|[ァ-ヶー]{5,15})(?P=word)"
    ),
    "ko": (
        r"(?<=[가-힣])(?P<word>)(?:을를|를을|를를|은는|는는|에서에서|에게에게|으로으로|까지까지|부터부터"
        r"|입니다입니다|습니다습니다)(?![가-힣])"
    ),
}
# Doubled on purpose: grammar (had had), emphasis, parts of longer words (大学大学院).
_MEANT: Final = {
    "en": " had that is was do did very so no yes bye now there more many long far on in out ever"
    " never really who what which her you ha tut hush well poor big old again little such ",
    "ja": " 大学 学校 個人 部分 場面 局面 各自 次第 段階 ",
    "ko": " 하나 매우 아주 정말 너무 거듭 더욱 차례 조목 조금 하루 서로 구석 군데 오래"
    " 두고 한참 가지 마디 굽이 방울 걸음 다시 점점 자주 빨리 천천히 이리 저리 순간 송이 고루 속속 ",
}
_OPENING: Final = "“‘(\"'「『[（"


def find(text: str, tag: str) -> list[tuple[int, int]]:
    """Return where words or particles of the language `tag` are written twice, and to where.

    Reduplications that are words (ますます, 一つ一つ), emphasis (very very), grammar (had had) and
    names (Pago Pago) are none. White space in `text` is single spaces.
    """
    found = list(_apart(text, tag))
    rule = _GLUED.get(tag)
    for match in re.finditer(rule, text) if rule else ():
        if not _among(match["word"] or "", _MEANT[tag]):
            found.append(match.span())
    return found


def _apart(text: str, tag: str) -> Iterator[tuple[int, int]]:
    """Yield the words that are written twice with a space between them."""
    pieces = text.split(" ")
    start = 0
    for number, (one, other) in enumerate(pairwise(pieces)):
        word = one.lstrip(_OPENING)
        at = start + len(one) - len(word)
        if word and other[: len(word)].lower() == word.lower():
            if _twice(word, other, tag):
                yield at, at + 2 * len(word) + 1
        elif _among(other, _ARTICLES) and _phrase(word, other, pieces[number + 2 : number + 4]):
            yield at, at + 2 * len(f"{word} {other}") + 1
        start += len(one) + 1


def _twice(word: str, other: str, tag: str) -> bool:
    """Say whether a word that another begins with is all of it, and not meant to be."""
    behind = other[len(word) : len(word) + 1]
    if not word.isalpha() or behind.isalnum() or (behind and behind in "-’'"):
        return False
    if _among(word.lower(), _SLIPS):
        return not other[0].isupper()
    name = word[0].isupper() and word != "I"
    return (len(word) > 1 or word == "I") and not name and not _among(word, _MEANT[tag])


def _phrase(word: str, other: str, behind: Sequence[str]) -> bool:
    """Say whether a preposition and its article come again: of the of the."""
    again = [piece.rstrip(".,;:") for piece in behind]
    return _among(word.lower(), _LINKS) and again == [word.lower(), other]


def _among(word: str, words: str) -> bool:
    return f" {word} " in words
