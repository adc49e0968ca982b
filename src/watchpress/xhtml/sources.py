"""The index of sources: each document that the notes cite, once, with every note that cites it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from watchpress.catalog import Part, Volume
from watchpress.language import order
from watchpress.language.words import words
from watchpress.model import ledger, tree
from watchpress.model.tree import HREF, Element
from watchpress.xhtml.folios import E, Setting, headed, link, listed, translated

# Where in a document something stands is not of the document: `, pp. 88–97`, `、31頁`, `, 31쪽`.
_PLACE: Final = re.compile(
    r"[,、，]?\s*(?:pp?\.\s*[\d–—-]+|\d+(?:[-–～~]\d+)?\s*[頁쪽]|第\d+[章節])\s*$"
)
_OPENING: Final = "“‘「『《〈\"'"
_SIGNS: Final = re.compile(r"[\W_]+")


class Citation(NamedTuple):
    """A document as one note cites it; `place` is its rank among those of the note."""

    language: str
    number: int
    note: str  # the printed number
    id: str
    place: int
    words: str
    url: str


@dataclass
class Document:
    """A document: its words by language as first cited, its addresses, the notes that cite it."""

    words: dict[str, str] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    cited: list[Citation] = field(default_factory=list)


def citations(volume: Volume) -> Iterator[Citation]:
    """Yield the documents that notes cite: languages in their order, reports in theirs."""
    for language in volume.languages:
        for entry in volume.entries:
            report = entry.editions.get(language)
            for note in () if report is None else tree.notes(report):
                yield from _cited(note, language, entry.number)


def _cited(note: Element, language: str, number: int) -> Iterator[Citation]:
    printed, identifier = ledger.printed_of(note), str(note.get("id"))
    for place, (text, url) in enumerate(_documents(note)):
        yield Citation(language, number, printed, identifier, place, text, url)


def _documents(note: Element) -> Iterator[tuple[str, str]]:
    """Yield words and address of each document of a note; an address alone is one too.

    An address beside the citations of its paragraph belongs to the last of them.
    """
    for paragraph in note.iterfind("p"):
        citations = paragraph.findall("mixed-citation")
        loose = list(paragraph.iter("ext-link"))
        for citation in citations or ([paragraph] if loose else []):
            own = list(citation.iter("ext-link"))
            loose = [node for node in loose if node not in own]
            urls = [str(node.get(HREF)) for node in own]
            if citations and citation is citations[-1]:
                urls += [str(node.get(HREF)) for node in loose]
            yield _words(citation), urls[0] if urls else ""
            yield from (("", url) for url in urls[1:])


def _words(citation: Element) -> str:
    """Return the words of a citation: without addresses, and without the place in the document."""
    pieces = [citation.text or ""]
    for child in citation:
        if child.tag != "ext-link":
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return _PLACE.sub("", tree.squeeze("".join(pieces)).rstrip(" ,、，.．。"))


def documents(volume: Volume) -> list[Document]:
    """Return each document once, by title, else by address; see `_same` for what is one."""
    found = list(citations(volume))
    groups: dict[int, Document] = {}
    for citation, root in zip(found, _same(found), strict=True):
        document = groups.setdefault(root, Document())
        if citation.words:
            document.words.setdefault(citation.language, citation.words)
        if citation.url and citation.url not in document.urls:
            document.urls.append(citation.url)
        document.cited.append(citation)
    return sorted(groups.values(), key=partial(_key, readings=_readings(volume)))


def _readings(volume: Volume) -> dict[str, list[tuple[str, str]]]:
    """Return words of the index with their readings, by language, the longest first."""
    return {
        language: sorted(
            (
                (term.words[language], term.readings[language])
                for term in volume.terms
                if term.words.get(language) and term.readings.get(language)
            ),
            key=lambda pair: (-len(pair[0]), pair),
        )
        for language in volume.languages
    }


def _key(document: Document, readings: Mapping[str, Sequence[tuple[str, str]]]) -> order.Key:
    """Return where a document is filed: its title as it is read, where it begins with a term."""
    language, title = next(iter(document.words.items()), ("", ""))
    bare = title.lstrip(_OPENING)
    for word, reading in readings.get(language, ()):
        if bare.startswith(word):
            return order.file(title, reading + bare[len(word) :]).key
    return order.file(title or document.urls[0]).key


def _same(found: Sequence[Citation]) -> list[int]:
    """Return for each citation the first one that is of the same document.

    The same words in one language are the same document. Across languages it is the place that
    tells: the same rank in the note of one number, with one address or with none on both sides.
    An address alone joins citations where each language has one document at it: the front page of
    a newspaper is the address of many.
    """
    roots = list(range(len(found)))

    def root(place: int) -> int:
        while roots[place] != place:
            place = roots[place]
        return place

    for places in _meetings(found):
        first = min(map(root, places))
        for place in places:
            roots[root(place)] = first
    return [root(place) for place in range(len(found))]


def _meetings(found: Sequence[Citation]) -> Iterator[list[int]]:
    """Yield the places of citations that are of one document."""
    worded: dict[tuple[str, str], list[int]] = {}
    ranked: dict[tuple[int, str, int, str], list[int]] = {}
    located: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        if one.words:
            worded.setdefault((one.language, _bare(one.words)), []).append(place)
        if one.url:
            located.setdefault(_address(one.url), []).append(place)
        rank = (one.number, _label(one), one.place, _address(one.url))
        ranked.setdefault(rank, []).append(place)
    yield from worded.values()
    yield from ranked.values()
    for places in located.values():
        titles = {(found[p].language, _bare(found[p].words)) for p in places if found[p].words}
        if len(titles) == len({language for language, _ in titles}):
            yield places


def _label(citation: Citation) -> str:
    """Return the number of a note in its report: the rank in its id, whatever is printed."""
    return citation.id.rpartition("-")[2]


def _bare(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def _address(url: str) -> str:
    """Return an address as two writings of it are compared."""
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the index of sources: title, address, and the notes, of each language on a line."""
    languages = setting.volume.languages
    headed(article, words(languages[0]).label("sources"))
    translated(article, [(words(one).label("sources"), one) for one in languages[1:]])
    key = "sources-pages" if setting.pages.printed else "sources-guide"
    for language in languages:
        article.append(E.p(words(language).label(key), {"class": "guide", "lang": language}))
    items = E.ul({"class": "documents"})
    for rank, document in enumerate(documents(setting.volume), 1):
        items.append(_item(document, f"{part.id}-{rank}", setting))
    article.append(items)


