"""Pango: the text engine that WeasyPrint sets pages with. Asked here without loading WeasyPrint."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from contextlib import suppress

NAME = "Pango"
NEEDED = ("pdf", "demo", "test")
OLDEST = "1.44"  # https://doc.courtbouillon.org/weasyprint/stable/first_steps.html
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "apt": ("libpango-1.0-0", "libpangoft2-1.0-0"),
    "dnf": ("pango",),
    "brew": ("pango",),
    "pacman": ("mingw-w64-ucrt-x86_64-pango",),
}
# Each library that WeasyPrint loads, by its names on Linux, macOS and Windows.
LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.dylib", "libgobject-2.0-0.dll"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
)
# Where MSYS2 puts them; WeasyPrint reads the same variable.
WINDOWS = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\ucrt64\bin").split(";")


def version() -> str | None:
    """Return Pango's version, None where it or a library that comes with it cannot be loaded."""
    if sys.platform == "win32":
        for place in WINDOWS:
            with suppress(OSError):
                os.add_dll_directory(place)
    found = [_load(names) for names in LIBRARIES]
    if None in found:
        return None
    say = found[-1].pango_version_string  # type: ignore[union-attr]  # None was sent off above
    say.restype = ctypes.c_char_p
    return str(say().decode("ascii"))


def _load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    """Return the first library of `names` that loads."""
    for name in names:
        with suppress(OSError):
            return ctypes.CDLL(name)
    return None
