"""Layouts that were accepted: their text, and what is told of pages that differ from it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from literate import run as watchpress
from series_homes import PDFS, TOML, english, home, put
from series_homes import again as again_home
from watchpress import files
from watchpress.build import products
from watchpress.build.accept import Taken, accept
from watchpress.build.accepted import Accepted
from watchpress.build.bindery import Tools
from watchpress.build.check import check
from watchpress.build.makers import Makers
from watchpress.build.manifest import Manifest
from watchpress.build.pool import Pool
from watchpress.build.rows import Silent
from watchpress.build.run import Run
from watchpress.build.series import Options, memory
from watchpress.build.shelf import read as shelve
from watchpress.checks import accepted
from watchpress.checks.accepted import Difference, Layout, Subject, differences
from watchpress.checks.accepted.rows import shortened
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.galley import Block, Galley, Line, Page, Role, Spot
from watchpress.series import reading
from watchpress.series.load import Series
from watchpress.tools import pdfium

FILE = "reports/layout/001.en.pdf.txt"
AREA = Spot(40, 40, 380, 540)
BOX = Spot(40.0, 50.0, 300.5, 62.0)


@dataclass(frozen=True)
class Text:
    """A block to be set: where it stands in the copy, and its lines."""

    line: int
    lines: tuple[str, ...]
    file: str = "reports/en/001.txt"
    role: Role = "text"


def galley(texts: Sequence[Text], most: int = 5) -> Galley:
    """Set texts on pages of so many lines, each page with a folio."""
    blocks = [Block(f"p{n}", t.role, "en", t.file, t.line, 1) for n, t in enumerate(texts)]
    rows = [
        Line(block, number, words, BOX, (40.0, 340.0), 9.5)
        for block, text in enumerate(texts)
        for number, words in enumerate(text.lines)
    ]
    pages = []
    for number, start in enumerate(range(0, len(rows), most), 1):
        folio = Line(len(blocks), 0, str(number), BOX, (40.0, 340.0), 9.5)
        pages.append(Page(420.0, 595.0, AREA, (*rows[start : start + most], folio)))
    return Galley(tuple(pages), (*blocks, Block("", "folio", "en")))


def layout(texts: Sequence[Text], looks: Sequence[str] = (), most: int = 5) -> Layout:
    made = galley(texts, most)
    looks = looks or ["00000000"] * len(made.pages)
    return accepted.layout(
        "001.en.pdf", made, looks, "PDFium 1, 50 dpi", lambda file: file.removeprefix("reports/")
    )


def again(made: Layout) -> Layout:
    """Return a layout as it comes back from its file."""
    return accepted.read(accepted.write(made).encode(), FILE)


def told(old: Layout, new: Layout) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    accepted.check(Subject(again(old), new, FILE, {"en/001.txt": "x/en/001.txt"}), found.append)
    return found


def fact(finding: Diagnostic, name: str) -> str:
    return dict(finding.facts)[name]


SHORT = tuple(Text(10 * n, (f"{n} begins", f"{n} goes on", f"{n} ends")) for n in range(1, 8))


# -- the text -------------------------------------------------------------------------------------


def test_a_layout_reads_like_a_list_of_its_lines() -> None:
    made = Text(0, ("Notes",), file="", role="made")
    mixed = [SHORT[0], made, replace(SHORT[1], lines=("a  b", "c" * 50))]
    assert (
        accepted.write(layout(mixed, ["3f9a2c41", "0badcafe"], most=4))
        == """\
watchpress layout 1
product 001.en.pdf
pages 2
looks PDFium 1, 50 dpi

== page 1 == 3f9a2c41
en/001.txt:10         1 begins
                      1 goes on
                      1 ends
-                     Notes

== page 2 == 0badcafe
en/001.txt:20         a b
                      cccccccccccccccc … cccccccccccccccc
