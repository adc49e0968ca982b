"""Offprints of a volume: its pages counted once, then one piece after the other cut out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watchpress.build import finish, gathering
from watchpress.build.binder import Bound, Cut, Key
from watchpress.build.compile import CompileMany
from watchpress.build.gathering import gathered
from watchpress.build.proof import prove, reading_order
from watchpress.build.report import missing
from watchpress.build.verdict import NOT_INSTALLED, look
from watchpress.build.volume import Making
from watchpress.catalog import Part, Volume
from watchpress.checks.proof.verdict import Subject
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.files import Styles
from watchpress.galley import Galley
from watchpress.language.citation import Cited, citation
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.volume.pages import REPORTS, Placed
from watchpress.xhtml.front import series_of

if TYPE_CHECKING:
    from watchpress.backends.pdf.bind import Binding, Piece


def offprints(volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany) -> Cut:
    """Return what cuts offprints out of `volume`, whose reports are laid out now if need be.

    Of facing editions both languages are one offprint: neither has pages without the other. What
    is found in a report's pages is told with its offprint. Raises Fatal with status 4 where the
    page engine cannot run.
    """
    found: list[Diagnostic] = []
    making = Making(volume, styles, lambda _: None)
    making.tell = found.append
    making.compile(compile_many)
    making.tell = tell
    making.furnish(body=True)
    return _Shears(making, found)


@dataclass(frozen=True)
class _Shears:
    """A volume with its pages, and what was found in them."""

    making: Making
    found: Sequence[Diagnostic]

    def __call__(self, keys: Sequence[Key], tell: Tell, *, proof: bool) -> Bound:
        """Return the offprint of the piece that holds the reports `keys`, proven.

        Raises Fatal with status 5 where the proof fails.
        """
        placed = next(one for one in self.making.placed() if _holds(one.part, keys))
        files = {tree.place(report).file for report in placed.part.reports}
        for finding in self.found:
            if finding.place.file in files:
                tell(finding)
        lines = self.lines(placed)
        pieces = [self.making.piece(placed), *self.notes(placed.part)]
        pages = sum(piece.facts.pages for piece in pieces)
        data, galley = self.cut(placed.part, pieces, lines, tell)
        if proof:
            prove(self.subject(data, placed, lines, pages), tell)
            look(galley, tell, limits=self.making.source.limits, leaved=False)
        return Bound(data, pages, galley=galley)

    def cut(
        self, part: Part, pieces: Sequence[Piece], lines: Sequence[tuple[str, str]], tell: Tell
    ) -> tuple[bytes, Galley]:
        """Return the PDF, and what is printed where.

        Raises Fatal (status 4) where the engine, which sets the lines, has gone.
        """
        from watchpress.backends.pdf.engine import EngineMissing
        from watchpress.backends.pdf.offprint import offprint, over

        work = self.making.work((), tree.language(part.reports[0]))
        binding = self.binding(part, lines)
        try:
            overs = over(lines, work, self.making.styles, tell)
        except EngineMissing as fault:
            raise Fatal(missing(str(fault)), status=NOT_INSTALLED) from None
        alone = [replace(piece, blanks=0) for piece in pieces]
        galley = gathered(alone, reports=part.reports)
        galley = gathering.over(galley, [one.facts.galley for one in overs])
        return offprint(pieces, overs, binding), galley

    def notes(self, part: Part) -> list[Piece]:
        """Return the notes of a part whose volume has them at its end: set anew, for it alone."""
        from watchpress.backends.pdf.bind import Piece

        if self.making.volume.notes_at == "report":
            return []
        pieces = []
        for report in part.reports:
            if tree.notes(report):
                language = tree.language(report)
                own = Part("notes", f"notes-{language}", language, part.number, (report,))
                made = self.making.lay(own)
                pieces.append(
                    Piece(made.data, made.facts, labels=("",) * made.facts.pages, part="notes")
                )
        return pieces

    def lines(self, placed: Placed) -> list[tuple[str, str]]:
        """Return (language, line) that says where each report of a part is from."""
        found = []
        for report in placed.part.reports:
            language = tree.language(report)
            cited = _cited(self.making.volume, report, placed)
            found.append((language, citation(language, cited)))
        return found

    def binding(self, part: Part, lines: Sequence[tuple[str, str]]) -> Binding:
        """Return what the offprint says of itself: it is the report's, not the volume's."""
        from watchpress.backends.pdf.bind import Binding

        first = part.reports[0]
        facing = part.kind == "facing"
        own = Binding(
            title=tree.title(first),
            authors=tuple(tree.authors(first)),
            language=tree.language(first),
            epoch=self.making.volume.epoch,
            subject=lines[0][1],
            spread=facing,
            verso=facing,
        )
        return finish.dressed(own, self.making.dress, part.reports)

    def subject(
        self, data: bytes, placed: Placed, lines: Sequence[tuple[str, str]], pages: int
    ) -> Subject:
        """Return what is to be proven: reports, their notes, and the lines over the first page."""
        part = placed.part
        away = part.reports if self.making.volume.notes_at == "volume" else ()
        return Subject(
            data,
            "pdf",
            f"{self.making.volume.book.name}.{part.number:03d}.offprint.pdf",
            part.reports,
            apart=tuple(report for report in away if tree.notes(report)),
            order=self.order(placed, pages),
            lines=tuple(line for _, line in lines),
            columns=self.making.volume.theme.columned,
        )

    def order(self, placed: Placed, pages: int) -> tuple[int, ...]:
        """Return the pages (from 0) as they are read; those of notes come last."""
        own = tuple(reading_order([replace(placed, blanks=0)], self.making.compiled))
        return (*own, *range(placed.pages, pages))


def _holds(part: Part, keys: Sequence[Key]) -> bool:
    """Say whether a part is the one that holds these reports."""
    held = {(part.number, tree.language(report)) for report in part.reports}
    return part.kind in REPORTS and set(keys) <= held


def _cited(volume: Volume, report: Element, placed: Placed) -> Cited:
    language = tree.language(report)
    book = volume.book
    days = [str(printing.day) for printing in book.printings]
    issued = [tree.date(one) for entry in volume.entries for one in entry.reports]
    return Cited(
        authors=tuple(tree.authors(report)),
        headline=tree.title(report),
        series=series_of(volume, language),
        number=tree.number(report),
        volume=book.title.get(language) or volume.title,
        year=min(days)[:4] if days else max(issued)[:4],
        publisher=book.publisher.get(language, ""),
        pages=placed.labels,
    )
