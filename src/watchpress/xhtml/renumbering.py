"""The map of note numbers: what a report called a note, and what the volume calls it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from watchpress.catalog import Part, Volume
from watchpress.language.words import Words, words
from watchpress.model import ledger, tree
from watchpress.model.tree import Element
from watchpress.xhtml.folios import E, Setting, headed, translated


class Run(NamedTuple):
    """Notes in a row whose numbers go up by one, in the report and in the volume."""

    old: int
    new: int
    length: int


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the map: a table for each language, a row for each run of numbers that move together."""
    languages = setting.volume.languages
    headed(article, words(languages[0]).label("map"))
    translated(article, [(words(one).label("map"), one) for one in languages[1:]])
    for language in filter(partial(_noted, setting.volume), languages):
        speech = words(language)
        section = E.section({"id": f"{part.id}-{language}", "lang": language})
        if setting.several:
            section.append(E.h2(speech.name))
        section.append(E.p(speech.label("map-guide"), {"class": "guide"}))
        section.append(_table(language, part, setting, speech))
        article.append(section)


def _noted(volume: Volume, language: str) -> bool:
    """Say whether a report in a language has notes: a table without rows is none."""
    reports = (entry.editions.get(language) for entry in volume.entries)
    return any(tree.notes(report) for report in reports if report is not None)


def _table(language: str, part: Part, setting: Setting, speech: Words) -> Element:
    heads = (E.th(speech.label(key), scope="col") for key in ("report", "old", "new"))
    body = E.tbody()
    for entry in setting.volume.entries:
        report = entry.editions.get(language)
        if report is None:
            continue
        for place, run in enumerate(runs(report)):
            row = E.tr({"id": f"{part.id}-{language}-{entry.number}-{place}"})
            link = E.a(speech.label("number", n=entry.number), href=f"#{tree.stem(report)}")
            row.append(E.th(link, scope="row"))
            row.append(E.td(_span(run.old, run.length, speech)))
            row.append(E.td(_span(run.new, run.length, speech)))
            body.append(row)
    return E.table(E.thead(E.tr(*heads)), body)


def runs(report: Element) -> Iterator[Run]:
    """Yield the notes of a report in its order, together where their numbers go up by one."""
    held: Run | None = None
    for note in tree.notes(report):
        old = ledger.value(note.findtext("label") or "")
        new = ledger.value(ledger.printed_of(note))
        if held is not None and (old - held.old, new - held.new) == (held.length, held.length):
            held = held._replace(length=held.length + 1)
            continue
        if held is not None:
            yield held
        held = Run(old, new, 1)
    if held is not None:
        yield held


def _span(first: int, count: int, speech: Words) -> str:
    if count == 1:
        return str(first)
    return speech.label("range", first=first, last=first + count - 1)
