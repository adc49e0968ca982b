"""Pieces for the tests of the binder: loose articles, paged as a volume would page them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2
import pytest

from judges import later
from pdf_reports import EPOCH, TEXT, article, call, note, pressed
from products import assert_pdf
from watchpress.backends.pdf.bind import Binding, Piece, bind
from watchpress.backends.pdf.facts import Compiled
from watchpress.diagnostic import Diagnostic
from watchpress.model.tree import Element
from watchpress.tools import fonts

needs_fonts = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
SAID = {
    "en": TEXT,
    "ja": "灯台守は毎晩、天気と通る船とを書き留めた。役所が改まるまで、異を唱える者はなかった。",
    "ko": "등대지기는 저녁마다 날씨와 지나는 배를 적었다. 관청이 바뀔 때까지 따진 이는 없었다. ",
}


def stem(number: int, language: str = "en") -> str:
    return f"wr{number:03}-{language}"


def report(number: int, language: str = "en", length: int = 6, also: str = "") -> Element:
    """Return an article of about `length` paragraphs with two notes; `also` is one more (XHTML)."""
    own = stem(number, language)
    said = SAID[language]
    body = "".join(
        f'<p id="{own}-p{count:02}">{said * 3}{call(1, stem=own) if count == 0 else ""}</p>'
        for count in range(length)
    )
    section = f'<section id="{own}-s1"><h2>{number}{said[:9]}</h2><p>{said}{call(2, stem=own)}</p>'
    address = "https://quay.example.org/a"
    notes = note(1, said, stem=own)
    notes += note(2, f'<a class="url" href="{address}">{address}</a>', stem=own)
    return article(
        f"{body}{section}{also}</section>",
        notes,
        language=language,
        number=number,
        headline=f"{said[:12].strip()} {number}",
    )


def to(number: int, language: str = "en", part: str = "") -> str:
    """Return a paragraph with a link to (a part of) another report."""
    return f'<p>See <a href="#{stem(number, language)}{part}">number {number}</a>.</p>'


def piece(compiled: Compiled, first: int = 1, blanks: int = 0, **facts: Any) -> Piece:
    """Return a piece whose pages are numbered from `first`."""
    numbers = tuple(str(first + count) for count in range(compiled.facts.pages))
    given = {"folios": numbers, "labels": numbers, **facts}
    return Piece(compiled.data, compiled.facts, blanks=blanks, **given)


def loose(*articles: Element, **facts: Any) -> list[Compiled]:
    """Return each article, compiled alone and loose; nothing is told."""
    return [pressed(one, loose=True, **facts) for one in articles]


def numbered(made: Sequence[Compiled]) -> list[Piece]:
    """Return pieces that begin on right-hand pages, numbered from 1."""
    pieces, used = [], 0
    for one in made:
        blanks = used % 2
        pieces.append(piece(one, used + blanks + 1, blanks))
        used += blanks + one.facts.pages
    return pieces


def binding(**facts: Any) -> Binding:
    given = {"title": "Lantern Letters", "authors": ("A Keeper", "灯 守"), "language": "en"}
    return Binding(**{**given, "epoch": EPOCH, **facts})


def bound(pieces: Sequence[Piece], quiet: bool = True, **facts: Any) -> bytes:
    """Return `pieces` as one PDF; nothing may be told where `quiet`."""
    told: list[Diagnostic] = []
    data = bind(pieces, binding(**facts), told.append)
    assert not quiet or told == []
    return data


def assert_ua(data: bytes) -> None:
    """Hold a PDF to qpdf, and to PDF/UA-1 by both judges where both are there."""
    assert_pdf(data)
    later(data, "ua1")


def pictures(data: bytes, foot: float = 0) -> list[bytes]:
    """Return each page as a picture, without `foot` pt at its lower edge."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.render(scale=2, crop=(0, foot, 0, 0)).to_pil().tobytes() for page in document]
    finally:
        document.close()
