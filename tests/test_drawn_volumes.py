"""Volumes of drawn series: in every layout each note is where its marker points, and back.

Two judges look at each product: the proof, and a witness that shares no line with it (witness.py).
`WATCHPRESS_DRAWN=100 pytest tests/test_drawn_volumes.py` draws a hundred times as many series, and
others each time; without it the same ones are drawn on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

import witness
import witness_epub
import witness_pdf
from drawn_series import TAGS, Drawn, Sheet, compiler, series
from epub_reports import fonts as boxes
from epub_volumes import book, pages_of, proved
from epubcheck import assert_epubs
from products import assert_pdf, grave
from watchpress.build import volume as binder
from watchpress.build.compile import Compiler
from watchpress.catalog import Layout
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.tools import fonts as tool
from watchpress.tools import pdfium
from watchpress.volume import numbers

TIMES = int(os.environ.get("WATCHPRESS_DRAWN", "0"))


def drawing(count: int) -> settings:
    """Return how often to draw: `count` times, or many more at hand."""
    return settings(
        max_examples=count * max(TIMES, 1),
        derandomize=not TIMES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Compiler:
    """Return what lays out reports, those of one sheet once for all series."""
    return compiler(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def _boxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Draw covers in a font of boxes: quick, and the same everywhere."""
    faces = boxes(tmp_path_factory.mktemp("fonts"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tool, "faces", lambda: faces)
        yield


# -- EPUB ----------------------------------------------------------------------------------------


def hold_epub(drawn: Drawn) -> bytes:
    """Hold the EPUB of a series, with invented printed pages, to both judges."""
    source = drawn.volume
    made, rows = numbers.number(source)
    data = book(made, pages_of(made))
    assert [one.say() for one in proved(made, data)] == []
    papers = {"notes.csv": numbers.csv(rows), "notes.json": numbers.json(rows)}
    witness.hold_map(source, papers)
    witness.hold(source, witness_epub.streams(data))
    return data


@pytest.mark.usefixtures("_boxes")
@drawing(15)
@given(drawn=series(most=8))
def test_notes_of_drawn_epubs_are_where_their_markers_point(drawn: Drawn) -> None:
    hold_epub(drawn)


@pytest.mark.slow
@pytest.mark.usefixtures("_boxes")
@drawing(12)
@given(drawn=series())
def test_notes_of_many_drawn_epubs_are_where_their_markers_point(drawn: Drawn) -> None:
    hold_epub(drawn)


# -- PDF, and the EPUB with its pages ------------------------------------------------------------


def hold(drawn: Drawn, press: Compiler) -> dict[str, bytes]:
    """Hold both products of a series, as a build makes them, to both judges; return them."""
    volume, told, made = drawn.volume, list[Diagnostic](), dict[str, bytes]()
    for kind, make in (("pdf", binder.pdf), ("epub", binder.epub)):
        bound = make(volume, Styles(), told.append, press, proof=True)
        papers = {name: said for name, said in bound.papers.items() if isinstance(said, str)}
        witness.hold_map(volume, papers)
        made[kind] = bound.data
    witness.hold(volume, witness_pdf.streams(made["pdf"]))
    witness.hold(volume, witness_epub.streams(made["epub"]))
    # The index may find no place for its word, a note be too short for a pop-up of Kobo's, a list
    # of all notes be longer than Japanese shops ask for.
    assert {one.code for one in grave(told)} <= {"V201", "E201", "E203"}
    assert_pdf(made["pdf"])
    return made


def year(layout: Layout, languages: int, reports: int, notes: int) -> Drawn:
    """Return a series of so many reports; some editions are missing, some have no notes."""
    tags = TAGS[:languages]
    sheets = tuple(
        Sheet(number, tag, (number * 7 + 3 * place) % (notes + 1), number)
        for number in range(1, reports + 1)
        for place, tag in enumerate(tags)
        if (number + place) % 4 or not place
    )
    return Drawn(tags, sheets, layout)


SMALL = {
    "sequential": replace(year("sequential", 3, 2, 5), numbering="continuous", print_map=True),
    "paired": replace(year("paired", 2, 3, 4), notes_at="volume", terms=True),
    "facing": replace(year("facing", 2, 3, 6), numbering="continuous", errata=True),
}


@pytest.mark.slow
def test_small_series_in_each_layout(press: Compiler) -> None:
    assert_epubs({name: hold(drawn, press)["epub"] for name, drawn in SMALL.items()})


@pytest.mark.slow
@drawing(4)
@given(drawn=series(most=4, notes=8, seeds=1))
def test_notes_of_drawn_volumes_are_where_their_markers_point(
    press: Compiler, drawn: Drawn
) -> None:
    hold(drawn, press)


@pytest.mark.slow
@drawing(2)
@given(drawn=series(seeds=1))
def test_notes_of_drawn_volumes_of_up_to_forty_reports(press: Compiler, drawn: Drawn) -> None:
    hold(drawn, press)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["paired", "facing"])
def test_a_series_of_forty_reports(press: Compiler, layout: Layout) -> None:
    drawn = replace(year(layout, 2, 40, 5), notes_at="volume", terms=True)
    if layout == "facing":
        drawn = replace(drawn, numbering="continuous", notes_at="report", print_map=True)
    assert_epubs({layout: hold(drawn, press)["epub"]})


def test_a_call_in_a_headline_stands_in_the_headline_alone(press: Compiler) -> None:
    """Contents, bookmarks, notes, placeholders name a report; the call would be a number more."""
    drawn = Drawn(("en", "ja"), (Sheet(4, "en", 1, 0), Sheet(10, "ja", 1, 1)), notes_at="volume")
    (first, second) = (entry.reports[0] for entry in drawn.volume.entries)
    for report in (first, second):
        assert tree.headline(report).find("xref") is not None
    titles = [tree.title(first), tree.title(second)]
    assert [title.rpartition(" ")[2] for title in titles] == ["4", "10"]
    made = hold(drawn, press)
    marks = [mark.title for mark in pdfium.read(made["pdf"]).outline]
    assert [mark for mark in marks if mark in titles] == titles * 2
    for name, root in witness_epub.documents(made["epub"]).items():
        ours = name in ("wr004-en.xhtml", "wr010-ja.xhtml")
        for title, number in zip(titles, ("4", "10"), strict=True):
            assert ("".join(root.itertext()).count(f"{title}1") > 0) == (ours and number in name)
