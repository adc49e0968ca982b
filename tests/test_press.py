"""The file for the press: sheets, margins, inks, images, tickets; nothing for a screen alone."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

import faults
from pdf_reports import TEXT, article, call, note, texts
from press_files import INTENT, laid, order, piece, press_file, pressed
from products import assert_pdf, assert_press, grave, tag_tree
from watchpress.backends.pdf import ticket
from watchpress.backends.pdf.bind.inks import Inks
from watchpress.backends.pdf.plate import Plate
from watchpress.backends.pdf.sheet import MM
from watchpress.build import report as build
from watchpress.build.verdict import Finished
from watchpress.catalog import Press, Source, trim
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import Styles
from watchpress.tools import anatomy, icc, pdfium

SAMPLE = Path(__file__).parent.parent / "reports" / "en" / "042.txt"
LONG = f"<p>{TEXT * 24}{call(1)}</p>"
NOTE = note(1, "“Lamps,” The Quay.")
needs_gs = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
needs_icc = pytest.mark.skipif(
    icc.version() is None,
    reason="the profile of FOGRA39 is not built: doctor --install --for press",
)


@pytest.fixture
def profile() -> Iterator[None]:
    with faults.planted("a made-up profile"):
        yield


def left(sheet: pdfium.Page) -> float:
    """Return where the lines of a page begin, in pt: the most common left edge."""
    edges = [round(run.box.left, 0) for run in sheet.runs if len(run.text) > 20]
    return max(edges, key=edges.count)


# -- sheets ---------------------------------------------------------------------------------------


def test_boxes_stand_inside_each_other_at_the_origin() -> None:
    data = press_file([piece(laid(LONG, NOTE))])
    assert_press(data, order())
    for sheet in anatomy.read(data).sheets:
        assert sheet.boxes["MediaBox"][:2] == (0, 0)
        assert sheet.boxes["TrimBox"] == pytest.approx((36.85, 36.85, 456.38, 632.13), abs=0.01)
        assert sheet.boxes["BleedBox"] == pytest.approx((28.35, 28.35, 464.88, 640.63), abs=0.01)


@pytest.mark.parametrize("marks", ["crop", "double", "none"])
@pytest.mark.parametrize("bleed", [0.0, 3.0, 5.0])
def test_marks_stand_outside_the_bleed(marks: Any, bleed: float) -> None:
    plate = Plate.of(Press(bleed=bleed, marks=marks), 300, 400, (140, 160))
    left_, bottom, right, top = plate.bleed_box
    strokes = list(plate.strokes())
    assert bool(strokes) == (marks != "none")
    assert plate.media == (0, 0, 300 + 2 * plate.edge, 400 + 2 * plate.edge)
    upright = [round(x0 - plate.edge, 6) for x0, _, x1, _ in strokes if x0 == x1]
    assert all(upright.count(fold) == 2 * bool(strokes) for fold in (140, 160))
    for x0, y0, x1, y1 in strokes:
        outside = max(x0, x1) <= left_ or min(x0, x1) >= right
        assert outside or max(y0, y1) <= bottom or min(y0, y1) >= top
        assert all(0 <= x <= plate.media[2] for x in (x0, x1))
        assert all(0 <= y <= plate.media[3] for y in (y0, y1))


def test_pages_move_away_from_the_spine_and_break_as_on_screen() -> None:
    screen, press = laid(LONG, NOTE, profile="screen"), laid(LONG, NOTE)
    assert press.facts.pages == screen.facts.pages
    data = press_file([piece(press)], Press(binding=6, marks="none"))
    pages = pdfium.read(data).pages
    middle = left(pdfium.read(screen.data).pages[1])
    shifts = [left(page) - 3 * MM - middle for page in pages[:3]]
    assert shifts == pytest.approx([3 * MM, -3 * MM, 3 * MM], abs=1.1)
    for one, other in zip(texts(screen.data), texts(data), strict=False):
        assert one.split()[:8] == other.split()[:8]


def test_blank_pages_are_counted_and_the_last_leaf_is_whole() -> None:
    made = laid("<p>One page.</p>")
    data = press_file([piece(made), piece(made, 3, 1), piece(made, 5, 1)])
    assert [bool(text.strip()) for text in texts(data)] == [True, False] * 3
    with pikepdf.open(BytesIO(data)) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "3", "4", "5", "6"]
        assert pdf.Root.PageLayout == "/TwoPageRight"


def test_nothing_is_left_that_only_a_screen_uses() -> None:
    data = press_file([piece(laid(LONG, NOTE))])
    with pikepdf.open(BytesIO(data)) as pdf:
        for key in ("/Names", "/OpenAction"):
            assert key not in pdf.Root
        assert not any("/Annots" in page.obj for page in pdf.pages)
        lines = [pdf.Root.Outlines.First]
        assert [str(part) for part in lines[0].Dest[1:]] == ["/Fit"]
        assert lines[0].Dest[0].objgen == pdf.pages[0].objgen
    tree = tag_tree(data)
    assert "->" not in tree and "Link" not in tree, "words of links are words"
    assert "pdfuaid:part>" not in anatomy.read(data).xmp.decode()
    assert "↑" not in "".join(texts(data))
    assert "↑" in "".join(texts(laid(LONG, NOTE, profile="screen").data))


def test_the_same_copy_gives_the_same_bytes_and_names() -> None:
    made = piece(laid(LONG, NOTE))
    assert press_file([made]) == press_file([made])
    assert b"PDF/X-4" in anatomy.read(press_file([made])).xmp


# -- inks -----------------------------------------------------------------------------------------

LOOKS = {
    "red": ".body p { color: #c00 }",
    "grey": ".body p { color: #808080 }",
    "border": ".body p { border-left: 2pt solid #13467a }",
    "gradient": ".body p { background: linear-gradient(#fff, #9bd) }",
    "veil": ".body p { background: linear-gradient(#13467a00, #13467a88) }",
}


def looks(name: str, folder: Path) -> bytes:
    usual = Styles().text("print.css")
    (folder / "print.css").write_text(usual + LOOKS[name], "utf-8")
    return press_file([piece(pressed(article(f"<p>{TEXT}</p>"), styles=Styles(folder)))])


def paints(data: bytes) -> set[anatomy.Paint]:
    return {paint for sheet in anatomy.read(data).sheets for paint in sheet.paints}


def test_text_is_black_ink_alone() -> None:
    found = paints(press_file([piece(laid(LONG, NOTE))]))
    text = {paint for paint in found if paint.kind == "text"}
    assert text == {anatomy.Paint("text", "DeviceCMYK", (0, 0, 0, 1))}
    assert {paint.space for paint in found - text} == {"Separation All"}


@pytest.mark.parametrize("name", LOOKS)
def test_colours_of_any_origin_become_inks(name: str, tmp_path: Path) -> None:
    data = looks(name, tmp_path)
    assert_press(data, order(coloured=True))
    assert {paint.space for paint in paints(data)} <= {"DeviceCMYK", "Separation All", "Pattern"}
    if name == "grey":
        assert ("text", "DeviceCMYK", (0, 0, 0, 0.498)) in paints(data)
    if name == "red":
        (red,) = (p for p in paints(data) if p.kind == "text" and any(p.colour[:3]))
        assert red.colour[0] < 0.1 < red.colour[1]


def picture(mode: str, colour: Any, size: int = 120) -> Image.Image:
    made = Image.new(mode, (size, size), colour)
    made.paste(0 if mode == "L" else (0,) * len(made.getbands()), (0, 0, size // 2, size // 2))
    return made


def placed(image: Image.Image, form: str = "PNG", points: int = 24) -> bytes:
    out = BytesIO()
    image.save(out, form)
    address = f"data:image/{form.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"
    body = f'<p>{TEXT}</p><p><img src="{address}" alt="A lamp" style="width: {points}pt"/></p>'
    return press_file([piece(laid(body))])


@pytest.mark.parametrize(
    ("image", "form", "space"),
    [
        (picture("L", 90), "PNG", "DeviceGray"),
        (picture("RGB", (90, 90, 91)), "PNG", "DeviceGray"),
        (picture("RGB", (200, 30, 90)), "PNG", "DeviceCMYK"),
        (picture("RGB", (200, 30, 90)), "JPEG", "DeviceCMYK"),
        (picture("CMYK", (0, 200, 30, 9)), "JPEG", "DeviceCMYK"),
        (picture("RGB", (200, 30, 90)).quantize(4), "PNG", "DeviceCMYK"),
        (picture("RGBA", (200, 30, 90, 128)), "PNG", "DeviceCMYK"),
    ],
    ids=["grey", "grey in RGB", "RGB", "RGB JPEG", "CMYK JPEG", "palette", "transparent"],
)
def test_images_become_grey_or_cmyk(image: Image.Image, form: str, space: str) -> None:
    data = placed(image, form)
    assert_press(data, order())
    (found,) = (one for sheet in anatomy.read(data).sheets for one in sheet.pictures)
    assert (found.space, found.width) == (space, 120)
    assert found.ppi == pytest.approx(360, abs=1)
    blending = {sheet.blending for sheet in anatomy.read(data).sheets}
    assert ("DeviceCMYK" in blending) == (image.mode == "RGBA")


def test_a_picture_keeps_its_colours_in_ink() -> None:
    """What LittleCMS makes of the page's inks is near what the picture was."""
    with pikepdf.new() as pdf:
        inks = Inks(pdf, INTENT.profile)
        turned = inks.turned(Image.new("RGB", (2, 2), (0, 128, 255)))
        assert turned.mode == "CMYK"
        one, other = turned.getpixel((0, 0)), inks.of(0, 128 / 255, 1)
        assert [round(part / 255, 3) for part in one] == pytest.approx(list(other), abs=0.01)  # type: ignore[union-attr]
        own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        assert inks.turned(Image.new("RGB", (2, 2), (0, 128, 255)), own).getpixel((0, 0)) == one


