"""Borders of what is damage: joined words, dates that lost their signs, and what only looks so."""

from __future__ import annotations

import pytest

from edges import Listener, copy
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain import damage


def _found(words: Words, *texts: str) -> list[str]:
    """Return what is told of lines, as `line:column CODE text`."""
    desk = Listener()
    damage.inspect(copy(*texts), words, desk)
    return [
        f"{one.place.line}:{one.place.column} {one.code} {dict(one.facts)['text']}"
        for one in desk.found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we,he", ["1:1 R207 we,he"]),
        ("so closed,he said", ["1:4 R207 closed,he"]),
        ("closed;a", ["1:1 R207 closed;a"]),
        ("closed,2 days", ["1:1 R207 closed,2"]),
        ("a,b", []),  # single letters are a list or an abbreviation
        ("closed, he", []),
        ("closed,é", []),
        ("it.He", ["1:1 R207 it.He"]),
        ("it is closed.Her", ["1:7 R207 closed.Her"]),
        ("t.He", []),
        ("it.HE", []),
        ("it.H", []),
        ("it.he", []),
        ("so [1].It", ["1:4 R207 [1].It"]),
        ("so [123],I", ["1:4 R207 [123],I"]),
        ("so [1234].It", []),
        ("so [1].it", []),
        ("(so)he", ["1:4 R207 )he"]),
        ("(so)here", ["1:4 R207 )here"]),
        ("(so)h", []),
        ("(D)iplomacy", []),
        ("“so.”He", ["1:4 R207 .”He"]),
        ("“so”h", ["1:4 R207 ”h"]),
        ("”He", []),  # nothing stands before it
        ("May 1,2020", ["1:5 R207 1,2020"]),
        ("May 21,1999", ["1:5 R207 21,1999"]),
        ("a 121,2020", []),
        ("May 1,2120", []),
        ("May 1,20201", []),
        ("630日", []),
        ("2020 1 5", []),
    ],
)
def test_joined_words(text: str, expected: list[str]) -> None:
    assert _found(ENGLISH, text) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The portNews", "port and news"], ["1:5 R207 portNews"]),
        (["The PortNews", "port and news"], ["1:5 R207 PortNews"]),
        (["The theNews", "the news"], ["1:5 R207 theNews"]),
        (["The newsThe", "the news"], []),  # three letters
        (["The inNews", "in news"], []),  # two letters: iPhone, eBay
        (["The newsIn", "in news"], []),
        (["The portNews", "port"], []),  # the other is no word of the report
        (["The portNews", "port and news2"], []),
        (["in2020", "in"], ["1:1 R207 in2020"]),
        (["May1999", "may"], []),
        (["may1999", "May"], ["1:1 R207 may1999"]),
        (["in2020", "on"], []),
        (["in2120", "in"], []),
        (["a2020", "a"], []),
    ],
)
def test_words_that_are_joined_if_both_stand_alone_elsewhere(
    texts: list[str], expected: list[str]
) -> None:
    assert _found(ENGLISH, *texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("630日", ["1:1 R208 630"]),
        ("閉鎖は1231日", ["1:4 R208 1231"]),
        ("101日", ["1:1 R208 101"]),
        ("1301日", []),
        ("632日", []),
        ("600日", []),
        ("6月630日", []),
        ("303日間", []),
        ("303日目", []),
        ("303", []),
        ("2020 1 5", ["1:1 R208 2020 1 5"]),
        ("1999 12 31", ["1:1 R208 1999 12 31"]),
        ("2020 123 5", []),
        ("2020 1 123", []),
        ("2020 1 5日", []),
        ("12020 1 5", []),
        ("2120 1 5", []),
        ("closed,he", []),  # Latin letters in a Japanese report are names and addresses
        ("theNews the news", []),
    ],
)
def test_dates_that_lost_their_signs(text: str, expected: list[str]) -> None:
    assert _found(JAPANESE, text) == expected


@pytest.mark.parametrize("words", [ENGLISH, JAPANESE])
def test_what_is_damage_in_every_language(words: Words) -> None:
    assert _found(words, "a", "so â€œ it") == ["2:4 R206 â€œ"]
    assert _found(words, "so [1, 2] it [3-5]") == ["1:4 N107 [1, 2]", "1:14 N107 [3-5]"]


def test_what_is_part_of_an_address_is_not_joined() -> None:
    assert _found(ENGLISH, "https://example.org/we,he") == []
    assert _found(ENGLISH, "see https://example.org/we”He") == ["1:27 R207 ”He"]
    assert _found(ENGLISH, "so,he https://example.org/ we,it") == [
        "1:1 R207 so,he", "1:28 R207 we,it",
    ]  # fmt: skip
