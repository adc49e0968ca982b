"""Pages of the book: articles become XHTML documents, with what the contents need of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from watchpress.backends.epub.access import Traits, traits
from watchpress.language.words import words
from watchpress.model.tree import LANG, Element, squeeze

XHTML: Final = "http://www.w3.org/1999/xhtml"
OPS: Final = "http://www.idpf.org/2007/ops"
TYPE: Final = f"{{{OPS}}}type"
STYLE: Final = "css/epub.css"

# EPUB Structural Semantics Vocabulary 1.1, mapped to DPUB-ARIA 1.1 as in EPUB Type to ARIA Role
# Authoring Guide: readers look for the type, screen readers for the role.
TYPES: Final = {
    "doc-appendix": "appendix",
    "doc-backlink": "backlink",
    "doc-bibliography": "bibliography",
    "doc-chapter": "chapter",
    "doc-colophon": "colophon",
    "doc-endnotes": "endnotes",
    "doc-errata": "errata",
    "doc-index": "index",
    "doc-noteref": "noteref",
    "doc-pagebreak": "pagebreak",
    "doc-pagelist": "page-list",
    "doc-toc": "toc",
}
# A line end after one of these is not seen by the reader: their siblings are blocks too.
_BLOCKS: Final = {
    *("blockquote", "div", "footer", "header", "li", "nav", "ol", "p", "section", "ul"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td"),
}
# After one or two slashes, before . ? & = # _ ~ and %, but not at the very end.
_AFTER: Final = re.compile(r"(?<=/)(?=[^/])|(?<=[^/])(?=[.?&=#_~%][^/])")
_SILENT: Final = frozenset(("rt", "rp"))  # readings are not part of a heading's words


class Entry(NamedTuple):
    """A line of the contents: its words, where it leads, and what stands below it."""

    words: str
    href: str
    below: tuple[Entry, ...] = ()


class Page(NamedTuple):
    """The XHTML document of one report, and what the contents and the cover say of it."""

    name: str
    data: bytes
    language: str
    entry: Entry
    notes: str  # address of the notes, "" where the report has none
    series: str
    number: str
    date: str
    byline: str
    traits: Traits

    @property
    def headline(self) -> str:
        """The headline in plain words."""
        return self.entry.words


def page(article: Element) -> Page:
    """Return the document of one report; `article` (of xhtml.article) is used up in making it.

    The text keeps its white space to the letter: only blocks get a line end after them.
    """
    name = f"{article.get('id')}.xhtml"
    language = str(article.get("lang"))
    entry = Entry(named(article, "h1"), name, tuple(entries(article, name)))
    notes = article.find("section[@role='doc-endnotes']")
    prepare(article)
    return Page(
        name=name,
        language=language,
        entry=entry,
        notes="" if notes is None else f"{name}#{notes.get('id')}",
        series=named(article, "*[@class='journal']"),
        number=named(article, "*[@class='number']"),
        date=named(article, "p[@class='date']"),
        byline=named(article, "p[@class='byline']"),
        traits=traits(article),
        data=document([chapter(article)], language, entry.words),
    )


def prepare(article: Element) -> None:
    """Give rubies and printed addresses the form that readers of EPUBs know."""
    _rubies(article)
    _addresses(article)


def cover(image: str, alt: str, language: str) -> bytes:
    """Return the document that shows the cover image; `alt` says what is written on it."""
    label = words(language).label("cover")
    section = etree.Element("section", {TYPE: "cover", "class": "cover", "aria-label": label})
    # doc-cover is a role of the image, not of what is around it (DPUB-ARIA 1.1, doc-cover).
    etree.SubElement(section, "img", src=image, alt=alt, role="doc-cover")
    return document([section], language, label)


def document(content: list[Element], language: str, title: str) -> bytes:
    """Return an XHTML document around `content`, elements without a namespace (used up)."""
    tongue = {"lang": language, LANG: language}
    html = etree.Element(f"{{{XHTML}}}html", tongue, nsmap={None: XHTML, "epub": OPS})
    head = etree.SubElement(html, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = title
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=STYLE)
    body = etree.SubElement(html, f"{{{XHTML}}}body")
    body.extend(content)
    for element in body.iterdescendants(etree.Element):
        _adopt(element)
    head.tail = body.text = body.tail = "\n"
    return etree.tostring(html, encoding="UTF-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def _adopt(element: Element) -> None:
    """Turn one element of an article into XHTML as EPUB wants it."""
    if element.tag in _BLOCKS and not element.tail:
        element.tail = "\n"
    element.tag = f"{{{XHTML}}}{element.tag!s}"
    for name in ("data-at", "data-letters"):
        element.attrib.pop(name, None)
    if kind := TYPES.get(element.get("role", "")):
        element.set(TYPE, kind)
    if tongue := element.get("lang"):
        element.set(LANG, tongue)  # EPUB 3.3, 6.1.3.1: older readers know only xml:lang


def chapter(article: Element) -> Element:
    """Return the article as a chapter: a section, since an article must not be one (ARIA)."""
    article.tag = "section"
    article.set("role", "doc-chapter")
    titles = [str(title.get("id")) for title in article.iter("h1")]
    assert titles, "an article has a headline"
    article.set("aria-labelledby", " ".join(titles))
    return article


def entries(element: Element, name: str) -> Iterator[Entry]:
    """Yield the contents below `element`: its sections, the notes as the last of them."""
    for child in element.iterchildren("div", "section"):
        if child.tag == "div":
            yield from entries(child, name)
        elif said := next((label(h) for h in child.iterchildren("h2", "h3", "h4", "h5")), ""):
            yield Entry(said, f"{name}#{child.get('id')}", tuple(entries(child, name)))


def named(element: Element, path: str) -> str:
    """Return the words of the first element below `element` at `path`, "" where none is."""
    found = element.find(f".//{path}")
    return "" if found is None else label(found)


def label(element: Element) -> str:
    """Return the words of a heading without note calls and readings."""
    return squeeze("".join(_said(element)))


def _said(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in _SILENT and "noteref" not in child.get("class", "").split():
            yield from _said(child)
        yield child.tail or ""


def _addresses(article: Element) -> None:
    """Let each printed web address break after its slashes and before its other signs.

    The places are those of the Chicago Manual of Style, 7.46; <wbr> leaves no character behind
    for who copies the address.
    """
    for link in article.iter("a"):
        if link.get("class") == "url" and link.text and not len(link):
            first, *others = _AFTER.split(link.text)
            link.text = first
            for piece in others:
                etree.SubElement(link, "wbr").tail = piece


def _rubies(article: Element) -> None:
    """Give each ruby the form that HTML knows: bare base, reading in brackets where unknown.

    <rb> is obsolete in HTML (living standard, 16.2), <rp> is what readers without ruby show.
    """
    for ruby in article.iter("ruby"):
        etree.strip_tags(ruby, "rb")
        for reading in ruby.findall("rt"):
            before, after = etree.Element("rp"), etree.Element("rp")
            before.text, after.text = "（", "）"
            after.tail, reading.tail = reading.tail, None
            reading.addprevious(before)
            reading.addnext(after)