@needs_gs
def test_only_the_black_plate_is_inked(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(press_file([piece(laid(LONG, NOTE))], Press(marks="none")))
    order_ = ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(path)]
    said = subprocess.run(order_, check=True, capture_output=True, text=True).stdout
    assert "Error" not in said, said
    rows = [list(map(float, line.split()[:4])) for line in said.splitlines()]
    assert len(rows) == len(texts(path.read_bytes()))
    assert all(row[:3] == [0, 0, 0] for row in rows)
    assert all(row[3] > 0.005 for row in rows[:-1])


@needs_gs
def test_every_plate_has_the_marks(tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    path.write_bytes(press_file([piece(laid("<p>One page.</p>"))]))
    order_ = ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(path)]
    said = subprocess.run(order_, check=True, capture_output=True, text=True).stdout
    blank = list(map(float, said.splitlines()[-1].split()[:4]))
    assert min(blank) > 0 and max(blank) == min(blank)


# -- products -------------------------------------------------------------------------------------


def sample(profile: Any = "press", path: Path = SAMPLE, **press: Any) -> Finished:
    found: list[Diagnostic] = []
    report = build.report(Source(path), lambda _: None).report
    work = build.work([report], trim=trim("A5"), profile=profile, press=Press(**press))
    made = build.product("pdf", work, Styles(), found.append, name="042.en.press.pdf")
    assert grave(found) == []
    return made


