"""What the processes of a pool are given to do in tests: named functions, as spawning asks for."""

from __future__ import annotations

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
