"""The galley of a product: its pages are those of its PDF, and know what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

import faults
from pdf_reports import EPOCH
from test_sight import assert_read, plain, report
from watchpress.backends.pdf.facts import Compiled
from watchpress.build import report as single
from watchpress.build import volume as binder
from watchpress.build.binder import Bound
from watchpress.build.compile import Order, lay
from watchpress.build.offprint import offprints
from watchpress.build.verdict import Finished
from watchpress.catalog import Book, Entry, Layout, NotesAt, Press, Profile, Volume, trim
from watchpress.diagnostic import Diagnostic, Tell
from watchpress.files import Styles
from watchpress.galley import Galley
from watchpress.model import tree
from watchpress.tools import pdfium

KEPT: dict[str, Compiled] = {}


def compile_many(orders: Sequence[Order], tell: Tell) -> list[Compiled]:
    """Lay out what has not been laid out in this process."""
    for order in orders:
        if _key(order) not in KEPT:
            KEPT[_key(order)] = lay(order, Styles(), tell)
    return [KEPT[_key(order)] for order in orders]


def _key(order: Order) -> str:
    texts = [tree.serialize(report) for report in order.work.reports]
    return repr((replace(order, work=replace(order.work, reports=())), texts))


def volume(layout: Layout = "facing", notes_at: NotesAt = "volume") -> Volume:
    editions = {tag: report(f"{tag}/041") for tag in ("en", "ja")}
    titles = {"en": "The Strait in 2025", "ja": "海峡の2025年"}
    return Volume(
        Book("2025", titles, publisher={"en": "Strait Watch Society"}),
        ("en", "ja"),
        (Entry(41, editions),),
        EPOCH,
        layout=layout,
        notes_at=notes_at,
    )


@cache
def bound() -> Bound:
    return binder.pdf(volume(), Styles(), lambda _: None, compile_many, proof=False)


@cache
def finished(profile: Profile) -> Finished:
    work = single.work(
        [report("en/041"), report("ja/041")], trim=trim("A5"), profile=profile, press=Press()
    )
    with faults.planted("a made-up profile"):
        return single.finished("pdf", work, Styles(), lambda _: None, "reports.pdf")


def test_a_volume_has_the_pages_of_its_pdf() -> None:
    assert_read(bound().galley, bound().data)


def test_the_pages_of_a_volume_know_part_and_label() -> None:
    galley, labels = bound().galley, [page.label for page in pdfium.read(bound().data).pages]
    for page, label in zip(galley.pages, labels, strict=True):
        assert page.planned or page.label == label
        assert page.planned == (not page.lines)
    kinds = list(dict.fromkeys(page.part for page in galley.pages))
    assert kinds[0] == "cover" and {"contents", "facing", "notes"} < set(kinds)
    assert [page.part for page in galley.pages if page.first].count("facing") == 1


def test_the_folios_of_a_volume_are_those_of_its_pages() -> None:
    galley = bound().galley
    said = {
        page: line.text
        for page, line in galley.lines()
        if galley.blocks[line.block].role == "folio"
    }
    assert said and said == {page: galley.pages[page - 1].label for page in said}


def test_notes_at_the_end_of_a_volume_are_of_the_copy() -> None:
    galley = bound().galley
    files = {
        galley.blocks[line.block].file
        for page, line in galley.lines()
        if galley.pages[page - 1].part == "notes" and galley.blocks[line.block].role == "note"
    }
    assert files == {tree.place(report(name)).file for name in ("en/041", "ja/041")}


def test_lines_of_contents_lead_somewhere() -> None:
    galley = bound().galley
    targets = {
        line.target for page, line in galley.lines() if galley.pages[page - 1].part == "contents"
    }
    assert targets - {""} and targets - {""} <= set(galley.ids)


def test_facing_pages_are_read_left_before_right() -> None:
    galley = bound().galley
    tongues = [
        {galley.blocks[line.block].language for line in page.lines} & {"en", "ja"}
        for page in galley.pages
        if page.part == "facing" and not page.planned
    ]
    assert len(tongues) > 2 and len(tongues) % 2 == 0
    assert all("en" in one for one in tongues[::2]) and all("ja" in one for one in tongues[1::2])


@pytest.mark.parametrize("profile", ["press", "archive"])
def test_finished_reports_have_the_pages_of_their_pdf(profile: Profile) -> None:
    made = finished(profile)
    assert len(made.galley.pages) == made.pages
    assert_read(made.galley, made.data)


def test_pages_of_a_press_file_are_moved_out_of_the_fold() -> None:
    galley, moved = finished("archive").galley, finished("press").galley
    away = Press().binding / 2 * 72 / 25.4
    for number in (0, 1):
        one, two = galley.pages[number], moved.pages[number]
        by = away if number == 0 else -away
        assert two.area.left == pytest.approx(one.area.left + by, abs=0.02)
        assert two.lines[0].box.left == pytest.approx(one.lines[0].box.left + by, abs=0.02)


def test_ink_is_where_the_lines_are() -> None:
    """The runs of letters that PDFium sees begin within the boxes of lines, page by page."""
    made = finished("press")
    edge = (Press().bleed + 0) * 72 / 25.4
    for page, seen in zip(made.galley.pages, pdfium.read(made.data).pages, strict=True):
        across, down = (seen.width - page.width) / 2, (seen.height - page.height) / 2
        assert across >= edge - 0.1
        for run in seen.runs:
            if plain(run.text):
                x, y = run.center[0] - across, seen.height - run.center[1] - down
                assert any(
                    line.box.left - 0.5 <= x <= line.box.right + 0.5
                    and line.box.top - 2 <= y <= line.box.bottom + 2
                    for line in page.lines
                ), (run.text, x, y)


def test_an_offprint_has_its_pages_and_the_line_over_them() -> None:
    told: list[Diagnostic] = []
    cut = offprints(volume(), Styles(), told.append, compile_many)
    made = cut([(41, "en"), (41, "ja")], told.append, proof=False)
    assert len(made.galley.pages) == made.pages
    assert_read(made.galley, made.data)
    assert made.galley.blocks[made.galley.pages[0].lines[0].block].role == "made"
    assert "TOBISAWA" in made.galley.pages[0].lines[0].text


def test_kept_galleys_come_back_whole() -> None:
    galley = bound().galley
    assert Galley.from_json(galley.to_json()) == galley
