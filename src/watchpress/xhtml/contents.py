"""The contents of a volume in one of its languages: a line for each number, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchpress.catalog import Entry, Part, PartKind
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.xhtml.article import joined
from watchpress.xhtml.folios import E, Setting, headed, listed

# Parts with a line of their own, under the words for them; those in front of the contents have
# none, as the reader has gone past them.
LINES: Final[dict[PartKind, str]] = {
    "notes": "notes",
    "legend": "legend",
    "map": "map",
    "index": "index",
    "sources": "sources",
    "errata": "errata",
    "colophon": "colophon",
}


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the contents: the reports of its language in order, then what stands behind them.

    A number that is missing in this language has its line too, with the headline of the original,
    and leads to the page that says so. Editions in other languages are named below.
    """
    speech = words(part.language)
    headed(article, speech.label("contents"))
    editions = E.ol({"class": "entries"})
    for entry in setting.volume.entries:
        editions.append(_entry(entry, part, setting))
    article.append(editions)
    rest = E.ol({"class": "rest"})
    for other in setting.parts:
        if other.kind in LINES and other.language in ("", part.language):
            title = E.span(speech.label(LINES[other.kind]), {"class": "headline"})
            item = E.li({"id": f"{part.id}-{other.id}"})
            item.append(_line(other.id, [title], setting))
            rest.append(item)
    if len(rest):
        article.append(rest)


def _entry(entry: Entry, part: Part, setting: Setting) -> Element:
    report = entry.editions.get(part.language)
    shown = report if report is not None else original(entry, setting)
    item = E.li({"id": f"{part.id}-{entry.number}"})
    number = E.span(str(entry.number), {"class": "number"})
    number.tail = " "
    title = E.span({"class": "headline"})
    if shown is not None:
        title.text = tree.title(shown)
    if shown is not None and report is None:
        title.set("lang", tree.language(shown))
        item.set("class", "absent")
    item.append(_line(target(entry, part.language, setting), [number, title], setting))
    below = list(_below(entry, shown, part.language, setting))
    if below:
        item.append(listed(E.p({"class": "byline"}), below, " · "))
    return item


def _below(
    entry: Entry, shown: Element | None, language: str, setting: Setting
) -> Iterator[Element]:
    """Yield what stands below a headline: authors, other editions, that there is none in this."""
    people = [] if shown is None else tree.authors(shown)
    if shown is not None and people:
        names = E.span(joined(people, words(tree.language(shown))))
        if tree.language(shown) != language:
            names.set("lang", tree.language(shown))
        yield names
    if entry.editions.get(language) is None:
        yield E.span(words(language).label("absent"), {"class": "state"})
    yield from _others(entry, language, setting)


def original(entry: Entry, setting: Setting) -> Element | None:
    """Return the edition of a number that stands for one that is missing: the first there is."""
    found = (entry.editions.get(language) for language in setting.volume.languages)
    return next((report for report in found if report is not None), None)


def target(entry: Entry, language: str, setting: Setting) -> str:
    """Return the id that a line of contents leads to: of the report, or of its placeholder."""
    report = entry.editions.get(language)
    if report is not None:
        return tree.stem(report)
    return next(
        part.id
        for part in setting.parts
        if part.kind == "placeholder" and (part.number, part.language) == (entry.number, language)
    )


def _others(entry: Entry, language: str, setting: Setting) -> Iterator[Element]:
    """Yield where the editions in other languages are: the name of the language, the page."""
    for other in setting.volume.languages:
        report = entry.editions.get(other)
        if other == language or report is None:
            continue
        identifier = tree.stem(report)
        name = E.span(words(other).name, {"lang": other})
        link = E.a(name, {"href": f"#{identifier}", "class": "other"})
        if folio := setting.pages.at(identifier):
            name.tail = f"\u00a0{folio}"
        yield link


def _line(identifier: str, words_: list[Element], setting: Setting) -> Element:
    """Return a line: what is there, and its page; the whole of it is the link."""
    link = E.a(*words_, href=f"#{identifier}")
    if setting.pages.printed:
        link[-1].tail = " "
        link.append(E.span(setting.pages.at(identifier), {"class": "folio"}))
    return E.p(link, {"class": "line"})
