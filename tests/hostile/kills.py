"""Runs that are killed, or told to stop, at any moment: the products are whole, old or new."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hostile import runs
from hostile.figures import Figure
from hostile.runs import Run

COMMANDS = {
    "epub": ("epub", "reports/en/031.txt", "-o", "dist/031.en.epub", "-q"),
    "pdf": ("pdf", "reports/en/031.txt", "-o", "dist/031.en.pdf", "-q"),
    "build": ("build", "-q", "--jobs", "2"),
}
STATES = ("old", "new")
ALONE = 60
# A writer that does nothing but put one book over the other: EbookLib to a path, or ours.
WRITERS = """
import sys, warnings
warnings.simplefilter("ignore")
from ebooklib import epub
def book(words):
    made = epub.EpubBook()
    made.set_title("Watch Report"); made.set_language("en")
    page = epub.EpubHtml(title="The Quay", file_name="quay.xhtml", lang="en")
    page.content = "<h1>The Quay</h1>" + "".join(f"<p>{words} {n}</p>" for n in range(400))
    made.add_item(page); made.add_item(epub.EpubNcx()); made.add_item(epub.EpubNav())
    made.toc = (page,); made.spine = ["nav", page]
    return made
path, how = sys.argv[1:]
from pathlib import Path
from io import BytesIO
from watchpress.files import replace
count = 0
while True:
    count += 1
    if how == "alone":
        epub.write_epub(path, book(f"The boats wait {count}."))
    else:
        out = BytesIO()
        epub.write_epub(out, book(f"The boats wait {count}."))
        replace(Path(path), out.getvalue())
    if count == 1:
        print("ready", flush=True)
