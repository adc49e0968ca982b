"""The file for an archive: PDF/A-3a and PDF/UA-1 at once, with the XML that it was made of."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pdf_reports import TEXT, article, call, note
from press_files import archive_file, piece, pressed
from products import assert_archive, grave, tag_tree
from watchpress.backends.pdf.bind import Enclosure
from watchpress.build import report as build
from watchpress.build.make import Single, make
from watchpress.build.verdict import Finished
from watchpress.catalog import Press, Source, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.theme import standard
from watchpress.tools import anatomy

REPORTS = Path(__file__).parent.parent / "reports"


def made(*names: str) -> tuple[Finished, list[tree.Element]]:
    reports = [build.report(Source(REPORTS / name), lambda _: None).report for name in names]
    work = build.work(reports, trim=trim("A5"), profile="archive")
    found: list[Diagnostic] = []
    product = build.product("pdf", work, Styles(), found.append)
    assert grave(found) == []
    return product, reports


@pytest.mark.parametrize(
    "names", [("en/042.txt",), ("ja/042.txt",), ("en/040.txt",), ("ko/043.txt", "en/043.txt")]
)
def test_a_report_is_valid_and_encloses_its_xml(names: tuple[str, ...]) -> None:
    finished, _ = made(*names)
    assert_archive(finished.data)
    with pikepdf.open(BytesIO(finished.data)) as pdf:
        files = list(pdf.Root.AF)
        assert len(files) == len(names)
        for file, name in zip(files, names, strict=True):
            language, _, number = name.removesuffix(".txt").partition("/")
            assert str(file.UF) == str(file.F) == f"{number}.{language}.xml"
            assert file.AFRelationship == "/Source"
            assert file.EF.F.Subtype == "/text/xml"
            assert file.EF.F.read_bytes() == _portable(name)
        assert sorted(pdf.attachments) == sorted(str(file.UF) for file in files)


def _portable(name: str) -> bytes:
    """Return the XML that `watchpress build` puts beside the PDF."""
    report = build.report(Source(REPORTS / name), lambda _: None).report
    order = Single(
        "x.xml",
        "xml",
        tree.serialize(report),
        "A5",
        "screen",
        (),
        Styles(),
        False,
        Press(),
        standard(),
    )
    return make(order).data


def test_the_enclosed_xml_is_a_report_again(tmp_path: Path) -> None:
    finished, reports = made("en/042.txt")
    with pikepdf.open(BytesIO(finished.data)) as pdf:
        (tmp_path / "back.xml").write_bytes(pdf.attachments["042.en.xml"].get_file().read_bytes())
    back = build.report(Source(tmp_path / "back.xml"), lambda _: None).report
    assert tree.text(back) == tree.text(reports[0])


def test_it_says_what_it_keeps_and_what_its_colours_mean() -> None:
    body = anatomy.read(made("en/042.txt")[0].data)
    for said in (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert said in body.xmp
    (intent,) = body.intents
    assert (intent.kind, intent.condition) == ("GTS_PDFA1", "sRGB IEC61966-2.1")
    assert intent.profile is not None and intent.profile[16:20] == b"RGB "


def test_it_is_the_screen_edition_with_more_in_it() -> None:
    report = build.report(Source(REPORTS / "en/042.txt"), lambda _: None).report
    work = build.work([report], trim=trim("A5"))
    screen = build.product("pdf", work, Styles(), lambda _: None)
    assert tag_tree(made("en/042.txt")[0].data) == tag_tree(screen.data)


def test_the_same_copy_gives_the_same_bytes() -> None:
    loose = pressed(article(f"<p>{TEXT}{call(1)}</p>", note(1, "The Quay.")), profile="archive")
    enclosed = Enclosure("007.en.xml", b"<article/>", "Lantern Letters No. 7")
    assert archive_file([piece(loose)], enclosed) == archive_file([piece(loose)], enclosed)
    assert_archive(archive_file([piece(loose)], enclosed))


def test_a_coloured_and_pictured_page_is_valid(tmp_path: Path) -> None:
    looks = ".body p { color: oklch(50% .1 30); background: linear-gradient(#fff, #9bd) }"
    (tmp_path / "print.css").write_text(Styles().text("print.css") + looks, "utf-8")
    one = article(f"<p>{TEXT}</p>")
    loose = pressed(one, profile="archive", styles=Styles(tmp_path))
    assert_archive(archive_file([piece(loose)]))
