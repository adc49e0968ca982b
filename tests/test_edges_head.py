"""Borders of the head: what is a number line, where a head begins, what is a headline."""

from __future__ import annotations

from datetime import date

import pytest

from edges import Listener, copy, one
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain import head
from watchpress.readers.plain.number import dated, numbered, same, whatever
from watchpress.readers.plain.start import first, split, sure
from watchpress.readers.plain.stops import bare, finished, loose

# -- number lines ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "series", "number", "rest"),
    [
        ("Watch Report No.7", "Watch Report", 7, ""),
        ("Watch Report No 7", "Watch Report", 7, ""),
        ("Watch Report No. 1234 Words", "Watch Report", 1234, "Words"),
        ("Watch Report №7", "Watch Report", 7, ""),
        ("Watch Report Nr. 7: Words", "Watch Report", 7, ": Words"),
        ("監視報告第7号", "監視報告", 7, ""),
        ("監視報告 第 7 号 港", "監視報告", 7, "港"),
        ("監視報告 Ｎｏ．７ 港", "監視報告", 7, "港"),
        ("감시 보고 제7호", "감시 보고", 7, ""),
        ("WRNo.7", "WR", 7, ""),
        ("WR Nr 7", "WR", 7, ""),
        (f"{'W' * 60}No.7", "W" * 60, 7, ""),
        ("[Watch Report 7] Words", "Watch Report", 7, "Words"),
        ("[Watch Report7]Words", "Watch Report", 7, "Words"),
        ("[Watch Report No 7]", "Watch Report", 7, ""),
        ("[Watch Report No. 1234] Words", "Watch Report", 1234, "Words"),
        ("[WR7]", "WR", 7, ""),
        ("[Watch Report No.7]", "Watch Report", 7, ""),
        (f"[{'W' * 60} 7]", "W" * 60, 7, ""),
    ],
)
def test_what_names_series_and_number(text: str, series: str, number: int, rest: str) -> None:
    found = numbered(one(text))
    assert found
    assert (found.series, found.number, found.rest.text) == (series, number, rest)
    assert found.bracketed == text.startswith("[")


@pytest.mark.parametrize(
    "text",
    [
        "WNo.7",
        f"{'W' * 61}No.7",
        "Watch Report No.12345",
        "Watch Report No.7.5",
        "Watch Report No.7,500",
        "Watch Report 7",
        "Watch Report No.\uff007",  # no letter, and no space either
        "[W7]",
        f"[{'W' * 61}7]",
        "[Watch Report 12345]",
        "[Watch Report 7",
    ],
)
def test_what_does_not(text: str) -> None:
    assert numbered(one(text)) is None


def test_spaces_capitals_and_widths_make_no_other_series() -> None:
    assert same("Watch Report", "ＷＡＴＣＨ  report")
    assert same("감시보고", "감시 보고")
    assert not same("Watch Report", "Watch Reports")


DAY = date(2019, 3, 11)


@pytest.mark.parametrize(
    ("behind", "value", "damaged", "sign", "words", "aside", "rest"),
    [
        (" Mar. 11, 2019", DAY, None, "", "Mar. 11, 2019", "", ""),
        (", Mar. 11, 2019 Words", DAY, None, ",", "Mar. 11, 2019", "", "Words"),
        (" – (Mar. 11, 2019) Words", DAY, None, "– (", "Mar. 11, 2019", ")", "Words"),
        (" (Mar. 11, 2019 ) Words", DAY, None, "(", "Mar. 11, 2019", ")", "Words"),
        (" Mar. 11, 2019 ) Words", DAY, None, "", "Mar. 11, 2019", "", ") Words"),
        (" Mar. 11, 2019 (mended)", DAY, None, "", "Mar. 11, 2019", "(mended)", ""),
        (" Mar. 11, 2019(x) Words", DAY, None, "", "Mar. 11, 2019", "(x)", "Words"),
        (f" Mar. 11, 2019 ({'m' * 60})", DAY, None, "", "Mar. 11, 2019", f"({'m' * 60})", ""),
        (f" Mar. 11, 2019 ({'m' * 61})", DAY, None, "", "Mar. 11, 2019", "", f"({'m' * 61})"),
        (" Mar. 11, 2019 ()", DAY, None, "", "Mar. 11, 2019", "", "()"),
        (" / Feb. 30, 2019 Words", None, "Feb. 30, 2019", "/", "Feb. 30, 2019", "", "Words"),
        (": 2019 3 11 Words", None, "2019 3 11", ":", "2019 3 11", "", "Words"),
        (" ２０１９年３月１１日", DAY, None, "", "２０１９年３月１１日", "", ""),
    ],
)
def test_the_date_behind_a_number(
    behind: str,
    value: date | None,
    damaged: str | None,
    sign: str,
    words: str,
    aside: str,
    rest: str,
) -> None:
    found = numbered(one(f"Watch Report No.7{behind}"))
    tail = dated(found) if found else None
    assert tail
    aside = aside if aside != ")" else ""  # the bracket of the date goes with it
    assert (tail.value, tail.damaged, tail.sign) == (value, damaged, sign)
    assert (tail.date.text, tail.aside.text, tail.rest.text) == (words, aside, rest)


