"""Printed pages as the parts of a book name them; in an EPUB there are none, and links do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final, TypeAlias

from lxml.builder import ElementMaker

from watchpress.catalog import Part, Volume
from watchpress.language.words import Words
from watchpress.model.tree import Element

Folio: TypeAlias = Callable[[str], str]  # id of an element -> folio of the page it begins on
# By part: folio, id of an element, offset in its plain text, of each page that begins there.
Breaks: TypeAlias = Mapping[str, Sequence[tuple[str, str, int]]]

E: Final = ElementMaker()
RUN: Final = 3  # so many pages in a row are named as a range


@dataclass(frozen=True)
class Pages:
    """What is known of the printed pages: `folio` None where there are none, as in an EPUB.

    With `breaks` a place far down in a paragraph has the page it is really on; without them, that
    of the paragraph's beginning.
    """

    folio: Folio | None = None
    breaks: Breaks = field(default_factory=dict)

    @property
    def printed(self) -> bool:
        """Say whether there are pages to name."""
        return self.folio is not None

    def at(self, identifier: str, offset: int = 0) -> str:
        """Return the folio of the page that an element, or a place in it, stands on; "" if none."""
        if self.folio is None:
            return ""
        found = self.folio(identifier)
        for start, folio in self._turns.get(identifier, ()):
            if start <= offset:
                found = folio or found
        return found

    @cached_property
    def _turns(self) -> dict[str, list[tuple[int, str]]]:
        turns: dict[str, list[tuple[int, str]]] = {}
        for part in self.breaks.values():
            for folio, identifier, offset in part:
                turns.setdefault(identifier, []).append((offset, folio))
        return turns


@dataclass(frozen=True)
class Setting:
    """What a part may look at: its volume, the parts of that, the printed pages.

    `typefaces` are the names that a colophon gives; none where the reader's own are used.
    """

    volume: Volume
    parts: tuple[Part, ...]
    pages: Pages = field(default_factory=Pages)
    typefaces: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Say whether the volume has more than one language."""
        return len(self.volume.languages) > 1


def value(folio: str) -> int:
    """Return the number of an arabic folio, 0 for any other."""
    return int(folio) if folio.isdecimal() else 0


def ranges(folios: Iterable[tuple[str, str]], speech: Words) -> list[tuple[str, str]]:
    """Return (folio, id) pairs once each, in order, three pages and more in a row as a range.

    A range has the id of its first page.
    """
    first: dict[str, str] = {}
    for folio, identifier in folios:
        first.setdefault(folio, identifier)
    ordered = sorted(first.items(), key=lambda pair: value(pair[0]))
    out: list[tuple[str, str]] = []
    for _, run in groupby(enumerate(ordered), lambda pair: value(pair[1][0]) - pair[0]):
        row = [pair for _, pair in run]
        if len(row) < RUN or not value(row[0][0]):
            out += row
        else:
            whole = speech.label("range", first=row[0][0], last=row[-1][0])
            out.append((whole, row[0][1]))
    return out


def link(identifier: str, text: str, *, label: str = "") -> Element:
    """Return a link to an element of the volume; `label` is what those who listen hear."""
    made = E.a(text, href=f"#{identifier}")
    if label:
        made.set("aria-label", label)
    return made


def listed(element: Element, items: Sequence[Element], comma: str) -> Element:
    """Append inline elements with a comma between them."""
    for place, item in enumerate(items):
        item.tail = comma if place < len(items) - 1 else None
        element.append(item)
    return element


def headed(element: Element, title: str, identifier: str = "") -> Element:
    """Give an article its heading, in its own language."""
    heading = E.h1(title, id=identifier or f"{element.get('id')}-title")
    element.append(E.header(heading, {"class": "head"}))
    return element


def translated(element: Element, titles: Iterable[tuple[str, str]]) -> Element:
    """Put the title in other languages (text, language) below the heading of an article."""
    for title, language in titles:
        element[0].append(E.p(title, {"class": "also", "lang": language}))
    return element
