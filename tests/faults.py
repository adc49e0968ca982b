"""Faults to plant: what goes wrong outside watchpress, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock


@contextmanager
def planted(name: str) -> Iterator[None]:
    """Let the named fault happen; none for an empty name."""
    if not name:
        yield
        return
    with FAULTS[name]():
        yield


def disk_full() -> Any:
    """Let the disk be full when a product is flushed."""
    return mock.patch("os.fsync", side_effect=OSError(28, "No space left on device"))


def unreadable() -> Any:
    """Let the operating system refuse to open copy."""
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if path.suffix == ".txt" and "r" in mode:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *more, **options)

    return mock.patch.object(Path, "open", refuse)


FAULTS: dict[str, Callable[[], Any]] = {
    "disk full": disk_full,
    "unreadable": unreadable,
}
