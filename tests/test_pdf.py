"""The PDF as a product: what it says of itself, where it leads, and that it is always the same."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pdf_reports import EPOCH, TEXT, article, bare, call, note, pressed, texts, work
from products import assert_pdf
from watchpress.backends.pdf import writer
from watchpress.build import report as build
from watchpress.catalog import Source, trim
from watchpress.diagnostic import Diagnostic, Fatal, Place
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.tools import fonts

REPORTS = Path(__file__).parents[1] / "reports"
ADDRESS = "https://lamps.example.org/reports/2031/10/17/the-northern-lamp-is-lit-again"
LINK = f'<a class="url" href="{ADDRESS}">{ADDRESS}</a>'
BODY = f"""<p>{TEXT * 9}{call(1)}<span class="keep">.</span></p><section id="wr007-en-s1">
<h2>What the Keepers Saw</h2><p>{TEXT * 9}{call(2)}, and{call(1, again="b")}.</p></section>"""
BACK = note(1, "“Lamps,” The Quay.", LINK, places=("", "b")) + note(2, TEXT, TEXT)


def opened(data: bytes) -> Any:
    return pikepdf.open(BytesIO(data))


def test_what_the_file_says_of_itself() -> None:
    data = pressed(article(BODY, BACK), title="Light the Lamp “First”").data
    assert_pdf(data)
    with opened(data) as pdf:
        info = {key[1:]: str(value) for key, value in pdf.docinfo.items()}
        assert info == {
            "Title": "Light the Lamp “First”",
            "Subject": "Lantern Letters No. 7",
            "Creator": "watchpress",
            "Producer": "WeasyPrint 70.0",
            "CreationDate": "D:20311017104000Z",
            "ModDate": "D:20311017104000Z",
        }
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert [sheet.label for sheet in pdf.pages] == [
            str(number) for number in range(1, len(pdf.pages) + 1)
        ]
        assert len(pdf.trailer.ID) == 2
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == "Light the Lamp “First”"
            assert xmp["xmp:CreateDate"] == "2031-10-17T10:40:00Z"


def test_bookmarks() -> None:
    first, second = article(BODY, BACK), article(f"<p>{TEXT}</p>", number=8, headline="Second")
    with opened(pressed(first, second).data) as pdf, pdf.open_outline() as outline:
        tree_ = [(item.title, [kid.title for kid in item.children]) for item in outline.root]
    assert tree_ == [("Light the Lamp First", ["What the Keepers Saw", "Notes"]), ("Second", [])]


def test_links_land_and_can_be_hit() -> None:
    compiled = pressed(article(BODY, BACK))
    with opened(compiled.data) as pdf:
        names = pdf.Root.Names.Dests.Names
        places = {str(names[k]): names[k + 1] for k in range(0, len(names), 2)}
        pages = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
        links = [link for sheet in pdf.pages for link in sheet.get("/Annots", [])]
        targets = [str(link.Dest) for link in links if "/Dest" in link]
        assert sorted(targets) == sorted(
            f"wr007-en-{end}" for end in ("fn1", "fn1", "fn2", "r1", "r1b", "r2")
        )
        for target in targets:
            assert pages[places[target][0].objgen] == compiled.facts.anchors[target]
        addresses = {str(link.A.URI) for link in links if "/A" in link}
        assert addresses == {ADDRESS}
        for link in links:
            left, bottom, right, top = map(float, link.Rect)
            assert right - left > 2 and top - bottom > 5
            assert str(link.Contents)


def test_nothing_of_the_text_is_lost() -> None:
    data = pressed(article(BODY, BACK)).data
    found = bare("".join(texts(data)))
    for wanted in (TEXT * 3, "What the Keepers Saw", ADDRESS, "“Lamps,” The Quay."):
        assert bare(wanted) in found


def test_all_letters_come_from_our_fonts() -> None:
    made = article(
        f'<p>{TEXT} <em>italic</em> <strong>bold</strong> <span lang="ja">渡し船は</span> ŏ ŭ → '
        f'<span lang="ko">나룻배가</span> x{call(1)}</p>',
        note(1, TEXT, LINK),
    )
    data = pressed(made).data
    assert_pdf(data)
    with opened(data) as pdf:
        names = {
            str(font.BaseFont) for sheet in pdf.pages for font in sheet.Resources.Font.values()
        }
    families = {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names}
    assert families and all(name.startswith("Watchpress-Serif") for name in families)
    assert {"Watchpress-Serif-JP", "Watchpress-Serif-KR"} <= families


def test_only_needed_faces_are_loaded() -> None:
    def scripts(*articles: Any) -> set[str]:
        return {str(face.script) for face in writer.needed(articles, fonts.faces())}

    assert scripts(article("<p>Lamp</p>")) == {"latn"}
    assert scripts(article("<p>灯 alone</p>")) == {"latn", "jpan"}
    assert scripts(article("<p>灯(등)</p>", language="ko")) == {"latn", "kore"}
    assert scripts(article("<p>등대 and ともしび</p>")) == {"latn", "kore", "jpan"}
    assert scripts(article('<p>등대 <span lang="ja">海峡</span></p>')) == {"latn", "kore", "jpan"}


def told(made: Any, **facts: Any) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    writer.press([made], work([made], **facts), Styles(), found.append)
    return found


def test_a_missing_letter_is_told_with_its_place() -> None:
    made = article(
        f'<p data-at="9:1">{TEXT}</p><p data-at="11:4">The sign <em>\u0e01</em> here.</p>'
    )
    (finding,) = told(made)
    assert (finding.code, finding.place) == ("F101", Place("-", 11, 4))
    assert dict(finding.facts) == {"letter": "\u0e01", "number": "0E01"}
    (finding,) = told(article("<p>None has it: \U00010380.</p>"), profile="draft")
    assert finding.code == "F101"


def test_a_link_that_leads_nowhere_is_told() -> None:
    (finding,) = told(article(f'<p data-at="9:1">{TEXT}{call(3)}</p>'))
    assert (finding.code, dict(finding.facts)["anchor"]) == ("F102", "wr007-en-fn3")
    assert finding.place.line == 20


def test_files_from_elsewhere_are_refused(tmp_path: Path) -> None:
    for source in ("https://lamps.example.org/a.png", (tmp_path / "a.png").as_uri()):
        with pytest.raises(Fatal) as caught:
            told(article(f'<p><img src="{source}" alt="A lamp"/></p>'))
        assert caught.value.diagnostic.code == "F103"
    series = tmp_path / "styles"
    series.mkdir()
    (series / "print.css").write_text("@import 'https://lamps.example.org/a.css';", "utf-8")
    made = article("<p>Lamp</p>")
    with pytest.raises(Fatal) as caught:
        writer.press([made], work([made]), Styles(series), lambda _: None)
    assert dict(caught.value.diagnostic.facts)["url"] == "https://lamps.example.org/a.css"


def test_a_series_may_have_its_own_styles(tmp_path: Path) -> None:
    (tmp_path / "paper.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    style = "p { color: red; background: url(paper.svg) } p { clour: red }"
    (tmp_path / "print.css").write_text(style, "utf-8")
    made = article("<p>Lamp</p>")
    found: list[Diagnostic] = []
    writer.press([made], work([made]), Styles(tmp_path), found.append)
    assert [finding.code for finding in found] == ["F104"]
    assert "clour" in dict(found[0].facts)["words"]


def test_without_the_pinned_fonts_those_of_the_machine_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "faces", lambda family="serif": ())
    made = article("<p>Lamp</p>")
    found: list[Diagnostic] = []
    compiled = writer.press([made], work([made]), Styles(), found.append)
    assert found[0].code == "F105"
    assert compiled.data.startswith(b"%PDF")


def test_facts() -> None:
    compiled = pressed(article(BODY, BACK))
    facts = compiled.facts
    assert facts.pages == len(texts(compiled.data)) == len(facts.boxes) > 1
    assert facts.anchors["wr007-en-title"] == 1
    assert facts.anchors["wr007-en-fn2"] == facts.pages
    left, bottom, right, top = facts.boxes[0]
    assert (left, right) == pytest.approx((48.2, 371.3), abs=0.1)
    assert top - bottom == pytest.approx(36 * 13.5, abs=0.1)
    assert bottom > 56


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from test_pdf import BACK, BODY
from pdf_reports import article, pressed
made = article(BODY, BACK), article("<p>渡し船は岸を離れた。</p>", language="ja")
Path(sys.argv[1]).write_bytes(pressed(*made).data)
Path(sys.argv[2]).write_bytes(pressed(*made, profile="draft").data)
"""


