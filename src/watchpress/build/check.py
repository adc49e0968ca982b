"""All that is to be found in a series: in its copy, between its languages, in its products.

Products are those of a build: what stands in dist/ or in the cache is asked for what was found in
it then; the rest is made and proven, kept for the build to come, and not put into dist/.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from watchpress.build.compare import compare
from watchpress.build.options import DEFAULT, Options, memory
from watchpress.build.pool import FREE, Pool
from watchpress.build.rows import Built, Key, Progress, Proven, Row, Silent
from watchpress.build.shelf import Shelf
from watchpress.build.shelf import read as shelve
from watchpress.build.sights import Prints
from watchpress.build.told import told
from watchpress.checks import calendar
from watchpress.diagnostic import READING, Diagnostic, Fatal, Place, Tell, remark
from watchpress.series import reading
from watchpress.series.load import USAGE, Series
from watchpress.series.nearest import nearest
from watchpress.series.reading import Copy
from watchpress.series.waive import Waivers

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
        shown = shelf if wanted is None else _narrowed(shelf, wanted)
        # Findings may be about originals and translations that were compared, too.
        waivers = Waivers(series, shelf.files)
        proven = Proven()
        if options.proof:
            from watchpress.build.prove import prove, tools  # not for a quick look

            kit = tools(series, cache, pool, progress)
            proven = prove(kit, series, shown, waivers, options, tell, partly=wanted is not None)
        cache.prune()
    found = [*proven.found, *(finding for findings in beside.values() for finding in findings)]
    _dates(shown, today, found.append)
    looked, partly = None if options.proof else READING, wanted is not None
    for finding in (*noted, *told(series, shown, waivers, found, partly=partly, looked=looked)):
        tell(finding)
    status = _status(shown, proven.rows, proven.judged)
    copied = list(shown.copies)
    return Checked(proven.rows, shelf.files, status, copied, len(beside), partly, proven.prints)


def _dates(shelf: Shelf, today: date | None, tell: Tell) -> None:
    if today is not None:
        for report in shelf.reports.values():
            calendar.check(calendar.Subject(report, today), tell)


def _status(shelf: Shelf, rows: Sequence[Row], judged: int) -> int:
    refused = (one.status for one in shelf.refused.values())
    statuses = (*refused, *(row.status for row in rows), judged)
    return next((one for one in statuses if one), 0)


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
            from watchpress.build.products import portable

            known = [portable(copy.source.path, series) for copy in copies]
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
