"""Borders of a line: what counts as white space, as a control sign, as the end of a sentence."""

from __future__ import annotations

import pytest

from edges import Listener, copy, one
from watchpress.diagnostic import Fatal
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain.lines import Line, lines, shown, split
from watchpress.readers.plain.stops import CUT, bare, finished, loose

WHITE = [chr(code) for code in range(0x10000) if chr(code).isspace() and chr(code) not in "\r\n"]
NEXT = [
    other
    for other in sorted({chr(ord(sign) + step) for sign in [*WHITE, "\r"] for step in (-1, 1)})
    if not other.isspace() and other not in "\u202a\u202e"  # these end the reading: see below
]
BULK = "so be it. " * 20  # beside so much text a control sign is an accident


def _read(text: str) -> tuple[Line, Listener]:
    """Return the first line of a copy that has much text below it, and what was told of it."""
    desk = Listener()
    return lines(f"{text}\n{BULK}", desk)[0], desk


# -- White space and invisible signs ---------------------------------------------------------------


@pytest.mark.parametrize("sign", WHITE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_white_space_at_the_ends_means_nothing_and_hides_nothing(sign: str) -> None:
    line, desk = _read(f"{sign}\u200bso{sign}{sign}far\ufeff{sign}")
    assert (line.text, [*line.columns]) == ("so far", [3, 4, 5, 7, 8, 9])
    assert desk.out == ["1 R310 \u200b", "1 R310 \ufeff"]
    assert [loss.column for loss in desk.losses] == [2, 10]
    assert not desk.found


@pytest.mark.parametrize("sign", NEXT, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_stands_next_to_white_space_in_the_table_is_kept_or_listed(sign: str) -> None:
    line, desk = _read(f"{sign}so{sign}")
    if desk.losses:
        assert ([loss.text for loss in desk.losses], line.text) == ([sign, sign], "so")
    else:
        assert line.text == f"{sign}so{sign}"


def test_an_invisible_sign_inside_a_line_stays() -> None:
    line, desk = _read("\u200b\ufeffso\u200bfar\u200b")
    assert (line.text, [*line.columns]) == ("so\u200bfar", [3, 4, 5, 6, 7, 8])
    assert [(loss.column, loss.text) for loss in desk.losses] == [
        (1, "\u200b"), (2, "\ufeff"), (9, "\u200b"),
    ]  # fmt: skip


def test_lines_of_white_space_are_none_but_count() -> None:
    assert [(line.number, line.text) for line in copy("", "a", " \t\u3000", "\u200b", "b")] == [
        (2, "a"), (5, "b"),
    ]  # fmt: skip


def test_all_ways_to_end_a_line() -> None:
    assert split("a\r\nb\rc\n\nd\x0be") == ["a", "b", "c", "", "d\x0be"]


@pytest.mark.parametrize(
    ("text", "tabs"), [("so far", []), ("\tso", [1]), ("so\t\tfar\t", [3, 4, 8])]
)
def test_tabs_are_remembered(text: str, tabs: list[int]) -> None:
    assert [*one(text).tabs] == tabs


# -- Control signs ---------------------------------------------------------------------------------


def test_which_control_signs_make_a_flood() -> None:
    def floods(code: int) -> bool:
        try:
            lines(f"a{chr(code)}", Listener())
        except Fatal as fatal:
            return fatal.diagnostic.code == "R209"
        return False

    assert {code for code in range(0x100) if floods(code)} == {*range(9), *range(14, 28), 127}


def test_one_control_sign_in_twenty_is_an_accident() -> None:
    assert lines("a" * 19 + "\x00", Listener())
    with pytest.raises(Fatal) as fatal:
        lines("a" * 18 + "\x00", Listener())
    assert (str(fatal.value.diagnostic.place), fatal.value.diagnostic.facts) == (
        "copy.txt", (("count", "1"),),
    )  # fmt: skip


def test_a_run_of_control_signs_is_told_once_at_its_place() -> None:
    line, desk = _read("  so \x01\x02 far\x7f")
    assert (line.text, [*line.columns]) == ("so far", [3, 4, 5, 9, 10, 11])
    assert [(str(one.place), one.code, dict(one.facts)) for one in desk.found] == [
        ("copy.txt:1:6", "R203", {"character": "U+0001", "count": "2"}),
        ("copy.txt:1:12", "R203", {"character": "U+007F", "count": "1"}),
    ]
    assert [(loss.line, loss.column, loss.text, loss.code) for loss in desk.losses] == [
        (1, 6, "\x01\x02", "R203"), (1, 12, "\x7f", "R203"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "left", "columns"),
    [
        ("\x00 a", "a", [3]),  # what is left begins with white space
        ("a \x00", "a", [1]),
        ("a \x00 b", "a b", [1, 2, 5]),
        (" a\x00", "a", [2]),
    ],
)
def test_white_space_round_a_control_sign_is_evened(
    text: str, left: str, columns: list[int]
) -> None:
    line, _ = _read(text)
    assert (line.text, [*line.columns]) == (left, columns)


def test_a_line_of_control_signs_and_white_space_is_none() -> None:
    desk = Listener()
    assert [line.number for line in lines(f"\x00 \x00\n{BULK}", desk)] == [2]
    assert desk.codes == ["1:1 R203", "1:3 R203"]


# -- Letters ---------------------------------------------------------------------------------------


def test_letters_are_composed_at_the_column_of_their_base() -> None:
    line, desk = _read(" cafe\u0301\x01s\u200b")
    assert (line.text, [*line.columns]) == ("cafés", [2, 3, 4, 5, 8])
    assert desk.codes == ["1:1 R204", "1:7 R203"]
    assert desk.out == ["1 R310 \u200b", "1 R203 \x01"]


def test_a_composed_letter_is_left_alone() -> None:
    line, desk = _read("café")
    assert (line.text, [*line.columns], desk.found) == ("café", [1, 2, 3, 4], [])


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_signs_that_turn_the_order_end_the_reading(sign: str) -> None:
    with pytest.raises(Fatal) as fatal:
        lines(f"a\nso {sign}far", Listener())
    told = fatal.value.diagnostic
    assert (str(told.place), told.code) == ("copy.txt:2:4", "R205")
    assert dict(told.facts) == {"character": f"U+{ord(sign):04X}"}


# -- A line and its parts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "text", "columns"),
    [
        (0, None, "so far so", [3, 4, 5, 6, 7, 8, 9, 10, 11]),
        (2, None, "far so", [6, 7, 8, 9, 10, 11]),
        (2, 7, "far", [6, 7, 8]),
        (0, 3, "so", [3, 4]),
        (3, 4, "f", [6]),
        (2, 3, "", []),
        (9, None, "", []),
    ],
)
def test_a_stretch_of_a_line(start: int, end: int | None, text: str, columns: list[int]) -> None:
    cut = one("  so far so").cut(start, end)
    assert (cut.number, cut.text, [*cut.columns]) == (1, text, columns)


def test_the_place_of_a_character() -> None:
    line = copy("", "  so far")[0]
    assert (line.at(), line.at(1), line.at(3)) == ("2:3", "2:4", "2:6")
    assert line.cut(2, 3).at() == "2:1"  # a stretch without a character is that of the line
    desk = Listener()
    assert (str(desk.place(line)), str(desk.place(line, 3))) == ("copy.txt:2:3", "copy.txt:2:6")
    desk.say("R301", line, text="so", last=3)
    desk.say("R302", line, 3, text="so", last=3)
    assert desk.codes == ["2:3 R301", "2:6 R302"]
    assert desk.found[0].facts == (("last", "3"), ("text", "so"))


def test_what_is_dropped_is_listed_with_each_character() -> None:
    line, desk = copy("  so")[0], Listener()
    desk.drop(line, "R302")
    desk.drop(line.cut(2), "R301")  # nothing is left of it
    assert desk.out == ["1 R302 so"]
    assert desk.losses[0].column == 3
    assert desk.dropped == {(1, 3), (1, 4)}


def test_sixty_characters_are_shown() -> None:
    assert shown(one("a" * 60)) == "a" * 60
    assert shown(one("a" * 61)) == "a" * 59 + "…"


# -- Where a line stops ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is closed.", "It is closed."),
        ("It is closed. ", "It is closed."),
        ("It is closed.[1]", "It is closed."),
        ("It is closed.[1] (so Mori) ”’»\"' ", "It is closed."),
        ("閉鎖である。〔注１〕【2】［3］（森健）」』〉》〟｣", "閉鎖である。"),
        ("It is closed.()", "It is closed."),
        ("It is closed. (so", "It is closed. (so"),
        ("(so)", ""),
        ("", ""),
        (f"Closed.({'a' * 60})", "Closed."),
        (f"Closed.({'a' * 61})", f"Closed.({'a' * 61}"),  # too long an aside
        ("x" + ")" * 200, "x"),
        ("x" + ")" * 201, "x)"),  # two hundred characters are looked at
    ],
)
def test_what_stands_behind_a_stop(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It is closed.", ENGLISH, True),
        ("It is closed!”", ENGLISH, True),
        ("It is closed.[1]", ENGLISH, True),
        ("Is it closed", ENGLISH, False),
        ("It is closed:", ENGLISH, False),
        ("閉鎖である。", JAPANESE, True),
        ("閉鎖である。", ENGLISH, False),
        ("(so)", ENGLISH, False),
        ("", ENGLISH, False),
    ],
)
def test_what_ends_as_a_sentence(text: str, words: Words, expected: bool) -> None:
    assert finished(text, words) == expected


def test_what_is_loose_is_short_and_no_sentence() -> None:
    assert loose(one("a" * 250), ENGLISH)
    assert not loose(one("a" * 251), ENGLISH)
    assert loose(one("港" * 110), JAPANESE)
    assert not loose(one("港" * 111), JAPANESE)
    assert not loose(one("It is closed."), ENGLISH)


@pytest.mark.parametrize("end", ["...", "…", "[...]", "[…]"])
def test_how_a_blog_cuts_short(end: str) -> None:
    assert CUT.search(f"It is{end}")
    assert not CUT.search(f"It is{end} closed")
