"""The order of a volume: which parts it has, from the half-title to the colophon."""

from __future__ import annotations

from collections.abc import Iterator

from watchpress.catalog import Entry, Part, Volume
from watchpress.language.words import words
from watchpress.model import tree


def plan(volume: Volume) -> tuple[Part, ...]:
    """Return the parts of a volume in their order.

    Layouts: `sequential` puts all of one language before the next; `paired` each report beside its
    translations; `facing` the first two languages of a number as one part. A missing translation is
    a placeholder, never a gap.
    """
    return (*_front(volume), *_body(volume), *_back(volume))


def _front(volume: Volume) -> Iterator[Part]:
    yield Part("half-title", "half-title", "")
    yield Part("title", "title-page", "")
    if any(words(language).copyrighted for language in volume.languages):
        yield Part("copyright", "copyright-page", "")
    for language in volume.languages:
        yield Part("contents", f"contents-{language}", language)


def _body(volume: Volume) -> Iterator[Part]:
    if volume.layout == "sequential" or len(volume.languages) == 1:
        for language in volume.languages:
            yield from (_edition(entry, language) for entry in volume.entries)
    elif volume.layout == "paired":
        for entry in volume.entries:
            yield from (_edition(entry, language) for language in volume.languages)
    else:
        for entry in volume.entries:
            yield from _facing(entry, volume.languages)
    if volume.notes_at == "volume":
        for language in volume.languages:
            yield from _notes(volume, language)


def _facing(entry: Entry, languages: tuple[str, ...]) -> Iterator[Part]:
    first, second = (entry.editions.get(language) for language in languages[:2])
    if first is None or second is None:
        yield from (_edition(entry, language) for language in languages[:2])
    else:
        identifier = f"{tree.stem(first)}-{tree.language(second)}"
        yield Part("facing", identifier, "", entry.number, (first, second))
    yield from (_edition(entry, language) for language in languages[2:])


def _edition(entry: Entry, language: str) -> Part:
    report = entry.editions.get(language)
    if report is None:
        return Part("placeholder", f"wr{entry.number:03d}-{language}-none", language, entry.number)
    return Part("report", tree.stem(report), language, entry.number, (report,))


def _notes(volume: Volume, language: str) -> Iterator[Part]:
    reports = tuple(
        report
        for entry in volume.entries
        if (report := entry.editions.get(language)) is not None and tree.notes(report)
    )
    if reports:
        yield Part("notes", f"notes-{language}", language, 0, reports)


def _back(volume: Volume) -> Iterator[Part]:
    noted = any(tree.notes(report) for entry in volume.entries for report in entry.reports)
    if noted and volume.print_map and volume.numbering == "continuous":
        yield Part("map", "note-map", "")
    if volume.terms:
        for language in volume.languages:
            yield Part("index", f"index-{language}", language)
    if noted:
        yield Part("sources", "sources", "")
    if volume.errata:
        yield Part("errata", "errata", "")
    yield Part("colophon", "colophon", "")
