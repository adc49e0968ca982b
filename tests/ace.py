"""Ace for tests: an EPUB is held to have nothing in it that stands in the way of any reader."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from watchpress.tools import ace


def violations(books: Mapping[str, bytes]) -> list[str]:
    """Return what Ace has against EPUBs, two at a time, a line each, with the name of the book.

    Skips the test where Ace cannot be run: `make test` says so before and after.
    """
    if missing := ace.lacking():
        pytest.skip(f"no verdict of Ace: {', '.join(missing)} not installed (see doctor, X105)")
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        for name, data in books.items():
            Path(folder, f"{name}.epub").write_bytes(data)
        said = pool.map(lambda name: ace.violations(Path(folder, f"{name}.epub")), books)
        return [
            f"{name}: {fault}" for name, found in zip(books, said, strict=True) for fault in found
        ]
