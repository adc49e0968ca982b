"""What is measured of bad input and faults: `python -m hostile.figures` prints the tables.

A room of this folder that measures has `figures(full)`: it yields what it found, in full size or,
for the tests of every day, as a slice of it. `alone` is what WeasyPrint and EbookLib do by
themselves with the same: measured in the same run where it can be, else as found when last
measured, which then is said.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from time import perf_counter

ROOMS = (
    "texts",
    "notes",
    "files",
    "kills",
    "disks",
    "crowds",
    "worlds",
    "network",
    "batches",
    "judges",
    "fuzz",
)

CATALOGUE = ("texts", "notes", "files")  # rooms whose promises are rows of inputs
PAGE = Path(__file__).parents[2] / "docs" / "bad-input.md"


@dataclass(frozen=True)
class Figure:
    """One promise, how often it was tried, how often it was broken, and by the libraries alone."""

    promise: str
    tried: int
    broken: int
    alone: str = "-"
    note: str = ""


def untried(promise: str, why: str) -> Figure:
    """Return the row of a promise that cannot be tried on this machine: it says why."""
    return Figure(promise, 0, 0, note=f"not tried here: {why}")


def table(figures: list[Figure]) -> str:
    rows = ["| promise | tried | broken | WeasyPrint and EbookLib alone |", "|---|--:|--:|---|"]
    for one in figures:
        said = f"{one.promise} ({one.note})" if one.note else one.promise
        rows.append(f"| {said} | {one.tried:,} | {one.broken:,} | {one.alone} |")
    return "\n".join(rows) + "\n"


def put(page: str, room: str, found: str) -> str:
    """Return the page with the table of a room, and the day, in the place of the one it has."""
    marks = f"<!-- {room} -->", f"<!-- /{room} -->"
    before, _, rest = page.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    assert end, f"{PAGE} has no place for {room}"
    return f"{before}{marks[0]}\nMeasured on {date.today()}.\n\n{found}{marks[1]}{after}"


def catalogue() -> str:
    """Return how many inputs the catalogue has, in how many rows."""
    rows = [row for room in CATALOGUE for row in import_module(f"hostile.{room}").ROWS]
    count = sum(len(row.inputs(True)) for row in rows)
    return f"The catalogue has {count:,} inputs in {len(rows)} rows.\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", help=f"which: {', '.join(ROOMS)}; all by default")
    parser.add_argument("--slice", action="store_true", help="as the tests of every day have it")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    given = parser.parse_args()
    broken = 0
    for room in given.rooms or ROOMS:
        started = perf_counter()
        found = []
        for one in import_module(f"hostile.{room}").figures(not given.slice):
            found.append(one)
            sys.stderr.write(f"{one.promise}: {one.tried:,} tried, {one.broken:,} broken\n")
        sys.stderr.write(f"{room}: {perf_counter() - started:.0f} s\n")
        sys.stdout.write(table(found))
        sys.stdout.flush()
        broken += sum(one.broken for one in found)
        if given.write:
            PAGE.write_text(put(PAGE.read_text("utf-8"), room, table(found)), "utf-8")
    if not given.slice:
        count = catalogue()
        sys.stdout.write(count)
        if given.write:
            PAGE.write_text(put(PAGE.read_text("utf-8"), "catalogue", count), "utf-8")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
