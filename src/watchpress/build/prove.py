"""What is found in the products of a series: those that stand or are kept are asked, others made.

What is made is kept for the build to come, and not put into dist/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from watchpress.build import manifest, products
from watchpress.build.bindery import Tools
from watchpress.build.cache import Cache
from watchpress.build.makers import Makers
from watchpress.build.options import Options
from watchpress.build.pool import Pool
from watchpress.build.rows import Progress, Proven
from watchpress.build.run import Run
from watchpress.build.shelf import Shelf
from watchpress.build.sights import Prints
from watchpress.diagnostic import Tell
from watchpress.files import Styles
from watchpress.series import select
from watchpress.series.load import Series
from watchpress.series.waive import Waivers

if TYPE_CHECKING:
    from watchpress.build.accepted import Accepted


def tools(series: Series, cache: Cache, pool: Pool, progress: Progress) -> Tools:
    """Return what the products of a series are made with."""
    return Tools(cache, pool, Makers(Styles(series.styles)), progress, None)


def prove(
    tools: Tools,
    series: Series,
    shelf: Shelf,
    waivers: Waivers,
    options: Options,
    tell: Tell,
    *,
    partly: bool,
) -> Proven:
    """Return what came of the products of the reports on a shelf; of no volumes where `partly`.

    Each is held against what was accepted, and given to validators where `options` ask for that.
    """
    run = Run(series, shelf, tools, manifest.load(series.dist), strict=False, proof=True, put=False)
    run.waivers = waivers
    plans = list(_plans(series, shelf, partly=partly))
    rows = run.make(plans)
    _accepted(run).check(plans, run.found.append, partly=partly)
    judged = _validated(run, plans, options.validate, tell)
    return Proven(rows, run.found, judged, _prints(run, plans))


def _accepted(run: Run) -> Accepted:
    from watchpress.build.accepted import Accepted  # imports Pillow: not where there are no pages

    return Accepted(run)


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


def _plans(series: Series, shelf: Shelf, *, partly: bool) -> Iterator[products.Plan]:
    """Yield the products; those of single reports only, where not all are wanted."""
    editions = products.editions(series, ())
    if partly:
        editions = [one for one in editions if select.binding(series.config, one) is None]
    yield from products.plans(series, editions, shelf)
