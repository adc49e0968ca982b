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
GENERATOR: Final = "watchpress"
LOOSE: Final = "watchpress:"  # begins the address of an id in another piece of the volume


def document(articles: Iterable[Element], work: Work, measure: Measure) -> bytes:
    """Return the document made of `articles`, which stay as they are, as XHTML in no namespace."""
    body = E.body(*(_article(deepcopy(article), work, measure) for article in articles))
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
    _titles(article, sheet, _running(article, work))
