"""What other makers lose without a word, held in volumes of both forms and in every layout.

Seen with the versions of autumn 2026: Pandoc prints the text of the first of two notes whose labels
are equal in two files, and doubles a note that is called twice; Vivliostyle deletes a call without
a note; MyST drops a note without a call. All of them end with status 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import witness
import witness_epub
import witness_pdf
from drawn_series import LAYOUTS
from epub_volumes import book, proved, small, volume
from products import assert_pdf
from proof_reports import Draft
from watchpress.build import volume as binder
from watchpress.build.compile import lay
from watchpress.catalog import Layout, NotesAt, Volume
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from witness import Stream, fold

ALONE = "Nobody calls this one."
TWICE = "Called at two places."
NOTES_AT: dict[Layout, NotesAt] = {"sequential": "report", "paired": "volume", "facing": "report"}


def odd(language: str, number: int) -> Draft:
    """Return a report with a call without a note, a note without a call, a note called twice."""
    draft = small(language, number)
    draft.body = [f"First [1], second [2], first again [1]; {number} {language} has no [9]."]
    draft.notes = [[TWICE], [f"Two of {number} in {language}."], [ALONE]]
    draft.states = {3: "unused"}
    return draft


def made(layout: Layout) -> Volume:
    """Return a volume of two numbers in two languages: the labels of all four are equal."""
    drafts = [odd(tag, number) for number in (1, 2) for tag in ("en", "ja")]
    return volume(drafts, layout=layout, notes_at=NOTES_AT[layout])


def pdf(bound: Volume) -> list[Stream]:
    told: list[Diagnostic] = []
    made = binder.pdf(
        bound, Styles(), told.append, lambda orders, tell: [lay(o, Styles(), tell) for o in orders],
        proof=True,
    )  # fmt: skip
    assert told == []
    assert_pdf(made.data)
    return witness_pdf.streams(made.data)


def epub(bound: Volume) -> list[Stream]:
    data = book(bound)
    assert [one.say() for one in proved(bound, data)] == []
    return witness_epub.streams(data)


@pytest.fixture(scope="module", params=[*((epub, one) for one in LAYOUTS), (pdf, "sequential"),
    pytest.param((pdf, "paired"), marks=pytest.mark.slow),
    pytest.param((pdf, "facing"), marks=pytest.mark.slow)],
    ids=lambda given: f"{given[0].__name__}-{given[1]}")  # fmt: skip
def product(request: pytest.FixtureRequest) -> tuple[Volume, Sequence[Stream]]:
    maker, layout = request.param
    bound = made(layout)
    return bound, maker(bound)


Made = tuple[Volume, Sequence[Stream]]


def test_equal_labels_in_two_reports_lead_to_two_notes(product: Made) -> None:
    """Pandoc prints the note of the first file for both."""
    bound, streams = product
    assert witness.hold(bound, streams) == 4 * 3
    for number in (1, 2):
        for tag in ("en", "ja"):
            assert f"2.{fold(f'Two of {number} in {tag}.')}" in streams[0].text


def test_a_call_without_a_note_stays_and_shows_it(product: Made) -> None:
    """Vivliostyle deletes the call."""
    _, streams = product
    text = streams[0].text
    assert text.count("[9?]") == 4
    places = [at for at in range(len(text)) if text.startswith("[9?]", at)]
    assert not any(streams[0].links[at + n] for at in places for n in range(4)), "it leads nowhere"


def test_a_note_without_a_call_stays_and_shows_it(product: Made) -> None:
    """MyST drops the note."""
    _, streams = product
    assert streams[0].text.count(f"3.[3?]{fold(ALONE)}") == 4


def test_a_note_called_twice_is_printed_once_and_leads_back_twice(product: Made) -> None:
    """Pandoc prints the note twice, under two numbers."""
    _, streams = product
    assert streams[0].text.count(f"1.{fold(TWICE)}↩↩2.") == 4