"""
    )


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("Twenty-two have left the headlands", "Twenty-two have left the headlands"),
        (
            "The withdrawal of the launchers, the first of which began",
            "The withdrawal … of which began",
        ),
        (
            "この55日間、カロー島から合同観測日誌は1日分も発行されていない。",
            "この55日間、カロ … 行されていない。",
        ),
        ("http://example.org/a/very/long/address/of/a/page", "http://example.o … ddress/of/a/page"),
        ("  ", ""),
    ],
)
def test_long_lines_are_shown_by_their_first_and_last_words(line: str, short: str) -> None:
    assert shortened(line) == short


def test_blocks_that_run_beside_each_other_are_told_apart() -> None:
    """As on facing pages: each goes on overleaf, behind the beginning of the other."""
    left, right = Text(3, ("left 1", "left 2")), Text(4, ("right 1", "right 2"), "reports/ja/1.txt")
    made = galley([left, right], 1)
    pages = made.pages
    woven = replace(made, pages=(pages[0], pages[2], pages[1], pages[3]))
    text = accepted.write(accepted.layout("1.pdf", woven, (), "x", lambda file: file[8:]))
    assert "en/001.txt:3+         left 2" in text
    both = [accepted.read(text.encode(), FILE)] * 2
    assert told(both[0], both[1]) == []
    assert accepted.write(both[0]) == text


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
TEXTS = st.lists(
    st.builds(
        Text,
        st.integers(0, 999),
        st.lists(WORDS, min_size=1, max_size=5).map(tuple),
        st.sampled_from(["reports/en/001.txt", "reports/ja/a b: 7.txt", ""]),
    ),
    max_size=8,
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_what_is_written_comes_back(texts: list[Text]) -> None:
    made = layout(texts)
    text = accepted.write(made)
    assert accepted.write(again(made)) == text
    assert "\r" not in text and text.endswith("\n")
    assert accepted.read(text.replace("\n", "\r\n").encode(), FILE) == again(made)
    assert told(made, made) == []


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.randoms(use_true_random=False))
def test_a_damaged_file_is_a_finding_with_its_line_or_another_layout(
    texts: list[Text], chance: random.Random
) -> None:
    data = bytearray(accepted.write(layout(texts)).encode())
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 9)] = chance.choice(
            [b"", b"\n", b"<<<<<<<", b"\xff", b" "]
        )
    try:
        accepted.read(bytes(data), FILE)
    except Fatal as fatal:
        assert fatal.diagnostic.code == "P209"
        assert 1 <= fatal.diagnostic.place.line <= data.count(b"\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("layout 1", "layout 2", 1),
        ("pages 5", "pages 4", 34),
        ("pages 5", "pages 6", 36),
        ("== page 2", "== page 3", 13),
        ("en/001.txt:20 ", "<<<<<<< HEAD\nen/001.txt:20 ", 10),
        ("\n\n== page 3", "\n== page 3", 19),
        ("looks", "look", 4),
    ],
)
def test_damage_is_told_at_its_line(old: str, new: str, line: int) -> None:
    text = accepted.write(layout(SHORT))
    assert old in text
    with pytest.raises(Fatal) as fatal:
        accepted.read(text.replace(old, new, 1).encode(), FILE)
    assert (fatal.value.diagnostic.code, fatal.value.diagnostic.place.line) == ("P209", line)


# -- what is told ---------------------------------------------------------------------------------


def test_what_has_not_changed_is_silent_wherever_it_stands_in_the_copy() -> None:
    moved = [replace(text, line=text.line + 7) for text in SHORT]
    old, new = layout(SHORT), layout(moved)
    assert told(old, new) == []
    assert accepted.write(accepted.renumbered(again(old), new)) == accepted.write(new)


def test_a_paragraph_more_moves_what_is_behind_it() -> None:
    new = [*SHORT[:1], Text(15, ("new",) * 5), *SHORT[1:]]
    found = told(layout(SHORT), layout(new))
    assert {one.product for one in found} == {"001.en.pdf"}
    pages, moved, fresh = sorted(found, key=lambda one: one.code)
    assert (pages.code, fact(pages, "was"), fact(pages, "pages")) == ("P201", "5", "6")
    assert (moved.code, moved.place.file, moved.place.line) == ("P202", "x/en/001.txt", 20)
    assert (moved.page, fact(moved, "was"), fact(moved, "more")) == (2, "1", "5")
    assert (fresh.code, fresh.place.line, fresh.page, fact(fresh, "more")) == ("P207", 15, 1, "0")
    assert moved.box == tuple(BOX)
    said = "“2 begins” starts here now, was accepted on page 1; moved behind it: 5"
    assert moved.say() == said


def test_a_paragraph_less_is_told_at_the_line_of_the_file() -> None:
    gone = [one for one in told(layout(SHORT), layout(SHORT[:2])) if one.code == "P208"]
    text = accepted.write(layout(SHORT)).split("\n")
    assert [text[one.place.line - 1][22:] for one in gone] == ["3 begins", "4 begins", "5 begins"]
    assert [fact(one, "more") for one in gone] == ["0", "0", "2"]


def test_lines_broken_otherwise_in_place_are_one_finding() -> None:
    new = [replace(SHORT[0], lines=("1 begins", "1 is other", "1 ends")), *SHORT[1:]]
    (one,) = told(layout(SHORT), layout(new))
    assert (one.code, one.place.line, one.page, fact(one, "words")) == ("P203", 10, 1, "1 is other")


def test_changes_with_an_untouched_page_between_them_are_told_apart() -> None:
    texts = [Text(10 * n, tuple(f"{n}.{k}" for k in range(5))) for n in range(1, 7)]
    lines = (("1.0", "1.1", "1.2", "1.3"), ("1.4", "2.0", "2.1", "2.2", "2.3", "2.4"))
    new = [replace(texts[0], lines=lines[0]), *texts[1:]]
    new[1] = replace(texts[1], lines=(*texts[1].lines, "2.5"))
    new[4], new[5] = replace(texts[4], lines=("5.0",)), texts[5]
    moved = [one for one in told(layout(texts), layout(new)) if one.code == "P202"]
    assert [(one.place.line, fact(one, "more")) for one in moved] == [(20, "0"), (60, "0")]


def test_a_look_is_told_where_the_text_is_the_same() -> None:
    old, new = layout(SHORT), layout(SHORT, ["00000000", "1" * 8, "00000000", "2" * 8, "3" * 8])
    found = told(old, new)
    assert [(one.code, one.page, fact(one, "share")) for one in found] == [
        ("P204", 2, "-"), ("P204", 4, "-"), ("P204", 5, "-"),
    ]  # fmt: skip
    assert told(old, replace(new, looks="PDFium 2, 50 dpi")) == [], "not seen with the same eyes"


LINE = st.sampled_from(["alpha beta", "gamma", "delta epsilon zeta", "–", "the boats", "a", "b c"])
LINES = st.lists(LINE, min_size=1, max_size=7).map(tuple)
SETTING = st.lists(LINES, min_size=1, max_size=14)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(SETTING, LINES, st.integers(2, 8), st.data())
def test_one_edit_is_told_of_what_has_moved_and_of_nothing_else(
    lines: list[tuple[str, ...]], edit: tuple[str, ...], most: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    # Each block has words of its own, but for the cells of tables, which are alike.
    own = [
        one if len(one) == 1 else tuple(f"{words} {n}" for words in one)
        for n, one in enumerate(lines)
    ]
    edited = tuple(f"{words} edited" for words in edit)
    before = [Text(n + 1, one) for n, one in enumerate(own)]
    after = [replace(one, lines=edited) if n == at else one for n, one in enumerate(before)]
    was, now = (_pages(galley(texts, most), len(before)) for texts in (before, after))
    moved = {n + 1 for n in range(len(before)) if was[n][0] != now[n][0]}
    reset = {n + 1 for n in range(len(before)) if was[n] != now[n]} | {at + 1}
    found = told(layout(before, most=most), layout(after, most=most))
    by_code = {code: [o for o in found if o.code == code] for code in ("P202", "P203")}
    assert {one.place.line for one in by_code["P202"]} <= moved
    assert {one.place.line for one in by_code["P203"]} <= reset - moved
    counts = {code: sum(1 + int(fact(o, "more")) for o in by_code[code]) for code in by_code}
    assert counts == {"P202": len(moved), "P203": len(reset - moved)}
    assert {one.code for one in found} <= {"P201", "P202", "P203"}


def _pages(made: Galley, count: int) -> list[list[int]]:
    """Return for each block the pages of its lines."""
    found: list[list[int]] = [[] for _ in range(count + 1)]
    for page, line in made.lines():
        found[line.block].append(page)
    return found


# -- real pages -----------------------------------------------------------------------------------

TRIM = PDFS + 'trim = "100x140"\n'
PARAGRAPHS = [
    f"In the {name} week the boats of the quay waited for the tide and the mayor of Carrow wrote "
    "down which of them had left the harbour, who was on board, and what the wind did meanwhile."
    for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
]

MORE = (
    "Nobody in Carrow asked for the winter to end, and nobody was told when it would; the ferry "
    "went out on Mondays with what had to go, and came back on Tuesdays with what was left of it, "
    "which the mayor had counted, twice, before anyone else was let on to the quay to see it."
)


def copy(paragraphs: Sequence[str]) -> str:
    return english(31, words="\n".join([*paragraphs, "The boats wait [1]."]))


@pytest.fixture(scope="module", name="master")
def _master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a series whose layout was accepted."""
    folder = tmp_path_factory.mktemp("accepted")
    series = home(folder, TOML + TRIM, en_031=copy(PARAGRAPHS))
    assert [(one.product, one.state) for one in take(series)] == [("031.en.pdf", "new")]
    assert not series.dist.exists()
    return folder


