"""Each link followed: a call to its note, a note back to its calls, an address to where it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import quote

from watchpress.checks.proof.align import Match
from watchpress.checks.proof.expected import Call, Url
from watchpress.checks.proof.letters import SOFT, Form, Letters, around, given, show
from watchpress.checks.proof.product import Aim, Entry, Hit, Product, Range
from watchpress.diagnostic import Diagnostic, Place

# code, place, position in the product, facts -> finding
Say = Callable[..., Diagnostic]

NOWHERE: Final = "–"
# RFC 3986, 2: what may stand in an address; the rest is written %XX, as the makers do.
_LEGAL: Final = "%/:=&?~#+!$,;'@()*-._"
_NEAR: Final = 300  # letters from the beginning of a document in which its headline must stand
_MORE: Final = 20  # letters that a heading may have more than its line in the contents


@dataclass(frozen=True)
class Links:
    """The links of a product against the blocks that were found in it."""

    product: Product
    matches: list[Match]
    say: Say

    def findings(self) -> Iterator[Diagnostic]:
        """Yield all that is wrong with links."""
        yield from self.calls()
        yield from self.backs()
        yield from self.addresses()
        yield from self.entries()

    def calls(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the links of the note calls, and of mentions of notes."""
        notes = {m.block.note: m for m in reversed(self.matches) if m.block.note}
        mentions = ((match, call) for match in self.matches for call in match.block.mentions)
        for match, call in (*self._calls(), *mentions):
            here, note = where(match, call), notes.get(call.note)
            if here is None or note is None or note.label is not None or note.state != "same":
                continue  # what is wrong with the note has been said
            wanted = f"{note.block.number} " + show(note.block.text, note.block.gaps, 0, 24)
            links = [hit for hit in self.product.over(*here) if hit.uri is None]
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
            calls = cited.get(first.block.note, [])
            yield from self.back(first, end, calls)

    def back(self, first: Match, end: int, calls: list[tuple[Match, Call]]) -> Iterator[Diagnostic]:
        """Yield what is wrong with the links back of one note, which ends at `end`."""
        place, text = first.block.place, f"{first.block.number} ↩"
        backs = self.product.ways_back(first.start, end)
        for index, (match, call) in enumerate(calls):
            here = where(match, call)
            wanted = around(match.block.text, match.block.gaps, call.start)
            if index >= len(backs):
                yield self.say("L110", place, end, text=text, wanted=wanted)
            elif here and ((aim := backs[index].aim) is None or aim.run[0] != here[0]):
                yield self.astray(place, end, text, aim, wanted)
        for back in backs[len(calls) :]:
            yield self.astray(place, end, text, back.aim, NOWHERE)

    def addresses(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the addresses that links lead to."""
        known = set[int]()
        for match in self.matches:
            for url in match.block.urls:
                if here := where(match, url):
                    hits = [hit for hit in self.product.over(*here) if hit.uri is not None]
                    known.update(map(id, hits))
                    yield from self.address(url, here, hits)
        start = min((m.start for m in self.matches if m.state != "lost"), default=0)
        for hit in self.product.hits:
            if hit.uri is not None and id(hit) not in known and hit.start >= start:
                yield from self.stranger(hit)

    def address(self, url: Url, here: Range, hits: list[Hit]) -> Iterator[Diagnostic]:
        """Yield what is wrong with the links over one address."""
        covered = {n for hit in hits for n in range(hit.start, hit.end)}
        wrong = next((hit for hit in hits if plain(hit.uri) != plain(url.href)), None)
        if wrong is not None:
            yield self.say("L104", url.place, here[0], wanted=url.href, found=wrong.uri)
        elif not covered.issuperset(range(*here)):
            yield self.say("L110", url.place, here[0], text=url.href, wanted=url.href)

    def stranger(self, hit: Hit) -> Iterator[Diagnostic]:
        """Yield a link to an address that the XML does not have there."""
        match = next((m for m in self.matches if m.start <= hit.start < m.end), None)
        if match is not None and match.state == "same":  # a changed block has had its finding
            wanted = around(match.block.text, match.block.gaps, hit.start - match.body)
            yield self.say("L104", match.block.place, hit.start, wanted=wanted, found=hit.uri)

    def entries(self) -> Iterator[Diagnostic]:
        """Yield the lines of the contents, and bookmarks, that do not land on their heading."""
        for entry in self.product.entries:
            if entry.aim is None or not self.heads(entry, entry.aim):
                yield self.astray(None, 0, entry.words.strip(), entry.aim, entry.words.strip())

    def heads(self, entry: Entry, aim: Aim) -> bool:
        """Say whether an entry's words are those of the heading where it lands."""
        form: Form = "pdf" if self.product.paged else "epub"
        letters = Letters()
        letters.add(given(entry.words, form))
        start, end = aim.line
        end = min(end, start + _NEAR)
        if self.product.paged:  # the first line of it, without note calls
            line = "".join(self.product.text[n] for n in range(start, end) if n not in self.called)
            return bool(line) and letters.text.startswith(line.replace(SOFT, ""))
        found = self.product.text[start:end].replace(SOFT, "")
        # The contents leave out note calls and readings; a report is named by number and headline.
        if aim.line != self.leaf(start):
            found = found[: len(letters.text) + _MORE]
        rest = iter(found)
        return all(letter in rest for letter in letters.text)

    @cached_property
    def called(self) -> frozenset[int]:
        """The letters of note calls, of which texts and `calls` have told what is wrong."""
        spots = (where(match, call) for match in self.matches for call in match.block.calls)
        return frozenset(n for here in spots if here is not None for n in range(*here))

    def leaf(self, start: int) -> Range:
        """Return from where to where the document goes that begins at `start`."""
        ends = [*self.product.leaves, len(self.product.text)]
        return start, next((end for end in ends if end > start), start)

    def astray(
        self, place: Place | None, at: int, text: str, aim: Aim | None, wanted: str
    ) -> Diagnostic:
        """Return the finding for a link on `text` that should lead to `wanted`."""
        product, found = self.product, NOWHERE
        if aim is not None:
            start, end = aim.line
            found = show(product.text, product.gaps, start, min(end, start + 24)) or NOWHERE
        return self.say("L105", place, at, text=text, found=found, wanted=wanted)

    def _calls(self) -> Iterator[tuple[Match, Call]]:
        for match in self.matches:
            for call in match.block.calls:
                if call.note:
                    yield match, call

    def _notes(self) -> Iterator[tuple[Match, int]]:
        """Yield the first match of each note that is there, and where its last one ends."""
        parts: dict[str, list[Match]] = {}
        for match in self.matches:
            if match.block.note and match.state not in ("lost", "moved"):
                parts.setdefault(match.block.note, []).append(match)
        for found in parts.values():
            yield found[0], max(match.end for match in found)


def where(match: Match, part: Call | Url) -> Range | None:
    """Return from where to where a part of a block stands in the product; None: not known."""
    start, last = match.carry(part.start), match.carry(part.end - 1)
    return (start, last + 1) if start is not None and last is not None else None


def plain(address: str | None) -> str:
    """Return an address as two writings of it are compared."""
    return quote(re.sub(r"\s+", "", address or ""), safe=_LEGAL)
