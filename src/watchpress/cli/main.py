"""The commands. Each reads its copy, makes or checks something, and shows what was found."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from watchpress import __version__, files
from watchpress.build import report as build
from watchpress.build.verdict import Kind
from watchpress.catalog import Press, Reading
from watchpress.catalog import trim as trim_of
from watchpress.cli import accept as accepting
from watchpress.cli import advice, copies, limit, options, series, stop
from watchpress.cli import check as checking
from watchpress.cli.counter import Counter, tongue
from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.model import ledger, tree
from watchpress.theme import STANDARD

BUG: Final = 70  # exit status: a fault of watchpress itself
INTERRUPTED: Final = 130
USAGE: Final = 2
_PIPES: Final = frozenset({"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="watchpress")
def cli() -> None:
    """Raw copy of numbered-note reports to checked XML, print-ready PDF and EPUB."""


@cli.command()
@click.argument("copy", type=options.COPY)
@click.option("-o", "--output", type=options.OUT, help="XML file; standard output without it.")
@click.option("--losses", type=options.OUT, help="Where to list what is not in the XML (JSON).")
@options.timeout
@options.knowledge
@options.showing
def read(copy: Path, output: Path | None, losses: Path | None, **more: Any) -> int:
    """Copy to normalized XML, valid against the profile."""
    counter = copies.counter(more)

    def step() -> None:
        reading = copies.read(copy, counter, more)
        data = tree.serialize(_portable(reading.report))
        if losses:
            files.replace(losses, _losses(reading))
        if output:
            files.replace(output, data)
        else:
            sys.stdout.buffer.write(data)

    counter.attempt(step)
    return _close(counter, more, taken=output is None)


@cli.command()
@click.argument("copy", type=options.COPY)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
@click.option("--no-color", is_flag=True, help="No colours.")
@options.fail_on
@options.timeout
@options.knowledge
def notes(copy: Path, form: str, **more: Any) -> int:
    """Show the note ledger: label, number, state, where cited, text, links."""
    counter = copies.counter(more)

    def step() -> None:
        entries = ledger.entries(copies.read(copy, counter, more).report)
        if form == "json":
            import json

            click.echo(json.dumps([_row(e) for e in entries], ensure_ascii=False, indent=2))
        else:
            _table(entries)

    counter.attempt(step)
    return _close(counter, {**more, "form": "full"}, taken=True)


@cli.command()
@click.argument("copy", type=options.COPY, nargs=-1, required=True)
@click.option("-o", "--output", type=options.OUT, help="PDF file; NNN.lang.pdf without it.")
@click.option("--profile", type=click.Choice(["screen", "press", "archive", "draft"]),
              default="screen", show_default=True, help="What the PDF is for.")  # fmt: skip
@click.option("--trim", type=options.TrimType(), default="A5", show_default=True,
              help="A4, A5, B5, B6, letter or WxH in mm.")  # fmt: skip
@click.option("--theme", default=STANDARD, show_default=True,
              help="The design: report, journal, large-print, or one of your own.")  # fmt: skip
@options.printing
@click.option("--styles", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Folder with style sheets of your own.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Write nothing where there is an error.")
@click.option("--proof/--no-proof", default=True, help="Read the product back and compare.")
@options.timeout
@options.knowledge
@options.showing
def pdf(copy: tuple[Path, ...], **more: Any) -> int:
    """Printable PDF of one report (several: in this order, one file)."""
    profile = more["profile"]
    press, booklet = options.press(profile, more), options.booklet(profile, more)
    return _product("pdf", copy, {**more, "press": press, "booklet": booklet})


@cli.command()
@click.argument("copy", type=options.COPY, nargs=-1, required=True)
@click.option("-o", "--output", type=options.OUT, help="EPUB file; NNN.lang.epub without it.")
@click.option("--styles", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Folder with style sheets of your own.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Write nothing where there is an error.")
@click.option("--proof/--no-proof", default=True, help="Read the product back and compare.")
@click.option("--fonts", is_flag=True, help="Let the book bring its Latin type along.")
@options.timeout
@options.knowledge
@options.showing
def epub(copy: tuple[Path, ...], **more: Any) -> int:
    """EPUB 3 of one report or several."""
    return _product("epub", copy, more)


def _product(kind: Kind, copy: Sequence[Path], more: dict[str, Any]) -> int:
    counter = copies.counter(more)
    readings = copies.read_all(copy, counter, more)
    if len(readings) == len(copy) and not (more["strict"] and _errors(counter.findings)):
        counter.attempt(lambda: _write(kind, readings, counter, more))
    piped = more["output"] is not None and str(more["output"]) in _PIPES
    return _close(counter, more, taken=piped)


def _write(kind: Kind, readings: Sequence[Reading], counter: Counter, more: dict[str, Any]) -> None:
    """Make the product, prove it, and only then put it in place of the old one."""
    styles = _styles(more["styles"], counter)
    work = build.work(
        [reading.report for reading in readings],
        trim=more.get("trim") or trim_of("A5"),
        profile=more.get("profile", "screen"),
        findings=counter.findings,
        press=more.get("press") or Press(),
        booklet=more.get("booklet"),
        fonts=more.get("fonts", False),
    )
    if name := more.get("theme"):
        from watchpress.series import themes

        chosen = themes.load(name, styles, Place("--theme"), counter.tell)
        work = dataclasses.replace(work, theme=chosen)
    made: list[Diagnostic] = []
    output = more["output"] or build.output(work, kind)
    try:
        with limit.within(more["timeout"] * len(readings), str(output)):
            done = build.product(
                kind, work, styles, made.append, proof=more["proof"], name=str(output)
            )
    finally:
        for finding in copies.on(str(output), made, readings, counter):
            counter.tell(finding)
    if more["strict"] and _errors(made):
        return
    files.replace(output, done.data)
    for end in done.papers if output.is_file() else ():  # a pipe has nothing beside it
        files.replace(output.with_suffix(f".{end}"), done.paper(end))


def _styles(folder: Path | None, counter: Counter) -> files.Styles:
    """Return the style sheets, those of one's own looked at; Fatal where one would do harm."""
    if folder is not None:
        from watchpress.series import sheets

        sheets.check(folder, counter.tell)
    return files.Styles(folder)


