"""Inline text: a line of copy into an element, with its markers and addresses as elements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from watchpress.model.address import leads
from watchpress.model.tree import AS, AT, HREF, Element
from watchpress.readers.plain import ruby
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import Address, Mark, addresses, marks
from watchpress.readers.plain.ruby import Reading


@dataclass
class Numbering:
    """Hands out ids: `wr032-en-p01`, `wr032-en-r1` ..., each kind counted on its own."""

    stem: str
    forms: Collection[str]  # the forms that are markers in this document

    def __post_init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, kind: str, width: int = 1) -> str:
        """Return the next id of a kind (p, q, s, r)."""
        self._last[kind] = self._last.get(kind, 0) + 1
        return f"{self.stem}-{kind}{str(self._last[kind]).zfill(width)}"


def fill(element: Element, line: Line, ids: Numbering, *, calls: bool) -> None:
    """Append a line's text to `element`; with `calls` its markers become xref elements."""
    end = 0
    for found in _found(line.text, ids.forms if calls else ()):
        add(element, line.text[end : found.start])
        element.append(_made(line, found, ids))
        end = found.end
    add(element, line.text[end:])


def _made(line: Line, found: Mark | Address | Reading, ids: Numbering) -> Element:
    if isinstance(found, Reading):
        return ruby.element(line, found)
    return _xref(line, found, ids) if isinstance(found, Mark) else _link(line, found)


def _found(text: str, forms: Collection[str]) -> list[Mark | Address | Reading]:
    found: list[Mark | Address | Reading] = [mark for mark in marks(text) if mark.form in forms]
    found += [one for one in addresses(text) if leads(one.url)]
    found += ruby.readings(text)
    return sorted(found, key=lambda one: one.start)


def _xref(line: Line, mark: Mark, ids: Numbering) -> Element:
    xref = etree.Element("xref", {"ref-type": "fn", "id": ids.next("r")})
    xref.set(AT, line.at(mark.start))
    xref.set(AS, line.text[mark.start : mark.end])
    xref.text = mark.label
    return xref


def refer(element: Element, line: Line, address: Address) -> None:
    """Append an address of a line to `element`: as a link, or as words where it leads nowhere."""
    if leads(address.url):
        element.append(_link(line, address))
    else:
        add(element, address.url)


def _link(line: Line, address: Address) -> Element:
    """Return the ext-link of an address in a line."""
    element = etree.Element("ext-link", {"ext-link-type": "uri", HREF: address.url})
    element.set(AT, line.at(address.start))
    element.text = address.url
    return element


def add(element: Element, text: str) -> None:
    """Append text behind all that `element` holds already."""
    if not text:
        return
    try:
        last = element[-1]  # not len(): it counts all children, and there may be thousands
    except IndexError:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
