"""The text of an article as its readers count it: what a printed page and a file have in common.

Where a page begins is told as an element and an offset in its plain text. White space counts as
one space a run, none at the ends; signs of no width (they only say where lines may end) and the
brackets around readings, which each product sets in its own way, do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

# Soft hyphen, zero-width space and joiners, marks of direction, word joiner, byte order mark.
ZERO: Final = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF))
SILENT: Final = "rp"


def strings(element: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield the strings below `element` in order: whose, `text` or `tail`, and what.

    Takes elements of lxml and of the standard library alike.
    """
    if element.text and _local(element) != SILENT:
        yield element, "text", element.text
    for child in element:
        if isinstance(child.tag, str):
            yield from strings(child)
        if child.tail:
            yield child, "tail", child.tail


def letters(text: str) -> str:
    """Return `text` without white space and signs of no width."""
    if not text.isascii():  # where there are none of these signs, and most text is
        text = text.translate(ZERO)
    return "".join(text.split())


def plain(element: Any) -> str:
    """Return the plain text of an element."""
    text = "".join(found for _, _, found in strings(element))
    return " ".join(text.translate(ZERO).split())


def offset(text: str, count: int) -> int:
    """Return where in plain `text` the letter stands that has `count` letters before it."""
    for place, sign in enumerate(text):
        if not sign.isspace():
            if not count:
                return place
            count -= 1
    return len(text)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
