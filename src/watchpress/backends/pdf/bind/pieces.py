"""What is bound: the pieces, and what the whole says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from watchpress.backends.pdf.facts import Facts
from watchpress.backends.pdf.plate import Plate
from watchpress.tools.icc import Condition

Standard: TypeAlias = Literal["", "x4", "a3"]


@dataclass(frozen=True)
class Piece:
    """A PDF to be bound: the pages of a loose work with their facts, and their place in the whole.

    `folios` are printed, one a page, "" none; `labels` are what readers on screen call the pages,
    one a page. Either may be () for none. `blanks` pages come before it, whose labels count back
    from the first of the piece. `title`: its line in the outline, above its own ones, which stand
    alone where it is "" or the same as theirs. `name`: the file it was made of, for findings.
    `part`: what kind of part of the whole it is.
    """

    data: bytes
    facts: Facts
    folios: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    blanks: int = 0
    title: str = ""
    name: str = "-"
    part: str = "report"


@dataclass(frozen=True)
class Enclosure:
    """A file that lies in an archived PDF: its name, its bytes (XML), and what it is, in words."""

    name: str
    data: bytes
    words: str


@dataclass(frozen=True)
class Binding:
    """What the bound file says of itself.

    `language`: that of the whole; a piece in another one says so itself. `epoch` (seconds since
    1970, UTC) is its only clock. `spread`: opens as facing pages, the first one on the right, or
    on the left where it is a `verso`. `plate` and `intent`: the sheet and the printing condition
    of a file for the press (PDF/X-4); one of spreads has an even number of pages. `archive`: a
    PDF/A-3a, with `enclosures` in it.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    epoch: int
    subject: str = ""
    spread: bool = False
    verso: bool = False
    plate: Plate | None = None
    intent: Condition | None = None
    archive: bool = False
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def standard(self) -> Standard:
        """The standard that the file is made to, beside PDF/UA-1 where it is tagged."""
        return "x4" if self.plate else "a3" if self.archive else ""

    @property
    def moment(self) -> datetime:
        """The epoch as a UTC time."""
        return datetime.fromtimestamp(self.epoch, UTC)


@dataclass(frozen=True)
class Sewn:
    """A piece in the bound file: its pages there, and the roots that its PDF had.

    `blanks`: the pages before it. `tree` is its structure tree, `outline` its outline, `names` its
    named destinations as name, destination, name ..., sorted; None what it has not.
    """

    piece: Piece
    pages: list[Any]
    blanks: list[Any] = field(default_factory=list)
    language: str = ""
    tree: Any = None
    outline: Any = None
    names: Any = None
