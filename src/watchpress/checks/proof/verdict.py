"""The verdict: what differs between the XML and a product, as findings at places of the copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from watchpress.checks.proof import book
from watchpress.checks.proof.align import Extra, Match, align
from watchpress.checks.proof.expected import Block, Piece, expected, line
from watchpress.checks.proof.letters import around, show
from watchpress.checks.proof.links import Links
from watchpress.checks.proof.product import Product
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import container

_LONGEST: Final = 60  # letters of a passage that a finding shows
_CODES: Final = {"opening": "L101", "text": "L101", "note": "L102"}


@dataclass(frozen=True)
class Subject:
    """A finished product and the reports it was made of, in its order.

    `name` is what the product is called in findings. `apart`: those reports whose notes stand not
    behind their text but at the end of a volume, in the order of the notes. `order`: the pages of a
    PDF (from 0) as they are read, where two languages face each other. `areas`: the text area
    of each page (left, bottom, right, top in pt), known by whoever set the pages: in a PDF without
    tags (profile draft) nothing else tells running heads, folios and what hangs in the margin from
    the text. `lines`: what stands over each report and is not of it, one for each, or none.
    `scope`: the pages (from 0) that are looked at, and to which bookmarks are followed, where it is
    not all of them; it holds all those of `order`. `linked`: the product has links; what goes to
    press has none. `columns`: texts stand beside each other on its pages.
    """

    product: bytes
    kind: Literal["pdf", "epub"]
    name: str
    reports: tuple[Element, ...]
    areas: Sequence[tuple[float, float, float, float]] = field(default=())
    apart: tuple[Element, ...] = ()
    order: Sequence[int] = ()
    lines: Sequence[str] = ()
    scope: frozenset[int] | None = None
    linked: bool = True
    columns: bool = False

    @property
    def blocks(self) -> list[Block]:
        """What the product must say, in its order."""
        away = set(map(id, self.apart))
        pieces: list[tuple[Element, Piece]] = [
            (report, "text" if id(report) in away else "report") for report in self.reports
        ]
        begun = set[str]()
        for report in self.apart:
            first = tree.language(report) not in begun
            begun.add(tree.language(report))
            pieces.append((report, "first notes" if first else "notes"))
        over = iter(self.lines)
        blocks: list[Block] = []
        for one, piece in pieces:
            if piece in {"report", "text"}:
                blocks += (line(words, tree.place(one), self.kind) for words in islice(over, 1))
            blocks += expected(one, self.kind, piece)
        return blocks

    @property
    def pictures(self) -> list[Element]:
        """The pictures that the product must show."""
        return [graphic for report in self.reports for graphic in report.iter("graphic")]

    @property
    def tabular(self) -> bool:
        """Whether there is a table in it."""
        return any(next(report.iter("tr"), None) is not None for report in self.reports)


def check(subject: Subject, tell: Tell) -> None:
    """Read the product back and tell each difference from the XML: texts first, then links.

    What is told: L101 to L111 of codes.toml, at the place of the copy that the product fails.
    White space and hyphens that end a line aside, nothing is forgiven but what no reader of the
    product could tell apart (see letters.py).
    """
    try:
        product = _read(subject)
    except ValueError as fault:  # Unreadable of either tool
        tell(remark("L106", Place(subject.name), product=subject.name, problem=fault))
        return
    for finding in _unseen(subject, product):
        tell(finding)
    matches, extras = align(subject.blocks, product.text, capitals=not product.paged)
    verdict = _Verdict(subject.name, product, matches, extras, subject.linked)
    for finding in verdict.findings():
        tell(finding)


def _read(subject: Subject) -> Product:
    if subject.kind == "epub":
        return book.product(container.read(subject.product))
    from watchpress.checks.proof import pages  # loads PDFium, 50 ms: not for an EPUB
    from watchpress.tools import pdfium

    cells: pdfium.Cells = "tables" if subject.tabular else "none"
    if subject.columns:
        cells = "blocks"
    read = pdfium.read(subject.product, subject.scope, cells=cells)
    return pages.product(read, subject.areas, subject.order, subject.scope, columns=subject.columns)


def _unseen(subject: Subject, product: Product) -> Iterator[Diagnostic]:
    """Yield the pictures of the reports that the product does not show."""
    shown = list(product.pictures)
    attribute = tree.PIXELS if product.paged else tree.DIGEST
    for graphic in subject.pictures:
        likeness = str(graphic.get(attribute))
        if likeness in shown:
            shown.remove(likeness)
            continue
        facts = {"name": graphic.get(tree.HREF), "pixels": graphic.get(tree.PIXELS)}
        yield remark("L111", tree.place(graphic), product=subject.name, **facts)


@dataclass(frozen=True)
class _Verdict:
    name: str
    product: Product
    matches: list[Match]
    extras: list[Extra]
    linked: bool

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what differs: texts, links, and what stands there without a reason."""
        if not any(
            match.state == "same" for match in self.matches if match.block.kind != "opening"
        ):
            yield self.say("L106", None, 0, problem="the text of the reports is not in it")
            return
        for match in self.matches:
            yield from self.text(match)
        if self.linked:
            yield from Links(self.product, self.matches, self.say).findings()
        for passage in self.extras:
            yield from self.left(passage)

    def say(self, code: str, place: Place | None, at: int, **facts: object) -> Diagnostic:
        page = self.product.page(at) if place else 0
        return remark(code, place or Place(self.name), page=page, product=self.name, **facts)

    def text(self, match: Match) -> Iterator[Diagnostic]:
        """Yield what is wrong with one block: at most one thing of its text, one of its number."""
        block = match.block
        if match.state in ("lost", "moved"):
            number = f"{block.number} " if "" not in block.before else ""
            wanted = number + show(block.text, block.gaps, 0, _LONGEST)
            code = "L107" if match.state == "lost" else "L109"
            yield self.say(code, block.place, match.start, wanted=wanted)
        elif match.state == "changed":
            yield self.differs(match, match.at, match.other)
        elif (hyphen := _broken(match)) is not None:
            yield self.differs(match, hyphen, match.carry(hyphen) or match.body)
        elif (gap := self.spacing(match)) is not None:
            yield self.differs(match, gap, match.carry(gap) or match.body)
        if match.label is not None:
            facts = {"wanted": block.number, "found": match.label or "–"}
            yield self.say("L102", block.place, match.start, number=block.number, **facts)

    def differs(self, match: Match, at: int, other: int) -> Diagnostic:
        """Return the finding for letter `at` of a block, `other` of the product."""
        block, product = match.block, self.product
        facts = {
            "wanted": around(block.text, block.gaps, at),
            "found": around(product.text, product.spaces, other),
        }
        for call in block.calls:
            longer = at == call.end and product.text[other : other + 1].isdigit()
            if call.start <= at < call.end or longer:
                return self.say("L103", call.place, other, number=call.number, **facts)
        for url in block.urls:
            if url.start <= at < url.end:
                return self.say("L104", url.place, other, **facts)
        return self.say(_CODES[block.kind], block.place, other, number=block.number, **facts)

    def spacing(self, match: Match) -> int | None:
        """Return the first letter of a whole block whose white space is not as in the XML.

        On a page only a lost space counts: what stands between two runs is PDFium's guess.
        """
        found = set(self.product.within(match.body, match.end))
        if not self.product.paged:
            return min({gap - match.body for gap in found} ^ match.block.gaps, default=None)
        return min((g for g in match.block.gaps if match.carry(g) not in found), default=None)

    def left(self, extra: Extra) -> Iterator[Diagnostic]:
        """Yield what is left over, front matter aside: pages before the first report."""
        product, start = self.product, extra.start
        if extra.after < 0:
            first = min(match.start for match in self.matches if match.state != "lost")
            start = max(start, product.leaves[product.leaf(first)])
        if start < extra.end:
            stop = min(extra.end, start + _LONGEST)
            found = show(product.text, product.spaces, start, stop)
            place = self.matches[max(extra.after, 0)].block.place
            yield self.say("L108", place, start, found=found)


def _broken(match: Match) -> int | None:
    """Return the letter of an address before which a line ends in a hyphen that is not of it."""
    urls = match.block.urls
    return next((s for s in match.skips if any(u.start < s < u.end for u in urls)), None)
