"""A made-up ICC profile of a CMYK press, for tests on machines without a real one (ICC.1:2001)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product

WHITE = (0.9642, 1.0, 0.8249)  # D50


@cache
def cmyk(name: str = "Made-up Press", kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """Return a profile whose inks are those of a textbook: C = 1 - R and so on, grey as K."""
    tags = {
        b"desc": b"desc" + bytes(4) + _text(name),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", *(int(v * 65536) for v in WHITE)),
        b"A2B0": _lut(4, 3, 5, _lab),
        b"B2A0": _lut(3, 4, 9, _inks),
    }
    place = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, content in tags.items():
        data = content + bytes(-len(content) % 4)
        table += tag + struct.pack(">2I", place + len(body), len(data))
        body += data
    size = place + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"test", 0x02400000, kind, space, b"Lab ")
    head += struct.pack(">6H", 2010, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += struct.pack(">3i", *(round(v * 65536) for v in WHITE))
    return head + bytes(128 - len(head)) + table + body


def _text(words: str) -> bytes:
    data = words.encode() + b"\0"
    return struct.pack(">I", len(data)) + data + bytes(4 + 4 + 2 + 1 + 67)


def _lut(inputs: int, outputs: int, grid: int, function: Callable[..., Iterator[float]]) -> bytes:
    """Return a table of type lut8: from numbers of 0 to 1 to such numbers."""
    one = struct.pack(">9i", *(65536 * int(k % 4 == 0) for k in range(9)))
    data = b"mft1" + bytes(4) + bytes((inputs, outputs, grid, 0)) + one
    data += bytes(range(256)) * inputs
    for point in product(range(grid), repeat=inputs):
        values = function(*(step / (grid - 1) for step in point))
        data += bytes(round(255 * min(max(value, 0), 1)) for value in values)
    return data + bytes(range(256)) * outputs


def _lab(c: float, m: float, y: float, k: float) -> Iterator[float]:
    light = (1 - k) * (1 - (c + m + y) / 3)
    yield light
    yield 0.5 + (m - c) * (1 - k) / 4
    yield 0.5 + (y - (c + m) / 2) * (1 - k) / 4


def _inks(light: float, a: float, b: float) -> Iterator[float]:
    red, blue = (a - 0.5) * 2, (b - 0.5) * 2
    grey = 1 - light
    parts: Sequence[float] = (grey * 0.5 - red, grey * 0.5 + red, grey * 0.5 + blue)
    yield from (part if max(abs(red), abs(blue)) > 0.02 else 0.0 for part in parts)
    yield grey * 0.6