def _item(document: Document, identifier: str, setting: Setting) -> Element:
    item = E.li({"id": identifier})
    for place, (language, text) in enumerate(document.words.items()):
        kind = "also" if place else "document"
        item.append(E.p(text, {"class": kind, "lang": language}))
    for url in document.urls:
        item.append(E.p(E.a(url, {"class": "url", "href": url}), {"class": "address"}))
    for language in setting.volume.languages:
        cited = [one for one in document.cited if one.language == language]
        if cited:
            item.append(_notes(cited, language, setting))
    return item


def _notes(cited: Sequence[Citation], language: str, setting: Setting) -> Element:
    """Return the notes of one language: `41 n. 2 (23), 42 n. 5 (40)`."""
    speech = words(language)
    line = E.p({"class": "cited", "lang": language})
    if setting.several:
        line.append(E.span(speech.name, {"class": "language"}))
        line[-1].tail = " "
    links = []
    for number, note, identifier in dict.fromkeys((one.number, one.note, one.id) for one in cited):
        made = link(identifier, speech.label("source-note", report=number, n=note))
        folio = setting.pages.at(identifier)
        links.append(E.span(made, {"class": "note"}))
        if folio:
            made.tail = speech.label("bracket", inside=folio)
    return listed(line, links, speech.label("comma"))
