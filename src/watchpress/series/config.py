"""The form of series.toml; the strings below the fields describe them in series.schema.json."""

# Annotations are values here, not text: `values` makes the tables by them, in every check of a
# series, and `models` says by them what is wrong.

import datetime
from dataclasses import asdict, dataclass, field
from typing import Annotated, Final, Literal, TypeAlias

from watchpress import catalog, galley
from watchpress.catalog import BINDING, BLEED, Layout, Marks, NotesAt, Numbering, Profile, Role
from watchpress.galley import LIMITS
from watchpress.series.forms import (
    Between,
    Count,
    Ems,
    Isbn,
    Issn,
    Like,
    Long,
    Points,
    Resolution,
    TrimName,
)
from watchpress.theme import STANDARD

Tag: TypeAlias = Literal["en", "ja", "ko"]
Text: TypeAlias = Annotated[str, Long(1)]
Number: TypeAlias = Annotated[int, Between(1, 9999)]
Year: TypeAlias = Annotated[int, Between(1900, 2199)]
# Names become names of files: nothing that a file system or a shop could stumble over.
_NAME: Final = r"^[a-z0-9][a-z0-9-]{0,39}$"
_CODE: Final = r"^[A-Z]\d{3}$"
Name: TypeAlias = Annotated[str, Like(_NAME)]
Day: TypeAlias = datetime.date  # `date` is the name of a key
ByLanguage: TypeAlias = dict[Tag, Text]
FORMS: Final = {_NAME: "a-z 0-9 -", _CODE: "N104"}  # the patterns, as people read them
PRINTING: Final = ("binding", "marks", "intent", "paper")  # keys of press editions alone
REPORTS: Final = "reports"  # what an edition is of, if not of a volume
ABLE: Final = {"cover": ("screen", "press"), "offprint": ("screen", "archive")}  # the profiles
OF_VOLUMES: Final = frozenset({"cover", "offprint"})  # formats that single reports have not


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """Numbers that libraries and shops know the series by."""

    issn: Issn = ""
    """The ISSN of the series, as 1234-5679."""
    isbn: dict[Name, Isbn] = field(default_factory=dict)
    """The ISBN of each volume, by the volume's name."""


@dataclass(frozen=True, kw_only=True)
class Contributor:
    """Someone with a part in the volumes; printed in the colophon."""

    role: Role
    """What the person did."""
    names: ByLanguage
    """The name, by language."""
    readings: ByLanguage = field(default_factory=dict)
    """How the name is read (kana for Japanese); it sorts the name, and is printed with it."""