def test_a_report_is_proven_and_has_its_ticket(profile: None) -> None:
    made = sample(paper="Lantern Book, 80 g")
    assert_press(made.data, order())
    said = json.loads(made.paper("ticket.json"))
    assert said["pages"] == made.pages == len(texts(made.data))
    assert said["blank"] == [page for page, text in enumerate(texts(made.data), 1) if not text]
    assert (said["inks"], said["black_text"], said["standard"]) == (["black"], True, "PDF/X-4")
    assert said["trim"] == [148, 210] and said["paper"] == "Lantern Book, 80 g"
    assert "Watchpress-Serif" in said["fonts"] and said["embedded"]
    page = made.paper("ticket.pdf")
    assert_pdf(page)
    (text,) = texts(page)
    assert "Job ticket" in text and "Lantern Book, 80 g" in text and said["sha256"][:32] in text


def test_several_reports_begin_on_right_hand_pages(profile: None) -> None:
    paths = [SAMPLE, SAMPLE.with_name("043.txt")]
    reports = [build.report(Source(path), lambda _: None).report for path in paths]
    work = build.work(reports, trim=trim("B6"), profile="press")
    made = build.product("pdf", work, Styles(), lambda _: None)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        first = pdf.Root.Outlines.First
        begins = [numbers[line.Dest[0].objgen] for line in (first, first.Next)]
    assert begins[0] == 0 < begins[1] and begins[1] % 2 == 0
    assert_press(made.data, order(size="B6"))


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_a_ticket_speaks_the_language_of_the_report(language: str) -> None:
    data = press_file([piece(laid("<p>One page.</p>"))])
    job = ticket.Job("Light", "x.pdf", trim("A5"), Press(), INTENT, 0.1, 0.0)
    made = ticket.ticket(job, data)
    work = replace(build.work([_report()], trim=trim("A5")), language=language)
    (text,) = texts(ticket.page(made, work, Styles(), lambda finding: pytest.fail(str(finding))))
    assert {"en": "Job ticket", "ja": "印刷仕様書", "ko": "인쇄 사양서"}[language] in text


def _report() -> Any:
    return build.report(Source(SAMPLE), lambda _: None).report


def test_a_ticket_says_what_is_in_the_file(tmp_path: Path) -> None:
    job = ticket.Job("Light", "x.pdf", trim("A5"), Press(), INTENT, 0.1, 3.0)
    coloured = ticket.ticket(job, looks("red", tmp_path))
    assert not coloured.black_text and "magenta" in coloured.inks
    pictured = ticket.ticket(job, placed(picture("RGB", (200, 30, 90)), points=60))
    assert pictured.black_text and pictured.images == 1 and len(pictured.inks) == 4
    assert pictured.ppi == pytest.approx(144, abs=1)


@needs_icc
def test_the_standard_intent_is_fogra39() -> None:
    made = sample()
    (intent,) = anatomy.read(made.data).intents
    assert (intent.condition, intent.registry) == ("FOGRA39", "http://www.color.org")
    assert intent.profile == icc.path("FOGRA39").read_bytes()
    navy = Inks(pikepdf.new(), intent.profile).of(27 / 255, 42 / 255, 65 / 255)
    assert sum(navy) < 3.2 and navy[0] > 0.5 and navy[3] > 0.2


@pytest.mark.parametrize(("size", "most"), [("90x140", 4.7), ("A5", 18.0)])
def test_a_binding_keeps_a_margin_to_cut_by(size: str, most: float, profile: None) -> None:
    work = build.work(
        [_report()], trim=trim(size), profile="press", press=Press(binding=most + 0.2)
    )
    with pytest.raises(Fatal) as caught:
        build.product("pdf", work, Styles(), lambda _: None)
    assert (caught.value.diagnostic.code, caught.value.status) == ("C105", 2)
