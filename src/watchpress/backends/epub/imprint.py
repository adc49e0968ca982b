"""What the package says of a volume: titles in all its languages, people, series, source."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from watchpress.backends.epub import access
from watchpress.backends.epub.access import Trait
from watchpress.backends.epub.leaves import Leaf
from watchpress.backends.epub.metadata import JOURNAL, ROLES, key
from watchpress.backends.epub.package import Fact
from watchpress.catalog import Role, Volume
from watchpress.model import tree
from watchpress.model.tree import Element

# MARC Code List for Relators. For who supervised a book (監修) the list has no word of its own;
# catalogues take "consultant".
_MARC: Final[dict[Role, tuple[str, str]]] = {
    "author": ("dc:creator", "aut"),
    "translator": ("dc:contributor", "trl"),
    "editor": ("dc:contributor", "edt"),
    "supervisor": ("dc:contributor", "csl"),
    "designer": ("dc:contributor", "bkd"),
    "printer": ("dc:contributor", "prt"),
}


class _Named(NamedTuple):
    """Someone: element and relator of the role, names and forms to file by, by language."""

    element: str
    relator: str
    names: dict[str, str]
    filed: dict[str, str]


def identifier(volume: Volume) -> str:
    """Return the identifier: a UUID (version 5) of the series, the volume, its form.

    A translation that comes in later, or an edited report, leaves it as it is: the book that a
    reader has is replaced. dcterms:modified tells the releases apart (EPUB 3.3, 5.5.3.1.3).
    """
    series = next(
        (report.findtext(f"{JOURNAL}/journal-id") or "" for report in reports(volume)), ""
    )
    name = " ".join((tree.WP, series, volume.book.name, *volume.languages, volume.layout))
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def facts(volume: Volume, leaves: Sequence[Leaf], *, paged: bool) -> tuple[Fact, ...]:
    """Return all statements but identifier and time of change; `paged`: printed pages are marked.

    An ISBN belongs to one form of a book (ISBN Users' Manual, 7th edition, 9): where the EPUB marks
    the pages of the printed book, the ISBN is that book's and names it as source; else it is the
    EPUB's own.
    """
    book = volume.book
    return (
        *(() if paged or not book.isbn else (Fact("dc:identifier", _urn("isbn", book.isbn)),)),
        *_titles(volume),
        *(Fact("dc:language", tag) for tag in volume.languages),
        *_people(volume),
        *_spoken("dc:publisher", "publisher", _publishers(volume), volume.languages),
        *_spoken("dc:rights", "rights", book.rights, volume.languages),
        Fact("dc:date", date(volume)),
        *(_source(volume) if paged else ()),
        *_series(volume),
        *access.facts(volume.languages[0], frozenset(_traits(leaves, paged=paged))),
    )


def reports(volume: Volume) -> Iterator[Element]:
    """Yield all reports of a volume, by number, then by language in its order."""
    for entry in volume.entries:
        for tag in volume.languages:
            if (report := entry.editions.get(tag)) is not None:
                yield report


def date(volume: Volume) -> str:
    """Return when the volume came out: its first printing, else the day of its last report."""
    days = [printing.day.isoformat() for printing in volume.book.printings]
    return min(days) if days else max((tree.date(r) for r in reports(volume)), default="")


def _spoken(
    name: str, ident: str, texts: Mapping[str, str], languages: Sequence[str]
) -> Iterator[Fact]:
    """Yield a statement in the first language that has it, and its forms in the others."""
    said = [(tag, texts[tag]) for tag in languages if texts.get(tag)]
    if not said:
        return
    yield Fact(name, said[0][1], id=ident, language=said[0][0])
    seen = {said[0][1]}
    for tag, text in said[1:]:
        if text not in seen:
            seen.add(text)
            yield Fact("alternate-script", text, refines=ident, language=tag)


def _titles(volume: Volume) -> Iterator[Fact]:
    parts = (("title", "main", volume.book.title), ("subtitle", "subtitle", volume.book.subtitle))
    for place, (ident, kind, texts) in enumerate(parts, 1):
        found = list(_spoken("dc:title", ident, texts, volume.languages))
        yield from found
        if found:
            yield Fact("title-type", kind, refines=ident)
            yield Fact("display-seq", str(place), refines=ident)


def _publishers(volume: Volume) -> Mapping[str, str]:
    """Return the publisher by language: the book's, else what the reports say."""
    path = f"{JOURNAL}/publisher/publisher-name"
    found = {tree.language(report): report.findtext(path) or "" for report in reports(volume)}
    return volume.book.publisher or found


def _people(volume: Volume) -> Iterator[Fact]:
    """Yield everyone with a part in the book, then everyone credited in a report, each once.

    Authors come first: readers show the first creator under the title.
    """
    seen: set[tuple[str, str]] = set()
    found: list[_Named] = []
    for person in (*_listed(volume), *_credited(volume)):
        known = {("".join(n.split()).casefold(), person.relator) for n in person.names.values()}
        if known and not known & seen:
            found.append(person)
        seen |= known
    found.sort(key=lambda person: person.element != "dc:creator")
    for count, person in enumerate(found, 1):
        yield from _person(person, f"person{count}", volume.languages)


def _person(person: _Named, ident: str, languages: Sequence[str]) -> Iterator[Fact]:
    names, filed = person.names, person.filed
    first = next((tag for tag in languages if tag in names), next(iter(names)))
    ordered = (first, *(tag for tag in languages if tag != first))
    yield from _spoken(person.element, ident, names, ordered)
    yield Fact("role", person.relator, refines=ident, scheme="marc:relators")
    if filed.get(first):
        yield Fact("file-as", filed[first], refines=ident)


def _listed(volume: Volume) -> Iterator[_Named]:
    for person in volume.book.people:
        yield _Named(*_MARC[person.role], dict(person.names), dict(person.readings))


def _credited(volume: Volume) -> Iterator[_Named]:
    """Yield the people of the reports; editions that credit as many credit the same ones."""
    path = "front/article-meta/contrib-group/contrib"
    for entry in volume.entries:
        found = {tree.language(report): report.findall(path) for report in entry.reports}
        counts = {len(people) for people in found.values()}
        together = len(counts) == 1
        groups = (
            [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]
            if together
            else [{tag: one} for tag, people in found.items() for one in people]
        )
        yield from map(_of, groups)


def _of(contribs: Mapping[str, Element]) -> _Named:
    role = str(next(iter(contribs.values())).get("contrib-type"))
    return _Named(
        *ROLES[role],
        {tag: tree.person(contrib) for tag, contrib in contribs.items()},
        {tag: key(contrib) for tag, contrib in contribs.items()},
    )


def _source(volume: Volume) -> Iterator[Fact]:
    """Yield the printed edition whose pages are marked: its ISBN, else what it is called.

    EPUB Accessibility 1.1, 4.1.3. The younger property pageBreakSource says the same, but is an
    error to EPUBCheck 4.2.6, by which shops still judge.
    """
    tag = volume.languages[0]
    named = (volume.title, _publishers(volume).get(tag, ""), date(volume)[:4])
    isbn = volume.book.isbn
    text = _urn("isbn", isbn) if isbn else ", ".join(filter(None, named))
    yield Fact("dc:source", text, id="source")
    yield Fact("source-of", "pagination", refines="source")


def _series(volume: Volume) -> Iterator[Fact]:
    """Yield the series and the volume's year in it (EPUB 3.3, D.3.2: belongs-to-collection)."""
    found = {tree.language(report): tree.series(report) for report in reports(volume)}
    names = volume.book.series or found
    said = list(_spoken("belongs-to-collection", "series", names, volume.languages))
    if not said:
        return
    yield from said
    yield Fact("collection-type", "series", refines="series")
    issued = max((tree.date(report)[:4] for report in reports(volume)), default="")
    if issued:
        yield Fact("group-position", issued, refines="series")
    own = next((r.findtext(f"{JOURNAL}/issn") for r in reports(volume)), "")
    if issn := volume.book.issn or own:
        yield Fact("dcterms:identifier", f"urn:ISSN:{issn}", refines="series")


def _traits(leaves: Iterable[Leaf], *, paged: bool) -> Iterator[Trait]:
    for leaf in leaves:
        yield from access.traits(leaf.section)
        if leaf.part.kind == "index":
            yield "index"
    if paged:
        yield "pages"


def _urn(scheme: str, number: str) -> str:
    return f"urn:{scheme}:{number.replace('-', '').replace(' ', '')}"
