"""Borders of the body: what is a sub-heading, a letter, a row, a caption, a figure."""

from __future__ import annotations

import pytest

from edges import Listener, copy, one
from watchpress.language.words import ENGLISH, JAPANESE, KOREAN, Words
from watchpress.readers.plain.body import blocks
from watchpress.readers.plain.cells import Row, row, ruled, squared
from watchpress.readers.plain.exhibits import Figure, Table, captions, exhibits
from watchpress.readers.plain.headings import bare, form, headings
from watchpress.readers.plain.lines import Line

TEXT = "The quay is closed, and the boats wait in the roads. " * 3
KANJI = f"港は閉鎖され、{'船は沖で待っている' * 8}。"


# -- sub-headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) The quay", "brackets"),
        ("（１２）港", "brackets"),
        ("(123) The quay", None),
        ("(1)", None),
        ("1. The quay", "number"),
        ("12.The quay", "number"),
        ("１、港", "number"),
        ("123. The quay", None),
        ("1.5 km of quay", None),
        ("1 The quay", None),
        ("IV. The quay", "roman"),
        ("XVII.The quay", "roman"),
        ("XVIII. The quay", None),
        ("① The quay", "circle"),
        ("①港", "circle"),
        ("• The quay", "bullet"),
        ("・港", "bullet"),
        ("•", None),
        ("The quay", None),
    ],
)
def test_the_form_of_an_item(text: str, expected: str | None) -> None:
    assert form(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Quay [1]", "The Quay"),
        ("The Quay[1].", "The Quay."),
        ("The Quay[1]x", "The Quay[1]x"),
        ("The Quay [1] and more", "The Quay [1] and more"),
        ("The quay is closed.” [1]", "The quay is closed."),
        ("The quay is closed.) ", "The quay is closed."),
        ("The quay is closed.[1][2]", "The quay is closed."),
    ],
)
def test_markers_and_closing_marks_stand_behind_a_heading(text: str, expected: str) -> None:
    assert bare(text, ENGLISH) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([TEXT, "The Quay", TEXT], {1}),
        (["The Quay", TEXT], {0}),
        ([TEXT, "The Quay"], set()),  # nothing stands below it
        ([TEXT, "Q" + "x" * 89, TEXT], {1}),
        ([TEXT, "Q" + "x" * 90, TEXT], set()),
        ([TEXT, "As follows:", "The Quay", TEXT], set()),
        ([TEXT, f"{TEXT} As follows:", "The Quay", TEXT], set()),
        ([TEXT, "[1] The Quay", TEXT], set()),
        ([TEXT, "12 34", TEXT], set()),
        ([TEXT, "Mar. 11, 2019", TEXT], set()),
        ([TEXT, "Subject : The Quay", TEXT], set()),
        ([TEXT, "The Quay:", TEXT], set()),
        ([TEXT, "the quay", TEXT], set()),
        ([TEXT, "[The Quay]", TEXT], {1}),
        ([TEXT, "[abc]", TEXT], {1}),
        ([TEXT, "[ab]", TEXT], set()),
        ([TEXT, f"[{'Q' * 70}]", TEXT], {1}),
        ([TEXT, f"[{'Q' * 71}]", TEXT], set()),
        ([TEXT, "[Photo of the quay]", TEXT], set()),
        ([TEXT, "[The rest is omitted]", TEXT], set()),
        ([TEXT, "“The Quay”", TEXT], set()),
        ([TEXT, "“The Quay", TEXT], set()),
        ([TEXT, "“The Quay” Closed", TEXT], {1}),
        ([TEXT, '"The Quay"', TEXT], set()),
        ([TEXT, '"The Quay" Closed', TEXT], {1}),
        (["(1) The Quay", TEXT, "(2) The Road", TEXT], {0, 2}),
        ([TEXT, "(1) The Quay", "(2) The Road", TEXT], set()),
        (["(1) The Quay", "(2) The Road", "(3) The Town", TEXT], set()),
        ([TEXT, "(1) The Quay", "1. The Road", TEXT], {2}),  # over it stands no running text
        ([TEXT, "(1) The quay is closed.", TEXT], set()),
        ([TEXT, "(1) the quay", TEXT], set()),
        ([TEXT, "1. the quay", TEXT], set()),
        ([TEXT, "(1) eBooks of the quay", TEXT], set()),
        ([TEXT, "(1) The Old Quay", "It is so."], {1}),
        ([TEXT, "• The Quay", TEXT], set()),
        ([TEXT, "① The Quay", TEXT], set()),
        ([TEXT, "Part One", "(1) The Quay", TEXT], {1, 2}),
        ([TEXT, "Part One", "• The Quay", TEXT], set()),
        ([TEXT, "Part One", "① The Quay", TEXT], set()),
        ([TEXT, "Part One", "Who owns the quay?", TEXT], {1, 2}),
        ([TEXT, "Ken Mori", "Aya Abe", TEXT], set()),
        ([TEXT, "x" * 90, "The Quay", TEXT], set()),
        ([TEXT, "x" * 91, "The Quay", TEXT], {2}),
        ([TEXT, "The quay is closed.", TEXT], set()),
        ([TEXT, "Who owns the quay?", "x" * 90], set()),
        ([TEXT, "Who owns the quay?", "x" * 91], {1}),
        ([TEXT, "The Quay", "x" * 90], set()),
        ([TEXT, "The Quay", "x" * 91], {1}),
        ([TEXT, "The Quay", "It is so."], {1}),
        ([TEXT, "The Quays", "It is so."], set()),  # a sentence no longer than the line above it
    ],
)
def test_what_is_a_sub_heading(lines: list[str], expected: set[int]) -> None:
    assert headings(copy(*lines), ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 港は閉鎖。", {1}),
        ("港は閉鎖。", set()),
        ("［中略］", set()),
        ("［港］", set()),
        ("［港の閉鎖］", {1}),
        ("［写真は港の全景］", set()),
        ("【港】", {1}),
    ],
)
def test_what_is_a_sub_heading_in_japanese(text: str, expected: set[int]) -> None:
    assert headings(copy(KANJI, text, KANJI), JAPANESE) == expected


