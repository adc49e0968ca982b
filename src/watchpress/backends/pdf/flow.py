"""The text of a paragraph as one string: what its letters are wide.

Of WeasyPrint this room takes `Layout`, `line_size` and `strut` of text.line_break, `ffi` and
`pango` of text.ffi, and of boxes their children, text and style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size, strut

from watchpress.backends.pdf.ruby import Ruby, Spread, ruby
from watchpress.language.words import spaced

GLYPH: Final = ffi.sizeof("PangoGlyphInfo") // ffi.sizeof("gint")  # numbers of a glyph
WIDTH: Final = 1  # which of them is its advance
COLLAPSING: Final = ("normal", "nowrap")
RIGHTWARD: Final = re.compile("[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
BLANK: Final = "\u2002"  # en space
LIGATED: Final = re.compile(r"f[fijlt]{1,2}|fb|fh|fk|Th|tt")
NOTHING: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


class Unplanned(Exception):
    """There is more in this paragraph than text: its lines are left to WeasyPrint."""


@dataclass(eq=False)
class Leaf:
    """A text box of a paragraph: from where to where it stands in the string, and its metrics.

    `strut`: height and base line of the lines that it stands in.
    """

    box: Any
    start: int
    end: int
    height: float
    baseline: float
    strut: tuple[float, float]
    spread: Spread | None = None  # of a base or a reading

    @property
    def size(self) -> float:
        """The type size in px."""
        return float(self.box.style["font_size"])


@dataclass
class Flow:
    """A paragraph: its letters and their widths in px.

    `kerns`: letter -> width of the edges of elements before it, in px. `whole`: letters behind
    which nothing may part the text. `group`: letters that share one reading with the next.
    `raised`: letters of a call.
    """

    style: Any
    text: str = ""
    widths: list[float] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    kerns: dict[int, float] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    group: set[int] = field(default_factory=set)
    raised: set[int] = field(default_factory=set)
    rubies: list[Ruby] = field(default_factory=list)

    def leaf(self, place: int) -> Leaf:
        """Return the text box that a letter stands in."""
        return next(leaf for leaf in self.leaves if place < leaf.end)

    @property
    def square(self) -> bool:
        """Whether it is set by the rules of Japanese."""
        return not spaced(self.style["lang"] or "")


def flow(line: Any) -> Flow:
    """Return the text of a LineBox that is not laid out yet; raises Unplanned."""
    made = Flow(line.style)
    _walk(line, made)
    if not made.text.strip() or RIGHTWARD.search(made.text) or "\n" in made.text:
        raise Unplanned
    return made


def _walk(box: Any, made: Flow) -> None:
    whole, start = box.style["white_space"] == "nowrap", len(made.text)
    if box.style["white_space"] not in COLLAPSING or box.style["direction"] != "ltr":
        raise Unplanned
    for child in box.children:
        before = len(made.text)
        if isinstance(child, boxes.TextBox):
            _leaf(child, made)
        elif child.is_absolutely_positioned():
            continue
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            _edge(child.style, "left", made)
            _walk(child, made)
            _edge(child.style, "right", made)
            if child.element_tag == "ruby":
                _ruby(made, before)
        else:
            raise Unplanned
        if whole and before > start:  # before the first a line may end as the text has it
            made.whole.add(before - 1)


def _ruby(made: Flow, start: int) -> None:
    """Take what came last, from letter `start` on, as a base with its reading."""
    leaves = [leaf for leaf in made.leaves if leaf.start >= start]
    if [leaf.box.element_tag == "rt" for leaf in leaves] != [False, True]:
        raise Unplanned
    made.group.update(range(start, len(made.text) - 1))
    base, reading = (range(leaf.start, leaf.end) for leaf in leaves)
    made.rubies.append(ruby(base, reading, made.widths))
    for leaf, spread in zip(leaves, made.rubies[-1].spreads, strict=True):
        leaf.spread = spread


def _edge(style: Any, side: str, made: Flow) -> None:
    width = style[f"border_{side}_width"]
    for name in ("margin", "padding"):
        length = style[f"{name}_{side}"]
        if length == "auto" or (length.value and length.unit != "px"):
            raise Unplanned
        width += length.value
    if width:
        made.kerns[len(made.text)] = made.kerns.get(len(made.text), 0.0) + width


def _leaf(box: Any, made: Flow) -> None:
    if not box.text or not box.style["font_size"]:
        raise Unplanned
    start = len(made.text)
    made.text += box.text
    layout = Layout(box.style)
    layout.set_text(box.text)
    line, _ = layout.get_first_line()
    # A lone space may have got a companion of no width.
    widths = advances(line, layout.text)[: len(box.text)]
    made.widths += widths
    _, height = line_size(line, box.style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    made.leaves.append(Leaf(box, start, len(made.text), height, baseline, strut(box.style)))
    if box.style["white_space"] == "nowrap":
        made.whole.update(range(start, len(made.text) - 1))
    if box.style["font_variant_position"] == "super" or "noteref" in _class(box):
        made.raised.update(range(start, len(made.text)))


def _class(box: Any) -> str:
    element = box.element
    return "" if element is None else element.get("class") or ""


def advances(line: Any, text: str) -> list[float]:
    """Return the width in px of each letter of `text` in a line of Pango's; 0 within a cluster."""
    data = text.encode()
    found = [0] * len(data)
    for offset, _, numbers, clusters in glyphs_of(line):
        for place, width in zip(clusters, numbers[WIDTH::GLYPH].tolist(), strict=True):
            found[offset + place] += width
    places = range(len(data)) if len(data) == len(text) else starts(text)
    each = [found[place] * FROM_UNITS for place in places]
    return _shared(each, text) if 0 in found else each


