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

    For the running head each note has `data-notes`: the pages with the calls of the notes on its
    page, as "Notes to pages 12–31"; of the last note on a page it counts. Running heads name the
    text of a note's page, not that of its own, for whoever looks for a note comes from there. Where
    it is not known yet which notes share a page, a head names the pages of all notes of a report.
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
        heading.append(E.span(tree.title(report), {"class": "headline"}))
        article.append(section)
    _run(article, part, setting, speech)


def _run(article: Element, part: Part, setting: Setting, speech: Words) -> None:
    """Set the running heads: none without pages, "" on the page that the part opens on."""
    pages, called = setting.pages, _called(part, setting.pages)
    goes_on = {identifier: folio for folio, identifier, _ in pages.breaks.get(part.id, ())}
    together: dict[str, set[int]] = {}
    for section in article.iter("section"):
        for item in section.iter("li"):
            name = str(item.get("id"))
            for page in {_page(section, name, pages), goes_on.get(name, "")} - {""}:
                together.setdefault(page, set()).update(called.get(name, ()))
    opening = pages.at(part.id)
    for section in article.iter("section") if pages.printed else ():
        for item in section.iter("li"):
            page = _page(section, str(item.get("id")), pages)
            head = _head(together.get(page, set()), speech)
            item.set("data-notes", "" if page == opening else head)


def _page(section: Element, identifier: str, pages: Pages) -> str:
    """Return the page that a note or a section begins on; while there is none, the section's id."""
    return pages.at(identifier) or str(section.get("id") if pages.printed else "")


def _called(part: Part, pages: Pages) -> dict[str, list[int]]:
    """Return the pages with the calls of each note, by the note's id."""
    found: dict[str, list[int]] = {}
    for report in part.reports:
        for name, marks in calls(report).items():
            folios = (value(pages.at(str(call.get("id")))) for call in marks)
            found[name] = [folio for folio in folios if folio]
    return found


def _head(pages: set[int], speech: Words) -> str:
    """Return the running head for notes that are called on these pages."""
    folios = sorted(pages)
    if not folios:
        return ""
    if len(folios) == 1:
        return speech.label("notes-page", page=folios[0])
    return speech.label("notes-pages", first=folios[0], last=folios[-1])
