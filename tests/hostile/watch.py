"""What a run opens for writing, and whom it calls: heard by an audit hook of Python.

https://docs.python.org/3/library/audit_events.html ; a hook stays for as long as the process, so it
is put up once, and listens where it is asked to.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CALLS: Final = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request")
_heard: list[list[str]] = []  # of whoever listens, the last one in front
_put = False


@contextmanager
def listening(folder: Path) -> Iterator[list[str]]:
    """Yield a list of what is written outside of `folder`, and of addresses that are asked for.

    `folder` is three folders deep in the one around it. Devices are no files, nor is what Python
    keeps of modules.
    """
    global _put  # noqa: PLW0603 - a hook cannot be taken down
    if not _put:
        sys.addaudithook(_hear)
        _put = True
    found: list[str] = []
    _heard.append(found)
    try:
        yield found
    finally:
        _heard.remove(found)
        found[:] = [one for one in found if not _allowed(one, folder)]


def _hear(event: str, facts: tuple[Any, ...]) -> None:
    if not _heard:
        return
    if event == "open" and isinstance(facts[0], str) and int(facts[2] or 0) & _WRITES:
        _heard[-1].append(os.path.abspath(facts[0]))  # noqa: PTH100 - no link is followed
    elif event in _CALLS:
        _heard[-1].append(f"{event} {facts[1:]}")


def _allowed(path: str, folder: Path) -> bool:
    if path.startswith((f"{folder}/", "/dev/")) or "__pycache__" in path:
        return True
    # The engine keeps fonts in the system's folder for such things; what is around us is none.
    return path.startswith(tempfile.gettempdir()) and not path.startswith(f"{folder.parents[2]}/")
