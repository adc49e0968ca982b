"""Reading a PDF back: letters, places, marks, links, outline, labels; on pages made for it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from weasyprint import CSS, HTML

from watchpress.checks.proof import pages
from watchpress.tools import fonts, pdfium
from watchpress.tools.pdfium import reader

pytestmark = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")

SHEET = """
@page { size: A5; margin: 18mm; @top-center { content: "Running head" }
        @bottom-center { content: counter(page) } }
html { font: 10pt/14pt "Watchpress Serif", "Watchpress Serif JP", "Watchpress Serif KR";
       hyphens: auto; hyphenate-character: "-" }
body, p { margin: 0; text-align: justify }
.call { font-size: 65%; vertical-align: 4pt; line-height: 1 }
.raised { position: relative; top: -4pt; font-size: 65% }
.faint { opacity: .5 }
.turned { transform: scale(2) translateX(10pt); transform-origin: 0 0 }
"""


def made(body: str, **options: Any) -> pdfium.Pdf:
    return pdfium.read(written(body, **options))


def written(body: str, **options: Any) -> bytes:
    faces = "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {face.style}; src: url("{face.path.as_uri()}") }}'
        for face in fonts.faces()
        if face.weight == 400
    )
    html = f'<html lang="en"><head><meta charset="utf-8"><title>Quay &amp; 岸</title></head>{body}'
    data: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=faces + SHEET)], **options)
    return data


def texts(pdf: pdfium.Pdf, page: int = 0) -> list[str]:
    """Return the lines of a page as letters."""
    found = pages.lines(pdf.pages[page].runs)
    return ["".join(run.text for run in line.runs) for line in found]


@pytest.mark.parametrize("text", [
    "The officials flatly refused: affidavits, shuffling, fjords.",  # ligatures
    "Panmunjŏm, café, naïve, Å, “quoted” — dashed – ‘so’ …",
    "監視報告は次の合意を求める。「――匿名の――」、四〇％。",
    "합의는 다음과 같다. 각각 ‘신뢰’를 되찾아야 한다.",
    "𠮷野家の𠮷",  # beyond the basic plane
    "https://example.org/a_b/~c?d=%E3%81%82&e=1#f",
])  # fmt: skip
def test_letters_come_back_as_they_went_in(text: str) -> None:
    escaped = text.replace("&", "&amp;")
    assert texts(made(f'<p style="hyphens: none">{escaped}</p>'))[1].strip() == text


def test_a_letter_and_its_mark_come_back_as_one_or_two() -> None:
    import unicodedata

    text = "e\u0301tude, x\u0323"
    back = texts(made(f"<p>{text}</p>"))[1]
    assert unicodedata.normalize("NFC", back) == unicodedata.normalize("NFC", text)


def test_a_hyphen_at_which_a_word_broke_is_told() -> None:
    pdf = made(
        "<p>" + "the long intergovernmental misunderstandings of representatives " * 9 + "</p>"
    )
    assert any(line.endswith((pdfium.HYPHEN, "-")) for line in texts(pdf))


def test_runs_know_where_they_stand() -> None:
    page = made(
        "<h1 style='font: 20pt/28pt Watchpress Serif; margin: 0'>Head</h1><p>Body</p>"
    ).pages[0]
    assert (round(page.width), round(page.height)) == (420, 595)
    head, body = (run for run in page.runs if run.text in ("Head", "Body"))
    assert head.size == pytest.approx(20, abs=0.01)
    assert body.size == pytest.approx(10, abs=0.01)
    assert head.base - body.base == pytest.approx(18, abs=2)
    assert body.box.left == pytest.approx(18 / 25.4 * 72, abs=1)
    assert body.box.bottom < body.base < body.box.top
    assert body.box.holds(*body.center)


def test_raised_figures_and_list_numbers_are_on_their_line() -> None:
    body = (
        "<p>one<sup class='call'>1</sup>, two<span class='raised'>2</span>.</p>"
        "<ol><li>first<li>second</ol>"
    )
    lines = texts(made(body))
    assert [line.replace(" ", "") for line in lines] == [
        "Runninghead", "one1,two2.", "1.first", "2.second", "1"
    ]  # fmt: skip


def test_text_in_a_group_is_read_at_its_place() -> None:
    plain = made("<p>alone</p>").pages[0].runs[0]
    faint = made("<p class='faint'>alone</p>").pages[0].runs[0]
    assert faint.text == plain.text
    assert faint.box.left == pytest.approx(plain.box.left, abs=0.1)
    assert faint.base == pytest.approx(plain.base, abs=0.1)


def test_stretched_text_has_the_size_that_is_seen() -> None:
    run = made("<p class='turned'>wide</p>").pages[0].runs[0]
    assert run.size == pytest.approx(20, abs=0.01)


def test_artifacts_are_marked() -> None:
    def mark(stream: bytes) -> bytes:
        return b"/Artifact BMC\n" + stream + b"\nEMC"

    with pikepdf.open(BytesIO(written("<p>text</p>"))) as pdf:
        pdf.pages[0].Contents.write(mark(pdf.pages[0].Contents.read_bytes()))
        out = BytesIO()
        pdf.save(out)
    assert all(run.artifact for run in pdfium.read(out.getvalue()).pages[0].runs)
    assert not any(run.artifact for run in made("<p>text</p>").pages[0].runs)


def test_links_lead_where_they_say() -> None:
    body = (
        "<p>see <a href='#there'>there</a>, <a href='https://example.org/?q=%20'>here</a>"
        "<p id='there' style='break-before: page; padding-top: 40pt'>There</p>"
    )
    pdf = made(body)
    inner, outer = pdf.pages[0].links
    words = {run.text: run for run in pdf.pages[0].runs}
    assert inner.spot is not None and inner.uri is None
    assert inner.spot.page == 1
    top = pdf.pages[1].height - 18 / 25.4 * 72
    assert inner.spot.y == pytest.approx(top, abs=0.5)
    assert inner.box.holds(*words["there"].center)
    assert not inner.box.holds(*words["here"].center)
    assert outer.uri == "https://example.org/?q=%20"
    assert outer.spot is None
    assert inner.box.area > 50


def test_a_link_without_height_has_no_area() -> None:
    body = "<p>a <a href='#x' style='line-height: 0'>b</a></p><p id='x'>c</p>"
    assert made(body).pages[0].links[0].box.area == 0


def test_outline_metadata_and_labels() -> None:
    pdf = made("<h1>岸壁</h1><h2>Part</h2><p>text</p>", pdf_variant="pdf/ua-1")
    assert [(mark.title, mark.depth) for mark in pdf.outline] == [("岸壁", 0), ("Part", 1)]
    assert pdf.outline[0].spot is not None and pdf.outline[0].spot.page == 0
    assert pdf.metadata["Title"] == "Quay & 岸"
    assert pdf.pages[0].label == ""


def test_page_labels() -> None:
    with pikepdf.open(BytesIO(written("<p>a<p style='break-before: page'>b"))) as pdf:
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r), 1, pikepdf.Dictionary(S=pikepdf.Name.D)]
        )
        out = BytesIO()
        pdf.save(out)
    assert [page.label for page in pdfium.read(out.getvalue()).pages] == ["i", "1"]


def test_a_long_run_is_not_cut() -> None:
    word = "x" * 9000
    body = f"<p style='font-size: .05pt; white-space: nowrap'>{word}</p>"
    assert max(made(body).pages[0].runs, key=lambda run: len(run.text)).text == word


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"no"])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    with pytest.raises(pdfium.Unreadable, match="not a PDF"):
        pdfium.read(data)


def test_a_locked_pdf_is_said() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(written("<p>a"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(pdfium.Unreadable, match="password"):
        pdfium.read(out.getvalue())


def test_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 3)
    with pytest.raises(pdfium.Unreadable, match="more than 3"):
        pdfium.read(b"%PDF")
