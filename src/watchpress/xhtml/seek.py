"""Words found in reports: in which element they stand, and how far into its plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.xhtml.article import article
from watchpress.xhtml.plain import ZERO, offset, plain

_INLINE: Final = frozenset(
    ("a", "cite", "em", "rb", "rt", "ruby", "span", "strong", "sub", "sup", "time")
)
_MUTE: Final = frozenset(("noteref", "noteref missing", "backlink"))  # of the page, not the text
_GAP: Final = "\0"  # between two blocks: no word reaches over it
# A word of these scripts ends where its letters do. Hangul takes endings without a space, and
# ideographs and hiragana run on: there a word may stand in a longer one.
_LATIN: Final = "0-9A-Za-z\u00c0-\u024f"
_KATAKANA: Final = "\u30a1-\u30fa\u30fc"
_HANGUL: Final = "\uac00-\ud7a3"
_QUOTES: Final = {"'": "['’]", "’": "['’]", "-": "[-\u2010\u2011]"}


class Spot(NamedTuple):
    """A place in the text: the report's number, the id of the element, the offset in its text.

    `note` is the number printed on the note that the place is in, "" in running text.
    """

    number: int
    id: str
    offset: int
    note: str


@dataclass
class Unit:
    """The text of the innermost block with an id; `counts`: letters of the block before each sign.

    What stands for something on the page, as the call of a note, is not in the text, but counts.
    """

    element: Element
    note: str
    text: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    count: int = 0


def units(report: Element) -> tuple[Unit, ...]:
    """Return the text of a report, block by block: headline, paragraphs, notes."""
    found: list[Unit] = []
    _walk(article(report), [], found)
    return tuple(unit for unit in found if unit.element.tag != "article" and unit.text)


def _walk(element: Element, around: list[Unit], found: list[Unit], mute: bool = False) -> None:
    inline = element.tag in _INLINE
    mute = mute or element.get("class") in _MUTE or element.tag == "rt"
    if element.get("id") and not inline:
        noted = str(element.get("value", "")) if element.tag == "li" else ""
        unit = Unit(element, noted or (around[-1].note if around else ""))
        found.append(unit)
        around = [*around, unit]
    _take(_GAP if not inline else "", around, mute)
    _take(element.text, around, mute)
    for child in element:
        _walk(child, around, found, mute)
        _take(child.tail, around, mute)
    _take(_GAP if not inline else "", around, mute)


def _take(text: str | None, around: Sequence[Unit], mute: bool) -> None:
    for sign in text or "":
        if around and not mute and ord(sign) not in ZERO:
            around[-1].text.append(sign)
            around[-1].counts.append(around[-1].count)
        if sign != _GAP and not sign.isspace() and ord(sign) not in ZERO:
            for unit in around:
                unit.count += 1


def found(
    report: Element, pattern: re.Pattern[str], blocks: Sequence[Unit] | None = None
) -> Iterator[tuple[Spot, re.Match[str]]]:
    """Yield each match of `pattern` in a report, with its place, in the order of the text."""
    for unit in units(report) if blocks is None else blocks:
        text = "".join(unit.text)
        for match in pattern.finditer(text):
            place = offset(plain(unit.element), unit.counts[match.start()])
            identifier = str(unit.element.get("id"))
            yield Spot(tree.number(report), identifier, place, unit.note), match


def quoted(report: Element, words: str) -> Iterator[Spot]:
    """Yield where `words` stand in a report, letter by letter, whatever the white space."""
    for spot, _ in found(report, re.compile(_literal(words))):
        yield spot


def _literal(words: str) -> str:
    """Return a pattern for words: any white space, either apostrophe, any hyphen."""
    return r"\s+".join(
        "".join(_QUOTES.get(sign, re.escape(sign)) for sign in word) for word in words.split()
    )


def whole(word: str) -> str:
    """Return a pattern for a word where it is one, and not a piece of a longer one.

    A word that begins with a small letter may begin a sentence too.
    """
    body = _literal(word)
    first, last = word.strip()[:1], word.strip()[-1:]
    if first.islower() and first.isascii():
        body = f"[{first}{first.upper()}]{body[1:]}"
    before, after = _side(first), _side(last)
    front = f"(?<![{before}])" if before else ""
    # Korean endings follow a word without a space.
    back = f"(?![{after}])" if after and after != _HANGUL else ""
    return front + body + back


def _side(sign: str) -> str:
    """Return the letters that would make a word longer at its end `sign`, "" for none."""
    return next((s for s in (_LATIN, _KATAKANA, _HANGUL) if sign and re.match(f"[{s}]", sign)), "")
