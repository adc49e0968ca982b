"""Borders of what is a sub-heading: the longest that is one, the first sign that makes it none."""

from __future__ import annotations

import pytest

from edges import copy
from watchpress.language.words import ENGLISH, JAPANESE, KOREAN, Words
from watchpress.readers.plain.headings import bare, form, headings

TEXT = "The mayor of the town has closed the old quay by the river, and nobody has opened it since."
LONG = f"{TEXT} {TEXT}"  # longer than any heading
HONBUN = "市長は川沿いの古い岸壁を閉鎖し、それ以来、誰もそこを開けていない。" * 2
BONMUN = "시장은 강가의 옛 부두를 닫았고 그 뒤로 아무도 그곳을 다시 열지 않았다고 한다. " * 2


def _found(words: Words, *texts: str) -> list[str]:
    lines = copy(*texts)
    return [lines[index].text for index in sorted(headings(lines, words))]


def _is(text: str, words: Words = ENGLISH, below: str = LONG) -> bool:
    """Say whether a line between two paragraphs is a heading."""
    return bool(_found(words, LONG, text, below))


# -- Items and markers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) Quay", "brackets"), ("（12）Quay", "brackets"), ("(123) Quay", None),
        ("() Quay", None),
        ("(1)", None), ("1. Quay", "number"), ("12.Quay", "number"), ("１２、岸壁", "number"),
        ("123. Quay", None), ("1.5 miles", None), ("1. 5 miles", None), ("1 Quay", None),
        ("1.", None), ("I. Quay", "roman"), ("VIII.Quay", "roman"), ("XVIII. Quay", None),
        ("I Quay", None), (". Quay", None), ("① Quay", "circle"), ("⑳Quay", "circle"), ("①", None),
        ("• Quay", "bullet"), ("*Quay", "bullet"), ("•", None), ("Quay", None), ("", None),
    ],
)  # fmt: skip
def test_the_form_of_an_item(text: str, expected: str | None) -> None:
    assert form(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The quay", ENGLISH, "The quay"),
        ("The quay [1]", ENGLISH, "The quay"),
        ("It is closed.[1]", ENGLISH, "It is closed."),
        ("It is closed [1].", ENGLISH, "It is closed ."),
        ("It is closed [1][2]!?", ENGLISH, "It is closed !?"),
        ("It is closed. [1] [2]", ENGLISH, "It is closed."),
        ("It is [1] closed", ENGLISH, "It is [1] closed"),
        ("It is closed [1]s", ENGLISH, "It is closed [1]s"),
        ("It is [1] closed [2]", ENGLISH, "It is [1] closed"),
        ("“It is closed.” )]）］", ENGLISH, "“It is closed."),
        ('“It is closed.’»"', ENGLISH, "“It is closed."),
        ("「閉鎖」", ENGLISH, "「閉鎖」"),
        ("「閉鎖。」", JAPANESE, "「閉鎖。"),
    ],
)
def test_a_line_without_what_stands_behind_it(text: str, words: Words, expected: str) -> None:
    assert bare(text, words) == expected


# -- What a heading may be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Quay", True),
        ("T" + "a" * 89, True),
        ("T" + "a" * 90, False),  # ninety letters are the most
        ("the quay", False),
        ("7/2019", False),  # no letter
        ("May 2, 2019", False),
        ("May 2, 2019 at Velm", True),
        ("[1] The Quay", False),
        ("【1】 The Quay", False),  # a note, or a line that a marker opens
        ("To: The Mayor", False),
        ("Subject : The Quay", False),
        ("날짜: Quay", False),
        ("Tomorrow: The Quay", True),
        ("Why Is It Closed?", True),
        ("Why It Is Closed.", False),
        ("Why It Is Closed! [1]", False),
        ("“The Quay”", False),  # a quotation
        ("“The Quay of the Town", False),
        ("“The Quay” of the Town", True),
        ('"The Quay of the Town', False),
        ('"The Quay" of the Town', True),
        ('"" for the Quay', True),
        ("「岸壁」", True),  # no quotation marks of an English report
        ("① The Quay", False),
        ("● The Quay", False),
        ("1. The Quay", True),
        ("1. the quay", False),
        ("1. eBooks of the Quay", False),
        ("(1) The Quay", True),
        ("(1) the quay", False),
        ("IV. The Quay", True),
        ("IV. the quay", False),
        ("1. It Is Closed.", False),
        ("1. Is It Closed?", True),
    ],
)
def test_what_an_english_heading_is(text: str, expected: bool) -> None:
    assert _is(text) == expected


@pytest.mark.parametrize("sign", ":：,，、;；—–―")
def test_no_heading_ends_in(sign: str) -> None:
    assert not _is(f"The Quay{sign}")
    assert not _is(f"1. The Quay{sign}")
    assert _is(f"The{sign}Quay")


