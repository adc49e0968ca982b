"""What stands between the letters of a paragraph, and where its lines may end.

Of WeasyPrint this room takes `get_log_attrs` of text.line_break and `ffi` of text.ffi.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import get_log_attrs

from watchpress.backends.pdf import mojikumi, syllables
from watchpress.backends.pdf.flow import NOTHING, Flow
from watchpress.backends.pdf.mojikumi import Kind
from watchpress.backends.pdf.plan import End, Text
from watchpress.language import kinsoku

BREAK: Final = 1  # the first bit of PangoLogAttr: is_line_break
DASHES: Final = "-\u2010"
NO_EDGE: Final = (0.0, 0.0)
Gaps: TypeAlias = tuple[list[float], list[float], list[float]]  # spaces, shrinks, stretches
Edges: TypeAlias = Sequence[tuple[float, float]]
SHRINK, STRETCH = 0.2, 0.5  # of a word space: what it gives at ease, and may take


def measured(made: Flow) -> Text:
    """Return what the search for lines needs to know of a paragraph."""
    text = made.text
    widths = list(made.widths)
    for place, width in made.kerns.items():
        if place < len(text):
            widths[place] += width
    for one in made.rubies:
        widths[one.base.start : one.base.stop] = [one.width / len(one.base)] * len(one.base)
        widths[one.reading.start : one.reading.stop] = [0.0] * len(one.reading)
    if made.square:
        sizes = [leaf.size for leaf in made.leaves for _ in range(leaf.end - leaf.start)]
        kinds = _kinds(made, sizes)
        for one in made.rubies:  # what is behind a reading is behind its base
            size = sizes[one.base.start]
            sizes[one.reading.start : one.reading.stop] = [size] * len(one.reading)
        gaps = _squares(made, kinds, sizes)
        trims = {mark: (mojikumi.ending(mark), mojikumi.beginning(mark)) for mark in set(kinds)}
        edges = [
            (trims[mark][0] * size, trims[mark][1] * size) if trims[mark] != NO_EDGE else NO_EDGE
            for mark, size in zip(kinds, sizes, strict=True)
        ]
        ends, last = _ends(made, edges)
        head = 0.0 if made.style["text_indent"].value else edges[0][1]
        return Text(widths, *gaps, ends, (), last, head)
    ends, last = _ends(made, None)
    return Text(widths, *_words(made), ends, syllables.ends(made), last)


def _words(made: Flow) -> Gaps:
    """Return the gaps behind the letters where words are parted by spaces."""
    size = len(made.text)
    shrinks, stretches = [0.0] * size, [0.0] * size
    for place, sign in enumerate(made.text):
        if sign in " \u00a0" and place not in made.group:
            shrinks[place] = SHRINK * made.widths[place]
            stretches[place] = STRETCH * made.widths[place]
    return [0.0] * size, shrinks, stretches


def _kinds(made: Flow, sizes: Sequence[float]) -> list[Kind]:
    """Return the class of each letter of Japanese text."""
    wide = mojikumi.WIDE
    found = [
        mojikumi.kind(sign, width >= wide * size)
        for sign, width, size in zip(made.text, made.widths, sizes, strict=True)
    ]
    for place in made.raised:
        found[place] = Kind.CALL
    return found


def _squares(made: Flow, kinds: Sequence[Kind], sizes: Sequence[float]) -> Gaps:
    """Return the gaps behind the letters of Japanese text."""
    spaces, shrinks, stretches = ([0.0] * len(kinds) for _ in range(3))
    group, nothing, between = made.group, Kind.NOTHING, mojikumi.gap
    left, before = 0, kinds[0]
    for right in range(1, len(kinds)):
        mark = kinds[right]
        if mark is nothing:
            continue
        space, shrink, stretch = between(before, mark)
        if left not in group:
            size = min(sizes[left], sizes[right])
            # Behind signs of no width, so that a line that ends at them is without the gap.
            spaces[right - 1] = space * size
            shrinks[right - 1] = shrink * size
            stretches[right - 1] = stretch * size
        left, before = right, mark
    return spaces, shrinks, stretches


def _ends(made: Flow, edges: Edges | None) -> tuple[list[End], End]:
    """Return the places between words, or letters, where lines may end, and the last one.

    `edges`: of each letter, what it loses at the end of a line and at the head of one.
    """
    text, ends = made.text, []
    attributes = get_log_attrs(text, made.style["lang"])
    flags = memoryview(ffi.buffer(attributes)).cast("I").tolist()
    barred = kinsoku.barred(text) if edges else frozenset()
    for place in range(1, len(text)):
        if not flags[place] & BREAK or place in barred:
            continue
        if place - 1 in made.whole or place - 1 in made.group:
            continue
        at = len(text[:place].rstrip(" ")) if text[place - 1] == " " else place
        if at:
            ends.append(_end(made, edges, at, place))
    return ends, _end(made, edges, len(text.rstrip(" ")), len(text))


def _end(made: Flow, edges: Edges | None, at: int, place: int) -> End:
    text, last = made.text, at - 1
    while last > 0 and text[last] in NOTHING:
        last -= 1
    trim = edges[last][0] if edges else 0.0
    head = edges[place][1] if edges and place < len(edges) else 0.0
    if text[at - 1] == syllables.SOFT:
        return End(
            at,
            place,
            syllables.width(made.leaf(at - 1).box.style),
            cost=syllables.COST,
            dashed=True,
        )
    dashed = text[last] in DASHES
    return End(at, place, 0.0, trim, head, syllables.COST if dashed else 0.0, dashed)
