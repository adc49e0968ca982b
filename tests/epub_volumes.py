"""Volumes for the tests of the EPUB backend: of any size, in three languages, with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO

from proof_reports import Draft, long, prose, report
from watchpress.backends.epub.breaks import Break
from watchpress.backends.epub.volume import write
from watchpress.catalog import Book, Entry, Layout, NotesAt, Numbering, Person, Printing, Volume
from watchpress.checks.proof import Subject, check
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.volume.numbers import number
from watchpress.volume.plan import plan

EPOCH = 1_940_000_000
TITLES = {"en": "Tide Table Notes 2031", "ja": "潮汐便り 二〇三一", "ko": "물때 소식 2031"}
BOOK = Book(
    name="2031",
    title=TITLES,
    subtitle={"en": "A Year of Affidavits", "ja": "宣誓供述書の一年"},
    series={"en": "Tide Table Notes", "ja": "潮汐便り"},
    publisher={"en": "Wharf House", "ja": "埠頭舎"},
    rights={"en": "© 2031 Wharf House", "ja": "© 2031 埠頭舎"},
    issn="2434-5687",
    isbn="978-4-00-310101-8",
    people=(
        Person("editor", {"en": "Odile Marchfield", "ja": "汐見渡"}, {"ja": "しおみわたる"}),
        Person("translator", {"en": "Tobias Renn"}),
        Person("supervisor", {"ja": "水門守"}, {"ja": "みなともり"}),
        Person("designer", {"en": "Ilse Kettering"}),
        Person("printer", {"ja": "潮印刷"}),
    ),
    printings=(Printing(date(2032, 1, 10), {"en": "first printing", "ja": "初版第1刷"}),),
)


def volume(
    drafts: Iterable[Draft],
    languages: Sequence[str] = ("en", "ja"),
    *,
    layout: Layout = "sequential",
    numbering: Numbering = "restart",
    notes_at: NotesAt = "report",
    book: Book = BOOK,
) -> Volume:
    """Return a volume of drafts; a language that a number has no draft in is a missing edition."""
    editions: dict[int, dict[str, Draft]] = {}
    for draft in drafts:
        editions.setdefault(draft.number, {})[draft.language] = draft
    entries = tuple(
        Entry(num, {tag: report(found[tag]) if tag in found else None for tag in languages})
        for num, found in sorted(editions.items())
    )
    made = Volume(book, tuple(languages), entries, EPOCH, layout, numbering, notes_at)
    return number(made)[0]


def book(
    made: Volume, breaks: Mapping[str, Sequence[Break]] | None = None, silent: bool = True
) -> bytes:
    """Return the EPUB of a volume, made without a word said."""
    out, told = BytesIO(), list[Diagnostic]()
    write(made, plan(made), breaks or {}, Styles(), out, told.append)
    assert not silent or told == []
    return out.getvalue()


def small(language: str, number: int, notes: int = 2, paragraphs: int = 3) -> Draft:
    """Return a short draft: paragraphs with calls, a sub-heading, a quotation, a note list."""
    body = [
        f"{prose(language, 12, number * 100 + n)} [{n % notes + 1}]" if notes else
        prose(language, 12, number * 100 + n)
        for n in range(paragraphs)
    ]  # fmt: skip
    body[1:1] = [f"# {prose(language, 3, number)}"]
    body.append(f"> {prose(language, 8, number + 50)}")
    listed = [
        [f"{prose(language, 5, number * 10 + n)} https://tide.example.org/{number}/{language}/{n}"]
        for n in range(1, notes + 1)
    ]
    return Draft(language, body, listed, number)


def year(languages: Sequence[str]) -> list[Draft]:
    """Return four numbers: a long one, two short ones, one of them without a translation."""
    drafts = [long(tag, 41) for tag in languages]
    drafts += [small(tag, 42) for tag in languages]
    drafts += [small(tag, 43, notes=0) for tag in languages[:1]]
    return drafts


def proved(made: Volume, data: bytes) -> list[Diagnostic]:
    """Return what the proof has against the EPUB of a volume."""
    told: list[Diagnostic] = []
    parts = plan(made)
    reports = tuple(
        one for part in parts if part.kind in ("report", "facing") for one in part.reports
    )
    apart = tuple(one for part in parts if part.kind == "notes" for one in part.reports)
    check(Subject(data, "epub", "volume.epub", reports, apart=apart), told.append)
    return told


def pages_of(made: Volume) -> dict[str, list[Break]]:
    """Return a page for each paragraph and note, beginning in the middle of it."""
    breaks: dict[str, list[Break]] = {}
    count = 0
    for part in plan(made):
        for one in part.reports if part.kind in ("report", "facing") else ():
            for node in one.iterfind("body//p"):
                count += 1
                breaks.setdefault(part.id, []).append(Break(str(count), str(node.get("id")), 9))
        if part.kind == "notes":  # one page begins with the part, one with the first heading
            count += 2
            title = f"{tree.stem(part.reports[0])}-notes-title"
            breaks[part.id] = [Break(str(count - 1), part.id, 0), Break(str(count), title, 0)]
    return breaks