@pytest.mark.parametrize("behind", [" came on Mar. 11, 2019", " of 2019 3 11", " Words", ""])
def test_no_date_stands_right_behind_the_number(behind: str) -> None:
    found = numbered(one(f"Watch Report No.7{behind}"))
    assert found
    assert dated(found) is None


@pytest.mark.parametrize(
    ("behind", "value", "damaged", "sign", "words", "rest"),
    [
        (" Mar. 11, 2019", DAY, None, "", "Mar. 11, 2019", ""),
        (" : 2019 311 Words", None, "2019 311", ":", "2019 311", "Words"),
        (" Words, 2019", None, None, "", "", "Words, 2019"),
        (": Words", None, None, "", "", ": Words"),
    ],
)
def test_what_is_left_of_a_date(
    behind: str, value: date | None, damaged: str | None, sign: str, words: str, rest: str
) -> None:
    found = numbered(one(f"Watch Report No.7{behind}"))
    assert found
    tail = whatever(found)
    assert (tail.value, tail.damaged, tail.sign) == (value, damaged, sign)
    assert (tail.date.text, tail.rest.text) == (words, rest)


# -- where a sentence stops -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is closed.” [1]", "It is closed."),
        ("It is closed. (see there)", "It is closed."),
        ("It is closed.)", "It is closed."),
        (f"It is closed.({'x' * 60})", "It is closed."),
        (f"It is closed.({'x' * 61})", f"It is closed.({'x' * 61}"),
        ("It is closed.()", "It is closed."),
        ("It is closed", "It is closed"),
        ("", ""),
        ("(all)", ""),
        ("x" + "[1]" * 66 + "  ", "x"),  # 200 letters at the end are looked at
        ("x" + "[1]" * 67, "x[1"),
    ],
)
def test_brackets_and_closing_marks_stand_behind(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_a_loose_line_is_short_and_no_sentence() -> None:
    assert loose(one("x" * 250), ENGLISH)
    assert not loose(one("x" * 251), ENGLISH)
    assert loose(one("港" * 110), JAPANESE)
    assert not loose(one("港" * 111), JAPANESE)
    assert not loose(one("It is closed."), ENGLISH)
    assert not finished("", ENGLISH)


# -- where the head begins ------------------------------------------------------------------------

LINE = "Watch Report No.7 Mar. 11, 2019"
TITLE = "Watch Report No.7"
SIGNED = "§ The Quay"
WHOLE = (LINE, SIGNED)
DAYLINE = "Jul 12, 2021"


def loosely(count: int) -> list[str]:
    """Return so many lines that a page may have above a report."""
    return [f"A banner {'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(count)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*WHOLE], 0),
        ([*loosely(14), *WHOLE], 14),
        ([*loosely(15), *WHOLE], 0),  # a head is looked for in fifteen lines
        ([*loosely(3), LINE], 3),
        ([*loosely(4), LINE], 0),  # half a head, and too much above it
        (["Home", "Share", *loosely(3), LINE], 5),
        (["Home", "Share", *loosely(4), LINE], 2),
        (["Home > Reports", *WHOLE], 1),
        (["Home", "Share"], 0),
        (["Home", *loosely(2)], 1),
        ([*["Home"] * 14, *WHOLE], 14),
        ([*["Home"] * 15, *WHOLE], 0),
        (["The quay is closed.", *WHOLE], 0),
        ([*loosely(1), "The quay is closed.", *WHOLE], 0),
        ([SIGNED, *WHOLE], 0),
        ([*loosely(1), SIGNED, *WHOLE], 0),
        ([*loosely(1), DAYLINE, *loosely(2), *WHOLE], 1),
        ([*loosely(1), DAYLINE, *loosely(3), *WHOLE], 5),  # a date so far above is the page's
        ([*loosely(1), *WHOLE, DAYLINE], 1),
        ([*loosely(1), LINE, DAYLINE, SIGNED], 1),
        ([DAYLINE, *loosely(4), *WHOLE], 0),
        (["Home", DAYLINE, *loosely(4), *WHOLE], 1),
        ([TITLE, *loosely(4), "Watch Report No.8 Mar. 11, 2019", SIGNED], 0),
        (["[Watch Report 7] Words", *loosely(4), "Watch Report No.8 Mar. 11, 2019", SIGNED], 0),
        (["Watch Report No.7 Words", *loosely(4), "Watch Report No.8 Mar. 11, 2019", SIGNED], 5),
    ],
)
def test_where_a_head_begins(lines: list[str], expected: int) -> None:
    assert first(copy(*lines), ENGLISH) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([DAYLINE, *WHOLE], 2),
        ([DAYLINE, "Words", *WHOLE], 0),
        ([DAYLINE], 0),
        (["Words"], 0),
        ([f"{LINE} § The Quay"], 2),
        ([LINE, *loosely(2), SIGNED], 2),
        ([LINE, *loosely(3), SIGNED], 1),
        ([LINE], 1),
        ([f"{LINE} The Quay"], 0),
        ([f"{LINE} The Quay", SIGNED], 2),
        ([f"{LINE} came.", SIGNED], 2),
        (["Watch Report No.7 Words", SIGNED], 2),
        (["Watch Report No.7 says so.", SIGNED], 0),
        (["Watch Report No.7 Words"], 0),
        ([TITLE, LINE], 2),
        ([TITLE, *loosely(2), LINE], 2),
        ([TITLE, *loosely(3), LINE], 0),
        ([TITLE, "Watch Report No.8 Mar. 11, 2019"], 0),
        (["[Watch Report 7]", TITLE], 2),
        ([TITLE, SIGNED], 1),
        ([TITLE, DAYLINE], 1),
        ([TITLE, "Words"], 0),
        (["[Watch Report 7] Words"], 1),
        (["[Watch Report 7]"], 0),
    ],
)
def test_how_sure_it_is_that_a_head_begins(lines: list[str], expected: int) -> None:
    assert sure(copy(*lines), 0, ENGLISH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LINE} § The Quay", [LINE, SIGNED]),
        (f"{TITLE} § The Quay", [TITLE, SIGNED]),
        ("WRNo.7 § The Quay", ["WRNo.7", SIGNED]),
        ("Watch Report No.7 Words § The Quay", None),
        (f"{LINE} § 3 of the Act", None),
        (f"{LINE} §§3 of the Act", None),
        (SIGNED, None),
        ("Words § The Quay", None),
        (LINE, None),
    ],
)
def test_a_headline_may_stand_in_the_number_line(text: str, expected: list[str] | None) -> None:
    assert [line.text for line in split(one(text))] == (expected or [text])


