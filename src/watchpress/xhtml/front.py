"""Half-title, title page and the page behind it: what the book is called, and who publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from watchpress.catalog import Part, Person, Role, Volume
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.xhtml.article import joined
from watchpress.xhtml.folios import E, Setting

# Whom a title page names, in this order; a designer or a printer stands in the colophon.
FEW: Final = 2  # languages that a title page has room for
CREDITED: Final[tuple[Role, ...]] = ("author", "editor", "translator", "supervisor")


def half(article: Element, part: Part, setting: Setting) -> None:
    """Fill a half-title: the title in each language, nothing else."""
    titles = said(setting.volume, setting.volume.book.title)
    for place, (language, title) in enumerate(titles):
        if place:
            article.append(E.p(title, {"class": "also", "lang": language}))
        else:
            article.append(E.h1(title, id=f"{part.id}-title", lang=language))


def title(article: Element, part: Part, setting: Setting) -> None:
    """Fill a title page: series, title, numbers, people, publisher; a block for each language."""
    volume = setting.volume
    if len(volume.languages) > FEW:
        article.set("class", f"{article.get('class')} crowded")
    for place, language in enumerate(volume.languages):
        block = E.section({"class": "edition", "lang": language})
        block.extend(_titles(volume, language, part.id if place == 0 else ""))
        block.extend(credits(volume, language))
        if len(block):
            article.append(block)
    imprint = E.div({"class": "imprint"})
    for language, name in said(volume, volume.book.publisher):
        imprint.append(E.p(name, {"class": "publisher", "lang": language}))
    if volume.book.printings:
        day = min(printing.day for printing in volume.book.printings)
        imprint.append(E.p(str(day.year), {"class": "year"}))
    if len(imprint):
        article.append(imprint)


def copyright(article: Element, part: Part, setting: Setting) -> None:
    """Fill the page behind the title page: title, rights, publisher, printings, numbers.

    It speaks the languages in which books have such a page; 奥付 and 판권 stand at the end.
    """
    volume, foot = setting.volume, E.div({"class": "foot"})
    spoken = [one for one in volume.languages if words(one).copyrighted]
    for place, language in enumerate(spoken):
        block = E.section({"class": "edition", "lang": language})
        name = volume.book.title.get(language) or volume.title
        block.append(E.p(name, {"class": "title"}) if place else E.h1(name, id=f"{part.id}-title"))
        block.extend(E.p(line) for line in _published(volume, language))
        foot.append(block)
    numbers = (("ISBN", volume.book.isbn), ("ISSN", volume.book.issn))
    lines = [E.p(f"{name} {number}") for name, number in numbers if number]
    if lines:
        foot.append(E.div({"class": "numbers"}, *lines))
    article.append(foot)


def _published(volume: Volume, language: str) -> Iterator[str]:
    """Yield the lines below the title: rights, publisher, printings."""
    book = volume.book
    if rights := book.rights.get(language):
        yield rights
    where = filter(None, (book.publisher.get(language), book.address.get(language)))
    if publisher := words(language).label("comma").join(where):
        yield publisher
    yield from printings(volume, language)


def printings(volume: Volume, language: str) -> list[str]:
    """Return the printings in a language, first one first: `First printing, May 2, 2032`."""
    speech = words(language)
    return [
        speech.label("printing", day=day, words=one.words[language])
        if one.words.get(language)
        else day
        for one in volume.book.printings
        for day in [speech.date(one.day.isoformat())]
    ]


def _titles(volume: Volume, language: str, identifier: str) -> Iterator[Element]:
    """Yield the lines above the people; with `identifier` the title is the heading of the page."""
    book = volume.book
    if series := series_of(volume, language):
        yield E.p(series, {"class": "series"})
    if name := book.title.get(language):
        heading = E.h1(name, id=f"{identifier}-title") if identifier else E.p(name)
        heading.set("class", "title")
        yield heading
    if subtitle := book.subtitle.get(language):
        yield E.p(subtitle, {"class": "subtitle"})
    if span := numbers(volume, language):
        yield E.p(span, {"class": "numbers"})


def said(volume: Volume, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (language, text) for the languages of the volume that have one, each text once."""
    found: dict[str, str] = {}
    for language in volume.languages:
        if texts.get(language):
            found.setdefault(texts[language], language)
    return [(language, text) for text, language in found.items()]


def series_of(volume: Volume, language: str) -> str:
    """Return the name of the series: the book's, else what its reports say; "" if it has none."""
    if name := volume.book.series.get(language):
        return name
    editions = (entry.editions.get(language) for entry in volume.entries)
    return next((tree.series(report) for report in editions if report is not None), "")


def numbers(volume: Volume, language: str) -> str:
    """Return which numbers are in the volume: `Nos. 41–46`, `No. 41`."""
    speech, found = words(language), [entry.number for entry in volume.entries]
    if not found:
        return ""
    first, last = min(found), max(found)
    if first == last:
        return speech.label("number", n=first)
    return speech.label("numbers", first=first, last=last)


def credits(volume: Volume, language: str) -> Iterator[Element]:
    """Yield a line for each role that a title page names: `Edited by A and B`."""
    for role in CREDITED:
        names = [person.names[language] for person in people(volume, role, language)]
        if names:
            speech = words(language)
            line = speech.label(f"credit-{role}", names=joined(names, speech))
            yield E.p(line, {"class": f"credit {role}"})


def people(volume: Volume, role: Role, language: str) -> list[Person]:
    """Return who has a role and a name in a language."""
    return [one for one in volume.book.people if one.role == role and one.names.get(language)]
