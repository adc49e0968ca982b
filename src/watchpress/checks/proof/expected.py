"""What a product must say: the blocks of a report, computed from the XML alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from watchpress.checks.proof.letters import Form, Letters, given
from watchpress.diagnostic import Place
from watchpress.language.words import words
from watchpress.model import ledger, tree
from watchpress.model.tree import Element

Kind: TypeAlias = Literal["opening", "text", "note"]
Piece: TypeAlias = Literal["report", "text", "notes", "first notes"]

# How a note's number may be set before the note; the longest that fits is taken.
_LABELS: Final = ("[{}]", "［{}］", "({})", "（{}）", "{}.", "{}．", "{})", "{}")
_BULLETS: Final = ("•", "◦", "▪", "‣", "–", "・", "")


@dataclass(frozen=True)
class Call:
    """A note call in a block: from where to where, its printed number, the note's id or "".

    `mention`: no call, but the number in "see note 5".
    """

    start: int
    end: int
    number: str
    note: str
    place: Place
    mention: bool = False


@dataclass(frozen=True)
class Url:
    """An address printed in a block: from where to where, and where it must lead."""

    start: int
    end: int
    href: str
    place: Place


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or paragraph of a note: its letters, and what stands in them.

    `gaps`: positions that have white space before them. `before`: what may stand in front that is
    set by the style (a note's number, a list's bullet); one of them must. `note`, `number`: of the
    note this is a paragraph of. `mentions`: the numbers that lead to a note and not back from it.
    """

    kind: Kind
    place: Place
    text: str
    gaps: frozenset[int]
    calls: tuple[Call, ...] = ()
    urls: tuple[Url, ...] = ()
    before: tuple[str, ...] = ("",)
    note: str = ""
    number: str = ""
    mentions: tuple[Call, ...] = ()


def expected(report: Element, form: Form, part: Piece = "report") -> list[Block]:
    """Return the blocks of `report` in the order in which a product gives them.

    `part`: the whole report, or its text or its notes where a volume has all notes at its end;
    there the notes stand under headings of the volume's own, which an EPUB is not asked for; above
    the `first notes` of a language stands that of them all.
    """
    maker = _Maker(form)
    found = list[Block]()
    if part in {"report", "text"}:
        found += _text(report, maker)
    if part == "first notes" and form == "pdf":
        found.append(_notes_heading(report, maker))
    if part in {"notes", "first notes"} and form == "pdf":
        found.append(_report_heading(report, maker))
    if part != "text":
        found += _notes(report, maker, headed=part == "report")
    return [block for block in found if block.text]


def line(text: str, place: Place, form: Form) -> Block:
    """Return the block of a line that is not of a report: where an offprint says it is from."""
    return _Maker(form).words(text, place, "opening")


def _text(report: Element, maker: _Maker) -> Iterator[Block]:
    yield from _opening(report, maker)
    body = report.find("body")
    if body is not None:
        yield from _flow(body, maker)


def _notes_heading(report: Element, maker: _Maker) -> Block:
    heading = report.find("back/fn-group/title")
    if heading is not None:
        return maker.block(heading)
    label = words(tree.language(report)).label("notes")
    return maker.words(label, tree.place(tree.notes(report)[0]), "text")


def _report_heading(report: Element, maker: _Maker) -> Block:
    """Return the heading over the notes of one report at the end of a volume."""
    number = words(tree.language(report)).label("number", n=tree.number(report))
    place = tree.place(tree.notes(report)[0])
    return maker.words(f"{number} {tree.title(report)}", place, "text")


def _notes(report: Element, maker: _Maker, *, headed: bool) -> Iterator[Block]:
    notes = tree.notes(report)
    if notes and headed:
        yield _notes_heading(report, maker)
    for note in notes:
        yield from _note(note, maker)


def _opening(report: Element, maker: _Maker) -> Iterator[Block]:
    meta = report.find("front/article-meta")
    assert meta is not None, "the schema asks for it"
    language = words(tree.language(report))
    number = language.label("number", n=tree.number(report))
    yield maker.words(f"{tree.series(report)} {number}", _of(report, "issue"), "opening")
    corrected = tree.corrected(report)
    date = language.date(tree.date(report)) + (f" ({corrected})" if corrected else "")
    yield maker.words(date, _of(report, "pub-date"), "opening")
    yield maker.block(tree.headline(report))
    *names, last = tree.authors(report) or [""]
    names = [language.label("comma").join(names)] if names else []
    yield maker.words(
        language.label("and").join([*names, last]), _of(report, "contrib-group"), "text"
    )


