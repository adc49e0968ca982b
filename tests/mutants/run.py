"""The mutation score of notes and readers: `python -m mutants.run --sample 700`.

Each mutant (operators.py) is tried in a process forked from one that has imported everything, by
the tests that reach its lines, quickest first, until one fails. Mutants are drawn evenly from all;
property tests draw `EXAMPLES` examples each, always the same ones. A mutant that no test sees is a
gap in the tests, or its program does the same: those are in equivalent.toml with the reason, and
are not counted.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import resource
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time, sleep
from types import FrameType, ModuleType
from typing import Any, Final

import pytest

from mutants.operators import Mutant, mutants, mutated
from mutants.swap import swap

TESTS: Final = Path(__file__).parents[1]
HOUSE: Final = TESTS.parent / "src" / "watchpress"
EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
NOTES: Final = ("transforms/notes.py", "transforms/mentions.py", "model/ledger.py")
ROOMS: Final = (
    *NOTES,
    *sorted(
        path.relative_to(HOUSE).as_posix() for path in (HOUSE / "readers/plain").glob("[a-z]*.py")
    ),
)
JUDGES: Final = (
    *(f"cases/{name}.md" for name in (
        "notes", "reader", "body", "head", "lines", "letters", "copy", "exhibits", "hostile")),
    "test_reader.py", "test_numbers.py", "test_copy.py", "test_rubies.py", "test_setting.py",
    "test_fuzz.py", *sorted(path.name for path in TESTS.glob("test_edges_*.py")),
)  # fmt: skip
EXAMPLES: Final = 15
WIDE: Final = 0.25  # seconds of a test from which it is not traced: it goes last, for all mutants
LONGEST: Final = 0.8  # seconds of a test that is not worth its time here
_GOLDEN: Final = (5**0.5 - 1) / 2
SCORE: Final = 85.0  # percent


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
        swap(_module(mutant.room), tree)
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
        return line if frame.f_code.co_filename in rooms else None

    sys.settrace(call)
    try:
        yield lines
    finally:
        sys.settrace(None)


def _module(room: str) -> ModuleType:
    return importlib.import_module("watchpress." + room.removesuffix(".py").replace("/", "."))


# -- The score -------------------------------------------------------------------------------------


def everything() -> list[Mutant]:
    """Return all mutants of all rooms."""
    return [one for room in ROOMS for one in mutants(room, (HOUSE / room).read_text("utf-8"))]


def drawn(whole: Sequence[Mutant], sample: int, start: int = 0) -> list[Mutant]:
    """Return so many mutants from all over, always the same ones.

    In an order in which the first of them are from all over, too: time may end before they do.
    """
    places = range(min(sample, len(whole)))
    found = [whole[(start + n * len(whole)) // len(places)] for n in places]
    return [found[n] for n in sorted(places, key=lambda n: n * _GOLDEN % 1)]


def equivalent() -> dict[str, str]:
    """Return the mutants that do the same as the program, each with the reason."""
    return {str(key): str(why) for key, why in tomllib.loads(EQUIVALENT.read_text("utf-8")).items()}


def tried(sample: Sequence[Mutant], seconds: float) -> list[Tried]:
    """Try mutants, as many as the seconds allow; RuntimeError where the tests cannot be run."""
    for room in ROOMS:
        _module(room)
    trial = Trial(sample, seconds)
    words = ["--rootdir", str(TESTS.parent), "-c", str(TESTS.parent / "pyproject.toml"), "-q"]
    words += ["-p", "no:xdist", "-p", "no:faulthandler", "-m", "not slow", "--capture=no"]
    judges = [str(TESTS / name) for name in JUDGES if (TESTS / name).exists()]
    status = pytest.main([*words, *judges], plugins=[trial])
    if not trial.found:
        raise RuntimeError(f"the tests cannot be run: {status}")
    return trial.found


def score(found: Sequence[Tried], same: Sequence[str] | dict[str, str]) -> float:
    """Return the share of mutants that were seen, in percent, without those that do the same."""
    counted = [one for one in found if one.dead or one.mutant.key not in same]
    return 100 * sum(one.dead for one in counted) / max(len(counted), 1)


def table(found: Sequence[Tried], whole: Sequence[Mutant]) -> str:
    """Return the score of each room and of all."""
    same = equivalent()
    rows = ["| room | mutants | tried | killed | equivalent | score |", "|---|--:|--:|--:|--:|--:|"]
    for room in (*ROOMS, ""):
        ours = [one for one in found if room in ("", one.mutant.room)]
        every = sum(room in ("", one.room) for one in whole)
        dead = sum(one.dead for one in ours)
        alike = sum(not one.dead and one.mutant.key in same for one in ours)
        rows.append(
            f"| {room or 'all'} | {every} | {len(ours)} | {dead} | {alike} "
            f"| {score(ours, same):.1f} % |"
        )
    return "\n".join(rows) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=700, help="how many, of all")
    parser.add_argument("--start", type=int, default=0, help="which sample: others begin elsewhere")
    parser.add_argument("--room", help="one room only, as transforms/notes.py")
    parser.add_argument("--seconds", type=float, default=3600, help="the most to take")
    parser.add_argument("--out", type=Path, help="a JSON file for what came of each")
    given = parser.parse_args()
    whole = [one for one in everything() if given.room in (None, one.room)]
    found = tried(drawn(whole, given.sample, given.start), given.seconds)
    if given.out:
        told = [{"key": one.mutant.key, "line": one.mutant.line, "verdict": one.verdict}
                for one in found]  # fmt: skip
        given.out.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
    sys.stdout.write(table(found, whole))
    return int(score(found, equivalent()) < SCORE)


if __name__ == "__main__":
    sys.exit(main())
