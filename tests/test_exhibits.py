"""Tables and figures: from typed copy through both products, alone, bound and face to face."""

from __future__ import annotations

import ctypes
import hashlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from epubcheck import assert_epubs
from literate import drawn
from products import assert_pdf, grave, tag_tree
from series_homes import BOOK, EPUBS, PDFS, TOML, VOLUME, again, home
from watchpress.build import report as build
from watchpress.build.series import Options
from watchpress.build.series import build as build_series
from watchpress.build.verdict import Kind
from watchpress.catalog import TRIMS, Source, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import ledger, tree
from watchpress.model.tree import Element
from watchpress.readers.plain import reader
from watchpress.tools import pdfium

HEAD = "Watch Report No.7 Mar. 11, 2019\n§The Strait in Figures\n"
PROSE = "The quay has been closed since January, and nobody says when it will open again. " * 3
FIGURE = (
    "[Figure 1: figures/map.png]\nFigure 1. The strait [3]\n"
    "Alt: Map of the strait, with “two” buoys & a lamp.\nSource: drawn for this report.\n"
)
NOTES = "[1] The Log, 2016\n[2] The Log, 2017\n[3] The Log, 2018\n"


def rows(count: int) -> str:
    lines = [f"Boat {n} of the town\t{n * 37}\tlies at the north mole" for n in range(1, count)]
    lines.insert(
        1, "Boat 0, of which more is said than goes into one line of a cell [2]\t1,204\tsunk"
    )
    return "Table 1. Boats [1]\nBoat\tLength\tPlace\n" + "\n".join(lines) + "\nSource: the log.\n"


def copy(folder: Path, body: str, size: str = "1200x700", name: str = "007.txt") -> Path:
    drawn(folder / "figures" / "map.png", size)
    path = folder / name
    path.write_text(f"{HEAD}{PROSE}\n{body}{PROSE}\n{NOTES}", "utf-8")
    return path


def product(
    kind: Kind, path: Path, profile: str = "screen", size: str = "A5"
) -> tuple[bytes, Element]:
    """Return a product and its report; nothing but told notes may be found, nor fail the proof."""
    found: list[Diagnostic] = []
    report = build.report(Source(path), found.append).report
    work = build.work([report], trim=trim(size), profile=profile)  # type: ignore[arg-type]
    data = build.product(kind, work, Styles(), found.append).data
    assert {one.code for one in grave(found)} <= {"N102", "N104"}
    return data, report


# -- reading --------------------------------------------------------------------------------------

CELL = st.text(st.sampled_from("abc XYZ 0123 岬船 해 é“”()|.,"), max_size=12).map(
    lambda text: " ".join(text.replace("|", "").split())
)
GRID = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=6)
)


@settings(max_examples=150, deadline=None)
@given(GRID, st.sampled_from(["\t", " | "]), st.booleans())
def test_the_text_of_every_cell_survives_in_its_place(
    grid: list[list[str]], sign: str, ruled: bool
) -> None:
    for number, row in enumerate(grid):  # a row says something at both ends
        row[0], row[-1] = row[0] or f"r{number}", row[-1] or "end"
    lines = [sign.join(row) for row in grid]
    lines[1:1] = ["-----"] * ruled
    found: list[Diagnostic] = []
    text = HEAD + "Table 1. Boats\n" + "\n".join(lines) + f"\n{PROSE}\n"
    report = reader.read(Source(Path("x.txt"), "en"), found.append, text.encode()).report
    assert not [one for one in found if one.code in {"R406", "R901"}]
    (table,) = report.iter("table")
    assert [[tree.text(cell) for cell in row] for row in table.iter("tr")] == grid


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Table 1. Boats", "a\tb", "\ta", "c | d", "|", "---", "Note: x",
    "Source: y", "[Figure 1: m.png]", "Figure 1. A map", "Alt: z", "a | b | c", "****", PROSE,
    "[1] The Log, 2018", "A call [1]."]), max_size=12))  # fmt: skip
def test_whatever_stands_round_tables_no_letter_is_lost(lines: list[str]) -> None:
    found: list[Diagnostic] = []
    reader.read(Source(Path("x.txt"), "en"), found.append, (HEAD + "\n".join(lines)).encode())
    assert not [one for one in found if one.code == "R901"]


def test_the_xml_of_a_figure_is_read_where_it_lies(tmp_path: Path) -> None:
    path = copy(tmp_path, FIGURE)
    report = build.report(Source(path), lambda _: None).report
    away = tmp_path / "away"
    drawn(away / "figures" / "map.png", "1200x700")
    report.set(tree.SOURCE, "reports/en/007.txt")
    (away / "007.xml").write_bytes(tree.serialize(report))
    again_read = build.report(Source(away / "007.xml"), lambda _: None).report
    (old,), (new,) = report.iter("graphic"), again_read.iter("graphic")
    assert dict(old.attrib) == dict(new.attrib)


