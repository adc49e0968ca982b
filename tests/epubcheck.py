"""EPUBCheck for tests: an EPUB is held to both releases that stores and libraries run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from watchpress.tools import epubcheck

# The short way of a virtual machine that lives for three seconds.
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def assert_epub(data: bytes) -> None:
    """Hold one EPUB to both EPUBChecks: no error, no warning."""
    assert_epubs({"book": data})


def assert_epubs(books: Mapping[str, bytes]) -> None:
    """Hold EPUBs to both EPUBChecks, two at a time; each name appears in what is said of its book.

    Fails where Java or a release of EPUBCheck is absent: an unchecked book is not a checked one.
    """
    jobs = [(release, name) for release in epubcheck.RELEASES for name in books]
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        for name, data in books.items():
            Path(folder, f"{name}.epub").write_bytes(data)
        said = pool.map(lambda job: heard(Path(folder), *job), jobs)
        faults = [fault for found in said for fault in found]
    assert not faults, "\n".join(faults)


def heard(folder: Path, release: str, name: str) -> Iterable[str]:
    """Return what one release has against one book, a line each."""
    out = folder / f"{name}-{release}.json"
    command = [_java(), *JAVA, "-jar", str(_jar(release)), str(folder / f"{name}.epub")]
    command += ["--json", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    verdict = json.loads(out.read_text("utf-8"))
    # EPUBCheck counts no error in a file that it could not open: it has to have seen the spine.
    assert verdict["publication"]["nSpines"] > 0, done.stderr
    assert verdict["checker"]["checkerVersion"] == release
    faults = [_line(name, release, found) for found in verdict["messages"]]
    assert faults or done.returncode == 0, done.stderr
    return faults


def _line(name: str, release: str, found: Mapping[str, Any]) -> str:
    where = ", ".join(f"{place['path']}:{place['line']}" for place in found["locations"])
    what = f"{found['severity']} {found['ID']} {found['message']}"
    return f"{name}: EPUBCheck {release}: {what}: {where}"


def _java() -> str:
    program = shutil.which("java")
    if program is None:
        pytest.fail("EPUBCheck needs Java: apt install default-jre-headless (or see doctor)")
    return program


def _jar(release: str) -> Path:
    found = epubcheck.jar(release)
    if found is None:
        pytest.fail(f"EPUBCheck {release} is not installed: `make test` brings it")
    return found
