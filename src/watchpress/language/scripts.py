"""Which language a text is in, by the share of its scripts."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

# First and last character of the blocks of each script (Unicode Standard, code charts).
_SCRIPTS: Final = {
    "latin": (("A", "Z"), ("a", "z")),
    "kana": (("\u3041", "\u30ff"),),
    "hangul": (("\u1100", "\u11ff"), ("\u3131", "\u318e"), ("\uac00", "\ud7a3")),
    "ideograph": (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff")),
}

# Shares of all letters. English reports name places in hangul and kanji now and then, Japanese
# and Korean ones carry Latin abbreviations and whole addresses: hence the wide gaps.
_ENOUGH_KANA: Final = 0.15
_ENOUGH_HANGUL: Final = 0.25
_ENOUGH_LATIN: Final = 0.85


def detect(text: str) -> str | None:
    """Return the language tag of `text` (en, ja, ko), None where it cannot be told.

    Addresses are left out: they are Latin in every language.
    """
    scripts: Counter[str] = Counter()
    for sign, times in Counter(re.sub(r"https?://\S+", "", text)).items():
        scripts[_script(sign)] += times
    kana, hangul, latin = scripts["kana"], scripts["hangul"], scripts["latin"]
    letters = kana + hangul + latin + scripts["ideograph"]
    if not letters:
        return None
    if kana / letters >= _ENOUGH_KANA and kana > hangul:
        return "ja"
    if hangul / letters >= _ENOUGH_HANGUL and hangul > kana:
        return "ko"
    if latin / letters >= _ENOUGH_LATIN:
        return "en"
    return None


def _script(sign: str) -> str:
    """Return the script of a letter, "" for any other sign."""
    for script, blocks in _SCRIPTS.items():
        if any(first <= sign <= last for first, last in blocks):
            return script
    return ""
