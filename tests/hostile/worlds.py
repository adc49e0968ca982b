"""The same copy in other worlds (clock, zone, locale, mask, user, folder): the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostile import runs
from hostile.figures import Figure
from watchpress.build.report import epoch
from watchpress.model import tree

AHEAD = 400 * 86400  # seconds that a clock is wrong by
# A clock that is wrong, for all of Python: where libfaketime is not to be had.
CLOCK = f"""
import datetime, time
right, exact = time.time, time.time_ns
time.time = lambda: right() + {AHEAD}
time.time_ns = lambda: exact() + {AHEAD} * 10**9
now = datetime.datetime
class Wrong(now):
    @classmethod
    def now(cls, tz=None): return now.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return now.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)
datetime.datetime = Wrong
"""


@dataclass(frozen=True)
class World:
    """What is another there: variables, a program that runs it, options, and of the files."""

    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    jobs: int = 2
    lacks: tuple[str, ...] = ()
    mask: int = 0o022
    inside: bool = False  # run in the folder of the series, which lies elsewhere
    touched: bool = False  # the copy is of another day
    only: str = ""  # compare products whose names begin so, and not the keys of the manifest


def worlds(home: Path) -> Iterator[World]:
    """Yield the twelve, the first as a run usually is."""
    first = sorted((home / "reports" / "en").glob("*.txt"))[0]
    stamp = str(_epoch(first))
    yield World("plain")
    yield World("Tokyo, one job", {"TZ": "Asia/Tokyo"}, jobs=1)
    yield World("Samoa, four jobs", {"TZ": "Pacific/Apia"}, jobs=4)
    yield World("locale C", {"LC_ALL": "C", "LANG": "C"})
    yield World("Japanese locale", {"LC_ALL": "ja_JP.UTF-8", "WATCHPRESS_LANG": "ja"})
    yield World("mask 077, other folder", mask=0o077, inside=True)
    yield World("hash seed 1", {"PYTHONHASHSEED": "1"})
    yield World("hash seed 4711, no home", {"PYTHONHASHSEED": "4711"}, lacks=("HOME",))
    yield World("another user", within=_user())
    yield World("a clock that is wrong", *_clock(home))
    yield World("copy of another day, other path", {"PYTHONPATH": _path(home)}, touched=True)
    yield World("SOURCE_DATE_EPOCH", {"SOURCE_DATE_EPOCH": stamp}, only=f"{first.stem}.en.")


def _user() -> tuple[str, ...]:
    """Return what runs a program as a user without a name: in a namespace that maps nobody."""
    try:
        unmapped = subprocess.run(["unshare", "-U", "true"], capture_output=True, check=False)
    except OSError:
        return ()
    return () if unmapped.returncode else ("unshare", "-U")


def _clock(home: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the variables and the program that make a clock wrong."""
    if faketime := shutil.which("faketime"):
        return {}, (faketime, "-f", f"+{AHEAD // 86400}d")
    folder = home.parent / "clock"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(CLOCK)
    return {"PYTHONPATH": f"{folder}{os.pathsep}{runs.SOURCE}"}, ()


def clock() -> str:
    """Return by what the clock is made wrong."""
    return "libfaketime" if shutil.which("faketime") else "Python's own clocks, moved"


def _path(home: Path) -> str:
    return os.pathsep.join((str(home), "/nowhere", str(runs.SOURCE)))


def _epoch(copy: Path) -> int:
    """Return the time that the products of a report carry by themselves."""
    done = runs.run(["read", str(copy), "-q"], copy.parent)
    assert done.returncode == 0, done.stderr
    return epoch([tree.parse(done.stdout.encode(), "-")])


