"""The navigation document: contents for the reader, landmarks and pages for the reading system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from lxml import etree

from watchpress.backends.epub.pages import TYPE, Entry, Page, document
from watchpress.language.words import words
from watchpress.model.tree import Element

NAME: Final = "nav.xhtml"
COVER: Final = "cover.xhtml"
HERE: Final = f"{NAME}#contents"


class Said(NamedTuple):
    """Words in a line of the contents: their language, and the class they are dressed by."""

    words: str
    language: str
    kind: str = ""


class Row(NamedTuple):
    """A line of the contents: what it says, where it leads ("": a heading), and what is below."""

    said: tuple[Said, ...]
    href: str = ""
    below: tuple[Row, ...] = ()


class Mark(NamedTuple):
    """A landmark: its kind (of the EPUB Structural Semantics Vocabulary), place and words."""

    kind: str
    href: str
    words: str


def nav(pages: tuple[Page, ...], language: str) -> bytes:
    """Return the navigation document (EPUB 3.3, 7) for `pages`, in the words of `language`."""
    several = len({page.number for page in pages}) > 1
    rows = [row(page.entry, page.language, page.number if several else "") for page in pages]
    label = words(language).label
    marks = [
        Mark("cover", COVER, label("cover")),
        Mark("toc", HERE, label("contents")),
        Mark("bodymatter", pages[0].name, label("start")),
    ]
    if len(pages) == 1 and pages[0].notes:
        # In a volume every report has its notes: a single landmark would name one of many.
        marks.append(Mark("endnotes", pages[0].notes, label("notes")))
    return compose(rows, marks, (), language)


def row(entry: Entry, language: str, number: str = "") -> Row:
    """Return a line of the contents for an entry and those below it."""
    badge = (Said(number, language, "number"),) if number else ()
    below = tuple(row(child, language) for child in entry.below)
    return Row((*badge, Said(entry.words, language)), entry.href, below)


def compose(
    rows: Iterable[Row], marks: Iterable[Mark], pages: Iterable[tuple[str, str]], language: str
) -> bytes:
    """Return the navigation document of `rows`, landmarks and pages (folio and address)."""
    parts = [_contents(rows, language), _landmarks(marks, language)]
    listed = list(pages)
    if listed:
        parts.append(_pages(listed, language))
    return document(parts, language, words(language).label("contents"))


def _contents(rows: Iterable[Row], language: str) -> Element:
    contents = etree.Element(
        "nav", {"role": "doc-toc", "id": "contents", "aria-labelledby": "contents-title"}
    )
    etree.SubElement(contents, "h1", id="contents-title").text = words(language).label("contents")
    _rows(contents, rows, language)
    return contents


def _rows(parent: Element, rows: Iterable[Row], language: str) -> None:
    """Append a list of lines, and those below them; `language` is the one around it."""
    listed = etree.SubElement(parent, "ol")
    for line in rows:
        item = etree.SubElement(listed, "li")
        _line(item, line, language)
        if line.below:
            _rows(item, line.below, language)


def _line(item: Element, line: Row, language: str) -> None:
    link = etree.SubElement(item, "a" if line.href else "span")
    tongues = {said.language for said in line.said}
    tongue = line.said[0].language if len(tongues) == 1 else language
    if line.href:
        link.set("href", line.href)
    if tongue != language:
        link.set("lang", tongue)
        if line.href:
            link.set("hreflang", tongue)
    for place, said in enumerate(line.said):
        _say(link, said, tongue, last=place == len(line.said) - 1)


def _say(link: Element, said: Said, around: str, *, last: bool) -> None:
    """Append words to a line, as an element of their own where they need one."""
    if not said.kind and said.language == around and not len(link):
        link.text = f"{link.text or ''}{said.words}{'' if last else ' '}"
        return
    if not said.kind and said.language == around:
        link[-1].tail = f"{link[-1].tail or ''}{said.words}{'' if last else ' '}"
        return
    own = etree.SubElement(link, "span")
    own.text, own.tail = said.words, None if last else " "
    if said.kind:
        own.set("class", said.kind)
    if said.language != around:
        own.set("lang", said.language)


def _landmarks(marks: Iterable[Mark], language: str) -> Element:
    """Return the landmarks; hidden, since readers show them in a menu of their own."""
    label = words(language).label("landmarks")
    landmarks = etree.Element("nav", {TYPE: "landmarks", "hidden": "hidden", "aria-label": label})
    rows = etree.SubElement(landmarks, "ol")
    for mark in marks:
        link = etree.SubElement(
            etree.SubElement(rows, "li"), "a", {TYPE: mark.kind, "href": mark.href}
        )
        link.text = mark.words
    return landmarks


def _pages(pages: Iterable[tuple[str, str]], language: str) -> Element:
    """Return the list of the printed pages; hidden, since readers ask for a page by its number."""
    listed = etree.Element(
        "nav",
        {
            "role": "doc-pagelist",
            "hidden": "hidden",
            "aria-label": words(language).label("pages"),
        },
    )
    rows = etree.SubElement(listed, "ol")
    for folio, href in pages:
        etree.SubElement(etree.SubElement(rows, "li"), "a", href=href).text = folio
    return listed
