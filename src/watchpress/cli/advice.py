"""The commands that advise: what a code means, what the machine has and lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from watchpress.cli import stop
from watchpress.cli.counter import tongue
from watchpress.diagnostic import TONGUES, Diagnostic, codes

if TYPE_CHECKING:
    from watchpress.doctor import Part

USAGE: Final = 2
MISSING: Final = 4  # exit status: something needed is not installed


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Explain a CODE (N101 or note-missing); without one, list all of them."""
    known = codes()
    if code is None:
        for key, entry in sorted(known.items()):
            click.echo(f"{key}  {entry['severity']:<8}{entry['name']}")
        return 0
    found = next((k for k, e in known.items() if code.lower() in {k.lower(), e["name"]}), None)
    if found is None:
        click.echo(f"watchpress: there is no code {code}; `watchpress explain` lists all", err=True)
        return USAGE
    entry = known[found]
    click.echo(f"{found} {entry['name']} ({entry['severity']})")
    for speech in dict.fromkeys((tongue(), *TONGUES)):
        click.echo("")
        for part in ("words", "why", "fix"):
            click.echo(f"  {part + ':':<7}{entry[speech][part]}")
    return 0


@click.command("doctor")
@click.option("--install", is_flag=True, help="Install what is missing, where that is allowed.")
@click.option("--for", "purpose",
              type=click.Choice(["pdf", "press", "large-print", "epub", "demo", "test"]),
              help="Only what this needs.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The parts as JSON, with install lines.")
def doctor(purpose: str | None, *, install: bool, as_json: bool) -> int:
    """Show what is installed, what is missing, and the line that installs it."""
    from watchpress import doctor as ward

    wanted = purpose or "demo"  # what an editor needs; what only tests need is shown, no more
    if install:
        with stop.gently():
            ward.install(wanted, _say)
    parts = ward.survey(purpose or "")
    lacking = [part for part in parts if part.lacks(wanted)]
    if as_json:
        import json

        rows = [{**_row(part), "install": ward.lines(part)} for part in parts]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not install or lacking:
        for part in parts:
            needed = ", ".join(part.needed) or "nothing, but welcome"
            version = part.version or (f"{part.old}: too old" if part.old else "missing")
            click.echo(f"{part.name:<16} {version:<24} needed for: {needed}")
    if lacking and not install:
        _say(ward.missing(lacking, wanted))
    return MISSING if lacking else 0


def _row(part: Part) -> dict[str, object]:
    return {"name": part.name, "version": part.version, "needed": list(part.needed)}


def _say(finding: Diagnostic) -> None:
    """Print a finding as it comes: installing takes minutes, and silence looks like a hang."""
    words = finding.say("words", tongue())
    name = f"{finding.severity} {finding.code} {finding.name}"
    click.echo(f"{finding.place}: {name}: {words}", err=True)
    if finding.severity != "info":
        click.echo(f"    = {finding.say('fix', tongue())}", err=True)
