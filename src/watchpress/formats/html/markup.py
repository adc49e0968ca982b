"""Elements of the page. Copy is hostile: all text goes through here, and lxml escapes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from lxml import etree

Node: TypeAlias = etree._Element  # the name that lxml gives its elements
Piece: TypeAlias = "Node | str | None"

# What may stand in no document: XML 1.0, production 2. Lone surrogates come with file names.
_BARRED: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node(tag: str, *pieces: Piece, **attributes: object) -> Node:
    """Return an element. `class_` is the attribute class, `aria_label` is aria-label.

    An attribute that is None or False is left out, one that is True has no value. Of a tag like
    `p.place` the second word is its class.
    """
    name, _, kind = tag.partition(".")
    made = etree.Element(name)
    if kind:
        made.set("class", kind)
    for key, value in attributes.items():
        if value is not None and value is not False:
            made.set(key.rstrip("_").replace("_", "-"), "" if value is True else clean(str(value)))
    return extend(made, pieces)


def extend(made: Node, pieces: Iterable[Piece]) -> Node:
    """Put pieces at the end of an element, and return it."""
    for piece in pieces:
        if isinstance(piece, str):
            _write(made, clean(piece))
        elif piece is not None:
            made.append(piece)
    return made


def _write(made: Node, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text


def clean(text: str) -> str:
    """Return text with a sign in the place of each character that no document may hold."""
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", text)


def serialize(page: Node) -> str:
    """Return a page as HTML, a line for each of its larger elements."""
    for one in page.iter("section", "article", "header", "nav", "form", "figure", "li", "head"):
        one.tail = "\n"
    text: str = etree.tostring(page, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    return text + "\n"
