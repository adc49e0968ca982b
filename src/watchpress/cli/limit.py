"""A limit of time for what is done in this process, where no other one can be ended instead."""

from __future__ import annotations

import signal
import threading
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from types import FrameType
from typing import Any, Final

from watchpress.diagnostic import Fatal, Place, remark

LIMIT: Final = 7  # exit status: time or memory
PAUSE: Final = 1.0  # s between calls, where the first one was swallowed on the way


class _Late(BaseException):
    """The time is over; no Exception, or an engine would take it for a fault of its own."""


def within(seconds: float, name: str) -> AbstractContextManager[None]:
    """Raise Fatal X302 (status 7) where what is done in this context takes longer; 0: never.

    `name`: what it is called then. The clock is that of the system's timer (POSIX); without one, or
    in a thread, nothing is limited. A call into a library ends before it is heard.
    """
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not timed or 0 < signal.getitimer(signal.ITIMER_REAL)[0] < seconds:
        return nullcontext()  # no limit, or a clock of somebody around us that ends before ours
    return _Clock(seconds, name)


class _Clock(AbstractContextManager[None]):
    """A clock that runs from `__enter__` to `__exit__`; one around it waits and goes on.

    A call that comes while the clock itself is at work, at either end, is noted and not raised:
    it would leave the clock running, and be heard outside of what it limits.
    """

    def __init__(self, seconds: float, name: str) -> None:
        self.seconds, self.name = seconds, name
        self.over = False
        self.begun = self.left = self.pause = 0.0
        self.before: Any = None

    def __enter__(self) -> None:
        self.before = signal.signal(signal.SIGALRM, self._late)
        self.begun = monotonic()
        self.left, self.pause = signal.setitimer(signal.ITIMER_REAL, self.seconds, PAUSE)

    def _late(self, _: int, frame: FrameType | None) -> None:
        self.over = True
        if frame is None or frame.f_code not in _OWN:
            raise _Late

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: object
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)
        if self.left:  # a clock around us that ends later goes on
            rest = self.left - (monotonic() - self.begun)
            signal.setitimer(signal.ITIMER_REAL, max(rest, 0.001), self.pause)
        # On the way up, an engine may have taken the call for a fault of its own.
        if self.over and (kind is None or issubclass(kind, Exception | _Late)):
            late = remark("X302", Place(self.name), job=self.name, limit=f"{self.seconds:g}")
            raise Fatal(late, status=LIMIT) from fault


_OWN: Final = frozenset((_Clock.__enter__.__code__, _Clock.__exit__.__code__))
