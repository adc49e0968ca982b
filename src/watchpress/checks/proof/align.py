"""Which block stands where in a product, and where the two part: lost, moved, changed, too much."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from watchpress.checks.proof.expected import Block
from watchpress.checks.proof.seek import SURE, agree, anchored, common, find

State: TypeAlias = Literal["same", "changed", "lost", "moved"]

_GRAM: Final = 6  # letters of the pieces by which a changed block is found again
_ALIKE: Final = 0.25  # of its pieces: below this a block is not changed but lost
_LABEL: Final = 8  # letters, the most that are taken for a wrong note number


@dataclass(frozen=True)
class Match:
    """A block and where it stands: `start` with what is set before it, `body` its own letters.

    `skips`: letters of the block before which the product has a line-end hyphen of its own.
    For a changed block `at` is the first letter of the block, `other` the first of the product,
    that differ, and `tail` how many last letters are the same. `label`: what stands where the
    note's number should (None: the number is right).
    """

    block: Block
    state: State
    start: int = 0
    body: int = 0
    end: int = 0
    skips: tuple[int, ...] = ()
    at: int = -1
    other: int = -1
    tail: int = 0
    label: str | None = None

    def carry(self, offset: int) -> int | None:
        """Return the position in the product of a letter of the block; None: not known."""
        if self.state == "same" or (self.state == "changed" and offset < self.at):
            return self.body + offset + bisect.bisect_right(self.skips, offset)
        left = len(self.block.text) - offset
        return self.end - left if self.state == "changed" and left <= self.tail else None


@dataclass(frozen=True)
class Extra:
    """Letters of the product that no block accounts for, and the index of the block before."""

    start: int
    end: int
    after: int


def align(
    blocks: list[Block], text: str, *, capitals: bool = True
) -> tuple[list[Match], list[Extra]]:
    """Return a match for each block in order, and the letters of `text` that are left over.

    Letters before the first block are left over as `after` -1. Without `capitals` the case of the
    opening lines is not compared. The products are almost always right: then one walk does it, and
    nothing is searched.
    """
    return _Aligner(blocks, text, capitals).run()


class _Aligner:
    def __init__(self, blocks: list[Block], text: str, capitals: bool) -> None:
        self.blocks = blocks
        self.text = text
        self.capitals = capitals
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
        first = "".join(block.text for block in self.blocks[:2]).lower()
        at = self.text.lower().find(first)
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
                if done == len(block.text):
                    return Match(block, "same", at, body, end, skips)
        return self.caseless(block, at)

    def caseless(self, block: Block, at: int) -> Match | None:
        """Return the match of an opening line set in small capitals, whose case is not known."""
        end = at + len(block.text)
        found = self.text[at:end]
        if self.capitals or block.kind != "opening" or found.lower() != block.text.lower():
            return None
        return Match(block, "same", at, at, end)

    def search(self, rest: list[Block], at: int) -> int:
        """Match `rest` from `at` on: the blocks that are whole first, then what lies between."""
        anchors = anchored([block.text for block in rest], self.text, at)
        held = list[Block]()
        for index, block in enumerate(rest):
            if index not in anchors:
                held.append(block)
                continue
            body = anchors[index]
            start, label = self.label(block, at, body)
            self.fill(held, at, start)
            held = []
            _, at, skips = agree(block.text, self.text, body)
            self.matches.append(Match(block, "same", start, body, at, skips, label=label))
        return self.fill(held, at, len(self.text))

    def label(self, block: Block, least: int, body: int) -> tuple[int, str | None]:
        """Return where a found block begins with its number, and what is wrong with that."""
        for before in block.before:
            if body - len(before) >= least and self.text.endswith(before, least, body):
                return body - len(before), None
        wrong = self.text[least:body] if body - least <= _LABEL else ""
        return body - len(wrong), wrong

    def fill(self, blocks: list[Block], at: int, end: int) -> int:
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
        self.left(at, end)
        return end

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
        tail = common(block.text[: done - 1 : -1], self.text[other:stop][::-1], 0)
        return Match(block, "changed", begin, start, stop, skips, done, min(other, stop), tail)

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
            self.again(match) if match.state == "lost" and len(match.block.text) >= SURE
            else match
            for match in self.matches
        ]  # fmt: skip

    def again(self, lost: Match) -> Match:
        for index, extra in enumerate(self.extras):
            if extra.after < 0:
                continue
            body = find(lost.block.text, self.text, extra.start, extra.end)
            if body is None:
                continue
            end = agree(lost.block.text, self.text, body)[1]
            parts = [replace(extra, end=body), replace(extra, start=end)]
            parts = [part for part in parts if part.end - part.start > _LABEL]
            self.extras[index : index + 1] = parts
            return replace(lost, state="moved", start=body, body=body, end=end)
        return lost
