"""The verdict: what differs between the XML and a product, as findings at places of the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import quote

from watchpress.checks.proof.align import Extra, Match, align
from watchpress.checks.proof.expected import Call, Url, expected
from watchpress.checks.proof.letters import around, show
from watchpress.checks.proof.product import Area, Hit, Product, from_epub, from_pdf
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.model.tree import Element
from watchpress.tools import container

_LONGEST: Final = 60  # letters of a passage that a finding shows
_CODES: Final = {"opening": "L101", "text": "L101", "note": "L102"}
# RFC 3986, 2: what may stand in an address; the rest is written %XX, as the makers do.
_LEGAL: Final = "%/:=&?~#+!$,;'@()*[]-._"


@dataclass(frozen=True)
class Subject:
    """A finished product and the reports it was made of, in its order.

    `name` is what the product is called in findings. `boxes`: the text area of each page in pt,
    known by whoever set the pages; needed for a PDF without tags (profile draft) only.
    """

    product: bytes
    kind: Literal["pdf", "epub"]
    name: str
    reports: tuple[Element, ...]
    boxes: Sequence[Area] = field(default=())


def check(subject: Subject, tell: Tell) -> None:
    """Read the product back and tell each difference from the XML, in the order of the text."""
    try:
        product = _read(subject)
    except ValueError as fault:  # Unreadable of either tool
        tell(remark("L106", Place(subject.name), problem=fault))
        return
    blocks = [block for report in subject.reports for block in expected(report, subject.kind)]
    matches, extras = align(blocks, product.text)
    for finding in _Verdict(subject.name, product, matches, extras).findings():
        tell(finding)


def _read(subject: Subject) -> Product:
    if subject.kind == "epub":
        return from_epub(container.read(subject.product))
    from watchpress.tools import pdfium  # 50 ms: not for an EPUB

    return from_pdf(pdfium.read(subject.product), subject.boxes)


class _Verdict:
    def __init__(
        self, name: str, product: Product, matches: list[Match], extras: list[Extra]
    ) -> None:
        self.name = name
        self.product = product
        self.matches = matches
        self.extras = extras

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what differs: texts, then links, then what stands there without a reason."""
        if all(match.state == "lost" for match in self.matches):
            problem = "none of the text of the reports is in it"
            yield remark("L106", Place(self.name), problem=problem)
            return
        for match in self.matches:
            yield from self.text(match)
        yield from self.calls()
        yield from self.backs()
        yield from self.addresses()
        for extra in self.extras:
            yield from self.extra(extra)

    def say(self, code: str, place: Place, at: int, **facts: object) -> Diagnostic:
        page = self.product.page(at)
        return remark(code, place, page=page, product=self.name, **facts)

    # --- text --------------------------------------------------------------------------------

    def text(self, match: Match) -> Iterator[Diagnostic]:
        block, product = match.block, self.product
        opening = f"{block.number} " * bool(block.before[0]) + show(
            block.text, block.gaps, 0, _LONGEST
        )
        if match.state == "lost":
            yield self.say("L107", block.place, match.start, wanted=opening.strip())
        elif match.state == "moved":
            yield self.say("L109", block.place, match.start, wanted=opening.strip())
        elif match.state == "changed":
            yield self.changed(match)
        elif (gap := self.spacing(match)) is not None:
            found = around(product.text, product.gaps, match.carry(gap) or match.body)
            yield self.differs(match, gap, found)
        if match.label is not None:
            yield self.say(
                "L102", block.place, match.start, number=block.number,
                wanted=block.number, found=match.label,
            )  # fmt: skip

    def changed(self, match: Match) -> Diagnostic:
        product = self.product
        found = around(product.text, product.gaps | product.breaks, match.other)
        return self.differs(match, match.at, found)

    def differs(self, match: Match, at: int, found: str) -> Diagnostic:
        """Return the finding for the letter `at` of a block: of a call, an address, the text."""
        block = match.block
        where = match.other if match.other >= 0 else match.body
        facts = {"wanted": around(block.text, block.gaps, at), "found": found}
        for call in block.calls:
            doubled = at == call.end and self.product.text[match.other : match.other + 1].isdigit()
            if call.start <= at < call.end or doubled:
                return self.say("L103", call.place, where, number=call.number, **facts)
        for url in block.urls:
            if url.start <= at < url.end:
                return self.say("L104", url.place, where, **facts)
        return self.say(_CODES[block.kind], block.place, where, number=block.number, **facts)

    def spacing(self, match: Match) -> int | None:
        """Return the first letter of a whole block whose white space is not as in the XML.

        On a page only a lost space counts: what stands between two runs is PDFium's guess.
        """
        block, product = match.block, self.product
        if not product.paged:
            inside = {g - match.body for g in product.gaps if match.body < g < match.end}
            return min(inside ^ block.gaps, default=None)
        present = product.gaps | product.breaks
        return next((gap for gap in sorted(block.gaps) if match.carry(gap) not in present), None)

    def extra(self, extra: Extra) -> Iterator[Diagnostic]:
        product = self.product
        start = extra.start
        if extra.after < 0:  # cover, title page, contents: whole pages before the first report
            first = min(match.start for match in self.matches if match.state != "lost")
            start = max(start, product.leaves[product.leaf(first)])
        if start < extra.end:
            block = self.matches[max(extra.after, 0)].block
            stop = min(extra.end, start + _LONGEST)
            found = show(product.text, product.gaps | product.breaks, start, stop)
            yield self.say("L108", block.place, start, found=found)

    # --- links -------------------------------------------------------------------------------

    def calls(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the links of the note calls."""
        notes = {m.block.note: m for m in reversed(self.matches) if m.block.note}
        for match, call in self._calls():
            here = _where(match, call)
            note = notes.get(call.note)
            if here is None or note is None or note.state == "lost":
                continue
            wanted = f"{note.block.number} " + show(note.block.text, note.block.gaps, 0, 24)
            links = [hit for hit in self.over(*here) if hit.uri is None]
            if not links:
                yield self.say("L110", call.place, here[0], text=call.number, wanted=wanted)
            for hit in links:
                if hit.aim is None or hit.aim.line[0] != note.start:
                    yield self.astray(call.place, here[0], call.number, hit.aim, wanted)

    def backs(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the links back: one a call, in the order of the calls."""
        cited: dict[str, list[tuple[Match, Call]]] = {}
        for match, call in self._calls():
            cited.setdefault(call.note, []).append((match, call))
        for first, end in self._notes():
            block = first.block
            backs = [back for back in self.product.backs if first.start < back.at <= end]
            calls = cited.get(block.note, [])
            for k, (match, call) in enumerate(calls):
                here = _where(match, call)
                wanted = around(match.block.text, match.block.gaps, call.start)
                if k >= len(backs):
                    yield self.say("L110", block.place, end, text=f"{block.number} ↩", wanted=wanted)
                elif here and not _hits(backs[k].aim, here):
                    yield self.astray(block.place, end, f"{block.number} ↩", backs[k].aim, wanted)
            for back in backs[len(calls) :]:
                yield self.astray(block.place, end, f"{block.number} ↩", back.aim, "–")

    def addresses(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the addresses that links lead to."""
        known = set[int]()
        for match in self.matches:
            for url in match.block.urls:
                here = _where(match, url)
                if here is None:
                    continue
                hits = [hit for hit in self.over(*here) if hit.uri is not None]
                known.update(map(id, hits))
                yield from self.address(url, here, hits)
        start = min((m.start for m in self.matches if m.state != "lost"), default=0)
        for hit in self.product.hits:
            if hit.uri is not None and id(hit) not in known and hit.start >= start:
                yield from self.stranger(hit)

    def address(self, url: Url, here: tuple[int, int], hits: list[Hit]) -> Iterator[Diagnostic]:
        covered = {n for hit in hits for n in range(hit.start, hit.end)}
        wrong = next((hit for hit in hits if _plain(hit.uri) != _plain(url.href)), None)
        if wrong is not None:
            yield self.say("L104", url.place, here[0], wanted=url.href, found=wrong.uri)
        elif not covered.issuperset(range(*here)):
            yield self.say("L110", url.place, here[0], text=url.href, wanted=url.href)

    def stranger(self, hit: Hit) -> Iterator[Diagnostic]:
        """Yield a link to an address that the XML does not have there."""
        match = next((m for m in self.matches if m.start <= hit.start < m.end), self.matches[-1])
        if match.state == "same":  # what is wrong with a changed block has been said
            wanted = around(match.block.text, match.block.gaps, hit.start - match.body)
            yield self.say("L104", match.block.place, hit.start, wanted=wanted, found=hit.uri)

    def over(self, start: int, end: int) -> list[Hit]:
        """Return the links over any of the letters from `start` to `end`."""
        return [hit for hit in self.product.hits if hit.start < end and start < hit.end]

    def astray(
        self, place: Place, at: int, text: str, aim: object, wanted: str
    ) -> Diagnostic:
        product, found = self.product, "–"
        if (line := getattr(aim, "line", None)) is not None:
            found = show(product.text, product.gaps, line[0], min(line[1], line[0] + 24))
        return self.say("L105", place, at, text=text, found=found, wanted=wanted)

    def _calls(self) -> Iterator[tuple[Match, Call]]:
        for match in self.matches:
            for call in match.block.calls:
                if call.note and match.state != "lost":
                    yield match, call

    def _notes(self) -> Iterator[tuple[Match, int]]:
        """Yield the first match of each note that is there, and where its last one ends."""
        there = [m for m in self.matches if m.block.note and m.state not in ("lost", "moved")]
        for note in dict.fromkeys(match.block.note for match in there):
            parts = [match for match in there if match.block.note == note]
            yield parts[0], max(match.end for match in parts)


def _where(match: Match, part: Call | Url) -> tuple[int, int] | None:
    start, last = match.carry(part.start), match.carry(part.end - 1)
    return (start, last + 1) if start is not None and last is not None else None


def _hits(aim: object, here: tuple[int, int]) -> bool:
    run = getattr(aim, "run", None)
    return run is not None and bool(run[0] == here[0])


def _plain(address: str | None) -> str:
    return quote(re.sub(r"\s+", "", address or ""), safe=_LEGAL)


__all__ = ["Subject", "check"]
