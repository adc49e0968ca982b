"""From boxes to structure: each element that is seen on any page becomes one node.

WeasyPrint tags boxes: a paragraph over two pages becomes two, each line a Span, running heads are
content, no language, a list item with a paragraph in it is invalid. Here elements are tagged: what
an element has on any page hangs below one node. The roles are those of ISO 32000-1, 14.8.4; what
must be so is ISO 14289-1 (PDF/UA-1), clause 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

ROLES: Final = {
    "article": "Art",
    "section": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "footer": "P",
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
PT: Final = 0.75  # points in a CSS pixel
# A kid: a node, (page, number of marked content), or (page, annotation).
Kid: TypeAlias = "Node | tuple[int, int] | tuple[int, dict[str, Any]]"
INLINE: Final = frozenset({"em", "strong", "span", "sub", "sup", "cite", "time", "b", "i"})


@dataclass(eq=False)
class Node:
    """A structure element in the making: its role, its kids in order.

    `area` is that of a figure: left, bottom, right, top in pt.
    """

    role: str
    parent: Node | None = None
    element: Element | None = None
    kids: list[Kid] = field(default_factory=list)
    area: tuple[float, float, float, float] | None = None

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
        self.height = 0.0

    def grow(self, box: Any, page: int, tags: dict[Any, int]) -> None:
        """Take in the boxes of one page; empties `tags` of what it found."""
        self.height = box.margin_height()
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
                node.area = self._area(box)
            return
        for child in box.children:
            self._walk(child, node, page, tags)
        if box.link_annotation and node.role == "Link":
            node.kids.append((page, box.link_annotation))

    def _area(self, box: Any) -> tuple[float, float, float, float]:
        left, top = box.content_box_x(), self.height - box.content_box_y()
        right, bottom = left + box.width, top - box.height
        return (left * PT, bottom * PT, right * PT, top * PT)

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
        if role == "L" and is_contents(parent):
            role = "TOC"
        if role == "LI" and parent.role == "TOC":
            role = "TOCI"
        if role == "LI":
            item = self.nodes[key] = parent.add("LI", element)
            body = self.nodes[id(element), "body"] = item.add("LBody")
            if is_note(item):
                body = self.nodes[id(element), "body"] = body.add("Note", element)
            return body
        within = parent.parent.role if parent.parent else ""
        if element.get("role") == "doc-noteref" or (role == "Link" and within == "TOCI"):
            parent = parent.add("Reference")
        self.nodes[key] = parent.add(role, element)
        return self.nodes[key]

    def _label(self, element: Element, parent: Node) -> Node:
        """Return the Lbl of a list item: the first kid of its LI."""
        key = (id(element), "label")
        if key not in self.nodes:
            if (id(element), "") not in self.nodes:
                self._make(element, parent)
            item = self.nodes[id(element), ""]
            self.nodes[key] = Node("Lbl", item)
            item.kids.insert(0, self.nodes[key])
        return self.nodes[key]


def is_contents(node: Node) -> bool:
    """Return whether a node stands in the contents of a volume."""
    element = node.element
    return element is not None and "contents" in (element.get("class") or "").split()


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
