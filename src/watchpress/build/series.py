"""The order of a whole series: copy -> shelf -> plans -> products -> manifest."""

from __future__ import annotations

import contextlib
import shutil
import string
from collections.abc import Sequence
from typing import Final

from watchpress import files
from watchpress.build import manifest, products
from watchpress.build.binder import Binder
from watchpress.build.bindery import Bindery, Tools
from watchpress.build.lock import locked
from watchpress.build.makers import Makers
from watchpress.build.options import DEFAULT, Options, memory
from watchpress.build.pool import Pool
from watchpress.build.rows import Built, Progress, Silent
from watchpress.build.run import Run
from watchpress.build.shelf import read as shelve
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.files import Styles
from watchpress.series import reading
from watchpress.series.load import Series
from watchpress.series.review import languages
from watchpress.series.waive import Waivers

__all__ = ["DEFAULT", "Options", "build", "clean", "memory", "offprint", "sweep"]

# First letters of what a build looks for: it does not compare languages, `check` and `status` do.
LOOKED: Final = frozenset(string.ascii_uppercase) - {"A"}


SILENT: Final = Silent()


def build(
    series: Series,
    names: Sequence[str],
    tell: Tell,
    *,
    options: Options = DEFAULT,
    progress: Progress = SILENT,
    volumes: Binder | None = None,
) -> Built:
    """Make the editions called by `names` (all, where there are none) and put them into dist/.

    What is there and made of the same is left alone. Findings are told at the end, those that are
    waived are not; a product that cannot be made is a row with its exit status. Raises Fatal C211
    for a name that is no edition, X401 where another build does not end, D104 where dist/ takes no
    files. `volumes`: who makes volumes, if not the room that does.
    """
    wanted = products.editions(series, names)
    partly = bool(names)
    found: list[Diagnostic] = []
    copies = reading.copies(series, found.append)
    if partly:
        tags = {tag for one in wanted for tag in languages(series.config, one)}
        copies = tuple(copy for copy in copies if copy.language in tags)
    progress.expect(len(copies))
    with locked(series.memory), Pool(options.jobs, options.limits) as pool:
        cache = memory(series)
        shelf = shelve(copies, cache, pool, progress.step)
        tools = Tools(cache, pool, Makers(Styles(series.styles)), progress, volumes)
        sweep(series)
        run = Run(series, shelf, tools, manifest.load(series.dist), options.strict, options.proof)
        rows = run.all(list(products.plans(series, wanted, shelf)), partly=partly)
        cache.prune()
    for finding in (*found, *run.findings(partly=partly, looked=LOOKED)):
        tell(finding)
    refused = [one.status for one in shelf.refused.values()]
    status = next((s for s in (*refused, *(row.status for row in rows)) if s), run.status)
    return Built(rows, shelf.files, status)


def offprint(
    series: Series,
    key: tuple[int, str],
    name: str,
    tell: Tell,
    *,
    options: Options = DEFAULT,
    progress: Progress = SILENT,
) -> tuple[str, bytes]:
    """Return the offprint of one report (number, language) of the volume `name`, and its file name.

    Its pages are those of the first PDF edition of that volume; where there is none, of A5. Raises
    Fatal C221, C222 (status 2) for what is not there, else as `Bindery.offprints` has it.
    """
    edition = products.offprint(series, key[0], name)
    tags = languages(series.config, edition)
    copies = [copy for copy in reading.copies(series, tell) if copy.language in tags]
    progress.expect(len(copies))
    with Pool(options.jobs) as pool:
        cache = memory(series)
        shelf = shelve(copies, cache, pool, progress.step)
        plan = products.holding(series, edition, key, shelf)
        for refused in products.refused(plan, shelf):
            *others, last = refused.findings
            for finding in others:
                tell(finding)
            raise Fatal(last, status=refused.status)
        tools = Tools(cache, pool, Makers(Styles(series.styles)), progress, None)
        ((_, outcome),) = Bindery(series, shelf, tools, options.proof).offprints([plan])
    found = [*(one for key in plan.keys for one in shelf.reads[key].findings), *outcome.findings]
    for finding in Waivers(series, shelf.files).kept(dict.fromkeys(found)):
        tell(finding)
    if outcome.faults:
        raise Fatal(outcome.faults[-1], status=outcome.status)
    return plan.file, outcome.bound.data


def sweep(series: Series) -> None:
    """Remove what runs that were killed left half-written, in dist/ and in the cache."""
    files.sweep(series.dist)
    files.sweep(series.memory, deep=True)


def clean(series: Series) -> list[str]:
    """Remove the products that the manifest lists, and the cache; return what has been removed.

    A product that somebody has changed since, and files that we have not made, stay. Raises Fatal
    X401 where a build does not end.
    """
    kept = series.memory.is_dir()
    with locked(series.memory):
        removed = _cleaned(series)
        shutil.rmtree(series.memory, ignore_errors=True)
    shutil.rmtree(series.memory, ignore_errors=True)  # Windows removes no file that is open
    return [*removed, str(series.memory)] if kept else removed


def _cleaned(series: Series) -> list[str]:
    """Remove what is ours in dist/; return what has been removed."""
    sweep(series)
    made = manifest.load(series.dist)
    gone = [file for file in list(made.products) if made.drop(file)]
    if made.path.is_file():
        made.path.unlink()
        gone.append(made.path.name)
    removed = [str(series.dist / file) for file in gone]
    with contextlib.suppress(OSError):
        series.dist.rmdir()  # where nothing else is in it
    return removed
