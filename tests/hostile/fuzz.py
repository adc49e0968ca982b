"""Fuzzing, property tests and mutants: how much was tried of the readers, notes, configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import fuzz.run
from drawn_reports import Count, held, held_xml, sheets
from fuzz import seeds, targets
from hostile.figures import Figure, untried
from mutants import run as mutants

SECONDS: Final = 600.0  # of fuzzing, for all targets together
SAMPLE: Final = 500  # mutants, from all over
ALLOWED: Final = 600.0  # seconds for them, at most: the first of them are from all over, too


def _same(full: bool) -> Iterator[Figure]:
    """Yield how many letters were compared, from the copy to each product."""
    counts = {"xml": 300, "epub": 60, "pdf": 30} if full else {"xml": 12, "epub": 3, "pdf": 1}
    for kind, many in counts.items():
        total, broken = Count(), 0
        for sheet in sheets(many, 16, seed=7):
            try:
                total += held_xml(sheet) if kind == "xml" else held(sheet, kind)[0]
            except AssertionError as wrong:
                sys.stderr.write(f"{wrong}\n")
                broken += 1
        note = (
            f"{total.reports} drawn reports, {total.calls:,} calls, {total.notes:,} notes, "
            f"{total.urls:,} addresses"
        )
        yield Figure(f"letters the same from copy to {kind}", total.letters, broken, note=note)


def _kept() -> Iterator[Figure]:
    names = [(target, name) for target in fuzz.run.SHARES for name in seeds.kept(target)]
    broken = 0
    for target, name in names:
        broken += bool(fuzz.run.fault(target, seeds.kept(target)[name]))
    yield Figure("inputs kept of fuzzing break nothing", len(names), broken)


def _fuzzed() -> Iterator[Figure]:
    if not fuzz.run.able():
        yield untried("fuzzing", "atheris is not installed (the extra `fuzz`, see pyproject.toml)")
        return
    every = list(fuzz.run.rounds(list(targets.TARGETS), SECONDS))
    for one in every:
        note = f"{one.seconds:.0f} s, {one.edges:,} edges"
        yield Figure(f"fuzzing of {one.target}: runs", one.executions, len(one.crashers), note=note)
    runs, crashers = (sum(one.executions for one in every), sum(len(one.crashers) for one in every))
    minutes = sum(one.seconds for one in every) / 60
    yield Figure("fuzzing of all: runs", runs, crashers, note=f"{minutes:.0f} minutes on one core")


def _mutants() -> Iterator[Figure]:
    """Yield how many mutants were tried; broken where fewer are seen than the score asks for.

    In a process of its own: it is to import everything by itself (mutants/run.py).
    """
    with tempfile.TemporaryDirectory() as name:
        out = Path(name, "tried.json")
        line = [sys.executable, "-m", "mutants.run", "--sample", str(SAMPLE)]
        line += ["--seconds", str(ALLOWED), "--out", str(out)]
        path = os.pathsep.join(one for one in sys.path if one)
        done = subprocess.run(
            line, stdout=sys.stderr, check=False, env={**os.environ, "PYTHONPATH": path}
        )
        assert out.exists(), f"the mutants cannot be tried: {done.returncode}"
        found = json.loads(out.read_text("utf-8"))
    same, whole = mutants.equivalent(), len(mutants.everything())
    left = [str(one["key"]) for one in found if one["verdict"] == "survived"]
    seen, alike = len(found) - len(left), sum(key in same for key in left)
    score = 100 * seen / max(len(found) - alike, 1)
    note = (
        f"of {whole:,}: {seen} killed, {alike} do the same, {len(left) - alike} survived; "
        f"score {score:.1f} %, at least {mutants.SCORE:.0f} % is asked for"
    )
    yield Figure("mutants of notes and readers", len(found), int(score < mutants.SCORE), note=note)


def figures(full: bool) -> Iterator[Figure]:
    """Yield what came of it; in full with minutes of fuzzing, where atheris is there."""
    yield from _same(full)
    yield from _kept()
    if full:
        yield from _fuzzed()
        yield from _mutants()
