"""The shape of two editions: blocks that one of them lacks, their kinds, the notes they call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.model import tree
from watchpress.model.ledger import value
from watchpress.model.pairs import Pair, kind
from watchpress.model.tree import Element

_MISSING: Final = {"title": "A103", "disp-quote": "A102"}  # else A101
_SHOWN: Final = 40  # letters of a block that a finding shows


@dataclass(frozen=True)
class Row:
    """A block and its answer, with the blocks around it that have none.

    What has been split in two has one half without an answer: what a block lacks may stand there.
    """

    original: Element
    translation: Element
    beside_original: tuple[Element, ...] = ()
    beside_translation: tuple[Element, ...] = ()


def rows(paired: Sequence[Pair]) -> Iterator[Row]:
    """Yield each pair in which both sides are there."""
    for place, (original, translation) in enumerate(paired):
        if original is not None and translation is not None:
            alone = [*_alone(paired[:place][::-1]), *_alone(paired[place + 1 :])]
            yield Row(
                original,
                translation,
                tuple(block for block, _ in alone if block is not None),
                tuple(block for _, block in alone if block is not None),
            )


def _alone(paired: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the blocks without an answer up to the first pair."""
    for pair in paired:
        if None not in pair:
            return
        yield pair


def excerpt(element: Element) -> str:
    """Return the beginning of an element's text."""
    words = tree.text(element)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


# -- Blocks ----------------------------------------------------------------------------------------


def blocks(paired: Sequence[Pair]) -> Iterator[Diagnostic]:
    """Yield runs of blocks that one edition lacks, and blocks that are not of one kind.

    Next to a block that is missing another kind is no news: with the line that announces a
    quotation, the reader loses what tells it from the text.
    """
    alone = _places(paired)
    for code, run in groupby(enumerate(paired), key=lambda one: _code(one[1])):
        first, last = _ends(run)
        original, translation = paired[first]
        if original is None and translation is not None:
            yield remark("A104", tree.place(translation), words=excerpt(translation))
        elif translation is None and original is not None:
            near = _near(paired, last)
            facts = {"count": last - first + 1, "words": excerpt(original)}
            yield remark(code, tree.place(near), **facts, at=tree.place(original))
        elif code and not alone & {first - 1, last + 1}:
            assert translation is not None and original is not None, "a pair"
            words = excerpt(translation)
            yield remark(code, tree.place(translation), words=words, at=tree.place(original))


def _places(paired: Sequence[Pair]) -> set[int]:
    return {place for place, pair in enumerate(paired) if None in pair}


def _ends(run: Iterator[tuple[int, Pair]]) -> tuple[int, int]:
    places = [place for place, _ in run]
    return places[0], places[-1]


def _code(pair: Pair) -> str:
    """Return the code of what is wrong with a pair, "" for nothing."""
    original, translation = pair
    if original is None:
        return "A104"
    if translation is None:
        return _MISSING.get(kind(original), "A101")
    return "" if kind(original) == kind(translation) else "A105"


def _near(paired: Sequence[Pair], place: int) -> Element:
    """Return the next block of the translation; at the end of the text, the last one."""
    following = [block for _, block in paired[place + 1 :] if block is not None]
    near = following or [block for _, block in paired[place::-1] if block is not None]
    return near[0]


# -- Note calls ------------------------------------------------------------------------------------


def calls(paired: Sequence[Pair]) -> Iterator[Diagnostic]:
    """Yield note calls that are missing, too much, in another paragraph, or in another order."""
    ours = Counter(n for block, _ in paired for n in _called(block))
    theirs = Counter(n for _, block in paired for n in _called(block))
    for row in rows(paired):
        wanted, found = _called(row.original), _called(row.translation)
        if sorted(wanted) == sorted(found):
            if wanted != found:
                yield _order(row, wanted, found)
            continue
        beside = Counter(n for block in row.beside_translation for n in _called(block))
        for number in (Counter(wanted) - Counter(found) - beside).elements():
            moved = theirs[number] >= ours[number]
            place = _place(paired, number, row) if moved else tree.place(row.translation)
            code = "A109" if moved else "A106"
            yield remark(code, place, number=number, at=_at(row.original, number))
        beside = Counter(n for block in row.beside_original for n in _called(block))
        for number in (Counter(found) - Counter(wanted) - beside).elements():
            if theirs[number] > ours[number]:
                yield remark("A107", _at(row.translation, number), number=number)


def _called(block: Element | None) -> list[int]:
    if block is None:
        return []
    return [value(tree.text(marker)) for marker in tree.markers(block)]


def _order(row: Row, wanted: list[int], found: list[int]) -> Diagnostic:
    first = next(n for n, m in zip(found, wanted, strict=True) if n != m)
    facts = {"wanted": _listed(wanted), "found": _listed(found), "at": tree.place(row.original)}
    return remark("A108", _at(row.translation, first), **facts)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _at(block: Element, number: int) -> Place:
    """Return the place of the last call of a note in a block."""
    found = [marker for marker in tree.markers(block) if value(tree.text(marker)) == number]
    return tree.place(found[-1] if found else block)


def _place(paired: Sequence[Pair], number: int, row: Row) -> Place:
    """Return the place of a call that the original has in another paragraph: in `row`."""
    for original, translation in paired:
        here = translation is not None and number in _called(translation)
        if translation is not None and here and number not in _called(original):
            return _at(translation, number)
    return tree.place(row.translation)