# -- the head -------------------------------------------------------------------------------------


def read(*lines: str, words: Words = ENGLISH, asked: bool = True) -> tuple[head.Head, Listener]:
    desk = Listener()
    return head.read(copy(*lines), words, desk, needs_headline=asked), desk


@pytest.mark.parametrize(
    ("lines", "headline", "body"),
    [
        ([LINE, SIGNED, "Body."], "The Quay", ["Body."]),
        ([LINE, "§", "The Quay", "Body."], "The Quay", ["Body."]),
        ([LINE, "Words", "§ The Quay", "Body."], "The Quay", ["Words", "Body."]),
        ([LINE, "Words", "§", "The Quay", "Body."], "The Quay", ["Words", "Body."]),
        ([LINE, *loosely(3), SIGNED, "Body."], "The Quay", [*loosely(3), "Body."]),
        ([LINE, "Words", "§ 3 of the Act", "Body."], "Words", ["§ 3 of the Act", "Body."]),
        ([LINE, "Body is here.", SIGNED, "More."], None, ["Body is here.", SIGNED, "More."]),
        ([LINE, "The Quay", "Body."], "The Quay", ["Body."]),
        ([LINE, "Who owns the quay?", "Body."], "Who owns the quay?", ["Body."]),
        ([LINE, "It is closed.", "Body."], None, ["It is closed.", "Body."]),
        ([LINE, "As follows:", "Body."], None, ["As follows:", "Body."]),
        ([LINE, "As follows：", "Body."], None, ["As follows：", "Body."]),
        ([LINE, "As follows:”", "Body."], None, ["As follows:”", "Body."]),
        ([LINE, "x" * 250, "Body."], "x" * 250, ["Body."]),
        ([LINE, "x" * 251, "Body."], None, ["x" * 251, "Body."]),
        ([LINE, "§The Quay", "Body."], "The Quay", ["Body."]),
        ([LINE, "§"], None, []),
        ([LINE, "Watch Report No.8 Apr. 1, 2019", SIGNED], "The Quay",
         ["Watch Report No.8 Apr. 1, 2019"]),
        ([LINE, "The Quay"], None, ["The Quay"]),  # a report is more than a headline
        ([f"{LINE} The Quay", SIGNED, "Body."], "The Quay", ["Body."]),
        (["[Watch Report 7] A Mirror", LINE, "Body."], "A Mirror", ["Body."]),
        (["[Watch Report 7] A Mirror", LINE, SIGNED, "Body."], "The Quay", ["Body."]),
        (["[Watch Report 7] A Mirror", LINE, "Words", SIGNED], "A Mirror", ["Words", SIGNED]),
    ],
)  # fmt: skip
def test_what_is_the_headline(lines: list[str], headline: str | None, body: list[str]) -> None:
    found, _ = read(*lines)
    assert (found.headline.text if found.headline else None) == headline
    assert [line.text for line in found.body] == body


