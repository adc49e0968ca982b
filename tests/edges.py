"""What the tests of borders (test_edges_*.py) share: lines of copy, and a desk that remembers."""

from __future__ import annotations

from watchpress.diagnostic import Diagnostic
from watchpress.readers.plain.lines import Desk, Line, lines


class Listener(Desk):
    """A desk that keeps what it is told."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        super().__init__("copy.txt", self.found.append)

    @property
    def codes(self) -> list[str]:
        """What was told, as `line:column CODE`, in order."""
        return [f"{one.place.line}:{one.place.column} {one.code}" for one in self.found]

    @property
    def out(self) -> list[str]:
        """What was left out of the report, as `line CODE text`, in order."""
        return [f"{loss.line} {loss.code} {loss.text}" for loss in self.losses]


def copy(*texts: str) -> list[Line]:
    """Return lines of copy, as the reader has them before it."""
    return lines("\n".join(texts), Listener())


def one(text: str) -> Line:
    """Return a line of copy."""
    (line,) = copy(text)
    return line
