"""Which encoding bytes are in that say nothing of it: strict decoders, and whether it reads.

A table that decodes bytes without a fault may still be the wrong one: EUC-JP is hangul to CP949,
Korean is kanji to EUC-JP. So what comes out has to look like a text of its language, and of no
other; where two tables do, or none, nobody has to guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Final, TypeAlias

Test: TypeAlias = Callable[[str], bool]

# Compiled by `re` when they are first asked for: bytes that are UTF-8 are not asked.
_KANA: Final = "[\u3041-\u3096\u30a1-\u30fa\u30fc]"
_HALF: Final = "[\uff61-\uff9f]"
_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff]"
_HANGUL: Final = "[\uac00-\ud7a3]"
_JAMO: Final = "[\u3131-\u318e]"
_LATIN: Final = "[A-Za-z]"
# What stands between letters in a text of East Asia, beside ASCII.
_EASTERN: Final = (
    "[\u3000-\u301f\u3030\u3131-\u318e\u30fb\u3005-\u3007\u00a7\u00b0\u00b1\u00b6\u00b7\u00d7\u00f7"
    "\u2010-\u203b\u203e\u2103\u2116\u2121\u2160-\u217f\u2190-\u2193\u2200-\u22ff\u2460-\u24ff"
    "\u2500-\u257f\u25a0-\u25ef\u2605\u2606\u3200-\u33ff\uff01-\uff60\uffe0-\uffe6\u02d0\u00b4\u00a8"
    "\u00ad\u00a1\u00bf]"
)
# Signs of CP1252 that stand in English: quotation marks, dashes, accented letters of names.
_WESTERN: Final = ("[\u00a0\u00a3\u00a7\u00a9\u00ae\u00b0\u00b1\u00b7\u00bc-\u00be\u00d7"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u20ac\u2122]")  # fmt: skip
_ACCENTED: Final = ("[\u00c0-\u00d6\u00d8-\u00dd\u00df-\u00f6\u00f8-\u00fd"
    "\u0152\u0153\u0160\u0161\u017d\u017e\u0178]")  # fmt: skip
# Never three in a row, a capital without its word, a capital inside one, one after a figure.
_GLUED: Final = (
    f"(?:{_ACCENTED}){{3}}|[\u00c0-\u00dd](?![a-z\u00df-\u00ff])|[a-z][\u00c0-\u00d6\u00d8-\u00dd]"
    f"|[0-9](?:{_ACCENTED})"
)
# The syllables that make up a third of any Korean text: particles and endings.
_COMMON: Final = frozenset(
    "이다는의에가고을를은지하사한로서기도아인그리나자정어시으대있었해수과일들와만"
)
_RARE: Final = 0.12  # most of the kanji that may be of the second level of JIS X 0208
_SECOND: Final = 0x98  # the first lead byte of that level in CP932
_UTF16: Final = ("utf-16-le", "utf-16-be")
_UTF32: Final = ("utf-32-le", "utf-32-be")
_ESCAPES: Final = (b"\x1b$", b"\x1b(")
WESTERN: Final = "cp1252"
JAPANESE: Final = frozenset(("cp932", "euc_jp", "iso2022_jp", "iso2022_jp_ext"))
_SEVEN: Final = ("iso2022_jp", "iso2022_jp_ext", "iso2022_kr")


def unmarked(data: bytes) -> tuple[str, str] | None:
    """Return (encoding, text) of bytes that are ASCII to look at and something else to read.

    ISO-2022-JP speaks in escape sequences, UTF-16 and UTF-32 without a mark are full of NULs: all
    of them pass for UTF-8. None for anything else.
    """
    if any(mark in data for mark in _ESCAPES) and data.isascii():
        for encoding in _SEVEN:
            text = _strict(data, encoding)
            if text is not None and "\x1b" not in text:
                return encoding, text
    if b"\0" not in data:
        return None
    for family in (_UTF32, _UTF16):
        found = [(one, text) for one in family if (text := _wide(data, one)) is not None]
        if len(found) == 1:
            return found[0]
    return None


def _wide(data: bytes, encoding: str) -> str | None:
    text = _strict(data, encoding)
    fits = text is not None and (japanese(text) or korean(text) or english(text))
    return text if fits else None


def single(data: bytes) -> tuple[str, str] | None:
    """Return (encoding, text) where one of the old tables fits, and no other; None elsewhere."""
    found = []
    for encoding, fits in _TABLES:
        text = _strict(data, encoding)
        if text is not None and fits(text):
            found.append((encoding, text))
    if len({text for _, text in found}) != 1 or not _seconded(data, *found[0]):
        return None
    return found[0]


def _seconded(data: bytes, encoding: str, text: str) -> bool:
    """Say whether a text of single bytes is what chardet takes it for, too.

    Any bytes pass for CP1252, those of Central Europe and of old Macintoshes too: to tell them from
    each other takes statistics of words, which it has.
    """
    if encoding != WESTERN:
        return True
    import chardet

    other = chardet.detect(data)["encoding"]
    return other is not None and _strict(data, other) == text


def broken(data: bytes) -> bool:
    """Say whether bytes are UTF-8 with some damage: far more of its letters than of faults."""
    text = data.decode("utf-8", "replace")
    letters = sum(not sign.isascii() and sign != "\ufffd" for sign in text)
    return letters > 2 * text.count("\ufffd")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def japanese(text: str) -> bool:
    """Say whether a text reads as Japanese: with kana, the kanji of every day, no strangers."""
    signs = _foreign(text)
    kana, han = len(re.findall(_KANA, signs)), len(re.findall(_HAN, signs))
    if not kana or kana < 0.15 * (kana + han) or _strange(signs, _KANA, _HAN, _HALF, _HANGUL):
        return False
    if len(re.findall(_HALF, signs)) > 0.2 * kana or len(re.findall(_HANGUL, signs)) > 0.2 * len(
        signs
    ):
        return False
    return _rare(signs) <= max(1, _RARE * han)


def _rare(signs: str) -> int:
    """Return how many kanji are of the second level, or of none: rare in any text."""
    codes = (sign.encode("cp932", "replace") for sign in re.findall(_HAN, signs))
    return sum(len(code) != 2 or code[0] >= _SECOND for code in codes)


def korean(text: str) -> bool:
    """Say whether a text reads as Korean: hangul, a good part of it the common syllables."""
    signs = _foreign(text)
    hangul = re.findall(_HANGUL, signs)
    others = len(re.findall(_HAN, signs)) + len(re.findall(_KANA, signs))
    if not hangul or others > 0.5 * len(hangul) or _strange(signs, _KANA, _HAN, _HANGUL):
        return False
    if len(re.findall(_JAMO, signs)) > 0.1 * len(hangul):
        return False
    return sum(sign in _COMMON for sign in hangul) >= 0.2 * len(hangul)


def english(text: str) -> bool:
    """Say whether a text reads as English: Latin, a few signs of print, accents inside words."""
    signs = _foreign(text)
    if len(signs) > 0.15 * len(text) or not re.search(_LATIN, text):
        return False
    return not re.search(_GLUED, text) and not _strange(signs, _WESTERN, _ACCENTED, eastern=False)


def _foreign(text: str) -> str:
    return "".join(sign for sign in text if not sign.isascii())


def _strange(signs: str, *known: str, eastern: bool = True) -> bool:
    """Say whether more than a few signs are neither letters that are known nor signs of print."""
    patterns = (*known, _EASTERN) if eastern else known
    times = Counter(signs)
    strange = sum(
        n for sign, n in times.items() if not any(re.match(one, sign) for one in patterns)
    )
    return strange > (0.03 * len(signs) if eastern else 0) or _unassigned(times)


def _unassigned(signs: Counter[str]) -> bool:
    return any(unicodedata.category(sign) in {"Cn", "Co", "Cs", "Cc"} for sign in signs)


_TABLES: Final[tuple[tuple[str, Test], ...]] = (
    ("cp932", japanese),
    ("euc_jp", japanese),
    ("cp949", korean),
    (WESTERN, english),
)
