"""The catalogue of bad input: a slice of each row every day, all of it where time is no matter."""

from __future__ import annotations

from collections import Counter

import pytest

from hostile import encodings, notes, texts, trial
from hostile.rows import Row
from watchpress.language.letters import MOJIBAKE

ROWS = (*texts.ROWS, *notes.ROWS)


def test_the_rows_have_names_of_their_own() -> None:
    assert max(Counter(row.id for row in ROWS).values()) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_slice_of_a_row_is_as_promised(row: Row) -> None:
    found = [trial.try_(row, given) for given in row.inputs(False)]
    assert found
    assert [str(one) for one in found if one.bad] == []


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_as_promised(row: Row) -> None:
    found = trial.many([row], full=True, jobs=1)
    assert [str(one) for one in found if one.bad] == []


def test_bytes_are_read_exactly_or_refused() -> None:
    """Never taken for something else; of 2,340 samples, 6 short ones are refused."""
    found = Counter(encodings.verdict(data, text) for _, _, text, data in encodings.samples())
    assert found["wrong"] == 0
    assert found.total() == 13 * 3 * 60
    assert found["exact"] >= 2334


def test_clean_sentences_are_not_taken_for_misread_ones() -> None:
    clean = [text for *_, text, _ in encodings.samples()][:1000:1]
    assert [text for text in clean if MOJIBAKE.search(text)] == []
