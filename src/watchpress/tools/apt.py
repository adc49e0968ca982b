"""apt: the packages of Debian and Ubuntu, installed where we have the right to."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LISTS = Path("/var/lib/apt/lists")
PATIENCE = 1800  # seconds, for a slow line
OPTIONS = ("--yes", "--quiet", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
# No questions, and words that we can hand on.
QUIET: Mapping[str, str] = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}


def rights() -> tuple[str, ...] | None:
    """Return what apt-get has to be preceded by: (), sudo; None without apt or without rights."""
    if not shutil.which("apt-get"):
        return None
    if os.name == "posix" and os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo")
    # -n: a sudo that would ask for a password is no right, as nobody may be there to type it.
    return (sudo, "-n") if sudo and _run((sudo, "-n", "true")) == "" else None


def missing(packages: Sequence[str]) -> tuple[str, ...]:
    """Return those of `packages` that are not installed."""
    return tuple(package for package in packages if not _installed(package))


def install(packages: Sequence[str]) -> str:
    """Install `packages`; return "" where that went well, else apt's last words.

    The lists are fetched where there are none, and once more where they have grown too old to
    install from.
    """
    before = rights()
    if before is None:
        return "no right to install packages"
    # sudo drops our environment: env sets it again on the other side.
    names = [f"{name}={value}" for name, value in QUIET.items()]
    apt = (*before, "env", *names, "apt-get")
    order = (*apt, "install", *OPTIONS, *packages)
    if any(LISTS.glob("*_Packages*")) and _run(order) == "":
        return ""
    return _run((*apt, "update", "--quiet")) or _run(order)


def _installed(package: str) -> bool:
    """Return whether dpkg knows `package` as installed."""
    query = ("dpkg-query", "--show", "--showformat", "${db:Status-Status}", package)
    try:
        done = subprocess.run(query, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.stdout == "installed"


def _run(command: Sequence[str]) -> str:
    """Run `command`; return "" where it exits 0, else its last words (never empty)."""
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if not done.returncode:
        return ""
    words = [line for line in done.stderr.splitlines() if line.startswith("E:")]
    return words[0] if words else f"{command[-1]}: exit {done.returncode}"
