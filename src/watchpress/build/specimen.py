"""The type specimen: a small series that comes along, set as the series of a folder sets its own.

It is built as any volume is, and lies in dist/ beside the others. What only it has are pages that
say how the type is set (xhtml/legend.py), in numbers taken from its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from lxml import etree

from watchpress import files
from watchpress.backends.epub.breaks import Break
from watchpress.build import manifest, products
from watchpress.build.binder import Binder, Bound, binder
from watchpress.build.bindery import Tools
from watchpress.build.compile import CompileMany, Order
from watchpress.build.lock import locked
from watchpress.build.makers import Makers
from watchpress.build.pool import Pool
from watchpress.build.products import SPECIMEN, Plan
from watchpress.build.report import missing
from watchpress.build.rows import Built, Progress
from watchpress.build.run import Run
from watchpress.build.series import DEFAULT, SILENT, Options, memory, sweep
from watchpress.build.shelf import read as shelve
from watchpress.build.verdict import NOT_INSTALLED
from watchpress.build.volume import Making, pdf
from watchpress.catalog import Part, Trim, Volume, Work
from watchpress.diagnostic import Fatal, Place, Tell
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.series import load, reading, themes
from watchpress.series.config import Config, Edition
from watchpress.series.load import Series
from watchpress.volume.pages import REPORTS
from watchpress.xhtml import legend
from watchpress.xhtml.article import article
from watchpress.xhtml.legend import Ground


@dataclass(frozen=True)
class Shown:
    """How it is to be shown.

    `trim`, `theme`: those of the series' books, where they are not given. `grid`: with the base
    lines drawn.
    """

    trim: Trim | None = None
    grid: bool = False
    theme: str = ""

    @property
    def file(self) -> str:
        """The name of the product: with base lines, or of a theme asked for, it is another one."""
        theme = f".{self.theme}" if self.theme else ""
        return f"{SPECIMEN}{theme}{'.grid' * self.grid}.pdf"


def told(home: Path, names: Sequence[str], tell: Tell) -> tuple[Series | None, Sequence[str]]:
    """Return the specimen where `names` ask for it, as a series at `home`, and the other names.

    An edition of that name in series.toml is meant where there is one; a folder without a series
    has a specimen all the same. Raises Fatal as `load` does.
    """
    others = [name for name in names if name != SPECIMEN]
    if len(others) == len(names):
        return None, names
    try:
        own = load.load(home, tell)
    except Fatal as fatal:
        if fatal.diagnostic.code != load.ABSENT:
            raise
        return _dressed(home, None), others
    if any(one.name == SPECIMEN for one in own.config.editions):
        return None, names
    return _dressed(own.home, own.config), others


def _dressed(home: Path, own: Config | None) -> Series:
    """Return the series that comes along as if it lay at `home`, in the languages of `own`."""
    here = load.load(files.along(SPECIMEN), _never)
    config = here.config
    (edition,) = config.editions
    if own is not None:
        tags = [tag for tag in own.languages if tag in config.languages]
        book = next((one for one in own.editions if one.format == "pdf"), edition)
        editions = [replace(edition, languages=tags, trim=book.trim, theme=book.theme)]
        config = replace(config, languages=tags, editions=editions)
    return replace(here, home=home, config=config)


def _never(finding: object) -> None:
    raise AssertionError(f"what comes along has no fault: {finding}")


def build(
    series: Series,
    shown: Shown,
    tell: Tell,
    *,
    options: Options = DEFAULT,
    progress: Progress = SILENT,
) -> Built:
    """Make the specimen and put it into dist/; `series` is one that `told` gave.

    What is there and made of the same is left alone. Findings are told at the end.
    """
    edition = _edition(series.config, shown)
    themes.load(edition.theme, Styles(series.styles), Place("--theme"), tell)
    # Languages that are not wanted lie there too: that is no finding.
    copies = reading.copies(series, lambda finding: None)
    progress.expect(len(copies))
    with locked(series.memory), Pool(options.jobs, options.limits) as pool:
        cache = memory(series)
        shelf = shelve(copies, cache, pool, progress.step)
        sweep(series)
        rooms = SimpleNamespace(**{**vars(binder()), "pdf": partial(_pdf, grid=shown.grid)})
        tools = Tools(cache, pool, Makers(Styles(series.styles)), progress, cast(Binder, rooms))
        run = Run(series, shelf, tools, manifest.load(series.dist), options.strict, options.proof)
        plans = [_named(plan, shown) for plan in products.plans(series, [edition], shelf)]
        rows = run.all(plans, partly=True)
        cache.prune()
    for finding in run.findings(partly=True):
        tell(finding)
    return Built(rows, shelf.files, next((row.status for row in rows if row.status), run.status))


def _edition(config: Config, shown: Shown) -> Edition:
    (edition,) = config.editions
    trim = edition.trim
    if shown.trim is not None:
        trim = shown.trim.name or f"{shown.trim.width:g}x{shown.trim.height:g}"
    return replace(edition, theme=shown.theme or edition.theme, trim=trim)


def _named(plan: Plan, shown: Shown) -> Plan:
    return replace(plan, file=shown.file)


def _pdf(
    volume: Volume,
    styles: Styles,
    tell: Tell,
    compile_many: CompileMany,
    *,
    proof: bool,
    pool: Pool | None = None,
    grid: bool,
) -> Bound:
    """Return the PDF; the map of note numbers is printed in it, and does not lie beside it."""
    making = partial(Showing, grid=grid)
    bound = pdf(volume, styles, tell, compile_many, proof=proof, pool=pool, making=making)
    return replace(bound, papers={})


@dataclass
class Showing(Making):
    """A volume with a legend for each of its languages; `grid`: with its base lines drawn."""

    grid: bool = False
    grounds: dict[str, Ground] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.parts = tuple(self._shown(self.parts))

    def _shown(self, parts: Sequence[Part]) -> Iterator[Part]:
        """Yield the parts, the legends behind the last report."""
        last = max(place for place, part in enumerate(parts) if part.kind in REPORTS)
        for place, part in enumerate(parts):
            yield part
            if place == last:
                tags = self.volume.languages
                yield from (Part("legend", f"legend-{tag}", tag) for tag in tags)

    def compile(self, compile_many: CompileMany) -> None:
        """Measure the page of each language, then lay out its report."""
        for part in self.parts:
            if part.kind in REPORTS:
                (report,) = part.reports
                self.grounds[part.language] = self._ground(report)
        super().compile(compile_many)

    def _ground(self, report: Element) -> Ground:
        from watchpress.backends.pdf import engine

        try:
            engine.load()
            from watchpress.backends.pdf import scale

            return scale.ground(article(report), super().work((report,)), self.styles)
        except engine.EngineMissing as fault:
            raise Fatal(missing(str(fault)), status=NOT_INSTALLED) from None

    def work(self, reports: tuple[Element, ...], language: str = "") -> Work:
        """Return what a piece is laid out of, with the grid of its language."""
        work = super().work(reports, language)
        return replace(work, grid=self.grounds[work.language].base) if self.grid else work

    def _order(
        self, part: Part, folio: Callable[[str], str], breaks: Mapping[str, Sequence[Break]]
    ) -> Order:
        if part.kind != "legend":
            return super()._order(part, folio, breaks)
        made = etree.tostring(legend.legend(part, self.grounds[part.language]))
        return Order(self.work((), part.language), "part", article=made)
