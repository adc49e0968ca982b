"""Tables wider than their page: set again, smaller, with whole words while that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from pdf_reports import article, laid, pressed
from products import assert_pdf
from watchpress.backends.pdf import breaks, tables
from watchpress.diagnostic import Place
from watchpress.files import Styles
from watchpress.series import themes
from watchpress.theme import LANGUAGES, Theme
from watchpress.tools import fonts

pytestmark = [
    pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed"),
    pytest.mark.skipif(not fonts.faces("sans"), reason="the sans fonts are not installed"),
]
LEAST = {"report": 7, "journal": 7, "large-print": 13}  # pt
WORDS = {
    "en": ("Headland", "Launchers", "Northern", "Visited", "Recorded"),
    "ja": ("岬", "発射機", "最後の搬出", "トルヴェイン", "訪問"),
    "ko": ("곶", "발사기", "마지막 반출", "토르베인", "관측위원회"),
}
LONG = ("Demilitarization", "Recommendation", "Acknowledgement", "Administration")


@cache
def theme(name: str) -> Theme:
    def silent(finding: Any) -> None:
        raise AssertionError(finding)

    return themes.load(name, Styles(), Place("test"), silent)


def table(words: tuple[str, ...]) -> str:
    heads = "".join(f'<th scope="col">{word}</th>' for word in words)
    cells = "".join(f"<td>{word}</td>" for word in words)
    return (
        f'<figure class="table"><table><caption><span class="label">Table 1.</span> '
        f'<span class="title">Of lamps</span></caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{f'<tr>{cells}</tr>' * 2}</tbody></table></figure>"
    )


def lay(body: str, size: str, name: str, language: str = "en") -> Any:
    return laid(article(f"<p>A.</p>{body}", language=language), trim=size, theme=theme(name))


def figures(document: Any) -> Iterator[Any]:
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and box.element_tag == "figure":
                yield box


def cells(document: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield each cell with its lines."""
    for figure in figures(document):
        for box in figure.descendants():
            if isinstance(box, boxes.TableCellBox):
                yield box, ["".join(texts(line)).strip() for line in lines(box)]


def lines(box: Any) -> Iterator[Any]:
    return (one for one in box.descendants() if isinstance(one, boxes.LineBox))


def texts(box: Any) -> Iterator[str]:
    found = (one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
    return (text.replace(breaks.JOINER, "") for text in found)


def assert_inside(document: Any) -> None:
    assert list(tables.wide(document)) == []
    for figure in figures(document):
        right = figure.position_x + figure.width + tables.NEAR
        for box in figure.descendants():
            if isinstance(box, boxes.TextBox) and box.text.strip():
                assert box.position_x + box.width <= right, box.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["B6", "A5"])
@pytest.mark.parametrize("name", LEAST)
def test_a_wide_table_fits_with_its_words_whole(name: str, size: str, language: str) -> None:
    words = WORDS[language]
    document = lay(table(words), size, name, language)
    assert_inside(document)
    whole = {part for word in words for part in word.split()}
    for box, said in cells(document):
        assert box.style["font_size"] * 0.75 >= LEAST[name] - 0.01
        assert language == "ja" or set(" ".join(said).split()) <= whole, said


def test_a_table_that_fits_is_left_as_it_is() -> None:
    document = lay(table(WORDS["en"][:3]), "A5", "report")
    assert [box.element.get("class") for box in figures(document)] == ["table whole"]
    assert {round(box.style["font_size"] * 0.75, 2) for box, _ in cells(document)} == {8.64}


def test_it_takes_no_more_than_it_needs() -> None:
    """One table of two is tightened, by one step; its caption keeps the size of the other's."""
    wide = (*WORDS["en"], "Visited", "Recorded", "Lamp")
    document = lay(table(WORDS["en"][:3]) + table(wide), "A5", "report")
    assert_inside(document)
    kinds = [box.element.get("class") for box in figures(document)]
    assert kinds == ["table whole", "table whole tight"]
    captions = {
        round(box.style["font_size"], 1)
        for figure in figures(document)
        for box in figure.descendants()
        if box.element_tag == "caption"
    }
    assert len(captions) == 1


@pytest.mark.parametrize("name", LEAST)
@pytest.mark.parametrize("size", ["B6", "A5"])
def test_long_words_are_broken_at_syllables_where_nothing_else_helps(name: str, size: str) -> None:
    words = LONG * (1 if name == "large-print" else 2)
    document = lay(table(words), size, name)
    assert_inside(document)
    broken = [said for _, said in cells(document) if len(said) > 1]
    assert broken
    assert all(line.endswith("\u2010") for said in broken for line in said[:-1])
    assert {"".join(said).replace("\u2010", "") for _, said in cells(document)} == set(LONG)


def test_any_table_fits_at_last() -> None:
    document = lay(table(LONG * 4), "B6", "large-print")
    assert_inside(document)
    assert min(box.style["font_size"] for box, _ in cells(document)) * 0.75 >= 12.9


@pytest.mark.parametrize("name", ["report", "large-print"])
def test_the_product_is_whole(name: str) -> None:
    """Words broken at syllables are one word each in the text of the PDF."""
    given = article(f"<p>A.</p>{table(LONG)}")
    assert_pdf(pressed(given, trim="B6", theme=theme(name)).data)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("発射機", "発射機"),
        ("最後の搬出", "最後の|搬出"),
        ("2024年10月28日", "2024年|10月|28日"),
        ("トルヴェイン", "トルヴェ|イン"),
        ("ハルヴァー岬", "ハル|ヴァー岬"),
        ("合同観測委員会", "合同観|測委員会"),
        ("Lamp", "Lamp"),
    ],
)
def test_japanese_words_in_cells_are_not_cut_to_single_letters(text: str, parts: str) -> None:
    made = article(table((text,)), language="ja")
    breaks.cells(made, "ja")
    breaks.tie(made, "ja")
    cell = made.find(".//td")
    assert cell is not None and cell.text
    ends = {at for at, sign in enumerate(cell.text) if sign == breaks.JOINER}
    bare, found = "", ""
    for at, sign in enumerate(cell.text):
        if sign != breaks.JOINER:
            square = bare and (sign > "\u3000" or (bare[-1] > "\u3000"))
            found += f"|{sign}" if square and at - 1 not in ends else sign
            bare += sign
    assert (bare, found) == (text, parts)
