"""The shape of two editions: blocks that one of them lacks, their kinds, the notes they call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.model import tree
from watchpress.model.blocks import Pair, kind, look
from watchpress.model.ledger import value
from watchpress.model.pairs import Half, halves
from watchpress.model.tree import Element

_MISSING: Final = {"title": "A103", "disp-quote": "A102"}  # else A101
_SPLIT: Final = "A118"
_JOINED: Final = "A119"
_SHOWN: Final = 40  # letters of a block that a finding shows


Pairs: TypeAlias = Sequence[Half[Element]]  # of single blocks; None: no answer


def single(paired: Sequence[Pair]) -> Pairs:
    """Return what is paired as pairs of single blocks."""
    return [half for pair in paired for half in halves(pair, look)]


@dataclass(frozen=True)
class Row:
    """A block and its answer, with the blocks around it that have none.

    What has been split in two has one half without an answer: what a block lacks may stand there.
    """

    original: Element
    translation: Element
    beside_original: tuple[Element, ...] = ()
    beside_translation: tuple[Element, ...] = ()


def rows(paired: Pairs) -> Iterator[Row]:
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


def _alone(paired: Pairs) -> Iterator[Half[Element]]:
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
    """Yield runs of blocks that one edition lacks, and blocks that are split or of another kind.

    Next to a block that is missing another kind is no news: with the line that announces a
    quotation, the reader loses what tells it from the text.
    """
    told = [*_told(paired)]
    alone = {place for place, (_, pair) in enumerate(told) if () in pair}
    for code, run in groupby(enumerate(told), key=lambda one: one[1][0]):
        places = [place for place, _ in run]
        first, last = places[0], places[-1]
        if code == "A104":
            (block,) = told[first][1][1]
            yield remark(code, tree.place(block), words=excerpt(block))
        elif code in (_SPLIT, _JOINED):
            yield from (_parted(code, *told[place][1]) for place in places)
        elif code == "A105":
            if not alone & {first - 1, last + 1}:
                yield from (_another(*told[place][1]) for place in places)
        elif code:
            near, block = _near(told, last), told[first][1][0][0]
            facts = {"count": last - first + 1, "words": excerpt(block)}
            yield remark(code, tree.place(near), **facts, at=tree.place(block))


def _told(paired: Sequence[Pair]) -> Iterator[tuple[str, Pair]]:
    """Yield what is wrong with each pair, "" for nothing, and the pair.

    What is together no more than a quotation and the line before it is told of block by block.
    """
    for pair in paired:
        original, translation = pair
        kinds = {kind(block) for block in (*original, *translation)}
        if len(original) + len(translation) > 2 and len(kinds) == 1:
            yield (_SPLIT if len(original) == 1 else _JOINED), pair
            continue
        for one, other in halves(pair, look):
            if one is None:
                assert other is not None, "one of both is there"
                yield "A104", ((), (other,))
            elif other is None:
                yield _MISSING.get(kind(one), "A101"), ((one,), ())
            else:
                yield ("" if kind(one) == kind(other) else "A105"), ((one,), (other,))


def _parted(code: str, one: Sequence[Element], two: Sequence[Element]) -> Diagnostic:
    facts = {"count": max(len(one), len(two)), "words": excerpt(two[0]), "at": tree.place(one[0])}
    return remark(code, tree.place(two[0]), **facts)


def _another(one: Sequence[Element], two: Sequence[Element]) -> Diagnostic:
    return remark("A105", tree.place(two[0]), words=excerpt(two[0]), at=tree.place(one[0]))


def _near(told: Sequence[tuple[str, Pair]], place: int) -> Element:
    """Return the next block of the translation; at the end of the text, the last one."""
    following = [block for _, (_, two) in told[place + 1 :] for block in two]
    return (following or [block for _, (_, two) in told[: place + 1] for block in two][::-1])[0]


# -- Note calls ------------------------------------------------------------------------------------


def calls(paired: Pairs) -> Iterator[Diagnostic]:
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


def _place(paired: Pairs, number: int, row: Row) -> Place:
    """Return the place of a call that the original has in another paragraph: in `row`."""
    for original, translation in paired:
        here = translation is not None and number in _called(translation)
        if translation is not None and here and number not in _called(original):
            return _at(translation, number)
    return tree.place(row.translation)
