"""Single reports drawn in three languages, followed from the copy to the XML, the EPUB, the PDF.

Each step is read by eyes of its own: the XML by lxml (hostile/fidelity.py), the products by a
witness that shares no line with the proof (witness.py). Letters are compared one by one and in
their order; each call, mention, way back and address is followed to where it leads.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import witness
import witness_epub
import witness_pdf
from drawn_series import TAGS, Drawn, Sheet, read
from hostile import fidelity
from watchpress.build import report as build
from watchpress.catalog import trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import HREF

_MARK = re.compile(r"[\[［][注주]?[0-9]+[\]］]")
_ADDRESS = re.compile(r"https://[!-~]+")


@dataclass
class Count:
    """How much was compared, from the copy to a product."""

    reports: int = 0
    letters: int = 0
    calls: int = 0
    notes: int = 0
    urls: int = 0

    def __add__(self, other: Count) -> Count:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Count(*(one + more for one, more in pairs))


def sheets(count: int, notes: int = 12, seed: int = 1) -> Iterator[Sheet]:
    """Yield sheets, the languages in turn; the same ones each time."""
    chance = random.Random(seed)
    for number in range(count):
        tag = TAGS[number % len(TAGS)]
        yield Sheet(number + 1, tag, chance.randint(0, notes), chance.randrange(10**6))


def held_xml(sheet: Sheet) -> Count:
    """Hold the XML of a sheet to its copy: letters, calls, notes, addresses."""
    copy, report = sheet.copy, read(sheet)
    data = tree.serialize(report)
    want = Counter("".join(copy.split())) - Counter("§")  # the sign of the headline is its element
    lost = want - Counter(fidelity.xml(data))
    assert not lost, f"{sheet}: not in the XML: {lost}"
    found = [str(link.get(HREF)) for link in report.iter("ext-link")]
    assert found == _ADDRESS.findall(copy), f"{sheet}: other addresses"
    calls = len(report.xpath("//xref[@ref-type='fn']"))
    typed = len(_MARK.findall(copy))  # each is a call, or the label of a note
    assert typed == calls + sheet.notes, f"{sheet}: {typed} marks, {calls} calls"
    return Count(1, want.total(), calls, sheet.notes, len(found))


def held(sheet: Sheet, kind: str) -> tuple[Count, bytes]:
    """Hold a product of a sheet to its XML, and so to its copy; return the product, too."""
    made = product(sheet, kind)
    volume = Drawn((sheet.language,), (sheet,)).volume
    streams = witness_pdf.streams(made) if kind == "pdf" else witness_epub.streams(made)
    witness.hold(volume, streams)
    (row,) = (entry.editions[sheet.language] for entry in volume.entries)
    assert row is not None
    said = witness.testimony(row, {one[-1]: one[3] for one in witness.counted(volume)})
    parts = (said.headline, said.body, said.notes)
    kinds = Counter(span.kind for part in parts for span in part.spans)
    letters = sum(len(part.text) for part in parts)
    return Count(1, letters, kinds["call"], len(said.notes.marks), kinds["url"]), made


def product(sheet: Sheet, kind: str) -> bytes:
    """Make a product as the command line does, without its own proof."""
    told: list[Diagnostic] = []
    work = build.work([read(sheet)], trim=trim("A5"))
    made = build.product(
        "pdf" if kind == "pdf" else "epub", work, Styles(), told.append, proof=False
    )
    return made.data
