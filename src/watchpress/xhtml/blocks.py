"""The blocks of an article's body, and how those of two editions pair: for facing languages.

What pairs them is for model.pairs to say; here is what it is told of XHTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from lxml import etree

from watchpress.model import pairs as model
from watchpress.model.pairs import Look
from watchpress.model.tree import Element, squeeze
from watchpress.xhtml.plain import ZERO, strings

Pair: TypeAlias = model.Pair[Element]

HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
# What blocks are called in a report, and in the table of kinds; all else keeps its name.
KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(HEADINGS, "title"),
    "blockquote": "disp-quote",
    "ol": "list",
    "ul": "list",
    "table": "table-wrap",
    "figure": "fig",
}


def blocks(body: Element) -> list[Element]:
    """Return the blocks of a body in order, taken out of it, each with the id links lead to.

    Sections are flattened: where two editions stand block beside block, there can be no section
    of one language. The heading takes the id of its section.
    """
    return list(_flat(body))


def _flat(parent: Element) -> Iterator[Element]:
    for child in list(parent):
        if child.tag != "section":
            yield child
            continue
        found = list(_flat(child))
        if found and child.get("id"):
            _name(found[0], str(child.get("id")))
        yield from found


def _name(block: Element, name: str) -> None:
    """Let links to `name` lead to a block, which may have a name of its own."""
    if not block.get("id"):
        block.set("id", name)
        return
    anchor = etree.Element("span", id=name)
    anchor.tail, block.text = block.text, None
    block.insert(0, anchor)


def pairs(one: Sequence[Element], two: Sequence[Element]) -> list[Pair]:
    """Return the blocks of two editions beside each other: each once, in order; (): no answer."""
    return model.pairs(one, two, look)


def look(block: Element) -> Look:
    """Return what is compared of a block; a call is known by its note, not by its number.

    A volume counts the notes of each language on by themselves: what is 8 here may be 16 there.
    """
    tag = str(block.tag)
    calls = [call for call in block.iter("a", "span") if "noteref" in _classes(call)]
    return model.look(
        KINDS.get(tag, tag),
        _words(block),
        calls=(str(call.get("href", "")).rpartition("-")[2] for call in calls),
        addresses=(str(link.get("href")) for link in block.iter("a") if "url" in _classes(link)),
        level=HEADINGS.index(tag) if tag in HEADINGS else 0,
    )


def _classes(element: Element) -> list[str]:
    return str(element.get("class", "")).split()


def _words(block: Element) -> str:
    """Return the text of a block without its note calls."""
    told = (
        text
        for whose, where, text in strings(block)
        if where == "tail" or "noteref" not in _classes(whose)
    )
    return squeeze("".join(told).translate(ZERO))
