"""The commands on a whole series: build its editions, show where it stands, clean up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from watchpress.cli import options
from watchpress.cli.counter import MACHINE, Counter
from watchpress.cli.progress import progress

# The rooms of a series are imported inside the functions: no other command pays for them.
if TYPE_CHECKING:
    from watchpress.build.rows import Built, Row
    from watchpress.build.status import Cell, Matrix

_COLOURS: Final = {"stale": "yellow", "unaligned": "yellow", "missing": "red", "unreadable": "red"}
_SIGNS: Final = {"unchanged": "dim", "held": "yellow", "failed": "red", "refused": "red"}


@click.command()
@click.argument("edition", nargs=-1)
@options.home
@options.processes
@click.option("--strict", is_flag=True, help="Keep back products in which there is an error.")
@click.option("--proof/--no-proof", default=True, help="Read each product back and compare.")
@click.option("--trim", type=options.TrimType(), help="Of the specimen: A5, B6, 140x210, ...")
@click.option("--theme", help="Of the specimen: report, journal, large-print or one of yours.")
@click.option("--grid", is_flag=True, help="Of the specimen: draw the base lines.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of series.toml, and no more.")
@options.showing
def build(edition: tuple[str, ...], home: Path, *, schema: bool, **more: Any) -> int:
    """Build the editions in series.toml (or those named) into dist/.

    The edition `specimen` is there without a series, too: a volume of all that can be set.
    """
    if schema:
        from watchpress.series import schema as room

        click.echo(room.text(), nl=False)
        return 0
    counter = _counter(more)
    built: list[Built] = []
    counter.attempt(lambda: built.extend(_built(home, edition, counter, more)))
    for one in built:
        counter.enter(one)
        if one.rows and not more["quiet"]:
            _summary(one.rows, more)
    counter.show(more["form"])
    return counter.exit()


def _built(
    home: Path, names: Sequence[str], counter: Counter, more: dict[str, Any]
) -> Iterator[Built]:
    from watchpress.build import series as room
    from watchpress.build import specimen
    from watchpress.build.pool import Limits
    from watchpress.series.load import load

    series, names = specimen.told(home, names, counter.tell)
    if series is None and any(more[name] for name in ("trim", "theme", "grid")):
        raise click.UsageError("--trim, --theme and --grid are of the specimen: build specimen")
    limits = Limits(more["timeout"], more["memory"])
    how = room.Options(more["jobs"], more["strict"], more["proof"], limits)
    with progress("building", counter) as bar:
        if series is None or names:
            own = load(home, counter.tell)
            yield room.build(own, names, counter.tell, options=how, progress=bar)
        if series is not None:
            shown = specimen.Shown(more["trim"], more["grid"], more["theme"] or "")
            yield specimen.build(series, shown, counter.tell, options=how, progress=bar)


@click.command()
@click.argument("number", type=click.IntRange(1, 9999))
@click.option("--of", "volume", required=True, help="The volume whose pages it has.")
@click.option("--lang", type=click.Choice(["en", "ja", "ko"]),
              help="Language of the report; that of the original without it.")  # fmt: skip
@click.option(
    "-o", "--output", type=options.OUT, help="PDF file; 2025.042.en.offprint.pdf without."
)
@options.home
@click.option("--strict", is_flag=True, help="Write nothing where there is an error.")
@click.option("--proof/--no-proof", default=True, help="Read the product back and compare.")
@options.showing
def offprint(number: int, volume: str, home: Path, *, output: Path | None, **more: Any) -> int:
    """Write one report of a volume by itself: its pages, and a line that says where they are."""
    counter = _counter(more)

    def step() -> None:
        from watchpress import files
        from watchpress.build import series as room
        from watchpress.series.load import load

        series = load(home, counter.tell)
        key = (number, more["lang"] or series.config.languages[0])
        how = room.Options(proof=more["proof"])
        with progress("cutting", counter) as bar:
            name, data = room.offprint(series, key, volume, counter.tell, options=how, progress=bar)
        if not (more["strict"] and any(one.severity == "error" for one in counter.findings)):
            files.replace(output or Path(name), data)

    counter.attempt(step)
    counter.show(more["form"])
    return counter.exit()


def _counter(more: dict[str, Any]) -> Counter:
    return options.counter(
        quiet=more["quiet"],
        verbose=more["verbose"],
        fail_on=more["fail_on"],
        no_color=more["no_color"],
    )


def _summary(rows: Sequence[Row], more: dict[str, Any]) -> None:
    """Print what became of each product; beside the standard output of a format for machines."""
    from rich.console import Console
    from rich.table import Table

    table = Table("product", "state", box=None, pad_edge=False)
    for name in ("pages", "size", "seconds", "cached", "findings"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(row.product, row.state, *_figures(row), style=_SIGNS.get(row.state, ""))
    aside = more["form"] in MACHINE
    console = Console(
        no_color=more["no_color"] or None, highlight=False, markup=False, stderr=aside
    )
    if not console.is_terminal:
        console.width = 120  # a pipe has no width: nothing is cut
    console.print(table)


def _figures(row: Row) -> tuple[str, ...]:
    """Return the figures of a row as words; those that do not apply are left out."""
    return (
        str(row.pages or ""),
        f"{row.size / 1000:,.0f} kB" if row.size else "",
        f"{row.seconds:.1f}" if row.seconds else "",
        f"{row.hits}/{row.asked}" if row.asked else "",
        str(row.findings),
    )


@click.command()
@options.home
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How the matrix is shown.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
@click.option("--no-color", is_flag=True, help="No colours.")
def status(home: Path, form: str, *, quiet: bool, no_color: bool) -> int:
    """Show which report is there in which language, and which translation is behind."""
    counter = options.counter(quiet=quiet, verbose=False, fail_on="error", no_color=no_color)
    found: list[Matrix] = []
    counter.attempt(lambda: found.append(_status(home, counter)))
    for matrix in found:
        counter.reports.update(matrix.files)
        counter.status = counter.status or matrix.status
        if form == "json":
            click.echo(json.dumps(list(map(_cell, matrix.cells)), ensure_ascii=False, indent=2))
        else:
            _matrix(matrix, no_color=no_color)
    counter.show("full")
    return counter.exit()


def _status(home: Path, counter: Counter) -> Matrix:
    from watchpress.build.options import memory
    from watchpress.build.status import status as survey
    from watchpress.series.load import load

    series = load(home, counter.tell)
    return survey(series, memory(series), counter.tell)


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "number": cell.number,
        "lang": cell.language,
        "state": cell.state,
        "issued": cell.issued or None,
        "file": cell.file or None,
    }


def _matrix(matrix: Matrix, *, no_color: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("number", "issued", *matrix.languages, box=None, pad_edge=False)
    width = len(matrix.languages)
    for start in range(0, len(matrix.cells), width):
        cells = matrix.cells[start : start + width]
        issued = next((cell.issued for cell in cells if cell.issued), "")
        states = [f"[{_COLOURS.get(c.state, 'default')}]{c.state}[/]" for c in cells]
        table.add_row(str(cells[0].number), issued, *states)
    Console(no_color=no_color or None, highlight=False).print(table)


@click.command()
@options.home
def clean(home: Path) -> int:
    """Remove the products in dist/ that `build` made, and what it keeps from run to run."""
    counter = options.counter(quiet=False, verbose=False, fail_on="error", no_color=False)

    def step() -> None:
        from watchpress.build import series as room
        from watchpress.series.load import load

        for name in room.clean(load(home, counter.tell)):
            click.echo(f"removed {name}")

    counter.attempt(step)
    counter.show("full")
    return counter.exit()
