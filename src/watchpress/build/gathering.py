"""The pages of a product as data: those of its pieces, one behind the other, as they are bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from watchpress.backends.pdf.plate import Plate
from watchpress.galley import Galley, Line, Page, Spot, joined
from watchpress.model import tree
from watchpress.model.tree import Element

if TYPE_CHECKING:
    from watchpress.backends.pdf.bind import Piece


def gathered(
    pieces: Sequence[Piece], plate: Plate | None = None, reports: Iterable[Element] = ()
) -> Galley:
    """Return the galley of bound pieces: folios printed, blank pages planned, pages moved.

    `plate`: by which a printing house gets them; its last leaf is whole. `reports`: those whose
    notes may stand in a part of their own.
    """
    whole = joined([one for piece in pieces for one in (_blanks(piece), _printed(piece))])
    pages = list(whole.pages)
    if plate and len(pages) % 2:
        first = pages[0]
        pages.append(Page(first.width, first.height, first.area, part=pages[-1].part, planned=True))
    if plate:
        pages = [_moved(page, plate.shift(n)[0] - plate.edge) for n, page in enumerate(pages)]
    files = {tree.stem(report): tree.place(report).file for report in reports}
    blocks = tuple(
        replace(one, file=_file(one.id, files)) if one.line and not one.file else one
        for one in whole.blocks
    )
    return replace(whole, pages=tuple(pages), blocks=blocks)


def over(galley: Galley, lines: Sequence[Galley]) -> Galley:
    """Return a galley with lines over its first pages: the one page of each stands on one."""
    pages, blocks = list(galley.pages), galley.blocks
    for number, one in enumerate(lines):
        above = joined([Galley(blocks=blocks), one]).pages[0].lines
        said = [line for line in above if one.blocks[line.block - len(blocks)].role == "made"]
        pages[number] = replace(pages[number], lines=(*said, *pages[number].lines))
        blocks += one.blocks
    return replace(galley, pages=tuple(pages), blocks=blocks)


def _file(name: str, files: Mapping[str, str]) -> str:
    """Return the file of copy of the report that an id is of."""
    return next((file for stem, file in files.items() if name.startswith(f"{stem}-")), "")


def _blanks(piece: Piece) -> Galley:
    found = piece.facts.galley.pages[: 1 if piece.blanks else 0]
    return Galley(tuple(
        Page(page.width, page.height, page.area, part=piece.part, planned=True)
        for page in found * piece.blanks
    ))  # fmt: skip


def _printed(piece: Piece) -> Galley:
    """Return the pages of a piece with their labels and folios."""
    galley = piece.facts.galley
    pages = [
        replace(
            page,
            part=piece.part,
            label=_of(piece.labels, number),
            first=number == 0 or (page.first and piece.part == "report"),
        )
        for number, page in enumerate(galley.pages)
    ]
    if piece.facts.folios:
        pages = [
            replace(page, lines=tuple(_folios(page, galley, piece, number)))
            for number, page in enumerate(pages)
        ]
    return replace(galley, pages=tuple(pages))


def _of(labels: Sequence[str], number: int) -> str:
    return labels[number] if labels else ""


def _folios(page: Page, galley: Galley, piece: Piece, number: int) -> Iterator[Line]:
    """Yield the lines of a page, the folio as it is printed by whoever binds it, or left out."""
    spot, said = piece.facts.folios[number], _of(piece.folios, number)
    for line in page.lines:
        if galley.blocks[line.block].role != "folio":
            yield line
        elif spot and said:
            type_ = piece.facts.figures[spot.figures]
            text = f"{type_.before}{said}{type_.after}"
            width = sum(type_.glyphs[sign][1] for sign in text) * type_.size / 1000
            left = round(spot.x - spot.lean * width, 2)
            box = Spot(left, line.box.top, round(left + width, 2), line.box.bottom)
            yield replace(line, text=text.strip(), box=box)


def _moved(page: Page, by: float) -> Page:
    """Return a page whose content is moved to the right."""
    return replace(
        page,
        area=_aside(page.area, by),
        lines=tuple(
            replace(
                line,
                box=_aside(line.box, by),
                room=(round(line.room[0] + by, 2), round(line.room[1] + by, 2)),
            )
            for line in page.lines
        ),
        things=tuple(replace(thing, box=_aside(thing.box, by)) for thing in page.things),
    )


def _aside(box: Spot, by: float) -> Spot:
    return Spot(round(box.left + by, 2), box.top, round(box.right + by, 2), box.bottom)
