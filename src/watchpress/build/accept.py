"""Accepting the layout of products: what is printed where today is what later checks compare with.

Products are those of a build, as in `check`: what is not there is made, kept, and not put into
dist/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final, Literal, TypeAlias

from watchpress import files
from watchpress.build import manifest, products
from watchpress.build.accepted import Accepted, printed, same
from watchpress.build.bindery import Tools
from watchpress.build.lock import locked
from watchpress.build.makers import Makers
from watchpress.build.options import DEFAULT, Options, memory
from watchpress.build.pool import Pool
from watchpress.build.products import Plan
from watchpress.build.rows import Progress, Silent
from watchpress.build.run import Run
from watchpress.build.shelf import read as shelve
from watchpress.checks import accepted as room
from watchpress.checks.accepted import Layout
from watchpress.diagnostic import Fatal, Tell
from watchpress.files import Styles
from watchpress.series import reading
from watchpress.series.load import Series
from watchpress.series.review import languages

SILENT: Final = Silent()
# missing: the product could not be made; what was accepted of it stays.
State: TypeAlias = Literal["new", "changed", "unchanged", "removed", "missing"]


@dataclass(frozen=True)
class Taken:
    """What became of the accepted layout of a product; `diff`: what has changed in it, as lines."""

    product: str
    state: State
    pages: int = 0
    diff: str = ""
    status: int = 0


def accept(
    series: Series,
    names: Sequence[str],
    tell: Tell,
    *,
    options: Options = DEFAULT,
    progress: Progress = SILENT,
    look: bool = False,
) -> list[Taken]:
    """Accept the layout of the PDFs of the editions called by `names`, of all where there are none.

    `look`: only say what would change. Layouts of products that are no longer planned are removed
    where all were asked for. Told is what keeps products from being made. Raises Fatal C211 for a
    name that is no edition, D104 where a file cannot be written, X401 where another build goes on.
    """
    wanted = products.editions(series, names)
    tags = {tag for one in wanted for tag in languages(series.config, one)}
    copies = [one for one in reading.copies(series, tell) if one.language in tags]
    progress.expect(len(copies))
    with locked(series.memory), Pool(options.jobs, options.limits) as pool:
        cache = memory(series)
        shelf = shelve(copies, cache, pool, progress.step)
        tools = Tools(cache, pool, Makers(Styles(series.styles)), progress, None)
        there = manifest.load(series.dist)
        run = Run(series, shelf, tools, there, strict=False, proof=options.proof, put=False)
        planned = printed(products.plans(series, wanted, shelf))
        rows = run.make(planned)
        accepted = Accepted(run)
        taken = [
            _taken(accepted, plan, row.status, look=look)
            for plan, row in zip(planned, rows, strict=True)
        ]
        if not names:
            taken += _removed(accepted, planned, look=look)
        cache.prune()
    if any(row.status for row in rows):
        for finding in run.findings(partly=True):
            if finding.severity == "error":
                tell(finding)
    return taken


def _taken(accepted: Accepted, plan: Plan, status: int, *, look: bool) -> Taken:
    path, now = accepted.path(plan.file), accepted.now(plan)
    if now is None:
        return Taken(plan.file, "missing", status=status)
    old, text = _old(path), room.write(now)
    pages = len(now.leaves)
    if old is not None and same(old, now):
        accepted.keep(old, plan)
        return Taken(plan.file, "unchanged", pages)
    before = room.write(room.renumbered(old, now)) if old else ""
    if not look:
        files.replace(path, text.encode())
        accepted.keep(now, plan)
    state: State = "changed" if path.is_file() and (old or not look) and before else "new"
    return Taken(plan.file, state, pages, _diff(path, before, text))


def _old(path: Path) -> Layout | None:
    """Return the layout that was accepted before; None where there is none that can be read."""
    try:
        return room.read(files.read(path), str(path))
    except Fatal:
        return None


def _removed(accepted: Accepted, planned: Sequence[Plan], *, look: bool) -> list[Taken]:
    """Remove the layouts of products that are no longer planned; what is none of ours stays."""
    names = {accepted.path(plan.file) for plan in planned}
    gone: list[Taken] = []
    for path in accepted.files():
        old = None if path in names else _old(path)
        if old is not None:
            if not look:
                files.remove(path)
            gone.append(Taken(old.product, "removed", 0, _diff(path, room.write(old), "")))
    return gone


def _diff(path: Path, before: str, after: str) -> str:
    """Return what has changed as a unified diff, as git and patch write it."""
    file = f"{path.parent.name}/{path.name}"
    lines = unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), file, file, n=2
    )
    return "".join(lines)
