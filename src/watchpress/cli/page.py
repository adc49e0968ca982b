"""The page for editors: all findings of a run in one file, with pictures of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from watchpress import files
from watchpress.build.sights import Prints, sights
from watchpress.build.verdict import Finished
from watchpress.catalog import Reading
from watchpress.cli.counter import Counter, excerpts, tongue
from watchpress.model import tree
from watchpress.view import View


def write(out: Path, counter: Counter, prints: Prints) -> None:
    """Put the page at `out`, with all that has been found, and that nothing has where that is so.

    Raises Fatal D104 (status 6) where it cannot be written.
    """
    from watchpress.formats.html import render

    findings = sorted(set(counter.findings))
    lines = excerpts(findings)
    known = (counter.reports, lines, counter.editions, counter.holds)
    view = View(tongue(), False, False, *known, sights(findings, lines, prints))
    files.replace(out, render(findings, view).encode())


def prints(made: Mapping[str, tuple[Reading, Finished]]) -> Prints:
    """Return the products that were made of copies, by their names, for the page to ask."""
    holding: dict[str, list[str]] = {}
    for name, (reading, product) in made.items():
        if product.pages:
            holding.setdefault(str(reading.report.get(tree.SOURCE)), []).append(name)
    return Prints(
        lambda name: made[name][1].data if name in made else None,
        lambda name: made[name][1].galley if name in made else None,
        holding,
    )
