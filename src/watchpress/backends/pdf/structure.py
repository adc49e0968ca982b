"""The structure tree as objects of the PDF (ISO 32000-1, 14.7), and the ways from pages to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, Final
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.document import Document

from watchpress.backends.pdf.tagger import Node, Tree

NUMBERING: Final = {"ol": "Decimal", "ul": "Disc"}
CELLS: Final = frozenset(("TH", "TD"))


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
        """Write all nodes, and enter the tree into the catalog."""
        root = self._object({"Type": "/StructTreeRoot"})
        prune(tree.root)
        root["K"] = pydyf.Array([self._node(tree.root, root.reference, self.language)])
        root["ParentTree"] = self._parent_tree()
        if self.names:
            pairs = [(pydyf.String(name), self.names[name]) for name in sorted(self.names)]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(chain.from_iterable(pairs))})
        self.pdf.catalog["StructTreeRoot"] = root.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _object(self, entries: dict[str, Any]) -> pydyf.Dictionary:
        made = pydyf.Dictionary(entries)
        self.pdf.add_object(made)
        return made

    def _node(self, node: Node, parent: bytes, language: str) -> bytes:
        """Write a node and all below it; return the reference of its object."""
        made = self._object({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        me: bytes = made.reference
        if node.element is not None:
            language = self._attributes(node, node.element, made, language)
        home = next((kid[0] for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            made["Pg"] = self.pages[home]
        made["K"] = pydyf.Array(
            self._node(kid, me, language) if isinstance(kid, Node) else self._content(kid, home, me)
            for kid in node.kids
        )
        return me

    def _content(self, kid: tuple[int, Any], home: int | None, owner: bytes) -> Any:
        page, what = kid
        if isinstance(what, int):
            self.parents[page][what] = owner
            if page == home:
                return what
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[page], "MCID": what})
        self.links.append((what, owner))
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": what.reference, "Pg": self.pages[page]})

    def _attributes(
        self, node: Node, element: Element, made: pydyf.Dictionary, language: str
    ) -> str:
        """Set what a role asks for; return the language in force below."""
        own = element.get("lang") or language
        if own != language:
            made["Lang"] = pydyf.String(own)
        attributes = attributes_of(node, element)
        if attributes:
            made["A"] = pydyf.Dictionary(attributes)
        if node.role == "Figure":
            made["Alt"] = pydyf.String(element.get("alt") or "")
        if node.role == "Note" and element.get("id"):
            made["ID"] = pydyf.String(element.get("id"))
            self.names[str(element.get("id"))] = made.reference
        return own

    def _parent_tree(self) -> pydyf.Dictionary:
        numbers = pydyf.Array()
        for page, owners in enumerate(self.parents):
            numbers += [page, pydyf.Array(owners[number] for number in sorted(owners))]
        for place, (annotation, owner) in enumerate(self.links, start=len(self.parents)):
            annotation["StructParent"] = place
            numbers += [place, owner]
        return pydyf.Dictionary({"Nums": numbers})


def attributes_of(node: Node, element: Element) -> dict[str, Any]:
    """Return the attributes of a node (ISO 32000-1, 14.8.5): of lists, tables and figures."""
    if node.role == "L":
        return {"O": "/List", "ListNumbering": f"/{NUMBERING[element.tag]}"}
    if node.role in ("TH", "TD"):
        return _cell(node, element)
    if node.area is not None:
        return {"O": "/Layout", "BBox": pydyf.Array(node.area)}
    return {}


def _cell(node: Node, element: Element) -> dict[str, Any]:
    """Return what a cell heads, and how many rows and columns it fills if more than one."""
    found: dict[str, Any] = {}
    if node.role == "TH":
        scope = "Row" if str(element.get("scope")).startswith("row") else "Column"
        found["Scope"] = f"/{scope}"
    for name in ("RowSpan", "ColSpan"):
        if element.get(name.lower(), "1") != "1":
            found[name] = int(str(element.get(name.lower())))
    return {"O": "/Table", **found} if found else {}


def prune(node: Node) -> None:
    """Drop nodes without content below `node`; an empty cell keeps its place in its row."""
    for kid in node.kids:
        if isinstance(kid, Node):
            prune(kid)
    node.kids = [
        kid for kid in node.kids if not isinstance(kid, Node) or kid.kids or kid.role in CELLS
    ]


def add_tags(pdf: pydyf.PDF, document: Document, version: Any, streams: Sequence[Any]) -> None:
    """Do what WeasyPrint's function of this name does, in our way; called once its pages stand."""
    tree = Tree()
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.grow(page._page_box, number, stream._tags)
        assert not stream._tags, "each piece of marked content has a place in the tree"
    Writer(pdf, str(document.metadata.lang)).write(tree)
