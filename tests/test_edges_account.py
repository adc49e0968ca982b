"""Borders of the loss account: each element that carries copy, the first and the last sign."""

from __future__ import annotations

import pytest
from lxml import etree

from edges import Listener, copy
from watchpress.model.tree import AT, Element
from watchpress.readers.plain.account import account

WP = AT[1:].split("}")[0]


def _report(inner: str) -> Element:
    return etree.fromstring(f'<article xmlns:wp="{WP}">{inner}</article>')


def _found(inner: str, *texts: str, drop: tuple[tuple[int, int], ...] = ()) -> list[str]:
    desk = Listener()
    desk.dropped.update(drop)
    account(_report(inner), copy(*texts), desk)
    return [
        f"{one.place.line}:{one.place.column} {dict(one.facts)['copy']}|{dict(one.facts)['xml']}"
        for one in desk.found
        if one.code == "R901" and one.place.file == "copy.txt"
    ]


@pytest.mark.parametrize(
    "tag",
    ["article-title", "alt-title", "contrib-group", "p", "title", "label", "attrib", "alt-text",
     "graphic", "tr"],
)  # fmt: skip
def test_each_element_with_a_place_carries_copy(tag: str) -> None:
    assert _found(f'<{tag} wp:at="1:1">so</{tag}>', "so") == []
    assert _found(f"<{tag}>so</{tag}>", "so") == ["1:1 s|"]


def test_of_dates_the_day_of_posting_carries_copy() -> None:
    posted = '<pub-date wp:at="1:1" date-type="posted">2 May</pub-date>'
    assert _found(posted, "2 May") == []
    assert _found(posted.replace("posted", "pub"), "2 May") == ["1:1 2|"]


def test_the_first_difference_is_told() -> None:
    whole = '<p wp:at="1:1">so be it</p><p wp:at="2:1">then</p>'
    assert _found(whole, "so be it", "then") == []
    assert _found(whole, "  so  be it", "then") == []
    assert _found(whole, "so my at", "then") == ["1:4 m|b"]
    assert _found(whole, "so be it", "than") == ["2:3 a|e"]
    assert _found(whole, "so be it", "then so") == ["2:6 s|"]
    assert _found(whole, "so be it", "the") == ["0:0 |n"]
    assert _found(whole, "so be it") == ["0:0 |t"]
    assert _found("", "so") == ["1:1 s|"]


def test_stretches_are_in_the_order_of_the_copy() -> None:
    parts = '<p wp:at="2:10">ten</p><p wp:at="10:1">last</p><p wp:at="2:9">nine</p>'
    assert _found(parts, "", "nineten", *[""] * 7, "last") == []


def test_what_was_typed_counts_in_the_place_of_what_is_printed() -> None:
    marked = '<p wp:at="1:1">so<xref wp:as="[1]">1</xref> be <b>it</b>!</p>'
    assert _found(marked, "so[1] be it!") == []
    assert _found(marked, "so1 be it!") == ["1:3 1|["]


def test_what_was_dropped_is_not_looked_for() -> None:
    whole = '<p wp:at="1:1">so it</p>'
    assert _found(whole, "so be it", drop=((1, 4), (1, 5))) == []
    assert _found(whole, "so be it", drop=((1, 4),)) == ["1:5 e|i"]
    # Dropped, and in the XML for all that.
    assert _found(whole, "so it", drop=((1, 5),)) == ["0:0 |t"]
    assert _found(whole, "so it", "b", drop=((2, 1),)) == []
    assert _found(whole, "so it", "by", drop=((2, 1),)) == ["2:2 y|"]
