"""Volumes of the sample series, whole: every layout is bound, proven and valid, in PDF and EPUB."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import faults
from epubcheck import assert_epubs
from judges import later
from products import assert_archive, assert_pdf, assert_press, grave
from watchpress.backends.pdf.bind import bind
from watchpress.backends.pdf.facts import Compiled
from watchpress.build import report as single
from watchpress.build import volume as binder
from watchpress.build.binder import Bound
from watchpress.build.compile import Order, lay
from watchpress.build.cover import cover
from watchpress.build.pool import Pool
from watchpress.build.proof import leaves, prove, prove_shared
from watchpress.catalog import (
    Book,
    Entry,
    Erratum,
    Layout,
    NotesAt,
    Numbering,
    Press,
    Source,
    Term,
    Volume,
)
from watchpress.checks.preflight import Order as Ordered
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import anatomy, pdfium

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "ja", "ko")
COMBINATIONS: list[tuple[Layout, Numbering, NotesAt, int]] = [
    ("sequential", "restart", "report", 3),
    ("paired", "continuous", "volume", 3),
    ("facing", "restart", "report", 2),
    ("facing", "continuous", "volume", 2),
    ("paired", "restart", "volume", 2),
    ("sequential", "continuous", "report", 1),
]


@cache
def report(number: int, language: str) -> Element | None:
    path = ROOT / "reports" / language / f"{number:03d}.txt"
    return single.report(Source(path), lambda _: None).report if path.exists() else None


def volume(layout: Layout, numbering: Numbering, notes_at: NotesAt, languages: int) -> Volume:
    chosen = LANGUAGES[:languages]
    entries = tuple(Entry(n, {tag: report(n, tag) for tag in chosen}) for n in (39, 40, 42))
    titles = {"en": "The Strait in 2025", "ja": "海峡の2025年", "ko": "해협의 2025년"}
    return Volume(
        Book("2025", titles, publisher={"en": "Strait Watch Society"}),
        chosen,
        entries,
        epoch=1_767_139_200,
        layout=layout,
        numbering=numbering,
        notes_at=notes_at,
        print_map=numbering == "continuous",
        terms=(Term("place", {"en": "Port Essin", "ja": "エッシン港"}, {"ja": "えっしんこう"}),),
        errata=(Erratum(42, "en", "some thirty fishing boats", "some forty fishing boats"),),
    )


def compile_many(orders: Sequence[Order], tell: Tell) -> list[Compiled]:
    return [lay(order, Styles(), tell) for order in orders]


def made(bound: Volume, kind: str) -> tuple[Bound, list[Diagnostic]]:
    found: list[Diagnostic] = []
    make = binder.pdf if kind == "pdf" else binder.epub
    product = make(bound, Styles(), found.append, compile_many, proof=True)
    return product, grave(found)


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "numbering", "notes_at", "languages"), COMBINATIONS)
def test_a_volume_is_proven_valid_and_silent(
    layout: Layout, numbering: Numbering, notes_at: NotesAt, languages: int
) -> None:
    bound = volume(layout, numbering, notes_at, languages)
    pdf, found = made(bound, "pdf")
    assert found == []
    assert_pdf(pdf.data)
    assert pdf.pages == len(pdfium.read(pdf.data).pages)
    later(pdf.data, "ua1")
    epub, found = made(bound, "epub")
    assert found == []
    assert_epubs({"volume": epub.data})


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["paired", "facing"])
def test_a_volume_for_the_press_is_proven_and_not_sent_back(layout: Layout) -> None:
    with faults.planted("a made-up profile"):
        press = Press(marks="double", paper="Lantern Book")
        whole = volume(layout, "continuous", "volume", 2)
        pdf, found = made(replace(whole, profile="press", press=press), "pdf")
    assert found == []
    assert_press(pdf.data, Ordered("press.pdf", 148, 210, 3))
    read = pdfium.read(pdf.data)
    assert pdf.pages == len(read.pages) and pdf.pages % 2 == 0
    assert not any(page.links for page in read.pages)
    said = json.loads(pdf.papers["ticket.json"])
    assert said["pages"] == pdf.pages
    assert said["spine"] == pytest.approx(pdf.pages / 2 * 0.1 + 0.5)
    screen, _ = made(whole, "pdf")
    alone = screen.pages - binder.COVERED
    assert pdf.pages == alone + alone % 2, "pages break as on the screen"


def test_a_cover_for_the_press_has_the_spine_of_the_ticket() -> None:
    whole = volume("paired", "restart", "report", 2)
    press = Press(bleed=5, board=0.4, marks="double")
    bound = replace(whole, entries=whole.entries[1:2], leaf=0.3, profile="press", press=press)
    found: list[Diagnostic] = []
    with faults.planted("a made-up profile"):
        book, _ = made(bound, "pdf")
        sheet = cover(bound, Styles(), found.append, compile_many, proof=True)
    assert found == []
    spine = json.loads(book.papers["ticket.json"])["spine"]
    assert spine == pytest.approx(book.pages / 2 * 0.3 + 2 * 0.4)
    assert_press(sheet.data, Ordered("cover.pdf", 2 * 148 + spine, 210, 5, coloured=True))
    (page,) = anatomy.read(sheet.data).sheets
    assert {paint.space for paint in page.paints} == {"DeviceCMYK", "Separation All"}


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["paired", "facing"])
def test_a_volume_for_an_archive_is_valid_and_encloses_its_reports(layout: Layout) -> None:
    bound = replace(volume(layout, "restart", "report", 2), profile="archive")
    pdf, found = made(bound, "pdf")
    assert found == []
    assert_archive(pdf.data)
    names = {
        f"{entry.number:03d}.{tree.language(report)}.xml"
        for entry in bound.entries
        for report in entry.reports
    }
    assert set(anatomy.read(pdf.data).enclosed) == names


@pytest.mark.slow
def test_the_same_volume_is_the_same_bytes() -> None:
    whole = volume("paired", "restart", "report", 2)
    bound = replace(whole, entries=whole.entries[1:2])
    assert made(bound, "pdf")[0].data == made(bound, "pdf")[0].data
    assert made(bound, "epub")[0].data == made(bound, "epub")[0].data


def test_kept_pages_without_an_engine_give_a_book_without_a_page_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reports may come from the cache where the engine has gone; the other parts cannot."""
    from watchpress.backends.pdf import engine

    whole = volume("paired", "restart", "report", 1)
    bound = replace(whole, entries=whole.entries[1:2], terms=())
    kept: dict[str, list[Compiled]] = {}

    def cached(orders: Sequence[Order], tell: Tell) -> list[Compiled]:
        if orders[0].kind == "part":
            return compile_many(orders, tell)
        if "reports" not in kept:
            kept["reports"] = compile_many(orders, tell)
        return kept["reports"]

    binder.pdf(bound, Styles(), lambda _: None, cached, proof=False)
    gone = engine.EngineMissing("Pango has gone")
    monkeypatch.setattr(engine, "load", lambda: (_ for _ in ()).throw(gone))
    found: list[Diagnostic] = []
    binder.epub(bound, Styles(), found.append, cached, proof=True)
    assert [finding.code for finding in found] == ["E102"]
    with pytest.raises(Fatal) as caught:
        binder.pdf(bound, Styles(), found.append, cached, proof=False)
    assert caught.value.status == 4


