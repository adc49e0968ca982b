"""The page in the place of a translation that is missing: it says so, and where the original is."""

from __future__ import annotations

from watchpress.catalog import Part
from watchpress.language.words import Words, words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.xhtml.article import opening
from watchpress.xhtml.contents import original
from watchpress.xhtml.folios import E, Setting


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill a placeholder: number, headline of the original, and two statements.

    They say in the language that is missing, and in that of the original, that there is no
    translation, and where the original is printed.
    """
    entry = next(entry for entry in setting.volume.entries if entry.number == part.number)
    report = original(entry, setting)
    speech = words(part.language)
    if report is None:
        article.append(E.h1(speech.label("number", n=part.number), id=f"{part.id}-title"))
        article.append(_statement(part, part.language, speech, None, setting))
        return
    source = tree.language(report)
    header = opening(report)
    header.set("lang", source)
    heading = _heading(header)
    heading[:] = []  # no note is called here: the calls, and their ids, are the original's
    heading.text = tree.title(report)
    heading.set("id", f"{part.id}-title")
    article.append(header)
    for language in dict.fromkeys((part.language, source)):
        article.append(_statement(part, language, words(language), report, setting))


def _heading(header: Element) -> Element:
    found = header.find("h1")
    assert found is not None, "an opening has a headline"
    return found


def _statement(
    part: Part, language: str, speech: Words, report: Element | None, setting: Setting
) -> Element:
    missing = speech.label(f"language-{part.language}")
    statement = E.p({"class": "statement", "id": f"{part.id}-{language}", "lang": language})
    statement.text = speech.label("untranslated", language=missing)
    if report is None:
        return statement
    source = speech.label(f"language-{tree.language(report)}")
    folio = setting.pages.at(tree.stem(report))
    key = "original-page" if folio else "original"
    link = E.a(speech.label(key, language=source, page=folio), href=f"#{tree.stem(report)}")
    statement.text += " " if speech.spaced else ""
    statement.append(link)
    return statement
