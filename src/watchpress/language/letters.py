"""Bytes to letters: encodings, and characters that no copy should hold."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.language import charsets

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Signs that the tables of Windows and of JIS X 0208 map to different characters (each both ways).
_TWINS: Final = ("～〜", "－−", "∥‖", "￠¢", "￡£", "￢¬", "―—")
OTHERS: Final = {one: other for a, b in _TWINS for one, other in ((a, b), (b, a))}
_PAIRS: Final = re.compile(f"[{''.join(_TWINS)}]")

# C0 but tab and line ends, DEL, C1 but NEL, noncharacters: no reading, no glyph.
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff]"
)
# Unicode Bidirectional Algorithm, embeddings, overrides and isolates: they make the eye read
# another order than the file has ("Trojan source").
OVERRIDES: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# UTF-8 read as CP1252 or Latin-1, UTF-8 read as CP932, and the mark of an earlier failed decoding.
MOJIBAKE: Final = re.compile(
    r"â[\u0080-\u009f€][\u0080-\u00ff™œž“”‘’–—]?|Ã[\u0080-\u00bf©¨¢ª«¼¶]|Ã(?= )"
    r"|Â(?:[\u00a0-\u00bf]|(?=\s|$))"
    r"|(?:[縺繧繝][\u0080-\uffef]){2,}|[縺繧繝][\u0080-\uffef]{1,3}[縺繧繝]"
    r"|[縺繧繝][\uff61-\uff9f]|[\u4e00-\u9fff][\uff61-\uff9f](?=[\u4e00-\u9fff])|\ufffd+"
)


def decode(data: bytes, file: str, tell: Tell) -> str:
    """Return the text of `data`: byte-order mark, else strict UTF-8, else the one table that fits.

    Raises Fatal R001 (bytes are not UTF-8 and nothing else for sure) with the byte's place; tells
    R002 where another encoding was detected, R501 what in it tables do not agree on. The byte-order
    mark is not part of the text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, file, len(mark))
    found = charsets.unmarked(data)
    if found is None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as fault:
            found = None if charsets.broken(data) else charsets.single(data)
            if found is None:
                raise Fatal(_undecodable(data, "utf-8", file, fault.start)) from None
    encoding, text = found
    tell(remark("R002", Place(file, 1, 1), encoding=encoding.upper().replace("_", "-")))
    _disputed(text, encoding, file, tell)
    return text


def _disputed(text: str, encoding: str, file: str, tell: Tell) -> None:
    """Tell R501 at the first sign that another table of the same script takes for another."""
    if encoding not in charsets.JAPANESE:
        return
    found = [match.start() for match in _PAIRS.finditer(text)]
    if found:
        first = found[0]
        sign = text[first]
        place = Place(file, text.count("\n", 0, first) + 1, first - text.rfind("\n", 0, first))
        facts = {"sign": sign, "number": f"{ord(sign):04X}", "other": OTHERS[sign]}
        facts["code"] = f"{ord(OTHERS[sign]):04X}"
        tell(remark("R501", place, count=len(found), **facts))


def _strict(data: bytes, encoding: str, file: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise Fatal(_undecodable(data, encoding, file, fault.start, offset)) from None


def _undecodable(data: bytes, encoding: str, file: str, start: int, offset: int = 0) -> Diagnostic:
    before = data[:start].decode(encoding, "replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return remark("R001", Place(file, line, column), byte=start + offset, encoding=encoding)


def clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, composed letters) for `text`: each base with its marks in NFC.

    Single characters are left as they are: NFC would also swap compatibility ideographs for
    others (Unicode Standard Annex 15, section 1.2), which changes how a name is written.
    """
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        piece = text[start:end]
        yield start, piece if len(piece) == 1 else unicodedata.normalize("NFC", piece)
        start = end


def composed(text: str) -> bool:
    """Say whether `text` has no sequence that a single character could stand for."""
    return text.isascii() or unicodedata.is_normalized("NFC", text) or not any(map(_joins, text))


def _joins(sign: str) -> bool:
    # Combining marks, and the vowels and finals of conjoining hangul, which are no marks.
    return unicodedata.combining(sign) != 0 or "\u1160" <= sign <= "\u11ff"
