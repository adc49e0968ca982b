"""The structure tree of the PDF: our own instead of WeasyPrint's, valid as PDF/UA-1.

WeasyPrint tags boxes: a paragraph over two pages becomes two, each line a Span, running heads are
content, no language, a list item with a paragraph in it is invalid. Here elements are tagged: what
an element has on any page hangs below one node. The roles are those of ISO 32000-1, 14.8.4; what
must be so is ISO 14289-1 (PDF/UA-1), clause 7.

Three names in `weasyprint.pdf` are replaced while a PDF is written: `Stream` (which box is content,
which is artifact, which hyphen is not of the text), `build_fonts_dictionary` (which letter a glyph
is read as) and `add_tags`.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

import pydyf
import weasyprint.pdf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream

ROLES: Final = {
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "div": None,
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "ruby": "Ruby",
    "rb": "RB",
    "rt": "RT",
    "rp": "RP",
    "img": "Figure",
    "figcaption": "Caption",
    "caption": "Caption",
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
} | {f"h{level}": f"H{level}" for level in range(1, 7)}
INLINE: Final = frozenset({"em", "strong", "span", "sub", "sup", "cite", "time", "b", "i"})
NUMBERING: Final = {"ol": "Decimal", "ul": "Disc"}
HYPHEN: Final = "\u2010"  # print.css: the hyphen that ends a line, and is not of the text
SOFT: Final = b"/Span <</ActualText <FEFF00AD>>> BDC"
PLAIN: Final = {"\u00a0": " ", HYPHEN: "-", "\u00ad": "-", "\u2011": "-", "": "\u200b"}
LAST: Final = re.compile(rb"(?P<rest>\[.*)(?P<glyph>[0-9a-f]{4})>(?:-?\d+)?\] TJ", re.DOTALL)


class Marking(Stream):  # type: ignore[misc]
    """A page's content with its marks: text and images numbered, running heads as artifacts."""

    furniture: frozenset[Any] = frozenset()  # boxes of the margins: set while a PDF is written

    @contextlib.contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn while this lasts as the content of `box`, or as an artifact."""
        if self._tags is not None:
            self.stream.append(self._opening(box, tag))
        yield
        if isinstance(box, boxes.TextBox) and box.text.endswith(HYPHEN):
            self._soften()
        if self._tags is not None:
            self.stream.append(b"EMC")

    def _opening(self, box: Any, tag: str) -> bytes:
        if box in self.furniture:
            return b"/Artifact BMC"
        number = len(self._tags)
        self._tags[box] = number
        # A space between two elements is not drawn, and must not be lost to those who listen.
        space = b"/ActualText ( )" if isinstance(box, boxes.TextBox) and box.text.isspace() else b""
        return b"/%s <</MCID %d%s>> BDC" % (tag.encode(), number, space)

    def _soften(self) -> None:
        """Say of the hyphen drawn last that it stands for a soft hyphen (ISO 32000-1, 14.8.2.2.3).

        The glyph is the same as that of a real hyphen, and one glyph has one letter: the real one.
        """
        shown = LAST.fullmatch(self.stream[-2]) if self.stream[-1] == b"ET" else None
        if shown is None:
            return
        rest, glyph = shown["rest"], shown["glyph"]
        before = rest[:-1] if rest.endswith(b"<") else rest + b">"
        self.stream[-2:] = [before + b"] TJ", SOFT, b"[<" + glyph + b">] TJ", b"EMC", b"ET"]


@dataclass(eq=False)
class Node:
    """A structure element in the making: its role, and its kids in order.

    A kid is a node, (page, number of marked content), or (page, annotation).
    """

    role: str
    parent: Node | None = None
    element: Element | None = None
    kids: list[Node | tuple[int, int] | tuple[int, pydyf.Dictionary]] = field(default_factory=list)
    object: pydyf.Dictionary | None = None

    def add(self, role: str, element: Element | None = None) -> Node:
        """Return a new last kid."""
        kid = Node(role, self, element)
        self.kids.append(kid)
        return kid


class Tree:
    """The nodes of a document, grown page by page along its boxes."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.nodes: dict[tuple[int, str], Node] = {}

    def grow(self, box: Any, page: int, tags: dict[Any, int]) -> None:
        """Take in the boxes of one page; empties `tags` of what it found."""
        self._walk(box, self.root, page, tags)

    def _walk(self, box: Any, node: Node, page: int, tags: dict[Any, int]) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            return
        if isinstance(box, boxes.TextBox):
            if box in tags:
                node.kids.append((page, tags.pop(box)))
            return
        if not isinstance(box, boxes.LineBox):
            node = self._node(box, node)
        if isinstance(box, boxes.ReplacedBox):
            if box in tags:
                node.kids.append((page, tags.pop(box)))
            return
        for child in box.children:
            self._walk(child, node, page, tags)
        if box.link_annotation and node.role == "Link":
            node.kids.append((page, box.link_annotation))

    def _node(self, box: Any, parent: Node) -> Node:
        """Return the node that the content of `box` hangs below: its element's, or `parent`."""
        element, tag = box.element, box.element_tag
        if element is None or tag is None:
            return parent
        if "::" in tag:
            return self._label(element, parent) if tag == "li::marker" else parent
        known = self.nodes.get((id(element), "body")) or self.nodes.get((id(element), ""))
        if known:
            return known
        return self._make(element, parent)

    def _make(self, element: Element, parent: Node) -> Node:
        role = role_of(element)
        if role is None:
            return parent
        key = (id(element), "")
        if role == "LI":
            item = self.nodes[key] = parent.add("LI", element)
            body = self.nodes[id(element), "body"] = item.add("LBody")
            if is_note(item):
                body = self.nodes[id(element), "body"] = body.add("Note", element)
            return body
        if element.get("role") == "doc-noteref":
            parent = parent.add("Reference")
        self.nodes[key] = parent.add(role, element)
        return self.nodes[key]

    def _label(self, element: Element, parent: Node) -> Node:
        """Return the Lbl of a list item: the first kid of its LI."""
        key = (id(element), "label")
        if key not in self.nodes:
            self._make(element, parent) if (id(element), "") not in self.nodes else None
            item = self.nodes[id(element), ""]
            self.nodes[key] = Node("Lbl", item)
            item.kids.insert(0, self.nodes[key])
        return self.nodes[key]


