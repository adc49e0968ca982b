"""The list of errata: errors of the original that the text keeps, and how they should read."""

from __future__ import annotations

from watchpress.catalog import Erratum, Part, Volume
from watchpress.language.words import words
from watchpress.model.tree import Element
from watchpress.xhtml.folios import E, Setting, headed, translated
from watchpress.xhtml.seek import Spot, quoted

COLUMNS = ("report", "page", "printed", "read")


def fill(article: Element, part: Part, setting: Setting) -> None:
    """Fill the list: number, language, page, what is printed, how it should read.

    In an EPUB the number leads to the paragraph, and there are no pages. Each language has a table
    with its own words over the columns.
    """
    languages = setting.volume.languages
    headed(article, words(languages[0]).label("errata"))
    translated(article, [(words(one).label("errata"), one) for one in languages[1:]])
    for language in languages:
        found = [one for one in setting.volume.errata if one.language == language]
        if found:
            article.append(_section(language, found, part, setting))


def _section(language: str, found: list[Erratum], part: Part, setting: Setting) -> Element:
    speech = words(language)
    section = E.section({"id": f"{part.id}-{language}", "lang": language})
    if setting.several:
        section.append(E.h2(speech.name))
    section.append(E.p(speech.label("errata-guide"), {"class": "guide"}))
    columns = [key for key in COLUMNS if key != "page" or setting.pages.printed]
    heads = [E.th(speech.label(key), {"scope": "col", "class": key}) for key in columns]
    body = E.tbody()
    for place, erratum in enumerate(found, 1):
        body.append(_row(erratum, f"{section.get('id')}-{place}", setting))
    section.append(E.table(E.thead(E.tr(*heads)), body))
    return section


def _row(erratum: Erratum, identifier: str, setting: Setting) -> Element:
    spot = spot_of(erratum, setting.volume)
    number = words(erratum.language).label("number", n=erratum.number)
    row = E.tr(E.th(scope="row"), {"id": identifier})
    if spot is None:
        row[0].text = number
    else:
        row[0].append(E.a(number, href=f"#{spot.id}"))
    if setting.pages.printed:
        row.append(E.td("" if spot is None else setting.pages.at(spot.id, spot.offset)))
    row.append(E.td(erratum.printed, {"class": "printed"}))
    row.append(E.td(erratum.read, {"class": "read"}))
    if erratum.note:
        row[-1].append(E.p(erratum.note, {"class": "why"}))
    return row


def spot_of(erratum: Erratum, volume: Volume) -> Spot | None:
    """Return where the words that are printed stand, None where the report has no such words."""
    for entry in volume.entries:
        report = entry.editions.get(erratum.language)
        if entry.number == erratum.number and report is not None:
            return next(quoted(report, erratum.printed), None)
    return None
