"""One mutant after the other, each tried by the tests that reach its lines (see run.py).

A mutant is tried in a process forked from one that has imported everything. What each test takes
and which lines it reaches is measured once, before the first of them.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic, process_time, sleep
from types import CodeType, FrameType, ModuleType
from typing import Any, Final

import pytest

from mutants.operators import Mutant, mutated
from mutants.swap import forget, swap

TESTS: Final = Path(__file__).parents[1]
HOUSE: Final = TESTS.parent / "src" / "watchpress"
NOTES: Final = ("transforms/notes.py", "transforms/mentions.py", "model/ledger.py")
ROOMS: Final = (
    *NOTES,
    *sorted(
        path.relative_to(HOUSE).as_posix() for path in (HOUSE / "readers/plain").glob("[a-z]*.py")
    ),
)
EXAMPLES: Final = 15
WIDE: Final = 0.25  # seconds of a test from which it is not traced: it goes last, for all mutants
LONGEST: Final = 0.8  # seconds of a test that is not worth its time here


@dataclass
class Bench:
    """The tests, what each takes, and the lines of the rooms that each reaches."""

    seconds: dict[str, float] = field(default_factory=dict)
    reached: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    items: list[pytest.Item] = field(default_factory=list)

    def judges(self, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that may see a mutant, the quickest first."""
        spots = {(mutant.room, line) for line in range(mutant.line, mutant.last + 1)}

        def may(item: pytest.Item) -> bool:
            lines = self.reached.get(item.nodeid)
            if lines is None:  # a wide one
                return True
            if not mutant.function:  # what stands outside of functions is used who knows where
                return any(room == mutant.room for room, _ in lines)
            return not lines.isdisjoint(spots)

        return [one for one in self.items if may(one)]


@dataclass
class Tried:
    """What came of one mutant."""

    mutant: Mutant
    verdict: str  # killed, late, survived

    @property
    def dead(self) -> bool:
        return self.verdict != "survived"


class Trial:
    """A plugin of pytest: in the place of running the tests it tries mutants by them."""

    def __init__(self, sample: Sequence[Mutant], seconds: float) -> None:
        self.sample = sample
        self.seconds = seconds
        self.bench = Bench()
        self.found: list[Tried] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._time(session.items)
        sys.stderr.write(f"{len(self.bench.items)} of {len(session.items)} tests judge\n")
        sources = {room: (HOUSE / room).read_text("utf-8") for room in ROOMS}
        self._control(sources)
        ends = monotonic() + self.seconds
        for number, mutant in enumerate(self.sample, 1):
            if monotonic() > ends:
                break
            self.found.append(Tried(mutant, self._try(mutant, sources[mutant.room])))
            if self.found[-1].verdict == "survived" or not number % 50:
                sys.stderr.write(f"{number}/{len(self.sample)} {self.found[-1].verdict}: ")
                sys.stderr.write(f"{mutant.key} (line {mutant.line})\n")
        return True

    def _control(self, sources: dict[str, str]) -> None:
        """Put each room in its own place: where a test sees that, it sees no mutant either."""
        for room, source in sources.items():
            none = Mutant(room, "", 0, 0, 0, 0, "as it is")
            if self._run(none, ast.parse(source), self.bench.items[:80]) != "survived":
                raise pytest.UsageError(f"{room} cannot be exchanged")

    def _time(self, items: Sequence[pytest.Item]) -> None:
        for item in items:
            _fewer(item)
            seconds, lines = _measured(item)
            if seconds > LONGEST:  # or it fails by itself, or leaves threads behind: see there
                continue
            self.bench.items.append(item)
            self.bench.seconds[item.nodeid] = seconds
            if seconds < WIDE:
                self.bench.reached[item.nodeid] = lines
        self.bench.items.sort(key=lambda item: self.bench.seconds[item.nodeid])

    def _try(self, mutant: Mutant, source: str) -> str:
        judges = self.bench.judges(mutant)
        return self._run(mutant, mutated(source, mutant), judges)

    def _run(self, mutant: Mutant, tree: ast.Module, judges: Sequence[pytest.Item]) -> str:
        most = 10 * sum(self.bench.seconds[one.nodeid] for one in judges) + 5
        child = os.fork()
        if not child:
            _judged(mutant, tree, judges, int(most))
        status = _ended(child, 3 * most)
        if os.WIFSIGNALED(status):
            return "late"
        return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def _ended(child: int, most: float) -> int:
    """Wait for a process, and end it where it sleeps for ever; return its status."""
    ends = monotonic() + most
    while monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        sleep(0.005)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _judged(mutant: Mutant, tree: ast.Module, judges: Sequence[pytest.Item], most: int) -> None:
    """End this process with 0 where all tests pass with the mutant, else with 1."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        swap(module(mutant.room), tree)
        status = int(not all(_passes(item) for item in judges))
    finally:
        os._exit(status)


def _measured(item: pytest.Item) -> tuple[float, set[tuple[str, int]]]:
    """Return what a test takes, and the lines of the rooms that it reaches; for ever if it fails.

    In a process of its own, so that this one stays without threads: a process forked from one that
    has some may wait for ever. A test that makes them cannot judge, nor can one that fails here.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        told: object = (1e9, [])
        try:
            started = process_time()
            passes = _passes(item)
            used = process_time() - started
            lines = set[tuple[str, int]]()
            if passes and used < WIDE:
                forget()
                with _traced() as lines:
                    _passes(item)
            if passes and len(list(Path("/proc/self/task").iterdir())) == 1:
                told = (used, sorted(lines))
        finally:
            os.write(theirs, json.dumps(told).encode())
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        seconds, reached = json.loads(stream.read())
    os.waitpid(child, 0)
    return float(seconds), {(str(room), int(line)) for room, line in reached}


def _passes(item: pytest.Item) -> bool:
    from _pytest.runner import runtestprotocol

    return not any(one.failed for one in runtestprotocol(item, log=False, nextitem=None))


def _fewer(item: pytest.Item) -> None:
    """Let a property test draw few examples, the same each time."""
    from hypothesis import settings

    test = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None:
        few = min(own.max_examples, EXAMPLES)
        made = settings(own, max_examples=few, derandomize=True, database=None)
        test._hypothesis_internal_use_settings = made  # type: ignore[union-attr]


@contextmanager
def _traced() -> Iterator[set[tuple[str, int]]]:
    """Collect the lines of the rooms that are run."""
    lines: set[tuple[str, int]] = set()
    rooms = {str(HOUSE / room): room for room in ROOMS}

    def line(frame: FrameType, event: str, _: object) -> Any:
        lines.add((rooms[frame.f_code.co_filename], frame.f_lineno))
        return line

    def call(frame: FrameType, event: str, arg: object) -> Any:
        room = rooms.get(frame.f_code.co_filename)
        if room is None:
            return None
        lines.update((room, number) for number in _head(frame.f_code))
        return line

    sys.settrace(call)
    try:
        yield lines
    finally:
        sys.settrace(None)


@cache
def _head(code: CodeType) -> range:
    """Return the lines above a function's body: defaults stand there, though none of them runs."""
    first = code.co_firstlineno
    return range(first, min((n for *_, n in code.co_lines() if n and n > first), default=first + 1))


def module(room: str) -> ModuleType:
    return importlib.import_module("watchpress." + room.removesuffix(".py").replace("/", "."))
