"""Imposition: which pages stand beside each other, where, and that nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf_reports import TEXT, texts
from press_files import binding, laid, piece
from products import assert_pdf, grave
from watchpress.backends.pdf.bind import bind, impose
from watchpress.backends.pdf.bind.booklet import sides
from watchpress.backends.pdf.sheet import MM
from watchpress.build import report as build
from watchpress.catalog import Booklet, Source, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.tools import anatomy, pdfium

SAMPLES = Path(__file__).parent.parent / "reports"
HALF = 148 * MM


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        (4, [(3, 0, 0), (1, 2, 0)]),
        (8, [(7, 0, 0), (1, 6, 0), (5, 2, 1), (3, 4, 1)]),
        (5, [(7, 0, 0), (1, 6, 0), (5, 2, 1), (3, 4, 1)]),
        (1, [(3, 0, 0), (1, 2, 0)]),
    ],
)
def test_the_sides_of_the_sheets(pages: int, wanted: list[tuple[int, int, int]]) -> None:
    assert list(sides(pages)) == wanted


@pytest.mark.parametrize("pages", range(1, 40))
def test_folded_the_pages_follow_each_other(pages: int) -> None:
    """Sheets laid into each other: the fronts' right pages and the backs' left ones count up."""
    faces = list(sides(pages))
    sheets = list(zip(faces[::2], faces[1::2], strict=True))
    up = [page for front, back in sheets for page in (front[1], back[0])]
    down = [page for front, back in sheets for page in (front[0], back[1])]
    assert up + down[::-1] == list(range(-(-pages // 4) * 4))


def imposed(booklet: Booklet, length: int = 60) -> tuple[bytes, bytes]:
    """Return pages, and what they are imposed to."""
    given = binding()
    plain = bind([piece(laid(f"<p>{TEXT * length}</p>"))], given, lambda _: None)
    return plain, impose(plain, booklet, given)


def half(page: pdfium.Page, side: int, edge: float = 0.0) -> list[pdfium.Run]:
    middle = edge + HALF
    return [run for run in page.runs if (run.center[0] > middle) == bool(side)]


def test_each_page_stands_where_it_belongs_and_is_whole() -> None:
    plain, data = imposed(Booklet())
    before, after = pdfium.read(plain).pages, pdfium.read(data).pages
    assert len(before) > 4
    for sheet, (left, right, _) in zip(after, sides(len(before)), strict=True):
        assert (sheet.width, sheet.height) == pytest.approx((2 * HALF, 210 * MM), abs=0.1)
        for side, number in enumerate((left, right)):
            wanted = before[number].runs if number < len(before) else ()
            found = half(sheet, side)
            assert [run.text for run in found] == [run.text for run in wanted]


def test_inner_pages_stand_nearer_to_the_fold() -> None:
    plain, data = imposed(Booklet(creep=0.5))
    before, after = pdfium.read(plain).pages, pdfium.read(data).pages
    for sheet, (left, right, inner) in zip(after, sides(len(before)), strict=True):
        for side, number, way in ((0, left, 1), (1, right, -1)):
            if number < len(before) and before[number].runs:
                moved = half(sheet, side)[0].box.left - before[number].runs[0].box.left
                assert moved == pytest.approx(side * HALF + way * inner * 0.5 * MM, abs=0.05)


def test_marks_are_an_option_and_stand_outside() -> None:
    _, data = imposed(Booklet(marks="crop"))
    (left, bottom, right, top) = anatomy.read(data).sheets[0].boxes["TrimBox"]
    assert left == bottom == pytest.approx(10 * MM, abs=0.01)
    assert (right - left, top - bottom) == pytest.approx((2 * HALF, 210 * MM), abs=0.02)
    assert any(paint.kind == "stroke" for paint in anatomy.read(data).sheets[-1].paints)


def test_the_same_pages_give_the_same_bytes() -> None:
    assert imposed(Booklet())[1] == imposed(Booklet())[1]


def test_a_report_becomes_a_booklet_without_signs_of_links() -> None:
    found: list[Diagnostic] = []
    reports = [build.report(Source(SAMPLES / "ja/042.txt"), lambda _: None).report]
    work = build.work(reports, trim=trim("A5"), booklet=Booklet())
    made = build.product("pdf", work, Styles(), found.append)
    assert grave(found) == []
    assert_pdf(made.data, tagged=False)
    assert len(texts(made.data)) == -(-made.pages // 4) * 2
    assert "↑" not in "".join(texts(made.data))
    assert not any(page.links for page in pdfium.read(made.data).pages)
