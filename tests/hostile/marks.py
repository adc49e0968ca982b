"""Markers planted in copy of three languages, in all forms, and found again: in XML and products.

Where each marker was put is known from the planting; the products are followed by the witness,
which shares no line with the rooms that make them.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import witness
import witness_epub
import witness_pdf
from hostile.figures import Figure
from planted.notes import TONGUES, Copy
from watchpress.build import report as build
from watchpress.catalog import Book, Entry, Source, Volume, trim
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import Element

FORMS: Final = {
    "en": ("[{}]", " [{}]", "［{}］", "【{}】", "〔{}〕", " [note {}]", " (note {})", " [fn {}]"),
    "ja": ("[{}]", "［{}］", "【{}】", "〔{}〕", "［注{}］", "[注{}]", "（注{}）", "〔註{}〕"),
    "ko": ("[{}]", "［{}］", "【{}】", "[주{}]", "［주{}］", " [각주 {}]", " (주 {})"),
}
WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Planting:
    """Copy of one language whose markers have one form; some notes are called a second time."""

    language: str
    form: str
    notes: int
    seed: int

    def copy(self) -> tuple[str, list[tuple[int, int]]]:
        """Return the copy, and line and column of each marker."""
        chance = random.Random(f"{self.language} {self.form} {self.notes} {self.seed}")
        copy = Copy(TONGUES[self.language]._replace(form=self.form), self.notes)
        if self.language != "en" and self.seed % 3 == 2:  # figures of full width
            copy.calls = [one.translate(WIDE) for one in copy.calls]
            copy.labels = [one.translate(WIDE) for one in copy.labels]
        for which in range(self.notes):
            if chance.random() < 0.2:
                copy.more[which] = copy.calls[which]
        text, at = copy.text()
        return text, sorted(place for (kind, _), place in at.items() if kind != "note")

    def report(self) -> Element:
        text, _ = self.copy()
        source = Source(Path(f"{self.language}/061.txt"), self.language)
        return build.report(source, lambda _: None, text.encode()).report


def plantings(each: int) -> Iterator[Planting]:
    """Yield so many plantings of every form, with few notes and with many, up to 42."""
    for language, forms in FORMS.items():
        for form in forms:
            for seed in range(each):
                yield Planting(language, form, 3 + seed * 17 % 40, seed)


def missed_in_xml(one: Planting) -> tuple[int, int]:
    """Return how many markers were planted, and how many are not there or where none was put."""
    _, wanted = one.copy()
    report = one.report()
    places = [tree.place(call) for call in report.iter("xref") if call.get("rid")]
    found = [(place.line, place.column) for place in places]
    wrong = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    return len(wanted), sum(count.total() for count in wrong)


def missed_in_product(one: Planting, kind: str) -> tuple[int, int]:
    """Return how many markers were planted, and how many do not lead to their note and back."""
    _, wanted = one.copy()
    report = one.report()
    work = build.work([report], trim=trim("A5"))
    made = build.product(
        "pdf" if kind == "pdf" else "epub", work, Styles(), lambda _: None, proof=False
    )
    streams = (witness_pdf if kind == "pdf" else witness_epub).streams(made.data)
    tag = one.language
    volume = Volume(Book("061", {tag: "x"}), (tag,), (Entry(61, {tag: report}),), epoch=0)
    try:
        return len(wanted), abs(len(wanted) - witness.hold(volume, streams))
    except AssertionError as wrong:
        sys.stderr.write(f"{kind} {one}: {wrong}\n")
        return len(wanted), len(wanted)


def figures(full: bool) -> Iterator[Figure]:
    """Plant in full eight copies of each form for XML and one for each product; else a few."""
    every = list(plantings(8 if full else 1))
    given = {"XML": every, "EPUB": every[2::8], "PDF": every[2::8]}  # 37 notes, wide figures
    if not full:
        given = {"XML": every, "EPUB": every[::11], "PDF": every[::11]}
    forms = sum(map(len, FORMS.values()))
    for kind, some in given.items():
        found = [
            missed_in_xml(one) if kind == "XML" else missed_in_product(one, kind.lower())
            for one in some
        ]
        planted, missed = map(sum, zip(*found, strict=True))
        note = f"{len(some)} copies in {len(FORMS)} languages; {forms} forms of brackets and words"
        yield Figure(f"markers planted and found in the {kind}", planted, missed, note=note)
