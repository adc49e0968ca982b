"""What waits for a check: a commit for one report, the check of a series for a build before it.

    PYTHONPATH=tests python -m bench.check [--runs N] [--write]

A commit is measured against `import weasyprint`, which is what any tool that lays pages out has to
wait for first; the check of the sample series against the build that it follows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.race import BIN, ROOT, row, show, spend

HEAD: Final = "| whole process | ours, s | theirs, s | ratio | goal |"
REPORT: Final = "reports/en/042.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        home = Path(temp, "series")
        shutil.copytree(ROOT / "reports", home / "reports")
        rows = [*commits(home, given.runs), series(home, max(given.runs // 3, 1))]
    show("bench-check", HEAD, rows, write=given.write)


def commits(home: Path, runs: int) -> list[str]:
    """Measure what a commit of one report waits for: alone, and as a part of its series."""
    ours = [str(BIN / "watchpress"), "check", "--no-proof", "-q"]
    engine = [sys.executable, "-c", "import weasyprint"]
    alone = [*ours, str(home / REPORT)]
    within = [*ours, "-C", str(home), str(home / REPORT)]
    ways = {"alone": alone, "in its series, just edited": within, "the same, not edited": within}
    rows = []
    copy = home / REPORT
    text = copy.read_text("utf-8")
    for way, command in ways.items():
        pairs = []
        for number in range(runs + 1):
            if "just" in way:
                copy.write_text(text + "\n" * number, "utf-8")
            pairs.append((spend(command).seconds, spend(engine).seconds))
        name = f"check --no-proof of one report, {way} / importing WeasyPrint"
        ones, others = zip(*pairs[1:], strict=True)
        rows.append(row(name, ones, others, 0.5))
    return rows


def series(home: Path, runs: int) -> str:
    """Measure the check of the sample series right after its build from nothing."""
    build = [str(BIN / "watchpress"), "build", "-q", "-C", str(home)]
    check = [str(BIN / "watchpress"), "check", "-q", "-C", str(home)]
    pairs = []
    for _ in range(runs):
        for folder in ("dist", ".watchpress"):
            shutil.rmtree(home / folder, ignore_errors=True)
        built = spend(build).seconds
        pairs.append((spend(check).seconds, built))
    name = "check of the sample series, built before / that build from nothing"
    ones, others = zip(*pairs, strict=True)
    return row(name, ones, others, 0.25)


if __name__ == "__main__":
    main()
