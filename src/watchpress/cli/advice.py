"""The commands that advise: what a code means, what the machine has and lacks."""

from __future__ import annotations

import json
from typing import Final

import click

from watchpress.cli.counter import Counter, tongue
from watchpress.diagnostic import TONGUES, codes

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


@click.command()
@click.option("--install", is_flag=True, help="Install what is missing, where that is allowed.")
@click.option(
    "--for",
    "purpose",
    type=click.Choice(["pdf", "epub", "demo", "test"]),
    default=None,
    help="Look only at what this needs.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def doctor(purpose: str | None, *, install: bool, as_json: bool) -> int:
    """Show what is installed, what is missing, and the line that installs it."""
    from watchpress import doctor as ward

    counter = Counter()
    if install:
        ward.install(purpose or "demo", counter.tell)
    parts = ward.survey(purpose or "")
    lacking = [part for part in parts if part.lacks(purpose or "")]
    if lacking and not install:
        counter.tell(ward.missing(lacking, purpose or "everything"))
    if as_json:
        rows = [{"name": p.name, "version": p.version, "needed": p.needed} for p in parts]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not install:
        for part in parts:
            click.echo(f"{part.name:<16} {part.version or '-':<28} {', '.join(part.needed)}")
    counter.show("full")
    return MISSING if lacking else 0
