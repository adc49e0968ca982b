"""The ids and places of the specimen's copy, so that who writes it need not count."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import Final

from lxml import etree

from watchpress.model.tree import AT, Element

LETTERS: Final = {
    "sec": "s", "p": "p", "disp-quote": "q", "table-wrap": "t", "fig": "f", "xref": "r",
}  # fmt: skip
PARAGRAPHS: Final = ("body", "sec", "disp-quote", "list-item")


def settled(data: bytes) -> bytes:
    """Return the XML with an id for each element that asks for one, and its line as its place."""
    tree = etree.parse(BytesIO(data))
    report = tree.getroot()
    stem = report.findtext("front/article-meta/article-id")
    counts: Counter[str] = Counter()
    for node in report.iter(etree.Element):
        if _named(node):
            letter = LETTERS[str(node.tag)]
            counts[letter] += 1
            node.set("id", f"{stem}-{letter}{counts[letter]}")
        elif node.tag == "fn":
            node.set("id", f"{stem}-fn{''.join(filter(str.isdigit, node.findtext('label') or ''))}")
        if "id" in node.attrib or node.tag in {"article-title", "title", "p"}:
            node.set(AT, f"{node.sourceline}:1")
    made: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"


def _named(node: Element) -> bool:
    parent = node.getparent()
    if node.tag == "p":
        return parent is not None and parent.tag in PARAGRAPHS
    return node.tag in LETTERS
