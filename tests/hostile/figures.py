"""What is measured of bad input and faults: `python -m hostile.figures` prints the table.

A room of this folder that measures has `figures(full)`: it yields what it found, in full size or,
for the tests of every day, as a slice of it. `alone` is what WeasyPrint and EbookLib do by
themselves with the same: measured in the same run where it can be, else as found when last
measured, which then is said.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
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
    "fuzz",
)


@dataclass(frozen=True)
class Figure:
    """One promise, how often it was tried, how often it was broken, and by the libraries alone."""

    promise: str
    tried: int
    broken: int
    alone: str = "-"
    note: str = ""


def measured(rooms: list[str], *, full: bool) -> Iterator[Figure]:
    for name in rooms:
        started = perf_counter()
        yield from import_module(f"hostile.{name}").figures(full)
        sys.stderr.write(f"{name}: {perf_counter() - started:.0f} s\n")


def table(figures: list[Figure]) -> str:
    rows = ["| promise | tried | broken | WeasyPrint and EbookLib alone |", "|---|--:|--:|---|"]
    for one in figures:
        said = f"{one.promise} ({one.note})" if one.note else one.promise
        rows.append(f"| {said} | {one.tried:,} | {one.broken:,} | {one.alone} |")
    return "\n".join(rows) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", help=f"which: {', '.join(ROOMS)}; all by default")
    parser.add_argument("--slice", action="store_true", help="as the tests of every day have it")
    given = parser.parse_args()
    found = list(measured(given.rooms or list(ROOMS), full=not given.slice))
    sys.stdout.write(table(found))
    return int(any(one.broken for one in found))


if __name__ == "__main__":
    sys.exit(main())