@pytest.mark.parametrize(
    ("lines", "codes", "out"),
    [
        ([LINE, SIGNED, "Body."], [], ["2 R303 §"]),
        ([LINE, "§The Quay", "Body."], [], ["2 R303 §"]),
        ([LINE, *loosely(4), SIGNED], ["2:1 R107"], []),
        ([LINE, *loosely(3), SIGNED, "Body."], ["2:1 R306", "3:1 R306", "4:1 R306"],
         ["5 R303 §"]),
        ([f"{LINE} The Quay", "It is closed."], ["1:33 R107"], []),
        ([f"{LINE} The Quay", SIGNED, "Body."], ["1:33 R115"], ["2 R303 §"]),
        (["A banner", LINE, SIGNED], ["1:1 R302"], ["1 R302 A banner", "3 R303 §"]),
        (["Home", "A banner", LINE, SIGNED], ["1:1 R302"],
         ["1 R302 Home", "2 R302 A banner", "4 R303 §"]),
        ([DAYLINE, "A banner", LINE, SIGNED], ["2:1 R302"], ["2 R302 A banner", "4 R303 §"]),
        ([TITLE, "Share", LINE, SIGNED], ["2:1 R302"], ["2 R302 Share", "4 R303 §"]),
        (["It is closed.", *WHOLE], ["2:1 R116"], []),
        (["It is closed.", *loosely(12), *WHOLE], ["14:1 R116"], []),
        (["It is closed.", *loosely(13), *WHOLE], [], []),
        (["It is closed.", LINE, "Words"], [], []),
    ],
)  # fmt: skip
def test_what_is_told_of_a_head(lines: list[str], codes: list[str], out: list[str]) -> None:
    _, desk = read(*lines)
    assert (desk.codes, desk.out) == (codes, out)


