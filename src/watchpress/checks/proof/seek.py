"""Finding text in text where the one has hyphens at its line ends: comparing, and searching."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final

from watchpress.checks.proof.letters import HYPHENS, SOFT

SURE: Final = 12  # letters from which a passage is so long that it stands nowhere by chance
_MOST: Final = 16  # equal passages, of whose order more could not be told either
_SKIPPED: Final = frozenset(HYPHENS + SOFT)
_NO_HYPHENS: Final = {ord(sign): None for sign in _SKIPPED}


def agree(want: str, text: str, at: int) -> tuple[int, int, tuple[int, ...]]:
    """Compare `want` with `text` from `at` on, line-end hyphens aside.

    Returns how many letters of `want` agree, the position in `text` behind them, and before
    which letters of `want` a hyphen of `text` was passed over.
    """
    if text.startswith(want, at):
        return len(want), at + len(want), ()
    done, skips = 0, list[int]()
    while done < len(want):
        cut = text.find(SOFT, at, at + len(want) - done)
        size = len(want) - done if cut < 0 else cut - at
        if not text.startswith(want[done : done + size], at):
            same = common(want[done : done + size], text, at)
            return done + same, at + same, tuple(skips)
        done, at = done + size, at + size
        if cut >= 0:
            if want[done] in HYPHENS:
                done += 1
            elif want[max(done - 1, 0) : done + 1].isalpha() and done and done not in skips:
                skips.append(done)
            else:  # no language breaks anything there but words
                break
            at += 1
    return done, at, tuple(skips)


def common(want: str, text: str, at: int) -> int:
    """Return how many letters of `want` stand at `at` of `text`."""
    pairs = enumerate(zip(want, text[at : at + len(want)], strict=False))
    return next((n for n, (one, two) in pairs if one != two), min(len(want), len(text) - at))


class _Bare:
    """A part of a text without its hyphens, and where each letter of it stands in the text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.index = [n for n in range(start, end) if text[n] not in _SKIPPED]
        self.letters = "".join(text[n] for n in self.index)

    def all(self, want: str) -> list[int]:
        """Return where in the text `want` stands whole, in order."""
        spots, bare = list[int](), want.translate(_NO_HYPHENS)
        at = self.letters.find(bare) if bare else -1
        while at >= 0 and len(spots) < _MOST:
            spot = self._begin(want, at)
            if spot is not None:
                spots.append(spot)
            at = self.letters.find(bare, at + 1)
        return spots

    def _begin(self, want: str, at: int) -> int | None:
        """Return where `want` begins that was found at `at`: before it there may be hyphens."""
        least = self.index[at - 1] + 1 if at else self.index[at]
        spots = range(self.index[at], least - 1, -1)
        return next((n for n in spots if agree(want, self.text, n)[0] == len(want)), None)


def find(want: str, text: str, start: int, end: int) -> int | None:
    """Return where `want` stands whole in a part of `text`, line-end hyphens aside."""
    return next(iter(_Bare(text, start, end).all(want)), None)


def anchored(wants: Sequence[str], text: str, start: int) -> dict[int, int]:
    """Return where passages stand whole, as many of them as can be in their order.

    The keys are indexes of `wants`; passages shorter than SURE are never among them.
    """
    bare = _Bare(text, start, len(text))
    pairs = [
        (number, spot)
        for number, want in enumerate(wants)
        if len(want) >= SURE
        for spot in reversed(bare.all(want))
    ]
    kept, end = dict[int, int](), -1
    for number, spot in _longest(pairs):
        if spot >= end:  # else it lies inside the one before
            kept[number], end = spot, spot + len(wants[number])
    return kept


def _longest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of (block, position) that rises in both (patience sorting)."""
    tails, ends, before = list[int](), list[int](), dict[int, int | None]()
    for index, (_, spot) in enumerate(pairs):
        k = bisect.bisect_left(tails, spot)
        before[index] = ends[k - 1] if k else None
        tails[k : k + 1], ends[k : k + 1] = [spot], [index]
    chain = list[tuple[int, int]]()
    n: int | None = ends[-1] if ends else None
    while n is not None:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]