@pytest.mark.slow
def test_shares_of_a_proof_find_what_the_whole_finds() -> None:
    """Two reports that say other words than their pages: the same findings, in the same order."""
    whole = volume("sequential", "restart", "report", 1)
    entries = tuple(Entry(n, {"en": report(n, "en")}) for n in range(39, 45))
    making = binder.Making(replace(whole, entries=entries, errata=()), Styles(), lambda _: None)
    making.compile(compile_many)
    making.furnish()
    placed = making.placed()
    data = bind([making.piece(one) for one in placed], making.binding(), lambda _: None)
    read = [
        replace(one, reports=tuple(deepcopy(each) for each in one.reports))
        for one in leaves(placed, making.compiled)
    ]
    for one in (read[1], read[5]):
        paragraph = next(one.reports[0].iterfind("body//p"))
        paragraph.text = f"Planted: {paragraph.text}"
    subject = replace(
        making.subject(data, "pdf"),
        reports=tuple(each for one in read for each in one.reports),
        order=tuple(page for one in read for page in one.pages),
        scope=frozenset(range(making.pages)),
    )
    found: dict[str, list[Diagnostic]] = {"whole": [], "shared": []}
    with pytest.raises(Fatal) as first:
        prove(subject, found["whole"].append)
    with pytest.raises(Fatal) as second, Pool(2) as pool:
        prove_shared(subject, read, pool, found["shared"].append)
    assert found["whole"] == found["shared"]
    assert first.value.diagnostic == second.value.diagnostic
    assert [finding.code for finding in found["whole"]] == ["L101"]
    assert first.value.diagnostic.place.file.endswith("044.txt")
