"""Fuzzing, property tests and mutants: how much was tried of the readers, notes, configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

import fuzz.run
from drawn_reports import Count, held, held_xml, sheets
from fuzz import seeds, targets
from hostile.figures import Figure, untried
from mutants import run as mutants

SECONDS: Final = 600.0  # of fuzzing, for all targets together
SAMPLE: Final = 700  # mutants, from all over
ALLOWED: Final = 900.0  # seconds for them


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
    """Yield how many mutants were tried; broken where fewer are seen than the score asks for."""
    whole = mutants.everything()
    found = mutants.tried(mutants.drawn(whole, SAMPLE), ALLOWED)
    same = mutants.equivalent()
    score, seen = mutants.score(found, same), sum(one.dead for one in found)
    alike = sum(not one.dead and one.mutant.key in same for one in found)
    note = (
        f"of {len(whole):,}: {seen} killed, {alike} do the same, {len(found) - seen - alike} "
        f"survived; score {score:.1f} %, at least {mutants.SCORE:.0f} % is asked for"
    )
    yield Figure("mutants of notes and readers", len(found), int(score < mutants.SCORE), note=note)


def figures(full: bool) -> Iterator[Figure]:
    """Yield what came of it; in full with minutes of fuzzing, where atheris is there."""
    yield from _same(full)
    yield from _kept()
    if full:
        yield from _fuzzed()
        yield from _mutants()
