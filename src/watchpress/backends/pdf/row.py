"""One line of print: its text as it is drawn, where its letters stand, what is special about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from watchpress.backends.pdf.gauge import Gauge
from watchpress.backends.pdf.shell import LOOSE
from watchpress.backends.pdf.thread import UNREAD, Thread
from watchpress.galley import Anchor, Stray
from watchpress.xhtml.plain import ZERO

SOFT: Final = "\N{SOFT HYPHEN}"
HYPHENS: Final = ("-", "\N{HYPHEN}")  # what the engine adds where it breaks a word
# From the base line up and down to where letters end, in em: of all our faces, accents included.
ABOVE, BELOW = 0.88, 0.24


@dataclass
class Row:
    """A line in the making; lengths in px, spaces in em. `others`: boxes in it that are no text.

    `out`: how far it may stand out to the left and to the right, by negative margins within it.
    """

    text: str = ""
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    size: float = 0.0
    spaces: list[float] = field(default_factory=list)
    hyphen: bool = False
    call: bool = False
    address: bool = False
    target: str = ""
    anchors: tuple[Anchor, ...] = ()
    strays: tuple[Stray, ...] = ()
    others: list[Any] = field(default_factory=list)
    out: list[float] = field(default_factory=lambda: [0.0, 0.0])


@dataclass(frozen=True)
class _Piece:
    """A text box of a line. `made`: by a style sheet, its letters are in no element.

    `unseen`: letters that are in the element and not on the page (`visibility`).
    """

    box: Any
    text: str
    made: bool
    unseen: int = 0


def row(line: Any, thread: Thread | None, gauge: Gauge) -> Row:
    """Return what a LineBox has; `thread`: the letters of its block, None for what has none."""
    made = Row()
    pieces = list(_pieces(line, made, made_=False))
    if not any(piece.text.strip() or piece.unseen for piece in pieces):
        return made
    offsets = _text(pieces, made)
    if made.text:
        _measure(pieces, offsets, made, gauge)
    if thread is not None:
        _follow(pieces, offsets, made, thread)
    return made


def _pieces(box: Any, row: Row, *, made_: bool) -> Iterator[_Piece]:
    """Yield the text boxes of a line in order; what is none, and the first link, go to the row."""
    for child in box.children:
        made = made_ or "::" in (child.element_tag or "")
        if isinstance(child, boxes.TextBox):
            text = child.text.translate(ZERO)
            if child.text.endswith(SOFT):
                text += HYPHENS[1]
            if child.style["visibility"] != "visible":
                yield _Piece(child, "", made, len("".join(text.split())))
            elif text:
                yield _Piece(child, text.replace("\N{NO-BREAK SPACE}", " "), made)
        elif child.element_tag in UNREAD:
            continue
        elif isinstance(child, boxes.InlineBox) and not isinstance(child, AbsolutePlaceholder):
            target = child.element.get("href") if child.element_tag == "a" else None
            if target and not row.target and target.startswith(("#", LOOSE)):
                row.target = target.removeprefix(LOOSE).removeprefix("#")
            _out(child, row)
            yield from _pieces(child, row, made_=made)
        elif isinstance(child, boxes.InlineBlockBox) and _lines(child) == 1:
            _out(child, row)
            yield from _pieces(child.children[0], row, made_=made)
        else:
            row.others.append(child)


def _lines(box: Any) -> int:
    """Return how many lines a box has, 0 where it has anything else."""
    return len(box.children) if all(isinstance(one, boxes.LineBox) for one in box.children) else 0


def _out(box: Any, row: Row) -> None:
    row.out[0] += max(0.0, -box.margin_left)
    row.out[1] += max(0.0, -box.margin_right)


def _text(pieces: list[_Piece], made: Row) -> list[int]:
    """Give the row its text; return where in it each piece begins, space at its head aside."""
    whole = "".join(piece.text for piece in pieces)
    cut = len(whole) - len(whole.lstrip(" "))
    made.text = whole.strip(" ")
    offsets, place = [], -cut
    for piece in pieces:
        offsets.append(place)
        place += len(piece.text)
    return offsets


def _measure(pieces: list[_Piece], offsets: list[int], made: Row, gauge: Gauge) -> None:
    """Give the row its box, its size, its spaces, and the letters that other fonts have lent."""
    held: dict[float, int] = {}
    own = [piece for piece in pieces if not piece.made] or pieces
    strays: list[Stray] = []
    lefts, tops, rights, bottoms = [], [], [], []
    for piece, offset in zip(pieces, offsets, strict=True):
        box, size = piece.box, piece.box.style["font_size"]
        base = box.position_y + box.baseline
        if piece in own:
            held[size] = held.get(size, 0) + len(piece.text)
        if piece.text.strip():
            lefts.append(box.position_x)
            rights.append(box.position_x + box.width)
            tops.append(base - ABOVE * size)
            bottoms.append(base + BELOW * size)
        for place, width in gauge.spaces(box, piece.text):
            if 0 < offset + place < len(made.text) and not piece.made:
                made.spaces.append(width)
        strays += gauge.strays(box, piece.text, offset)
    made.size = max(held, key=lambda size: held[size])
    made.box = (min(lefts), min(tops), max(rights), max(bottoms))
    made.strays = tuple(strays)


def _follow(pieces: list[_Piece], offsets: list[int], made: Row, thread: Thread) -> None:
    """Take the letters of the row off the thread of its block; say where in the copy they stand."""
    places: list[int] = []
    for piece, offset in zip(pieces, offsets, strict=True):
        if not piece.made:
            signs = enumerate(piece.text)
            places += [offset + place for place, sign in signs if not sign.isspace()]
            places += [len(made.text) if offset > 0 else 0] * piece.unseen
    first, last = thread.done, made.text[-1:]
    end = first + len(places)
    if last in HYPHENS and places and thread.text[end - 1 : end] != last:
        made.hyphen = True
        places.pop()
        end -= 1
    thread.done = end
    if places and thread.text:
        made.call = thread.kind(first) == "call"
        made.address = thread.parted()
        found = thread.anchors(first, end, places)
        made.anchors = tuple(one for one in found if one.offset < len(made.text))
