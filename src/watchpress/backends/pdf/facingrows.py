"""Rows: two articles as one table, a row for each pair of blocks, a cell for each language.

A cell holds its block in copies of all the elements around it, so that the style sheets find what
they look for. Before the block, and before each element around it, stands what stood there in the
article, empty and unseen: rules such as `p + p` take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import zip_longest
from typing import Final, TypeAlias

from lxml import etree
from lxml.builder import E

from watchpress.model.tree import Element, squeeze
from watchpress.xhtml.blocks import pairs

Cell: TypeAlias = tuple[Element, ...]
Pair: TypeAlias = tuple[Cell, Cell]

OF: Final = "data-of"  # on the copies of an element: which one it is; on all copies the same
OPEN: Final = frozenset({"article", "header", "div", "section"})
AROUND: Final = OPEN | {"blockquote", "ol"}
HEADINGS: Final = tuple(f"h{level}" for level in range(1, 7))
SIDES: Final = ("left", "right")
ROW: Final = "pair"  # the class of rows
CELL: Final = "side"  # the class of cells
BODY: Final = "body"  # the class of the part that is paired by likeness


def table(left: Element, right: Element) -> Element:
    """Return the table of two articles, which are left as they are."""
    rows = E.div({"class": "spread"})
    makers = (Copies(left, SIDES[0]), Copies(right, SIDES[1]))
    for pair in matched(left, right):
        rows.append(_row(pair, makers))
    return rows


def matched(left: Element, right: Element) -> Iterator[Pair]:
    """Yield the blocks of both articles in order, each with what it faces, if anything does.

    In the body what faces what is for model.pairs to say, as in an EPUB; the opening is paired by
    what its lines are, notes by the numbers that they have in their report.
    """
    ours, theirs = _parts(left), _parts(right)
    for name in dict.fromkeys((*ours, *theirs)):
        one, two = ours.get(name, []), theirs.get(name, [])
        if name == BODY and one and two:
            for pair in pairs(one, two):
                yield from _apart(pair)
        else:
            yield from _keyed(one, two)


def _parts(article: Element) -> Mapping[str, list[Element]]:
    """Return the blocks of an article by the part they are in: opening, body, endnotes."""
    found: dict[str, list[Element]] = {}
    for child in article:
        name = child.get("class") or str(child.tag)
        notes = child.get("role") == "doc-endnotes"
        found.setdefault(name, []).extend(_blocks(child, OPEN | {"ol"} if notes else OPEN))
    return found


def _blocks(element: Element, open_: frozenset[str]) -> Iterator[Element]:
    """Yield the blocks below an element, or the element where it is one."""
    if element.tag in open_ and len(element) and not _speaks(element):
        for child in element:
            yield from _blocks(child, open_)
    else:
        yield element


def _speaks(element: Element) -> bool:
    """Return whether there is text in an element that is in none of its children."""
    return bool(squeeze(element.text or "") or any(squeeze(kid.tail or "") for kid in element))


def _apart(pair: Pair) -> Iterator[Pair]:
    """Yield a pair in as many rows as it has: quotations paragraph by paragraph.

    What is paired two to one stays one row only where all of it is running text.
    """
    kinds = {block.tag for side in pair for block in side}
    if kinds == {"blockquote"}:
        quotes = [[kid for quote in side for kid in quote] for side in pair]
        if len(quotes[0]) == len(quotes[1]) and not any(_speaks(q) for side in pair for q in side):
            yield from (((one,), (two,)) for one, two in zip(*quotes, strict=True))
            return
    if len(kinds) == 1 or max(map(len, pair)) == 1:
        yield pair
    else:
        yield from zip_longest(*([(block,) for block in side] for side in pair), fillvalue=())


def _keyed(left: Sequence[Element], right: Sequence[Element]) -> Iterator[Pair]:
    """Yield blocks that have the same key facing each other, all others alone, in order."""
    ours, theirs = [_key(block) for block in left], [_key(block) for block in right]
    i = j = 0
    while i < len(left) and j < len(right):
        if ours[i] == theirs[j]:
            yield (left[i],), (right[j],)
            i, j = i + 1, j + 1
        elif ours[i] not in theirs[j:]:
            yield (left[i],), ()
            i += 1
        else:
            yield (), (right[j],)
            j += 1
    yield from (((block,), ()) for block in left[i:])
    yield from (((), (block,)) for block in right[j:])


def _key(block: Element) -> str:
    if block.tag in HEADINGS:
        return str(block.tag)
    if block.tag == "li" and block.get("id"):
        # Which note of its report it is: numbers that go on through a volume differ by language.
        return str(block.get("id")).rpartition("-")[2]
    return block.get("value") or block.get("class") or str(block.tag)


def _row(pair: Pair, makers: tuple[Copies, Copies]) -> Element:
    names = [ROW]
    row = E.div()
    for side, blocks, maker in zip(SIDES, pair, makers, strict=True):
        cell = E.div({"class": f"{CELL} {side}"})
        for block in blocks:
            cell.append(maker.around(block))
            names += _names(block)
        row.append(cell)
    row.set("class", " ".join(dict.fromkeys(names)))
    return row


def _names(block: Element) -> Iterator[str]:
    """Yield the classes of a row with `block` in it: what it is, and what begins or ends here."""
    yield "row-" + str(block.tag)
    if block.tag in HEADINGS:
        yield "heading"
    for around in (block, *block.iterancestors()):
        if around.tag in AROUND:
            quote = around.tag == "blockquote"
            name = "quote" if quote else str(around.get("class") or around.tag).split()[0]
            if _edge(around, block, 0):
                yield f"begin-{name}"
            if _edge(around, block, -1):
                yield f"end-{name}"


def _edge(around: Element, block: Element, place: int) -> bool:
    """Return whether what is around begins (`place` 0) or ends (-1) with `block`."""
    node = around
    while node is not block and node.tag in AROUND and len(node):
        node = node[place]
    return node is block


class Copies:
    """Copies of the elements around the blocks of one article; the first has the id."""

    def __init__(self, article: Element, side: str) -> None:
        self.article = article
        self.names = {
            element: f"{side}-{number}" for number, element in enumerate(article.iter("*"))
        }
        self.seen: set[Element] = set()

    def around(self, element: Element) -> Element:
        """Return a copy of `element` in copies of all around it: the outermost."""
        inner = deepcopy(element)
        inner.tail = None
        while True:
            parent = element.getparent()
            if element is self.article or parent is None:
                return inner
            outer = self._copy(parent)
            before = element.getprevious()
            if before is not None:
                outer.append(_unseen(before))
            outer.append(inner)
            element, inner = parent, outer

    def _copy(self, element: Element) -> Element:
        made = etree.Element(str(element.tag), dict(element.attrib))
        made.set(OF, self.names[element])
        if element in self.seen:
            made.attrib.pop("id", None)
        self.seen.add(element)
        return made


def _unseen(element: Element) -> Element:
    """Return an element that rules for siblings take for this one, and that nobody sees."""
    made = etree.Element(str(element.tag), {"style": "display: none"})
    if element.get("class"):
        made.set("class", str(element.get("class")))
    return made
