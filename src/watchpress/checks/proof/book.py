"""An EPUB as a product: its documents in the order of the spine, element by element.

Where two editions face each other, each is read by itself: the sides of the first language through
the whole document, then those of the second. Documents of notes alone (a volume's) are read without
their headings; title, contents, placeholders, indexes are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
_CHAPTER: Final = "doc-chapter"  # DPUB-ARIA 1.1: a report
_NOTES: Final = "doc-endnotes"  # and its notes
_PARTS: Final = {_CHAPTER, _NOTES}
_HEADINGS: Final = {f"{_X}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "header")}
_PAIR: Final = "pair"  # the class of two blocks, a div each, that face each other
_PAIRS: Final = f".//{_X}div[@class='{_PAIR}']"
_APART: Final = {f"{_X}{name}" for name in (
    "article", "section", "header", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "ul", "ol", "li", "footer", "br", "hr", 
    "figure", "figcaption", "table", "caption", "tr", "th", "td",
)}  # fmt: skip
_SILENT: Final = {f"{_X}{name}" for name in ("rp", "script", "style", "head", "template")}


def product(book: Container) -> Product:
    """Return what the reports in `book` say: cover, title page and contents are not of them."""
    walk = _Walk()
    for document in book.documents:
        walk.leaves.append(walk.letters.length)
        walk.names.add(document.name)
        if _parts(document) & _PARTS:
            walk.document(document)
        else:
            walk.pass_over(document)
    return walk.product(book)


def _parts(document: Document) -> set[str]:
    """Return the roles of the sections of a document; an article is taken for a chapter."""
    found = set[str]()
    for part in document.root.iter(f"{_X}article", f"{_X}section"):
        found.add(_CHAPTER if part.tag == f"{_X}article" else str(part.get("role")))
        found.update(f"doc-{kind}" for kind in part.get(_TYPE, "").split())
    return found


def _sides(document: Document) -> tuple[str, ...]:
    """Return the languages that face each other in a document, in their order; mostly none."""
    pairs = document.root.iterfind(_PAIRS)
    return tuple(dict.fromkeys(str(side.get("lang")) for pair in pairs for side in pair))


def _is_pair(element: Element) -> bool:
    return element.tag == f"{_X}div" and element.get("class") == _PAIR


@dataclass
class _Walk:
    """A walk over the documents of an EPUB that writes down letters, anchors and links."""

    letters: Letters = field(default_factory=Letters)
    name: str = ""
    silent: set[str] = field(default_factory=lambda: _SILENT)
    tongue: str = ""  # the language of the sides that are being read
    names: set[str] = field(default_factory=set)
    leaves: list[int] = field(default_factory=list)
    anchors: dict[tuple[str, str], Range] = field(default_factory=dict)
    links: list[tuple[Range, bool, str, str]] = field(default_factory=list)
    """Where, whether it is a way back, in which entry, and the address."""
    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    """The marks of printed pages: which page each says it is."""
    bookwork: dict[tuple[str, str], str] = field(default_factory=dict)
    """What stands at the anchors of a volume's own parts."""
    sides: dict[tuple[str, str, str], Range] = field(default_factory=dict)
    """What an anchor is in one language, where a document has sides."""

    images: list[tuple[str, str]] = field(default_factory=list)
    """The documents with pictures, and the addresses of these."""

    def document(self, document: Document) -> None:
        start, self.name = self.letters.length, document.name
        self.silent = _SILENT
        if _CHAPTER not in _parts(document):  # notes alone: their headings are the volume's
            self.silent = _SILENT | _HEADINGS
            self.remember(document)
        first, *others = _sides(document) or ("",)
        bodies = document.root.findall(f"{_X}body")
        starts = {first: self.read(bodies, first)}
        for tongue in others:
            starts[tongue] = self.read(document.root.iterfind(_PAIRS), tongue)
        end = self.letters.length
        self.anchors[self.name, ""] = (start, end)
        self.sides.update({(self.name, "", tongue): (at, end) for tongue, at in starts.items()})

    def read(self, elements: Iterable[Element], tongue: str) -> int:
        """Read elements in the turn of a language; return where that begins."""
        start, self.tongue = self.letters.length, tongue
        for element in elements:
            self.element(element)
        return start

    def pass_over(self, document: Document) -> None:
        """Note the anchors of a document that is no report: contents may lead there."""
        here = (self.letters.length, self.letters.length)
        self.anchors[document.name, ""] = here
        self.name = document.name
        for node in document.root.iterfind(".//*[@id]"):
            self.anchor(node, here)
        self.remember(document)

    def remember(self, document: Document) -> None:
        """Note what the parts of a document say, for the contents to be held against."""
        self.bookwork[document.name, ""] = "".join(document.root.itertext())
        for node in document.root.iterfind(".//*[@id]"):
            self.bookwork[document.name, str(node.get("id"))] = "".join(node.itertext())

    def element(self, element: Element) -> None:
        if element.tag in self.silent or not isinstance(element.tag, str):
            self.leave_out(element)
            return
        if self.tongue and self.elsewhere(element):
            return
        if element.tag == f"{_X}img":
            self.images.append((self.name, str(element.get("src"))))
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
            self.anchor(element, here)
        if link and element.get("href"):
            self.links.append((here, back, self.name, str(element.get("href"))))
        if element.tag in _APART:
            letters.gaps.add(letters.length)

    def leave_out(self, element: Element) -> None:
        """Note the anchors of an element whose text is not read: a page may begin with it."""
        here = (self.letters.length, self.letters.length)
        for node in element.iterfind(".//*[@id]"):
            self.anchor(node, here)
        if element.get("id"):
            self.anchor(element, here)

    def elsewhere(self, element: Element) -> bool:
        """Say whether an element is a side that is read in another language's turn."""
        parent = element.getparent()
        return parent is not None and _is_pair(parent) and element.get("lang") != self.tongue

    def anchor(self, element: Element, here: Range) -> None:
        name = str(element.get("id"))
        if element.get("role") == "doc-pagebreak":
            self.pages[self.name, name] = str(element.get("aria-label"))
        self.anchors.setdefault((self.name, name), here)
        if self.tongue:
            self.sides.setdefault((self.name, name, self.tongue), here)

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
        return Product(
            letters.text,
            letters.gaps,
            self.leaves,
            hits,
            backs,
            entries,
            paged=False,
            pictures=[book.images.get(container.resolve(*one)[0], "") for one in self.images],
        )

    def contents(self, nav: Document) -> Iterator[Entry]:
        for part in nav.root.iter(f"{_X}nav"):
            kinds = part.get(_TYPE, "").split()
            for link in part.iterfind(f".//{_X}a[@href]"):
                href = str(link.get("href"))
                if "toc" in kinds:
                    yield from self.entries(link, nav.name, href)
                elif "page-list" in kinds:
                    yield self.page(link, nav.name, href)
                else:  # landmarks say what, not the heading
                    yield Entry("", self.aim(nav.name, href))

    def entries(self, link: Element, nav: str, href: str) -> Iterator[Entry]:
        """Yield what a line of the contents says: where editions face each other, each of both."""
        goal = container.resolve(nav, href)
        if goal in self.bookwork:  # a part of the volume, of which nothing else is compared
            words = "".join(link.itertext())
            here = self.anchors[goal]
            yield Entry("" if _within(words, self.bookwork[goal]) else words, Aim(here, here))
            return
        for tongue, said in _said(link).items():
            side = self.sides.get((*goal, tongue))
            yield Entry(said, Aim(side, side) if side else self.aim(nav, href))

    def page(self, link: Element, nav: str, href: str) -> Entry:
        """Return a line of the list of pages: it must lead to the mark of that very page."""
        label = self.pages.get(container.resolve(nav, href))
        words = "".join(link.itertext())
        return Entry("" if label == words else words, self.aim(nav, href) if label else None)

    def aim(self, entry: str, href: str) -> Aim | None:
        found = self.anchors.get(container.resolve(entry, href))
        return Aim(found, found) if found else None


def _said(link: Element) -> dict[str, str]:
    """Return what a line of the contents says, by language; all of it where that is only one."""
    own = next(str(node.get("lang")) for node in (link, *link.iterancestors()) if node.get("lang"))
    found = {own: link.text or ""}
    for child in link:
        tongue = str(child.get("lang") or own)
        found[tongue] = found.get(tongue, "") + "".join(child.itertext())
        found[own] += child.tail or ""
    return found


def _within(words: str, text: str) -> bool:
    """Say whether the letters of a line of contents stand, in order, where it leads."""
    rest = iter("".join(text.split()))
    return all(letter in rest for letter in "".join(words.split()))


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
