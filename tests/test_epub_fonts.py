"""Latin type in an EPUB: only where it is asked for, only its letters, never Japanese or Korean."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import click.testing
import pytest
from fontTools.ttLib import TTFont

from epub_reports import WORDS, report, unpacked, work
from epub_reports import book as single
from epub_volumes import book, volume, year
from epubcheck import assert_epubs
from series_homes import EPUBS, TOML, VOLUME, english, home
from watchpress.backends.epub import typeface
from watchpress.catalog import Work
from watchpress.cli.main import cli
from watchpress.diagnostic import Diagnostic, Place
from watchpress.files import Styles
from watchpress.tools import fonts

PINNED = pytest.mark.skipif(not fonts.faces(), reason="the pinned set is not on this machine")
NAMES = [
    "EPUB/fonts/latin-bold-italic.woff2",
    "EPUB/fonts/latin-bold.woff2",
    "EPUB/fonts/latin-regular-italic.woff2",
    "EPUB/fonts/latin-regular.woff2",
]


def made(given: Work) -> dict[str, bytes]:
    """Return the files of an EPUB made without a word said."""
    told: list[Diagnostic] = []
    files = unpacked(single(replace(given, fonts=True), told))
    assert told == []
    return files


def shapes(files: dict[str, bytes]) -> dict[str, TTFont]:
    """Return the fonts of an EPUB by their names."""
    return {name: TTFont(BytesIO(files[name])) for name in sorted(files) if "woff2" in name}


@PINNED
def test_four_faces_hold_the_letters_of_the_book_and_no_more() -> None:
    files = made(work())
    found = shapes(files)
    assert [*found] == NAMES
    said = {*WORDS["en"][0], *WORDS["en"][1], *"HO0123456789•"} - {" "}
    for font in found.values():
        letters = {*map(chr, font.getBestCmap())}
        assert said <= letters
        assert not letters & {*"Zßŏж", *WORDS["ja"][0]}
        assert font["name"].getDebugName(1) == "Watchpress Serif"
        assert "Source" not in " ".join(str(font["name"].getDebugName(n)) for n in (1, 3, 4, 6))
        assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert {files[name][:4] for name in NAMES} == {b"wOF2"}
    assert sum(len(files[name]) for name in NAMES) < 60_000


@PINNED
def test_small_capitals_come_with_the_face_that_shows_them() -> None:
    features = {
        name: {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}
        for name, font in shapes(made(work())).items()
    }
    assert [name for name, tags in features.items() if "smcp" in tags] == [NAMES[3]]


@PINNED
def test_the_licence_goes_with_them() -> None:
    text = made(work())["EPUB/fonts/LICENCE.txt"].decode()
    assert "Reserved Font Name" in text
    assert "SIL Open Font License, Version 1.1" in text
    assert "scripts.sil.org/OFL" in text
    assert "under another name" in text


@PINNED
def test_the_style_sheet_names_the_files_that_are_there() -> None:
    files = made(work())
    css = files["EPUB/css/epub.css"].decode()
    named = re.findall(r"url\(\.\./(fonts/[^)]+)\)", css)
    assert sorted(f"EPUB/{name}" for name in named) == NAMES
    assert css.count("@charset") == 1
    families = {*re.findall(r"font-family: ([^;]+);", css)}
    assert families == {'"Watchpress Serif"'}  # and then what the reader has chosen


@PINNED
def test_the_same_book_is_the_same_bytes() -> None:
    assert made(work()) == made(work())


def test_without_being_asked_a_book_brings_nothing() -> None:
    files = unpacked(single(work(), []))
    assert not [name for name in files if "fonts/" in name]
    assert b"font-face" not in files["EPUB/css/epub.css"]


def test_a_book_in_other_letters_brings_nothing() -> None:
    for tag in ("ja", "ko"):
        files = made(work(report(tag), language=tag))
        assert not [name for name in files if "fonts/" in name]
        assert b"font-face" not in files["EPUB/css/epub.css"]


def test_no_other_font_takes_the_place_of_the_pinned_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "faces", tuple)
    told: list[Diagnostic] = []
    page = b'<html xml:lang="en">Lamps</html>'
    assert typeface.embed([page], Place("a.txt", 3, 2), told.append) == ()
    assert [str(one.place) + one.code for one in told] == ["a.txt:3:2E104"]


def test_every_file_of_the_sheet_is_made_by_this_name() -> None:
    """Also where the pinned set is not: a face of each kind is what the sheet asks for."""
    wanted = {(400, "normal"), (400, "italic"), (700, "normal"), (700, "italic")}
    files = {
        typeface._file(fonts.Face("x", weight, style, Path("x.ttf"), "latn"))
        for weight, style in wanted
    }
    assert {*re.findall(r"fonts/([^)]+)", Styles().text(typeface.SHEET))} == files


@PINNED
def test_an_edition_and_the_command_line_ask_for_them(tmp_path: Path) -> None:
    bound = EPUBS.replace("epubs", "bound") + 'what = "2021"\nfonts = true\n'
    home(tmp_path, f"{TOML}{VOLUME}{EPUBS}fonts = true\n{bound}", en_031=english(31))
    copy = str(tmp_path / "reports" / "en" / "031.txt")
    run = click.testing.CliRunner().invoke
    assert run(cli, ["build", "-q", "-C", str(tmp_path)]).exit_code == 0
    assert run(cli, ["epub", copy, "--fonts", "-o", str(tmp_path / "one.epub")]).exit_code == 0
    for name in ("dist/031.en.epub", "dist/2021.en-ja.epub", "one.epub"):
        files = unpacked((tmp_path / name).read_bytes())
        assert [file for file in sorted(files) if "woff2" in file] == NAMES, name


@PINNED
@pytest.mark.slow
def test_books_with_fonts_are_valid() -> None:
    tags = ("en", "ja", "ko")
    bound = replace(volume(year(tags), tags, layout="paired"), fonts=True)
    assert_epubs({"single": single(replace(work(), fonts=True), []), "paired": book(bound)})
