"""The loss account: each character of the copy is in the XML or in a listed loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from watchpress.diagnostic import Place, remark
from watchpress.model.tree import AS, AT, Element
from watchpress.readers.plain.lines import Desk, Line

# The elements whose text is a stretch of the copy. Issue, issue date, correction and series title
# repeat what the number line (an alt-title) says.
_CARRIERS: Final = {
    "article-title",
    "alt-title",
    "contrib-group",
    "p",
    "title",
    "label",
    "pub-date",
    "attrib",
    "alt-text",
    "graphic",
    "tr",
}


def account(report: Element, lines: Iterable[Line], desk: Desk) -> None:
    """Compare the copy, less what was dropped, with the XML; tell R901 at the first difference.

    White space is left out on both sides: reading evens it.
    """
    lines = list(lines)
    target = "".join(words for _, words in sorted(_carried(report), key=lambda one: one[0]))
    target = "".join(target.split())
    if "".join(_kept(lines, desk)) == target:
        return
    for copied, carried in zip_longest(_copied(lines, desk), target):
        line, column, sign = copied or (0, 0, "")
        if sign != carried:
            place = Place(desk.file, line, column)
            desk.tell(remark("R901", place, copy=sign, xml=carried or ""))
            return


def _kept(lines: Iterable[Line], desk: Desk) -> Iterator[str]:
    """Yield what `_copied` does without the places, a line at a time where nothing was dropped."""
    damaged = {number for number, _ in desk.dropped}
    for line in lines:
        if line.number in damaged:
            yield from (sign for _, _, sign in _copied([line], desk))
        else:
            yield "".join(line.text.split())


def _copied(lines: Iterable[Line], desk: Desk) -> Iterator[tuple[int, int, str]]:
    for line in lines:
        for sign, column in zip(line.text, line.columns, strict=True):
            if not sign.isspace() and (line.number, column) not in desk.dropped:
                yield line.number, column, sign


def _carried(report: Element) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield (line, column) and the text of each stretch, as the copy has it."""
    for element in report.iter(*_CARRIERS):
        at = element.get(AT)
        if at is None or (element.tag == "pub-date" and element.get("date-type") != "posted"):
            continue
        line, column = at.split(":")
        yield (int(line), int(column)), "".join(_typed(element))


def _typed(element: Element) -> Iterator[str]:
    typed = element.get(AS)
    if typed is not None:
        yield typed
        return
    yield element.text or ""
    for child in element:
        yield from _typed(child)
        yield child.tail or ""
