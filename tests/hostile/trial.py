"""One input tried: the command line is run on it, and what came of it is looked at from outside.

Nothing here asks watchpress what it has done: streams, files and letters are compared with what
went in. `try_` runs in this process, with a time limit; `many` in other ones, which can be ended.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias
from unittest import mock

import faults
from hostile import fidelity, whole
from hostile.figures import Figure
from hostile.rows import Input, Row
from hostile.watch import listening
from watchpress.build.pool import Limits, Pool
from watchpress.cli.main import main

OLD: Final = b"what stood here before"
BUG: Final = 70
CLEAN: Final = {"XDG_CACHE_HOME": "", "WATCHPRESS_LANG": "en", "PYTHONIOENCODING": "utf-8"}


class Hang(BaseException):
    """The time of an input is over."""


@dataclass
class Outcome:
    """What came of one input: the faults among the forbidden four, and broken promises."""

    row: str
    name: str
    status: int = 0
    codes: tuple[str, ...] = ()
    traceback: str = ""
    hang: bool = False
    silent: str = ""
    partial: str = ""
    broken: list[str] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Say whether anything is wrong."""
        return bool(self.traceback or self.hang or self.silent or self.partial or self.broken)

    def __str__(self) -> str:
        facts = [f"{self.row} {self.name}: status {self.status} {' '.join(self.codes)}"]
        facts += [f"traceback {self.traceback[-900:]}"] if self.traceback else []
        facts += ["hang"] if self.hang else []
        facts += [f"silent: {self.silent}"] if self.silent else []
        facts += [f"partial: {self.partial}"] if self.partial else []
        return "; ".join([*facts, *self.broken])


@dataclass
class Said:
    """What one run said: its exit status, its streams, its findings."""

    status: int
    out: bytes
    err: str
    findings: list[dict[str, Any]] = field(default_factory=list)


def try_(row: Row, given: Input) -> Outcome:
    """Run the command line on an input, once for each product, and look at what came of it."""
    outcome = Outcome(row.id, given.name)
    with tempfile.TemporaryDirectory() as name:
        here = Path(name, "deep", "in", "it")
        here.mkdir(parents=True)
        with chdir(here), _limited(row.seconds, outcome), listening(here) as heard:
            _lay(here, given)
            for kind in ("own",) if given.words else ("xml", *(("pdf", "epub") * given.whole)):
                _once(here, kind, given, outcome)
        outcome.broken += [f"touched {one}" for one in heard]
        strays = {*Path(name).rglob("*")} - {here, *here.parents, *here.rglob("*")}
        outcome.broken += [f"laid {one}" for one in sorted(map(str, strays))]
    outcome.codes = tuple(sorted(set(outcome.codes)))
    if not outcome.hang and not outcome.traceback:
        missing = set(given.codes) - set(outcome.codes)
        outcome.broken += [f"without {code}" for code in sorted(missing)]
    return outcome


def _lay(here: Path, given: Input) -> None:
    if given.file:
        path = here / given.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given.data)
    if given.plant:
        given.plant(here)


def _once(here: Path, kind: str, given: Input, outcome: Outcome) -> None:
    """Make one product and hold it to the promise and to the four forbidden outcomes."""
    out = here / f"made.{kind}"
    words = list(given.words) or _words(kind, given)
    if not given.words:
        out.write_bytes(OLD)
    before = _files(here)
    with faults.planted(given.fault):
        said = run([*words, *given.extra])
    outcome.status = outcome.status or said.status
    outcome.codes += tuple(str(one["code"]) for one in said.findings)
    if said.status == BUG or "Traceback" in said.err or b"Traceback" in said.out:
        outcome.traceback = said.err
        return
    if said.status not in given.statuses:
        outcome.broken.append(f"{kind}: status {said.status}, promised {given.statuses}")
    outcome.partial = outcome.partial or whole.parts_left(here, before)
    _secret(here, given, said, outcome)
    if given.lined and not all(one.get("line") for one in said.findings):
        outcome.broken.append("a finding without its line")
    if given.words:
        outcome.partial = outcome.partial or whole.unfit_folder(here)
    elif out.read_bytes() == OLD:
        if given.promise != "X" and said.status in (0, 1):
            outcome.broken.append(f"{kind}: no product")
    else:
        _product(kind, out.read_bytes(), given, said, outcome)


def _secret(here: Path, given: Input, said: Said, outcome: Outcome) -> None:
    secret = given.secret.encode()
    if secret and (secret in said.out or secret in said.err.encode() or whole.holds(here, secret)):
        outcome.broken.append("a secret got out")


