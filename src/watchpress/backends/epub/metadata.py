"""What the package says of the book: Dublin Core, series, accessibility; all read off the XML."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Final

from watchpress.backends.epub import access
from watchpress.backends.epub.access import Trait
from watchpress.backends.epub.package import Fact
from watchpress.backends.epub.pages import Page
from watchpress.catalog import Work
from watchpress.model import tree
from watchpress.model.tree import Element

# MARC Code List for Relators; only authors are creators, the others contribute.
ROLES: Final = {
    "author": ("dc:creator", "aut"),
    "editor": ("dc:contributor", "edt"),
    "translator": ("dc:contributor", "trl"),
}
JOURNAL: Final = "front/journal-meta"


def identifier(work: Work) -> str:
    """Return the book's identifier: a UUID (version 5) of the series and its reports' ids.

    The same reports give the same identifier on every day and machine, so that a reader replaces
    the book it has; dcterms:modified tells the releases apart (EPUB 3.3, 5.5.3.1.3).
    """
    series = work.reports[0].findtext(f"{JOURNAL}/journal-id") or ""
    name = " ".join((tree.WP, series, *(tree.stem(report) for report in work.reports)))
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def own(work: Work, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Return the pages with those in the language of the book first, else in order."""
    return tuple(sorted(pages, key=lambda page: page.language != work.language))


def title(work: Work, pages: tuple[Page, ...]) -> str:
    """Return the title of the book: the headline of its only number, else the volume's."""
    numbers = {tree.number(report) for report in work.reports}
    return own(work, pages)[0].headline if len(numbers) == 1 else work.title


def facts(work: Work, pages: tuple[Page, ...]) -> tuple[Fact, ...]:
    """Return all statements of the metadata but identifier and time of change."""
    return (
        Fact("dc:title", title(work, pages), id="title"),
        *(Fact("dc:language", tag) for tag in _languages(work)),
        *_people(work),
        *_publishers(work),
        Fact("dc:date", max(tree.date(report) for report in work.reports)),
        *_series(work),
        *access.facts(work.language, frozenset[Trait]().union(*(page.traits for page in pages))),
    )


def _languages(work: Work) -> tuple[str, ...]:
    # The book's own first: readers take the first for their voice and dictionary.
    return tuple(dict.fromkeys((work.language, *map(tree.language, work.reports))))


def publishers(work: Work) -> tuple[str, ...]:
    """Return the names of the publishers, each once."""
    path = f"{JOURNAL}/publisher/publisher-name"
    return tuple(dict.fromkeys(filter(None, (r.findtext(path) for r in work.reports))))


def _publishers(work: Work) -> Iterator[Fact]:
    return (Fact("dc:publisher", name) for name in publishers(work))


def _people(work: Work) -> Iterator[Fact]:
    """Yield everyone credited, once for each role, with the form to sort by where it is known."""
    seen: set[tuple[str, str]] = set()
    path = "front/article-meta/contrib-group/contrib"
    for contrib in (found for report in work.reports for found in report.iterfind(path)):
        element, role = ROLES[str(contrib.get("contrib-type"))]
        name = tree.person(contrib)
        if (name, role) in seen:
            continue
        seen.add((name, role))
        person = f"person{len(seen)}"
        yield Fact(element, name, id=person)
        yield Fact("role", role, refines=person, scheme="marc:relators")
        if filed := key(contrib):
            yield Fact("file-as", filed, refines=person)


def key(contrib: Element) -> str:
    """Return the name as a catalogue files it, "" where its parts are not known.

    A comma tells that the parts were turned round; kanji and hangul names stand in order anyway.
    Parts beside a string-name are those of another script, and no key to it.
    """
    surname = contrib.findtext(".//name/surname") or ""
    if not surname or contrib.find(".//string-name") is not None:
        return ""
    given = contrib.findtext(".//name/given-names") or ""
    return (", " if _latin(surname) else " ").join(filter(None, (surname, given)))


def _latin(text: str) -> bool:
    return max(text) < "\u0250"  # the end of Latin Extended-B


def _series(work: Work) -> Iterator[Fact]:
    """Yield the series and the number in it (EPUB 3.3, D.3.2: belongs-to-collection)."""
    report = next((r for r in work.reports if tree.language(r) == work.language), work.reports[0])
    yield Fact(
        "belongs-to-collection",
        tree.series(report),
        id="series",
    )
    yield Fact("collection-type", "series", refines="series")
    numbers = {tree.number(report) for report in work.reports}
    if len(numbers) == 1:  # a volume has no single position
        yield Fact("group-position", str(numbers.pop()), refines="series")
    if issn := report.findtext(f"{JOURNAL}/issn"):
        yield Fact("dcterms:identifier", f"urn:ISSN:{issn}", refines="series")
