"""Borders of tables and figures: what of them is told, dropped, empty, and what block they make."""

from __future__ import annotations

import pytest

from edges import Listener, copy
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain.body import blocks
from watchpress.readers.plain.cells import row, squared
from watchpress.readers.plain.exhibits import Exhibit, Figure, Table, exhibits

CAPTION, HEAD, FIRST, SECOND = "Table 1. Boats", "Boat | Length", "Skiff | 3", "Yawl | 12"
PICTURE, ALT = "[Figure 1: quay.png]", "Alt: The quay."
LONG = "The quay was closed on that day, and nobody has said when it will be open again, or why."


def only(*texts: str, words: Words = ENGLISH) -> Table | Figure:
    """Return the exhibit that lines of copy are."""
    (found,) = exhibits(copy(*texts), words, Listener())
    assert isinstance(found, Exhibit)
    return found


def told(*texts: str) -> list[str]:
    """Return what is told of lines of copy, with the facts."""
    desk = Listener()
    exhibits(copy(*texts), ENGLISH, desk)
    return [
        " ".join([one.code, str(one.place.line), *(f"{name}={fact}" for name, fact in one.facts)])
        for one in desk.found
    ]


# -- cells ----------------------------------------------------------------------------------------


def parted(text: str) -> list[str]:
    """Return the cells of a row, each with the place of its first letter."""
    (line,) = copy(text)
    found = row(line)
    assert found is not None
    return [f"{cell.at()} {cell.text}".rstrip() for cell in found.cells]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Boat | Length", ["1:1 Boat", "1:8 Length"]),
        ("| Boat | Length |", ["1:3 Boat", "1:10 Length"]),
        ("| Boat | Length", ["1:1", "1:3 Boat", "1:10 Length"]),
        ("船｜長さ", ["1:1 船", "1:3 長さ"]),
        ("Boat\t\tLength", ["1:1 Boat", "1:1", "1:7 Length"]),
        ("Old boat \t Length", ["1:1 Old boat", "1:12 Length"]),
        # A mark with nothing before it but the tab is of the cell behind the tab.
        ("Cafe\u0301\t\u0301x", ["1:1 Café", "1:6 \u0301x"]),
        ("Café\t\u0301x", ["1:1 Café", "1:6 \u0301x"]),
    ],
)
def test_where_cells_stand(text: str, cells: list[str]) -> None:
    assert parted(text) == cells


def test_all_empty_columns_at_an_edge_go_and_those_between_stay() -> None:
    rows = [row(line) for line in copy("a\t\tb", "\t\tc\td\t", "\t\te\tf")]
    shown = [[cell.text for cell in one.cells] for one in squared([r for r in rows if r])]
    assert shown == [["a", "", "b"], ["", "", "c", "d"], ["", "", "e", "f"]]
    rows = [row(line) for line in copy("| | a | b | | x |", "| | c | d | | |", "| | e | f | |")]
    shown = [[cell.text for cell in one.cells] for one in squared([r for r in rows if r])]
    assert shown == [["a", "b", "", "x"], ["c", "d", "", ""], ["e", "f", ""]]


# -- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("caption", "words", "label", "title", "number", "sure"),
    [
        ("Table 1. Boats", ENGLISH, "1:1 Table 1.", "1:10 Boats", "1", True),
        ("Table 12", ENGLISH, "1:1 Table 12", "1:1 ", "12", True),
        ("[Table 1b] Boats", ENGLISH, "1:1 [Table 1b]", "1:12 Boats", "1b", True),
        ("[ Table 1-2 ]: Boats", ENGLISH, "1:1 [ Table 1-2 ]:", "1:16 Boats", "1-2", True),
        ("表１　船", JAPANESE, "1:1 表１", "1:4 船", "1", False),
        ("表１－２：船", JAPANESE, "1:1 表１－２：", "1:6 船", "1-2", True),
        ("第表1：船", JAPANESE, "1:1 第表1：", "1:5 船", "1", True),
    ],
)
def test_label_and_title_of_a_caption(
    caption: str, words: Words, label: str, title: str, number: str, sure: bool
) -> None:
    found = only(caption, HEAD, FIRST, words=words).caption
    assert found is not None
    assert f"{found.label.at()} {found.label.text}" == label
    assert f"{found.title.at()} {found.title.text}" == title
    assert (found.number, found.sure) == (number, sure)


@pytest.mark.parametrize(
    ("texts", "dropped"),
    [
        ([CAPTION, HEAD, "--- | ---", FIRST], ["3 R311 --- | ---"]),
        ([CAPTION, "---", HEAD, "===", FIRST, "---"], ["2 R311 ---", "4 R311 ==="]),
        ([CAPTION, HEAD, FIRST, "---"], []),  # the page's
        ([CAPTION, HEAD, "---", "End."], []),  # no table
    ],
)
def test_rules_among_the_rows_are_dropped(texts: list[str], dropped: list[str]) -> None:
    desk = Listener()
    exhibits(copy(*texts), ENGLISH, desk)
    assert desk.out == dropped


def test_rows_end_with_the_first_line_that_is_none() -> None:
    found = exhibits(copy(CAPTION, HEAD, FIRST, "End.", SECOND), ENGLISH, Listener())
    assert len(found) == 3
    (table, *_) = found
    assert isinstance(table, Table)
    assert len(table.rows) == 2


