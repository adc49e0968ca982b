"""HarfBuzz's subsetter: embeds only the letters used. Without it subsets are larger and slower."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from contextlib import suppress

NAME = "HarfBuzz subset"
NEEDED = ("pdf", "demo", "test")
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "apt": ("libharfbuzz-subset0",),
    "dnf": ("harfbuzz",),
    "brew": ("harfbuzz",),
    "pacman": ("mingw-w64-ucrt-x86_64-harfbuzz",),
}
LIBRARY = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
)


def version() -> str | None:
    """Return HarfBuzz's version, None where the subsetter cannot be loaded."""
    for name in LIBRARY:
        with suppress(OSError, AttributeError):
            say = ctypes.CDLL(name).hb_version_string  # found in the library that it rests on
            say.restype = ctypes.c_char_p
            return str(say().decode("ascii"))
    return None
