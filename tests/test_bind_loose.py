"""Loose works: pages without numbers, links to what is elsewhere, facts that can be kept."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from bound import loose, needs_fonts, report, stem, to
from pdf_reports import TEXT, article, pressed, work
from products import assert_pdf, tag_tree
from watchpress.backends.pdf import writer
from watchpress.backends.pdf.facts import Facts
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import pdfium

pytestmark = needs_fonts


def artifacts(data: bytes) -> list[list[str]]:
    return [[run.text for run in page.runs if run.artifact] for page in pdfium.read(data).pages]


def test_loose_pages_are_those_of_the_report_without_their_numbers() -> None:
    one = report(7, "en", 8)
    (made,), plain = loose(one), pressed(one)
    assert_pdf(made.data)
    assert made.facts.pages == plain.facts.pages > 2
    heads = artifacts(plain.data)
    assert artifacts(made.data) == [page[:-1] for page in heads]
    assert [page[-1] for page in heads] == [str(n) for n in range(1, plain.facts.pages + 1)]
    assert tag_tree(made.data) == tag_tree(plain.data)
    assert replace(made.facts, folios=(), figures=(), turns=()) == plain.facts


def test_where_the_numbers_stood() -> None:
    one = report(7, "ja", 12)
    (made,), plain = loose(one), pressed(one)
    for folio, page in zip(made.facts.folios, pdfium.read(plain.data).pages, strict=True):
        assert folio
        run = [run for run in page.runs if run.artifact][-1]
        figures = made.facts.figures[folio.figures]
        assert run.base == pytest.approx(folio.base, abs=0.01)
        assert run.center[0] == pytest.approx(folio.x, abs=0.3)
        assert run.size == pytest.approx(figures.size, abs=0.01)
    assert len(made.facts.figures) == 1


def test_a_page_may_have_no_number() -> None:
    style = "<style>@page { @bottom-center { content: none } }</style>"
    one = article(f"<p>{TEXT}</p>{style}")
    made = pressed(one, loose=True)
    assert made.facts.folios == (None,)
    assert made.facts.figures == ()


def test_links_elsewhere_wait_for_the_binder() -> None:
    own = stem(7)
    link = f'<p>Here: <a href="#{own}-p01">so</a>, and <a aria-label="a way" href="#x">x</a></p>'
    one = report(7, "en", 2, to(8) + link)
    (made,) = loose(one)
    assert_pdf(made.data)
    said = tag_tree(made.data)
    assert "'number 8' -> watchpress:wr008-en 'number 8'" in said
    assert "'so' -> wr007-en-p01 'so'" in said
    assert "'x' -> watchpress:x 'a way'" in said
    assert one.find(".//a[@href='#wr008-en']") is not None, "the article stays as it was"
    told = [finding.code for finding in _told(one)]
    assert told == ["F102", "F102"], "a work that is not loose says so"


def _told(one: Element) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    writer.press([one], work([one]), Styles(), told.append)
    return told


def test_all_ids_are_destinations() -> None:
    (made,) = loose(report(7, "ko", 3))
    ids = {node.get("id") for node in report(7, "ko", 3).iter() if node.get("id")}
    assert ids == set(made.facts.anchors) == set(made.facts.heights)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        names = list(pdf.Root.Names.Dests.Names)
        targets = dict(zip(map(str, names[::2]), names[1::2], strict=True))
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        for name in ids:
            target = targets[str(name)]
            assert pages[target[0].objgen] == made.facts.anchors[str(name)]
            assert float(target[3]) == pytest.approx(made.facts.heights[str(name)], abs=0.01)


def test_facts_go_through_json_and_back() -> None:
    (made,) = loose(report(7, "en", 3))
    again = Facts.from_json(made.facts.to_json())
    assert again == made.facts
    assert again.to_json() == made.facts.to_json()
    bare = Facts(1, {}, ((0.0, 0.0, 1.0, 1.0),), languages=("en",))
    assert Facts.from_json(bare.to_json()) == bare
    for text in ("{}", "[]", '{"pages": 1}', "no"):
        with pytest.raises((KeyError, TypeError, ValueError)):
            Facts.from_json(text)