def built(world: World, home: Path, folder: Path) -> tuple[dict[str, str], dict[str, Any], str]:
    """Build a copy of `home` at `folder`; return hashes by product, the manifest, what was said."""
    shutil.copytree(home, folder, ignore=shutil.ignore_patterns("dist", ".watchpress"))
    if world.touched:
        for path in folder.rglob("*"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
    given = {k: v for k, v in runs.environment(**world.variables).items() if k not in world.lacks}
    line = runs.order("build", "-q", "--jobs", str(world.jobs))
    done = subprocess.run(
        [*world.within, *line, *([] if world.inside else ["-C", str(folder)])],
        cwd=folder if world.inside else folder.parent, env=given, umask=world.mask,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    dist = folder / "dist"
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(dist.glob("*"))
        if path.name != "manifest.json"
    }
    manifest = json.loads((dist / "manifest.json").read_bytes()) if hashes else {}
    return hashes, manifest, f"{done.returncode} {done.stderr}"


def _seen(manifest: dict[str, Any], only: str) -> str:
    """Return what of a manifest is to be the same everywhere.

    Of single products, with a time that is given: all but the key, which knows that it was given.
    """
    if not only:
        return json.dumps(manifest)
    rows = [dict(row) for row in manifest["products"] if row["file"].startswith(only)]
    return json.dumps([{**row, "key": ""} for row in rows])


def listed(home: Path, manifest: dict[str, Any], hashes: Mapping[str, str]) -> list[str]:
    """Return what a manifest does not list as it is: products, inputs, versions, fonts."""
    wrong = []
    rows = {row["file"]: row for row in manifest["products"]}
    makers = manifest["makers"]
    for file, hashed in hashes.items():
        row = rows.get(file, {"sha256": "", "inputs": {}, "maker": ""})
        if row["sha256"] != hashed:
            wrong.append(file)
        for name, given in row["inputs"].items():
            there = home / name if (home / name).is_file() else runs.TESTS.parent / name
            if hashlib.sha256(there.read_bytes()).hexdigest() != given:
                wrong.append(f"{file}: {name}")
        maker = makers.get(row["maker"], {"tools": {}, "fonts": []})
        if not {"watchpress", "weasyprint", "lxml", "pango"} <= maker["tools"].keys():
            wrong.append(f"{file}: tools")
    return wrong + sorted(rows.keys() - hashes.keys())


def compared(home: Path, names: list[str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Yield each world with what is another one there than in the first; nothing: all is one."""
    with tempfile.TemporaryDirectory() as temporary:
        first: tuple[dict[str, str], dict[str, Any]] = ({}, {})
        for number, world in enumerate(worlds(home)):
            if names is not None and world.name not in names:
                continue
            hashes, manifest, said = built(
                world, home, Path(temporary, str(number), "series"[number % 6 :])
            )
            if not first[0]:
                first = hashes, manifest
            shared = [name for name in first[0] if name.startswith(world.only)]
            assert shared
            other = [name for name in shared if hashes.get(name) != first[0][name]]
            if manifest and _seen(manifest, world.only) != _seen(first[1], world.only):
                other.append("manifest.json")
            other += listed(home, manifest, hashes) if hashes else [said]
            yield world.name, other


def figures(full: bool) -> Iterator[Figure]:
    """Build in full the sample series in twelve worlds; in a slice a report as EPUB in three."""
    names = None if full else ["plain", "Samoa, four jobs", "a clock that is wrong"]
    with tempfile.TemporaryDirectory() as temporary:
        home = runs.TESTS.parent
        if not full:
            home = runs.home(Path(temporary), toml=runs.BOOKS)
        else:
            shutil.copytree(home / "reports", Path(temporary, "reports"))
            home = Path(temporary)
        found = list(compared(home, names))
    for name, other in found:
        sys.stderr.write("".join(f"{name}: {one}\n" for one in other))
    bad = sum(bool(other) for _, other in found)
    what = "worlds in which every product and the manifest are the same bytes"
    note = clock()
    if full and not _user():
        note += "; another user not tried here: `unshare -U` may not be used"
    yield Figure(what, len(found), bad, note=note)
