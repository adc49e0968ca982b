"""The letters of a block in the order they are printed, each with its place in the copy.

The places are `data-at` of the XHTML: where what an element holds begins. An element with
`data-letters` stands for so many letters of the copy, whatever it prints: the call of a note is a
number, in the copy it is `[注1]`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from watchpress.backends.pdf.breaks import INLINE
from watchpress.galley import Anchor
from watchpress.xhtml.plain import letters

Kind: TypeAlias = Literal["text", "call", "address", "made"]
At: TypeAlias = tuple[int, int, int]  # line, column, letters behind them

UNREAD: Final = frozenset(("rt", "rp"))  # readings: they stand over the line, not in it
OURS: Final = frozenset(("backlink", "fault"))  # classes of what no copy says
CALLS: Final = "noteref"
ADDRESS: Final = "url"


class Stretch(NamedTuple):
    """Letters that stand side by side in the copy, from `start` on; `at`: where, if anywhere."""

    start: int
    kind: Kind
    at: At | None


@dataclass
class Thread:
    """The letters of one block, and how many of them have been printed."""

    text: str
    stretches: list[Stretch]
    done: int = 0
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [one.start for one in self.stretches]

    def kind(self, place: int) -> Kind:
        """Return what the letter at `place` is part of."""
        return self.stretches[bisect_right(self.starts, place) - 1].kind

    def parted(self) -> bool:
        """Say whether what has been printed ends within an address."""
        if not 0 < self.done < len(self.text):
            return False
        one = self.stretches[bisect_right(self.starts, self.done) - 1]
        return one.kind == "address" and one.start < self.done

    def anchors(self, first: int, end: int, places: list[int]) -> Iterator[Anchor]:
        """Yield the anchors of letters `first` to `end`; `places`: where each is in its line."""
        stretch = max(bisect_right(self.starts, first) - 1, 0)
        for one in self.stretches[stretch:]:
            if one.start >= end:
                return
            begun = max(one.start, first)
            if one.at is not None:
                line, column, before = one.at
                yield Anchor(places[begun - first], line, column, before + begun - one.start)


def thread(element: Any) -> Thread:
    """Return the letters of an element of the document; those of blocks within it are their own."""
    made = _Spun(at(element))
    made.inside(element, "text")
    return Thread("".join(made.words), made.stretches)


def at(element: Any) -> At | None:
    """Return where in the copy an element begins, None where nothing says so."""
    found = element.get("data-at")
    if not found:
        return None
    line, _, column = found.partition(":")
    return int(line), int(column), 0


@dataclass
class _Spun:
    """A thread in the making; `here`: where in the copy what comes next stands."""

    here: At | None
    words: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    length: int = 0

    def inside(self, element: Any, kind: Kind) -> None:
        self.add(element.text, kind)
        for child in element:
            if child.tag in INLINE:
                self.child(child, kind)
            self.add(child.tail, kind)

    def child(self, element: Any, around: Kind) -> None:
        if element.tag in UNREAD:
            return
        names = (element.get("class") or "").split()
        if not OURS.isdisjoint(names):
            kept = self.here
            self.here = kept and _behind(kept, -min(kept[2], 1))  # with the letter before it
            self.inside(element, "made")
            self.here = kept
            return
        begun = self.here = at(element) or self.here
        self.inside(
            element, "call" if CALLS in names else "address" if ADDRESS in names else around
        )
        stands = element.get("data-letters")
        if stands and begun is not None:
            self.here = _behind(begun, int(stands))

    def add(self, text: str | None, kind: Kind) -> None:
        words = letters(text or "")
        if not words:
            return
        if not self.stretches or not self.goes_on(kind):
            self.stretches.append(Stretch(self.length, kind, self.here))
        self.words.append(words)
        self.length += len(words)
        self.here = self.here and _behind(self.here, len(words))

    def goes_on(self, kind: Kind) -> bool:
        """Say whether what comes next stands in the copy where the last stretch ends."""
        last = self.stretches[-1]
        return last.kind == kind and self.here == (
            last.at and _behind(last.at, self.length - last.start)
        )


def _behind(place: At, count: int) -> At:
    line, column, before = place
    return line, column, before + count
