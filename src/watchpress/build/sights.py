"""What a page for editors shows of the products: pictures of pages, and places on them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from watchpress.diagnostic import Diagnostic, Place
from watchpress.galley import Galley
from watchpress.view import Box, Change, Image, PageOf, Seen, Sights

if TYPE_CHECKING:
    from watchpress.tools.pdfium import Raster

Lines: TypeAlias = Mapping[str, Sequence[str]]  # file of copy -> its lines

MOST: Final = 120  # pages with findings that are pictured; those of the first
CHANGES: Final = 20  # pages that have changed, pictured twice
MOVED: Final = "P2"  # how the codes begin of what is told of pages that have changed
# Up to so many pages, so many pixels an inch: a page can be read while they are few, and the file
# stays one that can be sent when they are many.
FINENESS: Final = ((24, 110.0), (60, 84.0), (MOST + 2 * CHANGES, 60.0))
COLOURS: Final = 16  # of a picture: ink on paper and its edges; half the bytes of all colours
ALIKE: Final = 3  # letters that copy and print are compared by; one may be another (quotes)


@dataclass(frozen=True)
class Prints:
    """The products of a run, to be asked for what is in them.

    `pdf` and `galley` give the bytes and the pages of a product, None where there are none.
    `holding`: file of copy -> the products that it is printed in, best first. `names`: the
    products that have pages. `changed`: which pages of a product are no longer as they were
    accepted, and where; `before`: the bytes of it as it was.
    """

    pdf: Callable[[str], bytes | None] = lambda _: None
    galley: Callable[[str], Galley | None] = lambda _: None
    holding: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Sequence[str] = ()
    changed: Callable[[str], Mapping[int, tuple[Box, ...]]] = lambda _: {}
    before: Callable[[str], bytes | None] = lambda _: None


def sights(findings: Sequence[Diagnostic], lines: Lines, prints: Prints) -> Sights:
    """Return where findings are to be seen, and the pages that they are seen on.

    `lines`: those of the files of copy that findings are about.
    """
    places = _places(findings, lines, prints)
    # A finding in the copy has an excerpt; one on a page has nothing to show but that.
    first = sorted(findings, key=lambda finding: not finding.page)
    seen = [place for place in map(Sights(places=places).seen, first) if place]
    wanted = list(dict.fromkeys((place.product, place.page) for place in seen))
    changed = {
        (name, page): boxes for name in prints.names for page, boxes in prints.changed(name).items()
    }
    shown = list(changed)[:CHANGES]
    pages = list(dict.fromkeys((*shown, *wanted[:MOST])))
    dpi = next(dpi for most, dpi in FINENESS if len(pages) + len(shown) <= most)
    kept = {name: prints.before(name) for name, _ in shown}
    images, before = _images(pages, prints.pdf, dpi), _images(shown, kept.get, dpi)
    return Sights(
        {key: image for key, image in images.items() if key in wanted},
        places,
        tuple(
            Change(
                *key,
                before.get(key),
                images.get(key),
                changed[key],
                _moved(key, findings),
                kept[key[0]] is not None,
            )
            for key in shown
        ),
        len({*wanted[MOST:]} - {*shown}),
        len(changed) - len(shown),
    )


def _moved(key: PageOf, findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    told = (one for one in findings if (one.product, one.page) == key)
    return tuple(one for one in told if one.code.startswith(MOVED))


# -- Pictures --------------------------------------------------------------------------------------


def _images(
    wanted: Sequence[PageOf], pdf: Callable[[str], bytes | None], dpi: float
) -> dict[PageOf, Image]:
    drawn: dict[PageOf, Image] = {}
    for product in dict.fromkeys(product for product, _ in wanted):
        data = pdf(product)
        pages = {page for name, page in wanted if name == product}
        for page, image in (pictures(data, pages, dpi) if data else {}).items():
            drawn[product, page] = image
    return {key: drawn[key] for key in wanted if key in drawn}


def pictures(data: bytes, pages: set[int], dpi: float) -> dict[int, Image]:
    """Return pages (from 1) of a PDF as pictures; none of a file that PDFium cannot open."""
    from watchpress.tools import pdfium  # only where something is pictured, as Pillow

    try:
        drawn = pdfium.render(data, pages, dpi)
    except pdfium.Unreadable:  # the proof says so, where it is asked
        return {}
    return {page: _image(raster, dpi) for page, raster in drawn.items()}


def _image(raster: Raster, dpi: float) -> Image:
    from PIL import Image as Pillow

    picture = Pillow.frombytes("RGB", (raster.width, raster.height), raster.pixels)
    out = BytesIO()
    few = picture.quantize(COLOURS, dither=Pillow.Dither.NONE).convert("RGB")
    few.save(out, "WEBP", lossless=True, quality=80, method=4)
    width, height = (round(side * 72 / dpi, 2) for side in picture.size)
    return Image(out.getvalue(), width, height)


# -- Places ----------------------------------------------------------------------------------------


def _places(findings: Sequence[Diagnostic], lines: Lines, prints: Prints) -> dict[Diagnostic, Seen]:
    """Return where the copy that findings are about is printed, for those that are of no page."""
    found: dict[Diagnostic, Seen] = {}
    for file, rows in lines.items():
        about = [one for one in findings if one.place.file == file and not one.page]
        for product in prints.holding.get(file, ())[:1] if about else ():
            galley = prints.galley(product)
            printed = _Printed(galley, file, rows) if galley else None
            for one in about if printed else ():
                assert printed is not None
                if (spot := printed.spot(one.place)) is not None:
                    found[one] = Seen(product, *spot)
    return found


class _Stretch(NamedTuple):
    """What is printed in a line from one of its anchors on: its letters, and where they stand.

    `first`: how many letters of the copy stand before it; `row`: the line of the copy it is of.
    """

    first: int
    row: int
    text: str
    spot: tuple[int, tuple[float, ...]]


class _Printed:
    """Where the letters of one file of copy are printed, by how many stand before them in it."""

    def __init__(self, galley: Galley, file: str, rows: Sequence[str]) -> None:
        self.rows = rows
        self.before = [0, *accumulate(len("".join(row.split())) for row in rows)]
        self.stretches = sorted(self._stretches(galley, file), key=lambda one: one.first)
        self.letters = [one.first for one in self.stretches]

    def _stretches(self, galley: Galley, file: str) -> Iterator[_Stretch]:
        for page, line in galley.lines():
            if galley.blocks[line.block].file != file:
                continue
            for anchor in line.anchors:
                first = self._letter(anchor.line, anchor.column) + anchor.letters
                text = "".join(line.text[anchor.offset :].split())
                yield _Stretch(first, anchor.line, text, (page, tuple(line.box)))

    def _letter(self, line: int, column: int) -> int:
        row = self.rows[line - 1] if 0 < line <= len(self.rows) else ""
        return self.before[min(line - 1, len(self.rows))] + len(
            "".join(row[: max(column - 1, 0)].split())
        )

    def spot(self, place: Place) -> tuple[int, tuple[float, ...]] | None:
        """Return page and box of the line that a place is printed in, None where it is not.

        What is printed there has to be what the copy has there: letters that were left out are not
        looked for in the line before them.
        """
        if not 0 < place.line <= len(self.rows):
            return None
        letter = self._letter(place.line, place.column)
        index = bisect(self.letters, letter) - 1
        if index >= 0 and self._alike(place, self.stretches[index], letter):
            return self.stretches[index].spot
        # A label that pages have from us stands before the first letter that they have of the copy.
        following = self.stretches[index + 1 : index + 2]
        return next((s.spot for s in following if s.row == place.line), None)

    def _alike(self, place: Place, there: _Stretch, letter: int) -> bool:
        row, at = self.rows[place.line - 1], max(place.column - 1, 0)
        inside = letter - there.first
        behind = "".join(row[at:].split())[:ALIKE], there.text[inside : inside + ALIKE]
        before = "".join(row[:at].split())[-ALIKE:], there.text[:inside][-ALIKE:]
        return any(
            sum(one == other for one, other in zip(*pair, strict=False)) >= ALIKE - 1
            for pair in (behind, before)
        )
