"""WeasyPrint kept in hand: how it is loaded, what it may read, which of its names we replace."""

from __future__ import annotations

import ctypes.util
import inspect
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import weasyprint
import weasyprint.html
import weasyprint.pdf
import weasyprint.pdf.fonts
import weasyprint.pdf.stream
import weasyprint.text.fonts
import weasyprint.urls

from watchpress.backends.pdf import engine
from watchpress.backends.pdf.engine import EngineMissing
from watchpress.backends.pdf.fetch import Fetcher, Refused
from watchpress.backends.pdf.sheet import css
from watchpress.backends.pdf.type import Fonts, lines
from watchpress.catalog import TRIMS
from watchpress.theme import standard
from watchpress.tools import fonts

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=False, capture_output=True, text=True
    )


@LINUX
def test_loading_runs_no_program_and_finds_all_libraries() -> None:
    done = python(
        "import subprocess\n"
        "def refuse(*a, **k): raise AssertionError(a)\n"
        "subprocess.Popen.__init__ = refuse\n"
        "from watchpress.backends.pdf import engine\n"
        "engine.load()\n"
        "from weasyprint.text import ffi\n"
        "print(all([ffi.gobject, ffi.pango, ffi.harfbuzz, ffi.fontconfig, ffi.pangoft2]))\n"
        "print(ffi.harfbuzz_subset is not None)"
    )
    assert (done.stdout, done.stderr) == ("True\nTrue\n", "")


@LINUX
def test_the_search_for_libraries_is_put_back() -> None:
    before = ctypes.util.find_library
    with engine.swift():
        assert ctypes.util.find_library("c") is None
    assert ctypes.util.find_library is before
    with pytest.raises(ValueError, match="x"), engine.swift():
        raise ValueError("x")
    assert ctypes.util.find_library is before


def test_the_search_stays_where_it_runs_no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    before = ctypes.util.find_library
    with engine.swift():
        assert ctypes.util.find_library is before


def test_what_is_seldom_needed_is_imported_when_it_is_needed() -> None:
    done = python(
        "import sys\n"
        "from watchpress.backends.pdf import engine\n"
        "engine.load()\n"
        "print(sorted(name for name in engine.SELDOM if name in sys.modules))\n"
        "from weasyprint.pdf import fonts\n"
        "print(fonts.subset.Options.__module__)\n"
        "try: fonts.instantiateVariableFont(None, {})\n"
        "except TypeError: print('fontTools.varLib.instancer' in sys.modules)"
    )
    assert (done.stdout, done.stderr) == ("[]\nfontTools.subset\nTrue\n", "")


def test_a_machine_without_pango_is_told_so_and_nothing_is_printed() -> None:
    done = python(
        "import cffi\n"
        "def dlopen(self, name, flags=0): raise OSError(f'cannot load library {name!r}')\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from watchpress.backends.pdf import engine\n"
        "try: engine.load()\n"
        "except engine.EngineMissing as fault: print('missing:', fault)"
    )
    assert done.stdout == "missing: cannot load library 'libgobject-2.0-0'\n"
    assert done.stderr == ""


def test_another_major_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "VERSION", "71.0")
    with pytest.raises(EngineMissing, match=r"WeasyPrint 71\.0 is installed, 70\.x is needed"):
        engine.load.__wrapped__()


def test_english_is_hyphenated_as_in_america() -> None:
    import pyphen

    engine.load()
    assert pyphen.Pyphen(lang="en").inserted("extraordinary") == "ex-tra-or-di-nary"


