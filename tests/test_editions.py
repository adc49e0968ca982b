"""What is made of a volume beside the book: its cover, and offprints of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from math import ceil
from pathlib import Path

import click.testing
import pikepdf
import pytest

from bound import assert_ua, needs_fonts
from products import assert_pdf, grave, tag_tree
from series_homes import BOOK, COVER, OFFPRINTS, TOML, VOLUME, english, home, japanese
from test_volume_build import COMBINATIONS, volume
from watchpress.backends.pdf.facts import Compiled
from watchpress.backends.pdf.sheet import MM
from watchpress.build import volume as books
from watchpress.build.binder import Bound
from watchpress.build.compile import Order, lay
from watchpress.build.cover import cover
from watchpress.build.offprint import offprints
from watchpress.catalog import Layout, NotesAt, Numbering, Press, Volume
from watchpress.cli import series as commands
from watchpress.diagnostic import Diagnostic, Tell
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.tools import pdfium

pytestmark = needs_fonts


class Kept:
    """Lays out each report once, as the cache of a build does; `asked`: how often it was not."""

    def __init__(self) -> None:
        self.made: dict[object, Compiled] = {}
        self.laid = 0

    def __call__(self, orders: Sequence[Order], tell: Tell) -> list[Compiled]:
        return [self.one(order, tell) for order in orders]

    def one(self, order: Order, tell: Tell) -> Compiled:
        bare = replace(order, work=replace(order.work, reports=()))
        key = (repr(bare), *map(tree.canonical, order.work.reports))
        if key not in self.made:
            self.laid += bool(order.work.reports)
            self.made[key] = lay(order, Styles(), tell)
        return self.made[key]


def quiet(finding: Diagnostic) -> None:
    if grave([finding]):
        raise AssertionError(finding.say())


def book(made: Volume, kept: Kept) -> Bound:
    return books.pdf(made, Styles(), quiet, kept, proof=True)


def box(data: bytes, name: str) -> list[float]:
    with pikepdf.open(BytesIO(data)) as pdf:
        (sheet,) = pdf.pages
        return [float(side) / MM for side in sheet.obj[name]]


def said(data: bytes, left: float, right: float) -> str:
    """Return the letters of a sheet between two distances (mm) from its left edge."""
    (page,) = pdfium.read(data).pages
    runs = [run for run in page.runs if left * MM <= run.center[0] <= right * MM]
    return "".join("".join(run.text for run in runs).split())


# -- the cover ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "numbering", "notes_at", "languages"), COMBINATIONS[:3])
def test_the_spine_is_as_thick_as_the_book(
    layout: Layout, numbering: Numbering, notes_at: NotesAt, languages: int
) -> None:
    kept = Kept()
    press = Press(bleed=4, board=0.3)
    made = replace(volume(layout, numbering, notes_at, languages), leaf=0.4, press=press)
    whole = book(made, kept)
    pages = whole.pages - books.COVERED
    data = cover(made, Styles(), quiet, kept, proof=True).data
    assert_pdf(data)
    thick = ceil(pages / 2) * 0.4 + 2 * 0.3
    left, low, right, high = box(data, "/TrimBox")
    assert right - left - 2 * made.trim.width == pytest.approx(thick, abs=0.05)
    assert high - low == pytest.approx(made.trim.height, abs=0.05)
    wanted = (left - 4, low - 4, right + 4, high + 4)
    assert box(data, "/BleedBox") == pytest.approx(wanted, abs=0.05)
    spine = left + made.trim.width
    front = spine + thick
    title = "".join(made.title.split())
    assert title in said(data, spine, front)
    assert title in said(data, front, right)
    assert title not in said(data, left, spine)


def test_a_leaf_of_one_page_is_as_thick_as_one_of_two() -> None:
    whole = volume("paired", "restart", "report", 1)
    made = replace(whole, entries=whole.entries[1:2], terms=())
    kept = Kept()
    making = books.Making(made, Styles(), quiet)
    making.compile(kept)
    making.furnish()
    assert making.pages == book(made, kept).pages - books.COVERED
    data = cover(replace(made, press=Press(bleed=0)), Styles(), quiet, kept, proof=True).data
    left, _, right, _ = box(data, "/TrimBox")
    wanted = 2 * 148 + ceil(making.pages / 2) * made.leaf + 0.5
    assert right - left == pytest.approx(wanted, abs=0.05)


# -- the front, bound in --------------------------------------------------------------------------


@pytest.mark.parametrize(("languages", "name"), [(("en", "ja"), "Cover"), (("ja",), "表紙")])
def test_the_front_of_the_cover_is_bound_in_and_moves_no_folio(
    languages: tuple[str, ...], name: str
) -> None:
    whole = volume("facing", "restart", "report", 2)
    made = replace(whole, languages=languages, entries=whole.entries[2:], terms=())
    data = book(made, Kept()).data
    assert_ua(data)
    read = pdfium.read(data)
    front, back, half = read.pages[:3]
    assert [page.label for page in (front, back, half)] == [name, name, "i"]
    assert not back.runs
    letters = "".join("".join(run.text for run in front.runs).split()).replace("\u200b", "")
    assert "".join(made.title.split()) in letters
    assert not any(run.text.strip() == "i" for run in front.runs)
    assert (read.outline[0].title, read.outline[0].spot.page) == (name, 0)  # type: ignore[union-attr]
    assert {page.label for page in read.pages} >= {"1", "2"}
    sizes = {(round(page.width), round(page.height)) for page in read.pages}
    assert len(sizes) == 1
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/StructParents" in pdf.pages[0]
    assert made.title in tag_tree(data).replace("\\u200b", "")


def test_a_draft_has_no_cover() -> None:
    whole = volume("paired", "restart", "report", 1)
    made = replace(whole, entries=whole.entries[1:2], terms=(), profile="draft")
    pages = pdfium.read(book(made, Kept()).data).pages
    assert pages[0].label == "i"


# -- offprints ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("layout", "numbering", "notes_at", "languages"), COMBINATIONS)
def test_an_offprint_has_the_pages_and_numbers_of_the_volume(
    layout: Layout, numbering: Numbering, notes_at: NotesAt, languages: int
) -> None:
    made, kept = volume(layout, numbering, notes_at, languages), Kept()
    printed = pdfium.read(book(made, kept).data).pages
    laid = kept.laid
    cut = offprints(made, Styles(), quiet, kept)
    pair = layout == "facing"
    for keys in [[(42, "en"), (42, "ja")]] if pair else [[(42, tag)] for tag in made.languages[:2]]:
        bound = cut(keys, quiet, proof=True)
        assert_ua(bound.data)
        pages = pdfium.read(bound.data).pages
        assert len(pages) == bound.pages
        own = [page for page in pages if page.label]
        start = next(n for n, page in enumerate(printed) if page.label == own[0].label)
        theirs = printed[start : start + len(own)]
        assert [page.label for page in own] == [page.label for page in theirs]
        # Links to other pieces are gone; what is printed is the same.
        rest = slice(len(keys), None)
        assert [page.runs for page in own[rest]] == [page.runs for page in theirs[rest]]
        span = f"{own[0].label}–{own[-1].label}"
        for page, there in zip(own[: len(keys)], theirs, strict=False):
            line = "".join(run.text for run in page.runs[len(there.runs) :])
            assert line.count(span) == 1
        assert (len(pages) > len(own)) == (notes_at == "volume")
        with pikepdf.open(BytesIO(bound.data)) as pdf:
            assert ("/PageLayout" in pdf.Root) == pair
            assert not pair or pdf.Root.PageLayout == "/TwoPageLeft"
    assert kept.laid == laid, "no report is laid out again"


# -- in a series ----------------------------------------------------------------------------------


def command(folder: Path, *arguments: str) -> click.testing.Result:
    runner = click.testing.CliRunner()
    return runner.invoke(commands.offprint, [*arguments, "-C", str(folder)], standalone_mode=False)


def test_a_series_has_covers_and_offprints(tmp_path: Path) -> None:
    series = home(
        tmp_path,
        TOML + VOLUME + BOOK + COVER + OFFPRINTS,
        en_031=english(31), ja_031=japanese(31), en_032=english(32, "July 1, 2021"),
    )  # fmt: skip
    runner = click.testing.CliRunner()
    done = runner.invoke(
        commands.build, ["-C", str(tmp_path), "--jobs", "1"], standalone_mode=False
    )
    assert (done.return_value, done.stderr) == (0, "")
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [
        ("2021.en-ja.cover.pdf", "built", "1"),
        ("2021.031.en.offprint.pdf", "built", "1"),
        ("2021.031.ja.offprint.pdf", "built", "1"),
        ("2021.032.en.offprint.pdf", "built", "1"),
    ]
    assert [row[6] for row in rows] == ["0/3", "3/3", "3/3", "1/1", "1/1"]
    for row in rows:
        assert_pdf((series.dist / row[0]).read_bytes())
    out = tmp_path / "one.pdf"
    done = command(tmp_path, "32", "--of", "2021", "-o", str(out))
    assert (done.return_value, done.output) == (0, "")
    assert out.read_bytes() == (series.dist / "2021.032.en.offprint.pdf").read_bytes()
    (page,) = pdfium.read(out.read_bytes()).pages
    assert page.label == "3"
    line = "".join(run.text for run in page.runs).replace("\u00a0", " ")
    assert (
        "“The Quay,” Watch Report No. 32, in Watch Report 2021 (Strait Watch, 2021), p. 3." in line
    )


def test_an_offprint_is_named_after_its_volume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home(tmp_path, TOML + VOLUME, ja_031=japanese(31, words="船は待つ［1］、待つ［2］。"))
    monkeypatch.chdir(tmp_path)
    done = command(tmp_path, "31", "--of", "2021", "--lang", "ja", "--strict")
    assert (done.return_value, list(tmp_path.glob("*.pdf"))) == (1, [])
    done = command(tmp_path, "31", "--of", "2021", "--lang", "ja")
    assert done.return_value == 1
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["2021.031.ja.offprint.pdf"]
    assert done.stderr.count("N101") == 1


def test_a_volume_with_copy_that_is_refused_has_no_pages_to_cut(tmp_path: Path) -> None:
    home(tmp_path, TOML + VOLUME, en_031=english(31), en_032="Watch Report No.32\nNo date.\n")
    done = command(tmp_path, "31", "--of", "2021")
    assert done.return_value == 3
    assert "R102" in done.stderr