"""


@dataclass
class Tally:
    """What was tried and what was broken, by name of what must not be."""

    tried: int = 0
    resumed: int = 0
    late: int = 0  # runs that had come to their end before they were stopped
    corrupt: int = 0
    stale: int = 0
    processes: int = 0
    loud: int = 0
    wrong: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def broken(self) -> int:
        return self.corrupt + self.stale + self.processes + self.loud + self.wrong


class Home:
    """A series in which a command is stopped again and again, and what its products may be."""

    def __init__(self, folder: Path, name: str, dice: random.Random) -> None:
        self.folder, self.name, self.dice = runs.home(folder, "old"), name, dice
        self.copy = folder / "reports" / "en" / "031.txt"
        self.good: dict[str, dict[str, bytes]] = {}
        for state in (*STATES, "old"):
            self.seconds = runs.clocked(self.order, folder, {self.copy: runs.copy(state)})
            self.good[state] = self.products()
        self.state = "old"

    @property
    def order(self) -> tuple[str, ...]:
        return COMMANDS[self.name]

    def products(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes()
            for path in (self.folder / "dist").iterdir()
            if not path.name.endswith(".part")
        }

    def start(self) -> Run:
        """Start a run over good products that are older than the copy."""
        self.state = STATES[self.state == "old"]
        self.copy.write_text(runs.copy(self.state), "utf-8")
        if self.name == "build":  # nothing is to be had from what was kept
            for path in (self.folder / ".watchpress" / "cache").glob("*/*"):
                path.unlink()
        return Run.start(self.order, self.folder)

    def moment(self, run: Run, last: float = 1.0) -> None:
        """Wait for a random moment: any of the run, or one at which something is being written."""
        end = time.perf_counter() + self.dice.uniform(0, self.seconds * last)
        writing = self.dice.random() < 0.5
        while run.process.poll() is None and (writing or time.perf_counter() < end):
            if writing and (runs.parts(self.folder) or self._fresh()):
                time.sleep(self.dice.uniform(0, 0.004))
                return
            time.sleep(0.0005)

    def _fresh(self) -> bool:
        """Say whether a product is already another one than before."""
        return self.products() != self.good[STATES[self.state == "old"]]

    def corrupt(self) -> int:
        """Return how many products are neither the old nor the new one, or are gone."""
        found, (one, other) = self.products(), (self.good[state] for state in STATES)
        count = sum(
            found.get(name) not in (one[name], other[name])
            for name in one
            if name != "manifest.json"
        )
        if "manifest.json" in one:
            count += not _listed(found)
        return count + len(found.keys() - one.keys())

    def again(self) -> tuple[int, int]:
        """Run to the end; return how many products are wrong then, and how many parts are left."""
        done = runs.run(self.order, self.folder)
        wrong = self.products() != self.good[self.state] or done.returncode != 0
        return int(wrong), len(runs.parts(self.folder))


def _listed(found: dict[str, bytes]) -> bool:
    """Say whether the manifest is whole, and lists only what lies there."""
    try:
        listed = json.loads(found["manifest.json"])["products"]
        return all(one["file"] in found and len(one["sha256"]) == 64 for one in listed)
    except (KeyError, ValueError):
        return False


def killed(home: Home, rounds: int, every: int = 5) -> Tally:
    """Kill runs at random moments; after each `every`th kill, and each that left a part, go on."""
    tally = Tally()
    while tally.tried < rounds:
        run = home.start()
        home.moment(run)
        status, _ = run.stop(signal.SIGKILL)
        if status != -signal.SIGKILL:
            tally.late += 1
            continue
        tally.tried += 1
        tally.corrupt += home.corrupt()
        tally.processes += run.left()
        if tally.tried in {rounds, tally.tried // every * every} or runs.parts(home.folder):
            wrong, stale = home.again()
            tally.resumed += 1
            tally.wrong += wrong
            tally.stale += stale
        if tally.tried % 25 == 0:  # a long round: it says how far it is
            sys.stderr.write(f"{home.name}: {tally.tried} killed, {tally.broken} broken\n")
    return tally


def told(home: Home, rounds: int) -> Tally:
    """Send SIGINT (to the group, as terminals do) and SIGTERM in turns, SIGHUP now and then."""
    tally = Tally()
    while tally.tried < rounds:
        assert tally.late <= 20 * rounds, "runs end before they can be told to stop"
        number = (signal.SIGINT, signal.SIGTERM)[tally.tried % 2]
        number = signal.SIGHUP if tally.tried % 10 == 9 else number
        run = home.start()
        if not run.prepared():
            tally.late += 1
            continue
        home.moment(run, 0.9)
        status, said = run.stop(number, group=number == signal.SIGINT)
        if status == 0:
            tally.late += 1
            continue
        tally.tried += 1
        loud = any(word in said for word in runs.LOUD)
        tally.loud += loud
        if loud or status != 128 + number:
            tally.said.append(f"{status}: {said}")
        tally.wrong += status != 128 + number
        tally.corrupt += home.corrupt()
        tally.processes += run.left()
        tally.stale += len(runs.parts(home.folder))
    return tally


def overwritten(how: str, folder: Path, rounds: int, dice: random.Random) -> int:
    """Return how many of `rounds` kills spoil a book that is written over and over."""
    path, spoiled = folder / "book.epub", 0
    for _ in range(rounds):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITERS, str(path), how], env=runs.environment(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert writer.stdout is not None
        assert writer.stdout.readline()
        time.sleep(dice.uniform(0.01, 0.3))
        writer.kill()
        writer.communicate()
        spoiled += not _book(path)
    return spoiled


def _book(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            whole = {"EPUB/nav.xhtml", "EPUB/quay.xhtml"} <= set(book.namelist())
            return whole and book.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def figures(full: bool) -> Iterator[Figure]:
    """Kill in full 500 runs and tell 50 to stop; in a slice 4 and 2."""
    dice = random.Random(20261124)
    rounds = {"epub": 350, "pdf": 75, "build": 75} if full else {"epub": 4}
    stops = {"epub": 14, "pdf": 16, "build": 20} if full else {"epub": 2}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield _written(folder, ALONE if full else 2, dice)
        homes = {one: Home(folder / one, one, dice) for one in rounds}
        yield from shown([killed(homes[one], count) for one, count in rounds.items()])
        yield stopped([told(homes[one], count) for one, count in stops.items()])


def _written(folder: Path, rounds: int, dice: random.Random) -> Figure:
    raw = overwritten("alone", folder, rounds, dice)
    return Figure(
        "a book that is written over and over is whole when its writer is killed",
        rounds,
        overwritten("ours", folder, rounds, dice),
        f"EbookLib: {raw} of {rounds} corrupt",
    )


def shown(kills: list[Tally]) -> Iterator[Figure]:
    total, resumed = sum(one.tried for one in kills), sum(one.resumed for one in kills)
    for what, count, key in (
        (
            "kill -9 at any moment of a run: each product is the old or the new one",
            total,
            "corrupt",
        ),
        ("processes outlive a run that was killed", total, "processes"),
        ("after a kill the next run makes what was asked for", resumed, "wrong"),
        ("and leaves nothing half-written", resumed, "stale"),
    ):
        yield Figure(what, count, sum(getattr(one, key) for one in kills))


def stopped(stops: list[Tally]) -> Figure:
    for stop in stops:
        sys.stderr.write("".join(stop.said))
    return Figure(
        "SIGINT, SIGTERM, SIGHUP: exit 130, 143, 129; no traceback, no process, no part file left",
        sum(one.tried for one in stops),
        sum(one.broken for one in stops),
    )
