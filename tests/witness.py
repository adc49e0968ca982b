"""A second opinion on volumes, without a line of the proof's: each note followed in the product.

The XML says what must stand there, letter by letter, and under which letters a link must lie; a
product is read into one stream of letters, each with its link, each link with its landing. White
space and hyphens aside both must be the same; each call, mention, way back, address is followed.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from watchpress.catalog import Volume
from watchpress.model import tree
from watchpress.model.tree import HREF, STATE, Element

Kind = Literal["call", "mention", "url", "back"]
_BACK = "↩"
_NOTES = {"en": "Notes", "ja": "注", "ko": "주"}
# Hyphens, soft ones, and what PDFium gives for those that end a line.
_HYPHENS = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\x02\ufffe\u200b\u2060"))


def fold(text: str) -> str:
    """Return the letters of a text, in the form that both sides are compared in."""
    plain = unicodedata.normalize("NFKC", text).replace("↑", _BACK)
    return "".join(plain.translate(_HYPHENS).split())


# -- what the XML says ---------------------------------------------------------------------------


class Span(NamedTuple):
    """Letters that a link must lie under: from where to where, and what it must lead to."""

    start: int
    end: int
    kind: Kind
    goal: str  # the id of a note or call, or an address


@dataclass
class Said:
    """Letters, and the spans with links among them; `marks`: where notes and calls stand."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)

    def add(self, words: str | None, kind: Kind | None = None, goal: str = "") -> None:
        start = len(self.text)
        self.text += fold(words or "")
        if kind is not None:
            self.spans.append(Span(start, len(self.text), kind, goal))

    def fill(self, element: Element, shown: Mapping[str, str]) -> None:
        """Add the text of an element; `shown` gives the number that is printed for a note."""
        self.add(element.text)
        for child in element:
            if child.tag == "xref":
                self.reference(child, shown)
            elif child.tag == "ext-link":
                self.add("".join(child.itertext()), "url", str(child.get(HREF)))
            else:
                self.fill(child, shown)
            self.add(child.tail)

    def reference(self, xref: Element, shown: Mapping[str, str]) -> None:
        goal, call = str(xref.get("rid", "")), xref.get("ref-type") == "fn"
        if not goal:
            self.add(f"[{digits(tree.text(xref))}?]")
            return
        if call:
            self.marks[str(xref.get("id"))] = len(self.text)
        self.add(shown[goal], "call" if call else "mention", goal)


@dataclass
class Testimony:
    """What a product must say of one report: headline, body and notes, one run of letters each."""

    report: Element
    headline: Said
    body: Said
    notes: Said

    @property
    def stem(self) -> str:
        return tree.stem(self.report)

    @property
    def behind(self) -> str:
        """What stands behind the body where notes are at the end of a report."""
        heading = _NOTES[tree.language(self.report)] if self.notes.text else ""
        return heading + self.notes.text

    @property
    def cited(self) -> dict[str, list[str]]:
        """The calls of each note, in the order of the text."""
        found: dict[str, list[str]] = {}
        for said in (self.headline, self.body):
            calls = [span for span in said.spans if span.kind == "call"]
            for span, name in zip(calls, said.marks, strict=True):
                found.setdefault(span.goal, []).append(name)
        return found


def digits(label: str) -> str:
    (found,) = re.findall(r"\d+", unicodedata.normalize("NFKC", label))
    return str(int(found))


def testimony(report: Element, shown: Mapping[str, str]) -> Testimony:
    """Return what a product must say of a report whose notes are printed as `shown`."""
    headline, body, notes = Said(), Said(), Said()
    headline.fill(tree.headline(report), shown)
    for block in report.iterfind("body//*"):
        if block.tag in ("title", "p"):
            body.fill(block, shown)
    made = Testimony(report, headline, body, notes)
    cited = made.cited
    for note in report.iterfind("back/fn-group/fn"):
        name = str(note.get("id"))
        notes.marks[name] = len(notes.text)
        notes.add(f"{shown[name]}.")
        if note.get(STATE) in ("unused", "duplicate"):
            notes.add(f"[{shown[name]}?]")
        for paragraph in note.iterfind("p"):
            notes.fill(paragraph, shown)
        for call in cited.get(name, ()):
            notes.add(_BACK, "back", call)
    return made


def counted(volume: Volume) -> list[tuple[int, str, str, str, str]]:
    """Return the map of a volume as it must be: number, language, old label, new number, id."""
    rows = []
    for language in volume.languages:
        last = 0
        for entry in volume.entries:
            report = entry.editions.get(language)
            for note in () if report is None else report.iterfind("back/fn-group/fn"):
                last, label = last + 1, note.findtext("label") or ""
                new = str(last) if volume.numbering == "continuous" else digits(label)
                rows.append((entry.number, language, label, new, str(note.get("id"))))
    return rows


def hold_map(volume: Volume, papers: Mapping[str, str]) -> None:
    """Hold the map that lies beside a volume, CSV and JSON, to what it must be."""
    wanted = counted(volume)
    table = list(csv.reader(io.StringIO(papers["notes.csv"])))
    assert table[0] == ["number", "language", "old", "new", "id"]
    assert [(int(n), *rest) for n, *rest in table[1:]] == wanted
    assert [tuple(row.values()) for row in json.loads(papers["notes.json"])] == wanted
    assert len({row[-1] for row in wanted}) == len(wanted), "an id is in the map twice"


# -- what the product says -----------------------------------------------------------------------


class Link(NamedTuple):
    """A link as it lies in a product: an address, or a landing in the terms of its reader."""

    number: int
    uri: str | None
    landing: Any


