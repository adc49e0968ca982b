"""What is what: the source of a report, the book it goes into, and the sheet it is set on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias

from watchpress.diagnostic import Diagnostic
from watchpress.galley import LIMITS, Limits
from watchpress.model.tree import Element
from watchpress.theme import Theme, standard

Profile: TypeAlias = Literal["screen", "press", "archive", "draft"]
Marks: TypeAlias = Literal["crop", "double", "none"]


@dataclass(frozen=True)
class Source:
    """One file of copy, and what its keeper knows of it (None: the copy must say it)."""

    path: Path
    language: str | None = None
    number: int | None = None
    date: date | None = None
    headline: str | None = None
    series: str | None = None
    running: str | None = None  # what stands for the headline at the head of pages

    @property
    def name(self) -> str:
        """The file as the person at the keyboard wrote it; `-` is standard input."""
        return str(self.path)


@dataclass(frozen=True)
class Trim:
    """The size of the cut page: width and height in mm."""

    width: float
    height: float
    name: str = ""


# A and B sizes: ISO 216 and, as Japanese printers mean by B5 and B6, JIS P 0138.
TRIMS: Final = {
    "A4": Trim(210, 297, "A4"),
    "A5": Trim(148, 210, "A5"),
    "B5": Trim(182, 257, "B5"),
    "B6": Trim(128, 182, "B6"),
    "letter": Trim(215.9, 279.4, "letter"),
}
NARROWEST, WIDEST = 90.0, 450.0  # mm; below this no line of text holds, above no press


def trim(words: str) -> Trim:
    """Return the trim of a name (A5, letter) or of `WxH` in mm; ValueError says what is allowed."""
    for name, found in TRIMS.items():
        if words.lower() == name.lower():
            return found
    match = re.fullmatch(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)(?:mm)?", words.strip())
    if not match:
        raise ValueError(f"{words!r} is no trim: use {', '.join(TRIMS)} or WxH in mm, as 140x210")
    width, height = float(match[1]), float(match[2])
    if not all(NARROWEST <= side <= WIDEST for side in (width, height)):
        raise ValueError(f"{words!r} is no trim: each side is {NARROWEST:g} to {WIDEST:g} mm")
    return Trim(width, height, words)


BLEED: Final = (0.0, 20.0)  # mm, least and most
BINDING: Final = (0.0, 16.0)
CREEP: Final = (0.0, 0.5)


@dataclass(frozen=True)
class Press:
    """What a printer asks of the pages; lengths in mm.

    `bleed` is drawn beyond the trim; `binding` is what the inner margin has more than the outer
    one. `marks`: those at the corners, the double ones of Japanese printers, or none. `intent`: the
    printing condition, by name or as a file with its ICC profile. `paper`: for the job ticket.
    `board`: the thickness of a volume's cover.
    """

    bleed: float = 3.0
    binding: float = 4.0
    marks: Marks = "crop"
    intent: str = "FOGRA39"
    paper: str = ""
    board: float = 0.25


@dataclass(frozen=True)
class Booklet:
    """How pages are imposed for a stapled booklet; `creep`: the thickness of a sheet in mm."""

    creep: float = 0.1
    marks: Marks = "none"


@dataclass(frozen=True)
class Work:
    """What a backend makes one product of: reports in order, and how to set them.

    `epoch` (seconds since 1970, UTC) is the only clock a product knows. `findings` are those of
    reading and notes; a draft shows them in its margin. `loose`: a piece of a volume, with pages
    that have no number yet, and links to what is in other pieces. `booklet`: to be imposed.
    `fonts`: an EPUB brings its Latin type along.
    `grid`: base lines are drawn, the first of them so many pt below the top of the text.
    """

    reports: tuple[Element, ...]
    title: str
    language: str
    epoch: int
    trim: Trim = TRIMS["A5"]
    profile: Profile = "screen"
    findings: tuple[Diagnostic, ...] = field(default=())
    loose: bool = False
    press: Press = Press()
    booklet: Booklet | None = None
    fonts: bool = False
    theme: Theme = field(default_factory=standard)
    grid: float | None = None

    @property
    def moment(self) -> datetime:
        """The epoch as a UTC time."""
        return datetime.fromtimestamp(self.epoch, UTC)


@dataclass(frozen=True)
class Loss:
    """A run of characters of the copy that is not in the XML: where, what, and why."""

    line: int
    column: int
    text: str
    code: str


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a source: the report, and what of the copy is not in it."""

    report: Element
    losses: tuple[Loss, ...] = ()


