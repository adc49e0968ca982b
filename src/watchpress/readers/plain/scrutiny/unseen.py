"""Characters that nobody sees, that no font has, or that stand where they mean nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from watchpress.diagnostic import Place, remark
from watchpress.readers.plain.lines import Desk
from watchpress.readers.plain.scrutiny.subject import Subject

# Unicode Standard: format characters without effect on this page (soft hyphen, zero width, fillers,
# tags, annotation), the object that a web page lost, and the private use areas.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc"
    "\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U000ffffd\U00100000-\U0010fffd"
)
_SPACES: Final = "\u0085\u1680\u2028\u2029\u205f"  # no keyboard has them, no page asks for them
_WIDE: Final = "\u3000"
_MARKS: Final = "[\u0300-\u036f\u3099\u309a\u20d0-\u20f0]"
_BARE: Final = r"(?<![^\s.,;:!?'\"()“”‘’、。「」（）])"  # before it stands no letter
_ODD: Final = re.compile(rf"(?P<sign>[{_UNSEEN}{_SPACES}{_WIDE}\t])(?P=sign)*|{_BARE}{_MARKS}+")
_JOINERS: Final = "\u200c\u200d"
_TURNERS: Final = "\u061c\u200e\u200f"
_SOFT: Final = "\u00ad"  # soft hyphen: a word may be broken here
_JOINER: Final = "\u2060"  # word joiner: a line must not end here
# Letters of scripts whose words are broken with a hyphen: Latin, Greek, Cyrillic, Armenian.
_BROKEN: Final = re.compile("(?![\u00d7\u00f7])[A-Za-z\u00c0-\u058f\u1e00-\u1fff]")
_RIGHT: Final = re.compile("[\u0590-\u08ff]")
_CONTROLS: Final = {"\t": "CHARACTER TABULATION", "\x85": "NEXT LINE"}  # Unicode names none


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R218 for each such character once, at the first; what is left out anyway is not told.

    A tab between cells, the wide space of Japanese, joiners of emoji and of Arabic or Indic
    letters, marks of direction beside letters that run to the left: all in their place. So are a
    soft hyphen within a word that may be broken and a word joiner between two signs (P101, P110).
    """
    rows = {line.number for line in subject.rows}
    tabbed = {line.number: number for number, line in enumerate(subject.running) if line.tabs}
    places = set(tabbed.values())
    found: dict[str, list[Place]] = {}
    for line in subject.whole:
        raw = subject.raw[line.number - 1]
        if raw.isascii() and "\t" not in raw:
            continue
        first, last = line.columns[0], line.columns[-1]
        for match in _ODD.finditer(raw, first - 1, last):
            if match[0][0] == "\t":
                near = tabbed.get(line.number, -9)
                if line.number in rows or {near - 1, near + 1} & places:
                    continue  # rows of a table, announced or not (R407)
            if not _meant(match[0], raw, match.start(), match.end(), spaced=subject.words.spaced):
                place = Place(desk.file, line.number, match.start() + 1)
                found.setdefault(match[0][0], []).append(place)
    for sign, told in found.items():
        desk.tell(remark("R218", min(told), character=_named(sign), count=len(told)))


def _meant(signs: str, raw: str, start: int, end: int, *, spaced: bool) -> bool:
    sign, before, behind = signs[0], raw[max(start - 1, 0) : start], raw[end : end + 1]
    if sign == _WIDE:
        return not (spaced or (_latin(before) and _latin(behind)))
    if sign in _JOINERS:
        return "\u0600" <= before < "\u1100" or unicodedata.category(before or " ") in (
            "So",
            "Mn",
            "Sk",
        )
    if signs == _SOFT:
        return bool(_BROKEN.match(before) and _BROKEN.match(behind))
    if signs == _JOINER:
        return all(
            side and not side.isspace() and not _ODD.match(side) for side in (before, behind)
        )
    return sign in _TURNERS and _RIGHT.search(raw) is not None


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _named(sign: str) -> str:
    """Return the code point of a character and its Unicode name, as `U+00AD SOFT HYPHEN`."""
    name = _CONTROLS.get(sign) or unicodedata.name(sign, "")
    if not name and unicodedata.category(sign) == "Co":
        name = "PRIVATE USE"
    return f"U+{ord(sign):04X} {name}".strip()
