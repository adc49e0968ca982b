"""Fuzz the readers, the note resolver and the configuration: `python -m fuzz.run --seconds 60`.

Each target runs in a process of its own under atheris (libFuzzer), which is told by the lines of
watchpress that an input reaches which inputs to change further; that needs the extra `fuzz`. What
breaks a promise is made as small as it can be made, and put into crashers/: it is tried by every
run of the tests from then on, with atheris or without.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Final

from fuzz import seeds

SHARES: Final = {"plain": 8, "xml": 5, "notes": 4, "config": 3, "theme": 2, "sheet": 2}
_MOST: Final = 6000  # bytes of an input
_ENOUGH: Final = 5  # faults of one target, after which it is left
_TRIES: Final = 600  # to make a crasher smaller


@dataclass
class Run:
    """What came of a target: how often it was run, how many edges of code were seen, crashers."""

    target: str
    executions: int = 0
    edges: int = 0
    inputs: int = 0
    seconds: float = 0.0
    crashers: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return (
            f"| {self.target} | {self.seconds:.0f} | {self.executions:,} | {self.edges:,} "
            f"| {self.inputs:,} | {len(self.crashers)} |"
        )


def able() -> bool:
    """Say whether atheris is installed."""
    return find_spec("atheris") is not None


def fuzzed(target: str, seconds: float, keep: Path | None = None) -> Run:
    """Run a target for some seconds; `keep`: a folder that its corpus is left in."""
    run, ends, found = Run(target), monotonic() + seconds, dict[str, Path]()
    with tempfile.TemporaryDirectory() as name:
        corpus = keep or Path(name, "corpus")
        _laid(corpus, Path(name), target)
        while (left := ends - monotonic()) > 3 and len(found) < _ENOUGH:
            started = monotonic()
            data = _driven(target, left, corpus, Path(name), run)
            run.seconds += monotonic() - started
            if data is None:
                continue
            small = minimised(target, data)
            found[fault(target, small) or "not seen again"] = _put(target, small)
        run.inputs = len(list(corpus.iterdir()))
    run.crashers = tuple(found.values())
    return run


def _laid(corpus: Path, folder: Path, target: str) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds.seeds(target):
        if len(data) <= _MOST:
            (corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
    words = (word.encode("utf-8", "surrogatepass") for word in seeds.WORDS[target])
    lines = ['"' + "".join(f"\\x{sign:02x}" for sign in word) + '"\n' for word in words]
    (folder / "words").write_text("".join(lines), "ascii")


def _driven(target: str, seconds: float, corpus: Path, folder: Path, run: Run) -> bytes | None:
    """Run libFuzzer once; return the input that it stopped at, None where its time was over."""
    crash = folder / "crash"
    crash.unlink(missing_ok=True)
    words = [sys.executable, "-m", "fuzz.drive", target, str(corpus)]
    words += [f"-dict={folder / 'words'}"] if seeds.WORDS[target] else []
    words += [f"-max_total_time={int(seconds)}", f"-max_len={_MOST}", "-timeout=20"]
    words += [f"-exact_artifact_path={crash}", "-print_final_stats=1", "-rss_limit_mb=2048"]
    path = os.pathsep.join(one for one in sys.path if one)
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONPATH": path, "WATCHPRESS_LANG": "en"},
    )
    steps = re.findall(r"(?m)^#(\d+)\s", done.stderr)  # each line of progress begins with it
    run.executions += max(map(int, steps), default=0)
    edges = [int(one) for one in re.findall(r"\bcov: (\d+)", done.stderr)]
    run.edges = max([run.edges, *edges])
    if crash.exists():
        sys.stderr.write(done.stderr[-3000:])
        return crash.read_bytes()
    if done.returncode:
        raise RuntimeError(f"libFuzzer ended with {done.returncode}: {done.stderr[-2000:]}")
    return None


# -- Crashers --------------------------------------------------------------------------------------


def fault(target: str, data: bytes) -> str:
    """Return what is wrong with an input, by where and how it broke; "" where nothing is."""
    from fuzz.targets import tried

    try:
        tried(target, data)
    except Exception as wrong:  # noqa: BLE001 - whatever comes is what is looked for
        last = traceback.extract_tb(wrong.__traceback__)[-1]
        return f"{type(wrong).__name__} {Path(last.filename).name}:{last.lineno}"
    return ""


def minimised(target: str, data: bytes) -> bytes:
    """Return the least that is broken in the same way: pieces taken out, ever smaller ones."""
    wanted, step, tries = fault(target, data), len(data) // 2, 0
    while step and wanted:
        at = 0
        while at < len(data) and tries < _TRIES:
            tries += 1
            less = data[:at] + data[at + step :]
            if fault(target, less) == wanted:
                data = less
            else:
                at += step
        step //= 2
    return data


def _put(target: str, data: bytes) -> Path:
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()[:10]
    path = seeds.CRASHERS / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# -- By hand ---------------------------------------------------------------------------------------


def rounds(targets: Sequence[str], seconds: float, keep: Path | None = None) -> Iterator[Run]:
    """Yield what came of each target; they share the seconds by what they have to read."""
    whole = sum(SHARES[one] for one in targets)
    for target in targets:
        share = seconds * SHARES[target] / whole
        yield fuzzed(target, share, keep / target if keep else None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help=f"which: {', '.join(SHARES)}; all by default")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all together")
    parser.add_argument("--keep", type=Path, help="a folder to leave the corpus in")
    given = parser.parse_args()
    if not able():
        sys.stderr.write("atheris is not installed: pip install -e .[fuzz] (Linux, CPython 3.11)\n")
        return 4
    sys.stdout.write("| target | seconds | executions | edges | inputs | crashers |\n")
    sys.stdout.write("|---|--:|--:|--:|--:|--:|\n")
    crashers = 0
    for run in rounds(given.targets or list(SHARES), given.seconds, given.keep):
        sys.stdout.write(f"{run}\n")
        sys.stdout.flush()
        crashers += len(run.crashers)
    return int(crashers > 0)


if __name__ == "__main__":
    sys.exit(main())