def is_note(item: Node) -> bool:
    """Return whether a list item stands in a list of endnotes."""
    section = item.parent and item.parent.parent
    element = section.element if section else None
    return element is not None and element.get("role") == "doc-endnotes"


def role_of(element: Element) -> str | None:
    """Return the role of an element, None where its content belongs to its parent."""
    if element.tag in INLINE:
        return "Span" if element.get("lang") or element.tag in ("sub", "sup") else None
    return ROLES.get(element.tag)


class Writer:
    """Writes a tree into a PDF: one object for each node, and the ways from pages to nodes."""

    def __init__(self, pdf: pydyf.PDF, language: str) -> None:
        self.pdf = pdf
        self.language = language
        self.pages = pdf.page_references
        self.parents: list[dict[int, bytes]] = [{} for _ in self.pages]
        self.links: list[tuple[pydyf.Dictionary, bytes]] = []
        self.names: dict[str, bytes] = {}

    def write(self, tree: Tree) -> None:
        """Write all, root last."""
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        prune(tree.root)
        self._number(tree.root)
        self._fill(tree.root, root.reference, self.language)
        assert tree.root.object is not None
        root["K"] = pydyf.Array([tree.root.object.reference])
        root["ParentTree"] = self._parent_tree()
        if self.names:
            pairs = [
                part
                for name, ref in sorted(self.names.items())
                for part in (pydyf.String(name), ref)
            ]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _number(self, node: Node) -> None:
        node.object = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}"})
        self.pdf.add_object(node.object)
        for kid in node.kids:
            if isinstance(kid, Node):
                self._number(kid)

    def _fill(self, node: Node, parent: bytes, language: str) -> None:
        entry = node.object
        assert entry is not None
        entry["P"] = parent
        language = self._attributes(node, entry, language)
        home = next((kid[0] for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            entry["Pg"] = self.pages[home]
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                assert kid.object is not None
                self._fill(kid, entry.reference, language)
                kids.append(kid.object.reference)
            else:
                kids.append(self._content(kid, home, entry.reference))
        entry["K"] = kids

    def _content(self, kid: Any, home: int | None, owner: bytes) -> Any:
        page, what = kid
        if isinstance(what, int):
            self.parents[page][what] = owner
            if page == home:
                return what
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[page], "MCID": what})
        self.links.append((what, owner))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": what.reference, "Pg": self.pages[page]})

    def _attributes(self, node: Node, entry: pydyf.Dictionary, language: str) -> str:
        """Set what a role asks for; return the language in force below."""
        element = node.element
        if element is None:
            return language
        own = element.get("lang") or language
        if own != language:
            entry["Lang"] = pydyf.String(own)
        if node.role == "Note" and element.get("id"):
            entry["ID"] = pydyf.String(element.get("id"))
            self.names[str(element.get("id"))] = entry.reference
        elif node.role == "L":
            style = NUMBERING[element.tag]
            entry["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{style}"})
        elif node.role == "TH":
            scope = "Row" if element.get("scope") == "row" else "Column"
            entry["A"] = pydyf.Dictionary({"O": "/Table", "Scope": f"/{scope}"})
        elif node.role == "Figure":
            entry["Alt"] = pydyf.String(element.get("alt") or "")
        return own

    def _parent_tree(self) -> pydyf.Dictionary:
        numbers = pydyf.Array()
        for page, owners in enumerate(self.parents):
            numbers += [page, pydyf.Array(owners[number] for number in sorted(owners))]
        for place, (annotation, owner) in enumerate(self.links, start=len(self.parents)):
            annotation["StructParent"] = place
            numbers += [place, owner]
        return pydyf.Dictionary({"Nums": numbers})