SPANS = (
    "<tr><th scope='col' rowspan='2'>Port</th><th scope='col' colspan='2'>Boats</th></tr>"
    "<tr><th scope='col'>2018</th><th scope='col'>2019</th></tr>"
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<tr><th scope='row'>Lumbry</th><td>1</td><td>2</td></tr>", []),
        ("<tr><th scope='row'>Lumbry</th><td colspan='2'>1</td></tr>", []),
        ("<tr><td rowspan='2'>a</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr>", []),
        ("<tr><td>a</td><td>b</td></tr><tr><td>d</td><td>e</td><td>f</td></tr>", [("2", "3")]),
        ("<tr><td rowspan='2'>a</td><td>b</td><td>c</td></tr><tr><td>d</td></tr>", [("2", "3")]),
    ],
)
def test_tables_with_spans_come_through_and_uneven_ones_are_told(
    tmp_path: Path, body: str, told: list[tuple[str, str]]
) -> None:
    path = copy(tmp_path, "Table 1. Boats [1]\na | b\nc | d\n")
    report = build.report(Source(path), lambda _: None).report
    (table,) = report.iter("table")
    made = etree.fromstring(f"<table><thead>{SPANS}</thead><tbody>{body}</tbody></table>")
    table.getparent().replace(table, made)  # type: ignore[union-attr]
    file = tmp_path / "007.xml"
    file.write_bytes(tree.serialize(report))
    found: list[Diagnostic] = []
    work = build.work([build.report(Source(file), found.append).report], trim=TRIMS["A5"])
    uneven = [dict(one.facts) for one in found if one.code == "R406"]
    assert [(one["cells"], one["head"]) for one in uneven] == told
    if not told:
        assert_pdf(build.product("pdf", work, Styles(), found.append).data)
        assert_epubs({"spans": build.product("epub", work, Styles(), found.append).data})


def test_notes_called_in_captions_and_cells_stand_in_the_ledger_in_the_order_of_the_text(
    tmp_path: Path,
) -> None:
    path = copy(tmp_path, rows(4) + FIGURE)
    report = build.report(Source(path), lambda _: None).report
    cited = [[str(place) for place in entry.cited] for entry in ledger.entries(report)]
    assert cited == [[f"{path}:4:16"], [f"{path}:7:65"], [f"{path}:12:22"]]


# -- the page -------------------------------------------------------------------------------------


def test_a_long_table_goes_on_overleaf_under_its_head_which_is_read_once(tmp_path: Path) -> None:
    data, _ = product("pdf", copy(tmp_path, rows(60)))
    assert_pdf(data)
    pages = ["".join(run.text for run in page.runs) for page in pdfium.read(data).pages]
    heads = [text.count("Length") for text in pages]
    assert max(heads) == 1
    assert sum(heads) >= 2
    tags = tag_tree(data)
    assert tags.count("Length") == 1
    assert tags.count("\n") > 60


def test_a_table_and_a_figure_are_tagged_with_scope_caption_and_words(tmp_path: Path) -> None:
    data, _ = product("pdf", copy(tmp_path, rows(3) + FIGURE))
    assert_pdf(data)
    lines = [line.strip() for line in tag_tree(data).splitlines()]
    roles = [line.partition(" BBox")[0] for line in lines if not line.startswith(("'", "Span"))]
    table = roles.index("Table")
    assert roles[table : table + 4] == ["Table", "Caption", "Reference", "Link"]
    assert roles.count("TH Scope=Column") == 3
    assert roles.count("TH Scope=Row") == 3
    assert roles.count("TD") == 6
    figure = roles.index("Figure Alt='Map of the strait, with “two” buoys & a lamp.'")
    assert roles[figure + 1] == "Caption"


def _boxes(data: bytes) -> list[tuple[float, float, float, float]]:
    raw, found = pypdfium2.raw, []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            sides = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(thing.raw, *sides)
            found.append(tuple(side.value for side in sides))
    document.close()
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("trim", ["A5", "B6", "letter"])
@pytest.mark.parametrize("size", ["2400x300", "120x90", "300x2400"])
def test_a_picture_is_never_wider_than_the_measure_nor_higher_than_the_page(
    tmp_path: Path, size: str, trim: str
) -> None:
    data, _ = product("pdf", copy(tmp_path, FIGURE, size), size=trim)
    ((left, bottom, right, top),) = _boxes(data)
    page = TRIMS[trim]
    width, height = (int(side) for side in size.split("x"))
    assert right - left <= page.width * 72 / 25.4 * 0.775
    assert top - bottom <= page.height * 72 / 25.4 * 0.6
    assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.02)
    assert width / ((right - left) / 72) >= 199, "pixels to the inch"


def test_a_draft_with_a_table_is_proven_too(tmp_path: Path) -> None:
    data, _ = product("pdf", copy(tmp_path, rows(30) + FIGURE), profile="draft")
    assert_pdf(data, tagged=False)


def test_a_picture_is_read_by_us_and_never_by_the_page_engine(tmp_path: Path) -> None:
    """An address in the file's name leads nowhere: it is a name."""
    path = copy(tmp_path, FIGURE.replace("figures/map.png", "file%3A///etc/map.png"))
    found: list[Diagnostic] = []
    with pytest.raises(Exception, match="R401"):
        build.report(Source(path), found.append)


