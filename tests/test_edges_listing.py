"""Borders of the note list: the line with which it begins, and lists in a form that is not read.

In the tables of lists the note list begins behind the line `LIST`.
"""

from __future__ import annotations

import pytest

from edges import Listener, copy
from watchpress.language.words import ENGLISH
from watchpress.readers.plain.listing import divide, unread

LIST = "-- the list --"
SAYS = "The mayor has closed the quay."
MUCH = "The mayor has closed the old quay of the town by the river, where ferries used to land. "
LONG = f"{MUCH}{MUCH}"  # longer than 120 characters


def _holds(*rows: str) -> None:
    """Hold the reader to the place of `LIST` among lines; without it there is no list."""
    where = rows.index(LIST) if LIST in rows else len(rows)
    desk = Listener()
    body, listed = divide(copy(*(row for row in rows if row != LIST)), ENGLISH, desk)
    assert [line.text for line in body] == [row.strip() for row in rows[:where]]
    assert [line.text for line in listed] == [row.strip() for row in rows[where + 1 :]]
    assert not desk.found and not desk.losses


@pytest.mark.parametrize(
    "rows",
    [
        (SAYS,),
        (SAYS, "So [1]."),
        ("So [1].", LIST, "[1] A"),
        ("So [1].", LIST, "[1] A", "on it goes", "[2] B", "the end"),
        (LIST, "[1] A", "[2] B"),
        ("So.", LIST, "[7] G"),
        # A line of the body opens with a marker too.
        ("[1] is not closed.", "So [2].", LIST, "[1] A", "[2] B"),
        ("[1] is closed.", LIST, "[1] A"),
        ("So [1][2].", "[2] is closed.", LIST, "[1] A", "[2] B"),
        ("So [1][2].", "[2] is closed.", "So he says.", LIST, "[1] A", "[2] B"),
        ("[2] is closed.", "So [1][2].", LIST, "[1] A", "[2] B"),
        ("[3] is closed.", "So [1].", LIST, "[1] A"),
        ("[3] is closed.", "So [1].", LIST, "[1] A [3]"),
        ("[3] is so.", "So [1][3].", "[2] is so.", "It is [2].", LIST, "[1] A", "[2] B", "[3] C"),
        # It is the last row that begins anew, but not one that leaves a note behind.
        ("So [1][2].", LIST, "[2] B", "[1] A"),
        ("So [1].", LIST, "[1] A", "[1] B"),
        ("So [2][3].", LIST, "[1] A", "[3] C", "[2] B"),
        ("So [3].", LIST, "[2] B", "[3] C", "[1] A"),
        ("So [1][2].", LIST, "[1] A", "He says [2].", "[2] B", "[1] C", "[2] D"),
        ("So [1][2][3].", LIST, "[1] A", "[3] C", "[2] B"),
        ("So [0][1].", LIST, "[0] Z", "[1] A"),
        # A paragraph of the body between two rows.
        ("So [1][2].", "[1] is closed.", "He says so [2].", LIST, "[1] A", "[2] B"),
        ("So [1][2].", LIST, "[1] is closed.", "He says so.", "[1] A", "[2] B"),
        ("So [1][2].", "[1] is closed.", LONG, LIST, "[1] A", "[2] B"),
        ("So [1][2].", "[1] is so.", f"{'a' * 120}.", LIST, "[1] A", "[2] B"),
        ("So [1][2].", LIST, "[1] is so.", f"{'a' * 119}.", "[1] A", "[2] B"),
        ("So [1][2].", LIST, "[1] is so.", "a" * 121, "[1] A", "[2] B"),  # no sentence
        ("So [1][2].", "[1] is so.", SAYS, "He [2].", SAYS, LIST, "[1] A", "[2] B"),
    ],
)
def test_where_the_list_begins(rows: tuple[str, ...]) -> None:
    _holds(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        ("So [1].", "[1] is closed.", f"{LONG}[2]."),  # a paragraph of the body ends the copy
        ("So [1].", LIST, "[1] A", f"{LONG}[1]."),
        ("So [1].", LIST, "[1] A", f"{'a' * 116}[2]."),  # 120 characters are not long
        ("So [1].", "[1] is so.", f"{'a' * 117}[2]."),
        ("So [1].", LIST, "[1] A", LONG),
        ("So [1].", LIST, "[1] A", "[2] B", f"{LONG}[2]."),  # one of the list is called above
        ("So.", "[1] is closed.", f"{LONG}[1]."),  # none of the list is called above
        ("So.", "[1] is closed.", f"{LONG}[1].", f"{LONG}[2]."),
        ("So [1].", LIST, "[1] A", f"{LONG}[7].", "[2] B"),  # the numbers go on behind it
        ("So [1].", "[1] is so.", f"{LONG}[7].", LIST, "[9] Z"),
        ("So [1].", "[1] is so.", f"{LONG}[7].", LIST, "[3] C"),
        ("So [1].", "[1] is so.", "see also [3].", f"{LONG}[3].", LIST, "[9] Z"),
        ("So [1].", "[1] is so.", f"{LONG}[7].", "[4] is so.", f"{LONG}[8].", LIST, "[9] Z"),
        ("So.", LIST, f"[1] {LONG}"),  # a note may be long
        ("[2] is closed.", "So [1].", LIST, "[1] A", f"{LONG}[2]."),
        (f"{LONG}[1].", LIST, "[1] A"),
        ("[1] is closed.", f"{LONG}[1]."),
    ],
)
def test_the_list_begins_behind_the_last_paragraph(rows: tuple[str, ...]) -> None:
    _holds(*rows)


