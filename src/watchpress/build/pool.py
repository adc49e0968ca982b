"""Work in several processes: results in the order of the tasks, one that dies costs itself only."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Generic, TypeAlias, TypeVar

from watchpress.diagnostic import Diagnostic, Fatal, Place, remark

LIMIT: Final = 7  # exit status: time or memory
Given = TypeVar("Given")
Made = TypeVar("Made")
Task: TypeAlias = tuple[str, Given]  # its name, and what the function is given


@dataclass(frozen=True)
class Result(Generic[Made]):
    """What came of a task: its value, or why there is none and the exit status of that."""

    value: Made | None = None
    fault: Diagnostic | None = None
    status: int = 0

    def get(self) -> Made:
        """Return the value; raises Fatal where there is none."""
        if self.fault is not None:
            raise Fatal(self.fault, status=self.status)
        assert self.value is not None
        return self.value


def attempt(function: Callable[[Given], Made], given: Given, name: str) -> Result[Made]:
    """Return what `function` makes of `given`; a Fatal becomes a value, a bug stays what it is."""
    try:
        return Result(function(given))
    except Fatal as fatal:
        return Result(fault=fatal.diagnostic, status=fatal.status)
    except MemoryError:
        return Result(fault=_died(name), status=LIMIT)


Done: TypeAlias = Callable[[int, Result[Made]], None]  # the number of the task, what came of it


def _died(name: str) -> Diagnostic:
    return remark("X301", Place(name), job=name)


def ignore(number: int, result: Result[Made]) -> None:
    """Take the number of a task that is done and what came of it, and do nothing."""


class Pool:
    """Processes for the tasks of a run, started when they are first worth it.

    `jobs`: how many at a time; 1 keeps all work in this process. Functions are named ones of a
    module and tasks are values that can be pickled: the processes are spawned, and know nothing of
    this one. To be used as a context: at its end no process is left.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or _cores()
        self._executor: ProcessPoolExecutor | None = None
        self._before: set[int | None] = set()

    def __enter__(self) -> Pool:
        self._before = {child.pid for child in multiprocessing.active_children()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        if kind is not None:
            self._kill()
        self._close()

    def run(
        self,
        function: Callable[[Given], Made],
        tasks: Sequence[Task[Given]],
        done: Done[Made] = ignore,
        *,
        least: int = 2,
    ) -> list[Result[Made]]:
        """Return what `function` makes of each task (its name, what it is given), in their order.

        Fewer tasks than `least` are done in this process: to start others takes longer. `done` is
        called with each task that has come to its end, in the order of the ends.
        """
        if self.jobs == 1 or (len(tasks) < least and self._executor is None):
            return [self._here(function, number, task, done) for number, task in enumerate(tasks)]
        results: dict[int, Result[Made]] = {}
        waiting = deque(range(len(tasks)))
        while waiting:
            flight: dict[Future[Result[Made]], int] = {}
            try:
                self._spread(function, tasks, waiting, flight, results, done)
            except BrokenProcessPool:
                # Any of those under way may have been the death of its process: each alone now.
                self._close()
                for number in sorted(flight.values()):
                    results[number] = self._alone(function, tasks[number])
                    done(number, results[number])
        return [results[number] for number in range(len(tasks))]

    def _here(
        self,
        function: Callable[[Given], Made],
        number: int,
        task: tuple[str, Given],
        done: Done[Made],
    ) -> Result[Made]:
        result = attempt(function, task[1], task[0])
        done(number, result)
        return result

    def _spread(
        self,
        function: Callable[[Given], Made],
        tasks: Sequence[Task[Given]],
        waiting: deque[int],
        flight: dict[Future[Result[Made]], int],
        results: dict[int, Result[Made]],
        done: Done[Made],
    ) -> None:
        """Hand out what is waiting, no more at a time than keeps all processes busy."""
        executor = self._start()
        while waiting or flight:
            while waiting and len(flight) <= self.jobs:
                name, given = tasks[waiting[0]]
                flight[executor.submit(attempt, function, given, name)] = waiting[0]
                waiting.popleft()
            for future in wait(flight, return_when=FIRST_COMPLETED).done:
                number = flight[future]
                results[number] = future.result()
                del flight[future]
                done(number, results[number])

    def _start(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = _executor(self.jobs)
        return self._executor

    def _alone(self, function: Callable[[Given], Made], task: Task[Given]) -> Result[Made]:
        name, given = task
        with _executor(1) as executor:
            try:
                return executor.submit(attempt, function, given, name).result()
            except BrokenProcessPool:
                return Result(fault=_died(name), status=LIMIT)

    def _close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _kill(self) -> None:
        """End our processes where they stand: what they are at will not be asked for."""
        for child in multiprocessing.active_children():
            if child.pid not in self._before:
                child.terminate()


def _cores() -> int:
    """Return how many cores this process may use: in a container often fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _executor(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork copies the locks of this process's threads, locked or not.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Begin as a worker: an interrupt ends it without a word, and so does the end of its parent."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_outlive, daemon=True).start()


def _outlive() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
