"""From the copy to the XML, the EPUB and the PDF: letters, calls, notes, addresses are the same."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import witness
import witness_epub
from drawn_reports import Count, held, held_xml, product, sheets
from drawn_series import TAGS, Drawn, Sheet

SHEETS = st.builds(
    Sheet, st.integers(1, 60), st.sampled_from(TAGS), st.integers(0, 16), st.integers(0, 10**6)
)


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(sheet=SHEETS)
def test_any_xml_says_what_its_copy_says(sheet: Sheet) -> None:
    held_xml(sheet)


@settings(max_examples=10, derandomize=True, database=None, deadline=None)
@given(sheet=SHEETS)
def test_any_epub_says_what_its_copy_says(sheet: Sheet) -> None:
    held(sheet, "epub")


def test_xml_says_what_the_copy_says() -> None:
    total = sum((held_xml(sheet) for sheet in sheets(60)), Count())
    assert total.letters > 60_000
    assert min(total.calls, total.notes, total.urls) > 100


def test_epubs_say_what_the_copy_says() -> None:
    total = sum((held(sheet, "epub")[0] for sheet in sheets(6)), Count())
    assert min(total.calls, total.notes, total.urls) > 10


def test_pdfs_say_what_the_copy_says() -> None:
    assert sum((held(sheet, "pdf")[0] for sheet in sheets(4, 9, seed=3)), Count()).calls > 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["epub", "pdf"])
def test_many_products_say_what_the_copy_says(kind: str) -> None:
    total = sum((held(sheet, kind)[0] for sheet in sheets(18, 16, seed=2)), Count())
    assert total.letters > 25_000


def test_a_letter_that_is_not_there_is_seen() -> None:
    """The witness must be able to fail: a letter is taken out of a page behind its back."""
    sheet = next(sheets(1))
    volume = Drawn((sheet.language,), (sheet,)).volume
    whole = product(sheet, "epub")
    witness.hold(volume, witness_epub.streams(whole))
    with pytest.raises(AssertionError):
        witness.hold(volume, witness_epub.streams(_spoiled(whole)))


def _spoiled(data: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as book, ZipFile(out, "w") as other:
        for name in book.namelist():
            page = book.read(name)
            other.writestr(name, page.replace(b"</p>", b"x</p>") if b"wr0" in page else page)
    return out.getvalue()