@pytest.mark.parametrize(
    ("texts", "heading", "first"),
    [
        (["So [1].", "Notes", "[1] A"], 2, 3),
        (["Notes", "[1] A"], 1, 2),
        (["So [1].", "Notes", "so", "[1] A"], None, 4),
        (["[1] A", "Notes"], None, 1),
        (["So [1].", "Notes", "[1] is so.", "[2] is so.", "Notes", "[1] A"], 5, 6),
        (["So [1].", "Notes", "[1] A", "[1] B"], 2, 3),  # a heading is sure
        (["So [1].", "Notes", "[2] B", "on it goes [1].", "[1] A", "[2] C"], 2, 3),
    ],
)
def test_a_heading_over_the_list(texts: list[str], heading: int | None, first: int) -> None:
    desk = Listener()
    body, listed = divide(copy(*texts), ENGLISH, desk)
    assert [line.number for line in listed] == [*range(first, len(texts) + 1)]
    assert [line.number for line in body] == [n for n in range(1, first) if n != heading]
    assert desk.out == ([f"{heading} R307 Notes"] if heading else [])


# -- Lists that are not read -----------------------------------------------------------------------


def _unread(*texts: str) -> int | None:
    """Return the line at which a list is told that is not read."""
    desk = Listener()
    unread(copy(*texts), desk)
    assert [dict(one.facts)["text"] for one in desk.found] == [
        texts[one.place.line - 1] for one in desk.found
    ]
    assert {one.code for one in desk.found} <= {"N109"}
    return desk.found[0].place.line if desk.found else None


BOTH = "The mayor1 has closed it.2"


@pytest.mark.parametrize(
    ("first", "second"),
    [("1. “A”", "2. “B”"), ("1.“A”", "2.“B”"), ("(1) “A”", "(2) “B”"), ("（1）A", "（2）B"),
     ("1 A", "2 B"), ("1) A", "2) B"), ("1、A", "2、B"), ("1: A", "2: B"), ("*1 A", "*2 B"),
     ("※1 A", "※2 B"), ("注1 A", "注2 B"), ("註 1 A", "註 2 B"), ("주1. A", "주2. B")],
)  # fmt: skip
def test_forms_of_lists_that_are_not_read(first: str, second: str) -> None:
    assert _unread(BOTH, first, second) == 2
    assert _unread("The mayor has closed it.", first, second) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((BOTH, "1. A", "2. B"), 2),
        ((BOTH, SAYS, "1. A", "2. B"), 3),
        ((BOTH, "1. A"), None),  # a row of one is none
        ((BOTH, "2. B", "3. C"), None),  # it begins with 1
        ((BOTH, "1. A", "3. C"), None),
        ((BOTH, "1. A", "(2) B"), None),  # of one form
        ((BOTH, "1. A", "2) B"), None),
        ((BOTH, "(1) A", "1) B"), None),
        ((BOTH, "1. A", "(1) x", "2. B"), 2),  # others between them do not matter
        ((BOTH, "1. A", "5. x", "2. B"), 2),
        ((BOTH, "1. A", "so", "so", "2. B", "so", "so"), 2),
        ((BOTH, "1. A", "2. B", "so", "so", "so"), None),  # it ends the copy
        ((BOTH, "1. A", "so", "so", "so", "2. B"), None),  # three lines between two notes
        ((BOTH, "1. A", "2. B", "1999. So"), 2),
        ((BOTH, "1. A", "2. B", "1.5 miles"), 2),
        ((BOTH, "1. A", "2. B", "3."), 2),
        ((BOTH, "1. A", "2. B", "1. A", "2. B"), 4),  # the last one that begins with 1
        # The numbers that hang on words above it: two at least, and half as many as notes.
        (("The mayor1 has closed it.", "1. A", "2. B"), None),
        (("The mayor2 has closed it.", "1. A", "2. B", "3. C", "4. D"), None),
        ((BOTH, "1. A", "2. B", "3. C", "4. D", "5. E"), 2),
        ((BOTH, "1. A", "2. B", "3. C", "4. D", "5. E", "6. F"), None),
        ((f"{BOTH} So.6", "1. A", "2. B", "3. C", "4. D", "5. E", "6. F"), 2),
        (("The mayor1 has closed it.3", "1. A", "2. B"), None),  # 3 is no note
        (("The mayor1 has closed it.0", "1. A", "2. B"), None),
        (("The mayor1 has closed it.", "1. “A”2", "2. “B”"), None),  # not above the list
        (("The mayor1 has closed it.1", "1. A", "2. B"), None),
        ((SAYS,), None),
    ],
)
def test_lists_that_are_not_read(texts: tuple[str, ...], expected: int | None) -> None:
    assert _unread(*texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mayor1", True), ("mayor1 has", True), ("mayor(1).", True), ("mayor（1）は", True),
        ("closed.1", True), ("閉鎖1。", True), ("閉鎖（1）。", True), ("「閉鎖」1、", True),
        ("closed,1", True), ("closed;1", True), ("closed:1", True), ("(closed)1", True),
        ("closed)1”", True), ("closed 1", False), ("closed -1", False), ("closed1a", False),
        ("closed_1", False), ("closed0001", False), ("closed001", True), ("closed71", False),
        ("No.1", False), ("Nr1", False), ("no.1", False), ("p1", False), ("pp.1", False),
        ("see vol.1", False), ("see vol1", False), ("art.1", False), ("fig.1", False),
        ("第1。", False), ("carp.1", True), ("frivol.1", True), ("Nn.1", True),
        ("https://example.org/a1", False), ("https://example.org/a1 so1", True),
        ("see https://example.org/a（1）。", True), ("so1 https://example.org/a", True),
    ],
)  # fmt: skip
def test_numbers_that_hang_on_words(text: str, expected: bool) -> None:
    assert (_unread("It is closed.2", text, "1. A", "2. B") == 3) == expected
