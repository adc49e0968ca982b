"""Defects planted in clean copy are found, each where it is, and nothing else; nothing is false."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planted import figures, notes, pages, products, rows
from planted.rows import Found, Row
from watchpress.diagnostic import codes
from watchpress.tools import fonts

ROOT = Path(__file__).parent.parent
MADE = ("products", "layouts")  # groups of plantings that show in products
SET = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")


def _named(found: Sequence[Row]) -> list[Any]:
    marks = {True: [pytest.mark.slow], False: []}
    return [pytest.param(row, id=row.name, marks=marks[row.slow]) for row in found]


# -- every code is planted, or it is said why not --------------------------------------------------


def test_every_code_is_planted_or_shown_elsewhere() -> None:
    planted, elsewhere = set(figures.planted()), set(figures.elsewhere())
    assert planted | elsewhere == set(codes())
    assert planted & elsewhere == set()


@pytest.mark.parametrize("code", sorted(figures.elsewhere()))
def test_what_cannot_be_planted_is_shown_by_the_case_that_is_named(code: str) -> None:
    case, reason = figures.elsewhere()[code]
    text = (figures.CASES / case).read_text("utf-8")
    expected = re.findall(r"(?ms)^```(?:console|found|losses)\n(.*?)^```", text)
    assert any(re.search(rf"\b{code}\b", block) for block in expected)
    assert reason


# -- nothing is found where nothing is amiss -------------------------------------------------------


@pytest.mark.parametrize("proof", [False, pytest.param(True, marks=[pytest.mark.slow, SET])])
def test_nothing_at_all_is_found_in_the_clean_series(proof: bool, tmp_path: Path) -> None:
    with rows.home(tmp_path), rows.at_hand():
        assert rows.told(["check", "-C", ".", *(() if proof else ("--no-proof",))]) == []


@pytest.mark.parametrize("proof", [False, pytest.param(True, marks=[pytest.mark.slow, SET])])
def test_what_is_found_in_the_sample_series_is_true(
    proof: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(figures.REPORTS, tmp_path / "reports")
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    monkeypatch.chdir(tmp_path)
    with nullcontext() if proof else rows.at_hand():
        found = rows.told(["check", "-C", ".", *(() if proof else ("--no-proof",))])
    places = [f"{one.file.removeprefix('reports/')}:{one.line}:{one.column}" for one in found]
    told = [(one.code, place) for one, place in zip(found, places, strict=True)]
    assert sorted(told) == sorted(figures.true())
    assert {codes()[code]["severity"] for code, _ in told} == {"info"}


# -- one planting for every code -------------------------------------------------------------------


@pytest.mark.parametrize("row", _named([row for row in rows.rows() if row.group not in MADE]))
def test_what_is_planted_in_copy_is_found_where_it_is(row: Row) -> None:
    assert rows.verdict(row).faults == []


@SET
@pytest.mark.parametrize("row", _named([row for row in rows.rows() if row.group in MADE]))
def test_what_shows_in_the_making_is_found_where_it_is(row: Row) -> None:
    assert rows.verdict(row).faults == []


@SET
@pytest.mark.parametrize(
    ("kind", "planting"),
    [pytest.param(*one, id=f"{number}-{one[1].code}")
     for number, one in enumerate(products.plantings())],
)  # fmt: skip
def test_what_is_done_to_a_product_is_found(kind: str, planting: products.Planting) -> None:
    assert products.verdict(kind, planting).faults == []


@SET
@pytest.mark.parametrize("kind", ["epub", "pdf", "press"])
def test_a_product_that_nothing_was_done_to_is_left_in_peace(kind: str) -> None:
    assert products.told(kind, products.made(kind)[0]) == []


@SET
@pytest.mark.parametrize("kind", pages.KINDS)
def test_what_is_planted_in_pages_is_found_at_its_line(kind: str) -> None:
    assert figures.page_faults(kind) == []


def test_a_planting_whose_place_is_missed_is_told() -> None:
    verdict = rows.Verdict(
        [Found("N101", "a", 1, 2), Found("N102", "a", 3, 1)], ["N103"],
        [Found("N101", "a", 1, 3), Found("R214", "a", 9, 9)],
    )  # fmt: skip
    assert verdict.faults == [
        f"wrong place: {Found('N101', 'a', 1, 3)}, not {Found('N101', 'a', 1, 2)}",
        f"not found: {Found('N102', 'a', 3, 1)}",
        f"found beside: {Found('R214', 'a', 9, 9)}",
        "does not come along: N103",
    ]


# -- random plantings ------------------------------------------------------------------------------


@settings(max_examples=figures.RANDOM["notes"], deadline=None, derandomize=True)
@given(st.data())
def test_any_note_that_is_spoiled_is_found_where_it_is(data: st.DataObject) -> None:
    language, text, wanted = notes.planted(lambda choices: data.draw(st.sampled_from(choices)))
    assert notes.found(text, language) == wanted


@pytest.mark.parametrize("language", notes.TONGUES)
def test_notes_that_are_not_spoiled_are_left_in_peace(language: str) -> None:
    for count in range(1, 12):
        text, _ = notes.Copy(notes.TONGUES[language], count).text()
        assert notes.found(text, language) == []


@SET
@settings(max_examples=figures.RANDOM["pages"], deadline=None, derandomize=True)
@given(st.data())
def test_any_page_that_is_spoiled_is_found_with_its_measure(data: st.DataObject) -> None:
    tag, spoiled = pages.planted(lambda choices: data.draw(st.sampled_from(choices)))
    assert pages.found(tag, spoiled) == spoiled.wanted


@SET
@pytest.mark.parametrize("tag", pages.SHEETS)
def test_pages_that_are_not_spoiled_are_left_in_peace(tag: str) -> None:
    assert pages.found(tag, pages.Spoiled(pages.galley(tag), [])) == []


# -- the figures -----------------------------------------------------------------------------------


def test_the_readme_gives_the_figures() -> None:
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    section = readme.partition("## What the checks find")[2].partition(" ## ")[0]
    for sentence in figures.sentences():
        assert sentence in section, sentence
