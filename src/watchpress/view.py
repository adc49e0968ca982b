"""How findings are shown: in which language, what is known of their files, what pages look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from watchpress.diagnostic import Diagnostic

Key: TypeAlias = tuple[int, str]  # number and language of a report
PageOf: TypeAlias = tuple[str, int]  # a product, by its file name, and its page, from 1
Box: TypeAlias = tuple[float, ...]  # left, top, right, bottom in pt from the corner of the trim


@dataclass(frozen=True)
class Image:
    """A page as a picture: the bytes of an image file, its media type, the trim it shows in pt."""

    data: bytes
    width: float
    height: float
    kind: str = "image/webp"


@dataclass(frozen=True)
class Seen:
    """Where a finding is to be seen: a page, and a box on it (`()`: the page as a whole)."""

    product: str
    page: int
    box: Box = ()


@dataclass(frozen=True)
class Change:
    """A page that is no longer as it was: pictures of it (None: there is none), what differs on it.

    `moved`: the findings that say what has become of it. `kept`: how it was is still known.
    """

    product: str
    page: int
    before: Image | None
    after: Image | None
    boxes: tuple[Box, ...] = ()
    moved: tuple[Diagnostic, ...] = ()
    kept: bool = True


@dataclass(frozen=True)
class Sights:
    """What is to be seen of the pages of a run.

    `places`: where that which a finding in the copy is about is printed. `unseen`: how many pages
    with findings have no picture, as there are too many of them; `more`: how many changed pages.
    """

    images: Mapping[PageOf, Image] = field(default_factory=dict)
    places: Mapping[Diagnostic, Seen] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    unseen: int = 0
    more: int = 0

    def seen(self, finding: Diagnostic) -> Seen | None:
        """Return where a finding is to be seen, None where on no page."""
        if finding.product and finding.page:
            return Seen(finding.product, finding.page, finding.box)
        return self.places.get(finding)


@dataclass(frozen=True)
class View:
    """How findings are to be shown: the language of the words, and what is known of the files.

    `reports`: file -> (number, language); `lines`: file -> its lines, for excerpts; `editions`:
    product -> the edition of series.toml that it is of; `holds`: product -> the one report in it.
    `sights`: what is to be seen of pages, where pages are shown.
    """

    tongue: str = "en"
    coloured: bool = False
    verbose: bool = False  # with the reason why each finding matters
    reports: Mapping[str, Key] = field(default_factory=dict)
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, Key] = field(default_factory=dict)
    sights: Sights = field(default_factory=Sights)

    def product(self, finding: Diagnostic) -> str:
        """Return the file of the product that a finding is about, "" where it is about none."""
        file = finding.place.file
        return finding.product or (file if file in self.editions or file in self.holds else "")

    def facts(self, finding: Diagnostic) -> dict[str, Any]:
        """Return what machines are told beside place and words; only what applies is there."""
        product = self.product(finding)
        report = self.reports.get(finding.place.file) or self.holds.get(product)
        facts: dict[str, Any] = {"report": report[0], "lang": report[1]} if report else {}
        if finding.page:
            facts["page"] = finding.page
        if product:
            facts["product"] = product
        if product in self.editions:
            facts["edition"] = self.editions[product]
        return facts

    def sheet(self, finding: Diagnostic) -> str:
        """Return where in a product a finding is: `page 4 of 042.en.pdf`; "" for nowhere.

        A product that is the place of the finding is not named again.
        """
        product = "" if finding.product == finding.place.file else finding.product
        page = f"page {finding.page}" if finding.page else ""
        return " of ".join(filter(None, (page, product)))