def test_two_runs_are_one_file() -> None:
    made: list[tuple[bytes, bytes]] = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        with tempfile.TemporaryDirectory() as folder:
            out = [Path(folder, name) for name in ("screen.pdf", "draft.pdf")]
            subprocess.run(
                [
                    sys.executable,
                    "-c",
                    SCRIPT.format(tests=str(Path(__file__).parent)),
                    *map(str, out),
                ],
                check=True,
                cwd=folder,
                env={"PYTHONHASHSEED": seed, "TZ": zone, "HOME": folder},
            )
            made.append((out[0].read_bytes(), out[1].read_bytes()))
    assert made[0] == made[1]
    assert made[0][0] != made[0][1]


def test_the_epoch_is_the_only_clock() -> None:
    made = article(BODY, BACK)
    later = replace(work([made]), epoch=EPOCH + 86400)
    data = writer.press([made], later, Styles(), lambda _: None).data
    with opened(data) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20311018104000Z"
    assert data != pressed(made).data


@pytest.mark.parametrize("size", ["A5", "A4", "B6", "letter", "90x120"])
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_every_trim_and_language(size: str, language: str) -> None:
    stem = f"wr007-{language}"
    text = {"en": TEXT, "ja": "渡し船は30分後に岸を離れた。", "ko": "나룻배가 부두를 떠났다. "}[
        language
    ]
    body = f"<p>{text * 20}{call(1, stem=stem)}</p><blockquote><p>{text * 4}</p></blockquote>"
    back = note(1, text, LINK, stem=stem)
    compiled = pressed(article(body, back, language=language), trim=size)
    assert_pdf(compiled.data)
    with opened(compiled.data) as pdf:
        width, height = (float(side) / 72 * 25.4 for side in pdf.pages[0].MediaBox[2:])
    assert (width, height) == pytest.approx((trim(size).width, trim(size).height), abs=0.01)
    found = bare("".join(texts(compiled.data)))
    assert bare(ADDRESS) in found


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("number", ["041", "042"])
def test_the_sample_reports(language: str, number: str) -> None:
    path = REPORTS / language / f"{number}.txt"
    reading = build.report(Source(path), lambda _: None)
    made = build.work([reading.report], trim=trim("A5"))
    found: list[Diagnostic] = []
    compiled = writer.compile(made, Styles(), found.append)
    assert found == []
    assert_pdf(compiled.data)
    with opened(compiled.data) as pdf:
        assert str(pdf.docinfo["/Author"]) == ", ".join(tree.authors(reading.report))
    out = BytesIO()
    writer.write(made, Styles(), out, found.append)
    assert out.getvalue() == compiled.data


def test_a_draft_is_plain_and_sound() -> None:
    data = pressed(article(BODY, BACK), profile="draft").data
    assert_pdf(data, tagged=False)
    with opened(data) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_what_weasyprint_is_given_can_be_had() -> None:
    reading = build.report(Source(REPORTS / "en" / "041.txt"), lambda _: None)
    made = build.work([reading.report], trim=trim("A5"))
    html, css = writer.sources(made, Styles())
    assert html.startswith(b"<!DOCTYPE html>") and b"<meta charset=" in html
    assert "@font-face" in css and "size: 148mm 210mm" in css
    assert html.count(b"<a ") == html.count(b"</a>")
