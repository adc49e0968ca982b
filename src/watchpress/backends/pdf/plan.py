"""Where the lines of a paragraph end: all of them weighed together, not one after another.

The method is that of Knuth and Plass (Breaking Paragraphs into Lines, 1981), over letters instead
of words, so that it serves Japanese as well: lines of least badness in sum, few hyphens, never
three in a row. Nothing here knows the engine: widths and gaps come in, ends of lines go out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from typing import Final, NamedTuple

MOST_HYPHENS: Final = 2  # in a row (Chicago Manual of Style, 7.47, has three)
LEAST_FULL: Final = 0.5  # share of the measure below which no end of a line is looked for
# How far gaps may be stretched, in their own measure, one try after the other; hyphens from when.
TRIES: Final = ((1.3, False), (2.5, True), (5.0, True), (12.0, True), (inf, True))
LINE: Final = 10.0  # what each line costs: fewer lines are better
TWICE: Final = 10_000.0  # what a second hyphen in a row costs, TeX's \\doublehyphendemerits
HARD: Final = 1e7


class End(NamedTuple):
    """A place where a line may end.

    `at`: behind its last letter; `next`: before the first of the next line, white space between
    them. `hyphen`: width of the hyphen that is put there, 0 without one. `trim`: what the line
    gains as its last letter needs no white behind it, `head`: what the next line gains so, in px.
    `cost`: what it costs to end here. `dashed`: the line ends in a hyphen, put there or real.
    """

    at: int
    next: int
    hyphen: float = 0.0
    trim: float = 0.0
    head: float = 0.0
    cost: float = 0.0
    dashed: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph as numbers, in px: widths of its letters, and the gap behind each of them.

    `hyphens` are ends within words, `last` is the end of the paragraph.
    """

    widths: Sequence[float]
    spaces: Sequence[float]
    shrinks: Sequence[float]
    stretches: Sequence[float]
    ends: Sequence[End]
    hyphens: Sequence[End]
    last: End
    head: float = 0.0
    sums: tuple[list[float], list[float], list[float]] = field(init=False)

    def __post_init__(self) -> None:
        full = map(float.__add__, self.widths, self.spaces)
        sums = tuple([0.0, *accumulate(one)] for one in (full, self.shrinks, self.stretches))
        object.__setattr__(self, "sums", sums)


class Line(NamedTuple):
    """A line: its first letter, its end, the width its letters want, and what fills it up.

    `ratio`: the share of its stretches that the line is widened by, below 0 of its shrinks.
    """

    start: int
    end: End
    head: float
    width: float
    ratio: float


class _State(NamedTuple):
    cost: float
    line: Line | None
    before: _State | None
    run: int  # lines in a row, up to here, that end in a hyphen


def lines(
    text: Text,
    measure: float,
    indent: float = 0.0,
    *,
    flush: bool = True,
    start: int = 0,
    run: int = 0,
    barred: frozenset[int] = frozenset(),
) -> list[Line] | None:
    """Return the lines of a paragraph; None where a line would stick out whatever is done.

    `flush`: lines fill the measure, the last one apart; else they are as long as they come.
    `start`: the letter to begin at, which is the head of a line after `run` lines with hyphens;
    `barred`: no line ends in a hyphen there.
    """
    for most, hyphens in TRIES if flush else TRIES[-1:]:
        ends = [end for end in text.ends if end.next > start]
        if hyphens and text.hyphens:
            ends = sorted([*ends, *(end for end in text.hyphens if end.at > start)])
        if barred:
            ends = [end for end in ends if not (end.dashed and end.at in barred)]
        found = _Search(text, ends, measure, indent if start == 0 else 0.0, most, flush).run(
            start, run
        )
        if found is not None:
            return found
    return None


class _Search:
    """One search, at one tolerance."""

    def __init__(
        self,
        text: Text,
        ends: list[End],
        measure: float,
        indent: float,
        most: float,
        flush: bool,
    ) -> None:
        self.text, self.measure, self.indent, self.most, self.flush = (
            text, measure, indent, most, flush,
        )  # fmt: skip
        self.ends = [*ends, text.last]
        widths = text.sums[0]
        self.reach = [widths[end.at] for end in self.ends]

    def run(self, start: int, run: int) -> list[Line] | None:
        states: list[dict[int, _State]] = [{} for _ in self.ends]
        first = self.text.head if start == 0 else self._head(start)
        self.leave({run: _State(0.0, None, None, run)}, start, first, 0, states)
        for place, end in enumerate(self.ends[:-1]):
            if states[place]:
                self.leave(states[place], end.next, end.head, place + 1, states)
        done = min(states[-1].values(), key=lambda state: state.cost, default=None)
        found: list[Line] = []
        while done is not None and done.line is not None:
            found.append(done.line)
            done = done.before
        return found[::-1] or None

    def _head(self, start: int) -> float:
        return next((end.head for end in self.text.ends if end.next == start), 0.0)

    def leave(
        self,
        states: dict[int, _State],
        start: int,
        head: float,
        place: int,
        table: list[dict[int, _State]],
    ) -> None:
        """Enter all lines that begin at `start` into the states of their ends."""
        room = self.measure - (self.indent if start == 0 else 0.0)
        base = self.text.sums[0][start]
        final = len(self.ends) - 1
        least = base + room * (LEAST_FULL if self.most < inf else 0.0)
        chosen: list[tuple[int, Line]] = []
        for index in range(max(place, min(bisect_left(self.reach, least), final)), final + 1):
            line = self.line(start, head, self.ends[index], room, index == final)
            if line is not None:
                chosen.append((index, line))
            elif self.reach[index] - base > room * 1.3:
                break
        if not self.flush:
            chosen = chosen[-1:]  # as many letters as go into it
        for index, line in chosen:
            for state in states.values():
                self.enter(table[index], state, line, index == final)

    def enter(self, table: dict[int, _State], state: _State, line: Line, final: bool) -> None:
        run = state.run + 1 if line.end.dashed else 0
        if run > MOST_HYPHENS:
            return
        ratio = 0.0 if final and line.ratio > 0 else line.ratio
        bad = min(100 * abs(ratio) ** 3, HARD)
        cost = state.cost + (LINE + bad) ** 2 + line.end.cost**2
        if line.end.dashed and state.run:
            cost += TWICE
        if run not in table or cost < table[run].cost:
            table[run] = _State(cost, line, state, run)

    def line(self, start: int, head: float, end: End, room: float, final: bool) -> Line | None:
        """Return the line from `start` to `end`, None where it does not go into the measure."""
        at = end.at - 1
        if at < start:
            return None
        text = self.text
        widths, shrinks, stretches = text.sums
        width = widths[end.at] - widths[start] - text.spaces[at] - end.trim - head + end.hyphen
        over = width - room
        if over > 0:
            shrink = shrinks[at] - shrinks[start]
            return Line(start, end, head, width, -over / shrink) if shrink >= over else None
        stretch = stretches[at] - stretches[start]
        ratio = -over / stretch if stretch else (inf if over < -0.01 else 0.0)
        if self.flush and not final and ratio > self.most:
            return None
        return Line(start, end, head, width, ratio)