# -- documents ------------------------------------------------------------------------------------


def grouped(*lines: str, words: Words = ENGLISH) -> tuple[list[int], Listener]:
    """Return the number of the document that each line is part of, 0 for none; rules drop out."""
    desk = Listener()
    return [block.group for block in blocks(copy(*lines), words, desk)], desk


@pytest.mark.parametrize(
    ("lines", "groups", "codes"),
    [
        (["Aye.", "***", "Bee.", "***", "Cee."], [0, 1, 0], []),
        (["* * *", "Bee.", "＊＊＊", "* * *", "Cee.", "***"], [1, 2], []),
        (["Aye.", "**", "Bee.", "**", "Cee."], [0] * 5, []),
        (["Aye.", "* *", "Bee.", "* *", "Cee."], [0] * 5, []),
        (["Aye.", "***", "Bee."], [0, 0], ["2:1 R108"]),
        (["To: Aye", "Bee.", "Yours (signed)", "Cee."], [1, 1, 1, 0], []),
        (["To : Aye", "Bee.", "(Signed) Dee", "Cee."], [1, 1, 1, 0], []),
        (["To: Aye", "Bee."], [0, 0], ["1:1 R113"]),
        (["To: Aye", "To: Bee", "(Signed) Cee"], [0, 1, 1], ["1:1 R113"]),
        (["To: it is closed.", "(Signed) Cee"], [0, 0], []),
        ([f"To: {'A' * 86}", "(Signed) Cee"], [1, 1], []),
        ([f"To: {'A' * 87}", "(Signed) Cee"], [0, 0], []),
        (["To: Aye", "(Signed)", "Bee", "Cee", "Dee", "Eff", "Gee"], [1, 1, 1, 1, 1, 1, 0], []),
        (["To: Aye", "(Signed)", "Bee", "It is so.", "Cee"], [1, 1, 1, 0, 0], []),
        (["To: Aye", "(Signed)", "(1) Bee", "Cee"], [1, 1, 0, 0], []),
        (["To: Aye", "(Signed)", "B" * 90, "C" * 91], [1, 1, 1, 0], []),
        (["To: Aye", "(Signed) Bee", "Cee"], [1, 1, 0], []),
        (["To: Aye", "(Signed) Bee", "***", "Cee.", "***"], [1, 1, 2], []),
        (["***", "To: Aye", "***", "(Signed) Bee"], [1, 0], []),
    ],
)
def test_what_is_a_document(lines: list[str], groups: list[int], codes: list[str]) -> None:
    found, desk = grouped(*lines)
    assert (found, desk.codes) == (groups, codes)


# -- rows -----------------------------------------------------------------------------------------


def parted(text: str, like: Row | None = None) -> list[str] | None:
    found = row(one(text), like)
    return [cell.text for cell in found.cells] if found else None


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Boat\tLength", ["Boat", "Length"]),
        ("Boat\t\tLength", ["Boat", "", "Length"]),
        ("Old boat\tof the quay", ["Old boat", "of the quay"]),
        ("Boat | Length", ["Boat", "Length"]),
        ("| Boat | Length |", ["Boat", "Length"]),
        ("| Boat | Length", ["", "Boat", "Length"]),
        ("Boat | Length |", ["Boat", "Length", ""]),
        ("船｜長さ", ["船", "長さ"]),
        ("Boat|Length", None),
        ("| Boat |", None),
        ("| |", None),
        ("｜", None),
        ("Boat | ", None),
        ("Boat", None),
        ("---", None),
    ],
)
def test_what_is_a_row(text: str, cells: list[str] | None) -> None:
    assert parted(text) == cells


