"""Ace, the judge of accessibility, has nothing against our EPUBs, and would say if it had."""

from __future__ import annotations

import pytest

from ace import violations
from epub_reports import book as single
from epub_reports import report, work
from epub_volumes import book, pages_of, volume, year
from watchpress.catalog import Layout, NotesAt


@pytest.mark.slow
def test_ace_has_nothing_against_any_kind_of_book() -> None:
    """A single report with every fault a copy can have, and volumes in each layout, with pages."""
    books = {"single": single(work(report("ja", faults=True), language="ja"), [])}
    kinds: list[tuple[Layout, tuple[str, ...], NotesAt]] = [
        ("sequential", ("ko",), "volume"),
        ("paired", ("en", "ja", "ko"), "report"),
        ("facing", ("ja", "en"), "report"),
    ]
    for layout, tags, notes_at in kinds:
        made = volume(year(tags), tags, layout=layout, notes_at=notes_at)
        books[layout] = book(made, pages_of(made))
    assert violations(books) == []


@pytest.mark.slow
def test_ace_would_find_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdicts above are worth something: a cover without words for it is found."""
    from watchpress.backends.epub import pages

    cover = pages.cover
    monkeypatch.setattr(
        pages, "cover", lambda *given: cover(*given).replace(b" alt=", b" data-alt=")
    )
    first, second = violations({"dumb": single(work(), [])})
    assert first.startswith("dumb: minor aria-allowed-role: cover.xhtml: ")
    assert second.startswith("dumb: critical image-alt: cover.xhtml: ")
