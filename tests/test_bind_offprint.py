"""Offprints: the pages of the volume, with a line that says where they are from."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from bound import assert_ua, binding, bound, loose, needs_fonts, piece, report, to
from pdf_reports import work
from products import tag_tree
from watchpress.backends.pdf.bind import Piece
from watchpress.backends.pdf.offprint import offprint, over
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.tools import pdfium

pytestmark = needs_fonts
LINES = {
    "en": "Lantern Letters 2031, pp. 41–44",
    "ja": "『港灯通信』2031年版、41–44ページ",
    "ko": "『항구 등불 통신』 2031년판, 41–44쪽",
}


def cut(one: Piece, language: str, line: str = "") -> bytes:
    told: list[Diagnostic] = []
    book = work([report(1, language, 1)])
    overs = over([(language, line or LINES[language])], book, Styles(), told.append)
    data = offprint([one], overs, binding(language=language))
    assert told == []
    return data


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_an_offprint_has_the_pages_of_the_volume_and_the_line(language: str) -> None:
    (made,) = loose(report(1, language, 9))
    one = piece(made, 41, 1)
    data = cut(one, language)
    assert_ua(data)
    pages = pdfium.read(data).pages
    whole = pdfium.read(bound([replace(one, blanks=0)], language=language)).pages
    assert [page.label for page in pages] == [str(41 + n) for n in range(made.facts.pages)]
    assert pages[1:] == whole[1:]
    first, more = pages[0].runs[: len(whole[0].runs)], pages[0].runs[len(whole[0].runs) :]
    assert first == whole[0].runs
    said = "".join(run.text for run in more).replace(
        "\u200b", ""
    )  # drawn in gaps that are no spaces
    assert said.strip() == LINES[language]
    top = made.facts.boxes[0][3]
    assert all(run.base > top and not run.artifact for run in more)
    # An opening bracket stands in the right half of its square.
    assert min(run.box.left for run in more) == pytest.approx(made.facts.boxes[0][0], abs=6)


def test_the_line_is_the_first_paragraph() -> None:
    (made,) = loose(report(1, "en", 2))
    tree = tag_tree(cut(piece(made, 41), "en")).splitlines()
    alone = tag_tree(bound([piece(made)])).splitlines()
    assert tree[:3] == ["Document", "  Art", "    P"]
    assert tree[3].strip().replace("' '", "") == repr(LINES["en"])
    assert [*tree[:2], *tree[4:]] == alone


def test_a_long_line_stays_clear_of_the_edge_and_of_the_opening() -> None:
    (made,) = loose(report(1, "en", 2))
    one = piece(made, 41)
    line = " ".join([LINES["en"]] * 6)
    runs = pdfium.read(cut(one, "en", line)).pages[0].runs
    plain = pdfium.read(bound([one])).pages[0].runs
    bases = sorted({round(run.base, 1) for run in runs[len(plain) :]})
    assert len(bases) >= 3
    left, _, _, top = made.facts.boxes[0]
    assert bases[0] > max(run.base + run.size for run in plain if not run.artifact)
    assert bases[-1] < top + left, "the first line stands where a running head would"


def test_what_belongs_to_a_piece_comes_behind_it() -> None:
    """Notes from the end of a volume are a piece of their own: their links land, as in one file."""
    first, more = loose(report(1, "en", 2, to(2, "ja")), report(2, "ja", 1))
    pieces = [piece(first, 41), piece(more, 60)]
    book = work([report(1, "en", 1)])
    lines = [("en", LINES["en"]), ("ja", LINES["ja"])]
    data = offprint(pieces, over(lines, book, Styles(), lambda _: None), binding())
    assert_ua(data)
    pages = pdfium.read(data).pages
    texts = ["".join(run.text for run in page.runs).replace("\u200b", "") for page in pages[:2]]
    assert [LINES[tag] in texts[place] for tag, place in (("en", 0), ("ja", 1))] == [True, True]
    assert LINES["ja"] not in texts[0] and LINES["en"] not in texts[1]
    assert len(pages) == first.facts.pages + more.facts.pages
    tree = tag_tree(data).splitlines()
    assert [line.strip() for line in tree if "P" in line.split()][:2] == ["P", "P Lang='ja'"]
    assert "-> wr002-ja" in "\n".join(tree)


def test_letters_of_another_script_bring_their_font() -> None:
    (made,) = loose(report(1, "en", 2))
    data = cut(piece(made, 41), "en", "『港の灯』 항구 (Lantern Letters)")
    assert_ua(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = {str(font.BaseFont)[8:] for font in pdf.pages[1].Resources.Font.values()}
    assert {"Watchpress-Serif-JP", "Watchpress-Serif-KR"} <= fonts


def test_links_within_land_and_links_elsewhere_are_words() -> None:
    (made,) = loose(report(1, "en", 3, to(2, "ja")))
    data = cut(piece(made, 41), "en")
    assert_ua(data)
    said = tag_tree(data)
    assert "'number 2'" in said and "-> wr002-ja" not in said and "watchpress:" not in said
    links = [link for page in pdfium.read(data).pages for link in page.links]
    assert links and all(link.uri or link.spot for link in links)


def test_a_draft_has_its_line_too() -> None:
    (made,) = loose(report(1, "en", 2), profile="draft")
    data = cut_draft(piece(made, 41))
    said = "".join(run.text for run in pdfium.read(data).pages[0].runs)
    assert LINES["en"] in said


def cut_draft(one: Piece) -> bytes:
    book = work([report(1, "en", 1)], profile="draft")
    line = ("en", LINES["en"])
    return offprint([one], over([line], book, Styles(), lambda _: None), binding())


def test_the_same_offprint_has_the_same_bytes() -> None:
    (made,) = loose(report(1, "en", 2))
    assert cut(piece(made, 41), "en") == cut(piece(made, 41), "en")
