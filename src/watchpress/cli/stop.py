"""How a run ends that is told to: at once, with nothing half-written, and without a traceback.

A signal is not raised as an exception: where it comes while an object is being finalized, or in a
callback of C code, Python prints a traceback and goes on as if nothing had come.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Final

SIGNALS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)
WORDS: Final = b"watchpress: interrupted; nothing half-written was left\n"
_CURSOR: Final = b"\r\x1b[?25h\x1b[K"  # a bar has hidden it: ECMA-48, DECTCEM
_BY: Final = 128  # exit status: this and the number of the signal, as shells have it
_gentle = False


def listen() -> None:
    """End from now on as this room has it; what is ignored (nohup) stays ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


@contextlib.contextmanager
def gently() -> Iterator[None]:
    """Let work come to its end step by step while this lasts: it has folders to clear."""
    global _gentle  # noqa: PLW0603 - a process has one way to end
    _gentle = True
    try:
        yield
    finally:
        _gentle = False


def _end(number: int, frame: FrameType | None) -> None:
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)
    if not _gentle:
        _clear()
    with contextlib.suppress(OSError):
        os.write(2, (_CURSOR if os.isatty(2) else b"") + WORDS)
    if _gentle:
        raise SystemExit(_BY + number)
    os._exit(_BY + number)


def _clear() -> None:
    """Remove part files and end the processes of a pool, if there can be any."""
    if "watchpress.files" in sys.modules:
        from watchpress import files

        files.abandon()
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for process in multiprocessing.active_children():
            process.kill()
            process.join(1)