def glyphs_of(line: Any) -> Any:
    """Yield offset, length, numbers of the glyphs and their clusters, run by run."""
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        run = run.next
        count = glyphs.num_glyphs
        size = count * ffi.sizeof("PangoGlyphInfo")
        numbers = memoryview(ffi.buffer(glyphs.glyphs, size)).cast("i")
        yield item.offset, item.length, numbers, ffi.unpack(glyphs.log_clusters, count)


def _shared(widths: list[float], text: str) -> list[float]:
    """Give each letter of a ligature its share: a line may end within it."""
    for match in LIGATED.finditer(text):
        start, end = match.span()
        if all(width == 0 for width in widths[start + 1 : end]):
            widths[start:end] = [widths[start] / (end - start)] * (end - start)
    return widths


def starts(text: str) -> list[int]:
    """Return the place of each letter of `text` in its UTF-8 form."""
    return [0, *accumulate(len(sign.encode()) for sign in text[:-1])]


def blank(style: Any) -> bool:
    """Say whether the font has a blank of half an em of its own.

    Drawn in a gap, it keeps readers of the PDF from taking the gap for a space of the text.
    """
    known: dict[Any, bool] = style.font_config.__dict__.setdefault("blanks", {})
    key = tuple(str(style[name]) for name in ("font_family", "font_weight", "font_style", "lang"))
    if key not in known:
        # Beside a Latin letter the blank may come from another font than beside a kanji.
        known[key] = all(_own_blank(style, letter) for letter in "水A")
    return known[key]


def _own_blank(style: Any, letter: str) -> bool:
    """Say whether beside `letter` a blank has a glyph that no space has, and is half an em wide."""
    layout = Layout(style)
    layout.set_text(f"{letter}{BLANK} {letter}")
    line, _ = layout.get_first_line()
    glyphs = [
        glyphs.glyphs[place].glyph
        for glyphs in _strings(line)
        for place in range(glyphs.num_glyphs)
    ]
    width = advances(line, layout.text)[1] / style["font_size"]
    return len(set(glyphs)) == 3 and abs(width - 0.5) < 0.01


def _strings(line: Any) -> Iterator[Any]:
    run = line.runs
    while run != ffi.NULL:
        yield run.data.glyphs
        run = run.next