@pytest.fixture(name="folder")
def _folder(master: Path, tmp_path: Path) -> Path:
    """Return a copy of that series, to be changed."""
    return shutil.copytree(master, tmp_path / "home")


def take(series: Series, *names: str, look: bool = False) -> list[Taken]:
    found: list[Diagnostic] = []
    taken = accept(series, names, found.append, options=Options(jobs=1), look=look)
    assert found == []
    return taken


def look(folder: Path, *paths: Path) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    check(again_home(folder), paths, found.append, options=Options(jobs=1))
    return [one for one in found if not one.code.startswith("P1")]  # faults of a page by itself


def kept(folder: Path) -> Path:
    return folder / "reports" / "layout" / "031.en.pdf.txt"


def test_nothing_changed_is_silence_and_accepting_again_changes_nothing(folder: Path) -> None:
    before = kept(folder).read_bytes()
    assert look(folder) == []
    put(folder, "en/031.txt", copy(PARAGRAPHS).replace("\n§", "\n\n§"))
    assert look(folder) == [], "one line further down in the copy"
    assert [one.state for one in take(again_home(folder))] == ["unchanged"]
    assert kept(folder).read_bytes() == before


def test_the_same_copy_comes_to_the_same_file_elsewhere(master: Path, tmp_path: Path) -> None:
    series = home(tmp_path / "other", TOML + TRIM, en_031=copy(PARAGRAPHS))
    take(series)
    text = kept(tmp_path / "other").read_text("utf-8")
    assert text == kept(master).read_text("utf-8")
    assert str(master) not in text and "en/031.txt:3" in text


