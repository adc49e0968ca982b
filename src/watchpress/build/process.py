"""Processes as the system has them: how many are worth it, how one begins, is limited, and ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator


def cores() -> int:
    """Return how many cores this process may use: in a container often fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Keep an interrupt from the process that starts now: Python would print a traceback there."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # started later it lifts the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hear() -> None:
    """Let interrupts come again, in a process that was started undisturbed."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def limit(memory: int) -> None:
    """Let this process have so many MB of addresses; what is beyond fails as memory that is out."""
    if memory and sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory * 1_000_000
        resource.setrlimit(
            resource.RLIMIT_AS,
            (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most),
        )


def outlive() -> None:
    """End with the process that has started this one."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
