"""A limit of time for what is done in this process, where no other one can be ended instead."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from time import monotonic
from typing import Final

from watchpress.diagnostic import Fatal, Place, remark

LIMIT: Final = 7  # exit status: time or memory
PAUSE: Final = 1.0  # s between calls, where the first one was swallowed on the way


class _Late(BaseException):
    """The time is over; no Exception, or an engine would take it for a fault of its own."""


@contextlib.contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Raise Fatal X302 (status 7) where what is done in this context takes longer; 0: never.

    `name`: what it is called then. The clock is that of the system's timer (POSIX); without one, or
    in a thread, nothing is limited. A call into a library ends before it is heard.
    """
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not timed or 0 < signal.getitimer(signal.ITIMER_REAL)[0] < seconds:
        yield  # no limit, or a clock of somebody around us that ends before ours
        return
    over: list[int] = []

    def late(number: int, _: object) -> None:
        over.append(number)
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    begun = monotonic()
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds, PAUSE)
    try:
        with contextlib.suppress(_Late):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # a clock around us that ends later goes on
            signal.setitimer(signal.ITIMER_REAL, max(left - (monotonic() - begun), 0.001))

    if over:  # on the way up, an engine may have taken the call for a fault of its own
        fault = remark("X302", Place(name), job=name, limit=f"{seconds:g}")
        raise Fatal(fault, status=LIMIT)
