"""The documents of a volume: one for each part, with links from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from watchpress.backends.epub import breaks, pages
from watchpress.backends.epub.breaks import Break, Breaks
from watchpress.backends.epub.facing import facing, row
from watchpress.backends.epub.nav import Row, Said
from watchpress.backends.epub.nav import row as line
from watchpress.backends.epub.pages import TYPE
from watchpress.catalog import Part, PartKind, Volume
from watchpress.diagnostic import Place, Tell, remark
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.xhtml import parts as bookwork
from watchpress.xhtml.article import article

# What a part is: its role (DPUB-ARIA 1.1), or its type where there is no role for it (EPUB
# Structural Semantics Vocabulary 1.1). A placeholder is neither: it is no chapter.
_ROLES: Final[dict[PartKind, str]] = {
    "contents": "doc-toc",
    "notes": "doc-endnotes",
    "map": "doc-appendix",
    "index": "doc-index",
    "sources": "doc-bibliography",
    "errata": "doc-errata",
    "colophon": "doc-colophon",
}
_NUMBERED: Final = frozenset(("contents", "index", "sources", "errata", "map", "placeholder"))
_TYPES: Final[dict[PartKind, str]] = {
    "half-title": "halftitlepage",
    "title": "titlepage",
    "copyright": "copyright-page",
}


@dataclass(frozen=True)
class Leaf:
    """The document of a part: its file name, its section, its language, its line of contents."""

    part: Part
    name: str
    section: Element
    language: str
    row: Row

    @property
    def title(self) -> str:
        """What the document is called: its number and headline, or its heading."""
        return " ".join(said.words for said in self.row.said)

    @property
    def data(self) -> bytes:
        """The document as a file (made once: the section is used up)."""
        return pages.document([self.section], self.language, self.title)


def leaves(volume: Volume, parts: Sequence[Part], found: Breaks, tell: Tell) -> tuple[Leaf, ...]:
    """Return the documents of all parts in their order, linked, printed pages marked.

    Tells F102 of a link at an id that no part has.
    """
    taken: set[str] = set()
    made = tuple(_leaf(part, volume, parts, found.get(part.id, ()), taken) for part in parts)
    for anchor in dict.fromkeys(_link(made)):
        tell(remark("F102", _calling(anchor, volume), anchor=anchor))
    return made


def _leaf(
    part: Part, volume: Volume, parts: Sequence[Part], found: Sequence[Break], taken: set[str]
) -> Leaf:
    name, language = f"{part.id}.xhtml", part.language or volume.languages[0]
    section = _article(part, volume, parts)
    pages.prepare(section)
    breaks.mark(section, _rows_whole(part, found), taken)
    contents = _row(part, section, name, language)
    if part.kind in ("report", "facing"):
        pages.chapter(section)
    else:
        _dress(part.kind, section)
    return Leaf(part, name, section, language, contents)


def _rows_whole(part: Part, found: Sequence[Break]) -> Iterator[Break]:
    """Yield the breaks of a part: where print has page numbers and we have links, before the row.

    There the two texts differ, so that an offset within a row of one means nothing in the other.
    """
    for page in found:
        differs = part.kind in _NUMBERED and page.id != part.id
        yield page._replace(offset=0) if differs else page


def _article(part: Part, volume: Volume, parts: Sequence[Part]) -> Element:
    notes = volume.notes_at == "report"
    if part.kind == "report":
        return article(part.reports[0], notes=notes)
    if part.kind == "facing":
        one, two = (article(report, notes=notes) for report in part.reports)
        return facing(one, two, part.id)
    return bookwork.part(part, volume, parts, None)


def _row(part: Part, section: Element, name: str, language: str) -> Row:
    """Return the line of the contents for a document, and what stands below it."""
    number = Said(words(language).label("number", n=part.number), language, "number")
    if part.kind == "facing":
        return row(section, name, number)
    heading = next(section.iter("h1", "h2"), None)
    said = pages.label(heading) if heading is not None else words(language).name
    own = Said(said, _tongue(heading, section) or language)
    if part.kind == "report":
        below = tuple(line(entry, language) for entry in pages.entries(section, name))
        return Row((number, own), name, below)
    if part.kind == "placeholder":
        speech = words(language)
        absent = speech.label("untranslated", language=speech.label(f"language-{language}"))
        return Row((number, own, Said(absent, language, "absent")), name)
    below = tuple(line(entry, language) for entry in pages.entries(section, name))
    return Row((own,), name, below if part.kind == "notes" else ())


def _tongue(heading: Element | None, section: Element) -> str:
    for node in (heading, *(heading.iterancestors() if heading is not None else ())):
        if node is not None and node.get("lang"):
            return str(node.get("lang"))
    return str(section.get("lang") or "")


def _dress(kind: PartKind, section: Element) -> None:
    """Say what a part is, to readers and to those who hear it."""
    section.tag = "section"
    if kind in _TYPES:
        section.set(TYPE, _TYPES[kind])
    role = _ROLES.get(kind, "")
    if role and section.find(f".//section[@role='{role}']") is None:
        section.set("role", role)
    title = next((node for node in section.iter("h1", "h2") if node.get("id")), None)
    if title is not None:
        section.set("aria-labelledby", str(title.get("id")))


def _link(found: Sequence[Leaf]) -> Iterator[str]:
    """Let each link lead to the file where its id is; yield each id that is nowhere."""
    homes: dict[str, str] = {}
    for leaf in found:
        for node in leaf.section.iter(etree.Element):
            if node.get("id"):
                homes.setdefault(str(node.get("id")), leaf.name)
    for leaf in found:
        own = {node.get("id") for node in leaf.section.iter(etree.Element)}
        for link in leaf.section.iter("a"):
            target = str(link.get("href", ""))
            if not target.startswith("#") or target[1:] in own:
                continue
            if target[1:] in homes:
                link.set("href", f"{homes[target[1:]]}{target}")
            else:
                yield target[1:]


def _calling(anchor: str, volume: Volume) -> Place:
    """Return where in the copy something leads to an id: the volume, where nothing does."""
    reports = (report for entry in volume.entries for report in entry.reports)
    calls = (call for one in reports for call in one.iter("xref") if call.get("rid") == anchor)
    return next(map(tree.place, calls), Place(volume.book.name))
