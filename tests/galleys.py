"""Galleys by hand: pages drawn as text, a line of print a line.

    page 420x595 [label=5] [part=report] [first] [planned]     area: 40 pt of margin on each side
    text 3:1 [ja] [level=1] [id=NAME]     a block: its role, where it begins in the copy; `made` and
                                          the like are of no copy and have no place
    text+                                 the block goes on, on another page
    | the words of a line {hyphen call address space=.7 right=390 left= top= size= at=3:17
                           target=NAME stray=7:3:Family}
    picture 40,60,200,160 1200x800        left, top, right, bottom; pixels
    table 40,60,390,100

A letter is 5 pt wide, a wide one 10, type 10 pt, a line 14 pt high; the measure is 40 to 380.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from watchpress.galley import Anchor, Block, Galley, Line, Page, Spot, Stray, Thing

MARGIN = 40.0
SIZE = 10.0
LEAD = 14.0
LANGUAGES = ("ja", "ko")


def width(text: str) -> float:
    """Return how wide a text is drawn."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return SIZE / 2 * (len(text) + wide)


@dataclass
class Drawing:
    """The pages drawn so far."""

    file: str
    pages: list[Page] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    block: int = -1
    counts: dict[int, int] = field(default_factory=dict)  # lines of each block
    letters: dict[int, int] = field(default_factory=dict)  # letters of each block

    def page(self, words: list[str]) -> None:
        flags, options = _parts(words[1:])
        wide, high = map(float, words[0].split("x"))
        area = Spot(MARGIN, MARGIN, wide - MARGIN, high - MARGIN)
        known: dict[str, Any] = {key: options[key] for key in ("part", "label") if key in options}
        known |= {flag: True for flag in flags}
        self.pages.append(Page(wide, high, area, **known))

    def start(self, role: str, words: list[str]) -> None:
        if role.endswith("+"):
            rows = enumerate(self.blocks)
            self.block = [number for number, one in rows if one.role == role[:-1]][-1]
            return
        flags, options = _parts(words)
        place = next((flag for flag in flags if ":" in flag), "")
        line, column = map(int, place.split(":")) if place else (0, 0)
        language = next((flag for flag in flags if flag in LANGUAGES), "en")
        name = options.get("id", f"b{len(self.blocks)}")
        made: Any = role
        file = self.file if place else ""
        level = int(options.get("level", "0"))
        self.blocks.append(Block(name, made, language, file, line, column, level))
        self.ids[name] = len(self.pages)
        self.block = len(self.blocks) - 1

    def line(self, words: str) -> None:
        text, _, given = words.partition(" {")
        flags, options = _parts(given.rstrip("}").split())
        page, block = self.pages[-1], self.blocks[self.block]
        number = self.counts.get(self.block, 0)
        self.counts[self.block] = number + 1
        before = self.letters.get(self.block, 0)
        self.letters[self.block] = before + len("".join(text.split()))
        place = options.get("at", f"{block.line}:{block.column}")
        at = [int(one) for one in place.split(":")]
        anchor = Anchor(0, at[0], at[1], 0 if "at" in options else before)
        size = float(options.get("size", SIZE))
        top = float(options.get("top", MARGIN + LEAD * len(page.lines)))
        left = float(options.get("left", MARGIN))
        right = float(options.get("right", left + width(text)))
        strays: tuple[Stray, ...] = ()
        if "stray" in options:
            start, count, family = options["stray"].split(":")
            strays = (Stray(int(start), text[int(start) :][: int(count)], family),)
        made = Line(
            self.block, number, text, Spot(left, top, right, top + size),
            (page.area.left, page.area.right), size, space=float(options.get("space", 0)),
            hyphen="hyphen" in flags, call="call" in flags, address="address" in flags,
            target=options.get("target", ""), anchors=(anchor,) if block.file else (),
            strays=strays,
        )  # fmt: skip
        self.pages[-1] = replace(page, lines=(*page.lines, made))

    def thing(self, kind: Any, words: list[str]) -> None:
        box = Spot(*map(float, words[0].split(",")))
        pixels = tuple(map(int, words[1].split("x"))) if len(words) > 1 else (0, 0)
        made = Thing(kind, self.block, box, (pixels[0], pixels[1]))
        self.pages[-1] = replace(self.pages[-1], things=(*self.pages[-1].things, made))


def _parts(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Return the words that stand alone, and those that give a value."""
    pairs = dict(word.split("=", 1) for word in words if "=" in word)
    return [word for word in words if "=" not in word], pairs


def drawn(text: str, file: str = "copy.txt") -> Galley:
    """Return the galley that `text` draws; its blocks are of `file`."""
    made = Drawing(file)
    for row in filter(None, map(str.strip, text.splitlines())):
        first, *words = row.split()
        if first == "page":
            made.page(words)
        elif first == "|":
            made.line(row[2:])
        elif first in ("picture", "table") and "," in row:
            made.thing(first, words)
        else:
            made.start(first, words)
    return Galley(tuple(made.pages), tuple(made.blocks), made.ids)
