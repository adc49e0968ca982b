"""The blocks and notes of a report, and how those of two editions of it pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from watchpress.model import pairs, tree
from watchpress.model.ledger import urls, value
from watchpress.model.pairs import Half, Look
from watchpress.model.tree import Element

Pair: TypeAlias = pairs.Pair[Element]

_HOLDERS: Final = ("disp-quote", "list", "list-item")


def blocks(report: Element, *, deep: bool = False) -> list[Element]:
    """Return the blocks of a body in order: sub-headings, paragraphs, quotations, lists, tables.

    `deep`: quotations and lists opened, their paragraphs in their stead.
    """
    body = report.find("body")
    assert body is not None, "the schema asks for a body"
    return list(_flat(body, deep))


def _flat(parent: Element, deep: bool) -> Iterator[Element]:
    for child in parent:
        if child.tag == "sec" or (deep and child.tag in _HOLDERS):
            yield from _flat(child, deep)
        elif isinstance(child.tag, str):
            yield child


def kind(block: Element) -> str:
    """Return what a block is: `title`, `p`, or for what is in a quotation or list their name."""
    holder = next(block.iterancestors("disp-quote", "list"), None)
    return str(block.tag if holder is None else holder.tag)


def look(block: Element) -> Look:
    """Return what is compared of a block; a note is known by its number."""
    return pairs.look(
        kind(block),
        tree.squeeze("".join(_words(block))),
        calls=(value(tree.text(marker)) for marker in tree.markers(block)),
        addresses=urls(block),
        level=len(list(block.iterancestors("sec"))),
    )


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.get("ref-type") != "fn":
            yield from _words(child)
        yield child.tail or ""


def paired(original: Element, translation: Element, *, deep: bool = False) -> list[Pair]:
    """Return the `blocks` of two editions side by side: each once, in order; (): no answer."""
    return pairs.pairs(blocks(original, deep=deep), blocks(translation, deep=deep), look)


def note_pairs(original: Element, translation: Element) -> list[Half[Element]]:
    """Return the notes of two editions side by side by their numbers; None: no answer.

    The order is that of the original; what only the translation has comes last.
    """
    left: dict[int, list[Element]] = {}
    for note in tree.notes(translation):
        left.setdefault(value(note.findtext("label") or ""), []).append(note)
    found: list[Half[Element]] = []
    for note in tree.notes(original):
        answers = left.get(value(note.findtext("label") or ""), [])
        found.append((note, answers.pop(0) if answers else None))
    return [*found, *((None, note) for notes in left.values() for note in notes)]
