"""The pages of a volume: which part begins where, and what number each page bears.

Front matter is numbered in small roman numerals, all that follows in arabic ones from 1, so that
the length of the contents moves no other page. A right-hand page (recto) is an odd one; parts begin
on a recto, facing editions on the left-hand page before it. Small parts begin on the next page, and
so do contents, notes and index of a further language: no blank page parts them from the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.catalog import Part, PartKind

Numeral: TypeAlias = Callable[[int], str]

FRONT: Final[frozenset[PartKind]] = frozenset({"half-title", "title", "copyright", "contents"})
REPORTS: Final[frozenset[PartKind]] = frozenset({"report", "facing"})
SILENT: Final[frozenset[PartKind]] = frozenset({"half-title", "title", "copyright", "colophon"})
ANYWHERE: Final[frozenset[PartKind]] = frozenset(
    {"copyright", "placeholder", "errata", "map", "colophon"}
)
SERIAL: Final[frozenset[PartKind]] = frozenset({"contents", "notes", "index"})
_ROMAN: Final = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Placed:
    """A part in its place: blank pages before it, and the label and printed folio of each page.

    `first` is the number of its first page, front matter and the rest counted apart, from 1.
    """

    part: Part
    blanks: int
    first: int
    labels: tuple[str, ...]
    folios: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages the part itself has."""
        return len(self.labels)


def paginate(parts: Iterable[Part], counts: Mapping[str, int]) -> tuple[Placed, ...]:
    """Return each part in its place; `counts` gives the pages of each part by its id.

    The front matter is filled up to an even number of pages, so that page 1 is a recto.
    """
    all_parts = tuple(parts)
    front = [part for part in all_parts if part.kind in FRONT]
    rest = [part for part in all_parts if part.kind not in FRONT]
    placed = [*_place(front, counts, roman), *_place(rest, counts, str)]
    used = sum(one.blanks + one.pages for one in placed if one.part.kind in FRONT)
    first = len(front)
    if used % 2 and first < len(placed):
        body = placed[first]
        placed[first] = Placed(body.part, body.blanks + 1, body.first, body.labels, body.folios)
    return tuple(placed)


def _place(parts: Iterable[Part], counts: Mapping[str, int], number: Numeral) -> Iterator[Placed]:
    used = 0
    before = None
    for part in parts:
        same = part.kind == before and part.kind in SERIAL
        blanks = 0 if same else _blanks(part, used)
        before = part.kind
        first = used + blanks + 1
        used += blanks + counts[part.id]
        labels = tuple(number(n) for n in range(first, used + 1))
        folios = tuple("" if part.kind in SILENT else label for label in labels)
        yield Placed(part, blanks, first, labels, folios)


def _blanks(part: Part, used: int) -> int:
    """Return how many blank pages bring the next page to the side that a part begins on."""
    if part.kind in ANYWHERE:
        return 0
    recto_next = used % 2 == 0
    return int(recto_next if part.kind == "facing" else not recto_next)


def roman(number: int) -> str:
    """Return a number from 1 to 89 in small roman numerals."""
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out
