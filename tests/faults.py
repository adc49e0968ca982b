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


def small_limit() -> Any:
    """Let ten bytes be the most that copy may have."""
    return mock.patch("watchpress.files.MOST_BYTES", 10)


def small_limit_for_xml() -> Any:
    """Let five bytes be the most that XML may have."""
    return mock.patch("watchpress.model.tree.MOST_BYTES", 5)


def no_styles() -> Any:
    """Take away the folders that style sheets come from."""
    return mock.patch("watchpress.files.HERE", Path("nowhere/at/all"))


def clock() -> Any:
    """Set a SOURCE_DATE_EPOCH that is no number."""
    return mock.patch.dict("os.environ", {"SOURCE_DATE_EPOCH": "yesterday"})


def lost_letter() -> Any:
    """Let the reader swallow the last letter of each paragraph."""
    from watchpress.readers.plain import assembly, inline

    fill = inline.fill

    def swallow(element: Any, line: Any, ids: Any, *, calls: bool) -> None:
        fill(element, line.cut(0, -2) if element.tag == "p" else line, ids, calls=calls)

    return mock.patch.object(assembly, "fill", swallow)


def unfit_engine() -> Any:
    """Let the page engine be of another version."""
    return mock.patch("watchpress.backends.pdf.engine.load", side_effect=_unfit())


def _unfit() -> Exception:
    from watchpress.backends.pdf.engine import EngineMissing

    return EngineMissing("WeasyPrint 99.0 is installed, 70.x is needed")


FAULTS: dict[str, Callable[[], Any]] = {
    "disk full": disk_full,
    "unreadable": unreadable,
    "small limit": small_limit,
    "small limit for XML": small_limit_for_xml,
    "no styles": no_styles,
    "clock": clock,
    "lost letter": lost_letter,
    "unfit engine": unfit_engine,
}
