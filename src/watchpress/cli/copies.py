"""The copy that a command is given: read, with what the options know of it, and taken down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from watchpress.build import report as build
from watchpress.catalog import Reading
from watchpress.cli import limit, options
from watchpress.cli.counter import Counter
from watchpress.diagnostic import Diagnostic
from watchpress.model import tree


def counter(more: dict[str, Any]) -> Counter:
    """Return the counter of a run, from the options of its command."""
    return options.counter(
        quiet=more["quiet"],
        verbose=more.get("verbose", False),
        fail_on=more["fail_on"],
        no_color=more.get("no_color", False),
    )


def read(copy: Path, counter: Counter, more: dict[str, Any]) -> Reading:
    """Return what one file holds; tells the counter what was found. Raises what reading raises."""
    known = [more[name] for name in ("lang", "number", "issued", "headline", "series")]
    with limit.within(more["timeout"], str(copy)):
        reading = build.report(options.source(copy, *known), counter.tell)
    counter.take(reading)
    return reading


def read_all(copy: Sequence[Path], counter: Counter, more: dict[str, Any]) -> list[Reading]:
    """Read every file; one that cannot be read does not keep the others from being looked at."""
    for name in ("number", "headline"):
        if more[name] is not None and len(copy) > 1:
            raise click.UsageError(f"--{name} is about one report: give one file with it")
    readings: list[Reading] = []
    for path in copy:
        counter.attempt(lambda path=path: readings.append(read(path, counter, more)))  # type: ignore[misc]
    return readings


def on(
    product: str, found: Sequence[Diagnostic], readings: Sequence[Reading], counter: Counter
) -> Iterator[Diagnostic]:
    """Yield findings, those on a page with its product; the counter learns what that holds."""
    if len(readings) == 1:
        counter.holds[product] = counter.reports[readings[0].report.get(tree.SOURCE, "")]
    for one in found:
        yield replace(one, product=product) if one.page else one
