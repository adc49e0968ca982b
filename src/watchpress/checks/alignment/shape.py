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
from watchpress.model.pairs import halves
from watchpress.model.tree import Element

Blocks: TypeAlias = tuple[Element, ...]

_MISSING: Final = {"title": "A103", "disp-quote": "A102"}  # else A101
_SPLIT: Final = "A118"
_JOINED: Final = "A119"
_ALIKE: Final = 2.5  # times as long as a sub-heading: no longer that line
_SHOWN: Final = 40  # letters of a block that a finding shows


@dataclass(frozen=True)
class Row:
    """A block and its answer, several where one was split; and the blocks around it without any.

    Which of two blocks has no answer cannot always be told: what one lacks may stand beside it.
    """

    original: Blocks
    translation: Blocks
    beside_original: Blocks = ()
    beside_translation: Blocks = ()


def rows(paired: Sequence[Pair]) -> Iterator[Row]:
    """Yield each pair in which both sides are there."""
    for place, (original, translation) in enumerate(paired):
        if original and translation:
            alone = [*_alone(paired[:place][::-1]), *_alone(paired[place + 1 :])]
            yield Row(
                original,
                translation,
                tuple(block for blocks, _ in alone for block in blocks),
                tuple(block for _, blocks in alone for block in blocks),
            )


def _alone(paired: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the blocks without an answer up to the first pair."""
    for pair in paired:
        if () not in pair:
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

    What is together no more than a quotation and the line before it is told of block by block; a
    sub-heading beside a line of text that answers nothing is that line.
    """
    waiting: list[tuple[str, Pair]] = []
    for code, pair in (one for beside in _freed(paired) for one in _codes(beside)):
        if waiting and _reset(waiting[-1][1], pair):
            (one, two), (ours, theirs) = waiting.pop()[1], pair
            waiting.append(("A105", (one or ours, two or theirs)))
            continue
        yield from waiting
        waiting = [(code, pair)]
    yield from waiting


def _freed(paired: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs; of what was split, a line by itself that may be the sub-heading next to it.

    Such a line fits the paragraph below or above as well as its missing half would.
    """
    for place, pair in enumerate(paired):
        before = paired[place - 1] if place else ((), ())
        after = paired[place + 1] if place + 1 < len(paired) else ((), ())
        first = _only(pair, slice(1))
        last = _only(pair, slice(-1, None))
        if _reset(before, first):
            yield from (first, _only(pair, slice(1, None), whole=True))
        elif _reset(last, after):
            yield from (_only(pair, slice(-1), whole=True), last)
        else:
            yield pair


def _only(pair: Pair, part: slice, *, whole: bool = False) -> Pair:
    """Return that part of what a block was split into; nothing where none was. `whole`: with it."""
    one, two = pair
    if len(two) > 1 == len(one):
        return (one if whole else ()), two[part]
    if len(one) > 1 == len(two):
        return one[part], (two if whole else ())
    return (), ()


def _codes(pair: Pair) -> Iterator[tuple[str, Pair]]:
    original, translation = pair
    kinds = {kind(block) for block in (*original, *translation)}
    if len(original) + len(translation) > 2 and len(kinds) == 1:
        yield (_SPLIT if len(original) == 1 else _JOINED), pair
        return
    for one, other in halves(pair, look):
        if one is None:
            assert other is not None, "one of both is there"
            yield "A104", ((), (other,))
        elif other is None:
            yield _MISSING.get(kind(one), "A101"), ((one,), ())
        else:
            yield ("" if kind(one) == kind(other) else "A105"), ((one,), (other,))


def _reset(before: Pair, pair: Pair) -> bool:
    """Say whether two blocks without an answer are one: a sub-heading, and it set as text."""
    one, two = (ours + theirs for ours, theirs in zip(before, pair, strict=True))
    if not len(one) == len(two) == 1 or () not in before:
        return False
    kinds, sizes = zip(*((kind(block), look(block).size) for block in (*one, *two)), strict=True)
    return kinds.count("title") == 1 and max(sizes) < _ALIKE * min(sizes)


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


def calls(paired: Sequence[Pair]) -> Iterator[Diagnostic]:
    """Yield note calls that are missing, too much, in another paragraph, or in another order."""
    ours = Counter(n for blocks, _ in paired for n in _called(blocks))
    theirs = Counter(n for _, blocks in paired for n in _called(blocks))
    for row in rows(paired):
        wanted, found = _called(row.original), _called(row.translation)
        if sorted(wanted) == sorted(found):
            if wanted != found:
                yield _order(row, wanted, found)
            continue
        beside = Counter(_called(row.beside_translation))
        for number in (Counter(wanted) - Counter(found) - beside).elements():
            moved = theirs[number] >= ours[number]
            place = _place(paired, number, row) if moved else tree.place(row.translation[0])
            code = "A109" if moved else "A106"
            yield remark(code, place, number=number, at=_at(row.original, number))
        beside = Counter(_called(row.beside_original))
        for number in (Counter(found) - Counter(wanted) - beside).elements():
            if theirs[number] > ours[number]:
                yield remark("A107", _at(row.translation, number), number=number)


def _called(blocks: Blocks) -> list[int]:
    return [value(tree.text(marker)) for block in blocks for marker in tree.markers(block)]


def _order(row: Row, wanted: list[int], found: list[int]) -> Diagnostic:
    first = next(n for n, m in zip(found, wanted, strict=True) if n != m)
    facts = {"wanted": _listed(wanted), "found": _listed(found), "at": tree.place(row.original[0])}
    return remark("A108", _at(row.translation, first), **facts)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _at(blocks: Blocks, number: int) -> Place:
    """Return the place of the last call of a note in some blocks."""
    found = [
        marker
        for block in blocks
        for marker in tree.markers(block)
        if value(tree.text(marker)) == number
    ]
    return tree.place(found[-1] if found else blocks[0])


def _place(paired: Sequence[Pair], number: int, row: Row) -> Place:
    """Return the place of a call that the original has in another paragraph: in `row`."""
    for original, translation in paired:
        if number in _called(translation) and number not in _called(original):
            return _at(translation, number)
    return tree.place(row.translation[0])