def _product(kind: str, data: bytes, given: Input, said: Said, outcome: Outcome) -> None:
    """Hold a product to what went in."""
    if given.promise == "X":
        outcome.broken.append(f"{kind}: written though it is to be refused")
    problem = whole.unfit(kind, data)
    outcome.partial = outcome.partial or problem
    if problem:
        return
    if kind == "xml" and given.calls not in (-1, fidelity.calls(data)):
        outcome.broken.append(f"{fidelity.calls(data)} calls, not {given.calls}")
    if given.text is not None:
        losses = json.loads(Path("losses.json").read_text("utf-8"))
        changed = fidelity.unaccounted(kind, data, given.text, losses, said)
        outcome.silent = outcome.silent or changed


def _words(kind: str, given: Input) -> list[str]:
    if kind == "xml":
        return ["read", given.file, "-o", "made.xml", "--losses", "losses.json", "--format", "json"]
    return [kind, given.file, "-o", f"made.{kind}", "--format", "json"]


def run(words: Sequence[str]) -> Said:
    """Run `watchpress` with these words; the exit status, and all that it said."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(one, "utf-8", "replace", write_through=True) for one in (out, err)]
    with mock.patch.object(sys, "stdout", streams[0]), mock.patch.object(sys, "stderr", streams[1]):
        try:
            main(list(words))
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
    texts = [one.getvalue().decode("utf-8", "replace") for one in (out, err)]
    return Said(status, out.getvalue(), texts[1], _findings(texts))


def _findings(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the findings that a run printed: as JSON, else the codes of what is there to read."""
    for text in texts:
        try:
            found = json.loads(text)
        except json.JSONDecodeError:
            continue
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return [one for one in found if "code" in one]
    return [{"code": code} for code in re.findall(r"\b([A-Z]\d{3})\b", "\n".join(texts))]


def _files(here: Path) -> set[str]:
    return {str(path.relative_to(here)) for path in here.rglob("*")}


@contextmanager
def _limited(seconds: float, outcome: Outcome) -> Iterator[None]:
    """End what takes longer: in the main thread of a process, where it is Python that runs."""

    def late(*_: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Hang:
        outcome.hang = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# -- Many ------------------------------------------------------------------------------------------


def many(rows: Sequence[Row], *, full: bool, jobs: int = 2) -> list[Outcome]:
    """Return what came of all inputs, in other processes: one that hangs in the engine is ended."""
    every = [(row, one) for row in rows for one in row.inputs(full)]
    # A build has processes of its own, which those of a pool may not have.
    here = [try_(row, one) for row, one in every if "build" in one.words]
    tasks = [
        (f"{row.id} {one.name}", (_bare(row), one))
        for row, one in every
        if "build" not in one.words
    ]
    seconds = max(row.seconds for row in rows) + 20
    with Pool(jobs, Limits(seconds=seconds)) as pool:
        made = pool.run(_given, tasks)
    given = [(row.id, one.name) for _, (row, one) in tasks]
    there = [
        result.value or Outcome(*name, hang=True) for name, result in zip(given, made, strict=True)
    ]
    return [*here, *there]


def _given(given: tuple[Row, Input]) -> Outcome:
    os.environ.update(CLEAN)
    return try_(*given)


def _bare(row: Row) -> Row:
    return Row(row.id, row.title, _none, row.said, row.seconds)


def _none(full: bool) -> list[Input]:
    return []


# -- Figures ---------------------------------------------------------------------------------------

Alone: TypeAlias = Callable[..., dict[str, "Counter[str]"]]


def figures(rows: Sequence[Row], *, full: bool, alone: Alone | None = None) -> Iterator[Figure]:
    """Yield a figure a row, and the four forbidden outcomes over all of them."""
    found = many(rows, full=full)
    for one in found:
        if one.bad:
            sys.stderr.write(f"{one}\n")
    others = alone(rows, full=full) if alone else {}
    for row in rows:
        own = [one for one in found if one.row == row.id]
        said = _said(others[row.id]) if row.id in others else "-"
        yield Figure(f"{row.id} {row.title}", len(own), sum(one.bad for one in own), said, row.said)
    for kind in ("traceback", "hang", "silent", "partial"):
        broken = sum(bool(getattr(one, kind)) for one in found)
        count = sum(one[kind] for one in others.values())
        tried = sum(one["tried"] for one in others.values())
        name = {"silent": "silent change", "partial": "partial product"}.get(kind, kind)
        yield Figure(f"no {name}", len(found), broken, f"{count} of {tried}" if others else "-")


def _said(count: Counter[str]) -> str:
    kinds = ("traceback", "hang", "silent", "partial", "active")
    named = {"active": "with active content in the book"}
    parts = [f"{count[kind]} {named.get(kind, kind)}" for kind in kinds if count[kind]]
    return f"{', '.join(parts) or 'none'} of {count['tried']}"
