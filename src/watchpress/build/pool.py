"""Work in several processes: results in the order of the tasks, one that dies costs itself only.

Not concurrent.futures: there the death of one process ends all, and nothing ends one that hangs.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from watchpress.build.process import cores, hear, limit, outlive, undisturbed
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark

# Imported where processes are started: work that is small is done in this one.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LIMIT: Final = 7  # exit status: time or memory
NEVER: Final = float("inf")
TRIES: Final = 2  # processes that may die before they have begun a task
Given = TypeVar("Given")
Made = TypeVar("Made")
Task: TypeAlias = tuple[str, Given]  # its name, and what the function is given


@dataclass(frozen=True)
class Limits:
    """What one task may take: `seconds` of wall time, `memory` in MB of address space; 0: any.

    The memory is limited where the system does so: on Linux. Elsewhere the time alone is.
    """

    seconds: float = 0
    memory: int = 0


FREE: Final = Limits()


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


Done: TypeAlias = Callable[[int, Result[Made]], None]  # the number of the task, what came of it


def attempt(
    function: Callable[[Given], Made], given: Given, name: str, limits: Limits = FREE
) -> Result[Made]:
    """Return what `function` makes of `given`; a Fatal becomes a value, a bug stays what it is."""
    try:
        return Result(function(given))
    except Fatal as fatal:
        return Result(fault=fatal.diagnostic, status=fatal.status)
    except MemoryError:
        return _failed("X303" if limits.memory else "X301", name, limits)


def _failed(code: str, name: str, limits: Limits) -> Result[Any]:
    facts: dict[str, object] = {"job": name}
    if code == "X302":
        facts["limit"] = f"{limits.seconds:g}"
    elif code == "X303":
        facts["limit"] = limits.memory
    return Result(fault=remark(code, Place(name), **facts), status=LIMIT)


def ignore(number: int, result: Result[Made]) -> None:
    """Take the number of a task that is done and what came of it, and do nothing."""


class Pool:
    """Processes for the tasks of a run, started when they are first worth it.

    `jobs`: how many at a time. Without limits 1 keeps all work in this process; with limits each
    task is done in another one, which can be ended. Functions are named ones of a module and tasks
    are values that can be pickled: the processes are spawned, and know nothing of this one. To be
    used as a context: at its end no process is left.
    """

    def __init__(self, jobs: int | None = None, limits: Limits = FREE) -> None:
        self.jobs = jobs or cores()
        self.limits = limits
        self._workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end(kill=kind is not None)
        self._workers.clear()

    def run(
        self,
        function: Callable[[Given], Made],
        tasks: Sequence[Task[Given]],
        done: Done[Made] = ignore,
        *,
        least: int = 2,
    ) -> list[Result[Made]]:
        """Return what `function` makes of each task (its name, what it is given), in their order.

        Fewer tasks than `least` are done in this process, where there are neither limits nor
        others yet: to start them takes longer. `done` is called with each task that has come to
        its end, in the order of the ends.
        """
        few = self.jobs == 1 or (len(tasks) < least and not self._workers)
        results: dict[int, Result[Made]] = {}

        def end(number: int, result: Result[Made]) -> None:
            results[number] = result
            done(number, result)

        if few and self.limits == FREE:
            for number, (name, given) in enumerate(tasks):
                end(number, attempt(function, given, name))
        else:
            self._spread(function, tasks, end)
        return [results[number] for number in range(len(tasks))]

    def _spread(
        self, function: Callable[[Given], Made], tasks: Sequence[Task[Given]], end: Done[Made]
    ) -> None:
        """Hand out the tasks, one at a time to each process."""
        waiting = deque(range(len(tasks)))
        while len(self._workers) < min(self.jobs, len(tasks)):
            self._workers.append(_Worker(self.limits))
        while waiting or any(worker.number is not None for worker in self._workers):
            for worker in self._workers:
                if waiting and worker.number is None:
                    worker.give(waiting[0], (function, *tasks[waiting[0]]))
                    waiting.popleft()
            for worker, number in self._ready():
                result = worker.take(tasks[number][0])
                if result is not None:
                    end(number, result)

    def _ready(self) -> list[tuple[_Worker, int]]:
        """Return who has something to say, has died, or is over its time, and the task it is at."""
        from multiprocessing.connection import wait

        busy = {w.connection: w for w in self._workers if w.number is not None}
        left = min(worker.deadline for worker in busy.values()) - monotonic()
        heard = wait(list(busy), None if left == NEVER else max(left, 0))
        late = [worker for worker in busy.values() if worker.deadline <= monotonic()]
        asked = (worker for key, worker in busy.items() if key in heard or worker in late)
        return [(worker, worker.number) for worker in asked if worker.number is not None]


class _Worker:
    """A process, and the task it is at; another process takes its place where it ends.

    Its time begins when it has begun the task: how long it takes to start is the machine's affair.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.number: int | None = None
        self._start()

    def _start(self) -> None:
        import multiprocessing

        # Spawned, not forked: a fork copies the locks of this process's threads, locked or not.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.limits), daemon=True)
        with undisturbed():
            self.process.start()
        theirs.close()  # or its end would never be heard of

    def give(self, number: int, work: tuple[object, ...]) -> None:
        """Hand over a task: its number, the function and what that is given."""
        self.number, self.work, self.tries = number, work, TRIES
        self._hand_over()

    def _hand_over(self) -> None:
        self.begun, self.deadline = False, NEVER
        self.tries -= 1
        with contextlib.suppress(OSError):  # it has died since it was last asked: take() hears it
            self.connection.send(self.work)

    def _begin(self) -> None:
        self.begun = True
        if self.limits.seconds:
            self.deadline = monotonic() + self.limits.seconds

    def _replace(self) -> None:
        self.end(kill=True)
        self._start()

    def take(self, name: str) -> Result[Any] | None:
        """Return what came of the task, None where it has only begun, or begins once more.

        Raises what the function raised where that is a bug.
        """
        code = "X302"
        if self.connection.poll():
            code = "X301"
            with contextlib.suppress(EOFError, OSError):
                said = self.connection.recv()
                if said is None:
                    self._begin()
                    return None
                self.number = None
                if isinstance(said, BaseException):
                    raise said
                return said  # type: ignore[no-any-return]
        self._replace()
        if not self.begun and self.tries:  # the death of the process was not of the task's making
            self._hand_over()
            return None
        self.number = None
        return _failed(code, name, self.limits)

    def end(self, *, kill: bool) -> None:
        """End the process: where it stands, or when it has nothing more to do."""
        if kill:
            self.process.kill()
        self.connection.close()
        self.process.join()
        self.process.close()


def _serve(connection: Connection, limits: Limits) -> None:
    """Do what comes, one after the other, until nothing comes any more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends it without a word
    hear()
    threading.Thread(target=outlive, daemon=True).start()
    limit(limits.memory)
    while True:
        try:
            function, name, given = connection.recv()
        except (EOFError, OSError):
            return
        _say(connection, None)  # it has begun
        try:
            said: object = attempt(function, given, name, limits)
        except Exception as bug:  # noqa: BLE001 - raised where it was asked for, with its place
            bug.add_note(traceback.format_exc())
            said = bug
        _say(connection, said)


def _say(connection: Connection, said: object) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more
        try:
            connection.send(said)
        except (TypeError, ValueError, AttributeError):  # a bug that cannot be pickled
            connection.send(RuntimeError("".join(getattr(said, "__notes__", [repr(said)]))))
