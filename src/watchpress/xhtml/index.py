"""The index of one language: names, places and documents, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from watchpress.catalog import Part, Term, Volume
from watchpress.diagnostic import Place, Tell, remark
from watchpress.language import order
from watchpress.language.order import Filed
from watchpress.language.words import Words, words
from watchpress.model.tree import Element
from watchpress.xhtml.folios import E, Pages, Setting, headed, link, listed, ranges, value
from watchpress.xhtml.seek import Spot, found, whole

_PARAGRAPH: Final = re.compile(r"-p0*(\d+)$")
_HEADING: Final = "§"  # where a term stands in a heading


class Line(NamedTuple):
    """A line of the index: the term, where it is filed, where it stands."""

    term: Term
    filed: Filed
    spots: tuple[Spot, ...]


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the index: groups in the order of the language's script, a heading over each.

    Printed, a term has its pages, once each, three and more in a row as a range, and the notes
    apart: `12, 14–16, 34 n. 7`. In an EPUB it has a link to each paragraph and note, by report.
    """
    speech = words(part.language)
    headed(article, speech.label("index"))
    if not setting.pages.printed:
        article.append(E.p(speech.label("index-guide"), {"class": "guide"}))
    columns = E.div({"class": "columns"})
    known = [line for line in lines(setting.volume, part.language) if line.spots]
    rank = 0
    for group, (heading, members) in enumerate(groupby(known, lambda line: line.filed.heading), 1):
        section = E.section({"class": "letter"})
        if heading:
            section.append(E.h2(heading, id=f"{part.id}-{group}"))
        items = E.ul()
        for line in members:
            rank += 1
            items.append(_item(line, f"{part.id}-t{rank}", part.language, setting.pages, speech))
        section.append(items)
        columns.append(section)
    article.append(columns)


def lines(volume: Volume, language: str) -> list[Line]:
    """Return a line for each term that has a word in a language, in the order of the index."""
    terms = [term for term in volume.terms if term.words.get(language)]
    spots = _spots(volume, language, terms)
    made = [
        Line(
            term,
            order.file(term.words[language], term.readings.get(language, "")),
            tuple(spots[place]),
        )
        for place, term in enumerate(terms)
    ]
    return sorted(made, key=lambda line: line.filed.key)


def _spots(volume: Volume, language: str, terms: Sequence[Term]) -> list[list[Spot]]:
    """Return the places of each term; where one word is in another, the longer one counts."""
    forms = [
        (form, place)
        for place, term in enumerate(terms)
        for form in {term.words[language], *term.variants.get(language, ())}
    ]
    forms.sort(key=lambda pair: (-len(pair[0]), pair))
    spots: list[list[Spot]] = [[] for _ in terms]
    if not forms:
        return spots
    pattern = re.compile("|".join(f"({whole(form)})" for form, _ in forms))
    for entry in volume.entries:
        report = entry.editions.get(language)
        for spot, match in () if report is None else found(report, pattern):
            assert match.lastindex is not None, "each form is a group"
            form = forms[match.lastindex - 1][0]
            for place in {place for other, place in forms if other == form}:
                spots[place].append(spot)
    return spots


def _item(line: Line, identifier: str, language: str, pages: Pages, speech: Words) -> Element:
    term = E.span(line.term.words[language], {"class": f"term {line.term.kind}"})
    term.tail = speech.label("index-term") if pages.printed else " "
    item = E.li(term, {"id": identifier})
    where = E.span({"class": "places"})
    if pages.printed:
        listed(where, list(_printed(line.spots, pages, speech)), ", ")
    else:
        _linked(where, line.spots, speech)
    item.append(where)
    return item


def _printed(spots: Iterable[Spot], pages: Pages, speech: Words) -> Iterator[Element]:
    """Yield the pages of a term: those of the text first where a page has both.

    Notes of one page whose numbers follow each other are named together: `4 nn. 1–3`.
    """
    placed = [(pages.at(spot.id, spot.offset), spot) for spot in spots]
    text = ranges([(folio, spot.id) for folio, spot in placed if not spot.note], speech)
    made = [(_first(folio), 0, link(identifier, folio)) for folio, identifier in text if folio]
    for folio, run in _runs([(folio, spot) for folio, spot in placed if spot.note]):
        first, last = run[0].note, run[-1].note
        if len(run) == 1:
            words_ = speech.label("page-note", page=folio, n=first)
        else:
            span = speech.label("range", first=first, last=last)
            words_ = speech.label("page-notes", page=folio, span=span)
        made.append((_first(folio), value(first), link(run[0].id, words_)))
    made.sort(key=lambda one: one[:2])
    yield from (element for _, _, element in made)


def _runs(placed: Iterable[tuple[str, Spot]]) -> Iterator[tuple[str, list[Spot]]]:
    """Yield notes by page, those together whose numbers follow each other; each note once."""
    notes = {(folio, spot.id): spot for folio, spot in placed}
    ordered = sorted(
        ((value(folio), spot.number, value(spot.note), folio, spot.id), spot)
        for (folio, _), spot in notes.items()
    )
    # What follows each other has one distance to its rank; a note without a number is alone.
    for _, run in groupby(
        enumerate(ordered),
        lambda one: (one[1][0][:2], (one[1][0][2] or -one[0]) - one[0]),
    ):
        members = [found for _, found in run]
        yield members[0][0][3], [spot for _, spot in members]


def _first(folio: str) -> int:
    """Return the first page of a range as a number."""
    digits = re.match(r"\d+", folio)
    return value(digits[0]) if digits else 0


def _linked(where: Element, spots: Sequence[Spot], speech: Words) -> None:
    """Append the links of a term, by report: `41: 3, 5, n. 7; 42: 1`."""
    groups: list[Element] = []
    for number, members in groupby(spots, lambda spot: spot.number):
        links = []
        for identifier, note in dict.fromkeys((spot.id, spot.note) for spot in members):
            paragraph = _PARAGRAPH.search(identifier)
            text = speech.label("note-short", n=note) if note else ""
            links.append(link(identifier, text or (paragraph[1] if paragraph else _HEADING)))
        count = E.span(str(number), {"class": "number"})
        count.tail = ": "
        groups.append(listed(E.span(count, {"class": "report-places"}), links, ", "))
    listed(where, groups, "; ")


def examine(volume: Volume, place: Place, tell: Tell) -> None:
    """Tell V201 for terms that a language's reports do not have, V202 for words without a reading.

    `place` is where the terms are listed.
    """
    for language in volume.languages:
        if all(entry.editions.get(language) is None for entry in volume.entries):
            continue
        for line in lines(volume, language):
            word = line.term.words[language]
            if not line.spots:
                tell(remark("V201", place, word=word, language=language))
            elif not order.readable(word, line.term.readings.get(language, "")):
                tell(remark("V202", place, word=word, language=language))
