"""An EPUB as a product: its documents in the order of the spine, element by element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from watchpress.checks.proof.letters import TABLES, Letters
from watchpress.checks.proof.product import BACKS, Aim, Back, Entry, Hit, Product, Range
from watchpress.tools import container
from watchpress.tools.container import Container, Document

Element: TypeAlias = etree._Element

_X: Final = f"{{{container.XHTML}}}"
_TYPE: Final = f"{{{container.OPS}}}type"
_PARTS: Final = {"doc-chapter", "doc-endnotes"}  # DPUB-ARIA 1.1: what a report consists of
_APART: Final = {f"{_X}{name}" for name in (
    "article", "section", "header", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "ul", "ol", "li", "footer", "br", "hr",
)}  # fmt: skip
_SILENT: Final = {f"{_X}{name}" for name in ("rp", "script", "style", "head", "template")}


def product(book: Container) -> Product:
    """Return what the reports in `book` say: cover, title page and contents are not of them."""
    walk = _Walk()
    for document in book.documents:
        walk.leaves.append(walk.letters.length)
        walk.names.add(document.name)
        if _is_report(document):
            walk.document(document)
        else:
            walk.pass_over(document)
    return walk.product(book)


def _is_report(document: Document) -> bool:
    return any(
        part.tag == f"{_X}article"
        or _PARTS & {part.get("role"), *(f"doc-{kind}" for kind in part.get(_TYPE, "").split())}
        for part in document.root.iter(f"{_X}article", f"{_X}section")
    )


@dataclass
class _Walk:
    """A walk over the documents of an EPUB that writes down letters, anchors and links."""

    letters: Letters = field(default_factory=Letters)
    name: str = ""
    names: set[str] = field(default_factory=set)
    leaves: list[int] = field(default_factory=list)
    anchors: dict[tuple[str, str], Range] = field(default_factory=dict)
    links: list[tuple[Range, bool, str, str]] = field(default_factory=list)
    """Where, whether it is a way back, in which entry, and the address."""

    def document(self, document: Document) -> None:
        start, self.name = self.letters.length, document.name
        for body in document.root.iterfind(f"{_X}body"):
            self.element(body)
        self.anchors[self.name, ""] = (start, self.letters.length)

    def pass_over(self, document: Document) -> None:
        """Note the anchors of a document that is no report: contents may lead there."""
        here = (self.letters.length, self.letters.length)
        self.anchors[document.name, ""] = here
        for node in document.root.iterfind(".//*[@id]"):
            self.anchors.setdefault((document.name, str(node.get("id"))), here)

    def element(self, element: Element) -> None:
        if element.tag in _SILENT or not isinstance(element.tag, str):
            return
        letters, link = self.letters, element.tag == f"{_X}a"
        back = link and "".join(element.itertext()).strip() in BACKS
        if element.tag in _APART:
            letters.gaps.add(letters.length)
        start = letters.length
        if element.tag == f"{_X}li":
            letters.add(_number(element))
        if not back:
            self.content(element)
        here = (start, letters.length)
        if element.get("id"):
            self.anchors.setdefault((self.name, str(element.get("id"))), here)
        if link and element.get("href"):
            self.links.append((here, back, self.name, str(element.get("href"))))
        if element.tag in _APART:
            letters.gaps.add(letters.length)

    def content(self, element: Element) -> None:
        self.add(element.text)
        for child in element:
            self.element(child)
            self.add(child.tail)

    def add(self, words: str | None) -> None:
        if words:
            self.letters.add(words.translate(TABLES["epub"]))

    def product(self, book: Container) -> Product:
        hits, backs = list[Hit](), list[Back]()
        for here, back, entry, href in self.links:
            if back:
                backs.append(Back(here[0], self.aim(entry, href)))
            elif ":" in href.partition("#")[0]:
                hits.append(Hit(*here, uri=href))
            else:
                hits.append(Hit(*here, aim=self.aim(entry, href)))
        entries = list(self.contents(book.nav)) if book.nav else []
        letters = self.letters
        return Product(letters.text, letters.gaps, self.leaves, hits, backs, entries, paged=False)

    def contents(self, nav: Document) -> Iterator[Entry]:
        for part in nav.root.iter(f"{_X}nav"):
            contents = "toc" in part.get(_TYPE, "").split()  # landmarks say what, not the heading
            for link in part.iterfind(f".//{_X}a[@href]"):
                words = "".join(link.itertext()) if contents else ""
                yield Entry(words, self.aim(nav.name, str(link.get("href"))))

    def aim(self, entry: str, href: str) -> Aim | None:
        found = self.anchors.get(container.resolve(entry, href))
        return Aim(found, found) if found else None


def _number(item: Element) -> str:
    """Return the number that a reading system shows before an item; "" for a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != f"{_X}ol":
        return ""
    number = int(parent.get("start", "1")) - 1
    for other in parent.iterchildren(f"{_X}li"):
        number = int(other.get("value", number + 1))
        if other is item:
            break
    return str(number)
