"""`accept`: the layout of products as it is today is what later checks compare with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watchpress.cli import options
from watchpress.cli.copies import counter as counter_of
from watchpress.cli.counter import Counter
from watchpress.cli.progress import progress

if TYPE_CHECKING:
    from watchpress.build.accept import Taken


@click.command()
@click.argument("edition", nargs=-1)
@options.home
@options.processes
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
@options.showing
def accept(edition: tuple[str, ...], home: Path, *, diff: bool, **more: Any) -> int:
    """Accept the layout of the PDFs as it is now: later checks tell what has moved.

    Without EDITION, those of all editions. The layout of each PDF is written to a text file in the
    folder `layout` beside series.toml: keep these files with the copy.
    """
    counter = counter_of(more)
    taken: list[Taken] = []
    counter.attempt(lambda: taken.extend(_accepted(home, edition, counter, diff, more)))
    for one in taken:
        counter.status = counter.status or one.status
        if diff:
            click.echo(one.diff, nl=False)
        elif not more["quiet"]:
            pages = f", {one.pages} {'page' if one.pages == 1 else 'pages'}" if one.pages else ""
            click.echo(f"{one.state:9}  {one.product}{pages}")
    if not taken and not counter.findings:
        click.echo("nothing to accept: no edition has pages", err=True)
    counter.show(more["form"])
    return counter.exit()


def _accepted(
    home: Path, names: tuple[str, ...], counter: Counter, look: bool, more: dict[str, Any]
) -> list[Taken]:
    from watchpress.build.accept import accept as take
    from watchpress.build.options import Options
    from watchpress.build.pool import Limits
    from watchpress.series.load import load

    series = load(home, counter.tell)
    how = Options(more["jobs"], limits=Limits(more["timeout"], more["memory"]))
    with progress("accepting", counter) as bar:
        return take(series, names, counter.tell, options=how, progress=bar, look=look)
