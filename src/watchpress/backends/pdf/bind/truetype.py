"""TrueType files as tables: read and written (OpenType specification, "Font file")."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Mapping
from typing import Final, TypeAlias

Tables: TypeAlias = Mapping[str, bytes]

OUTLINES: Final = (0x00010000, 0x74727565)  # 1.0, "true": files with outlines of the kind glyf
MAGIC: Final = 0xB1B0AFBA  # head.checkSumAdjustment makes the sum of the file this


def read(data: bytes) -> Tables:
    """Return the tables of a font file by their tags; raises ValueError, struct.error."""
    version, number = struct.unpack_from(">IH", data)
    if version not in OUTLINES:
        raise ValueError("not a font with TrueType outlines")
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * row) for row in range(number))
    return {tag.decode("latin-1"): data[at : at + length] for tag, _, at, length in rows}


def write(tables: Tables) -> bytes:
    """Return a font file made of `tables`, `head` with its sum 0 among them, in order of tags."""
    number = len(tables)
    power = number.bit_length() - 1
    search = (16 << power, power, 16 * number - (16 << power))
    rows, body, place, head = [], [], 12 + 16 * number, 0
    for tag in sorted(tables):
        if tag == "head":
            head = place
        table = padded(tables[tag], 4)
        rows.append(struct.pack(">4sIII", tag.encode(), _sum(table), place, len(tables[tag])))
        body.append(table)
        place += len(table)
    made = bytearray(struct.pack(">IHHHH", OUTLINES[0], number, *search) + b"".join(rows + body))
    struct.pack_into(">I", made, head + 8, (MAGIC - _sum(bytes(made))) & 0xFFFFFFFF)
    return bytes(made)


def numbers(kind: str, data: bytes) -> array[int]:
    """Return the numbers of a table: kind H of two bytes, I of four."""
    found = array(kind)
    found.frombytes(data[: len(data) - len(data) % found.itemsize])
    return _turned(found)


def packed(found: array[int]) -> bytes:
    """Return numbers as they stand in a table."""
    return _turned(found[:]).tobytes()


def padded(data: bytes, step: int) -> bytes:
    """Return `data` with zeros up to a multiple of `step`."""
    return data + bytes(-len(data) % step)


def _turned(found: array[int]) -> array[int]:
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _sum(table: bytes) -> int:
    return sum(numbers("I", table)) & 0xFFFFFFFF
