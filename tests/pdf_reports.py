"""Articles for the tests of the PDF backend: small, invented, in the form that xhtml.py makes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2
from lxml import etree
from weasyprint.document import Document

from watchpress.backends.pdf import layout, writer
from watchpress.backends.pdf.writer import Compiled
from watchpress.catalog import Work, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts

EPOCH = 1_950_000_000  # 2031-10-17, far from any clock a test could run under
TEXT = (
    "The keepers of the northern lamp wrote down the weather and the passing vessels every "
    "evening, and nobody contradicted their arithmetic until the administration reorganized the "
    "department. "
)
SEVERAL = " ".join(f"Sentence {count} of a long paragraph follows the last." for count in range(60))
OPENING = """
<header class="opening"><p class="series"><span class="journal">{series}</span> <span
class="number">No. {number}</span></p><p class="date"><time datetime="2031-10-17">{date}</time></p>
<h1 id="{stem}-title" data-at="3:1">{headline}</h1></header>"""
NOTES = """
<section class="endnotes" role="doc-endnotes" id="{stem}-notes"><h2>{title}</h2>
<ol>{items}</ol></section>"""
WORDS = {
    "en": ("Lantern Letters", "October 17, 2031", "Notes"),
    "ja": ("港灯通信", "2031年10月17日", "注"),
    "ko": ("항구 등불 통신", "2031년 10월 17일", "주"),
}


def call(number: int, *, stem: str = "wr007-en", again: str = "") -> str:
    """Return the call of a note."""
    place = f"{stem}-r{number}{again}"
    return (
        f'<a class="noteref" role="doc-noteref" id="{place}" href="#{stem}-fn{number}" '
        f'data-at="20:{number}">{number}</a>'
    )


def note(
    number: int, *paragraphs: str, stem: str = "wr007-en", places: Sequence[str] = ("",)
) -> str:
    """Return a note with a way back to each of its places."""
    back = "".join(
        f'\u00a0<a class="backlink" role="doc-backlink" href="#{stem}-r{number}{place}" '
        f'aria-label="Back to the text, note {number}{place}">\u21a9</a>'
        for place in places
    )
    inside = "".join(f"<p>{text}</p>" for text in paragraphs)
    inside = inside.removesuffix("</p>") + back + "</p>"
    at = f'data-at="{30 + number}:1"'
    return f'<li id="{stem}-fn{number}" value="{number}" {at}>{inside}</li>'


def article(
    body: str,
    notes: str = "",
    *,
    language: str = "en",
    number: int = 7,
    headline: str = "Light the Lamp First",
) -> Element:
    """Return an article of `body` and `notes` (XHTML)."""
    stem = f"wr{number:03}-{language}"
    series, date, title = WORDS[language]
    opening = OPENING.format(stem=stem, series=series, number=number, date=date, headline=headline)
    back = NOTES.format(stem=stem, title=title, items=notes) if notes else ""
    return etree.fromstring(
        f'<article class="report" id="{stem}" lang="{language}">{opening}'
        f'<div class="body">{body}</div>{back}</article>'
    )


def work(articles: Sequence[Element], **facts: Any) -> Work:
    """Return the work that is made of `articles`; `trim` is a name."""
    size = trim(facts.pop("trim", "A5"))
    given = {"title": "Light the Lamp First", "language": articles[0].get("lang"), **facts}
    return Work(reports=(), epoch=EPOCH, trim=size, **given)


def pressed(*articles: Element, quiet: bool = True, **facts: Any) -> Compiled:
    """Return the PDF of `articles`; nothing may be told where `quiet`."""
    told: list[Diagnostic] = []
    compiled = writer.press(articles, work(articles, **facts), Styles(), told.append)
    assert not quiet or told == []
    return compiled


def laid(made: Element, **facts: Any) -> Document:
    """Return an article as WeasyPrint lays it out, which is to say nothing to it."""
    one = work([made], **facts)
    faces = writer.needed([made], fonts.faces(one.theme.family))
    with layout.listening() as heard:
        document = layout.lay([made], one, writer.cascade([made], one, Styles(), faces), faces)
    assert [record.getMessage() for record in heard] == []
    return document


def texts(data: bytes) -> list[str]:
    """Return the text of each page as PDFium reads it, without the blanks drawn in gaps."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        found = [page.get_textpage().get_text_range() for page in document]
        return [text.replace("\u200b", "") for text in found]
    finally:
        document.close()


def bare(text: str) -> str:
    """Return `text` without white space, gaps, and the hyphens and breaks of lines."""
    text = text.replace("\u200b", "")
    return "".join(text.replace("\ufffe", "").replace("\u00ad", "").replace("-", "").split())