# -- the EPUB -------------------------------------------------------------------------------------


def test_an_epub_holds_the_file_as_it_is_once_for_all_who_show_it(tmp_path: Path) -> None:
    path = copy(tmp_path, rows(20) + FIGURE + FIGURE.replace("Figure 1", "Figure 2"))
    data, _ = product("epub", path)
    assert data == product("epub", path)[0]
    with ZipFile(BytesIO(data)) as archive:
        images = [name for name in archive.namelist() if name.startswith("EPUB/images/wr")]
        assert images == ["EPUB/images/wr007-en-f1.png"]
        assert archive.read(images[0]) == (tmp_path / "figures" / "map.png").read_bytes()
        page = etree.fromstring(archive.read("EPUB/wr007-en.xhtml"))
        package = archive.read("EPUB/package.opf").decode()
    shown = page.findall(".//{*}figure/{*}img")
    assert [image.get("src") for image in shown] == ["images/wr007-en-f1.png"] * 2
    assert {image.get("alt") for image in shown} == {
        "Map of the strait, with “two” buoys & a lamp."
    }
    assert 'href="images/wr007-en-f1.png"' in package
    scopes = [cell.get("scope") for cell in page.iter("{*}th")]
    assert scopes[:3] == ["col"] * 3
    assert set(scopes[3:]) == {"row"}
    assert not any("data-" in name for node in page.iter("*") for name in map(str, node.attrib))
    assert_epubs({"exhibits": data})


def test_a_jpeg_keeps_its_kind(tmp_path: Path) -> None:
    drawn(tmp_path / "a photo.jpg", "300x200 JPEG RGB")
    path = copy(tmp_path, FIGURE.replace("figures/map.png", "a photo.jpg"))
    data, _ = product("epub", path)
    assert b"image/jpeg" in ZipFile(BytesIO(data)).read("EPUB/package.opf")
    assert_epubs({"jpeg": data})
    assert_pdf(product("pdf", path)[0])


# -- a series -------------------------------------------------------------------------------------


def english(number: int) -> str:
    head = f"Watch Report No.{number}  June 12, 2021\n§The Quay\n"
    return f"{head}{PROSE}\n{rows(6)}{FIGURE}{PROSE}\n{NOTES}"


JAPANESE = (
    "監視報告 No.31  2021年6月20日\n§埠頭\n船は待っている。岸壁は一月から閉じられたままである。\n"
    "表1　船［1］\n船｜長さ｜場所\n第一の船｜37｜北の岸壁\n第二の船［2］｜74｜南の岸壁\n"
    "出典：日誌。\n［図1：figures/map.png］\n図1　海峡［3］\n代替テキスト：海峡の地図。\n"
    "船は待っている。\n［1］『日誌』、2016年\n［2］『日誌』、2017年\n［3］『日誌』、2018年\n"
)
FACING = VOLUME.replace("year = 2021", 'year = 2021\nlayout = "facing"') + (
    'title = { en = "Book", ja = "本" }\n'
)


def test_a_series_builds_them_and_builds_anew_when_a_picture_changes(tmp_path: Path) -> None:
    drawn(tmp_path / "reports" / "figures" / "map.png", "400x300")
    epub = BOOK.replace("pdf", "epub").replace('"book"', '"ebook"')
    toml = TOML + FACING + PDFS + EPUBS + BOOK + epub
    series = home(tmp_path, toml, en_031=english(31), ja_031=JAPANESE)

    def run() -> dict[str, str]:
        found: list[Diagnostic] = []
        built = build_series(again(tmp_path), (), found.append, options=Options(jobs=1))
        assert {one.severity for one in found} <= {"info", "warning"}, found
        return {row.product: row.state for row in built.rows}

    assert set(run().values()) == {"built"}
    assert "built" not in run().values()
    books = sorted(series.dist.glob("2021*.epub"))
    assert_epubs({path.stem: path.read_bytes() for path in books})
    (book,) = series.dist.glob("2021*.pdf")
    assert_pdf(book.read_bytes())
    assert len(_boxes(book.read_bytes())) == 2
    drawn(tmp_path / "reports" / "figures" / "map.png", "300x400")
    assert set(run().values()) == {"built"}
    sizes = [image for page in pdfium.read(book.read_bytes()).pages for image in page.images]
    assert sizes == [(300, 400)] * 2
    (tmp_path / "reports" / "figures" / "map.png").unlink()
    found: list[Diagnostic] = []
    build_series(again(tmp_path), (), found.append, options=Options(jobs=1))
    assert {one.code for one in found if one.severity == "error"} >= {"R401"}


def test_the_hash_in_the_xml_is_that_of_the_file(tmp_path: Path) -> None:
    report = build.report(Source(copy(tmp_path, FIGURE)), lambda _: None).report
    (graphic,) = report.iter("graphic")
    data = (tmp_path / "figures" / "map.png").read_bytes()
    assert graphic.get(tree.DIGEST) == hashlib.sha256(data).hexdigest()
    with Image.open(BytesIO(data)) as image:
        assert tree.size(graphic) == image.size