# -- volumes --------------------------------------------------------------------------------------

Layout: TypeAlias = Literal["sequential", "paired", "facing"]
Numbering: TypeAlias = Literal["restart", "continuous"]
NotesAt: TypeAlias = Literal["report", "volume"]
Role: TypeAlias = Literal["author", "translator", "editor", "supervisor", "designer", "printer"]
TermKind: TypeAlias = Literal["name", "place", "document"]


@dataclass(frozen=True)
class Entry:
    """One number in a volume: its editions by language, None where a translation is missing."""

    number: int
    editions: Mapping[str, Element | None]

    @property
    def reports(self) -> tuple[Element, ...]:
        """The editions that are there."""
        return tuple(report for report in self.editions.values() if report is not None)


@dataclass(frozen=True)
class Person:
    """Someone with a part in a book: name and reading (it sorts, and is shown) by language."""

    role: Role
    names: Mapping[str, str]
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """One thing the index lists: its word, the reading that sorts it, other spellings."""

    kind: TermKind
    words: Mapping[str, str]
    readings: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Erratum:
    """An error of the original, kept as printed: where it stands and how it should read."""

    number: int
    language: str
    printed: str
    read: str
    note: str = ""


@dataclass(frozen=True)
class Printing:
    """One printing of a book: the day, and its words (`first printing`, `初版第1刷`)."""

    day: date
    words: Mapping[str, str]


@dataclass(frozen=True)
class Book:
    """What a volume says of itself; texts by language."""

    name: str  # in file names: "2025"
    title: Mapping[str, str]
    subtitle: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, str] = field(default_factory=dict)
    publisher: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
    rights: Mapping[str, str] = field(default_factory=dict)
    issn: str = ""
    isbn: str = ""
    people: tuple[Person, ...] = ()
    printings: tuple[Printing, ...] = ()


@dataclass(frozen=True)
class Volume:
    """Reports bound together: what is in it, in which order, and how it is set.

    `languages`: the first is the original. `leaf`: thickness of a leaf of its paper in mm.
    `product`: what the file to be made is called. `fonts`: an EPUB brings its Latin type along.
    `limits`: from where on its layout is a finding.
    """

    book: Book
    languages: tuple[str, ...]
    entries: tuple[Entry, ...]
    epoch: int
    layout: Layout = "sequential"
    numbering: Numbering = "restart"
    notes_at: NotesAt = "report"
    print_map: bool = False
    terms: tuple[Term, ...] = ()
    errata: tuple[Erratum, ...] = ()
    trim: Trim = TRIMS["A5"]
    profile: Profile = "screen"
    leaf: float = 0.1
    press: Press = Press()
    product: str = ""
    fonts: bool = False
    theme: Theme = field(default_factory=standard)
    limits: Limits = LIMITS

    @property
    def title(self) -> str:
        """The title in the original language."""
        return self.book.title[self.languages[0]]


PartKind: TypeAlias = Literal[
    "half-title", "title", "copyright", "contents", "report", "facing", "placeholder", "notes",
    "map", "index", "sources", "errata", "colophon", "legend",
]  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One piece of a volume, in its order. `id` is unique and begins all ids made for the part.

    `reports`: the report of a part that is one (two for `facing`, all of a language for `notes`).
    `language` "" for parts that speak all languages of the volume.
    """

    kind: PartKind
    id: str
    language: str
    number: int = 0
    reports: tuple[Element, ...] = ()
