"""An EPUB as a witness reads it: the letters of its documents, each link by what it names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from epub_reports import unpacked
from watchpress.model.tree import Element
from witness import Link, Stream, fold

_X = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"


def documents(data: bytes) -> dict[str, Element]:
    """Return the documents of an EPUB by file name, in the order of its spine."""
    files = unpacked(data)
    package = etree.fromstring(files["EPUB/package.opf"])
    names = {item.get("id"): str(item.get("href")) for item in package.iter(f"{_OPF}item")}
    spine = [names[ref.get("idref")] for ref in package.iter(f"{_OPF}itemref")]
    return {name: etree.fromstring(files[f"EPUB/{name}"]) for name in spine}


def streams(data: bytes) -> list[Stream]:
    """Return an EPUB in the orders that it is read in: as it stands, and by facing languages."""
    found = documents(data)
    ids = [str(node.get("id")) for root in found.values() for node in root.iterfind(".//*[@id]")]
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) < len(ids) else []
    assert not twice, f"ids that stand in the book twice: {twice[:9]}"
    tongues = sorted({str(side.get("lang")) for root in found.values() for side in _sides(root)})
    return [_Walk(tongue).stream(found) for tongue in ("", *tongues)]


def _sides(root: Element) -> Iterator[Element]:
    for pair in root.iterfind(f".//{_X}div[@class='pair']"):
        yield from pair


@dataclass
class _Walk:
    """A walk through the documents that passes over the sides of all languages but one."""

    tongue: str
    letters: list[str] = field(default_factory=list)
    links: list[Link | None] = field(default_factory=list)
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    name: str = ""
    number: int = 0

    def stream(self, found: dict[str, Element]) -> Stream:
        for self.name, root in found.items():
            body = root.find(f"{_X}body")
            assert body is not None
            self.walk(body, None)
        return Stream("".join(self.letters), self.links, self.ids.get)

    def walk(self, element: Element, link: Link | None) -> None:
        if not isinstance(element.tag, str) or self.elsewhere(element):
            return
        if element.get("id"):
            self.ids[self.name, str(element.get("id"))] = len(self.letters)
        if element.tag == f"{_X}a" and element.get("href"):
            link = self.link(str(element.get("href")))
        if element.tag == f"{_X}li" and element.get("value"):
            self.add(f"{element.get('value')}.", None)
        self.add(element.text, link)
        for child in element:
            self.walk(child, link)
            self.add(child.tail, link)

    def elsewhere(self, element: Element) -> bool:
        parent: Any = element.getparent()
        beside = parent is not None and parent.get("class") == "pair"
        return bool(self.tongue) and beside and element.get("lang") != self.tongue

    def link(self, href: str) -> Link:
        self.number += 1
        path, _, target = href.partition("#")
        if ":" in path:
            return Link(self.number, href, None)
        folder = posixpath.dirname(self.name)
        name = posixpath.normpath(posixpath.join(folder, path)) if path else self.name
        return Link(self.number, None, (name, target))

    def add(self, words: str | None, link: Link | None) -> None:
        letters = fold(words or "")
        self.letters += letters
        self.links += [link] * len(letters)