def test_one_word_more_breaks_the_lines_of_its_paragraph(folder: Path) -> None:
    edited = [PARAGRAPHS[0].replace("waited", "and of the harbour waited"), *PARAGRAPHS[1:]]
    put(folder, "en/031.txt", copy(edited))
    told = look(folder)
    first = min(told, key=lambda one: one.place)
    assert (first.code, first.place.line, first.page, first.product) == ("P203", 3, 1, "031.en.pdf")
    assert len(first.box) == 4
    assert "P207" not in {one.code for one in told} and "P208" not in {one.code for one in told}


def test_a_paragraph_more_moves_others_to_the_next_page(folder: Path) -> None:
    put(folder, "en/031.txt", copy([PARAGRAPHS[0], MORE, *PARAGRAPHS[1:]]))
    told = look(folder)
    by_code = {one.code: one for one in told}
    assert {"P202", "P207"} <= {*by_code}
    moved = by_code["P202"]
    assert moved.place.line > 4 and moved.place.file.endswith("reports/en/031.txt")
    assert moved.page == int(fact(moved, "was")) + 1
    (row,) = take(again_home(folder), look=True)
    assert row.state == "changed"
    assert "+en/031.txt:4          Nobody in Carrow … to end, and" in row.diff
    assert "-en/031.txt" not in row.diff, "what only stands on other lines of the copy is not shown"
    take(again_home(folder))
    assert look(folder) == []


def test_a_change_of_colour_is_seen_in_pixels_and_shown_where_it_is(folder: Path) -> None:
    sheet = folder / "styles" / "report.css"
    sheet.parent.mkdir()
    sheet.write_text(files.Styles().text("report.css") + "h1 { color: #888 !important }", "utf-8")
    (one,) = look(folder)
    assert (one.code, one.page, one.place.file) == ("P204", 1, str(kept(folder)))
    left, top, right, bottom = one.box
    assert 0 < left < right < 100 * 72 / 25.4 and 0 < top < bottom < 140 * 72 / 25.4
    assert 0 < float(fact(one, "share").rstrip("%")) < 5
    shutil.rmtree(folder / ".watchpress")
    (one,) = look(folder)
    assert (one.code, fact(one, "share"), one.box) == ("P204", "-", ()), "pages no longer kept"


def test_a_measure_that_is_narrower_is_told_with_a_count(folder: Path) -> None:
    sheet = folder / "styles" / "report.css"
    sheet.parent.mkdir()
    sheet.write_text(files.Styles().text("report.css") + "p { padding-right: 30mm }", "utf-8")
    codes = [one.code for one in look(folder)]
    assert codes.count("P201") == 1 and codes.count("P202") <= 2 and len(codes) < 9


