"""What the processes of a pool are given to do in tests: named functions, as spawning asks for."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from watchpress.diagnostic import Fatal, Place, remark


def double(number: int) -> int:
    return 2 * number


def slow_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def process(_: int) -> int:
    return os.getpid()


def refuse_two(number: int) -> int:
    if number == 2:
        raise Fatal(remark("D101", Place("two.txt")), status=6)
    return number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def no_memory(_: int) -> int:
    raise MemoryError


def bug(_: int) -> int:
    raise ZeroDivisionError("a bug")


def sleep_long(number: int) -> int:
    time.sleep(30)
    return number


def poisoned(number: int) -> int:
    """Hang at 2, eat memory at 5, crash at 8 as native code does; else give the number back."""
    if number == 2:
        while True:
            time.sleep(1)
    if number == 5:
        hoard = [bytearray(50_000_000) for _ in range(200)]
        return len(hoard)
    if number == 8:
        ctypes.string_at(0)
    return number


def odd_bug(_: int) -> int:
    raise OddError(lambda: None)


class OddError(Exception):
    """A fault that cannot be pickled."""
