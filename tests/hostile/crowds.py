"""Many at once: two builds into one dist/, and readers who look at the products all the while."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hostile import kills, runs
from hostile.figures import Figure
from series_homes import english

READERS = 20


@dataclass
class Crowd:
    """Readers of the files in a folder; `right` says of the bytes of a file whether they are whole.

    They come one after the other, a snapshot each, so that as many are of the first build as of
    the last.
    """

    folder: Path
    right: Callable[[str, bytes], bool]
    most: int
    pause: float = 0.0
    snapshots: int = 0
    corrupt: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self) -> None:
        while not self.over.is_set():
            for path in sorted(self.folder.glob("[!.]*")):
                try:
                    data = path.read_bytes()
                except FileNotFoundError:
                    data = b""  # a product that is gone is none
                with self.lock:
                    if self.snapshots >= self.most:
                        return
                    self.snapshots += 1
                    if not self.right(path.name, data):
                        self.corrupt.append(path.name)
            time.sleep(self.pause)

    def watch(self, work: Callable[[], None]) -> None:
        """Let the readers look while `work` lasts."""
        readers = [threading.Thread(target=self.read) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            work()
        finally:
            self.over.set()
            for reader in readers:
                reader.join()


def builds(folder: Path, rounds: int, snapshots: int) -> tuple[Crowd, int, int]:
    """Build twice at once, `rounds` times, each of other copy; 20 readers look on.

    Return the crowd, how many rounds had one build fail, left parts or listed what is not there.
    """
    runs.home(folder, numbers=(31, 32))
    assert runs.run(["build", "-q"], folder).returncode == 0
    wrong = 0
    crowd = Crowd(folder / "dist", _whole, snapshots, pause=0.02)

    def work() -> None:
        nonlocal wrong
        for number in range(rounds):
            for report in (31, 32):
                words = english(report, words=f"Round {number} of the quay [1].")
                (folder / "reports" / "en" / f"{report:03d}.txt").write_text(words, "utf-8")
            two = [_start(folder) for _ in range(2)]
            ends = [one.communicate(timeout=300)[1] for one in two]
            failed = any(one.returncode for one in two)
            if failed:
                sys.stderr.write("".join(ends))
            wrong += failed or bool(runs.parts(folder)) or not listed(folder / "dist")

    crowd.watch(work)
    return crowd, rounds, wrong


def _start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        runs.order("build", "-q", "--jobs", "1"), cwd=folder, env=runs.environment(), text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def listed(dist: Path) -> bool:
    """Say whether the manifest lists what lies there, all of it, with its hashes."""
    rows = json.loads((dist / "manifest.json").read_bytes())["products"]
    there = {path.name for path in dist.iterdir()} - {"manifest.json"}
    return there == {one["file"] for one in rows} and all(
        hashlib.sha256((dist / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        for one in rows
    )


def _whole(name: str, data: bytes) -> bool:
    """Say whether bytes are a whole file of their kind."""
    if name.endswith(".epub"):
        return _zip(data)
    if name.endswith(".pdf"):
        return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    if name.endswith(".json"):
        try:
            return bool(json.loads(data)["products"])
        except ValueError:
            return False
    return data.startswith(b"<?xml") and data.rstrip().endswith(b"</article>")


def _zip(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return book.testzip() is None and "META-INF/container.xml" in book.namelist()
    except zipfile.BadZipFile:
        return False


def writing(folder: Path, snapshots: int, how: str) -> tuple[int, int]:
    """Let two writers put books to one path without a pause; return snapshots, corrupt ones.

    `how`: "alone", by EbookLib itself, or "ours".
    """
    path = folder / "book.epub"
    crowd = Crowd(folder, lambda _, data: _zip(data), snapshots, pause=0.01)
    line = [sys.executable, "-c", kills.WRITERS, str(path), how]
    writers = [
        subprocess.Popen(
            line, env=runs.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()

        def wait() -> None:
            end = time.monotonic() + 60
            while crowd.snapshots < snapshots and time.monotonic() < end:
                time.sleep(0.05)

        crowd.watch(wait)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    return crowd.snapshots, len(crowd.corrupt)


def figures(full: bool) -> Iterator[Figure]:
    """Take in full 1,000 snapshots while two builds write; in a slice 40."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        crowd, rounds, wrong = builds(Path(one), 12 if full else 1, 1000 if full else 40)
        seen = 81 if full else 10
        looks, corrupt = writing(Path(other), seen, "ours")
        raw = writing(Path(other), seen, "alone")
    yield Figure(
        "two builds at once and 20 readers: each file that is seen is whole",
        crowd.snapshots,
        len(crowd.corrupt),
    )
    yield Figure("both builds end well, the manifest lists what lies there", rounds, wrong)
    yield Figure(
        "two writers of one book without a pause and 20 readers: each book that is seen is whole",
        looks,
        corrupt,
        f"EbookLib: {raw[1]} of {raw[0]} corrupt",
    )
