"""A batch with poison in it: four reports cost themselves only, the others are made."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from hostile import crowds, runs
from hostile.figures import Figure
from watchpress.build import run as room
from watchpress.build.make import Made, Single, make
from watchpress.build.pool import Limits
from watchpress.build.series import Options, build
from watchpress.diagnostic import Diagnostic
from watchpress.series.load import load

SECONDS, MEMORY = 15, 1500
# Each with the code that is to be told of it. A style sheet that never comes to its end is a real
# one: variables of CSS that double thirty times. The others do what bad input does to a library.
POISON = {"hang": "X302", "memory": "X303", "crash": "X301", "killed": "X301"}
BOMB = (
    "<style>p{--v0:'x';"
    + "".join(f"--v{n}:var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 31))
    + "} p::before{content:var(--v30)}</style><p>The boats wait.</p>"
)


def poisoned(order: Single) -> Made:
    """Make one product in a process of the pool, but for those whose turn it is to do harm."""
    number = int(order.file.partition(".")[0])
    harm = os.environ["POISON"].split(",")
    if str(number) in harm:
        _harm(tuple(POISON)[harm.index(str(number))])
    return make(order)


def _harm(kind: str) -> None:
    if kind == "hang":
        from weasyprint import HTML

        HTML(string=BOMB).render()
    elif kind == "memory":
        hoard = [bytearray(50_000_000) for _ in range(1000)]
        assert len(hoard) == 1000
    elif kind == "crash":
        ctypes.string_at(0)
    else:
        os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(f"{kind} did no harm")


def batch(folder: Path, count: int) -> tuple[int, dict[str, str], list[str]]:
    """Build `count` reports as EPUB, four of them poisoned.

    Return how many were made, the code of each other, and what else is wrong.
    """
    numbers = range(1, count + 1)
    runs.home(folder, numbers=numbers, toml=runs.BOOKS)
    harm = [str(1 + count * step // 4) for step in range(4)]
    found: list[Diagnostic] = []
    with (
        mock.patch.dict(os.environ, POISON=",".join(harm)),
        mock.patch.object(room, "make", poisoned),
    ):
        options = Options(jobs=2, limits=Limits(SECONDS, MEMORY))
        built = build(load(folder, found.append), (), found.append, options=options)
    states = {row.product: row.state for row in built.rows}
    codes = {one.place.file.partition(".")[0]: one.code for one in found if one.severity == "error"}
    wanted = {f"{int(one):03d}": code for one, code in zip(harm, POISON.values(), strict=True)}
    wrong = [
        f"{one}: {codes.get(one)}" for one in wanted | codes if codes.get(one) != wanted.get(one)
    ]
    wrong += [] if crowds.listed(folder / "dist") else ["manifest"]
    wrong += [str(path) for path in runs.parts(folder)]
    wrong += map(str, multiprocessing.active_children())
    wrong += [] if built.status == 7 else [f"exit {built.status}"]
    return sum(state == "built" for state in states.values()), codes, wrong


def figures(full: bool) -> Iterator[Figure]:
    """Build in full 100 reports, in a slice 8; four of them do harm."""
    count = 100 if full else 8
    with tempfile.TemporaryDirectory() as temporary:
        made, codes, wrong = batch(Path(temporary), count)
    sys.stderr.write("".join(f"{one}\n" for one in wrong))
    yield Figure(
        "reports of a batch with four that hang, eat memory, crash, are killed",
        count,
        len(wrong) + abs(count - len(POISON) - made),
        note=f"{made} built, {len(codes)} coded: {', '.join(sorted(codes.values()))}",
    )