@pytest.mark.parametrize("sign", "—–―-([［（*<＊※~=_")
def test_no_heading_begins_with(sign: str) -> None:
    assert not _is(f"{sign}The Quay")
    assert _is(f"The {sign}Quay")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("岸壁の閉鎖", JAPANESE, True),
        ("港" * 40, JAPANESE, True),
        ("港" * 41, JAPANESE, False),
        ("岸壁は閉じた。", JAPANESE, False),
        ("1．岸壁は閉じた。", JAPANESE, True),  # titles with a number may end in a full stop
        ("なぜ閉じたか？", JAPANESE, True),
        ("なぜ閉じたか！", JAPANESE, False),
        ("「岸壁」", JAPANESE, False),
        ("부두의 폐쇄", KOREAN, True),
        ("부두는 닫혔다.", KOREAN, False),
        ("항" * 45, KOREAN, True),
        ("항" * 46, KOREAN, False),
    ],
)
def test_what_a_japanese_or_korean_heading_is(text: str, words: Words, expected: bool) -> None:
    assert _is(text, words, HONBUN if words is JAPANESE else BONMUN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[The Quay]", True),
        ("[the quay]", True),
        ("［岸壁の閉鎖］", True),
        ("[abc]", True),
        ("[ab]", False),
        (f"[{'a' * 70}]", True),
        (f"[{'a' * 71}]", False),
        ("[It is closed.]", True),
        ("[The [Quay]]", False),
        ("[Note that it is closed]", False),
        ("[Notebook of the mayor]", True),
        ("[Editor: closed]", False),
        ("[omitted by the mayor]", False),
        ("[The rest is omitted]", False),
        ("[... the quay]", False),
        ("[訳注のとおり]", False),
        ("［以下略す］", False),
        ("［港は前に略］", False),
        ("[부두 이하 생략]", False),
    ],
)
def test_a_line_in_brackets_is_a_heading_unless_it_is_a_remark(text: str, expected: bool) -> None:
    assert _is(text) == expected


# -- What stands round it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "below", "expected"),
    [
        ("The Quay", "a" * 91, True),  # longer than any heading
        ("The Quay", "a" * 90, False),
        ("The Quay", "It is shut.", True),  # a sentence, longer than the heading
        ("The Quay", "It is so", False),
        ("The Quay", "It is so.”", True),
        ("The Quay 12", "It is shut.", False),  # a sentence of the same length
        ("1. The Quay 12", "It is shut.", True),
        ("1. The Quay 12", "It is shut", False),
        ("Why Is It?", "a" * 91, True),
        ("Why Is It?", "The mayor had it closed.", False),
        ("Why Is It?", f"{'a' * 89}.", False),
        ("The Quay", "1. The Port", True),  # a heading over headings
        ("The Quay", "IV. The Port", True),
        ("The Quay", "① The port", False),
        ("The Quay", "● The port", False),
        ("1. The Quay", "IV. The Port", False),
        ("1. The Quay", f"2. {LONG}", False),  # items of a list
        ("1. The Quay", f"(2) {LONG}", True),
    ],
)
def test_running_text_stands_below_a_heading(text: str, below: str, expected: bool) -> None:
    assert (text in _found(ENGLISH, LONG, text, below, LONG)) == expected


@pytest.mark.parametrize(
    ("above", "text", "expected"),
    [
        ("It is closed.", "The Quay", True),
        ("It is closed", "The Quay", False),  # one of several short lines
        ("a" * 90, "The Quay", False),
        ("a" * 91, "The Quay", True),
        ("It is closed.[1]", "The Quay", True),
        ("It is closed:", "[The Quay]", False),  # a quotation, a letter
        ("It is closed：", "[The Quay]", False),
        ("It is: closed", "[The Quay]", True),
        ("1. The port", "2. The Quay", False),
        ("(1) The port", "2. The Quay", True),
        ("1. The port", "[2. The Quay]", True),
    ],
)
def test_what_stands_above_a_heading(above: str, text: str, expected: bool) -> None:
    assert (text in _found(ENGLISH, LONG, above, text, LONG)) == expected


def test_first_and_last_line() -> None:
    assert _found(ENGLISH, "The Quay", LONG) == ["The Quay"]
    assert _found(ENGLISH, "[The Quay]", LONG, "as follows:") == ["[The Quay]"]
    assert _found(ENGLISH, "1. The Quay", LONG, "2. the port") == ["1. The Quay"]
    assert _found(ENGLISH, LONG, "The Quay") == []
    assert _found(ENGLISH, "The Quay") == []
    assert _found(ENGLISH) == []


def test_a_heading_below_a_heading() -> None:
    assert _found(ENGLISH, "[Part One]", "The Quay", LONG) == ["[Part One]", "The Quay"]
    assert _found(ENGLISH, "[Part One]", "by the mayor", "The Quay", LONG) == ["[Part One]"]
    assert _found(ENGLISH, LONG, "Part One", "1. The Quay", LONG) == ["Part One", "1. The Quay"]
    assert _found(ENGLISH, "It is:", LONG, "[The Quay]", LONG) == ["[The Quay]"]
    assert _found(ENGLISH, LONG, "[The Quay]", f"{LONG} As follows:", LONG) == ["[The Quay]"]
    assert _found(ENGLISH, "The Quay", LONG, "The Port", LONG) == ["The Quay", "The Port"]
