"""The order of words in an index, and the heading each stands under.

Every script has an order of its own, whatever the language of the book: kana by あいうえお,
hangul by 가나다, Latin by A-Z. Where scripts meet in one index, kana come first, then hangul,
then Latin.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple, TypeAlias

Key: TypeAlias = tuple[int, str, str, str]

# The rows of the kana table, each by the first of its letters; ん closes the last one.
_ROWS: Final = "あかさたなはまやらわ"
_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS: Final = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_MARKS: Final = "\u3099\u309a"  # voiced, half-voiced: as NFD parts them from their kana
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SINGLE: Final = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")  # a double stands under its single
_SYLLABLES: Final = 588  # hangul syllables that begin with one initial
_ARTICLE: Final = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_KANA, _HANGUL, _LATIN, _OTHER = range(4)


class Filed(NamedTuple):
    """Where a word is filed: its key, the heading of its group ("" for signs, ideographs)."""

    key: Key
    heading: str


def file(word: str, reading: str = "") -> Filed:
    """Return where `word` is filed: by its reading where it has one.

    Kana are compared as JIS X 4061 asks, in short: first without marks of voice and size, a long
    vowel as the vowel, then with them. Latin is compared word by word without case and accents,
    an article at the front left out.
    """
    said = unicodedata.normalize("NFKC", reading or word).strip(" \u3000“”‘’'\"「」『』《》〈〉")
    first = said[:1]
    if _is_kana(first):
        plain = _plain(said)
        row = max((row for row in _ROWS if row <= plain[:1]), default="")
        return Filed((_KANA, plain, _hiragana(said), word), f"{row}行")
    if "\uac00" <= first <= "\ud7a3":
        initial = _INITIALS[(ord(first) - 0xAC00) // _SYLLABLES].translate(_SINGLE)
        return Filed((_HANGUL, _folded(said), said, word), initial)
    folded = _ARTICLE.sub("", _folded(said))
    if folded[:1].isascii() and folded[:1].isalpha():
        return Filed((_LATIN, folded, said, word), folded[0].upper())
    return Filed((_OTHER, folded, said, word), "")


def readable(word: str, reading: str = "") -> bool:
    """Say whether the place of a word is known: not that of ideographs without a reading."""
    return file(word, reading).heading != "" or not _ideograph(word)


def spelt(word: str) -> bool:
    """Say whether the letters of a word tell how it is read: those of ideographs do not."""
    return not any(map(_ideograph, word))


def _ideograph(word: str) -> bool:
    return any(unicodedata.name(sign, "").startswith("CJK ") for sign in word[:1])


def _is_kana(sign: str) -> bool:
    return sign != "" and ("\u3041" <= sign <= "\u3096" or "\u30a1" <= sign <= "\u30fa")


def _hiragana(text: str) -> str:
    return "".join(chr(ord(sign) - 0x60) if "\u30a1" <= sign <= "\u30f6" else sign for sign in text)


def _plain(text: str) -> str:
    """Return kana at the first level of comparison: no marks, no small letters, no long ones."""
    parted = unicodedata.normalize("NFD", _hiragana(text))
    out: list[str] = []
    for sign in parted.translate(_SMALL):
        if sign == "ー":
            out += [vowel for vowel, row in _VOWELS.items() if out and out[-1] in row]
        elif sign.isalnum() and sign not in _MARKS:
            out.append(sign)
    return "".join(out)


def _folded(text: str) -> str:
    """Return text without case, accents and signs; spaces stay: words are compared one by one."""
    parted = unicodedata.normalize("NFD", text.casefold())
    if any("\u1100" <= sign <= "\u11ff" for sign in parted):
        parted = text.casefold()  # hangul falls apart too, and must not
    kept = (sign for sign in parted if sign.isalnum() or sign.isspace())
    return " ".join("".join(kept).split())
