"""Runs of watchpress in processes of their own: started, told to stop, and looked after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from series_homes import EPUBS, PDFS, TOML, english

TESTS = Path(__file__).parents[1]
SOURCE = TESTS.parent / "src"
TOKEN = "WATCHPRESS_ROUND"
LOUD = ("Traceback", "Exception ignored", "Error:")
BOOKS = TOML + EPUBS
TEXTS = BOOKS + EPUBS.replace("epub", "xml")
SERIES = TEXTS + PDFS
WORDS = {"old": "The boats wait [1].", "new": "The boats have gone, and the quay is bare [1]. " * 4}


def environment(**more: str) -> dict[str, str]:
    """Return what a run is given: English words, our source first, nothing of the caller's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    here = {"PYTHONPATH": str(SOURCE), "WATCHPRESS_LANG": "en", "CI": "true"}
    return {**kept, **here, "PYTHONDONTWRITEBYTECODE": "1", **more}


def order(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "watchpress", *arguments]


def copy(state: str, number: int = 31) -> str:
    return english(number, words=WORDS[state])


def home(
    folder: Path, state: str = "old", numbers: Sequence[int] = (31,), toml: str = SERIES
) -> Path:
    """Write a series of a few reports, to be built as EPUB, PDF and XML or as `toml` has it."""
    english_ = folder / "reports" / "en"
    english_.mkdir(parents=True, exist_ok=True)
    (folder / "reports" / "series.toml").write_text(toml, "utf-8")
    for number in numbers:
        (english_ / f"{number:03d}.txt").write_text(copy(state, number), "utf-8")
    return folder


def run(
    arguments: Sequence[str], folder: Path, within: Sequence[str] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """Run watchpress to its end in `folder`; `within`: a program that runs it in its turn."""
    return subprocess.run(
        [*within, *order(*arguments)], cwd=folder, env=environment(**more),
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


def parts(folder: Path) -> list[Path]:
    """Return what is half written in a folder and those below it."""
    return [path for path in folder.rglob("*.part")]


@dataclass
class Run:
    """A run that can be told to stop; all its processes carry a token of their own."""

    process: subprocess.Popen[str]
    token: str

    @classmethod
    def start(cls, arguments: Sequence[str], folder: Path) -> Run:
        token = uuid.uuid4().hex
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            # Shells have what runs in the background ignore it, and children inherit that.
            signal.signal(signal.SIGINT, signal.default_int_handler)
        given = environment(**{TOKEN: token})
        made = subprocess.Popen(
            order(*arguments), cwd=folder, env=given, text=True, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        return cls(made, token)

    def prepared(self) -> bool:
        """Wait until the run listens to SIGTERM; say whether it came to that."""
        status = Path(f"/proc/{self.process.pid}/status")
        while self.process.poll() is None:
            caught = next(
                (line for line in status.read_text().splitlines() if line.startswith("SigCgt")), ""
            )
            if caught and int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
                return True
            time.sleep(0.002)
        return False

    def stop(self, number: int, *, group: bool = False) -> tuple[int, str]:
        """Send a signal, to the whole group as a terminal does; return exit status and words."""
        if self.process.poll() is None:
            (os.killpg if group else os.kill)(self.process.pid, number)
        said = self.process.communicate(timeout=60)[1]
        return self.process.returncode, said

    def left(self, patience: float = 5.0) -> int:
        """Return how many processes of the run are still there after a while."""
        end = time.monotonic() + patience
        while (count := sum(map(self._ours, _processes()))) and time.monotonic() < end:
            time.sleep(0.02)
        return count

    def _ours(self, pid: int) -> bool:
        try:
            alive = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
            return alive and self.token.encode() in Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def clocked(arguments: Sequence[str], folder: Path, prepare: Mapping[Path, str]) -> float:
    """Return how long a whole run takes that begins from files as `prepare` has them."""
    for path, text in prepare.items():
        path.write_text(text, "utf-8")
    started = time.perf_counter()
    done = run(arguments, folder)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - started