def test_the_names_that_we_replace_are_what_they_were() -> None:
    writing = inspect.getsource(weasyprint.pdf.generate_pdf)
    for use in (
        "stream = Stream(\n",
        "add_tags(pdf, document, options['pdf_version'], page_streams)",
        "build_fonts_dictionary(pdf, document.fonts, compress, subset, options)",
        "add_links(links_and_anchors, matrix, pdf, pdf_page, pdf_names, tags)",
    ):
        assert use in writing
    stream = weasyprint.pdf.stream.Stream
    assert list(inspect.signature(stream.marked).parameters) == ["self", "box", "tag"]
    assert "self._tags = tags" in inspect.getsource(stream.__init__)
    assert "font.to_unicode" in inspect.getsource(weasyprint.pdf.fonts.build_fonts_dictionary)


def test_the_parts_that_we_make_ourselves_are_whole() -> None:
    """What a parent's __init__ sets, ours sets too, since it does not call its parent's."""
    html = inspect.getsource(weasyprint.HTML.__init__)
    assert {line.split(" = ")[0].strip() for line in html.splitlines() if "self." in line} >= {
        "self.base_url",
        "self.url_fetcher",
        "self.media_type",
        "self.wrapper_element",
        "self.etree_element",
    }
    assert html.count("        self.") == 5
    fonts = inspect.getsource(weasyprint.text.fonts.FontConfiguration.__init__)
    set_there = {line.split(" = ")[0].strip() for line in fonts.splitlines() if " = " in line}
    assert set_there == {
        "self._config",
        "self.font_map",
        "self._folder",
        "self.strut_layouts",
        "self.font_features",
    }
    assert set(vars(Fonts(()))) >= {name.removeprefix("self.") for name in set_there}
    fetch = inspect.getsource(weasyprint.urls.fetch)
    assert "url_fetcher(url)" in fetch and "url_fetcher._fail_on_errors" in fetch


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "series"
    folder.mkdir()
    (folder / "lamp ö.png").write_bytes(b"lamp")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "way out.png").symlink_to(tmp_path / "secret.png")
    return folder


def test_files_of_the_folder_are_read(series: Path) -> None:
    url = (series / "lamp ö.png").as_uri()
    assert Fetcher(folder=series).fetch(url).read() == b"lamp"
    assert Fetcher(folder=series)(url).read() == b"lamp"
    assert Fetcher(frozenset({series / "lamp ö.png"})).open(url).read() == b"lamp"


def test_data_is_read() -> None:
    answer = Fetcher().fetch("data:text/css;charset=utf-8,p%7B%7D")
    assert (answer.read(), answer.content_type) == (b"p{}", "text/css")


@pytest.mark.parametrize(
    "url",
    [
        "https://lamps.example.org/a.png",
        "HTTP://lamps.example.org/a.png",
        "ftp://lamps.example.org/a.png",
        "file://lamps.example.org/etc/passwd",
        "file:///etc/passwd",
        "file:{folder}/../secret.png",
        "file:{folder}/%2e%2e/secret.png",
        "file:{folder}/way%20out.png",
        "file:{folder}/absent.png",
        "data:nothing",
        "javascript:alert(1)",
        "lamp.png",
    ],
)
def test_all_else_is_refused(url: str, series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(Refused):
        Fetcher(folder=series).fetch(url.format(folder=series.as_posix()))


def test_without_a_folder_no_file_is_read(series: Path) -> None:
    with pytest.raises(Refused):
        Fetcher().fetch((series / "lamp ö.png").as_uri())


def test_fonts_may_lie_in_a_relative_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fonts.faces()
    assert found, "the pinned fonts are here"
    monkeypatch.chdir(found[0].path.parent)
    near = [replace(face, path=Path(face.path.name)) for face in found]
    assert lines(Fonts(near), "Lamp 灯 등", "Watchpress Serif", 400, 10, 500, "en") == 1
    assert "file:///" in css(TRIMS["A5"], ["en"], near, standard())


def test_a_font_that_is_none_is_not_passed_over(tmp_path: Path) -> None:
    face = replace(fonts.faces()[0], path=tmp_path / "absent.ttf")
    with pytest.raises(OSError, match=r"absent\.ttf"):
        Fonts([face])
