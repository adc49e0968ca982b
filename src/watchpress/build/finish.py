"""The last steps of a PDF for the press or an archive: what it is bound with, and its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchpress.backends.pdf import plate, ticket
from watchpress.backends.pdf.facts import Box
from watchpress.backends.pdf.sheet import MM, Sheet
from watchpress.backends.pdf.spine import thickness
from watchpress.build.binder import Bound
from watchpress.build.gathering import gathered
from watchpress.build.report import laid
from watchpress.build.verdict import (
    BROKEN_PRODUCT,
    NOT_INSTALLED,
    Finished,
    Papers,
    hold,
    look,
    preflight,
)
from watchpress.catalog import Booklet, Press, Trim, Volume, Work
from watchpress.checks.preflight.order import Order
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.theme import Theme
from watchpress.tools import anatomy, icc
from watchpress.tools.icc import Condition

if TYPE_CHECKING:
    from watchpress.backends.pdf.bind import Binding, Enclosure, Piece
    from watchpress.build.volume import Making

UNTAGGED: Final = frozenset({"draft"})  # profiles: proven by the text areas of pages
LEAF: Final = 0.1  # mm: book paper of 80 g/m²
USAGE: Final = 2


def condition(press: Press) -> Condition:
    """Return the printing condition that the press file is made for.

    PDF/X-4 embeds the profile of its intent (ISO 15930-7, 6.2.2); a name alone is enough for
    PDF/X-1a and X-3 only. Raises Fatal: X106 (status 4) where it has not been built here, C106
    where it is no profile of a press.
    """
    try:
        found = icc.condition(press.intent)
    except ValueError as fault:
        place = Place("series.toml" if Path(press.intent).is_absolute() else "--intent")
        problem = remark("C106", place, intent=Path(press.intent).name, problem=fault)
        raise Fatal(problem, status=USAGE) from None
    if found is None:
        absent = remark("X106", Place("watchpress"), intent=press.intent)
        raise Fatal(absent, status=NOT_INSTALLED)
    return found


def examine(press: Press, trim: Trim, languages: Sequence[str], theme: Theme) -> None:
    """Raise Fatal C105 where the binding leaves no outer margin to be cut by."""
    side = min(Sheet(trim, language, theme=theme).side for language in languages)
    left = plate.outer(side, press)
    if left < plate.LEAST:
        most = 2 * (side - plate.LEAST)
        facts = {"binding": f"{press.binding:g}", "trim": trim.name, "most": f"{most:.1f}"}
        raise Fatal(remark("C105", Place("binding"), **facts), status=USAGE)


def dressed(binding: Binding, work: Work, reports: Sequence[Element]) -> Binding:
    """Return a binding with what the profile of `work` asks for."""
    if work.profile == "press":
        examine(work.press, work.trim, list(dict.fromkeys(map(tree.language, reports))), work.theme)
        return printed(binding, work.press, work.trim)
    if work.profile == "archive":
        return replace(binding, archive=True, enclosures=tuple(map(_source, reports)))
    return binding


def printed(binding: Binding, press: Press, trim: Trim, folds: Sequence[float] = ()) -> Binding:
    """Return a binding with the plate and the intent of a file for the press; `folds` in mm."""
    creases = tuple(fold * MM for fold in folds)
    made = plate.Plate.of(press, trim.width * MM, trim.height * MM, creases)
    return replace(binding, plate=made, intent=condition(press), spread=True)


def _source(report: Element) -> Enclosure:
    """Return a report's XML as what lies in the archived file, its source without its folder."""
    from watchpress.backends.pdf import bind

    bare = deepcopy(report)
    bare.set(tree.SOURCE, Path(str(report.get(tree.SOURCE))).name)
    name = f"{tree.number(report):03d}.{tree.language(report)}.xml"
    said = f"{tree.series(report)} No. {tree.number(report)}: {tree.title(report)}"
    return bind.Enclosure(name, tree.serialize(bare), said)


def areas(pieces: Sequence[Piece], binding: Binding) -> Iterator[Box]:
    """Yield the text area of each page of a bound file."""
    number = 0
    for piece in pieces:
        for box in (*piece.facts.boxes[:1] * piece.blanks, *piece.facts.boxes):
            yield binding.plate.moved(box, number) if binding.plate else box
            number += 1


def unprinted(press: Press) -> Press:
    """Return what of a printer's wishes pages are laid out by: the same pages, the same cache."""
    return Press(bleed=press.bleed, binding=press.binding)