@dataclass
class Stream:
    """The letters of a product in one order of reading, and the link over each.

    `land` returns where in the stream a landing is (None: nowhere in it).
    """

    text: str
    links: Sequence[Link | None]
    land: Callable[[Any], int | None]


class Spot(NamedTuple):
    """Where the letters of a testimony begin: in which stream, and there at which letter."""

    stream: Stream
    start: int


def hold(volume: Volume, streams: Sequence[Stream]) -> int:
    """Follow every link of every report of a volume; return how many calls were followed.

    AssertionError where a letter or a link is not what the XML says.
    """
    shown = {row[-1]: row[3] for row in counted(volume)}
    followed, landed = 0, dict[object, str]()
    for language in volume.languages:
        reports = [entry.editions.get(language) for entry in volume.entries]
        said = [testimony(one, shown) for one in reports if one is not None]
        for one, spots in zip(said, places(said, streams, volume.notes_at), strict=True):
            _hold(one, *spots)
            followed += sum(map(len, one.cited.values()))
            for name, at in one.notes.marks.items():
                key = (id(spots[2].stream.text), spots[2].start + at)
                assert landed.setdefault(key, name) == name, f"{name} and {landed[key]} are one"
    return followed


def places(
    said: Sequence[Testimony], streams: Sequence[Stream], notes_at: str
) -> Iterator[tuple[Spot, Spot, Spot]]:
    """Yield where headline, body and notes of each report of a language stand.

    A body, with the notes behind it, stands in one place only; note lists at the end of a volume
    may be alike (“1. Ibid.”), and are taken in their order, behind all bodies.
    """
    beside = {one.stem: one.behind if notes_at == "report" else "" for one in said}
    bodies = [_only(one, one.body.text + beside[one.stem], streams) for one in said]
    after = max((body.start for _, body in bodies), default=0)
    for one, (head, body) in zip(said, bodies, strict=True):
        if notes_at == "report":
            start = body.start + len(one.body.text + one.behind) - len(one.notes.text)
            notes = Spot(body.stream, start)
        else:
            start = streams[0].text.find(one.notes.text, after)
            assert start >= 0, f"{one.stem}: its notes are not behind those before it"
            notes, after = Spot(streams[0], start), start + len(one.notes.text)
        yield head, body, notes


def _only(one: Testimony, text: str, streams: Sequence[Stream]) -> tuple[Spot, Spot]:
    """Return the one place where a headline stands with a text of its report right behind it.

    On facing pages that is so in the order of one language alone, even where the text is short.
    """
    for stream in streams:
        start = stream.text.find(text)
        if start < 0:
            continue
        assert stream.text.find(text, start + 1) < 0, f"{one.stem}: it stands there twice"
        head = stream.text.rfind(one.headline.text, 0, start)
        if head >= 0 and start - head - len(one.headline.text) < 200:
            return Spot(stream, head), Spot(stream, start)
    raise AssertionError(f"{one.stem}: not all of it is there: {_nearest(text, streams)}")


def _nearest(text: str, streams: Sequence[Stream]) -> str:
    """Return where the longest beginning of a text ends, and how it and the product go on."""
    best = (0, "", "")
    for stream in streams:
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in stream.text else (low, middle - 1)
        at = stream.text.find(text[:low]) + low
        best = max(best, (low, text[low - 20 : low + 20], stream.text[at - 20 : at + 20]))
    return f"after {best[0]} letters {best[1]!r} is wanted, {best[2]!r} found"


def _hold(one: Testimony, head: Spot, body: Spot, notes: Spot) -> None:
    """Follow the links of one report: under the right letters, to the right letters."""
    marks = {name: _at(head, at) for name, at in one.headline.marks.items()}
    marks |= {name: _at(body, at) for name, at in one.body.marks.items()}
    marks |= {name: _at(notes, at) for name, at in one.notes.marks.items()}
    for said, spot in ((one.headline, head), (one.body, body), (one.notes, notes)):
        spans = {n: span for span in said.spans for n in range(span.start, span.end)}
        for n, sign in enumerate(said.text):
            link, span = spot.stream.links[spot.start + n], spans.get(n)
            near = said.text[max(n - 12, 0) : n + 12]
            if span is None:
                assert link is None, f"{one.stem}: {sign!r} of {near!r} has a link"
                continue
            assert link is not None, f"{one.stem}: {span.kind} {sign!r} of {near!r} has no link"
            _follow(one.stem, span, link, spot.stream, marks)
        for span in said.spans:
            under = {spot.stream.links[spot.start + n] for n in range(span.start, span.end)}
            assert span.kind == "url" or len(under) == 1, f"{one.stem}: {span} has several links"


def _at(spot: Spot, at: int) -> tuple[Stream, int]:
    return spot.stream, spot.start + at


def _follow(
    stem: str, span: Span, link: Link, stream: Stream, marks: Mapping[str, tuple[Stream, int]]
) -> None:
    if span.kind == "url":
        assert link.uri == span.goal, f"{stem}: {span.goal} leads to {link.uri}"
        return
    assert link.uri is None, f"{stem}: a {span.kind} leads to {link.uri}"
    goal, at = marks[span.goal]
    found = goal.land(link.landing)
    assert found is not None, f"{stem}: a {span.kind} of {span.goal} leads nowhere"
    there = goal.text[found : found + 20]
    label = re.match(r"\d+\.", goal.text[at:])  # a landing may be before or behind the label
    allowed = {at} | ({at + label.end()} if label and span.kind != "back" else set())
    wanted = goal.text[at : at + 20]
    assert found in allowed, f"{stem}: a {span.kind} leads to {there!r}, not to {wanted!r}"
