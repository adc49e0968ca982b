"""The matrix of a series: for each number and language, whether it is there, and is up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from watchpress.build.cache import Cache
from watchpress.build.compare import compare
from watchpress.build.pool import Pool
from watchpress.build.shelf import Shelf
from watchpress.build.shelf import read as shelve
from watchpress.diagnostic import Diagnostic, Tell
from watchpress.series import reading
from watchpress.series.load import Series
from watchpress.series.waive import Waivers

# missing: no copy. unreadable: copy that was refused. stale: older than its original. unaligned: it
# does not say what its original says.
State: TypeAlias = Literal["present", "missing", "unreadable", "stale", "unaligned"]
Key: TypeAlias = tuple[int, str]  # number and language

STALE: Final = frozenset({"A115", "A116"})  # what the verdict says of a translation that is older


@dataclass(frozen=True)
class Cell:
    """One number in one language: what is with it, its issue date, its file ("" where unknown)."""

    number: int
    language: str
    state: State
    issued: str = ""
    file: str = ""


@dataclass(frozen=True)
class Matrix:
    """The cells, by number and then language; which report each file holds; the exit status."""

    languages: tuple[str, ...]
    cells: tuple[Cell, ...]
    files: Mapping[str, Key]
    status: int = 0


def status(series: Series, cache: Cache, tell: Tell) -> Matrix:
    """Return the matrix of a series. Tells what keeps copy from being read, or from being taken."""
    copies = reading.copies(series, tell)
    tags = tuple(str(tag) for tag in series.config.languages)
    with Pool() as pool:
        shelf = shelve(copies, cache, pool, lambda _: None)
        beside = compare(shelf, tags[0], cache, pool)
    for refused in shelf.refused.values():
        for finding in refused.findings:
            tell(finding)
    waivers = Waivers(series, shelf.files)
    numbers = sorted({number for number, _ in shelf.copies})
    kept = {key: waivers.kept(found) for key, found in beside.items()}
    cells = tuple(_cell((n, tag), shelf, kept.get((n, tag), ())) for n in numbers for tag in tags)
    statuses = (one.status for one in shelf.refused.values())
    return Matrix(tags, cells, shelf.files, next(statuses, 0))


def _cell(key: Key, shelf: Shelf, found: Sequence[Diagnostic]) -> Cell:
    """Return the cell of a report; `found`: what of it is not as in its original.

    A paragraph that was split or joined (a finding that only informs) says the same.
    """
    copy, read = shelf.copies.get(key), shelf.reads.get(key)
    if copy is None:
        return Cell(*key, "missing")
    if read is None:
        return Cell(*key, "unreadable", file=copy.source.name)
    state: State = "present"
    if any(one.code in STALE for one in found):
        state = "stale"
    elif any(one.severity != "info" for one in found):
        state = "unaligned"
    return Cell(*key, state, read.issued, copy.source.name)
