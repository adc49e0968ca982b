"""Python itself: all of watchpress runs on it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping

NAME = "Python"
NEEDED = ("pdf", "epub", "demo", "test")
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "apt": ("python3", "python3-venv"),
    "dnf": ("python3",),
    "brew": ("python",),
    "winget": ("Python.Python.3.13",),
}
LEAST = (3, 11)


def version() -> str | None:
    """Return the version of the running Python, None where it is older than we can use."""
    return platform.python_version() if sys.version_info >= LEAST else None
