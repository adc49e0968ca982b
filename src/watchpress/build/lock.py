"""One build at a time in a series: who comes second waits, and is told who was there first."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from watchpress.diagnostic import Fatal, Place, remark

NAME: Final = "lock"
PATIENCE = 300.0  # seconds
DISK: Final = 6  # exit status: file or disk
_PAUSE: Final = 0.1
_TAKEN: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_FAR: Final = 1 << 20  # Windows locks bytes, and the first ones are to be read by others


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out while this lasts: those who ask for the same folder.

    The lock is the system's, and ends with its process however that ends: none is ever stale.
    Where `folder` takes no lock (it is read-only, or on a file system without any) nobody is kept
    out; each file is whole all the same. Raises Fatal X401 (status 6) when PATIENCE is at an end.
    """
    file = _waited(folder)
    try:
        yield
    finally:
        if file is not None:
            file.close()


def _waited(folder: Path) -> FileIO | None:
    """Return the file that is locked now, None where none can be."""
    path, end = folder / NAME, monotonic() + PATIENCE
    while True:
        file = _opened(path)
        if file is None or (_taken(file) and _there(file, path)):
            return file
        if monotonic() >= end:
            facts = {"process": _process(file), "limit": f"{PATIENCE:g}"}
            file.close()
            raise Fatal(remark("X401", Place(str(folder)), **facts), status=DISK)
        file.close()
        sleep(_PAUSE)


def _opened(path: Path) -> FileIO | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+")
    except OSError:
        return None


def _taken(file: FileIO) -> bool:
    """Take the lock, if it is to be had, and write down whose it is."""
    try:
        _take(file.fileno())
    except OSError as fault:
        return fault.errno not in _TAKEN  # a file system without locks keeps nobody out
    with contextlib.suppress(OSError):
        os.truncate(file.fileno(), 0)
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        os.write(file.fileno(), b"%d\n" % os.getpid())
    return True


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _there(file: FileIO, path: Path) -> bool:
    """Say whether the file still lies at `path`: `clean` removes it, and others make a new one."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _process(file: FileIO) -> str:
    try:
        file.seek(0)
        return file.read(20).decode("ascii", "replace").strip() or "?"
    except OSError:
        return "?"