@pytest.mark.parametrize(
    ("lines", "numbered", "issued", "rest"),
    [
        ([LINE, SIGNED], LINE, DAY, None),
        ([TITLE, LINE, SIGNED], LINE, DAY, None),
        ([f"{LINE} Words", SIGNED], f"{LINE} Words", DAY, "Words"),
        ([TITLE, "Watch Report No.7 Words", SIGNED], "Watch Report No.7 Words", None, "Words"),
        ([TITLE, "Quay Report No.8 Mar. 11, 2019", SIGNED], None, None, None),
        ([TITLE, "Quay Report No.7 Mar. 11, 2019"], "Quay Report No.7 Mar. 11, 2019", DAY, None),
        ([TITLE, "Watch Report No.8 Mar. 11, 2019"], "Watch Report No.8 Mar. 11, 2019", DAY, None),
        (["Watch Report No.7 says so.", "Body."], None, None, None),
        (["Watch Report No.7 2019 311", SIGNED], "Watch Report No.7 2019 311", None, None),
        (["Watch Report No.7 2019 311 So.", SIGNED], "Watch Report No.7 2019 311 So.", None, "So."),
        (["Watch Report No.7 2019 311", "Body."], None, None, None),
        ([f"{LINE} Words", "Body."], f"{LINE} Words", DAY, None),
        ([f"{LINE} it came.", "Body."], None, None, None),
        (["Watch Report No.7, Mar. 11, 2019", "Words", "Body."],
         "Watch Report No.7, Mar. 11, 2019", DAY, None),
        (["Watch Report No.7, Mar. 11, 2019 Words", "Body."], None, None, None),
        (["Watch Report No.7, (Mar. 11, 2019) Words", "Body."], None, None, None),
        (["Watch Report No.7, Mar. 11, 2019 Words", SIGNED],
         "Watch Report No.7, Mar. 11, 2019 Words", DAY, "Words"),
    ],
)  # fmt: skip
def test_what_is_the_number_line(
    lines: list[str], numbered: str | None, issued: date | None, rest: str | None
) -> None:
    found, _ = read(*lines, asked=rest is None)
    whole = found.numbered.line.text if found.numbered else None
    assert (numbered or "").startswith(whole or "") and (whole is None) == (numbered is None)
    assert found.issued == issued
    assert (found.rest.text if found.rest else None) == rest


def test_a_question_may_be_a_headline_in_japanese_too() -> None:
    found, _ = read("監視報告 No.7 2019年3月11日", "港は誰のものか？", "港である。", words=JAPANESE)
    assert found.headline
    assert found.headline.text == "港は誰のものか？"


def test_a_headline_behind_a_bracket_is_cut_off_the_title() -> None:
    found, _ = read("[Watch Report 7]A Mirror", LINE, "Body.")
    assert found.title and found.headline
    assert (found.title.line.text, found.headline.text) == ("[Watch Report 7]", "A Mirror")


def test_what_a_head_says_of_its_parts() -> None:
    found, desk = read("Home", "Share", TITLE, f"{LINE} (mended)", "§The Quay", "Body.")
    assert (found.number, found.series, found.marked) == (7, "Watch Report", True)
    assert found.title and found.dated and found.aside
    assert (found.title.line.text, found.dated.text) == (TITLE, "Mar. 11, 2019")
    assert found.aside.text == "(mended)"
    assert dict(desk.found[0].facts) == {"last": "2", "text": "Home"}
    bare, _ = read(TITLE, "The Quay", "Body.")
    assert (bare.number, bare.series, bare.marked) == (7, "Watch Report", False)
    none, _ = read("Body is here.")
    assert (none.number, none.series) == (None, None)


def test_a_headline_behind_the_date_is_cut_off_the_number_line() -> None:
    found, _ = read(f"{LINE} The Quay", "It is closed.")
    assert found.numbered and found.headline
    assert (found.numbered.line.text, found.headline.text) == (LINE, "The Quay")
    assert found.rest is None


@pytest.mark.parametrize(
    ("lines", "posted"),
    [
        ([DAYLINE, *WHOLE], True),
        ([LINE, DAYLINE, SIGNED], True),
        ([LINE, DAYLINE, *["Home"] * 3, SIGNED], True),
        ([LINE, DAYLINE, *["Home"] * 4, SIGNED], False),
        ([LINE, DAYLINE, "Words", SIGNED], False),
        ([LINE, DAYLINE, "Body."], False),
        ([DAYLINE, "Apr. 1, 2019", *WHOLE], True),
        (["Feb. 30, 2019", *WHOLE], False),
    ],
)
def test_a_date_line_says_when_the_page_was_posted(lines: list[str], posted: bool) -> None:
    found, _ = read(*lines)
    assert (found.posted is not None) == posted
    assert found.posted is None or found.posted[0] == date(2021, 7, 12)
