"""The contents of a volume in all its languages, and its landmarks and printed pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from watchpress.backends.epub import breaks
from watchpress.backends.epub.leaves import Leaf
from watchpress.backends.epub.nav import COVER, HERE, Mark, Row, Said, compose
from watchpress.catalog import PartKind, Volume
from watchpress.language.words import words

_EDITIONS: Final = frozenset(("report", "facing", "placeholder"))
_UNLISTED: Final = frozenset(("half-title", "copyright"))  # they are headed by the title again
# Parts with a landmark of their own, by the EPUB Structural Semantics Vocabulary 1.1.
_MARKS: Final[dict[PartKind, str]] = {
    "title": "titlepage",
    "copyright": "copyright-page",
    "contents": "toc",
    "notes": "endnotes",
    "index": "index",
    "sources": "bibliography",
    "errata": "errata",
    "colophon": "colophon",
}


def toc(volume: Volume, leaves: Sequence[Leaf]) -> bytes:
    """Return the navigation document of a volume, in the words of its first language."""
    language = volume.languages[0]
    return compose(
        tuple(_rows(volume, leaves)),
        tuple(_landmarks(leaves, language)),
        tuple(_pages(leaves)),
        language,
    )


def _rows(volume: Volume, leaves: Sequence[Leaf]) -> Iterator[Row]:
    """Yield the lines: editions under the name of their language, or under their number."""
    language = volume.languages[0]
    listed = [leaf for leaf in leaves if leaf.part.kind not in _UNLISTED]
    for group, found in groupby(listed, lambda leaf: _group(volume, leaf)):
        rows = tuple(leaf.row for leaf in found)
        if group is None:
            yield from rows
        elif isinstance(group, str):
            yield Row((Said(words(group).name, group, "language"),), "", rows)
        elif len(rows) == 1:
            yield from rows
        else:
            number = Said(words(language).label("number", n=group), language, "number")
            yield Row((number,), "", tuple(map(_unnumbered, rows)))


def _group(volume: Volume, leaf: Leaf) -> str | int | None:
    """Return what a line stands under: a language, a number, or nothing."""
    if leaf.part.kind not in _EDITIONS or len(volume.languages) == 1:
        return None
    return leaf.part.language if volume.layout == "sequential" else leaf.part.number


def _unnumbered(row: Row) -> Row:
    return row._replace(said=tuple(said for said in row.said if said.kind != "number"))


def _landmarks(leaves: Sequence[Leaf], language: str) -> Iterator[Mark]:
    yield Mark("cover", COVER, words(language).label("cover"))
    contents = any(leaf.part.kind == "contents" for leaf in leaves)
    if not contents:
        yield Mark("toc", HERE, words(language).label("contents"))
    started = False
    for leaf in leaves:
        if leaf.part.kind in _MARKS:
            yield Mark(_MARKS[leaf.part.kind], leaf.name, leaf.title)
        elif leaf.part.kind in _EDITIONS and not started:
            started = True
            yield Mark("bodymatter", leaf.name, words(language).label("start"))


def _pages(leaves: Sequence[Leaf]) -> Iterator[tuple[str, str]]:
    """Yield folio and address of each printed page, in the order of the text.

    Where editions face each other, pages of the two may change places: EPUB 3.2 wants the order
    of the text, and EPUBCheck 4.2.6 still asks for it.
    """
    for leaf in leaves:
        for folio, name in breaks.pages(leaf.section):
            yield folio, f"{leaf.name}#{name}"
