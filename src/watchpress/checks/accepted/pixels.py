"""How far two looks of a page differ."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops

from watchpress.galley import Spot
from watchpress.tools import pdfium

DPI: Final = 50  # of the looks that are hashed
FINE: Final = 70  # of those that are measured
_FAINT: Final = 24  # of 255: less than this is no difference that an eye sees
_AT_ONCE: Final = 16  # pages that are held as pixels
_APART: Final = 6.0  # pt of white between two changes, to be boxed apart


@dataclass(frozen=True)
class Difference:
    """How far a page differs: the share of its pixels, boxes of what does, in pt of its trim."""

    share: float
    boxes: tuple[Spot, ...] = ()

    @property
    def box(self) -> tuple[float, ...]:
        """The box round all boxes, () where there are none."""
        if not self.boxes:
            return ()
        left, top, right, bottom = zip(*self.boxes, strict=True)
        return (min(left), min(top), max(right), max(bottom))


def seer() -> str:
    """Return with what looks are seen: those of another one cannot be compared."""
    return f"PDFium {pdfium.build()}, {DPI} dpi"


def looks(data: bytes) -> tuple[str, ...]:
    """Return a short hash of the look of each page of a PDF; () where it cannot be opened."""
    found: list[str] = []
    while drawn := _drawn(data, range(len(found) + 1, len(found) + 1 + _AT_ONCE), DPI):
        found += [hashlib.sha256(drawn[page].pixels).hexdigest()[:8] for page in sorted(drawn)]
    return tuple(found)


def differences(
    before: bytes | None, after: bytes | None, pages: Collection[int]
) -> dict[int, Difference]:
    """Return how far pages (from 1) of two PDFs differ; of a page that one has not, all does."""
    wanted = sorted(set(pages))
    found: dict[int, Difference] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        old, new = (_drawn(data, some, FINE) for data in (before, after))
        found |= {page: _difference(old.get(page), new.get(page)) for page in {*old, *new}}
    return dict(sorted(found.items()))


def _drawn(data: bytes | None, pages: Iterable[int], dpi: int) -> Mapping[int, pdfium.Raster]:
    try:
        return {} if data is None else pdfium.render(data, pages, dpi)
    except pdfium.Unreadable:  # the proof says so, where it is asked
        return {}


def _difference(old: pdfium.Raster | None, new: pdfium.Raster | None) -> Difference:
    before, after = _image(old), _image(new)
    if before is None or after is None:
        return Difference(1.0)
    size = max(before.width, after.width), max(before.height, after.height)
    bands = ImageChops.difference(_on(before, size), _on(after, size)).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    changed = strongest.point(lambda value: 255 if value >= _FAINT else 0)
    share = changed.histogram()[255] / (size[0] * size[1])
    return Difference(share, tuple(_boxes(changed)))


def _image(drawn: pdfium.Raster | None) -> Image.Image | None:
    if drawn is None:
        return None
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels)


def _on(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("RGB", size, "white")
    whole.paste(image)
    return whole


def _boxes(changed: Image.Image) -> Iterator[Spot]:
    """Yield boxes round what has changed, from the top: bands that white parts from each other."""
    scale = FINE / 72
    for first, last in _bands(changed, _APART * scale):
        box = changed.crop((0, first, changed.width, last + 1)).getbbox()
        assert box is not None, "a band begins and ends with a pixel that has changed"
        sides = (box[0], first, box[2], last + 1)
        yield Spot(*(round(side / scale, 1) for side in sides))


def _bands(changed: Image.Image, apart: float) -> list[tuple[int, int]]:
    _, rows = changed.getprojection()
    bands: list[tuple[int, int]] = []
    for row, has in enumerate(rows):
        if has and bands and row - bands[-1][1] <= apart:
            bands[-1] = (bands[-1][0], row)
        elif has:
            bands.append((row, row))
    return bands