def build_fonts(pdf: pydyf.PDF, fonts: dict[Any, Any], *options: Any) -> pydyf.Dictionary:
    """Do what WeasyPrint's build_fonts_dictionary does, with one letter for each glyph: the plain.

    A glyph that several letters share is read as the first of them that was drawn: then all spaces
    of a font are no-break spaces where the first was one, all hyphens those of line ends.
    """
    for font in fonts.values():
        for glyph, letters in font.to_unicode.items():
            font.to_unicode[glyph] = PLAIN.get(letters, letters)
    return build_fonts_dictionary(pdf, fonts, *options)


def prune(node: Node) -> None:
    """Drop nodes without content below `node`."""
    for kid in node.kids:
        if isinstance(kid, Node):
            prune(kid)
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or kid.kids]


def add_tags(pdf: pydyf.PDF, document: Document, version: Any, streams: list[Marking]) -> None:
    """Do what WeasyPrint's function of this name does, in our way; called once its pages stand."""
    tree = Tree()
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.grow(page._page_box, number, stream._tags)
        assert not stream._tags, "each piece of marked content has a place in the tree"
    Writer(pdf, str(document.metadata.lang)).write(tree)
    for page in document.pages:
        for _, target, _, box in page.links:
            _describe(box, target)


def _describe(box: Any, target: str) -> None:
    """Say in words what a link is (PDF/UA-1, 7.18.5): its label, or where it leads."""
    box.link_annotation["Contents"] = pydyf.String(box.element.get("aria-label") or target)


@contextlib.contextmanager
def installed(document: Document) -> Iterator[None]:
    """Let WeasyPrint write with our marks and our tree while this lasts."""
    found = frozenset(_furniture(document))
    ours = {
        "Stream": type("Marked", (Marking,), {"furniture": found}),
        "add_tags": add_tags,
        "build_fonts_dictionary": build_fonts,
    }
    theirs = {name: getattr(weasyprint.pdf, name) for name in ours}
    for name, thing in ours.items():
        setattr(weasyprint.pdf, name, thing)
    try:
        yield
    finally:
        for name, thing in theirs.items():
            setattr(weasyprint.pdf, name, thing)


def _furniture(document: Document) -> Iterator[Any]:
    """Yield the boxes of text and images that stand in page margins."""
    for page in document.pages:
        for child in page._page_box.children:
            if isinstance(child, boxes.MarginBox):
                yield from child.descendants()
