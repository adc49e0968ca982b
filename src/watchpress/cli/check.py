"""`check`: all findings, of single copies or of a whole series."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from watchpress import files
from watchpress.build import report as single
from watchpress.build.sights import Prints
from watchpress.build.verdict import Finished, Kind
from watchpress.catalog import Reading
from watchpress.catalog import trim as trim_of
from watchpress.checks import calendar
from watchpress.cli import copies, limit, options, page
from watchpress.cli.baseline import Baseline, load
from watchpress.cli.counter import Counter, excerpts, tongue
from watchpress.cli.progress import progress
from watchpress.diagnostic import READING, Diagnostic, Fatal
from watchpress.model import tree
from watchpress.series import home as homes

# The rooms of a series are imported inside the functions: no other command pays for them.
if TYPE_CHECKING:
    from watchpress.build.check import Checked

KINDS: Final[tuple[Kind, ...]] = ("pdf", "epub")
SERIES: Final = ("reports/series.toml", "series.toml")
_KNOWN: Final = ("unchanged", "cached")  # products whose findings are on record
_GIVEN: Final = {"lang": "--lang", "number": "--number", "issued": "--date",
                 "headline": "--headline", "series": "--series"}  # fmt: skip


@click.command()
@click.argument("path", type=options.COPY, nargs=-1)
@click.option(
    "-C", "home", type=click.Path(path_type=Path, file_okay=False), metavar="SERIES",
    help="The folder of the series; this one by default, where there is no PATH.",
)  # fmt: skip
@click.option("--of-series", is_flag=True,
              help="Take each PATH as a report of the series that it lies in.")  # fmt: skip
@options.processes
@click.option("--proof/--no-proof", default=True, help="Look at the products too.")
@click.option("--validate", is_flag=True,
              help="Give products to EPUBCheck, Ace, veraPDF where they are.")  # fmt: skip
@click.option("--baseline", type=options.OUT, metavar="FILE",
              help="Leave out what `check --format json` found earlier.")  # fmt: skip
@click.option("--report", type=options.OUT, metavar="OUT.html",
              help="Write the findings as a page, with pictures of the pages.")  # fmt: skip
@options.knowledge
@options.showing
def check(path: tuple[Path, ...], home: Path | None, baseline: Path | None, **more: Any) -> int:
    """Show all findings: of reading, notes, alignment of languages, and the proof of products.

    Without PATH, the whole series is looked at. A PATH is a file of copy: it is looked at by
    itself, or with -C as a report of that series.
    """
    if more["validate"] and not more["proof"]:
        raise click.UsageError("--validate is about products: it does not go with --no-proof")
    counter = copies.counter(more)
    known: list[Baseline] = []
    prints = Prints()
    if baseline is None or counter.attempt(lambda: known.append(load(baseline))):
        looked = _looked(path, home, counter, more)
        for one in known:
            _leave_out(one, counter, looked.copy, more)
        prints = looked.prints
    if more["report"]:
        counter.attempt(lambda: page.write(more["report"], counter, prints))
    counter.show(more["form"], to_stdout=True)
    return counter.exit()


def _looked(
    paths: Sequence[Path], home: Path | None, counter: Counter, more: dict[str, Any]
) -> Looked:
    """Look at copies and series: at that of `home`, or, if need be, at those that paths are of."""
    of_series = more.pop("of_series")
    if not paths or home is not None:
        return _series(home or Path(), paths, counter, more)
    groups: dict[Path | None, list[Path]] = {}
    for path in paths:
        groups.setdefault(homes.home(path) if of_series else None, []).append(path)
    looked = [
        _copies(group, counter, more) if where is None else _series(where, group, counter, more)
        for where, group in groups.items()
    ]
    if len(looked) == 1:
        return looked[0]
    # Products of several series may have one name: none of them is pictured.
    return Looked({file for one in looked for file in one.copy or ()}, Prints())


def _leave_out(
    baseline: Baseline, counter: Counter, files: set[str] | None, more: dict[str, Any]
) -> None:
    """Take the findings that are known out of the counter, and say how many they were.

    `files`: the copy that was looked at, None where all of a series was.
    """
    findings = sorted(set(counter.findings))
    lines = excerpts(findings)
    new = baseline.new(findings, lines)
    looked = None if more["proof"] else READING
    gone = baseline.gone(findings, lines, looked=looked, among=files)
    counter.findings = new
    if not more["quiet"]:
        left = _many(len(findings) - len(new), "known finding")
        click.echo(f"baseline: {left} left out, {gone} of it gone by now", err=True)


# -- Copies ----------------------------------------------------------------------------------------


class Looked(NamedTuple):
    """What has been looked at: the files of copy (None: all of a series), and the products."""

    copy: set[str] | None
    prints: Prints


def _copies(paths: Sequence[Path], counter: Counter, more: dict[str, Any]) -> Looked:
    """Look at files of copy, those that can be read."""
    readings = copies.read_all(paths, counter, more)
    if len(readings) > 1:
        _beside([reading.report for reading in readings], counter)
    for reading in readings:
        calendar.check(calendar.Subject(reading.report, today()), counter.tell)
    made: dict[str, tuple[Reading, Finished]] = {}
    for reading in readings if more["proof"] else ():
        for kind in KINDS:
            counter.attempt(
                lambda r=reading, k=kind: made.update(_proved(k, r, counter, more["timeout"]))  # type: ignore[misc]
            )
    if more["validate"]:
        _validate(made, counter)
    return Looked({*counter.reports}, page.prints(made))


def _validate(made: Mapping[str, tuple[Reading, Finished]], counter: Counter) -> None:
    from watchpress.build.cache import Cache
    from watchpress.build.validate import validate

    products = [(name, done.data) for name, (_, done) in made.items()]
    status = validate(products, Cache(None), tongue(), counter.tell)
    counter.status = counter.status or status


def _beside(reports: Sequence[tree.Element], counter: Counter) -> None:
    """Compare translations with their originals."""
    from watchpress.checks import alignment  # not wanted where there is one report

    for subject in alignment.pairs_of(reports, _original()):
        alignment.check(subject, counter.tell)


def today() -> date:
    """Return the day in UTC; nothing but what `check` tells depends on it."""
    return datetime.now(UTC).date()


def _original() -> str:
    """Return the language of originals where we are in the folder of a series, "" elsewhere."""
    if not any(Path(name).is_file() for name in SERIES):
        return ""
    from watchpress.series.load import load

    try:
        return str(load(Path(), lambda _: None, styled=False).config.languages[0])
    except Fatal:
        return ""


def _proved(
    kind: Kind, reading: Reading, counter: Counter, seconds: float
) -> dict[str, tuple[Reading, Finished]]:
    work = single.work([reading.report], trim=trim_of("A5"))
    name = str(single.output(work, kind))
    made: list[Diagnostic] = []
    try:
        with limit.within(seconds, name):
            done = single.product(kind, work, files.Styles(), made.append, name=name)
    finally:
        for finding in copies.on(name, made, [reading], counter):
            counter.tell(finding)
    return {name: (reading, done)}


# -- A series --------------------------------------------------------------------------------------


def _series(home: Path, paths: Sequence[Path], counter: Counter, more: dict[str, Any]) -> Looked:
    """Look at a series, or at what `paths` are of it."""
    given = [option for name, option in _GIVEN.items() if more[name] is not None]
    if given:
        raise click.UsageError(f"{given[0]} is about copy: series.toml says what a series holds")
    found: list[Checked] = []
    counter.attempt(lambda: found.append(_checked(home, paths, counter, more)))
    for checked in found:
        counter.enter(checked)
        if not more["quiet"]:
            click.echo(_summary(checked, counter, proof=more["proof"]), err=True)
    prints = found[0].prints if found else Prints()
    copy = {file for one in found for file, key in one.files.items() if key in one.copies}
    return Looked(copy if paths else None, prints)


def _checked(home: Path, paths: Sequence[Path], counter: Counter, more: dict[str, Any]) -> Checked:
    from watchpress.build.check import check as look
    from watchpress.build.options import Options
    from watchpress.build.pool import Limits
    from watchpress.series.load import load

    # Of some copy alone an editor or a commit wants to hear, and not of style sheets.
    series = load(home, counter.tell, styled=more["proof"] or not paths)
    limits = Limits(more["timeout"], more["memory"])
    how = Options(
        more["jobs"],
        proof=more["proof"],
        limits=limits,
        validate=tongue() if more["validate"] else "",
    )
    with progress("checking", counter) as bar:
        return look(series, paths, counter.tell, options=how, progress=bar, today=today())


def _summary(checked: Checked, counter: Counter, *, proof: bool) -> str:
    """Return what has been looked at, in one line."""
    reports = len({number for number, _ in checked.copies})
    parts = [
        f"{_many(reports, 'report')} in {_many(len(checked.copies), 'edition')}",
        f"{_many(checked.compared, 'translation')} compared",
        _products(checked) if proof else "no products",
        _many(len(set(counter.findings)), "finding"),
    ]
    return "checked: " + ", ".join(parts)


def _products(checked: Checked) -> str:
    states: Count[str] = Count(row.state for row in checked.rows)
    known = sum(states.pop(state, 0) for state in _KNOWN)
    names: dict[str, int] = {"known": known, "made now": states.pop("built", 0), **states}
    told = ", ".join(f"{count} {name}" for name, count in names.items() if count)
    count = _many(len(checked.rows), "product") + (" of single reports" if checked.partly else "")
    return f"{count} ({told})" if told else count


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
