"""Subsets of one TrueType file, made one: WeasyPrint keeps the numbers of glyphs when it subsets.

So a glyph has the same number, outline and width in each subset, and their union needs neither the
file they were cut from nor any knowledge of outlines. Kept are the tables that a PDF needs
(ISO 32000-1, 9.9).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Mapping
from typing import Final

from watchpress.backends.pdf.bind import truetype
from watchpress.backends.pdf.bind.subset import ALIKE, Outline, Subset, places
from watchpress.backends.pdf.bind.truetype import Tables

SHORT: Final = ("head", "hhea", "maxp", *ALIKE)  # not of each glyph
NARROW: Final = 0x20000  # bytes of outlines that short offsets reach


class Union:
    """The union of subsets of one file: `glyphs` are the used ones, `tables` the short ones."""

    def __init__(self) -> None:
        self.tables: list[Tables] = []
        self.glyphs: dict[int, Outline] = {}

    def add(self, subset: Subset, used: Iterable[int]) -> bool:
        """Take in the glyphs of a subset that are `used`; False where it is of another file.

        Raises ValueError or struct.error where it is damaged.
        """
        glyphs = {glyph: subset.outline(glyph) for glyph in used}
        if any(self.glyphs.get(glyph, outline) != outline for glyph, outline in glyphs.items()):
            return False
        self.glyphs |= glyphs
        self.glyphs.setdefault(0, subset.outline(0))
        self.tables.append({tag: subset.tables[tag] for tag in SHORT if tag in subset.tables})
        return True

    def data(self) -> bytes:
        """Return the union as a font file."""
        glyphs = self._numbered()
        first, size = self.tables[0], max(glyphs) + 1
        metrics = bytearray(4 * size)
        for glyph, (_, measures) in glyphs.items():
            metrics[4 * glyph : 4 * glyph + 4] = measures
        loca, glyf, long = _outlines(glyphs, size)
        tables = {tag: first[tag] for tag in ALIKE if tag in first}
        tables |= {"glyf": glyf, "loca": loca, "hmtx": bytes(metrics)}
        tables["head"] = self._head(long=long)
        tables["hhea"] = first["hhea"][:34] + struct.pack(">H", size)
        tables["maxp"] = first["maxp"][:4] + struct.pack(">H", size) + self._most()
        return truetype.write(tables)

    def _numbered(self) -> dict[int, tuple[bytes, bytes]]:
        """Return data and metrics of all glyphs; parts that nobody uses come behind the others."""
        numbers = {outline: glyph for glyph, outline in sorted(self.glyphs.items())}
        wanted = dict(sorted(self.glyphs.items()))
        queue, size = list(wanted.values()), max(wanted) + 1
        for outline in queue:
            for part in outline.parts:
                if part not in numbers:
                    numbers[part] = size
                    wanted[size] = part
                    queue.append(part)
                    size += 1
        return {glyph: (_linked(one, numbers), one.metrics) for glyph, one in wanted.items()}

    def _head(self, *, long: bool) -> bytes:
        """Return the table head: the sum of the file still 0, the box round all glyphs."""
        head = self.tables[0]["head"]
        boxes = [struct.unpack_from(">4h", tables["head"], 36) for tables in self.tables]
        left, bottom, right, top = zip(*boxes, strict=True)
        box = struct.pack(">4h", min(left), min(bottom), max(right), max(top))
        return head[:8] + bytes(4) + head[12:36] + box + head[44:50] + struct.pack(">hh", long, 0)

    def _most(self) -> bytes:
        """Return the limits of the table maxp: of each the largest."""
        rows = [truetype.numbers("H", tables["maxp"][6:]) for tables in self.tables]
        return truetype.packed(array("H", map(max, zip(*rows, strict=True))))


def _linked(outline: Outline, numbers: Mapping[Outline, int]) -> bytes:
    """Return the data of a glyph with the numbers of its parts."""
    if not outline.parts:
        return outline.data
    data = bytearray(outline.data)
    for place, part in zip(places(outline.data), outline.parts, strict=True):
        struct.pack_into(">H", data, place, numbers[part])
    return bytes(data)


def _outlines(glyphs: Mapping[int, tuple[bytes, bytes]], size: int) -> tuple[bytes, bytes, bool]:
    """Return the tables loca and glyf, and whether loca has long offsets."""
    glyf = [(glyph, truetype.padded(data, 2)) for glyph, (data, _) in sorted(glyphs.items())]
    long = sum(len(data) for _, data in glyf) >= NARROW
    step = 1 if long else 2
    offsets, place = array("I" if long else "H"), 0
    for glyph, data in glyf:
        offsets.extend([place // step] * (glyph + 1 - len(offsets)))
        place += len(data)
    offsets.extend([place // step] * (size + 1 - len(offsets)))
    return truetype.packed(offsets), b"".join(data for _, data in glyf), long
