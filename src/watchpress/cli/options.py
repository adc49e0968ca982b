"""The options that commands share, and how their words become values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from watchpress.catalog import BINDING, BLEED, CREEP, Booklet, Marks, Press, Source, Trim, trim
from watchpress.cli.counter import FORMATS, Counter

Command = TypeVar("Command", bound=Callable[..., Any])

COPY = click.Path(path_type=Path, allow_dash=True)
OUT = click.Path(path_type=Path, dir_okay=False)


class TrimType(click.ParamType[Trim]):
    """A trim by name or in mm."""

    name = "trim"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Trim:
        """Return the trim that `value` names; fails with what is allowed."""
        try:
            return trim(str(value))
        except ValueError as fault:
            self.fail(str(fault), param, ctx)


class DateType(click.ParamType[date]):
    """A day as YYYY-MM-DD (ISO 8601)."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails where `value` is none."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 2021-06-12", param, ctx)


def knowledge(command: Command) -> Command:
    """Add the options that say what the copy does not."""
    for option in (
        click.option("--lang", type=click.Choice(["en", "ja", "ko"]), help="Language of the copy."),
        click.option("--number", type=click.IntRange(1, 9999), help="Number of the report."),
        click.option("--date", "issued", type=DateType(), help="Issue date."),
        click.option("--headline", help="Headline, where the copy has none."),
        click.option("--series", help="Name of the series, where the copy has none."),
    ):
        command = option(command)
    return command


def showing(command: Command) -> Command:
    """Add the options on findings: which format, and from which severity a run fails."""
    for option in (
        click.option(
            "--format", "form", type=click.Choice(FORMATS), default="full", show_default=True,
            help="How findings are shown.",
        ),
        fail_on,
        click.option("-q", "--quiet", is_flag=True, help="Show errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Say why each finding matters."),
        click.option("--no-color", is_flag=True, help="No colours."),
    ):  # fmt: skip
        command = option(command)
    return command


timeout = click.option(
    "--timeout", type=click.FloatRange(0, 86400), default=120, show_default=True,
    metavar="SECONDS", help="Stop a report that takes longer; 0: never.",
)  # fmt: skip


def processes(command: Command) -> Command:
    """Add the options on the processes that work on a series: how many, and what each may take."""
    for option in (
        click.option(
            "--memory", type=click.IntRange(0), default=4000, show_default=True, metavar="MB",
            help="Stop a report that needs more memory (Linux); 0: never.",
        ),
        timeout,
        click.option(
            "--jobs", type=click.IntRange(1, 64), help="Processes at a time; default: cores."
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def printing(command: Command) -> Command:
    """Add the options of the profile press: lengths in mm."""
    for option in (
        click.option("--bleed", type=click.FloatRange(*BLEED),
                     help="Press: drawn beyond the trim; 3 mm."),
        click.option("--binding", type=click.FloatRange(*BINDING),
                     help="Press: more margin at the spine than outside; 4 mm."),
        click.option("--marks", type=click.Choice(get_args(Marks)), help="Press: crop marks."),
        click.option("--intent", help="Press: printing condition, FOGRA39 or an ICC file."),
        click.option("--paper", help="Press: the paper, for the job ticket."),
        click.option("--creep", type=click.FloatRange(*CREEP),
                     help="Booklet: the thickness of a sheet in mm; 0.1."),
        click.option("--booklet", is_flag=True,
                     help="Two pages beside each other, to be printed on both sides and stapled."),
    ):  # fmt: skip
        command = option(command)
    return command


def press(profile: str, more: dict[str, Any]) -> Press:
    """Return what the options of `printing` say, and take them out of `more`."""
    given = {name: more.pop(name) for name in ("bleed", "binding", "marks", "intent", "paper")}
    said = {name: value for name, value in given.items() if value is not None}
    if more["booklet"]:
        more["marks"] = said.pop("marks", "none")
    if said and profile != "press":
        raise click.UsageError(f"--{next(iter(said))} is about --profile press")
    return Press(**said)


def booklet(profile: str, more: dict[str, Any]) -> Booklet | None:
    """Return how pages are imposed, None where they are not."""
    asked, creep, marks = (more.pop(name, None) for name in ("booklet", "creep", "marks"))
    if not asked:
        if creep is not None:
            raise click.UsageError("--creep is about --booklet")
        return None
    if profile != "screen":
        raise click.UsageError(f"--booklet is for the office printer, not for --profile {profile}")
    return Booklet(Booklet.creep if creep is None else creep, marks)


home = click.option(
    "-C", "home", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="SERIES",
    help="Folder of the series: where reports/series.toml is.",
)  # fmt: skip

fail_on = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="From which severity on the exit status is 1.",
)


def source(
    path: Path,
    lang: str | None,
    number: int | None,
    issued: date | None,
    headline: str | None,
    series: str | None,
) -> Source:
    """Return the source of one file of copy."""
    return Source(path, lang, number, issued, headline, series)


def counter(*, quiet: bool, verbose: bool, fail_on: str, no_color: bool) -> Counter:
    """Return the counter of a run."""
    return Counter(quiet, verbose, fail_on, False if no_color else None)
