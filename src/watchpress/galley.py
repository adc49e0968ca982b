"""Pages as they were laid out, as data: what is printed where, and where in the copy it stands.

Measured once, in the room that lays pages out; kept with them; read by the checks of the layout,
by the layout that was accepted, and by the report for editors. Lengths are pt, places on a page are
seen from the upper left corner of its trim, pages of a galley count from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Role: TypeAlias = Literal[
    "text", "quote", "heading", "note", "table", "caption", "opening", "made", "head", "folio",
]  # fmt: skip
MADE: Final[frozenset[Role]] = frozenset({"made", "head", "folio"})  # not of the copy


class Spot(NamedTuple):
    """A rectangle on a page, in pt from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Anchor(NamedTuple):
    """Where in the copy a stretch of a line stands: what is at `offset` in the line's text.

    It is so many `letters` (white space does not count) behind what stands at `line`, `column`.
    """

    offset: int
    line: int
    column: int
    letters: int = 0


class Stray(NamedTuple):
    """Letters of a line, from `offset` on, that its typeface has not: `family` lent them."""

    offset: int
    text: str
    family: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, note, cell or the like: its lines may stand on several pages.

    `id`: the nearest one in the article. `file` is "" for what no copy says. `line` and `column`:
    where it begins in the copy. `level`: of a heading, 1 for the headline.
    """

    id: str
    role: Role
    language: str
    file: str = ""
    line: int = 0
    column: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print; `number`: which one of its block, from 0.

    `text` is what is drawn, the hyphen of a broken word included. `box` is what its letters take
    up, `room` the left and right end of what they may, `size` that of the type. `space`: the widest
    space between two words, in em, and `narrow` the least (both 0 where there is none). `hyphen`:
    it ends in a hyphen that the text has not. `call`: it begins with the call of a note. `address`:
    it ends in an address. `target`: the id that it leads to, of a line in the contents.
    """

    block: int
    number: int
    text: str
    box: Spot
    room: tuple[float, float]
    size: float
    space: float = 0.0
    narrow: float = 0.0
    hyphen: bool = False
    call: bool = False
    address: bool = False
    target: str = ""
    anchors: tuple[Anchor, ...] = ()
    strays: tuple[Stray, ...] = ()

    def anchor(self, offset: int) -> Anchor | None:
        """Return where in the copy the letter at `offset` stands, None where it is of no copy."""
        before = [one for one in self.anchors if one.offset <= offset]
        if not before:
            return None
        near = before[-1]
        between = "".join(self.text[near.offset : offset].split())
        return Anchor(offset, near.line, near.column, near.letters + len(between))


@dataclass(frozen=True, slots=True)
class Thing:
    """What is no line: a table or a picture as a whole. `pixels`: of a picture, else (0, 0)."""

    kind: Literal["table", "picture"]
    block: int
    box: Spot
    pixels: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its trim, the area of its text, what stands on it in the order of reading.

    `part`: what kind of part of a volume it is of, `report` where there are no others. `label`: the
    folio that readers know it by. `first`: a part begins here. `planned`: blank on purpose.
    """

    width: float
    height: float
    area: Spot
    lines: tuple[Line, ...] = ()
    things: tuple[Thing, ...] = ()
    part: str = "report"
    label: str = ""
    first: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Galley:
    """The pages of a layout or a product, and the blocks that their lines are of.

    `ids`: the page of each id.
    """

    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    ids: Mapping[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Yield each line with its page, in the order of reading."""
        for number, page in enumerate(self.pages, 1):
            for line in page.lines:
                yield number, line

    def renamed(self, names: Mapping[str, str]) -> Galley:
        """Return the galley with other names of the files of copy."""
        blocks = tuple(replace(one, file=names.get(one.file, one.file)) for one in self.blocks)
        return replace(self, blocks=blocks)

    def to_json(self) -> str:
        """Return the galley as JSON: rows without names, as a volume has thousands of lines."""
        rows = {
            "blocks": [list(asdict(one).values()) for one in self.blocks],
            "pages": [_page(one) for one in self.pages],
            "ids": dict(self.ids),
        }
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Galley:
        """Return the galley that `to_json` wrote; KeyError, TypeError or ValueError where not."""
        rows = json.loads(text)
        return cls(
            tuple(map(_read_page, rows["pages"])),
            tuple(Block(*one) for one in rows["blocks"]),
            rows["ids"],
        )


def joined(galleys: Sequence[Galley]) -> Galley:
    """Return galleys one behind the other as one."""
    pages: list[Page] = []
    blocks: list[Block] = []
    ids: dict[str, int] = {}
    for one in galleys:
        ids |= {name: page + len(pages) for name, page in one.ids.items() if name not in ids}
        pages += [_shifted(page, len(blocks)) for page in one.pages]
        blocks += one.blocks
    return Galley(tuple(pages), tuple(blocks), ids)


def _shifted(page: Page, by: int) -> Page:
    lines = tuple(replace(line, block=line.block + by) for line in page.lines)
    things = tuple(replace(thing, block=thing.block + by) for thing in page.things)
    return replace(page, lines=lines, things=things)


def _page(page: Page) -> list[Any]:
    row = [getattr(page, one.name) for one in fields(page)]
    row[3] = [_flat(line) for line in page.lines]
    row[4] = [_flat(thing) for thing in page.things]
    return row


def _flat(one: Line | Thing) -> list[Any]:
    return [getattr(one, part.name) for part in fields(one)]


def _read_page(row: Sequence[Any]) -> Page:
    width, height, area, lines, things, *rest = row
    made, others = tuple(map(_read_line, lines)), tuple(map(_read_thing, things))
    return Page(width, height, Spot(*area), made, others, *rest)


def _read_line(row: Sequence[Any]) -> Line:
    values = list(row)
    values[3], values[4] = Spot(*row[3]), tuple(row[4])
    values[-2] = tuple(Anchor(*one) for one in row[-2])
    values[-1] = tuple(Stray(*one) for one in row[-1])
    return Line(*values)


def _read_thing(row: Sequence[Any]) -> Thing:
    kind, block, box, pixels = row
    return Thing(kind, block, Spot(*box), (pixels[0], pixels[1]))


# -- limits ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on the layout is a finding; the tables of series.toml may say otherwise.

    Lengths are pt, spaces em of the type of their line, resolutions pixels per inch.
    """

    overfull: float = 0.5
    space: float = 0.6
    square: float = 1.0  # space between letters that fill a square: hangul
    runt: float = 2.0  # em
    letters: int = 3  # of the last line of a paragraph, at least
    hyphens: int = 3  # lines in a row
    stack: int = 3  # lines in a row
    lines: int = 5  # of a page, at least
    heading: int = 2  # lines behind a heading on its page, at least
    head: float = 1.0  # em between a running head and what stands beside it, at least
    resolution: int = 150
    pressed: int = 300  # resolution for the press


LIMITS: Final = Limits()
