"""The colophon, in Japanese the 奥付: who made the book, when, and how, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias, get_args

from watchpress import __version__
from watchpress.catalog import Part, Person, Role, Volume
from watchpress.language import order
from watchpress.language.words import Words, words
from watchpress.model.tree import Element
from watchpress.xhtml.folios import E, Setting, headed
from watchpress.xhtml.front import people, printings, series_of

ROLES: Final[tuple[Role, ...]] = get_args(Role)
PRINTERS: Final[tuple[Role, ...]] = ("printer",)  # named behind the publisher
SHORT: Final = 24  # lines that fit a page of the smallest trim, so that they can stand at its foot
Row: TypeAlias = tuple[str, Element]


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the colophon: a block for each language, with the words and readings of that language.

    The heading is that of the first; the blocks of the others are headed by their own word for it.
    """
    languages = setting.volume.languages
    foot = E.div({"class": "foot"})
    for place, language in enumerate(languages):
        speech = words(language)
        block = E.section({"class": "imprint", "id": f"{part.id}-{language}", "lang": language})
        if place:
            block.append(E.h2(speech.label("colophon")))
        else:
            headed(block, speech.label("colophon"), f"{part.id}-title")
        block.extend(_titles(setting.volume, language))
        rows = E.tbody(
            *(E.tr(E.th(head, scope="row"), cell) for head, cell in _rows(setting, language))
        )
        if len(rows):
            block.append(E.table(rows))
        if rights := setting.volume.book.rights.get(language):
            block.append(E.p(rights, {"class": "rights"}))
        foot.append(block)
    article.append(foot)
    if len(list(foot.iter("p"))) <= SHORT:
        article.set("class", f"{article.get('class')} short")


def _titles(volume: Volume, language: str) -> Iterator[Element]:
    if title := volume.book.title.get(language):
        yield E.p(title, {"class": "title"})
    if subtitle := volume.book.subtitle.get(language):
        yield E.p(subtitle, {"class": "subtitle"})


def _rows(setting: Setting, language: str) -> Iterator[Row]:
    """Yield the lines in the order that a 奥付 has them: dates, people, publisher, numbers."""
    volume, speech = setting.volume, words(language)
    book = volume.book
    if book.printings:
        yield speech.label("printings"), _cell(printings(volume, language))
    yield from _made((role for role in ROLES if role not in PRINTERS), setting, language)
    for key, text in (
        ("publisher", book.publisher.get(language, "")),
        ("address", book.address.get(language, "")),
    ):
        if text:
            yield speech.label(key), _cell([text])
    yield from _made(PRINTERS, setting, language)
    if series := series_of(volume, language):
        yield speech.label("series-title"), _cell([series])
    for name, number in (("ISBN", book.isbn), ("ISSN", book.issn)):
        if number:
            yield name, _cell([number])
    if setting.typefaces:
        yield speech.label("typefaces"), _cell([speech.label("comma").join(setting.typefaces)])
    yield speech.label("typesetting"), _cell([f"watchpress {__version__}"])


def _made(roles: Iterable[Role], setting: Setting, language: str) -> Iterator[Row]:
    speech = words(language)
    for role in roles:
        found = people(setting.volume, role, language)
        if found:
            key = f"role-{role}" if len(found) == 1 else f"roles-{role}"
            yield speech.label(key), E.td(*(_person(one, language, speech) for one in found))


def _person(person: Person, language: str, speech: Words) -> Element:
    """Return a name with its reading, where letters do not say how it sounds."""
    name, reading = person.names[language], person.readings.get(language, "")
    line = E.p(name, {"class": "person"})
    if reading and speech.eastern and not order.spelt(name):
        line.append(E.span(speech.label("bracket", inside=reading), {"class": "reading"}))
    return line


def _cell(lines: list[str]) -> Element:
    return E.td(*(E.p(line) for line in lines))
