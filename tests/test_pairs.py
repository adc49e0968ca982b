"""Blocks of two editions beside each other: all of them, in order, what belongs together.

First the algorithm by looks of blocks, then what facing languages make of it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from proof_reports import Draft, long, prose, report
from watchpress.model.pairs import KINDS, Look, Span, align, halves, look
from watchpress.model.pairs import pairs as beside_each_other
from watchpress.model.tree import Element
from watchpress.xhtml.article import article
from watchpress.xhtml.blocks import Pair, blocks, pairs
from watchpress.xhtml.plain import plain


def body(draft: Draft) -> list[Element]:
    found = article(report(draft)).find("div[@class='body']")
    assert found is not None
    return blocks(found)


def beside(found: list[Pair]) -> list[tuple[int, int]]:
    return [(len(one), len(two)) for one, two in found]


def test_equal_editions_stand_block_beside_block() -> None:
    found = pairs(body(long("en")), body(long("ja")))
    assert beside(found) == [(1, 1)] * 8
    assert [one[0].tag for one, _ in found] == [two[0].tag for _, two in found]


def test_a_paragraph_that_one_edition_parts_stands_beside_both_parts() -> None:
    en = [f"{prose('en', 40, 1)} [1] {prose('en', 40, 2)} [2]", prose("en", 30, 3)]
    ja = [f"{prose('ja', 40, 1)} [1]", f"{prose('ja', 40, 2)} [2]", prose("ja", 30, 3)]
    notes = [["a"], ["b"]]
    found = pairs(body(Draft("en", en, notes)), body(Draft("ja", ja, notes)))
    assert beside(found) == [(1, 2), (1, 1)]


def test_what_is_not_translated_stands_beside_nothing_and_shifts_nothing() -> None:
    texts = [f"{n} {prose('en', 30 + n, n)} [{n}]" for n in range(1, 8)]
    other = [f"{n} {prose('ja', 30 + n, n)} [{n}]" for n in range(1, 8) if n != 3]
    notes = [[str(n)] for n in range(1, 8)]
    found = pairs(body(Draft("en", texts, notes)), body(Draft("ja", other, notes)))
    assert beside(found) == [(1, 1), (1, 1), (1, 0), *[(1, 1)] * 4]


def test_notes_that_a_volume_has_counted_on_are_still_the_same_notes() -> None:
    texts = {tag: [f"{prose(tag, 30, 9)} [{n}]" for n in range(1, 6)] for tag in ("en", "ja")}
    texts["en"][1:2] = []  # not there in English: only its note tells which one it is
    notes = [[str(n)] for n in range(1, 6)]
    found = []
    for tag, first in (("en", 16), ("ja", 8)):
        body_ = article(report(Draft(tag, texts[tag], notes))).find("div[@class='body']")
        assert body_ is not None
        for number, call in enumerate(body_.iter("a"), first):
            call.text = str(number)
        found.append(blocks(body_))
    assert beside(pairs(*found)) == [(1, 1), (0, 1), (1, 1), (1, 1), (1, 1)]


def test_a_heading_stands_beside_a_heading_only() -> None:
    en = ["a b c", "# One", "d e f", "# Two", "g h i"]
    ja = ["あ", "い", "# 二", "う"]
    for one, two in pairs(body(Draft("en", en)), body(Draft("ja", ja))):
        kinds = {block.tag for block in (*one, *two)}
        assert "h2" not in kinds or kinds == {"h2"}


def test_a_heading_takes_the_address_of_its_section() -> None:
    found = body(Draft("en", ["a", "# One", "b"]))
    assert [(block.tag, block.get("id")) for block in found][1] == ("h2", "wr032-en-s1")
    named = etree.fromstring("<div><section id='s'><h2 id='h'>One</h2></section></div>")
    (heading,) = blocks(named)
    assert heading.get("id") == "h" and plain(heading) == "One"
    assert heading[0].get("id") == "s"


FORMS = st.sampled_from(("", "# ", "> ", "* "))


@st.composite
def drafts(draw: st.DrawFn, language: str) -> Draft:
    pieces = draw(st.lists(st.tuples(FORMS, st.integers(1, 40)), max_size=12))
    return Draft(language, [f"{kind}{prose(language, n, n)}" for kind, n in pieces])


@settings(max_examples=60, deadline=None)
@given(en=drafts("en"), ja=drafts("ja"))
def test_nothing_is_lost_nothing_stands_twice_and_all_keeps_its_order(en: Draft, ja: Draft) -> None:
    one, two = body(en), body(ja)
    found = pairs(one, two)
    assert [block for left, _ in found for block in left] == one
    assert [block for _, right in found for block in right] == two
    assert all(left or right for left, right in found)


# -- The algorithm ---------------------------------------------------------------------------------


@st.composite
def looks(draw: st.DrawFn) -> list[Look]:
    """Return the looks of an edition: no two blocks beside each other are the same."""
    kinds = st.sampled_from(sorted(KINDS))
    found: list[Look] = []
    for note in range(draw(st.integers(1, 24))):
        calls = frozenset({note} if draw(st.booleans()) else ())
        figures = frozenset(map(str, draw(st.lists(st.integers(1, 3000), max_size=4))))
        block = Look(draw(kinds), draw(st.integers(2, 900)), calls, figures)
        if not found or block != found[-1]:
            found.append(block)
    return found


def steps(found: list[tuple[Span, Span]]) -> list[tuple[int, int]]:
    return [(after - i, behind - j) for (i, after), (j, behind) in found]


@settings(max_examples=150, deadline=None)
@given(one=looks(), two=looks())
def test_each_block_stands_once_in_order_on_its_side(one: list[Look], two: list[Look]) -> None:
    found = align(one, two)
    for edition, side in ((one, 0), (two, 1)):
        spans = [pair[side] for pair in found]
        assert [n for start, end in spans for n in range(start, end)] == list(range(len(edition)))
    single = [half for pair in beside_each_other(one, two, lambda look: look)
              for half in halves(pair, lambda look: look)]  # fmt: skip
    assert [block for block, _ in single if block is not None] == one
    assert [block for _, block in single if block is not None] == two


@settings(max_examples=150, deadline=None)
@given(one=looks(), longer=st.floats(0.4, 2.5), data=st.data())
def test_equal_shapes_pair_one_to_one(one: list[Look], longer: float, data: st.DataObject) -> None:
    """Whatever the languages: each block may be a quarter longer or shorter than the measure."""
    noise = data.draw(st.lists(st.floats(0.8, 1.25), min_size=len(one), max_size=len(one)))
    two = [
        replace(look, size=round(look.size * longer * by), figures=frozenset())
        for look, by in zip(one, noise, strict=True)
    ]
    assert steps(align(one, two)) == [(1, 1)] * len(one)


@settings(max_examples=100, deadline=None)
@given(one=looks(), data=st.data())
def test_a_block_taken_out_anywhere_is_found_exactly_there(
    one: list[Look], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(one) - 1))
    found = align(one, [*one[:place], *one[place + 1 :]])
    wanted = [(1, 1)] * len(one)
    wanted[place] = (1, 0)
    assert steps(found) == wanted
    added = align([*one[:place], *one[place + 1 :]], one)
    wanted[place] = (0, 1)
    assert steps(added) == wanted


@pytest.mark.parametrize("parts", [2, 3])
@pytest.mark.parametrize("place", range(7))
def test_a_paragraph_that_was_split_anywhere_stands_beside_its_parts(
    place: int, parts: int
) -> None:
    sizes = (300, 520, 410, 700, 280, 610, 350)
    one = [Look("p", size, sentences=6) for size in sizes]
    part = Look("p", round(sizes[place] * 0.9 / parts), sentences=6 // parts)
    two = [replace(look, size=round(look.size * 0.9)) for look in one]
    two[place : place + 1] = [part] * parts
    wanted = [(1, 1)] * len(one)
    wanted[place] = (1, parts)
    assert steps(align(one, two)) == wanted
    wanted[place] = (parts, 1)
    assert steps(align(two, one)) == wanted


@pytest.mark.parametrize("kind", sorted(name for name, kind in KINDS.items() if not kind.text))
def test_what_is_no_text_stands_beside_its_own_kind_only(kind: str) -> None:
    around = [Look("p", 300), Look("p", 420)]
    one = [around[0], Look(kind, 40), around[1]]
    two = [around[0], Look("p", 40), around[1]]
    assert steps(align(one, one)) == [(1, 1)] * 3
    assert sorted(steps(align(one, two))) == [(0, 1), (1, 0), (1, 1), (1, 1)]


def test_sub_headings_hold_their_place_where_text_was_moved_over_one() -> None:
    text = [Look("p", size) for size in (300, 520, 410, 700)]
    title = Look("title", 20)
    one = [text[0], text[1], title, text[2], text[3]]
    two = [text[0], title, text[1], text[2], text[3]]
    assert steps(align(one, two)) == [(1, 1), (1, 0), (1, 1), (0, 1), (1, 1), (1, 1)]


def test_editions_far_out_of_step_still_pair() -> None:
    one = [Look("p", 200 + 7 * (n % 31), frozenset({n})) for n in range(150)]
    found = align(one, one[70:])
    assert steps(found) == [(1, 0)] * 70 + [(1, 1)] * 80


def test_a_look_counts_columns_and_knows_figures_in_any_form() -> None:
    assert look("p", "海峡 12").size == 7
    assert look("p", "１，９００ and 1,900").figures == {"1900"}
    texts = ("", "No end", "One. Two? “Three.”", "「一。二！三」", "Version 1.2, e.g. this")
    assert [look("p", words).sentences for words in texts] == [1, 1, 3, 3, 2]
    assert look("p", "x", addresses=["https://a.example.org"]).figures == {"https://a.example.org"}