def papers(job: ticket.Job, data: bytes, work: Work, styles: Styles, tell: Tell) -> Papers:
    """Return the job ticket of a press file, as JSON and as a page; Fatal F201 where it is none."""
    try:
        made = ticket.ticket(job, data)
    except anatomy.Unreadable as fault:
        broken = remark("F201", Place(job.file), problem=fault)
        raise Fatal(broken, status=BROKEN_PRODUCT) from None
    return {"ticket.json": made.to_json(), "ticket.pdf": ticket.page(made, work, styles, tell)}


def order(volume: Volume) -> Order:
    """Return what a printing house is ordered to make of a volume."""
    name = volume.product or f"{volume.book.name}.pdf"
    return Order(name, volume.trim.width, volume.trim.height, volume.press.bleed)


def held(volume: Volume) -> tuple[Element, ...]:
    """Return the reports of a volume, in the order of its entries."""
    return tuple(report for entry in volume.entries for report in entry.reports)


def ordered(
    bound: Bound, pieces: Sequence[Piece], binding: Binding, making: Making, *, proof: bool
) -> Bound:
    """Return a volume with its galley; for the press with its job ticket, its last leaf whole.

    `proof`: its pages are looked at, and the file is held against what a printing house would send
    back; Fatal with status 5.
    """
    volume = making.source
    bound = replace(bound, galley=gathered(pieces, binding.plate, held(volume)))
    if proof:
        press = binding.intent is not None
        look(bound.galley, making.tell, limits=volume.limits, pressed=press)
    if binding.intent is None:
        return bound
    if proof:
        hold(preflight(bound.data, order(volume), making.tell), making.tell)
    name, pages = order(volume).name, bound.pages + bound.pages % 2
    spine = thickness(volume, pages, volume.press.board)
    job = ticket.Job(
        volume.title, name, volume.trim, volume.press, binding.intent, volume.leaf, spine
    )
    beside = papers(job, bound.data, making.dress, making.styles, making.tell)
    return replace(bound, pages=pages, papers={**bound.papers, **beside})


def single(work: Work, styles: Styles, tell: Tell, name: str) -> Finished:
    """Return the PDF of single reports for the press or an archive; Fatal as `compile.lay` raises.

    For the press each report begins on a right-hand page.
    """
    from watchpress.backends.pdf.bind import bind

    binding = dressed(_binding(work), work, work.reports)
    pieces = list(_pieces(work, styles, tell))
    data = bind(pieces, binding, tell)
    pages = sum(piece.blanks + piece.facts.pages for piece in pieces)
    galley = gathered(pieces, binding.plate)
    if not (binding.plate and binding.intent):
        return Finished(data, pages, galley=galley)
    pages += pages % 2
    name = Path(name).name
    job = ticket.Job(work.title, name, work.trim, work.press, binding.intent, LEAF, 0.0)
    beside = papers(job, data, work, styles, tell)
    return Finished(data, pages, tuple(areas(pieces, binding)), beside, galley=galley)


def booklet(work: Work, styles: Styles, tell: Tell, how: Booklet) -> Finished:
    """Return single reports as a booklet; its pages are those before they are imposed.

    What is proven and looked at are the pages as they are before: imposing moves them whole.
    """
    from watchpress.backends.pdf.bind import bind, impose

    plain = replace(work, profile="press", press=Press(bleed=0, binding=0), booklet=None)
    binding = _binding(work)
    pieces = list(_pieces(plain, styles, tell))
    data = bind(pieces, binding, tell)
    pages = sum(piece.blanks + piece.facts.pages for piece in pieces)
    bound, own = impose(data, how, binding), tuple(areas(pieces, binding))
    return Finished(bound, pages, own, proven=data, galley=gathered(pieces))


def _pieces(work: Work, styles: Styles, tell: Tell) -> Iterator[Piece]:
    from watchpress.backends.pdf.bind import Piece

    used = 0
    for reports in [(one,) for one in work.reports] if work.profile == "press" else [work.reports]:
        press = unprinted(work.press)
        made = laid(replace(work, reports=reports, loose=True, press=press), styles, tell)
        blanks = used % 2
        first = used + blanks + 1
        used += blanks + made.facts.pages
        numbers = tuple(map(str, range(first, used + 1)))
        file = tree.place(reports[0]).file
        yield Piece(made.data, made.facts, numbers, numbers, blanks, "", file)


def _binding(work: Work) -> Binding:
    from watchpress.backends.pdf.bind import Binding

    names = dict.fromkeys(name for report in work.reports for name in tree.authors(report))
    first, speech = work.reports[0], words(work.language)
    alone = len(work.reports) == 1
    subject = (
        f"{tree.series(first)} {speech.label('number', n=tree.number(first))}" if alone else ""
    )
    return Binding(work.title, tuple(names), work.language, work.epoch, subject)
