"""The catalogue of bad input as data: rows of inputs, each with what is promised for it.

Promises: `A` accepted and exact; `R` repaired, a finding names the change; `X` refused with a code,
nothing written. Forbidden whatever is promised: a traceback, a hang, a silent change, a product in
part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeVar

Thing = TypeVar("Thing")
Promise: TypeAlias = Literal["A", "R", "X"]
FOLLOWS: Final = {"A": (0,), "R": (0, 1), "X": (2, 3)}  # exit statuses, where a row names none


@dataclass(frozen=True)
class Input:
    """One input: bytes of a file of copy, and what else is laid beside it.

    `text`: what a reader of the file sees in it; None where nobody can say (it is to be refused).
    `codes`: findings that have to be there. `plant` is given the folder, to lay more into it.
    `words`: the command line, where it is not `read`, `pdf` or `epub` of the copy. `whole`: made
    into a PDF and an EPUB too. `extra`: options.
    """

    name: str
    data: bytes
    text: str | None = None
    promise: Promise = "A"
    codes: tuple[str, ...] = ()
    status: tuple[int, ...] = ()
    file: str = "031.txt"
    plant: Callable[[Path], None] | None = None
    words: tuple[str, ...] = ()
    whole: bool = False
    extra: tuple[str, ...] = ()
    fault: str = ""  # of tests/faults.py, planted while it runs
    lined: bool = False  # each finding of it has to name a line
    calls: int = -1  # how many note calls the XML has to have; -1: any number
    secret: str = ""  # what must not be in anything that is written or said

    @property
    def statuses(self) -> tuple[int, ...]:
        """The exit statuses that keep the promise."""
        return self.status or FOLLOWS[self.promise]


@dataclass(frozen=True)
class Row:
    """One row of the catalogue: its id, what it is about, and its inputs.

    `full`: whether all inputs are asked for, or the slice of every day. `said`: why the promise is
    what it is, where that is no matter of course. `seconds`: what one input may take.
    """

    id: str
    title: str
    inputs: Callable[[bool], Sequence[Input]]
    said: str = ""
    seconds: float = 30.0


def copy(
    body: str = "The boats wait at the quay [1].",
    *,
    title: str = "The Quay",
    notes: str = "[1] The Log of Velm, 2018",
    head: str = "Strait Watch Report No.31  June 12, 2021",
) -> str:
    """Return copy in English, with what is bad put where it is wanted."""
    return f"{head}\n§{title}\n{body}\n\n{notes}\n"


def plain(name: str, text: str, **more: object) -> Input:
    """Return an input of copy in UTF-8: what is in it is what is read."""
    return Input(name, text.encode(), text, **more)  # type: ignore[arg-type]


def thinned(inputs: Sequence[Thing], most: int) -> Iterator[Thing]:
    """Yield at most so many of the inputs, from all over them."""
    step = max(1, -(-len(inputs) // most))
    yield from inputs[::step]