def test_a_row_with_one_cell_is_one_among_its_like() -> None:
    like = row(one("Boat | Length"))
    assert parted("Skiff |", like) == ["Skiff", ""]
    assert parted("Skiff | |", like) is None  # three cells
    assert parted(f"{'x' * 60} |", like) == ["x" * 60, ""]
    assert parted(f"{'x' * 61} |", like) is None  # a paragraph
    assert parted("Skiff | 3 | 4", like) == ["Skiff", "3", "4"]
    tabbed = row(one("Boat\tLength"))
    assert parted("Skiff | 3", tabbed) is None
    assert parted("Skiff | 3\t4", tabbed) == ["Skiff | 3", "4"]
    assert parted("Skiff | 3\t4", like) == ["Skiff", "3 4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("---", True), ("| --- | :-: |", True), ("--", False), ("- - -", False), ("--- x", False)],
)
def test_what_is_a_rule(text: str, expected: bool) -> None:
    assert ruled(one(text)) == expected


def test_columns_at_the_edges_that_are_empty_in_all_rows_go() -> None:
    rows = [row(one("| Boat | Length")), row(one("| Skiff | 3")), row(one("| | 4 | |"))]
    found = squared([one for one in rows if one])
    assert [[cell.text for cell in one.cells] for one in found] == [
        ["Boat", "Length"],
        ["Skiff", "3"],
    ]
    kept = squared([r for r in (row(one("a | b | ")), row(one("| c | d"))) if r])
    assert [[cell.text for cell in one.cells] for one in kept] == [["a", "b", ""], ["", "c", "d"]]


# -- captions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Table 1. Boats", ENGLISH, True),
        ("Table1. Boats", ENGLISH, True),
        ("Table 1: Boats", ENGLISH, True),
        ("Table 1.", ENGLISH, False),  # ends as a sentence does: only rows below it make it one
        ("Table 1", ENGLISH, True),
        ("[Table 1] Boats", ENGLISH, True),
        ("[ Table 1 ]Boats", ENGLISH, True),
        ("Table 1 Boats", ENGLISH, False),
        ("Table 1.Boats", ENGLISH, False),
        ("Table 1:Boats", ENGLISH, False),
        ("Table 1. It shows boats.", ENGLISH, False),
        ("Table 123. Boats", ENGLISH, True),
        ("Table 1234. Boats", ENGLISH, False),
        ("Table 1-12. Boats", ENGLISH, True),
        ("Table 1-1. Boats", ENGLISH, True),
        ("Table 1-123. Boats", ENGLISH, False),
        ("Table 1a. Boats", ENGLISH, True),
        ("Table 1ab. Boats", ENGLISH, False),
        ("Fig. 1. Boats", ENGLISH, True),
        ("Boats", ENGLISH, False),
        ("表1.船", JAPANESE, True),
        ("表１：船", JAPANESE, True),
        ("第1表", JAPANESE, False),
        ("第表1：船", JAPANESE, True),
        ("表1 船", JAPANESE, False),
        ("표 1. 배", KOREAN, True),
        ("표 1.배", KOREAN, False),
    ],
)
def test_what_is_surely_a_caption(text: str, words: Words, expected: bool) -> None:
    assert captions(one(text), words) == expected


# -- tables and figures ---------------------------------------------------------------------------


def shown(entry: Line | Table | Figure) -> str:
    """Return an entry as a word: what it is, its lines or cells."""
    if isinstance(entry, Line):
        return entry.text
    last = entry.last.text if entry.last else ""
    if isinstance(entry, Table):
        rows = "/".join(",".join(cell.text for cell in one.cells) for one in entry.rows)
        return f"table {rows} to {last}"
    caption = entry.caption.line.text if entry.caption else "-"
    alt = entry.alt.text if entry.alt else "-"
    return f"figure {entry.file} {entry.label or '-'} ({caption}) [{alt}] to {last}"


CAPTION, HEAD, FIRST, SECOND = "Table 1. Boats", "Boat | Length", "Skiff | 3", "Yawl | 12"
PICTURE, ALT = "[Figure 1: quay.png]", "Alt: The quay."


