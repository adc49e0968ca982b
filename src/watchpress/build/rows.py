"""What a build tells while it goes on, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from watchpress.build.sights import Prints
from watchpress.diagnostic import Diagnostic

Key: TypeAlias = tuple[int, str]  # number and language
# built: made now. cached: made before, put back. unchanged: left alone. held: kept back because of
# an error (--strict). failed: could not be made. refused: copy of it could not be read.
State: TypeAlias = Literal["built", "cached", "unchanged", "held", "failed", "refused"]


class Progress(Protocol):
    """Whoever wants to know how far it is: steps are reports read or laid out, products made."""

    def expect(self, steps: int) -> None:
        """Take down that so many steps more are to come."""

    def step(self, steps: int = 1) -> None:
        """Take down that so many steps are done."""


class Silent:
    """Nobody wants to know."""

    def expect(self, steps: int) -> None:
        """Do nothing."""

    def step(self, steps: int = 1) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Row:
    """What became of one product.

    `asked`, `hits`: reports to lay out for it, and those that had been before. `findings`: in its
    reports and itself. `status`: the exit status that it ends the run with. `report`: the one that
    is in it, None where there are several.
    """

    product: str
    edition: str
    state: State
    pages: int = 0
    size: int = 0
    seconds: float = 0.0
    asked: int = 0
    hits: int = 0
    findings: int = 0
    status: int = 0
    report: Key | None = None


@dataclass(frozen=True)
class Proven:
    """What came of products: their rows and pictures, what was found, the status of validators."""

    rows: Sequence[Row] = ()
    found: Sequence[Diagnostic] = ()
    judged: int = 0
    prints: Prints = field(default_factory=Prints)


@dataclass(frozen=True)
class Built:
    """The products of a run, and which report each file of copy holds."""

    rows: Sequence[Row]
    files: Mapping[str, Key] = field(default_factory=dict)
    status: int = 0
