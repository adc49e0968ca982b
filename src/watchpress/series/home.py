"""Which series a file of copy belongs to: the nearest series.toml above it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FILE: Final = "series.toml"
FOLDER: Final = "reports"  # where it lies below the home of a series, if not in that itself


def home(path: Path) -> Path | None:
    """Return the home of the series that `path` lies in, seen from where we are; None for none."""
    for folder in _above(path):
        if (folder / FILE).is_file():
            inner = folder.resolve().name == FOLDER
            return _up(folder) if inner else folder
        if (folder / FOLDER / FILE).is_file():
            return folder
    return None


def _above(path: Path) -> Iterator[Path]:
    """Yield the folders above a file, the nearest first; relative ones for a relative path."""
    if path.is_absolute():
        yield from path.parents
    else:  # what stands above `..` is not what its parts say
        above = Path(os.path.normpath(Path.cwd() / path)).parents
        yield from (Path(os.path.relpath(folder)) for folder in above)


def _up(folder: Path) -> Path:
    return folder / ".." if folder.name in ("", "..") else folder.parent
