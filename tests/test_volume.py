"""Volumes: the order of parts, and which page bears which number."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from watchpress.catalog import Book, Entry, Layout, Part, Term, Volume
from watchpress.model.tree import LANG, Element
from watchpress.volume.pages import paginate, roman
from watchpress.volume.plan import plan

LANGUAGES = ("en", "ja", "ko")


def report(number: int, language: str, notes: int = 1) -> Element:
    """Return the least that a plan looks at: a stem, a language, notes."""
    article = etree.Element("article", {LANG: language})
    meta = etree.SubElement(etree.SubElement(article, "front"), "article-meta")
    etree.SubElement(meta, "article-id").text = f"wr{number:03d}-{language}"
    etree.SubElement(meta, "issue").text = str(number)
    group = etree.SubElement(etree.SubElement(article, "back"), "fn-group")
    for _ in range(notes):
        etree.SubElement(group, "fn")
    return article


def volume(layout: Layout, numbers: int, languages: tuple[str, ...], *missing: str) -> Volume:
    entries = tuple(
        Entry(n, {x: None if f"{n}{x}" in missing else report(n, x) for x in languages})
        for n in range(1, numbers + 1)
    )
    return Volume(Book("2025", {"en": "The Year"}), languages, entries, 0, layout)


def order(bound: Volume) -> list[str]:
    return [part.id for part in plan(bound) if part.number]


def test_sequential_is_one_language_after_the_other() -> None:
    assert order(volume("sequential", 2, ("en", "ja"))) == [
        "wr001-en", "wr002-en", "wr001-ja", "wr002-ja",
    ]  # fmt: skip


def test_paired_is_report_by_report() -> None:
    assert order(volume("paired", 2, LANGUAGES)) == [
        "wr001-en", "wr001-ja", "wr001-ko", "wr002-en", "wr002-ja", "wr002-ko",
    ]  # fmt: skip


def test_facing_is_one_part_for_two_languages_and_a_third_follows() -> None:
    assert order(volume("facing", 2, LANGUAGES, "2ja")) == [
        "wr001-en-ja", "wr001-ko", "wr002-en", "wr002-ja-none", "wr002-ko",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", ["sequential", "paired", "facing"])
def test_a_missing_translation_is_a_placeholder(layout: Layout) -> None:
    parts = plan(volume(layout, 2, ("en", "ja"), "1ja"))
    assert [part.number for part in parts if part.kind == "placeholder"] == [1]


def test_notes_at_the_end_of_a_volume_stand_by_language() -> None:
    bound = replace(volume("paired", 2, ("en", "ja"), "1ja"), notes_at="volume")
    notes = [(part.id, len(part.reports)) for part in plan(bound) if part.kind == "notes"]
    assert notes == [("notes-en", 2), ("notes-ja", 1)]


def test_back_matter_is_there_only_for_what_there_is() -> None:
    bare = volume("paired", 1, ("en",))
    kinds = [part.kind for part in plan(bare)]
    assert kinds == [
        "half-title", "title", "copyright", "contents", "report", "sources", "colophon",
    ]  # fmt: skip
    full = replace(bare, terms=(Term("place", {"en": "Quay"}),))
    assert "index" in [part.kind for part in plan(full)]


@given(
    st.sampled_from(["sequential", "paired", "facing"]),
    st.integers(1, 6),
    st.integers(1, 3),
    st.data(),
)
def test_every_edition_has_its_part_and_every_id_is_unique(
    layout: Layout, numbers: int, languages: int, data: st.DataObject
) -> None:
    names = [f"{n}{x}" for n in range(1, numbers + 1) for x in LANGUAGES[:languages]]
    missing = data.draw(st.sets(st.sampled_from(names), max_size=3))
    bound = volume(layout, numbers, LANGUAGES[:languages], *missing)
    parts = plan(bound)
    bodies = [part for part in parts if part.kind in {"report", "facing", "placeholder"}]
    stems = [one.findtext("front/article-meta/article-id") for p in bodies for one in p.reports]
    assert len(stems) == len(set(stems)) == len(names) - len(missing)
    assert len([part for part in bodies if part.kind == "placeholder"]) == len(missing)
    assert len({part.id for part in parts}) == len(parts)


# -- pages --------------------------------------------------------------------------------------


def part(kind: str, name: str) -> Part:
    return Part(kind, name, "en")  # type: ignore[arg-type]


def test_front_matter_is_roman_and_the_text_begins_on_page_one() -> None:
    parts = [
        part("half-title", "h"),
        part("title", "t"),
        part("contents", "c"),
        part("report", "r"),
    ]
    placed = paginate(parts, {"h": 1, "t": 1, "c": 2, "r": 3})
    assert [(one.blanks, one.labels, one.folios) for one in placed] == [
        (0, ("i",), ("",)),
        (1, ("iii",), ("",)),
        (1, ("v", "vi"), ("v", "vi")),
        (0, ("1", "2", "3"), ("1", "2", "3")),
    ]


def test_what_is_said_again_in_another_language_follows_without_a_blank_page() -> None:
    kinds = ["contents", "contents", "report", "placeholder", "notes", "notes", "index", "index"]
    parts = [part(kind, f"{n}") for n, kind in enumerate(kinds)]
    placed = paginate(parts, {one.id: 1 for one in parts})
    assert [one.blanks for one in placed] == [0, 0, 0, 0, 0, 0, 0, 0]
    assert [one.folios[0] for one in placed[2:]] == ["1", "2", "3", "4", "5", "6"]
    reports = paginate([part("report", "a"), part("report", "b")], {"a": 1, "b": 1})
    assert reports[1].blanks == 1


def test_a_front_of_odd_length_is_filled_up() -> None:
    parts = [part("half-title", "h"), part("report", "r")]
    placed = paginate(parts, {"h": 1, "r": 1})
    assert placed[1].blanks == 1
    assert placed[1].labels == ("1",)


def test_facing_editions_begin_on_the_left() -> None:
    parts = [part("report", "a"), part("facing", "b"), part("report", "c")]
    placed = paginate(parts, {"a": 2, "b": 4, "c": 1})
    assert [(one.first, one.blanks) for one in placed] == [(1, 0), (4, 1), (9, 1)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["half-title", "title", "copyright", "contents", "report", "facing",
                             "placeholder", "notes", "index", "sources", "errata", "colophon"]),
            st.integers(1, 9),
        ),
        min_size=1, max_size=20,
    )
)  # fmt: skip
def test_no_page_number_is_given_twice_and_sides_are_right(drawn: list[tuple[str, int]]) -> None:
    parts = [part(kind, f"p{n}") for n, (kind, _) in enumerate(drawn)]
    counts = {
        f"p{n}": 2 * pages if kind == "facing" else pages for n, (kind, pages) in enumerate(drawn)
    }
    placed = paginate(parts, counts)
    labels = [label for one in placed for label in one.labels]
    assert len(labels) == len(set(labels)) == sum(counts.values())
    page, before = 0, ""
    for one in placed:
        page += one.blanks + 1
        same, before = one.part.kind == before, one.part.kind
        if same and before in {"contents", "notes", "index"}:
            page += one.pages - 1
            continue
        if one.part.kind == "facing":
            assert page % 2 == 0
        elif one.part.kind not in {"copyright", "placeholder", "colophon", "errata", "map"}:
            assert page % 2 == 1
        page += one.pages - 1


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 49, 89)] == [
        "i", "iv", "ix", "xiv", "xl", "xlix", "lxxxix",
    ]  # fmt: skip
