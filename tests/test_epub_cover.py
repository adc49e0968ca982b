"""The cover: lines that break well, type that stays on the sheet, a PNG that others can read."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from epub_reports import HEADLINES, fonts
from watchpress.backends.epub import raster
from watchpress.backends.epub.cover import (
    BAND,
    COLOURS,
    HEIGHT,
    MARGIN,
    MEASURE,
    WIDTH,
    Front,
    Type,
    compose,
)
from watchpress.backends.epub.lines import NO_END, NO_START, lines
from watchpress.backends.epub.raster import Fonts, png, runs
from watchpress.backends.epub.vector import Guess, svg

LONG = {
    "en": "The Keepers of the Lamps Must Be the First to Speak of Fog in Order to Reopen the "
    "Ferry Between the Two Quays of a Divided Harbour: The Sooner the Better for All",
    "ja": "港を分かつ二つの突堤の間の渡し船をふたたび動かすために、灯台の守り人がまず霧について"
    "語り始めなければならない――早ければ早いほどよい、それはすべての人のためである",
    "ko": "나뉜 항구의 두 부두 사이 나룻배를 다시 띄우려면 등대지기가 먼저 안개에 대해 말해야 "
    "한다: 빠르면 빠를수록 모두에게 좋은 일이기 때문이다 그리고 기다릴 까닭이 없다",
}


def front(language: str, *headlines: str) -> Front:
    return Front(
        language=language,
        series="港灯通信",
        number="No. 7",
        headlines=tuple((text, language) for text in headlines),
        foot=("Ilse Ferrow", "2031", "Quay House"),
    )


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    return Fonts(fonts(tmp_path_factory.mktemp("fonts")))


# --- Lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three four", 9, ["one two", "three", "four"]),
        ("one two three four", 10, ["one two", "three four"]),
        ("短い", 9, ["短い"]),
        ("北突堤の灯をともせ――霧の中で船は待つ", 11, ["北突堤の灯をともせ――", "霧の中で船は待つ"]),
        ("灯を「ともせ」と言う", 6, ["灯を「とも", "せ」と言う"]),
        ("등불부터 켜라", 5, ["등불부터", "켜라"]),
        ("incomprehensible", 8, ["incompre", "hensible"]),
        ("", 8, [""]),
    ],
)
def test_lines(text: str, width: float, expected: list[str]) -> None:
    assert lines(text, width, len) == expected


TEXTS = st.text(alphabet="abc de 灯霧のをー、。「」（）カタ등불 -:!", max_size=60).map(
    lambda text: " ".join(text.split())
)


@given(TEXTS, st.integers(4, 30))
def test_lines_lose_nothing_and_obey_kinsoku(text: str, width: int) -> None:
    found = lines(text, width, len)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    if all(len(line) <= width for line in found):  # else nowhere a break is allowed
        for line in found[1:]:
            assert line[:1] not in NO_START
        for line in found[:-1]:
            assert line[-1:] not in NO_END


def test_lines_are_even() -> None:
    assert lines("aaaa bbbb cccc dddd", 14, len) == ["aaaa bbbb", "cccc dddd"]


# --- Composition -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("guessed", [False, True])
def test_the_longest_headline_stays_on_the_sheet(
    language: str, both: bool, guessed: bool, boxes: Fonts
) -> None:
    type_: Type = Guess() if guessed else boxes
    headlines = (LONG[language], HEADLINES[language]) if both else (LONG[language],)
    made = compose(front(language, *headlines), type_)
    for line in made:
        wide = line.size * type_.width(line.text, line.language, bold=line.bold)
        assert line.x + wide <= WIDTH - MARGIN / 2, line
        assert line.size <= line.y <= HEIGHT - 100, line
    rows = sorted(made, key=lambda line: line.y)
    for upper, lower in pairwise(rows):
        assert lower.y - upper.y >= 0.75 * lower.size, (upper, lower)


def test_a_short_headline_is_set_large() -> None:
    sizes = [line.size for line in compose(front("ja", "霧"), Guess()) if line.text == "霧"]
    assert sizes == [148]


def test_all_words_stand_on_the_cover() -> None:
    made = compose(front("en", HEADLINES["en"]), Guess())
    said = " ".join(line.text for line in made)
    for text, _ in front("en", HEADLINES["en"]).all:
        assert text in said


# --- Pixels ----------------------------------------------------------------------------------


def test_png(boxes: Fonts) -> None:
    data = png(compose(front("ja", HEADLINES["ja"]), boxes), boxes)
    Image.open(io.BytesIO(data)).verify()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    assert image.getpixel((0, 0)) == image.getpixel((WIDTH - 1, BAND - 1)) == COLOURS["ink"]
    assert (
        image.getpixel((0, BAND + 2)) == image.getpixel((WIDTH - 1, BAND + 2)) == COLOURS["accent"]
    )
    assert image.getpixel((0, HEIGHT - 1)) == image.getpixel((WIDTH - 1, 2000)) == COLOURS["paper"]
    below = image.crop((0, BAND + 100, WIDTH, HEIGHT))
    drawn = below.point([255 if v < 0xA0 else 0 for v in range(256)] * 3).convert("1").getbbox()
    assert drawn is not None
    assert abs(drawn[0] - MARGIN) < 20
    assert drawn[2] <= MARGIN + MEASURE + 1
    assert len(data) < 120_000


def test_letters_have_smooth_edges(boxes: Fonts) -> None:
    image = Image.open(io.BytesIO(png(compose(front("en", HEADLINES["en"]), boxes), boxes)))
    assert len(image.convert("RGB").getcolors() or ()) > 4


def test_each_letter_finds_its_font() -> None:
    assert list(runs("No. 7 灯と등", "ja")) == [
        ("latn", "No"),
        ("jpan", ". "),
        ("latn", "7 "),
        ("jpan", "灯と"),
        ("kore", "등"),
    ]
    assert list(runs("灯", "en")) == [("jpan", "灯")]
    assert list(runs("灯", "ko")) == [("kore", "灯")]


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    faces = fonts(tmp_path)
    texts = (("No. 灯 등", "en"),)
    assert Fonts(faces).missing(texts) == []
    assert Fonts(()).missing(texts) == ["Japanese", "Korean", "Latin"]
    regular = tuple(face for face in faces if face.weight == 400)
    assert Fonts(regular).missing((("a", "en"),)) == ["Latin"]


def test_the_sheet_has_the_palette_it_was_packed_for() -> None:
    assert len(raster._palette()) == 3 * 16
    assert max(raster._INDEXES.values()) == 15


# --- SVG -------------------------------------------------------------------------------------


def test_svg_names_no_font_and_has_a_title() -> None:
    root = etree.fromstring(svg(compose(front("ko", HEADLINES["ko"]), Guess()), "Cover & all"))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Cover & all"
    assert {text.get("font-family") for text in root.iter("{*}text")} == {"serif"}
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
