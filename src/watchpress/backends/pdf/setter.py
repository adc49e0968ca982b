"""Paragraphs set as a whole: their lines are planned (plan.py), then WeasyPrint is given them.

A plan is made where text is to fill the measure, and for all Japanese text; the rest, and whatever
has more in it than text (flow.Unplanned), is left to WeasyPrint. The lines of a plan are kept on
the text boxes of the paragraph: where WeasyPrint asks for the text from a place on, it gets that
piece of line, set to its width already.

Of WeasyPrint this room takes `strut` of text.line_break, the context of a layout (page_bottom,
excluded_shapes), and of boxes what flow.py takes; it adds `plan` to line boxes and `pieces` to text
boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from watchpress.backends.pdf import flow as flows
from watchpress.backends.pdf import gaps
from watchpress.backends.pdf import plan as plans
from watchpress.backends.pdf.flow import BLANK, NOTHING, Flow, Leaf, Unplanned, blank
from watchpress.backends.pdf.piece import Piece
from watchpress.backends.pdf.plan import Line, Text
from watchpress.language.words import spaced

SLACK: Final = 0.005  # px by which lines stay below the measure, so that sums of floats fit
LOOSEST: Final = 12.0  # the ratio beyond which a line stays short: nothing could fill it well
WIDOWS: Final = 2  # print.css
TRIES: Final = 8  # hyphens at the foot of one page that are planned away


@dataclass(frozen=True)
class Part:
    """What a line has of one text box: the text, what it is set with, and where to go on.

    `drawn`: the text with blanks in gaps; the rest as in Piece.
    """

    text: str
    drawn: str
    gaps: dict[int, float]
    head: float
    width: float
    space: bool
    resume: int | None
    leaf: Leaf

    def box(self) -> Any:
        """Return a text box of it, None where there is nothing to be seen."""
        if not self.text:
            return None
        box = self.leaf.box.copy_with_text(self.text)
        del box.__dict__["pieces"]
        width = None if self.leaf.spread else self.width
        box.pango_layout = Piece(self.drawn, self.gaps, self.head, width, self.space)
        if box.style["text_decoration_line"] != "none":
            # Where lines are drawn under the text is asked for before it is shaped.
            box.pango_layout.reactivate(box.style)
            box.pango_layout.deactivate()
        box.width, box.height = self.width, self.leaf.height
        lead, box.baseline = self.leaf.strut
        box.margin_top = box.baseline - self.leaf.baseline
        box.margin_bottom = lead - box.height - box.margin_top
        return box


class Plan:
    """The lines of one paragraph at one measure."""

    def __init__(self, line: Any, measure: float, indent: float) -> None:
        """Plan a LineBox; raises Unplanned."""
        self.key = (measure, indent)
        self.flow: Flow = flows.flow(line)
        self.text: Text = gaps.measured(self.flow)
        self.flush = line.style["text_align_all"] == "justify"
        self.barred: frozenset[int] = frozenset()
        self.lines: list[Line] = self._search(0, 0)
        self._cut()

    def _search(self, start: int, run: int) -> list[Line]:
        measure, indent = self.key
        found = plans.lines(
            self.text,
            measure - SLACK,
            indent,
            flush=self.flush,
            start=start,
            run=run,
            barred=self.barred,
        )
        if found is None:
            raise Unplanned
        return found

    def bar(self, place: int, last: int) -> None:
        """Plan anew from line `place` on, so that line `last` does not end in a hyphen as now."""
        run = 0
        for line in self.lines[:place]:
            run = run + 1 if line.end.dashed else 0
        self.barred |= {self.lines[last].end.at}
        try:
            self.lines[place:] = self._search(self.lines[place].start, run)
        except Unplanned:
            return
        self._cut()

    def _cut(self) -> None:
        """Leave the pieces of the lines on the text boxes."""
        for leaf in self.flow.leaves:
            leaf.box.pieces = {}
        first = 0
        leaves = self.flow.leaves
        for number, line in enumerate(self.lines):
            final = number == len(self.lines) - 1
            while leaves[first].end <= line.start:
                first += 1
            for leaf in leaves[first:]:
                if leaf.start >= line.end.next:
                    break
                self._part(line, leaf, final=final)

    def _part(self, line: Line, leaf: Leaf, *, final: bool) -> None:
        made, end = self.flow, line.end
        start, stop = max(line.start, leaf.start), min(end.at, leaf.end)
        words = made.text[start:stop]
        ends = leaf.start < end.next <= leaf.end  # the line ends in this box
        drawn, found, more = self._gaps(line, start, stop)
        head = line.head if start == line.start else 0.0
        kern = 0.0
        if words and made.kerns:
            kern = sum(made.kerns.get(place, 0.0) for place in range(start, stop))
        width = sum(self.text.widths[start:stop]) - kern + more - head
        if words and stop == end.at:
            if end.trim:
                letter = _letters(drawn)[-1]
                found[letter] = found.get(letter, 0.0) - end.trim
                width -= end.trim
            if end.hyphen:
                hyphen = leaf.box.style["hyphenate_character"]
                words, drawn, width = words + hyphen, drawn + hyphen, width + end.hyphen
        if leaf.spread and words:
            head, width = -leaf.spread.before, leaf.spread.width + more
            for letter in _letters(drawn)[:-1]:
                found[letter] = found.get(letter, 0.0) + leaf.spread.gap
        space = stop == end.at < end.next and made.text[end.at] == " "
        offset = len(made.text[leaf.start : start].encode())
        resume = None
        if ends and not final:
            resume = len(made.text[leaf.start : end.next].encode())
        leaf.box.pieces[offset] = Part(words, drawn, found, head, width, space, resume, leaf)

    def _gaps(self, line: Line, start: int, stop: int) -> tuple[str, dict[int, float], float]:
        """Return the text to draw, what its letters are widened by (place in UTF-8), and the sum.

        Where the text has a gap of its own, between a Latin letter and a kanji, a blank is drawn.
        """
        text, made, ratio = self.text, self.flow, line.ratio
        if ratio > 0 and (not self.flush or line.end is text.last or ratio > LOOSEST):
            ratio = 0.0
        gives = text.stretches if ratio > 0 else text.shrinks
        found: dict[int, float] = {}
        signs: list[str] = []
        place, letter, more = 0, 0, 0.0
        spaces, last = text.spaces, line.end.at - 1
        for index, sign in enumerate(made.text[start:stop], start):
            signs.append(sign)
            if sign not in NOTHING:
                letter = place
            place += 1 if sign.isascii() else len(sign.encode())
            if index == last:
                break
            gap = spaces[index] + ratio * gives[index]
            more += gap
            if spaces[index] > 0 and (leaf := made.leaf(index)) and blank(leaf.box.style):
                signs.append(BLANK)
                found[place] = gap - 0.5 * leaf.size
                place += len(BLANK.encode())
            elif gap:
                found[letter] = found.get(letter, 0.0) + gap
        return "".join(signs), found, more


def _letters(words: str) -> list[int]:
    """Return where in UTF-8 each letter in view begins."""
    places = flows.starts(words)
    return [places[n] for n, sign in enumerate(words) if sign not in NOTHING + BLANK]


def prepare(context: Any, line: Any, around: Any, skip: Any, top: float, below: float) -> None:
    """Plan the lines of a LineBox about to be laid out from `skip` on, or see to its next one.

    `around`: the box it fills; `top`: where the next line stands; `below`: what is to stay free
    at the foot of the page. Lengths in px.
    """
    if context.excluded_shapes or not _asked(line):
        return
    measure, indent = around.width, line.text_indent if skip is None else None
    plan = line.__dict__.get("plan")
    if plan is None or plan.key[0] != measure or indent not in (None, plan.key[1]):
        try:
            plan = Plan(line, measure, indent or 0.0)
        except Unplanned:
            plan = None
            _clear(line)
        line.plan = plan
    if plan and context.page_bottom is not None:
        room = (context.page_bottom - below - top) / strut(line.style)[0]
        bound = around.style["break_after"] in ("avoid", "avoid-page")
        _keep_whole(plan, line, skip, room, bound=bound)


def _asked(line: Any) -> bool:
    style = line.style
    return style["text_align_all"] == "justify" or not spaced(style["lang"] or "")


def _clear(box: Any) -> None:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            child.__dict__.pop("pieces", None)
        elif isinstance(child, boxes.InlineBox):
            _clear(child)


def _keep_whole(plan: Plan, line: Any, skip: Any, room: float, *, bound: bool) -> None:
    """See that no page ends in a hyphen: `room` lines go onto it from the next line on.

    `bound`: where what follows does not go onto the page, the last two lines leave it too.
    """
    if not any(one.end.dashed for one in plan.lines):
        return
    start = _place(plan, line, skip)
    for _ in range(TRIES):
        place = next((n for n, one in enumerate(plan.lines) if one.start == start), None)
        if place is None:
            return
        lasts = [_last(len(plan.lines), place, floor(room + 1e-6))]
        if bound:
            lasts.append(len(plan.lines) - WIDOWS - 1)
        for last in lasts:
            if last is not None and last >= place:
                end = plan.lines[last].end
                if end.dashed and end.at not in plan.barred:
                    plan.bar(place, last)
                    break
        else:
            return


def _last(lines: int, place: int, room: int) -> int | None:
    """Return the line that ends the page, None where all from `place` on go onto it."""
    if lines - place <= room or room < 1:
        return None
    left = lines - place - room
    return max(place, place + room - 1 - max(0, WIDOWS - left))


def _place(plan: Plan, line: Any, skip: Any) -> int:
    """Return the letter of the paragraph that WeasyPrint's `skip_stack` stands for."""
    box, stack, offset = line, skip, 0
    while stack:
        ((index, stack),) = stack.items()
        if isinstance(box, boxes.TextBox):
            offset = index
            break
        box = box.children[index]
    while not isinstance(box, boxes.TextBox) and box.children:
        box = box.children[0]
    leaf: Sequence[Leaf] = [leaf for leaf in plan.flow.leaves if leaf.box is box]
    if not leaf:
        return 0
    return leaf[0].start + len(box.text.encode()[:offset].decode())


def part(box: Any, skip: int | None) -> Part | None:
    """Return what the plan has of a text box from byte `skip` on; None where there is no plan."""
    pieces = box.__dict__.get("pieces")
    found: Part | None = pieces.get(skip or 0) if pieces else None
    return found
