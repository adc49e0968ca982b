"""All that is to be found in a series: in its copy, between its languages, in its products.

Products are those of a build: what stands in dist/ or in the cache is asked for what was found in
it then; the rest is made and proven, kept for the build to come, and not put into dist/.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchpress.build import manifest, products
from watchpress.build.bindery import Tools
from watchpress.build.compare import compare
from watchpress.build.makers import Makers
from watchpress.build.pool import FREE, Pool
from watchpress.build.rows import Built, Key, Progress, Row, Silent
from watchpress.build.run import Run
from watchpress.build.series import DEFAULT, Options, memory
from watchpress.build.shelf import Shelf
from watchpress.build.shelf import read as shelve
from watchpress.build.sights import Prints
from watchpress.checks import calendar
from watchpress.diagnostic import READING, Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.series import reading, select
from watchpress.series.load import USAGE, Series
from watchpress.series.nearest import nearest
from watchpress.series.reading import Copy

if TYPE_CHECKING:
    from watchpress.build.accepted import Accepted

SILENT: Final = Silent()


@dataclass(frozen=True)
class Checked(Built):
    """What has been looked at: copy that was read, translations compared, rows of products.

    `partly`: only some reports were asked for, and no volumes. `prints`: the products, to be seen.
    """

    copies: Sequence[Key] = field(default=())
    compared: int = 0
    partly: bool = False
    prints: Prints = field(default_factory=Prints)


def check(
    series: Series,
    paths: Sequence[Path],
    tell: Tell,
    *,
    options: Options = DEFAULT,
    progress: Progress = SILENT,
    today: date | None = None,
) -> Checked:
    """Tell all that is found in a series and is not waived; of the reports at `paths`, if any.

    `paths` are files of copy, or folders of them, as seen from here, from the home of the series
    or from its reports/; Fatal C223 for one with no copy of the series. Products are left alone
    where `options` ask for no proof. `today`: the day that dates are held against, if any.
    """
    noted: list[Diagnostic] = []
    copies = reading.copies(series, noted.append)
    wanted = _wanted(series, paths, copies) if paths else None
    if wanted is not None:
        numbers = {number for number, _ in wanted}
        noted = [one for one in noted if _below(Path(one.place.file), series, paths)]
        copies = tuple(copy for copy in copies if copy.number in numbers)
    progress.expect(len(copies))
    # Some copy alone is read here, as an editor or a commit waits for it: processes take longer to
    # start than all the rest, and only another process can be held to limits.
    limits = options.limits if options.proof or wanted is None else FREE
    with Pool(options.jobs, limits) as pool:
        cache = memory(series)
        shelf = shelve(copies, cache, pool, progress.step)
        beside = compare(shelf, str(series.config.languages[0]), cache, pool, wanted)
        tools = Tools(cache, pool, Makers(Styles(series.styles)), progress, None)
        shown = shelf if wanted is None else _narrowed(shelf, wanted)
        there = manifest.load(series.dist)
        run = Run(series, shown, tools, there, strict=False, proof=True, put=False)
        run.waivers.files = shelf.files  # of originals and translations that were compared, too
        plans = list(_plans(series, shown, wanted)) if options.proof else []
        rows = run.make(plans)
        judged = _judged(run, plans, options, tell, partly=wanted is not None)
        cache.prune()
    run.found += [finding for found in beside.values() for finding in found]
    _dates(shown, today, run.found.append)
    looked = None if options.proof else READING
    for finding in (*noted, *run.findings(partly=wanted is not None, looked=looked)):
        tell(finding)
    status = _status(shown, rows, judged)
    looked_at, partly = list(shown.copies), wanted is not None
    prints = _prints(run, plans)
    return Checked(rows, shelf.files, status, looked_at, len(beside), partly, prints)


def _dates(shelf: Shelf, today: date | None, tell: Tell) -> None:
    if today is not None:
        for report in shelf.reports.values():
            calendar.check(calendar.Subject(report, today), tell)


def _judged(
    run: Run, plans: Sequence[products.Plan], options: Options, tell: Tell, *, partly: bool
) -> int:
    """Hold products against what was accepted; return what validators come to, where asked."""
    if options.proof:
        _accepted(run).check(plans, run.found.append, partly=partly)
    return _validated(run, plans, options.validate, tell)


def _accepted(run: Run) -> Accepted:
    from watchpress.build.accepted import Accepted  # imports Pillow: not for a quick look

    return Accepted(run)


def _status(shelf: Shelf, rows: Sequence[Row], judged: int) -> int:
    refused = (one.status for one in shelf.refused.values())
    statuses = (*refused, *(row.status for row in rows), judged)
    return next((one for one in statuses if one), 0)


def _validated(run: Run, plans: Sequence[products.Plan], tongue: str, tell: Tell) -> int:
    """Give the products that there are to validators, where a tongue is asked for."""
    if not tongue:
        return 0
    from watchpress.build.validate import validate

    found = ((plan.file, run.pdf(plan)) for plan in plans)
    return validate(((name, data) for name, data in found if data), run.tools.cache, tongue, tell)


def _prints(run: Run, plans: Sequence[products.Plan]) -> Prints:
    """Return the products of a run, for who wants to see their pages."""
    known = {plan.file: plan for plan in plans if plan.file.endswith(".pdf")}
    holding: dict[str, list[str]] = {}
    # Reports by themselves first: in a volume a report is one of many.
    for plan in sorted(known.values(), key=lambda plan: plan.bound is not None):
        for key in plan.keys:
            holding.setdefault(run.shelf.copies[key].source.name, []).append(plan.file)
    return Prints(
        lambda name: run.pdf(known[name]) if name in known else None,
        lambda name: run.galley(known[name]) if name in known else None,
        holding,
        list(known),
        lambda name: {page: one.boxes for page, one in _accepted(run).changes(known[name]).items()},
        lambda name: _accepted(run).before(known[name]),
    )


def _plans(series: Series, shelf: Shelf, wanted: Collection[Key] | None) -> Iterator[products.Plan]:
    """Yield the products; those of single reports only, where not all are wanted."""
    editions = products.editions(series, ())
    if wanted is None:
        yield from products.plans(series, editions, shelf)
        return
    single = [one for one in editions if select.binding(series.config, one) is None]
    yield from products.plans(series, single, shelf)


def _narrowed(shelf: Shelf, wanted: Collection[Key]) -> Shelf:
    return Shelf(
        {key: one for key, one in shelf.copies.items() if key in wanted},
        {key: one for key, one in shelf.reads.items() if key in wanted},
        {key: one for key, one in shelf.refused.items() if key in wanted},
    )


def _wanted(series: Series, paths: Iterable[Path], copies: Sequence[Copy]) -> set[Key]:
    """Return the reports at `paths`; Fatal C223 (status 2) for a path with none."""
    wanted: set[Key] = set()
    for path in paths:
        found = {copy.key for copy in copies if _below(copy.source.path, series, [path])}
        if not found:
            known = [products.portable(copy.source.path, series) for copy in copies]
            near = nearest(path.as_posix(), known)
            facts = {"given": path, "nearest": near if near in known else "-"}
            raise Fatal(remark("C223", Place(str(series.file)), **facts), status=USAGE)
        wanted |= found
    return wanted


def _below(file: Path, series: Series, paths: Iterable[Path]) -> bool:
    """Say whether a file is one of `paths`, or in one of them: from here, from the home."""
    here = file.resolve()
    return any(
        (there := (folder / path).resolve()) == here or there in here.parents
        for path in paths
        for folder in (Path(), series.home, series.folder)
    )