@dataclass(frozen=True, kw_only=True)
class Override:
    """What the copy of one report lost, or says wrongly."""

    file: Text
    """The file of copy, seen from series.toml, as `en/042.txt`."""
    number: Number | None = None
    """The number of the report; else the name of the file."""
    lang: Tag | None = None
    """Its language; else the folder it is in."""
    date: Day | None = None
    """The day of issue."""
    headline: Text | None = None
    """The headline."""
    series: Text | None = None
    """The name of the series, as this report shall print it."""
    running: Text | None = None
    """What the running head says in place of a headline that is too long for it."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """An error of the original, kept as printed and listed in the errata."""

    number: Number
    """The number of the report."""
    lang: Tag
    """The language the error is in."""
    printed: Text
    """The words as printed; they must stand in the report."""
    read: Text
    """How they should read."""
    note: str = ""
    """What else is to be said."""


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A finding that is not to be shown again, and why."""

    code: Annotated[str, Like(_CODE)]
    """The code of the finding, as N104."""
    report: Number
    """The number of the report."""
    lang: Tag
    """The language of the report."""
    quote: Text
    """Words of the line of copy that the finding is about."""
    reason: Text
    """Why the finding is none."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing the index lists."""

    kind: catalog.TermKind
    """Which index it belongs to."""
    words: ByLanguage
    """The word, by language."""
    readings: ByLanguage = field(default_factory=dict)
    """What sorts it (kana for Japanese)."""
    variants: dict[Tag, list[Text]] = field(default_factory=dict)
    """Other spellings, found in the text as well."""


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """One printing of a volume."""

    day: Day
    """The day it was printed."""
    words: ByLanguage
    """What the colophon calls it, as `First printing`."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """A volume: which reports are bound together, and how."""

    name: Name
    """The name of the volume: products are called by it."""
    year: Year | None = None
    """The reports issued in this year ..."""
    first: Number | None = None
    """... or those from this number on"""
    last: Number | None = None
    """... to this one."""
    order: Literal["date", "number"] = "date"
    """Reports stand in the order of their issue dates, or of their numbers."""
    title: ByLanguage = field(default_factory=dict)
    """The title, by language; else that of the series with the name of the volume."""
    subtitle: ByLanguage = field(default_factory=dict)
    """The subtitle, by language."""
    layout: Layout = "sequential"
    """One language after the other, report by report, or on facing pages."""
    languages: list[Tag] = field(default_factory=list)
    """The languages in it; else all of the series. The first is the original."""
    numbering: Numbering = "restart"
    """Notes count from 1 in each report, or on through the volume."""
    notes: NotesAt = "report"
    """Notes stand after each report, or at the end of the volume."""
    print_map: bool = False
    """Print which note of a report has become which of the volume, where notes count on."""
    printings: list[Imprint] = field(default_factory=list)
    """The printings, first one first."""
    leaf: Annotated[float, Between(0.03, 0.5)] = 0.1
    """The thickness of a leaf of its paper in mm; it makes the width of the spine."""

    def amiss(self) -> str:
        """Return the form that it has not, "" where reports are named by year or by number."""
        ends = (self.first, self.last)
        if (self.year is None) == (None in ends) or (
            self.year is not None and ends != (None, None)
        ):
            return "year = 2025 | first = 31, last = 36"
        if self.first is not None and self.last is not None and self.first > self.last:
            return "first <= last"
        return ""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What is built: single reports, or of a volume the book, its cover or its offprints."""

    name: Name
    """The name: `watchpress build NAME` builds this edition only."""
    format: Literal["pdf", "epub", "xml", "cover", "offprint"]
    """What each product is; a volume has no XML of its own. `cover`: back, spine and front of the
    printed volume on one sheet (PDF). `offprint`: the pages of each of its reports (PDF)."""
    what: Name = REPORTS
    """`reports` (each on its own), or the name of a volume."""
    languages: list[Tag] = field(default_factory=list)
    """Only these languages; else all of the series, or of the volume."""
    profile: Profile = "screen"
    """How a PDF is made: to be read on screen and printed (`screen`), for a printing house
    (`press`: PDF/X-4), for an archive (`archive`: PDF/A-3a), or as a fast `draft`."""
    trim: TrimName = "A5"
    """The size of the page of a PDF: A4, A5, B5, B6, letter or WxH in mm."""
    theme: Name = STANDARD
    """The design of its pages: report, journal, large-print, or one in `styles/themes/`."""
    bleed: Annotated[float, Between(BLEED[0], BLEED[1])] | None = None
    """For the press, and of a cover: what is drawn beyond the trim, in mm; else 3."""
    board: Annotated[float, Between(0.05, 5)] = 0.25
    """Of a cover: the thickness of the board it is printed on, in mm; twice that, with the leaves
    of the volume, is the width of the spine, which the job ticket of a press edition names."""
    fonts: bool = False
    """Of an EPUB: it brings its Latin type along; never Japanese or Korean, for their size."""
    numbers: list[Number] = field(default_factory=list)
    """Of offprints: only those of these reports; else of all in the volume."""
    binding: Annotated[float, Between(BINDING[0], BINDING[1])] | None = None
    """For the press: by how much the inner margin is wider than the outer, in mm; else 4."""
    marks: Marks | None = None
    """For the press: crop marks; or the double ones of Japanese printers, or none."""
    intent: Text | None = None
    """For the press: the printing condition, as FOGRA39 (where nothing is said), or an ICC file,
    seen from series.toml."""
    paper: Text | None = None
    """For the press: the paper, as the job ticket has it; `leaf` of the volume is its thickness."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on the layout of a PDF is a finding; spaces are measured in its type's em."""

    overfull: Points = LIMITS.overfull
    """How far a line may stick out of its column, in pt."""
    space: Ems = LIMITS.space
    """How wide a space between words may be, in em."""
    square: Ems = LIMITS.square
    """How wide it may be between letters that fill a square (hangul), in em."""
    runt: Ems = LIMITS.runt
    """How long the last line of a paragraph is at least, in em."""
    letters: Count = LIMITS.letters
    """How many letters the last line of a paragraph has at least."""
    hyphens: Count = LIMITS.hyphens
    """How many lines in a row are too many to end in a hyphen."""
    stack: Count = LIMITS.stack
    """How many lines in a row are too many to begin or to end with the same word."""
    lines: Count = LIMITS.lines
    """How many lines a page has at least."""
    resolution: Resolution = LIMITS.resolution
    """How many pixels to the inch a picture has at least."""
    pressed: Resolution = LIMITS.pressed
    """How many pixels to the inch a picture has at least in an edition for the press."""
    heading: Count = LIMITS.heading
    """How many lines follow a heading on its page at least."""
    head: Ems = LIMITS.head
    """How far a running head keeps from what stands beside it at least, in em."""

    @property
    def plain(self) -> galley.Limits:
        """The limits as the checks take them."""
        return galley.Limits(**asdict(self))


@dataclass(frozen=True, kw_only=True)
class Config:
    """A series of reports, its volumes, and the editions that `watchpress build` makes."""

    title: ByLanguage
    """The title of the series, by language."""
    languages: Annotated[list[Tag], Long(1)]
    """The languages, the original one first: each has a folder beside this file."""
    publisher: ByLanguage
    """Who publishes, by language."""
    address: ByLanguage = field(default_factory=dict)
    """The publisher's address, by language."""
    rights: ByLanguage = field(default_factory=dict)
    """The line on rights, by language."""
    identifiers: Identifiers = field(default_factory=Identifiers)
    people: list[Contributor] = field(default_factory=list)
    """Who made the volumes, in the order of the colophon."""
    reports: list[Override] = field(default_factory=list)
    """What the copy of single reports lost."""
    corrections: list[Correction] = field(default_factory=list)
    """The errata."""
    waivers: list[Waiver] = field(default_factory=list)
    """Findings that have been looked at and are none."""
    terms: list[Term] = field(default_factory=list)
    """What the index lists."""
    readings: dict[Text, Text] = field(default_factory=dict)
    """Words that get their readings (kana) above them in Japanese reports."""
    volumes: list[Binding] = field(default_factory=list)
    """The volumes."""
    editions: list[Edition] = field(default_factory=list)
    """What is built."""
    limits: Limits = field(default_factory=Limits)
    """From where on the layout of a PDF is a finding."""
