"""Pages: what an article becomes, and that not a letter of it is lost or moved."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree
from lxml.builder import E

from epub_reports import report
from watchpress.backends.epub import pages
from watchpress.backends.epub.pages import OPS, XHTML, Entry, Page
from watchpress.model.tree import LANG, Element
from watchpress.xhtml.article import article

H = f"{{{XHTML}}}"
TYPE = f"{{{OPS}}}type"


def page(language: str = "en", *, faults: bool = False) -> Page:
    return pages.page(article(report(language, faults=faults)))


def tree(page: Page) -> Element:
    return etree.fromstring(page.data)


@pytest.fixture(params=["en", "ja", "ko"])
def made(request: pytest.FixtureRequest) -> Page:
    return page(request.param)


def test_a_page_is_an_xhtml_document(made: Page) -> None:
    assert made.data.startswith(
        b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html>\n<html xmlns="
    )
    root = tree(made)
    assert root.tag == f"{H}html"
    assert {str(element.tag).startswith(H) for element in root.iter("*")} == {True}
    assert root.nsmap == {None: XHTML, "epub": OPS}
    assert b"ns0" not in made.data
    assert root.get("lang") == root.get(LANG) == made.language
    assert root.findtext(f".//{H}title") == made.headline


def test_roles_are_types_too_and_notes_have_neither(made: Page) -> None:
    found = {
        (str(element.tag).removeprefix(H), element.get("role"), element.get(TYPE))
        for element in tree(made).iter("*")
        if element.get("role") or element.get(TYPE)
    }
    assert found == {
        ("section", "doc-chapter", "chapter"),
        ("section", "doc-endnotes", "endnotes"),
        ("a", "doc-noteref", "noteref"),
        ("a", "doc-backlink", "backlink"),
    }
    assert [sorted(li.attrib) for li in tree(made).iterfind(f".//{H}section/{H}ol/{H}li")] == [
        ["id", "value"],
        ["id", "value"],
    ]


def test_notes_stand_in_the_same_file_after_every_call(made: Page) -> None:
    order = [element.get("id") for element in tree(made).iter("*") if element.get("id")]
    assert len(order) == len(set(order))
    for link in tree(made).iter(f"{H}a"):
        if link.get("role") == "doc-noteref":
            target = str(link.get("href")).removeprefix("#")
            assert order.index(str(link.get("id"))) < order.index(target)
        elif link.get("role") == "doc-backlink":
            assert str(link.get("href")).removeprefix("#") in order
            assert link.get("aria-label")


def test_a_note_cited_twice_leads_back_twice() -> None:
    first = tree(page()).find(f".//{H}li[@id='wr007-en-fn1']")
    assert first is not None
    back = [(a.get("href"), a.get("aria-label")) for a in first.iter(f"{H}a") if a.get("role")]
    assert back == [
        ("#wr007-en-r1", "Back to the text, note 1, place 1"),
        ("#wr007-en-r3", "Back to the text, note 1, place 2"),
    ]


def test_places_in_the_copy_stay_behind(made: Page) -> None:
    assert b"data-at" in etree.tostring(article(report()))
    assert b"data-at" not in made.data


def test_the_words_are_those_of_the_article(made: Page) -> None:
    given = article(report(made.language))
    for element in given.iter("ruby"):  # brackets for readers without ruby are added
        element[-1].text = f"（{element[-1].text}）"
    body = tree(made).find(f"{H}body")
    assert body is not None
    assert "".join(body.itertext()).replace("\n", "") == "".join(given.itertext()).replace("\n", "")


def test_white_space_is_added_behind_blocks_only() -> None:
    given = E.article(
        E.header(E.h1(E.em("a"), E.strong("b"), id="t")),
        E.div(E.p(E.em("a"), E.strong("b"), " c ", E.span("d"), "e")),
        {"id": "x", "lang": "ja"},
    )
    data = pages.page(given).data.decode()
    assert "<em>a</em><strong>b</strong> c <span>d</span>e</p>\n" in data
    assert '<h1 id="t"><em>a</em><strong>b</strong></h1>\n' in data


def test_phrases_in_another_language_say_so_to_old_readers_too() -> None:
    given = E.article(E.h1("a"), E.p(E.span("日", lang="ja")), id="x", lang="en")
    assert b'<span lang="ja" xml:lang="ja">' in pages.page(given).data


def test_ruby_takes_the_form_html_knows() -> None:
    given = E.article(
        E.h1(E.ruby(E.rb("灯"), E.rt("ひ")), "をともせ"),
        E.p(E.ruby(E.rb("灯"), E.rt("ひ")), "が"),
        id="x",
        lang="ja",
    )
    made = pages.page(given)
    assert made.headline == "灯をともせ"
    assert "ruby" in made.traits
    assert "<p><ruby>灯<rp>（</rp><rt>ひ</rt><rp>）</rp></ruby>が</p>" in made.data.decode()
    assert "ruby" not in page().traits


def test_addresses_break_at_their_joints_and_stay_whole() -> None:
    address = "https://lamps.example.org/a?b=1&c=2"
    link = tree(page()).find(f".//{H}a[@class='url']")
    assert link is not None
    assert link.get("href") == "".join(link.itertext()) == address
    assert [link.text, *(piece.tail for piece in link)] == [
        "https://",
        "lamps",
        ".example",
        ".org/",
        "a",
        "?b",
        "=1",
        "&c",
        "=2",
    ]


def test_contents_list_sections_in_their_nesting_and_notes_last(made: Page) -> None:
    section = next(entry for entry in made.entry.below)
    assert section.href == f"wr007-{made.language}.xhtml#wr007-{made.language}-s1"
    assert made.entry.below[-1].href == made.notes
    given = E.article(
        E.h1("A", id="t"),
        E.div(
            E.section(
                E.h2("B", E.span(E.a("1", {"class": "noteref"}), {"class": "keep"})),
                E.section(E.h3("C"), id="c"),
                id="b",
            )
        ),
        id="x",
        lang="en",
    )
    assert pages.page(given).entry == Entry(
        "A", "x.xhtml", (Entry("B", "x.xhtml#b", (Entry("C", "x.xhtml#c"),)),)
    )


def test_the_opening_is_known_by_its_parts() -> None:
    made = page("ja")
    assert (made.series, made.number, made.date) == ("港灯通信", "No. 7", "2031年4月2日")
    assert "灯台" in made.byline


def test_a_marker_without_a_note_is_seen_and_no_link() -> None:
    made = tree(page(faults=True))
    missing = made.find(f".//{H}span[@id='wr007-en-r9']")
    assert missing is not None
    assert missing.get("class") == "noteref missing"
    assert missing.get("role") is None
    assert {li.get("class") for li in made.iter(f"{H}li")} >= {"duplicate", "unused"}


def test_headings_do_not_say_their_note_calls() -> None:
    heading = E.h1(
        "Fog",
        E.a("1", {"class": "noteref"}),
        " and ",
        E.span("[2?]", {"class": "noteref missing"}),
        "ferries",
    )
    assert pages.label(deepcopy(heading)) == "Fog and ferries"


def test_the_cover_page_says_what_is_on_the_cover() -> None:
    root = etree.fromstring(pages.cover("images/cover.png", "Cover: Letters & Lamps", "en"))
    image = root.find(f".//{H}img")
    assert image is not None
    assert dict(image.attrib) == {
        "src": "images/cover.png",
        "alt": "Cover: Letters & Lamps",
        "role": "doc-cover",
    }
