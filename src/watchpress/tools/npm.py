"""npm: brings the pinned fonts, and Ace; where it is missing, one out of PyPI takes its place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")

NAME = "npm"
NEEDED: tuple[str, ...] = ()  # a convenience: the fonts come without it too
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "apt": ("npm",),
    "dnf": ("npm",),
    "brew": ("node",),
    "winget": ("OpenJS.NodeJS",),
}
PATIENCE = 600  # seconds for one package on a slow line
# A wheel of Node with npm in it, pinned with its hashes for each platform.
LOCK = Path(__file__).with_name("node.lock")


def version() -> str | None:
    """Return the version of the npm on the path, None where there is none that answers."""
    found = shutil.which("npm")
    try:
        return _run([found, "--version"], 30).strip() if found else None
    except OSError:
        return None


def pack(spec: str, into: Path) -> Path:
    """Return the tarball of the package `spec` ("name@version"), laid into the folder `into`.

    The registry is whichever npm is set up for. OSError with the last words of each npm that was
    tried, where none delivered.
    """
    return _tried(into, lambda npm: _packed(npm, spec, into))


def install(folder: Path) -> None:
    """Lay what the package.json of `folder` asks for into it, as its package-lock.json pins it.

    No script of a package is run. A borrowed npm stays there with its Node, in `node`, to run what
    it has brought. OSError with the last words of each npm that was tried, where none delivered.
    """
    options = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    _tried(folder, lambda npm: _run([*npm, "ci", *options], PATIENCE))


def _tried(into: Path, job: Callable[[Sequence[str]], Answer]) -> Answer:
    """Return what `job` comes to with our npm, else with a borrowed one, laid into `into`."""
    reasons = []
    for program in (_own, _borrowed):
        try:
            return job(program(into))
        except OSError as error:
            reasons.append(str(error))
    raise OSError("; ".join(reasons))


def _packed(npm: Sequence[str], spec: str, into: Path) -> Path:
    """Let `npm` lay the tarball of `spec` into `into`."""
    options = ["--silent", "--ignore-scripts", "--pack-destination", str(into)]
    named = _run([*npm, "pack", *options, spec], PATIENCE).split()
    if not named or not (into / named[-1]).is_file():
        raise OSError(f"npm delivered no {spec}")
    return into / named[-1]


def _own(_into: Path) -> Sequence[str]:
    """Return the command of the npm on the path."""
    found = shutil.which("npm")
    if not found:
        raise FileNotFoundError("npm is not installed")
    return (found,)


def _borrowed(into: Path) -> Sequence[str]:
    """Return the command of an npm out of PyPI, laid into `into` and gone with that folder."""
    home = into / "node"
    if not home.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        _run([*pip, "--target", str(home), "--requirement", str(LOCK)], PATIENCE)
    return (_first(home, "node", "node.exe"), _first(home, "npm-cli.js"))


def _first(home: Path, *names: str) -> str:
    """Return the first file below `home` that has one of `names`."""
    found: Iterator[str] = (str(p) for n in names for p in sorted(home.rglob(n)) if p.is_file())
    if path := next(found, None):
        return path
    raise FileNotFoundError(f"no {names[0]} in the borrowed package")


def _run(command: Sequence[str], patience: float) -> str:
    """Return what `command` prints; OSError with its last words where it fails or hangs."""
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            timeout=patience,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"{Path(command[0]).name} gave no answer in {patience} s") from error
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise OSError(words[-1] if words else f"{Path(command[0]).name} exited {done.returncode}")
    return done.stdout
