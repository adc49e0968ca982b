"""The mutation score of notes and readers: `python -m mutants.run --sample 700`.

Each mutant (operators.py) is tried in a process forked from one that has imported everything, by
the tests that reach its lines, quickest first, until one fails (trial.py). Mutants are drawn evenly
from all; property tests draw few examples each, always the same ones. A mutant that no test sees is
a gap in the tests, or its program does the same: those are in equivalent.toml with the reason, and
are not counted. Once a gap is filled, `--again FILE` tries those that survived the run that wrote
FILE with `--out`, as far as the rooms still have them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import pytest

from mutants.operators import Mutant, mutants
from mutants.trial import HOUSE, ROOMS, TESTS, Trial, Tried, module

EQUIVALENT: Final = Path(__file__).with_name("equivalent.toml")
JUDGES: Final = (
    *(f"cases/{name}.md" for name in (
        "notes", "reader", "body", "head", "lines", "letters", "copy", "exhibits", "hostile")),
    "test_reader.py", "test_numbers.py", "test_copy.py", "test_rubies.py", "test_setting.py",
    "test_fuzz.py", *sorted(path.name for path in TESTS.glob("test_edges_*.py")),
)  # fmt: skip
_GOLDEN: Final = (5**0.5 - 1) / 2
SCORE: Final = 85.0  # percent


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


def survived(path: Path, whole: Sequence[Mutant]) -> list[Mutant]:
    """Return the mutants of `whole` that survived the run which wrote `path`, by their keys."""
    told = json.loads(path.read_text("utf-8"))
    keys = {one["key"] for one in told if one["verdict"] == "survived"}
    return [one for one in whole if one.key in keys]


def equivalent() -> dict[str, str]:
    """Return the mutants that do the same as the program, each with the reason."""
    return {str(key): str(why) for key, why in tomllib.loads(EQUIVALENT.read_text("utf-8")).items()}


def tried(sample: Sequence[Mutant], seconds: float) -> list[Tried]:
    """Try mutants, as many as the seconds allow; RuntimeError where the tests cannot be run."""
    for room in ROOMS:
        module(room)
    trial = Trial(sample, seconds)
    words = ["--rootdir", str(TESTS.parent), "-c", str(TESTS.parent / "pyproject.toml"), "-q"]
    words += ["-p", "no:xdist", "-p", "no:faulthandler", "-m", "not slow", "--capture=no"]
    judges = [str(TESTS / name) for name in JUDGES if (TESTS / name).exists()]
    status = pytest.main([*words, *judges], plugins=[trial])
    if not trial.found:
        raise RuntimeError(f"the tests cannot be run: {status}")
    return trial.found


def score(found: Sequence[Tried], same: Collection[str]) -> float:
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
    parser.add_argument("--again", type=Path, help="only what survived there: what --out wrote")
    parser.add_argument("--out", type=Path, help="a JSON file for what came of each")
    given = parser.parse_args()
    whole = [one for one in everything() if given.room in (None, one.room)]
    again = survived(given.again, whole) if given.again else []
    if given.again and not again:
        sys.stdout.write("none of them is left\n")
        return 0
    found = tried(again or drawn(whole, given.sample, given.start), given.seconds)
    if given.out:
        told = [{"key": one.mutant.key, "line": one.mutant.line, "verdict": one.verdict}
                for one in found]  # fmt: skip
        given.out.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
    sys.stdout.write(table(found, whole))
    return int(score(found, equivalent()) < SCORE)


if __name__ == "__main__":
    sys.exit(main())
