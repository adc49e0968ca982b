"""Blocks of two editions beside each other: all of them, in order, what belongs together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from proof_reports import Draft, long, prose, report
from watchpress.model.tree import Element
from watchpress.xhtml.article import article
from watchpress.xhtml.pairs import Pair, blocks, pairs
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


KINDS = st.sampled_from(("", "# ", "> ", "* "))


@st.composite
def drafts(draw: st.DrawFn, language: str) -> Draft:
    pieces = draw(st.lists(st.tuples(KINDS, st.integers(1, 40)), max_size=12))
    return Draft(language, [f"{kind}{prose(language, n, n)}" for kind, n in pieces])


@settings(max_examples=60, deadline=None)
@given(en=drafts("en"), ja=drafts("ja"))
def test_nothing_is_lost_nothing_stands_twice_and_all_keeps_its_order(en: Draft, ja: Draft) -> None:
    one, two = body(en), body(ja)
    found = pairs(one, two)
    assert [block for left, _ in found for block in left] == one
    assert [block for _, right in found for block in right] == two
    assert all(left or right for left, right in found)
