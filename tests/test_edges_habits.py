"""Borders of what is told once a report: two habits, bulk; and of readings above their words."""

from __future__ import annotations

import pytest

from edges import Listener, copy
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain import bulk, habits, ruby
from watchpress.readers.plain.lines import Line

MARK = "\u0301"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("x" * 500, []),
        ("x" * 501, ["1:1 R503"]),
        (f"It is {'x' * 500} so", []),
        (f"It is {'x' * 501} so", ["1:7 R503"]),
        (f"{'x' * 501} {'y' * 501}", ["1:1 R503", "1:503 R503"]),
        *((f"{'x' * 300}{sign}{'x' * 300}", []) for sign in "/.?&=_-"),
        (f"{'x' * 300},{'x' * 300}", ["1:1 R503"]),
        ("港" * 501, []),
        ("x " * 9_999 + "xx", []),
        ("x " * 10_000 + "x", ["1:1 R504"]),
        (f"xx{MARK * 8}", []),
        (f"xx{MARK * 9}", ["1:3 R502"]),
        (f"x{MARK}yy{MARK * 9}z{MARK * 9}", ["1:5 R502"]),  # the first pile of a line
    ],
)
def test_what_is_bulk(text: str, codes: list[str]) -> None:
    desk = Listener()
    bulk.inspect([Line(1, text, range(1, len(text) + 1))], desk)
    assert desk.codes == codes


def test_bulk_is_counted() -> None:
    desk = Listener()
    for text in ("x " * 10_000 + "x", f"x{MARK * 9}", "x" * 501):
        bulk.inspect([Line(1, text, range(1, len(text) + 1))], desk)
    assert [dict(one.facts) for one in desk.found] == [
        {"count": "20001", "most": "20000"},
        {"count": "9", "most": "8"},
        {"count": "501", "text": f"{'x' * 20}…"},
    ]


@pytest.mark.parametrize(
    ("lines", "words", "codes"),
    [
        (["ＡＢ号と12隻", "34隻"], JAPANESE, ["1:1 R211"]),
        (["12隻とＡＢ号", "ＣＤ号"], JAPANESE, ["1:1 R211"]),
        (["３隻と12隻"], JAPANESE, []),  # one wide figure alone, narrow ones in a row: a style
        (["３隻と1隻"], JAPANESE, ["1:1 R211"]),
        (["３隻とA号"], JAPANESE, []),
        (["12隻"], JAPANESE, []),
        (["ＡＢ号と[1]と12隻"], JAPANESE, ["1:1 R211"]),
        (["ＡＢ号 [1]"], JAPANESE, []),  # a marker has the form of its kind
        (["ＡＢ号 https://example.org/12"], JAPANESE, []),
        (["ｶﾅとカナ"], JAPANESE, ["1:1 R213"]),
        (["ＡＢと12"], ENGLISH, []),
        (["ｶﾅ"], ENGLISH, []),
        (["It is “so”.", 'It is "so".'], ENGLISH, ["2:7 R212"]),
        (["It isn't so."], ENGLISH, ["1:7 R212"]),
        (["5' 3\" of water"], ENGLISH, []),  # primes
    ],
)
def test_two_habits_for_one_thing(lines: list[str], words: Words, codes: list[str]) -> None:
    desk = Listener()
    habits.inspect(copy(*lines), words, desk)
    assert desk.codes == codes


def test_the_rarer_habit_is_counted() -> None:
    desk = Listener()
    habits.inspect(copy("ＡＢ号と12隻", "34隻", "“so” \"no\" and 'no'"), JAPANESE, desk)
    assert [(one.code, dict(one.facts)) for one in desk.found if one.code == "R212"] == [
        ("R212", {"count": "4", "others": "2", "text": '"'})
    ]
    (widths,) = (dict(one.facts) for one in desk.found if one.code == "R211")
    assert (widths["count"], widths["text"]) == ("1", "ＡＢ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("岬《みさき》", [("岬", "みさき")]),
        ("あの岬《ミサキ》と港《みなと》", [("岬", "ミサキ"), ("港", "みなと")]),
        (f"岬《{'か' * 40}》", [("岬", "か" * 40)]),
        (f"岬《{'か' * 41}》", []),
        ("岬《み》", [("岬", "み")]),
        ("岬《》", []),
        ("岬《cape》", []),  # no kana: a title in its marks
        ("みさき《岬》", []),
        ("｜岬《c》", [("岬", "c")]),
        ("｜どどめき岬《cape》", [("どどめき岬", "cape")]),
        (f"｜{'x' * 30}《か》", [("x" * 30, "か")]),
        (f"｜{'x' * 31}《か》", []),
        (f"｜岬《{'c' * 40}》", [("岬", "c" * 40)]),
        (f"｜岬《{'c' * 41}》", []),
        ("｜《か》", []),
    ],
)
def test_what_is_a_reading(text: str, expected: list[tuple[str, str]]) -> None:
    found = list(ruby.readings(text))
    assert [(one.base, one.words) for one in found] == expected
    assert all(text[one.start : one.end].endswith("》") for one in found)