def test_changed_pages_are_had_with_boxes_and_as_they_were(folder: Path) -> None:
    put(folder, "en/031.txt", copy([*PARAGRAPHS[:-1], "The eighth week was short."]))
    changed, before, now = changes(folder)
    assert [*changed] == [2], "the first page is as it was accepted, and not drawn"
    (one,) = changed.values()
    assert before and now and one.boxes and 0 < one.share < 0.5
    old, new = (
        Image.frombytes("RGB", (page.width, page.height), page.pixels)
        for page in (pdfium.render(data, [2], 72)[2] for data in (before, now))
    )
    assert new.size == (283, 397), "100 x 140 mm"
    for left, top, right, bottom in one.boxes:
        box = (left - 1, top - 1, right + 1, bottom + 1)
        assert ImageChops.difference(old, new).crop(box).getbbox(), "something differs in it"
    shutil.rmtree(folder / ".watchpress")
    changed, before, _ = changes(folder)
    assert ({page: one.boxes for page, one in changed.items()}, before) == ({2: ()}, None)


def test_pages_are_held_as_pixels_by_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def render(data: bytes, pages: Iterable[int], dpi: float) -> dict[int, pdfium.Raster]:
        there = {page: pdfium.Raster(2, 1, data) for page in pages if page <= 40}
        asked.append(len(there))
        return there

    monkeypatch.setattr(pdfium, "render", render)
    found = differences(b"\0" * 6, b"\0" * 3 + b"\xff" * 3, range(1, 51))
    assert (list(found), {one.share for one in found.values()}) == ([*range(1, 41)], {0.5})
    assert max(asked) == 16


def changes(folder: Path) -> tuple[Mapping[int, Difference], bytes | None, bytes | None]:
    """Return what a page for editors shows: changed pages, and the product before and now."""
    series = again_home(folder)
    found: list[Diagnostic] = []
    with Pool(1) as pool:
        cache = memory(series)
        shelf = shelve(reading.copies(series, found.append), cache, pool, lambda _: None)
        tools = Tools(cache, pool, Makers(files.Styles(series.styles)), Silent(), None)
        run = Run(series, shelf, tools, Manifest(series.dist), False, True, put=False)
        (plan,) = products.plans(series, products.editions(series, ()), shelf)
        run.make([plan])
        accepted_ = Accepted(run)
        return accepted_.changes(plan), accepted_.before(plan), run.pdf(plan)


def test_a_product_that_cannot_be_made_keeps_its_accepted_layout(folder: Path) -> None:
    before = kept(folder).read_bytes()
    put(folder, "en/031.txt", "Watch Report No.31\n")
    found: list[Diagnostic] = []
    (one,) = accept(again_home(folder), (), found.append, options=Options(jobs=1))
    assert (one.state, one.status) == ("missing", 3)
    assert found and all(one.severity == "error" for one in found)
    assert kept(folder).read_bytes() == before
    assert {one.code[0] for one in look(folder)}.isdisjoint("P")


def test_the_command_shows_what_would_change_and_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "en/031.txt", copy(PARAGRAPHS[1:]))
    monkeypatch.chdir(folder)
    before = kept(folder).read_bytes()
    code, said = watchpress(["accept", "--jobs", "1", "--diff"])
    assert (code, kept(folder).read_bytes()) == (0, before)
    assert said.startswith("--- layout/031.en.pdf.txt\n+++ layout/031.en.pdf.txt\n@@ ")
    assert watchpress(["accept", "--jobs", "1"]) == (0, "changed    031.en.pdf, 2 pages\n")
    assert watchpress(["accept", "--jobs", "1", "--diff"]) == (0, "")
    code, said = watchpress(["accept", "pdf"])
    assert (code, "C211" in said) == (2, True)


def test_only_some_products_are_asked_for(folder: Path) -> None:
    stray = kept(folder).with_name("032.en.pdf.txt")
    stray.write_text(kept(folder).read_text("utf-8").replace("031.en", "032.en"), "utf-8")
    kept(folder).unlink()
    assert look(folder, Path("reports/en/031.txt")) != []
    codes = sorted(one.code for one in look(folder))
    assert codes == ["P205", "P206"]
    assert [one.state for one in take(again_home(folder), "pdfs")] == ["new"]
    assert stray.exists(), "other editions may have made it"
    assert [one.state for one in take(again_home(folder), look=True)] == ["unchanged", "removed"]
    assert stray.exists()
    take(again_home(folder))
    assert not stray.exists()