def _of(report: Element, name: str) -> Place:
    """Return the place of a part of the front, the headline's where the copy has none of it."""
    found = report.find(f"front/article-meta/{name}")
    if found is None or not found.get(tree.AT):
        found = tree.headline(report)
    return tree.place(found)


def _flow(parent: Element, maker: _Maker, before: tuple[str, ...] = ("",)) -> Iterator[Block]:
    """Yield the blocks below a body, section, quotation or list item."""
    for child in parent:
        if child.tag in ("p", "title", "attrib"):
            yield maker.block(child, before=before)
        elif child.tag in ("table-wrap", "fig"):
            yield from _exhibit(child, maker)
        elif child.tag == "list":
            for count, item in enumerate(child.iterfind("list-item"), 1):
                yield from _flow(item, maker, _bullets(child, count))
        elif isinstance(child.tag, str):
            yield from _flow(child, maker)
        before = ("",)


def _exhibit(source: Element, maker: _Maker) -> Iterator[Block]:
    """Yield the blocks of a table or figure: its caption, its cells, what stands below it."""
    named = [source.find(path) for path in ("label", "caption/title")]
    yield maker.joined([one for one in named if one is not None], tree.place(source))
    for path in ("caption/p", "table//tr/*", "table-wrap-foot/*", "attrib"):
        for part in source.iterfind(path):
            yield maker.block(part)


def _bullets(parent: Element, count: int) -> tuple[str, ...]:
    kind = parent.get("list-type")
    if kind == "order":
        return (f"{count}.", f"({count})", f"{count})", "")
    return _BULLETS if kind == "bullet" else ("",)


def _note(note: Element, maker: _Maker) -> Iterator[Block]:
    number = ledger.printed_of(note)
    before = tuple(label.format(number) for label in _LABELS)
    flag = ledger.flag(number) + " " if ledger.faulty(note) else ""
    for paragraph in note.iterfind("p"):
        yield maker.block(
            paragraph, "note", before=before, note=str(note.get("id")), number=number, flag=flag
        )
        before, flag = ("",), ""


class _Maker:
    """Makes blocks out of elements, in the letters of one form of product."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def letters(self, text: str) -> str:
        return given(text, self.form)

    def words(self, text: str, place: Place, kind: Kind) -> Block:
        letters = Letters()
        letters.add(self.letters(text))
        return Block(kind, place, letters.text, frozenset(letters.gaps))

    def block(
        self,
        element: Element,
        kind: Kind = "text",
        *,
        before: tuple[str, ...] = ("",),
        note: str = "",
        number: str = "",
        flag: str = "",
    ) -> Block:
        return self.joined(
            [element],
            tree.place(element),
            kind,
            before=before,
            note=note,
            number=number,
            flag=flag,
        )

    def joined(
        self,
        elements: Sequence[Element],
        place: Place,
        kind: Kind = "text",
        *,
        before: tuple[str, ...] = ("",),
        note: str = "",
        number: str = "",
        flag: str = "",
    ) -> Block:
        """Return one block of several elements, white space between them."""
        letters, calls, urls = Letters(), list[Call](), list[Url]()
        letters.add(flag)
        for element in elements:
            letters.gaps.add(letters.length)
            self.inline(element, letters, calls, urls)
        gaps = frozenset(gap for gap in letters.gaps if 0 < gap < letters.length)
        mentions = tuple(call for call in calls if call.mention)
        calls = [call for call in calls if not call.mention]
        return Block(
            kind,
            place,
            letters.text,
            gaps,
            tuple(calls),
            tuple(urls),
            before,
            note,
            number,
            mentions,
        )

    def inline(
        self, element: Element, letters: Letters, calls: list[Call], urls: list[Url]
    ) -> None:
        letters.add(self.letters(element.text or ""))
        for child in element:
            start = letters.length
            if child.tag == "xref":
                calls.append(self.call(child, letters))
            elif isinstance(child.tag, str):
                self.inline(child, letters, calls, urls)
            if child.tag == "ext-link":
                href = str(child.get(tree.HREF))
                urls.append(Url(start, letters.length, href, tree.place(child)))
            letters.add(self.letters(child.tail or ""))

    def call(self, marker: Element, letters: Letters) -> Call:
        start, note = letters.length, str(marker.get("rid", ""))
        number = ledger.printed_of(marker)
        if marker.get("ref-type") == ledger.MENTION:
            letters.add(number)
            return Call(start, letters.length, number, note, tree.place(marker), mention=True)
        # Print ties a call to the word before it: white space there is dropped.
        letters.gaps.discard(letters.length)
        letters.add(number if note else ledger.flag(number))
        return Call(start, letters.length, number, note, tree.place(marker))
