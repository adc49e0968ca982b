"""Processes side by side: how long they take, how much memory the largest has, the table.

Run in turn, A B A B ..., ratios are taken pair by pair: a machine whose speed drifts does not
matter.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import perf_counter
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent.parent
BIN: Final = Path(sys.executable).parent
UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True)
class Spent:
    """What a process took: wall time in s, memory in bytes: the most that one process had.

    `busy`: the time of processors, in s, of those it started too; other work changes it little.
    """

    seconds: float
    memory: int
    busy: float


def spend(command: Sequence[str]) -> Spent:
    """Run a command; one that fails ends the benchmark.

    The system keeps the peak of a process and of those it has waited for, and counts this process
    in as the one that starts them: it must stay small, so all that needs imports is done `apart`.
    """
    # Compiled modules may be kept, as on any installed system, whatever this shell says.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = perf_counter()
    process = Popen(command, env=environment, stdout=DEVNULL, stderr=DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit status {process.returncode}: {' '.join(command)[:500]}")
    return Spent(seconds, usage.ru_maxrss * UNIT, usage.ru_utime + usage.ru_stime)


def apart(function: Callable[..., Any], *given: object) -> Any:
    """Return what a named function makes of `given`, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(function, given)


def ratio(ones: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios, pair by pair."""
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def row(
    name: str,
    ones: Sequence[float],
    others: Sequence[float],
    goal: float | None,
    form: str = "{:.2f}",
) -> str:
    """Return a row of the table: the medians, their ratio pair by pair, the goal (None: none)."""
    ours, theirs = (form.format(statistics.median(figures)) for figures in (ones, others))
    wanted = f"{goal:.2f}" if goal else "-"
    return f"| {name} | {ours} | {theirs} | {ratio(ones, others):.2f} | {wanted} |"


def show(mark: str, head: str, rows: Sequence[str], *, write: bool) -> None:
    """Print a table; `write` it into the README too, between the comments `mark` and `/mark`."""
    table = "\n".join([head, "|---" * (head.count("|") - 1) + "|", *rows])
    sys.stdout.write(f"{table}\n")
    if write:
        readme = ROOT / "README.md"
        new = re.sub(
            f"(?s)<!-- {mark} -->.*?<!-- /{mark} -->",
            lambda _: f"<!-- {mark} -->\n{table}\n<!-- /{mark} -->",
            readme.read_text("utf-8"),
        )
        readme.write_text(new, "utf-8")


def pandoc() -> str:
    """Return the path of Pandoc."""
    import pypandoc

    return str(pypandoc.get_pandoc_path())
