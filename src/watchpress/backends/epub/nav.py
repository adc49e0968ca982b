"""The navigation document: contents for the reader, landmarks for the reading system."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from watchpress.backends.epub.pages import TYPE, Entry, Page, document
from watchpress.language.words import words
from watchpress.model.tree import Element

NAME: Final = "nav.xhtml"
COVER: Final = "cover.xhtml"


def nav(pages: tuple[Page, ...], language: str) -> bytes:
    """Return the navigation document (EPUB 3.3, 7) for `pages`, in the words of `language`."""
    return document(
        [_contents(pages, language), _landmarks(pages, language)],
        language,
        words(language).label("contents"),
    )


def _contents(pages: tuple[Page, ...], language: str) -> Element:
    contents = etree.Element(
        "nav", {"role": "doc-toc", "id": "contents", "aria-labelledby": "contents-title"}
    )
    etree.SubElement(contents, "h1", id="contents-title").text = words(language).label("contents")
    rows = etree.SubElement(contents, "ol")
    several = len({page.number for page in pages}) > 1
    for page in pages:
        _row(rows, page.entry, page, language, page.number if several else "")
    return contents


def _row(rows: Element, entry: Entry, page: Page, language: str, number: str = "") -> None:
    """Append a line of the contents, and those below it."""
    row = etree.SubElement(rows, "li")
    link = etree.SubElement(row, "a", href=entry.href)
    if page.language != language:
        link.set("lang", page.language)
        link.set("hreflang", page.language)
    if number:
        badge = etree.SubElement(link, "span", {"class": "number"})
        badge.text, badge.tail = number, f" {entry.words}"
    else:
        link.text = entry.words
    if entry.below:
        below = etree.SubElement(row, "ol")
        for child in entry.below:
            _row(below, child, page, language)


def _landmarks(pages: tuple[Page, ...], language: str) -> Element:
    """Return the landmarks; hidden, since readers show them in a menu of their own."""
    label = words(language).label
    landmarks = etree.Element(
        "nav", {TYPE: "landmarks", "hidden": "hidden", "aria-label": label("landmarks")}
    )
    marks = [
        ("cover", COVER, label("cover")),
        ("toc", f"{NAME}#contents", label("contents")),
        ("bodymatter", pages[0].name, label("start")),
    ]
    if len(pages) == 1 and pages[0].notes:
        # In a volume every report has its notes: a single landmark would name one of many.
        marks.append(("endnotes", pages[0].notes, label("notes")))
    _list(landmarks, marks)
    return landmarks


def _list(parent: Element, marks: Iterable[tuple[str, str, str]]) -> None:
    rows = etree.SubElement(parent, "ol")
    for kind, href, said in marks:
        link = etree.SubElement(etree.SubElement(rows, "li"), "a", {TYPE: kind, "href": href})
        link.text = said
