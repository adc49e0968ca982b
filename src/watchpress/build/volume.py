"""A volume: its reports compiled one by one, its other parts set round them, all of it bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from lxml import etree

from watchpress.backends.epub.breaks import Break
from watchpress.backends.pdf.facts import Compiled
from watchpress.backends.pdf.hand import hand
from watchpress.build import finish
from watchpress.build.binder import Bound
from watchpress.build.compile import CompileMany, Order
from watchpress.build.pool import Pool
from watchpress.build.proof import leaves, prove, prove_shared, prove_sources
from watchpress.build.verdict import NOT_INSTALLED, Papers, judge
from watchpress.catalog import Part, Volume, Work
from watchpress.checks.proof.verdict import Subject
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools.fonts import NAMES, faces
from watchpress.volume import numbers
from watchpress.volume.pages import FRONT, REPORTS, Placed, paginate
from watchpress.volume.plan import plan
from watchpress.xhtml import index, parts

if TYPE_CHECKING:
    from watchpress.backends.pdf.bind import Binding, Piece

WITH_COVER: Final = frozenset({"screen", "archive"})  # profiles; a printer binds the cover
COVERED: Final = 2  # pages of the front of the cover: what is on it, and its other side
_ROUNDS: Final = 3  # times that the pages are counted anew: a placeholder names pages, and is one


def pdf(
    volume: Volume,
    styles: Styles,
    tell: Tell,
    compile_many: CompileMany,
    *,
    proof: bool,
    pool: Pool | None = None,
    making: Callable[[Volume, Styles, Tell], Making] | None = None,
) -> Bound:
    """Return the PDF of a volume: compiled, linked, proven: by `pool`, or in this process.

    `making`: its maker, if not Making. Raises Fatal: status 4 without an engine, 5 unproven.
    """
    from watchpress.backends.pdf.bind import bind

    made = (making or Making)(volume, styles, tell)
    made.compile(compile_many)
    made.furnish()
    placed = made.placed()
    pieces = [*made.wrapped(), *(made.piece(one) for one in placed)]
    before = COVERED if volume.profile in WITH_COVER else 0
    if before:  # the other side of the cover is a page too, or rectos would come to be versos
        pieces[1] = replace(pieces[1], blanks=pieces[1].blanks + 1)
    binding = finish.dressed(made.binding(), made.dress, finish.held(volume))
    data = bind(pieces, binding, tell)
    if proof:
        areas = finish.areas(pieces, binding) if volume.profile in finish.UNTAGGED else ()
        read = list(leaves(placed, made.compiled, before))
        subject = replace(
            made.subject(data, "pdf", areas=list(areas)),
            order=tuple(page for one in read for page in one.pages),
            scope=frozenset(range(before + made.pages)),
        )
        prove_shared(subject, read, pool or Pool(1), tell)
        if binding.plate is None:  # a file for the press has no links
            prove_sources(subject, tell, placed, before)
    bound = Bound(data, before + made.pages, made.papers())
    return finish.ordered(bound, pieces, binding, made, proof=proof)


def epub(
    volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
) -> Bound:
    """Return the EPUB of a volume; without a list of pages, and told (E102), if there is no PDF."""
    from watchpress.backends.epub.volume import write

    made = Making(volume, styles, tell)
    out = BytesIO()
    write(made.volume, made.parts, made.breaks(compile_many), styles, out, tell)
    data = out.getvalue()
    if proof:
        subject = made.subject(data, "epub")
        prove(subject, tell)
        prove_sources(subject, tell)
        judge("epub", data, subject.reports, subject.name, tell)
    return Bound(data, 0, made.papers())


@dataclass
class Making:
    """A volume in the making: its parts, and the pages of those that have been laid out."""

    source: Volume
    styles: Styles
    tell: Tell
    compiled: dict[str, Compiled] = field(default_factory=dict, init=False)
    orders: dict[str, Order] = field(default_factory=dict, init=False)  # of parts but reports
    compile_many: CompileMany = field(init=False)

    def __post_init__(self) -> None:
        self.volume, self.rows = numbers.number(self.source)
        self.parts = plan(self.volume)
        index.examine(self.volume, Place("series.toml"), self.tell)

    def compile(self, compile_many: CompileMany) -> None:
        """Lay out every report on its own; what has not changed comes from the cache.

        `compile_many` lays out the other parts later, too.
        """
        self.compile_many = compile_many
        wanted = [part for part in self.parts if part.kind in REPORTS]
        notes = self.volume.notes_at == "report"
        orders = [
            Order(self.work(part.reports), "facing" if part.kind == "facing" else "report", notes)
            for part in wanted
        ]
        made = compile_many(orders, self.tell)
        self.compiled |= {part.id: one for part, one in zip(wanted, made, strict=True)}

    def furnish(self, *, body: bool = False) -> None:
        """Lay out the other parts, those with page numbers of others once these are known.

        The contents come last, as they name all others; they move nobody, as front matter is
        numbered apart. `body`: only those among the reports, which move them.
        """
        after = [part for part in self.parts if part.kind not in REPORTS | FRONT]
        front = [part for part in self.parts if part.kind in FRONT]
        if body:
            after, front = [part for part in after if part.kind == "placeholder"], []
        for _ in range(_ROUNDS):
            before = {key: one.facts.pages for key, one in self.compiled.items()}
            self._lay(after)
            if all(before.get(part.id) == self.compiled[part.id].facts.pages for part in after):
                break
        self._lay(front)

    def _lay(self, wanted: Sequence[Part]) -> None:
        """Lay out those parts that read otherwise than when they were laid out last."""
        folio, breaks = self.folio(), self.turns()
        orders = {part.id: self._order(part, folio, breaks) for part in wanted}
        new = {key: order for key, order in orders.items() if self.orders.get(key) != order}
        if new:
            made = self.compile_many(list(new.values()), self.tell)
            self.compiled |= dict(zip(new, made, strict=True))
            self.orders |= new

    def lay(self, part: Part) -> Compiled:
        """Return the pages of a part that is no report; Fatal (status 4) without an engine."""
        (made,) = self.compile_many([self._order(part, self.folio(), self.turns())], self.tell)
        return made

    def _order(
        self, part: Part, folio: Callable[[str], str], breaks: Mapping[str, Sequence[Break]]
    ) -> Order:
        article = parts.part(
            part, self.volume, self.parts, folio, breaks=breaks, typefaces=_typefaces(self.volume)
        )
        work = self.work((), part.language or self.volume.languages[0])
        return Order(work, "part", article=etree.tostring(article))

    def placed(self) -> tuple[Placed, ...]:
        """Return each part in its place; one that is not laid out yet counts as one page."""
        counts = {part.id: 1 for part in self.parts}
        counts |= {key: one.facts.pages for key, one in self.compiled.items()}
        return paginate(self.parts, counts)

    @property
    def pages(self) -> int:
        """How many pages the volume has, blank ones included, its cover left out."""
        return sum(one.blanks + one.pages for one in self.placed())

    def wrapped(self) -> list[Piece]:
        """Return the front of the cover as a piece, where the profile has it; else nothing."""
        from watchpress.backends.pdf import cover
        from watchpress.backends.pdf.bind import Piece

        if self.volume.profile not in WITH_COVER:
            return []
        name = words(self.volume.languages[0]).label("cover")
        made = cover.front(self.volume, self.styles, self.tell)
        piece = Piece(made.data, made.facts, labels=(name,), title=name, name="cover")
        return [replace(piece, part="cover")]

    def folio(self) -> Callable[[str], str]:
        """Return what gives the printed page of an element, "" for one not laid out yet."""
        pages: dict[str, str] = {}
        for one in self.placed():
            made = self.compiled.get(one.part.id)
            if made is not None:
                pages |= {key: one.labels[page - 1] for key, page in made.facts.anchors.items()}
            pages.setdefault(one.part.id, one.labels[0])
        return lambda identifier: pages.get(identifier, "")

    def turns(self) -> Mapping[str, Sequence[Break]]:
        """Return where in the text each printed page begins, by part."""
        found: dict[str, Sequence[Break]] = {}
        for one in self.placed():
            made = self.compiled.get(one.part.id)
            if made is not None:
                found[one.part.id] = [
                    Break(one.labels[turn.page - 1], turn.id, turn.offset)
                    for turn in made.facts.turns
                ]
        return found

    def breaks(self, compile_many: CompileMany) -> Mapping[str, Sequence[Break]]:
        """Return the page turns of the PDF of this volume; none where it cannot be laid out."""
        try:
            self.compile(compile_many)
            self.furnish()
        except Fatal as fatal:
            if fatal.status != NOT_INSTALLED:
                raise
            self.compiled.clear()
            self.tell(remark("E102", Place(self.volume.book.name)))
            return {}
        return self.turns()

    def work(self, reports: tuple[Element, ...], language: str = "") -> Work:
        """Return what a piece is laid out of: these reports, in the dress of the volume."""
        volume = self.volume
        return Work(
            reports=reports,
            title=volume.title,
            language=language or (tree.language(reports[0]) if reports else volume.languages[0]),
            epoch=volume.epoch,
            trim=volume.trim,
            profile=volume.profile,
            loose=True,
            theme=volume.theme,
            press=finish.unprinted(volume.press),
        )

    @property
    def dress(self) -> Work:
        """How the whole is made: its profile, what its printer asks for."""
        return replace(self.work(()), press=self.volume.press)

    def piece(self, placed: Placed) -> Piece:
        """Return a part as the linker takes it."""
        from watchpress.backends.pdf.bind import Piece

        made, part = self.compiled[placed.part.id], placed.part
        file = tree.place(part.reports[0]).file if part.reports else part.id
        page = (placed.folios, placed.labels, placed.blanks)
        return Piece(made.data, made.facts, *page, name=file, part=part.kind)

    def binding(self) -> Binding:
        """Return what the bound file says of itself."""
        from watchpress.backends.pdf.bind import Binding

        volume = self.volume
        originals = (entry.editions.get(volume.languages[0]) for entry in volume.entries)
        people = [name for one in originals if one is not None for name in tree.authors(one)]
        return Binding(
            title=volume.title,
            authors=tuple(dict.fromkeys(people)),
            language=volume.languages[0],
            epoch=volume.epoch,
            subject=volume.book.subtitle.get(volume.languages[0], ""),
            spread=volume.layout == "facing",
        )

    def subject(
        self,
        data: bytes,
        kind: Literal["pdf", "epub"],
        *,
        areas: Sequence[tuple[float, float, float, float]] = (),
    ) -> Subject:
        """Return what is to be proven of a product: the reports in the order of the volume."""
        reports = tuple(one for part in self.parts if part.kind in REPORTS for one in part.reports)
        apart = tuple(one for part in self.parts if part.kind == "notes" for one in part.reports)
        linked = kind == "epub" or self.volume.profile != "press"
        name = f"{self.volume.book.name}.{kind}"
        columns = kind == "pdf" and self.volume.theme.columned
        return Subject(data, kind, name, reports, areas, apart, linked=linked, columns=columns)

    def papers(self) -> Papers:
        """Return what lies beside the volume: the map of its note numbers, as CSV and JSON."""
        return {"notes.csv": numbers.csv(self.rows), "notes.json": numbers.json(self.rows)}


def _typefaces(volume: Volume) -> tuple[str, ...]:
    """Return the names of the typefaces of a volume; none where the machine's own are used."""
    theme = volume.theme
    there = volume.languages if faces(theme.family) else ()
    return tuple(dict.fromkeys(NAMES[hand(one, theme).families[0]] for one in there))
