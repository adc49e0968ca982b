"""Mentions of notes become links: the number in "see note 5", 注5参照, 주 5 참조.

Only the number becomes an element; not a letter of the text changes. So a volume that numbers its
notes anew can print the new number in a mention too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final, NamedTuple

from lxml import etree

from watchpress.diagnostic import Place, Tell, remark
from watchpress.model.ledger import MENTION, value
from watchpress.model.tree import AS, AT, FORM, Element, notes, place, stem, text

_N: Final = r"[0-9０-９]{1,3}(?![0-9０-９])"
_ONE: Final = rf"[(（\[［〔]?{_N}[)）\]］〕]?"


def _several(word: str, links: str) -> str:
    """Return a pattern of one number or several, the word for note before each if need be.

    Atomic: "notes 3 and 5 of the Agreement" must not be taken for "note 3".
    """
    return rf"(?P<numbers>(?>{_ONE}(?:(?:{links})(?:{word})?\s?{_ONE})*))"


_EN: Final = r"(?:end|foot)?(?:notes?|nn?\.)"
_EN_SOME: Final = _several(_EN + r"\s", r",?\s(?:and|or|to|&)\s|,\s|\s?[-–]\s?")
_EN_CITED: Final = r"(?:cited|quoted|given|named|mentioned|described|referred\sto|as)\sin"
_JA: Final = r"(?<![受発外備])(?:脚注|後注|注|註)"
_JA_SOME: Final = _several(_JA, r"[、，・,]\s?|と|や|および|及び|または|から|\s?[-～〜~–]\s?")
_JA_OWN: Final = r"(?<!号の)(?<!同書)(?<!同書、)(?<![0-9０-９]の)"
_JA_SEE: Final = (
    r"(?:[のに]?(?:前掲|掲げた|引いた)?の?(?:文献|資料|記事)?[をも]?"
    r"(?:参照|参看|見よ|見られたい)|[にと]同じ|に?前掲)"
)
_KO: Final = r"(?:각주|미주|주석|주)"
_KO_SOME: Final = _several(_KO, r",\s|·|[와과]\s|\s(?:및|또는|그리고)\s|\s?[-~～–]\s?")
# A note of another text is none of ours: "note 5 of the Agreement", No.31の注5, 31호의 주 5.
_PATTERNS: Final = (
    *(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b(?:see|cf\.|supra|infra|{_EN_CITED}),?\s(?:(?:also|again|above|below),?\s)?"
            rf"{_EN}\s?{_EN_SOME}(?!\s(?:of|in|to)\b)",
            rf"\b{_EN}\s?{_EN_SOME},?\s(?:above|below|supra|infra)\b",
        )
    ),
    # No letter of these has a case, and to look for one takes long.
    *(
        re.compile(pattern)
        for pattern in (
            rf"(?:前掲|上掲|前出|後掲|前記|後記|上記|下記|前|後|先|上|下)の?[、，]?[（(［\[〔]?"
            rf"{_JA}\s?{_JA_SOME}",
            rf"{_JA_OWN}{_JA}\s?{_JA_SOME}\s?{_JA_SEE}",
            rf"{_JA_OWN}{_JA}(?P<numbers>[(（]{_N}[)）])",
            rf"(?:앞의|위의|아래의|뒤의|앞선|상기|전게)\s{_KO}\s?{_KO_SOME}",
            rf"(?<![가-힣])(?<!호의\s)(?<!서의\s){_KO}\s?{_KO_SOME}"
            r"(?:번)?(?:[을를와과도]|에서)?\s?(?:참조|참고|볼\s?것|보라)",
        )
    ),
)
_BRACKETS: Final = re.compile(r"[\[［【〔(（][^\])］】〕）]*[\])］】〕）]")
_DIGITS: Final = re.compile(_N)
_ABROAD: Final = "\x00"  # stands for what no mention runs across: an address, a reading


def apply(report: Element, tell: Tell) -> None:
    """Turn the number of each mention into an xref that leads to the note of that number.

    Looked at are the notes, where the report's own form of marker (`[5]`) is a mention too, and the
    paragraphs outside of quotations. Tells N108 (no note has the number; the text stays as it is).
    """
    known: dict[int, Element] = {}
    for note in notes(report):
        known.setdefault(value(note.findtext("label") or ""), note)
    own = [*_PATTERNS, *_own(report)]
    found = [hit for p in report.iterfind("body//p") if _free(p) for hit in _hits(p, _PATTERNS)]
    found += [hit for note in notes(report) for p in note.iterfind("p") for hit in _hits(p, own)]
    made: list[tuple[_Hit, Element]] = []
    for hit in found:
        answer = known.get(value(hit.digits))
        if answer is None:
            tell(remark("N108", hit.place, number=hit.digits))
        if hit.run.xref is not None:
            _tie(hit.run.xref, answer)
        elif answer is not None:
            made.append((hit, _xref(hit, answer)))
    _name(report, [xref for _, xref in made])
    for hit, xref in reversed(made):  # from the end: what stands before keeps its place
        _wrap(hit, xref)


def _free(paragraph: Element) -> bool:
    """Say whether a paragraph speaks for the report: a quotation has notes of its own."""
    return next(paragraph.iterancestors("disp-quote"), None) is None


def _own(report: Element) -> Iterator[re.Pattern[str]]:
    """Yield patterns for the report's own forms of marker: `[1]` gives `[5]`."""
    for form in _BRACKETS.findall(report.get(FORM) or ""):
        before, _, after = form.replace("１", "1").partition("1")
        yield re.compile(rf"{re.escape(before)}(?P<numbers>{_N}){re.escape(after)}", re.IGNORECASE)


