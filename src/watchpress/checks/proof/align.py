"""Which block stands where in a product, and where the two part: lost, moved, changed, too much."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from watchpress.checks.proof.expected import Block
from watchpress.checks.proof.letters import HYPHENS, SOFT

State: TypeAlias = Literal["same", "changed", "lost", "moved"]

_ANCHOR: Final = 12  # letters from which a block is so long that it stands nowhere by chance
_GRAM: Final = 6  # letters of the pieces by which a changed block is found again
_ALIKE: Final = 0.25  # of its pieces: below this a block is not changed but lost
_LABEL: Final = 8  # letters, the most that are taken for a wrong note number


@dataclass(frozen=True)
class Match:
    """A block and where it stands: `start` with what is set before it, `body` its own letters.

    `skips`: letters of the block before which the product has a line-end hyphen of its own.
    For a changed block `at` is the first letter of the block, `other` the first of the product,
    that differ. `label`: what stands where the note's number should (None: the number is right).
    """

    block: Block
    state: State
    start: int = 0
    body: int = 0
    end: int = 0
    skips: tuple[int, ...] = ()
    at: int = -1
    other: int = -1
    label: str | None = None

    def carry(self, offset: int) -> int | None:
        """Return the position in the product of a letter of the block; None: not known."""
        if self.state == "same" or (self.state == "changed" and offset < self.at):
            return self.body + offset + bisect.bisect_right(self.skips, offset)
        return None


@dataclass(frozen=True)
class Extra:
    """Letters of the product that no block accounts for, and the index of the block before."""

    start: int
    end: int
    after: int


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
            same = _common(want[done : done + size], text, at)
            return done + same, at + same, tuple(skips)
        done, at = done + size, at + size
        if cut >= 0:
            if want[done] in HYPHENS:
                done += 1
            else:
                skips.append(done)
            at += 1
    return done, at, tuple(skips)


def _common(want: str, text: str, at: int) -> int:
    pairs = enumerate(zip(want, text[at : at + len(want)], strict=False))
    return next((n for n, (one, two) in pairs if one != two), min(len(want), len(text) - at))


def align(blocks: list[Block], text: str) -> tuple[list[Match], list[Extra]]:
    """Return a match for each block in order, and the letters of `text` that are left over.

    Letters before the first block are left over as `after` -1. The products are almost always
    right: then one walk does it, and nothing is searched.
    """
    return _Aligner(blocks, text).run()


class _Aligner:
    def __init__(self, blocks: list[Block], text: str) -> None:
        self.blocks = blocks
        self.text = text
        # Small capitals, a habit of opening lines: one glyph for both cases, a PDF gives one back.
        self.lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.matches: list[Match] = []
        self.extras: list[Extra] = []

    def run(self) -> tuple[list[Match], list[Extra]]:
        at = self.walk(self.begin())
        rest = self.blocks[len(self.matches) :]
        if rest:
            at = self.search(rest, at)
        self.left(at, len(self.text))
        return self._moved(), self.extras

    def begin(self) -> int:
        """Return where the first block stands, the front matter before it passed over."""
        if not self.blocks:
            return 0
        first, second = self.blocks[0].text, self.blocks[1].text if len(self.blocks) > 1 else ""
        at = self.text.find(first + second)
        if at > 0:
            self.extras.append(Extra(0, at, -1))
        return max(at, 0)

    def walk(self, at: int) -> int:
        for block in self.blocks:
            match = self.fit(block, at)
            if match is None:
                break
            self.matches.append(match)
            at = match.end
        return at

    def fit(self, block: Block, at: int) -> Match | None:
        """Return the match of a block that stands, whole and right, exactly at `at`."""
        for before in block.before:
            if self.text.startswith(before, at):
                body = at + len(before)
                done, end, skips = agree(block.text, self.text, body)
                if block.kind == "opening" and done < len(block.text):
                    done, end, skips = agree(block.text.lower(), self.lower, body)
                if done == len(block.text):
                    return Match(block, "same", at, body, end, skips)
        return None

    def search(self, rest: list[Block], at: int) -> int:
        """Match `rest` from `at` on: the blocks that are whole first, then what lies between."""
        anchors = _anchors(rest, self.text, at)
        held = list[Block]()
        for index, block in enumerate(rest):
            if index not in anchors:
                held.append(block)
                continue
            body = anchors[index]
            start, label = self.label(block, at, body)
            self.fill(held, at, start, label)
            held = []
            _, at, skips = agree(block.text, self.text, body)
            self.matches.append(Match(block, "same", start, body, at, skips, label=label))
        return self.fill(held, at, len(self.text), None)

    def label(self, block: Block, least: int, body: int) -> tuple[int, str | None]:
        """Return where a found block begins with its number, and what is wrong with that."""
        for before in block.before:
            if body - len(before) >= least and self.text.endswith(before, least, body):
                return body - len(before), None
        wrong = self.text[least:body] if body - least <= _LABEL else ""
        return body - len(wrong), wrong

    def fill(self, blocks: list[Block], at: int, end: int, label: str | None) -> int:
        """Match blocks that are not whole with the letters from `at` to `end`."""
        for index, block in enumerate(blocks):
            last = index == len(blocks) - 1
            match = self.fit(block, at)
            if match is None or match.end > end:
                match = self.changed(block, at, end, last)
            if match is None:
                self.matches.append(Match(block, "lost", at, at, at))
                continue
            self.left(at, match.start)
            self.matches.append(match)
            at = match.end
        if end < len(self.text) or blocks:
            self.left(at, end)
            return end
        return at

    def changed(self, block: Block, at: int, end: int, last: bool) -> Match | None:
        """Return the match of a block that is there but differs; None where it is not there."""
        lead = next((b for b in block.before if self.text.startswith(b, at)), "")
        window = self.window(block.text, at + len(lead), end)
        if window is None:
            return None
        start, stop = window
        near = max(20, len(block.text) // 3)
        if start - (at + len(lead)) <= near:
            begin, start = at, at + len(lead)
        else:
            begin = self.label(block, at, start)[0]
        if last and end - stop <= near:
            stop = end
        done, other, skips = agree(block.text, self.text, start)
        if done == len(block.text):
            return Match(block, "same", begin, start, other, skips)
        other = min(other, stop)
        return Match(block, "changed", begin, start, stop, skips, at=done, other=other)

    def window(self, want: str, start: int, end: int) -> tuple[int, int] | None:
        """Return from where to where the letters most like `want` stand."""
        size = min(_GRAM, max(1, len(want) // 3))
        places = range(0, max(len(want) - size + 1, 1), max(1, size // 2))
        hits = [(k, self.text.find(want[k : k + size], start, end)) for k in places]
        hits = [(k, hit) for k, hit in hits if hit >= 0]
        if not hits:
            return None
        middle = sorted(hit - k for k, hit in hits)[len(hits) // 2]
        reach = max(40, len(want) // 4)
        hits = [(k, hit) for k, hit in hits if abs(hit - k - middle) <= reach]
        if len(hits) < _ALIKE * len(places):
            return None
        (first, begin), (last, stop) = hits[0], max(hits, key=lambda pair: pair[1])
        begin, stop = max(begin - first, start), min(stop + len(want) - last, end)
        return (begin, stop) if begin < stop else None

    def left(self, start: int, end: int) -> None:
        if end > start:
            self.extras.append(Extra(start, end, len(self.matches) - 1))

    def _moved(self) -> list[Match]:
        """Return the matches, those lost ones found again that stand among the left-over."""
        return [
            self.again(match) if match.state == "lost" and len(match.block.text) >= _ANCHOR
            else match
            for match in self.matches
        ]  # fmt: skip

    def again(self, lost: Match) -> Match:
        for index, extra in enumerate(self.extras):
            if extra.after < 0:
                continue
            body = _found(lost.block.text, self.text, extra.start, extra.end)
            if body is None:
                continue
            end = agree(lost.block.text, self.text, body)[1]
            parts = [replace(extra, end=body), replace(extra, start=end)]
            parts = [part for part in parts if part.end - part.start > _LABEL]
            self.extras[index : index + 1] = parts
            return replace(lost, state="moved", start=body, body=body, end=end)
        return lost


def _found(want: str, text: str, start: int, end: int) -> int | None:
    """Return where `want` stands whole in a part of `text`, line-end hyphens aside."""
    index = [n for n in range(start, end) if text[n] not in _SKIPPED]
    bare = "".join(text[n] for n in index)
    at = bare.find(_bare(want))
    while at >= 0:
        for body in range(index[at], index[at - 1] if at else start - 1, -1):
            if agree(want, text, body)[0] == len(want):
                return body
        at = bare.find(_bare(want), at + 1)
    return None


_SKIPPED: Final = frozenset(HYPHENS + SOFT)
_NO_HYPHENS: Final = {ord(sign): None for sign in _SKIPPED}


def _bare(text: str) -> str:
    return text.translate(_NO_HYPHENS)


def _anchors(blocks: list[Block], text: str, start: int) -> dict[int, int]:
    """Return where blocks stand whole: as many as can be in their order, block -> position."""
    index = [n for n in range(start, len(text)) if text[n] not in _SKIPPED]
    bare = "".join(text[n] for n in index)
    pairs = list[tuple[int, int]]()
    for number, block in enumerate(blocks):
        want = _bare(block.text)
        if len(want) >= _ANCHOR:
            spots = [at for at in _all(want, bare) if _whole(block.text, text, index, at)]
            pairs += [(number, spot) for spot in reversed(spots)]
    return _apart({n: _begin(blocks[n].text, text, index, at) for n, at in _longest(pairs)}, blocks)


def _all(want: str, bare: str) -> list[int]:
    spots, at = list[int](), bare.find(want)
    while at >= 0 and len(spots) < 16:  # of sixteen equal paragraphs no order can be told
        spots.append(at)
        at = bare.find(want, at + 1)
    return spots


def _begin(want: str, text: str, index: list[int], at: int) -> int:
    """Return where in `text` a block found at `at` of the bare letters begins."""
    least = index[at - 1] + 1 if at else index[at]
    for body in range(index[at], least - 1, -1):
        if agree(want, text, body)[0] == len(want):
            return body
    return -1


def _whole(want: str, text: str, index: list[int], at: int) -> bool:
    return _begin(want, text, index, at) >= 0


def _longest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of (block, position) that rises in both (patience sorting)."""
    tails, ends, before = list[int](), list[int](), dict[int, int | None]()
    for n, (_, spot) in enumerate(pairs):
        k = bisect.bisect_left(tails, spot)
        before[n] = ends[k - 1] if k else None
        tails[k : k + 1], ends[k : k + 1] = [spot], [n]
    chain, n = list[tuple[int, int]](), ends[-1] if ends else None
    while n is not None:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _apart(anchors: dict[int, int], blocks: list[Block]) -> dict[int, int]:
    """Return the anchors without those that lie inside the one before."""
    kept, end = dict[int, int](), -1
    for number, at in anchors.items():
        if at >= end:
            kept[number], end = at, at + len(blocks[number].text)
    return kept