@pytest.mark.parametrize(
    ("lines", "entries", "codes"),
    [
        ([CAPTION, HEAD, FIRST, "End."], [f"table Boat,Length/Skiff,3 to {FIRST}", "End."], []),
        ([CAPTION, HEAD, "End."], [CAPTION, HEAD, "End."], ["1:1 R408"]),
        ([CAPTION, HEAD, "--- | ---", FIRST, "---", "End."],
         [f"table Boat,Length/Skiff,3 to {FIRST}", "---", "End."], []),
        ([CAPTION, "---", HEAD, "---", FIRST, "---", SECOND],
         [f"table Boat,Length/Skiff,3/Yawl,12 to {SECOND}"], []),
        ([CAPTION, HEAD, FIRST, "Note: In metres.", "Source: The log", "Note: Not so."],
         ["table Boat,Length/Skiff,3 to Source: The log", "Note: Not so."], []),
        ([CAPTION, HEAD, FIRST, "Source:The log", "Source: The other log"],
         ["table Boat,Length/Skiff,3 to Source:The log", "Source: The other log"], []),
        ([CAPTION, HEAD, FIRST, "(Source : The log)", "Remarks"],
         ["table Boat,Length/Skiff,3 to (Source : The log)", "Remarks"], []),
        ([CAPTION, HEAD, FIRST, "Source:"],
         [f"table Boat,Length/Skiff,3 to {FIRST}", "Source:"], []),
        ([CAPTION, HEAD, "Skiff | 3 | old", FIRST],
         ["table Boat,Length,/Skiff,3,old/Skiff,3, to Skiff | 3"], ["3:1 R406"]),
        ([HEAD, FIRST, SECOND], [HEAD, FIRST, SECOND], ["1:1 R407"]),
        ([HEAD, FIRST], [HEAD, FIRST], []),
        (["Aye.", HEAD, FIRST, SECOND, "Bee."], ["Aye.", HEAD, FIRST, SECOND, "Bee."],
         ["2:1 R407"]),
        ([HEAD, FIRST, "a | b | c", "d | e | f", "g | h | i"],
         [HEAD, FIRST, "a | b | c", "d | e | f", "g | h | i"], ["3:1 R407"]),
        ([HEAD, FIRST, "a | b | c", "d | e | f"], [HEAD, FIRST, "a | b | c", "d | e | f"], []),
        ([PICTURE, ALT, "End."],
         ["figure quay.png Figure 1 (-) [The quay.] to Alt: The quay.", "End."], []),
        ([PICTURE, "Figure 1. The Quay", "Alt:The quay."],
         ["figure quay.png Figure 1 (Figure 1. The Quay) [The quay.] to Alt:The quay."], []),
        (["Figure 1. The Quay", PICTURE, ALT],
         ["figure quay.png Figure 1 (Figure 1. The Quay) [The quay.] to Alt: The quay."], []),
        (["Figure 1. The Quay", PICTURE, "Figure 1. The Road", ALT],
         ["Figure 1. The Quay",
          "figure quay.png Figure 1 (Figure 1. The Road) [The quay.] to Alt: The quay."],
         ["1:1 R408"]),
        (["Figure 2. The Quay", PICTURE, "Figure 3. The Road"],
         ["Figure 2. The Quay", f"figure quay.png Figure 1 (-) [-] to {PICTURE}",
          "Figure 3. The Road"], ["2:1 R405", "1:1 R408", "3:1 R408"]),
        (["[Figure:quay.jpeg]", "Figure 3. The Road", ALT, "Alt: The road."],
         ["figure quay.jpeg - (Figure 3. The Road) [The quay.] to Alt: The quay.",
          "Alt: The road."], []),
        (["Figure 2. The Quay", "[Figure: quay.JPG]", ALT],
         ["figure quay.JPG - (Figure 2. The Quay) [The quay.] to Alt: The quay."], []),
        (["[ Figure1 : quay.png ]", ALT],
         ["figure quay.png Figure1 (-) [The quay.] to Alt: The quay."], []),
        ([PICTURE, ALT, "Source: The log", "Note: So."],
         ["figure quay.png Figure 1 (-) [The quay.] to Source: The log", "Note: So."], []),
        (["[Figure 1: quay.txt]"], ["[Figure 1: quay.txt]"], []),
        (["See [Figure 1: quay.png]"], ["See [Figure 1: quay.png]"], []),
    ],
)  # fmt: skip
def test_what_is_a_table_or_a_figure(
    lines: list[str], entries: list[str], codes: list[str]
) -> None:
    desk = Listener()
    found = exhibits(copy(*lines), ENGLISH, desk)
    assert [shown(entry) for entry in found] == entries
    assert desk.codes == codes


def test_a_japanese_table_needs_no_stop_behind_its_number() -> None:
    found = exhibits(copy("表1 船", "船｜長さ", "小舟｜3"), JAPANESE, Listener())
    assert [shown(entry) for entry in found] == ["table 船,長さ/小舟,3 to 小舟｜3"]
    bare = exhibits(copy("Table 1.", HEAD, FIRST), ENGLISH, Listener())
    assert len(bare) == 1
    text = exhibits(copy("Table 1 Boats", HEAD, FIRST), ENGLISH, Listener())
    assert len(text) == 3