@cli.command()
@click.argument("copy", type=options.COPY)
@click.option("--jats", is_flag=True, required=True, help="JATS Publishing 1.1, without wp:*.")
@click.option("-o", "--output", type=options.OUT, help="File; standard output without it.")
@options.timeout
@options.knowledge
@options.showing
def export(copy: Path, output: Path | None, **more: Any) -> int:
    """Write a report for other systems: JATS Publishing XML."""
    counter = copies.counter(more)

    def step() -> None:
        data = build.export(copies.read(copy, counter, more).report)
        if output:
            files.replace(output, data)
        else:
            sys.stdout.buffer.write(data)

    counter.attempt(step)
    return _close(counter, more, taken=output is None)


cli.add_command(checking.check)
cli.add_command(advice.explain)
cli.add_command(advice.doctor)
cli.add_command(accepting.accept)
cli.add_command(series.build)
cli.add_command(series.offprint)
cli.add_command(series.status)
cli.add_command(series.clean)


def _close(counter: Counter, more: dict[str, Any], *, taken: bool = False) -> int:
    """Show what was found; `taken`: standard output has a product, and nothing else."""
    counter.show(more["form"], taken=taken)
    return counter.exit()


def _errors(findings: Sequence[Diagnostic]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _portable(report: tree.Element) -> tree.Element:
    """Name the source without its folder: the XML is the same wherever the copy lay."""
    report.set(tree.SOURCE, Path(str(report.get(tree.SOURCE))).name)
    return report


def _losses(reading: Reading) -> bytes:
    import json

    rows = []
    for loss in reading.losses:
        finding = remark(loss.code, tree.place(reading.report))
        rows.append({**vars(loss), "reason": finding.say("why", tongue())})
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def _row(entry: ledger.Entry) -> dict[str, object]:
    places = [{"line": place.line, "column": place.column} for place in entry.cited]
    return {**vars(entry), "cited": places, "urls": list(entry.urls)}


def _table(entries: Sequence[ledger.Entry]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("label", "state", "cited at", "line", "text", box=None, pad_edge=False)
    table.add_column("links", overflow="fold")
    for entry in entries:
        cited = " ".join(f"{place.line}:{place.column}" for place in entry.cited)
        links = "\n".join(entry.urls)
        text = entry.text
        for url in entry.urls:
            text = text.replace(url, "").strip()
        table.add_row(entry.label, entry.state, cited, str(entry.line), text, links)
    Console(soft_wrap=False, highlight=False, markup=False).print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the documented status; see `watchpress --help`."""
    try:
        status = cli.main(args=arguments, prog_name="watchpress", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        status = USAGE
    except (click.Abort, KeyboardInterrupt):  # where nobody listens to signals
        click.echo(stop.WORDS, nl=False, err=True)
        status = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    except Exception:  # noqa: BLE001  # the last line of defence: a bug, said to be one
        import traceback

        traceback.print_exc()
        click.echo("watchpress: this is a bug, please report it with the lines above", err=True)
        status = BUG
    sys.exit(status if isinstance(status, int) else 0)
