"""The EPUB as a whole: valid, the same bytes everywhere, and made without WeasyPrint."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from epub_reports import book, fonts, report, unpacked, work
from epubcheck import assert_epub, assert_epubs
from watchpress.backends.epub.writer import write
from watchpress.catalog import Work
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.files import Styles
from watchpress.tools import fonts as tool

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _fonts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = fonts(tmp_path_factory.mktemp("fonts"))
    monkeypatch.setattr(tool, "faces", lambda: faces)


def made(work: Work) -> bytes:
    """Return the EPUB of `work`, made without a word said."""
    found: list[Diagnostic] = []
    data = book(work, found)
    assert found == []
    return data


def volume() -> Work:
    """Return two numbers, the first in three languages."""
    first = [report(language) for language in ("en", "ja", "ko")]
    return work(*first, report("ja", 8, date="2032-01-05"), language="ja", title="港灯通信 2031")


@pytest.mark.slow
def test_every_kind_of_book_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    books = {
        "volume": made(volume()),
        "bare": made(work(report(notes=False, publisher=""))),
    }
    monkeypatch.setattr(tool, "faces", lambda: ())
    books["drawn"] = book(work(report("ko", faults=True), language="ko"), [])
    assert_epubs(books)


def test_the_check_itself_finds_faults() -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in unpacked(made(work())).items():
            archive.writestr(name, data.replace(b'id="wr007-en-fn1"', b'id="wr007-en-gone"'))
    with pytest.raises(AssertionError, match=r"(?s)EPUBCheck 5.*RSC-012.*EPUBCheck 4.*RSC-012"):
        assert_epub(broken.getvalue())


def test_files_have_fixed_names() -> None:
    assert list(unpacked(made(work()))) == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
        "EPUB/nav.xhtml",
        "EPUB/cover.xhtml",
        "EPUB/wr007-en.xhtml",
        "EPUB/css/epub.css",
        "EPUB/images/cover.png",
    ]


def test_every_xml_file_is_well_formed_and_knows_its_language() -> None:
    files = unpacked(made(volume()))
    for name, data in files.items():
        if name.endswith((".xhtml", ".opf")):
            language = etree.fromstring(data).get("{http://www.w3.org/XML/1998/namespace}lang")
            assert language == (name[-8:-6] if "wr0" in name else "ja"), name


def test_the_style_sheet_is_the_one_of_styles(tmp_path: Path) -> None:
    (tmp_path / "epub.css").write_text("p { margin: 0 }", "utf-8")
    out = io.BytesIO()
    told: list[Diagnostic] = []
    write(work(), Styles(tmp_path), out, told.append)
    assert told == []
    assert unpacked(out.getvalue())["EPUB/css/epub.css"] == b"p { margin: 0 }"


def test_without_a_style_sheet_there_is_no_book(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: Styles, name: str) -> str:
        raise Fatal(remark("C103", Place("styles"), name=name))

    monkeypatch.setattr(Styles, "text", missing)
    with pytest.raises(Fatal):
        made(work())


def test_same_input_same_bytes() -> None:
    assert made(volume()) == made(volume())


def test_another_epoch_changes_the_package_only() -> None:
    first, second = unpacked(made(work())), unpacked(made(Work((report(),), "", "en", 0)))
    assert [name for name in first if first[name] != second[name]] == ["EPUB/package.opf"]


PROGRAM = """
import hashlib, io, sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"weasyprint", "pydyf", "cffi", "pypdfium2"}:
            raise ImportError(f"{name} is not for the EPUB")
sys.meta_path.insert(0, Nothing())
sys.path[:0] = sys.argv[1:3]
from epub_reports import book, report, work
found = []
data = book(work(report("en"), report("ja"), report("ko", 8), language="ja"), found)
print(hashlib.sha256(data).hexdigest(), [finding.code for finding in found])
"""


def outside(cwd: Path, **environment: str) -> str:
    """Return what a process of its own says of a book: its hash and the codes told."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(ROOT / "src"), str(ROOT / "tests")],
        cwd=cwd,
        env={**os.environ, "WATCHPRESS_FONTS": str(cwd / "none"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_no_clock_no_hash_seed_no_folder_gets_in_and_no_engine_is_loaded(tmp_path: Path) -> None:
    here = outside(tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="1", LC_ALL="C")
    there = outside(ROOT, TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert here == there
    assert here.endswith("['E101']\n")  # no fonts were to be found: told once


def test_a_cover_without_fonts_is_told_where_the_headline_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    latin = tuple(face for face in tool.faces() if face.script == "latn")
    monkeypatch.setattr(tool, "faces", lambda: latin)
    found: list[Diagnostic] = []
    files = unpacked(book(work(report("ja"), language="ja"), found))
    assert found == [remark("E101", Place("reports/ja/007.txt", 3, 2), scripts="Japanese")]
    assert "EPUB/images/cover.svg" in files
    assert b'src="images/cover.svg"' in files["EPUB/cover.xhtml"]
    assert made(work())  # Latin is there: nothing to tell


def test_a_work_is_left_as_it_was() -> None:
    given = volume()
    before = [etree.tostring(report) for report in given.reports]
    made(given)
    assert [etree.tostring(report) for report in given.reports] == before
