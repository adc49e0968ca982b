"""The notes at the end of a volume, under the heading of each report."""

from __future__ import annotations

from watchpress.catalog import Part
from watchpress.language.words import Words, words
from watchpress.model import tree
from watchpress.model.ledger import calls
from watchpress.model.tree import Element
from watchpress.xhtml.article import endnotes
from watchpress.xhtml.folios import E, Pages, Setting, headed, value


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the notes of one language: a section for each report, as the report itself has it.

    For the running head each note and its section have `data-running`: the pages with the calls of
    the section's notes, as "Notes to pages 12–31". Running heads name the text of a note's page,
    not that of its own, for whoever looks for a note comes from there.
    """
    speech = words(part.language)
    headed(article, speech.label("notes"))
    for report in part.reports:
        section = endnotes(tree.notes(report), calls(report), speech, tree.stem(report))
        section.set("class", "endnotes of-report")
        heading = section[0]
        heading.text = None
        number = E.span(speech.label("number", n=tree.number(report)), {"class": "number"})
        number.tail = " "
        heading.append(number)
        heading.append(E.span(tree.text(tree.headline(report)), {"class": "headline"}))
        _run(section, _head(report, setting.pages, speech))
        article.append(section)


def _head(report: Element, pages: Pages, speech: Words) -> str:
    """Return the running head for the notes of a report, "" where there are no pages."""
    found = [pages.at(str(call.get("id"))) for marks in calls(report).values() for call in marks]
    folios = sorted({value(folio) for folio in found} - {0})
    if not folios:
        return ""
    if len(folios) == 1:
        return speech.label("notes-page", page=folios[0])
    return speech.label("notes-pages", first=folios[0], last=folios[-1])


def _run(section: Element, head: str) -> None:
    for node in (section, *section.iter("li")) if head else ():
        node.set("data-running", head)
