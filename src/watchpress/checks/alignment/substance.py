"""The substance of what is paired: addresses, days, numbers, and the language it is written in.

Editions write one thing in many ways: what is told is only what the other edition has in no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final
from urllib.parse import unquote, urlsplit

from watchpress.checks.alignment.shape import Blocks, Row
from watchpress.diagnostic import Diagnostic, remark
from watchpress.language import days, figures
from watchpress.language.days import Day
from watchpress.language.figures import Figure
from watchpress.language.scripts import detect
from watchpress.model import tree
from watchpress.model.ledger import urls
from watchpress.model.tree import HREF, LANG, Element

NOTHING: Final = "–"
_ENOUGH: Final = 40  # letters of a paragraph that tell its language
_ENOUGH_TITLE: Final = 12
# No day runs from one of these into the next.
_APART: Final = frozenset(("p", "td", "th", "title", "attrib", "alt-text"))
_LONGEST_MONTH: Final = 31
_BLANK: Final = "\x00"  # in the place of what has been dealt with


def differences(row: Row) -> Iterator[Diagnostic]:
    """Yield what blocks and their answer do not both say; each kind of thing once."""
    yield from _addresses(row)
    ours, theirs = _Side.of(row.original), _Side.of(row.translation)
    beside = "\n".join(said(block) for block in (*row.beside_original, *row.beside_translation))
    wanted, found = ours.unanswered(theirs, beside), theirs.unanswered(ours, beside)
    if wanted or found:
        yield _told("A113", row, wanted or ours.apart(theirs), found or theirs.apart(ours))
    missing, added = ours.unsaid(theirs, beside), theirs.unsaid(ours, beside)
    if wanted or found:  # what is left of a day or month that has been told
        missing, added = _large(missing), _large(added)
    if (missing and added) or any(not figure.small for figure in [*missing, *added]):
        texts = [[figure.text for figure in figures] for figures in (missing, added)]
        yield _told("A114", row, *texts)


def said(element: Element) -> str:
    """Return the text of an element without note calls, mentions and addresses."""
    return "".join(_said(element))


def _said(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in ("xref", "ext-link", "label", "rt"):
            yield _BLANK
        elif isinstance(child.tag, str):
            yield from _said(child)
            yield "\n" if child.tag in _APART else ""
        yield child.tail or ""


def _told(code: str, row: Row, wanted: Iterable[str], found: Iterable[str]) -> Diagnostic:
    facts = {
        "wanted": ", ".join(wanted) or NOTHING,
        "found": ", ".join(found) or NOTHING,
        "at": tree.place(row.original[0]),
    }
    return remark(code, tree.place(row.translation[0]), **facts)


def _addresses(row: Row) -> Iterator[Diagnostic]:
    ours, theirs = _links(row.original), _links(row.translation)
    around = (*row.beside_original, *row.beside_translation)
    beside = {_target(url) for block in around for url in urls(block)}
    wanted = [url for url in ours if _target(url) not in {*map(_target, theirs)} | beside]
    found = [url for url in theirs if _target(url) not in {*map(_target, ours)} | beside]
    if wanted or found:
        told = _told("A112", row, wanted, found)
        yield replace(told, place=tree.place(theirs[found[0]])) if found else told


def _target(address: str) -> str:
    """Return what an address leads to, in one form: http is https, a last slash is none.

    The host is the same in capitals, a letter the same as %XX (RFC 3986, 6.2.2).
    """
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/")
    return f"{parts.netloc.lower()}{path}?{unquote(parts.query)}#{unquote(parts.fragment)}"


def _links(blocks: Blocks) -> dict[str, Element]:
    return {str(link.get(HREF)): link for block in blocks for link in block.iter("ext-link")}


# -- Days and numbers ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Side:
    """One edition of a passage: its text, the days in it, and the months that stand alone."""

    text: str
    days: list[Day]
    months: list[Day]

    @classmethod
    def of(cls, blocks: Blocks) -> _Side:
        text = "\n".join(map(said, blocks))
        found = days.find(text)
        return cls(text, found, days.months(_without(text, found)))

    def apart(self, other: _Side) -> list[str]:
        """Return the days that no day of the other edition agrees with."""
        return [day.text for day in self._apart(other)]

    def _apart(self, other: _Side) -> list[Day]:
        return [day for day in self.days if not any(map(day.agrees, other.days))]

    def rest(self, other: _Side) -> str:
        """Return the text without the days that both have: it may explain what the other has."""
        apart = self._apart(other)
        return _without(self.text, [day for day in self.days if day not in apart])

    def unanswered(self, other: _Side, beside: str) -> list[str]:
        """Return the days and months of this edition that the other does not name in any form.

        "12 to 14 November" names the 12th too: a day is named where its parts are.
        """
        rest = f"{other.rest(self)}\n{beside}"
        months = {month.month for month in days.months(rest)}
        known = _values(rest)
        lost = [
            day
            for day in self._apart(other)
            if day.month not in months or not {day.year or day.day, day.day} <= known
        ]
        named = {month.month for month in days.months(f"{other.text}\n{beside}")}
        written = {int(digits) for digits in re.findall("[0-9]{1,2}", rest)}
        lost += [m for m in self.months if m.sure and m.month not in named | written]
        return [day.text for day in lost]

    def unsaid(self, other: _Side, beside: str) -> list[Figure]:
        """Return the numbers of this edition, days and months aside, that the other has not."""
        text = _without(self.text, [*self.days, *self.months])
        rest = f"{other.rest(self)}\n{beside}"
        return figures.unsaid(figures.find(text), figures.find(_without(rest, days.months(rest))))


def _without(text: str, out: Iterable[Day]) -> str:
    """Return `text` with a blank in the place of each letter of the days in `out`."""
    for day in out:
        text = text[: day.start] + _BLANK * (day.end - day.start) + text[day.end :]
    return text


def _values(text: str) -> set[Fraction]:
    return {value for figure in figures.find(text) for value in figure.values}


def _large(found: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in found if figure.least > _LONGEST_MONTH]


# -- The language a text is in ---------------------------------------------------------------------


def foreign(original: Element, translation: Element) -> Iterator[Element]:
    """Yield paragraphs and sub-headings of a translation that are in the original's language.

    Told by the share of scripts; what says of itself that it is in another language is left out.
    """
    source = tree.language(original)
    for element in translation.iterfind("body//*"):
        least = {"p": _ENOUGH, "title": _ENOUGH_TITLE}.get(str(element.tag))
        if least is None or any(node.get(LANG) for node in _up_to_body(element)):
            continue
        words = said(element)
        if sum(sign.isalpha() for sign in words) >= least and detect(words) == source:
            yield element


def _up_to_body(element: Element) -> Iterator[Element]:
    while element.tag != "body":
        yield element
        parent = element.getparent()
        assert parent is not None, "it stands in the body"
        element = parent
