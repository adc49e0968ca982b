"""The margin of a draft: the line of the copy beside each block, and what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml.builder import E

from watchpress.diagnostic import Diagnostic
from watchpress.model.tree import Element, squeeze

BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "figure", "th", "td"})


def annotate(body: Element, findings: Iterable[Diagnostic]) -> None:
    """Hang lines and findings beside the blocks that carry `data-at`; lines count from 1."""
    spots = [node for node in body.iter() if node.get("data-at")]
    numbered: set[int] = set()
    for node in spots:
        line = _at(node)[0]
        if node.tag in BLOCKS and line not in numbered:
            numbered.add(line)
            _hang(node, E.span(str(line), {"class": "gutter"}))
    marks: dict[Element, list[Diagnostic]] = {}
    for finding in findings:
        spot = _nearest(spots, (finding.place.line, finding.place.column))
        if spot is not None:
            block = next(n for n in (spot, *spot.iterancestors()) if n.tag in BLOCKS | {"section"})
            marks.setdefault(block, []).append(finding)
    for block, told in marks.items():
        codes = E.span({"class": "gutter mark"})
        for code in dict.fromkeys(finding.code for finding in told):
            codes.append(E.span(code, {"style": "display: block"}))
        _hang(block, codes)


def _nearest(spots: Sequence[Element], place: tuple[int, int]) -> Element | None:
    """Return the last of `spots` that begins at or before `place`."""
    return max((spot for spot in spots if _at(spot) <= place), key=_at, default=None)


def _at(element: Element) -> tuple[int, int]:
    line, _, column = str(element.get("data-at")).partition(":")
    return int(line), int(column or 0)


def _hang(node: Element, mark: Element) -> None:
    """Put `mark` where `node` begins: before a call, else at the front of its first line."""
    if node.tag not in BLOCKS | {"blockquote", "section"}:
        parent = node.getparent()
        assert parent is not None, "what stands in a line stands in a block"
        parent.insert(parent.index(node), mark)
        return
    while len(node) and node[0].tag in BLOCKS | {"blockquote"} and not squeeze(node.text or ""):
        node = node[0]
    mark.tail, node.text = node.text, None
    node.insert(0, mark)