# -- The text of a paragraph, and where it comes from ----------------------------------------------


@dataclass(frozen=True)
class _Run:
    """A stretch of a paragraph's text: what stands first in an element, or `behind` it.

    `xref`: the mention that it is the text of already. `line`, `column`: of its first letter in the
    copy, as far as the elements around it know.
    """

    owner: Element
    behind: bool
    start: int
    text: str
    place: Place
    xref: Element | None = None


class _Hit(NamedTuple):
    """A number that mentions a note: in which run, from where to where in it."""

    run: _Run
    start: int
    end: int

    @property
    def digits(self) -> str:
        return self.run.text[self.start : self.end]

    @property
    def place(self) -> Place:
        if self.run.xref is not None:
            return place(self.run.xref)
        return _right(self.run.place, self.start)


@dataclass
class _Flow:
    """A walk through a paragraph that writes down its runs and how far it has come in the copy."""

    here: Place
    runs: list[_Run] = field(default_factory=list)
    words: str = ""

    def add(self, owner: Element, xref: Element | None, *, behind: bool) -> None:
        words = (owner.tail if behind else owner.text) or ""
        self.runs.append(_Run(owner, behind, len(self.words), words, self.here, xref))
        self.words += words
        self.here = _right(self.here, len(words))

    def walk(self, element: Element, xref: Element | None = None) -> None:
        self.add(element, xref, behind=False)
        for child in element:
            self.child(child)
            self.add(child, None, behind=True)

    def child(self, child: Element) -> None:
        if child.get(AT):
            self.here = place(child)
        start = self.here
        if child.tag == "xref" and child.get("ref-type") == MENTION:
            self.walk(child, child)
        elif child.tag in ("xref", "ext-link", "ruby") or not isinstance(child.tag, str):
            self.words += _ABROAD
            self.here = _right(self.here, len(text(child)) if isinstance(child.tag, str) else 0)
        else:
            self.walk(child)
        if child.get(AS):
            self.here = _right(start, len(str(child.get(AS))))


def _right(place: Place, letters: int) -> Place:
    return Place(place.file, place.line, place.column + letters)


def _hits(paragraph: Element, patterns: Sequence[re.Pattern[str]]) -> list[_Hit]:
    """Return the numbers in `paragraph` that mention a note, in order, each once."""
    flow = _Flow(place(paragraph))
    flow.walk(paragraph)
    spans: set[tuple[int, int]] = set()
    for pattern in patterns:
        for match in pattern.finditer(flow.words):
            start, end = match.span("numbers")
            spans |= {number.span() for number in _DIGITS.finditer(flow.words, start, end)}
    return [hit for span in sorted(spans) for hit in _inside(flow.runs, *span)]


def _inside(runs: list[_Run], start: int, end: int) -> Iterator[_Hit]:
    """Yield the hit for a number that stands in one run; one torn by markup is left alone."""
    for run in runs:
        if run.start <= start and end <= run.start + len(run.text):
            yield _Hit(run, start - run.start, end - run.start)
            return


# -- Elements --------------------------------------------------------------------------------------


def _xref(hit: _Hit, note: Element) -> Element:
    xref = etree.Element("xref", {"ref-type": MENTION})
    xref.set(AT, f"{hit.place.line}:{hit.place.column}")
    xref.set(AS, hit.digits)
    xref.text = hit.digits
    _tie(xref, note)
    return xref


def _tie(xref: Element, note: Element | None) -> None:
    if note is not None:
        xref.set("rid", str(note.get("id")))
    else:
        xref.attrib.pop("rid", None)


def _name(report: Element, made: list[Element]) -> None:
    """Give each new mention an id, `wr032-en-m1` and so on, past those that are there."""
    taken = {element.get("id") for element in report.iter("xref")}
    names = (f"{stem(report)}-m{n}" for n in count(1))
    for xref, name in zip(made, (name for name in names if name not in taken), strict=False):
        xref.set("id", name)


def _wrap(hit: _Hit, xref: Element) -> None:
    """Put `xref` in the place of its digits."""
    owner = hit.run.owner
    current = (owner.tail if hit.run.behind else owner.text) or ""
    before, after = current[: hit.start], current[hit.end :]
    if hit.run.behind:
        found = owner.getparent()
        assert found is not None, "a tail has a parent"
        parent, index, owner.tail = found, found.index(owner) + 1, before
    else:
        parent, index, owner.text = owner, 0, before
    if parent.tag == "mixed-citation":  # JATS: a citation may not hold an xref, a phrase in it may
        phrase = etree.Element("named-content", {"content-type": "mention"})
        phrase.append(xref)
        xref = phrase
    xref.tail = after
    parent.insert(index, xref)
