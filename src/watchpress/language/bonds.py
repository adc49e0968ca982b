"""Words that print keeps on one line: a number with what it counts, a name with its initial."""

from __future__ import annotations

import re
from typing import Final

FIXED: Final = "\u00a0"  # no-break space

_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan\\.|Feb\\.|Mar\\.|Apr\\.|Aug\\.|Sept?\\.|Oct\\.|Nov\\.|Dec\\."
)
_TITLES: Final = (
    "Mr|Mrs|Ms|Mx|Dr|Prof|Gen|Lt|Maj|Col|Capt|Cdr|Cmdr|Adm|Sgt|Sen|Rep|Gov|Amb|Rev|St|Hon"
)
_PARTS: Final = (
    "Article|Chapter|Section|Part|Paragraph|Annex|Appendix|Table|Figure|Note|Report|Resolution"
    "|Regulation|Chap|Fig|War"
)
_UNITS: Final = (
    "km|m|cm|mm|kg|g|t|kt|Mt|nm|kW|MW|percent|per cent|a\\.m\\.|p\\.m\\.|hundred|thousand|million"
    "|billion|trillion"
)
_DASH: Final = (r"\S", r"[―—–](?:\s|$)")  # no line begins with a dash (New Hart's Rules, 4.11)
# The space behind the first pattern, before the second (Chicago Manual of Style, 6.121, 7.37 and
# 9; New Hart's Rules, 2.5.1).
_RULES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            r"\b(?:[Nn]os?|pp?|[Vv]ols?|ch|chap|[Ff]igs?|art|sec|paras?|nn?|eds?|ca)\.",
            r"\d|[IVXLC]+\b",
        ),
        (rf"\b(?:{_TITLES})\.", r"[A-Z]"),
        (r"(?<![\w.])[A-Z]\.", r"[A-Z][\w.]"),  # an initial: J. R. Smith
        (r"\b(?:U\.S|U\.N|U\.K|E\.U)\.", r"[A-Za-z]"),
        (r"\b\d{1,2}", rf"(?:{_MONTHS})(?!\w)"),
        (rf"\b(?:{_MONTHS})", r"\d{1,2}\b(?!\d)"),
        (rf"\b(?:{_PARTS})\.?", r"\d|[IVXLC]+\b"),
        (r"\d", rf"(?:{_UNITS})(?!\w)"),
        (r"§§?", r"\d"),
        _DASH,
    ),
    "ko": (
        (r"\b(?:No|pp?)\.", r"\d"),
        (r"제", r"\d"),
        _DASH,
    ),
    "ja": ((r"(?<![A-Za-z])(?:No|pp?|vol)\.", r"\d"),),
}  # fmt: skip
_BONDS: Final = {
    tag: re.compile("|".join(f"(?:{one}) (?={two})" for one, two in rules))
    for tag, rules in _RULES.items()
}


def bound(text: str, tag: str) -> str:
    """Return `text` with a no-break space in place of each space that no line may end at.

    `tag` is that of its language; a text of one that is not known stays as it is.
    """
    rule = _BONDS.get(tag.split("-", 1)[0].lower())
    if rule is None or " " not in text:
        return text
    # Twice: of "J. R. Smith" the first pass takes both the bond and the initial behind it.
    for _ in range(2):
        text = rule.sub(lambda match: match[0][:-1] + FIXED, text)
    return text
