"""Which language a text is in, by the share of its scripts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
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


_HANGUL: Final = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_KANA: Final = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe"
_HAN: Final = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


# A run of one language: its letters, and what may stand between them. Japanese has no spaces.
@cache
def _runs() -> dict[str, re.Pattern[str]]:
    """Return the patterns of runs, by language; made when first asked for, as that takes long."""
    return {
        "ko": re.compile(rf"[{_HANGUL}](?:[{_HANGUL}{_HAN}·ㆍ -]*[{_HANGUL}])?"),
        "ja": re.compile(
            rf"(?=[{_HAN}・「『]*[{_KANA}])[{_HAN}{_KANA}「『](?:[{_HAN}{_KANA}・「」『』、。]*[{_HAN}{_KANA}」』])?"
        ),
    }


def foreign(text: str, tag: str) -> list[tuple[int, int, str]]:
    """Return the runs of `text` whose script shows another language than `tag`.

    Each with its first place, the place behind its last, and the tag of its language.
    """
    own = tag.split("-", 1)[0].lower()
    found = [
        (match.start(), match.end(), other)
        for other, rule in _runs().items()
        if other != own
        for match in rule.finditer(text)
    ]
    return sorted(found)