def test_rows_are_like_the_first_not_like_the_one_above() -> None:
    table = only(CAPTION, HEAD, "Skiff | 3 | old", "Yawl |")
    assert isinstance(table, Table)
    assert [[cell.text for cell in one.cells] for one in table.rows] == [
        ["Boat", "Length", ""], ["Skiff", "3", "old"], ["Yawl", "", ""],
    ]  # fmt: skip


def test_remarks_stand_above_the_source() -> None:
    table = only(CAPTION, HEAD, FIRST, "Note: In metres.", "Remark: Of 2031.", "Source: The log")
    assert [line.text for line in table.remarks] == ["Note: In metres.", "Remark: Of 2031."]
    assert table.source is not None
    assert table.source.text == "Source: The log"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([CAPTION, HEAD, "Skiff | 3 | old"], ["R406 3 cells=3 head=2"]),
        ([CAPTION, "a | b | c", "d | e"], ["R406 3 cells=2 head=3"]),
        ([CAPTION, HEAD], ["R408 1 text=Table 1. Boats"]),
        (["Aye.", "a | b", HEAD, "Yawl | 9"], ["R407 2 count=3 text=a | b"]),
        ([PICTURE], ["R405 1 file=quay.png"]),
        ([PICTURE, "Note: By night.", "Source: The log"], ["R405 3 file=quay.png"]),
    ],
)
def test_what_is_told_of_tables_and_figures(texts: list[str], expected: list[str]) -> None:
    assert told(*texts) == expected


# -- figures --------------------------------------------------------------------------------------


def test_a_figure_takes_the_caption_right_above_it() -> None:
    found = exhibits(copy("Aye.", "Figure 1. The Quay", PICTURE, ALT), ENGLISH, Listener())
    assert len(found) == 2
    figure = found[-1]
    assert isinstance(figure, Figure)
    assert (figure.first.number, figure.named.number, figure.number) == (2, 3, "1")
    apart = exhibits(copy("Figure 1. The Quay", "Aye.", PICTURE, ALT), ENGLISH, Listener())
    assert len(apart) == 3


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("[Figure 1: q.png]", "q.png"),
        ("【Map 2 : old quay.TIFF】", "old quay.TIFF"),
        ("[Figure 1: q.tif]", "q.tif"),
        ("[Chart:q.jpg]", "q.jpg"),
        ("[Fig. 1：q.jpeg ]", "q.jpeg"),
        ("[Figure 1: .png]", None),
        ("[Figure 1: q.png", None),
        ("[Figure 1:  q.bmp]", "q.bmp"),
        ("[Figure 1: a:q.png]", None),
        ("[Figure 1234: q.png]", None),
        ("[Figure 123: q.png]", "q.png"),
    ],
)
def test_which_line_names_a_picture(line: str, file: str | None) -> None:
    (found,) = exhibits(copy(line), ENGLISH, Listener())
    assert (found.file if isinstance(found, Figure) else None) == file


def test_words_for_who_does_not_see_it_begin_behind_the_colon() -> None:
    figure = only(PICTURE, "(Alternative text : The quay.")
    assert isinstance(figure, Figure)
    assert figure.alt is not None
    assert figure.told is not None
    assert (figure.alt.at(), figure.alt.text, figure.told.at()) == ("2:21", "The quay.", "2:1")


# -- blocks ---------------------------------------------------------------------------------------


def test_the_blocks_of_a_body_their_kinds_and_their_documents() -> None:
    desk = Listener()
    texts = [LONG, "The Old Quay", LONG, "***", "Dear sir,", CAPTION, HEAD, FIRST, "***",
             CAPTION, HEAD, FIRST, "Note: In metres.", "The New Quay", LONG]  # fmt: skip
    found = list(blocks(copy(*texts), ENGLISH, desk))
    shown = [(one.kind, one.group, one.line.number, one.last.number) for one in found]
    assert shown == [
        ("paragraph", 0, 1, 1),
        ("heading", 0, 2, 2),
        ("paragraph", 0, 3, 3),
        ("document", 1, 5, 5),
        ("exhibit", 1, 6, 8),
        ("exhibit", 0, 10, 13),
        ("heading", 0, 14, 14),
        ("paragraph", 0, 15, 15),
    ]
    assert [one.exhibit is not None for one in found] == [one.kind == "exhibit" for one in found]
    assert desk.out == ["4 R304 ***", "9 R304 ***"]
    assert desk.codes == []


def test_a_caption_without_its_table_is_no_heading() -> None:
    desk = Listener()
    found = list(blocks(copy(LONG, "Table 1: Boats", LONG), ENGLISH, desk))
    assert [one.kind for one in found] == ["paragraph"] * 3
    assert desk.codes == ["2:1 R408"]


def test_of_lines_of_asterisks_the_last_without_fellow_is_told_and_all_are_dropped() -> None:
    desk = Listener()
    found = list(blocks(copy("***", "Aye.", "****", "Bee.", "*****", "Cee."), ENGLISH, desk))
    assert [one.kind for one in found] == ["paragraph"] * 3
    assert [(one.code, one.place.line, one.facts) for one in desk.found] == [
        ("R108", 5, (("text", "*****"),))
    ]
    assert desk.out == ["1 R304 ***", "3 R304 ****", "5 R304 *****"]
