"""What is made of volumes in a build: books, covers, offprints; what came of each, with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

from watchpress.build import report as single
from watchpress.build.binder import Binder, Bound, binder
from watchpress.build.cache import Cache
from watchpress.build.compile import Compiler
from watchpress.build.make import Made
from watchpress.build.makers import Makers
from watchpress.build.pool import Pool, Result
from watchpress.build.products import Plan
from watchpress.build.rows import Progress, State
from watchpress.build.shelf import Shelf
from watchpress.catalog import Volume
from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.series import select
from watchpress.series.load import Series

DISK: Final = 6  # exit status: file or disk


@dataclass(frozen=True)
class Tools:
    """What a run works with."""

    cache: Cache
    pool: Pool
    makers: Makers
    progress: Progress
    volumes: Binder | None

    def compiler(self) -> Compiler:
        """Return one that lays out reports, and counts how many it was asked for."""
        return Compiler(self.cache, self.pool, self.makers, self.progress)


@dataclass(frozen=True)
class Outcome:
    """What came of making a product: it, or the faults for which it is none; and the figures."""

    bound: Bound
    findings: tuple[Diagnostic, ...]
    faults: tuple[Diagnostic, ...] = ()
    status: int = 0
    seconds: float = 0.0
    state: State = "built"
    asked: int = 0
    hits: int = 0

    def of(self, product: str, changed: str) -> Outcome:
        """Return it as that of `product`, which findings on pages name.

        `changed`: a file for it that was edited meanwhile; what was made is then none (X402).
        """
        own = (replace(one, product=product) if one.page else one for one in self.findings)
        named = replace(self, findings=tuple(own))
        if not changed or self.faults:
            return named
        fault = remark("X402", Place(product), file=changed)
        return replace(named, faults=(fault,), status=DISK)


def came(result: Result[Made]) -> Outcome:
    """Return what a worker has made of a single report, or why it has not."""
    if result.value is None:
        assert result.fault is not None
        return Outcome(Bound(b""), (), (result.fault,), result.status)
    made = result.value
    bound = Bound(made.data, made.pages, made.papers, made.galley)
    return Outcome(bound, made.findings, made.faults, made.status, made.seconds, asked=1)


@dataclass(frozen=True)
class Bindery:
    """Makes what is of volumes, of the reports on a shelf; `proof`: each is read back."""

    series: Series
    shelf: Shelf
    tools: Tools
    proof: bool

    @property
    def rooms(self) -> Binder:
        """Who makes the volumes."""
        return self.tools.volumes or binder()

    def product(self, plan: Plan) -> Outcome:
        """Return a volume or its cover; the reports in it are laid out by the compiler."""
        compiler = self.tools.compiler()
        started, found = perf_counter(), list[Diagnostic]()
        try:
            outcome = Outcome(self._bound(plan, compiler, found.append), tuple(found))
        except Fatal as fatal:
            outcome = failed(fatal, found)
        seconds = perf_counter() - started
        return replace(outcome, seconds=seconds, asked=compiler.asked, hits=compiler.hits)

    def _bound(self, plan: Plan, compiler: Compiler, tell: Tell) -> Bound:
        volume, styles, edition = self.volume(plan), self.tools.makers.styles, plan.edition
        rooms = {"cover": self.rooms.cover, "epub": self.rooms.epub}
        if write := rooms.get(edition.format):
            return write(volume, styles, tell, compiler, proof=self.proof)
        pool = self.tools.pool
        return self.rooms.pdf(volume, styles, tell, compiler, proof=self.proof, pool=pool)

    def offprints(self, plans: Sequence[Plan]) -> Iterator[tuple[Plan, Outcome]]:
        """Yield what came of the offprints of one edition, cut out of one volume.

        The volume is laid out for the first of them; the others find their pages there.
        """
        compiler = self.tools.compiler()
        started, told = perf_counter(), list[Diagnostic]()
        try:
            styles = self.tools.makers.styles
            cut = self.rooms.offprints(self.volume(plans[0]), styles, told.append, compiler)
        except Fatal as fatal:
            for plan in plans:
                yield plan, failed(fatal, told)
            return
        asked, hits = compiler.asked, compiler.hits
        for plan in plans:
            found = list[Diagnostic]()
            try:
                bound = cut(plan.keys, found.append, proof=self.proof)
                outcome = Outcome(bound, tuple((*told, *found)))
            except Fatal as fatal:
                outcome = failed(fatal, found)
            seconds = perf_counter() - started
            yield plan, replace(outcome, seconds=seconds, asked=asked, hits=hits)
            started = perf_counter()
            asked = hits = len(plan.keys)

    def volume(self, plan: Plan) -> Volume:
        """Return the volume that a product is of; Fatal C212 where no report belongs to it."""
        volume = select.volume(self.series, plan.edition, self.shelf.reports, epoch=0)
        reports = [report for entry in volume.entries for report in entry.reports]
        return replace(volume, epoch=single.epoch(reports), product=plan.file)


def failed(fatal: Fatal, found: Sequence[Diagnostic]) -> Outcome:
    """Return what came of a product that could not be made."""
    return Outcome(Bound(b""), tuple(found), (fatal.diagnostic,), fatal.status)
