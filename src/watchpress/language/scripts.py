"""Which language a text is in, by the share of its scripts."""

from __future__ import annotations

import re
from typing import Final

_KANA: Final = re.compile(r"[\u3041-\u30ff]")
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_IDEOGRAPH: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN: Final = re.compile(r"[A-Za-z]")

# Shares of all letters. English reports name places in hangul and kanji now and then, Japanese
# and Korean ones carry Latin abbreviations and whole addresses: hence the wide gaps.
_ENOUGH_KANA: Final = 0.15
_ENOUGH_HANGUL: Final = 0.25
_ENOUGH_LATIN: Final = 0.85


def detect(text: str) -> str | None:
    """Return the language tag of `text` (en, ja, ko), None where it cannot be told.

    Addresses are left out: they are Latin in every language.
    """
    text = re.sub(r"https?://\S+", "", text)
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    latin, ideographs = len(_LATIN.findall(text)), len(_IDEOGRAPH.findall(text))
    letters = kana + hangul + latin + ideographs
    if not letters:
        return None
    if kana / letters >= _ENOUGH_KANA and kana > hangul:
        return "ja"
    if hangul / letters >= _ENOUGH_HANGUL and hangul > kana:
        return "ko"
    if latin / letters >= _ENOUGH_LATIN:
        return "en"
    return None
