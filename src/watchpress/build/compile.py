"""Reports laid out into pages, one by one: in several processes, and never twice the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from lxml import etree

from watchpress.build import report as single
from watchpress.build.cache import Cache, digest, pack, squeezed, unpack, unsqueezed
from watchpress.build.makers import Makers
from watchpress.build.pool import Pool, Result
from watchpress.build.rows import Progress, Silent
from watchpress.build.verdict import NOT_INSTALLED
from watchpress.catalog import Work
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.files import Styles
from watchpress.model import tree

# The backend is imported inside the functions: who only reads copy never loads it.
if TYPE_CHECKING:
    from watchpress.backends.pdf.facts import Compiled, Facts

Kind: TypeAlias = Literal["report", "facing", "part"]


@dataclass(frozen=True)
class Order:
    """One piece to lay out: the reports of `work` one after the other, or two on facing pages.

    `notes`: with the list of notes below each report. Of a part of a volume that is no report,
    `article` is its XHTML, and the work has no reports.
    """

    work: Work
    kind: Kind = "report"
    notes: bool = True
    article: bytes = b""


class CompileMany(Protocol):
    """Lay out many pieces: pages in the order of the orders; raises the first Fatal of any."""

    def __call__(self, orders: Sequence[Order], tell: Tell) -> list[Compiled]: ...  # noqa: D102


@dataclass(frozen=True)
class Parcel:
    """An order that can go to another process: its reports as bytes."""

    order: Order
    reports: tuple[bytes, ...]
    styles: Styles


@dataclass(frozen=True)
class Pages:
    """What comes back: the pages, and what was found on the way."""

    compiled: Compiled
    findings: tuple[Diagnostic, ...]


def lay(order: Order, styles: Styles, tell: Tell) -> Compiled:
    """Return the pages of one order; Fatal (status 4) where the engine cannot run."""
    from watchpress.backends.pdf import writer
    from watchpress.backends.pdf.engine import EngineMissing
    from watchpress.xhtml.article import article

    made = [article(report, notes=order.notes) for report in order.work.reports]
    if order.kind == "part":
        made = [etree.fromstring(order.article)]
    try:
        if order.kind == "facing":
            from watchpress.backends.pdf import facing

            return facing.press((made[0], made[1]), order.work, styles, tell)
        return writer.press(made, order.work, styles, tell)
    except EngineMissing as fault:
        raise Fatal(single.missing(str(fault)), status=NOT_INSTALLED) from None


def unpacked(parcel: Parcel) -> Pages:
    """Lay out a parcel in whatever process it has come to."""
    reports = tuple(tree.parse(data, "-") for data in parcel.reports)
    order = replace(parcel.order, work=replace(parcel.order.work, reports=reports))
    found: list[Diagnostic] = []
    return Pages(lay(order, parcel.styles, found.append), tuple(found))


@dataclass
class Compiler:
    """Lays out orders by the cache where it can, by the pool where it must.

    `progress` is told of each piece: that it is expected, and that it has come to its end; `asked`
    and `hits` count reports.
    """

    cache: Cache
    pool: Pool
    makers: Makers
    progress: Progress = field(default_factory=Silent)
    asked: int = field(default=0, init=False)
    hits: int = field(default=0, init=False)

    def __call__(self, orders: Sequence[Order], tell: Tell) -> list[Compiled]:
        """Return the pages of each order; tells what was found, in the order of the orders."""
        self.progress.expect(len(orders))
        keys = [self._key(order) for order in orders]
        kept = [self._kept(order, key) for order, key in zip(orders, keys, strict=True)]
        reports = [one for order, one in zip(orders, kept, strict=True) if order.kind != "part"]
        self.asked += len(reports)
        self.hits += sum(one is not None for one in reports)
        self.progress.step(sum(one is not None for one in kept))
        wanted = [number for number, one in enumerate(kept) if one is None]
        tasks = [(_name(orders[number]), self._parcel(orders[number])) for number in wanted]

        def done(task: int, result: Result[Pages]) -> None:
            if result.value is not None:
                self._keep(orders[wanted[task]], keys[wanted[task]], result.value)
            self.progress.step()

        made = dict(zip(wanted, self.pool.run(unpacked, tasks, done), strict=True))
        return list(_told(kept, made, tell))

    def _parcel(self, order: Order) -> Parcel:
        reports = tuple(etree.tostring(report) for report in order.work.reports)
        return Parcel(
            replace(order, work=replace(order.work, reports=())), reports, self.makers.styles
        )

    def _key(self, order: Order) -> str:
        options = replace(order, work=replace(order.work, reports=(), findings=_drawn(order.work)))
        return digest("pages", self.makers.key, options, *map(tree.canonical, order.work.reports))

    def _kept(self, order: Order, key: str) -> Pages | None:
        from watchpress.backends.pdf.facts import Compiled, Facts

        found = self.cache.get(key)
        if found is None:
            return None
        try:
            back = {kept: file for file, kept in _names(order).items()}
            facts = _renamed(Facts.from_json(unsqueezed(found.facts["pages"])), back)
            findings = unpack(found.facts["findings"], _names(order))
        except (KeyError, TypeError, ValueError):
            return None  # of another shape than today's: made again
        return Pages(Compiled(found.data, facts), findings)

    def _keep(self, order: Order, key: str, pages: Pages) -> None:
        if self.makers.changed():
            return  # what it was made with may be another thing than the key says
        facts = {
            "pages": squeezed(_renamed(pages.compiled.facts, _names(order)).to_json()),
            "findings": pack(pages.findings, _names(order)),
        }
        self.cache.put(key, pages.compiled.data, facts)


def _drawn(work: Work) -> tuple[Diagnostic, ...]:
    """Return the findings that are drawn on the pages: those of a draft, without their file."""
    if work.profile != "draft":
        return ()
    return tuple(replace(one, place=replace(one.place, file="")) for one in work.findings)


_ALIKE: Final = "report {}"  # what the file of a report is called in the cache


def _names(order: Order) -> dict[str, str]:
    files = (str(report.get(tree.SOURCE)) for report in order.work.reports)
    return {file: _ALIKE.format(number) for number, file in enumerate(files)}


def _renamed(facts: Facts, names: dict[str, str]) -> Facts:
    return replace(facts, galley=facts.galley.renamed(names))


def _name(order: Order) -> str:
    """Return the files of an order; of a part of a volume, its title."""
    files = (str(report.get(tree.SOURCE)) for report in order.work.reports)
    return ", ".join(files) or order.work.title


def _told(
    kept: Sequence[Pages | None], made: dict[int, Result[Pages]], tell: Tell
) -> Iterable[Compiled]:
    for number, pages in enumerate(kept):
        found = pages or made[number].get()
        for finding in found.findings:
            tell(finding)
        yield found.compiled
