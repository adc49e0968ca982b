"""The EPUB of a volume: a file for each part, in the order of the parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO, Final

from watchpress.backends.epub import breaks, cover, imprint, pages
from watchpress.backends.epub.breaks import Breaks
from watchpress.backends.epub.leaves import leaves
from watchpress.backends.epub.nav import COVER, NAME
from watchpress.backends.epub.package import Item, Package, pack
from watchpress.backends.epub.plates import Plates
from watchpress.backends.epub.toc import toc
from watchpress.backends.epub.writer import draw, dressed
from watchpress.catalog import Part, Person, Volume
from watchpress.diagnostic import Place, Tell
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.xhtml.article import joined

_XHTML: Final = "application/xhtml+xml"
SHEETS: Final = ("epub.css", "epub-volume.css")


def write(
    volume: Volume,
    parts: Sequence[Part],
    found: Breaks,
    styles: Styles,
    out: BinaryIO,
    tell: Tell,
) -> None:
    """Write the EPUB of `volume` to `out` (seekable, as BytesIO): `parts` as volume.plan has them.

    `found`: where the printed pages begin in each part, by the part's id; an empty mapping makes
    no list of pages. The same volume, breaks and style sheets give the same bytes. Tells E101 where
    the cover had to do without fonts, F102 of a link at an id that no part has; raises KeyError for
    a break at one.
    """
    made = leaves(volume, parts, found, tell)
    plates = Plates(tell)
    for leaf in made:
        plates.take(leaf.section)
    language = volume.languages[0]
    paged = any(breaks.pages(leaf.section) for leaf in made)
    facts = imprint.facts(volume, made, paged=paged)
    contents = Item(NAME, _XHTML, toc(volume, made), ("nav",))
    front = _front(volume)
    alt = words(language).label("cover-alt", title=volume.title)
    place = next(map(tree.place, imprint.reports(volume)), Place("-"))
    image = draw(front, alt, place, tell)
    # Contents in the text are the volume's own, in each language: the other need not be read too.
    inside = not any(part.kind == "contents" for part in parts)
    documents = [Item(leaf.name, _XHTML, leaf.data) for leaf in made]
    texts = (contents, *documents) if volume.fonts else ()
    items = (
        contents,
        Item(COVER, _XHTML, pages.cover(image.name, alt, language)),
        *documents,
        *dressed(texts, styles, SHEETS, place, tell),
        image,
        *plates,
    )
    spine = (COVER, *((NAME,) if inside else ()), *(leaf.name for leaf in made))
    moment = datetime.fromtimestamp(volume.epoch, UTC)
    pack(Package(imprint.identifier(volume), language, moment, facts, items, spine), out)


def _front(volume: Volume) -> cover.Front:
    """Return what the cover says: series and volume, its title in each language, its authors."""
    book, tag = volume.book, volume.languages[0]
    series = book.series.get(tag) or next(map(tree.series, imprint.reports(volume)), "")
    # A title that only repeats what stands above it makes room for what the volume is about.
    told = series in volume.title and book.name in volume.title
    titles = book.subtitle if told and book.subtitle.get(tag) else book.title
    authors = [person.names[tag] for person in book.people if _author(person, tag)]
    return cover.Front(
        language=tag,
        series=series,
        number=book.name,
        headlines=tuple((titles[one], one) for one in volume.languages if titles.get(one)),
        foot=tuple(filter(None, (joined(authors, words(tag)), book.publisher.get(tag, "")))),
    )


def _author(person: Person, tag: str) -> bool:
    return person.role == "author" and bool(person.names.get(tag))
