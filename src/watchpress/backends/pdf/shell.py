"""The printable document: the articles in order, with all that print asks of the text itself.

What CSS cannot say is said here, on copies: where lines may end (breaks.py), what bookmarks and
running heads say, the sign of a way back, the margin of a draft (draft.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.builder import E

from watchpress.backends.pdf import breaks, draft, plates
from watchpress.backends.pdf.breaks import Measure
from watchpress.backends.pdf.sheet import Sheet
from watchpress.catalog import Work
from watchpress.language.bonds import FIXED
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element, squeeze

BACK: Final = "↑"  # the way back to the text: no face of the set has U+21A9
OPENING: Final = "「『（〈《【〔“‘"
REGULAR: Final = 400  # the weight of running heads
SPARE: Final = 0.25  # em left beside a running head: an italic is a little wider here and there
GENERATOR: Final = "watchpress"
LOOSE: Final = "watchpress:"  # begins the address of an id in another piece of the volume


def document(articles: Iterable[Element], work: Work, measure: Measure) -> bytes:
    """Return the document made of `articles`, which stay as they are, as XHTML in no namespace."""
    body = E.body(*(_article(deepcopy(article), work, measure) for article in articles))
    count(body)
    if work.loose:
        _loosen(body)
    head = _head(work, body)
    if work.profile == "draft":
        body.set("class", "draft")
        draft.annotate(body, work.findings)
    out: bytes = etree.tostring(E.html(head, body, {"lang": work.language}), encoding="utf-8")
    return out


def _head(work: Work, body: Element) -> Element:
    moment = work.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [("author", name) for name in _authors(work)]
    series = " · ".join(_series(article) for article in body)
    facts += [("description", series.replace(breaks.JOINER, ""))]
    facts += [("generator", GENERATOR), ("dcterms.created", moment), ("dcterms.modified", moment)]
    metas = [E.meta({"name": name, "content": content}) for name, content in facts if content]
    return E.head(E.meta({"charset": "utf-8"}), E.title(work.title), *metas)


def _authors(work: Work) -> list[str]:
    names = (name for report in work.reports for name in tree.authors(report))
    return list(dict.fromkeys(names))


def _article(article: Element, work: Work, measure: Measure) -> Element:
    language = article.get("lang") or work.language
    sheet = Sheet(work.trim, language, theme=work.theme)
    _titles(article, sheet, _running(article, work), measure)
    _calls(article, language)
    plates.lay(article, sheet)
    for link in article.iterfind(".//a[@class='url']"):
        link.text = breaks.address(link.text or "")
    for paragraph in article.iterfind(".//*[@class='body']//p"):
        if squeeze("".join(paragraph.itertext()))[:1] in tuple(OPENING):
            paragraph.set("class", f"{paragraph.get('class', '')} bracket".strip())
        breaks.close(paragraph, language)
    breaks.cells(article, language)
    breaks.tie(article, language)
    breaks.shape(article, sheet, measure)
    return article


def count(body: Element) -> None:
    """Say what number an item has where WeasyPrint would give it another.

    WeasyPrint 70 knows no `value`: it counts on, and a list with a gap would be renumbered.
    """
    for item in body.iterfind(".//li[@value]"):
        if int(str(item.get("value"))) != _counted(item):
            item.set("style", f"counter-set: list-item {int(str(item.get('value'))) - 1}")


def _counted(item: Element) -> int:
    """Return the number that an item gets where nothing is said of it, 0 where it is not known."""
    before, around = item.getprevious(), item.getparent()
    if before is not None:
        return int(before.get("value") or -1) + 1
    return int(around is not None and not {"start", "reversed"}.intersection(around.attrib))


def _loosen(body: Element) -> None:
    """Give links to ids that are not in this document an address that the binder knows."""
    here = {node.get("id") for node in body.iter()}
    for link in body.iter("a"):
        target = link.get("href") or ""
        if target.startswith("#") and target[1:] not in here:
            link.set("href", LOOSE + target[1:])


def _running(article: Element, work: Work) -> str:
    """Return what the report of an article wants for its running head; "" where it says nothing."""
    report = next((one for one in work.reports if tree.stem(one) == article.get("id")), None)
    path = "front/article-meta/title-group/alt-title[@alt-title-type='running-head']"
    found = None if report is None else report.find(path)
    return "" if found is None else tree.text(found)


def _titles(article: Element, sheet: Sheet, given: str, measure: Measure) -> None:
    """Set what bookmarks and running heads say; a head stands an em from the series at least."""
    series, title = _series(article), article.find(".//h1")
    headline = "" if title is None else _uncalled(title)
    running = sheet.theme.running
    size, families = running.head * sheet.size, ",".join(sheet.hand.families)
    room, beside = sheet.width / (size * sheet.hand.letter), ""
    if running.series:
        room, beside = room - len(series) - 4, f"{series}\u2003"

    def fits(head: str) -> bool:
        width = sheet.width - SPARE * size
        return measure(beside + head, families, REGULAR, size, width, sheet.language) == 1

    heads = {
        "body": breaks.fitted(given or headline, int(room), fits),
        "endnotes": words(sheet.language).label("notes"),
    }
    for name, head in heads.items():
        for part in article.iterfind(f".//*[@class='{name}']"):
            part.set("data-series", series)
            part.set("data-running", head)
    for heading in article.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        heading.set("data-label", _uncalled(heading))


def _uncalled(heading: Element) -> str:
    """Return the words of a heading without its note calls: elsewhere 10 and call 1 read as 101."""
    bare = deepcopy(heading)
    for call in bare.iterfind(".//*[@class]"):
        if "noteref" in str(call.get("class")).split():
            call.text = None
    return squeeze("".join(bare.itertext()))


def _series(article: Element) -> str:
    found = article.find(".//p[@class='series']")
    return "" if found is None else squeeze("".join(found.itertext()))


def _calls(article: Element, language: str) -> None:
    """Give calls and mentions their words for those who hear, ways back a sign we can print."""
    calls = article.iterfind(".//a[@class='noteref']")
    for link in (*calls, *article.iterfind(".//a[@class='mention']")):
        if not link.get("aria-label"):
            link.set("aria-label", words(language).label("note", n="".join(link.itertext())))
    for link in article.iterfind(".//a[@class='backlink']"):
        link.text = BACK
        before, parent = link.getprevious(), link.getparent()
        # A no-break space: the sign never stands alone on a line. Between signs a line may end, but
        # not before the last of them.
        if before is not None:
            signs = before.get("class") == "backlink"
            space = " " if signs and link.getnext() is not None else FIXED
            before.tail = (before.tail or "").rstrip() + space
        elif parent is not None:
            parent.text = (parent.text or "").rstrip() + FIXED
