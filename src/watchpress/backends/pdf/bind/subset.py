"""A subset of a TrueType file, as WeasyPrint puts it into a PDF: its glyphs by their numbers.

Glyphs that the text uses have the numbers of the whole file. The parts that a glyph is put
together of do not where they lie behind the last used one: they are known by what they look like.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Final, NamedTuple

from watchpress.backends.pdf.bind import truetype

NEEDED: Final = ("glyf", "head", "hhea", "hmtx", "loca", "maxp", "name")
ALIKE: Final = ("cvt ", "fpgm", "prep")  # whole in each subset, where they are there at all
DEEPEST: Final = 8  # glyphs in glyphs
WORDS, SCALE, MORE, SCALES, MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80  # flags of a part (table glyf)


class Outline(NamedTuple):
    """What a glyph looks like: its data, numbers of parts left 0, its metrics, its parts."""

    data: bytes
    metrics: bytes
    parts: tuple[Outline, ...] = ()


class Subset:
    """The tables of a subset, and its glyphs."""

    def __init__(self, data: bytes) -> None:
        """Read a font file; raises ValueError where it is none that can be joined with others."""
        try:
            self.tables = truetype.read(data)
            if missing := [tag for tag in NEEDED if tag not in self.tables]:
                raise ValueError(f"a font without {', '.join(missing)}")
            self.data = self._data()
            self.measured = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        except struct.error as fault:
            raise ValueError(f"a damaged font: {fault}") from fault

    def _data(self) -> dict[int, bytes]:
        """Return the data of each glyph that has any."""
        long = struct.unpack_from(">h", self.tables["head"], 50)[0]
        offsets = truetype.numbers("I" if long else "H", self.tables["loca"])
        scale, glyf = 1 if long else 2, self.tables["glyf"]
        # Of equal offsets the last is where an outline begins: the others are of empty glyphs.
        starts = list(dict(zip(offsets, count(), strict=False)).items())
        return {
            number: glyf[start * scale : end * scale]
            for (start, number), (end, _) in pairwise(starts)
        }

    @property
    def identity(self) -> tuple[bytes, ...]:
        """What two subsets of one file have in common: names, revision, units, dates."""
        head = self.tables["head"]
        alike = (self.tables.get(tag, b"") for tag in ALIKE)
        return self.tables["name"], head[4:8], head[18:36], *alike

    def outline(self, glyph: int, depth: int = 0) -> Outline:
        """Return what a glyph looks like; raises ValueError, struct.error where it is damaged."""
        data = self.data.get(glyph, b"")
        if not data or data[0] < 0x80:  # the number of contours; -1 for a glyph made of parts
            return Outline(data, self._metrics(glyph))
        if depth > DEEPEST:
            raise ValueError(f"glyph {glyph} is made of itself")
        bare = bytearray(data)
        parts = []
        for place in places(data):
            part: int = struct.unpack_from(">H", data, place)[0]
            parts.append(self.outline(part, depth + 1))
            struct.pack_into(">H", bare, place, 0)
        return Outline(bytes(bare), self._metrics(glyph), tuple(parts))

    def _metrics(self, glyph: int) -> bytes:
        """Return the advance and the left side bearing of a glyph, two bytes each."""
        hmtx, last = self.tables["hmtx"], self.measured - 1
        if glyph <= last:
            return hmtx[4 * glyph : 4 * glyph + 4].ljust(4, b"\0")
        side = 4 * last + 4 + 2 * (glyph - last - 1)
        return hmtx[4 * last : 4 * last + 2] + hmtx[side : side + 2].ljust(2, b"\0")


def places(data: bytes) -> Iterator[int]:
    """Yield where the data of a glyph made of parts has their numbers."""
    place, flags = 10, MORE
    while flags & MORE:
        flags = struct.unpack_from(">H", data, place)[0]
        yield place + 2
        place += 8 if flags & WORDS else 6
        place += 2 if flags & SCALE else 4 if flags & SCALES else 8 if flags & MATRIX else 0
