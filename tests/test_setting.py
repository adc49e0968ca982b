"""How lines are set: rule by rule, by the glyphs of the finished pages and by the boxes."""

from __future__ import annotations

import ctypes
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import pypdfium2
import pytest
from pypdfium2 import raw
from weasyprint.formatting_structure import boxes

from pdf_reports import TEXT, article, call, note, work
from products import assert_pdf, tag_tree
from watchpress.backends.pdf import engine, layout, mojikumi, writer
from watchpress.backends.pdf.mojikumi import Kind
from watchpress.backends.pdf.piece import Piece
from watchpress.catalog import Trim
from watchpress.checks.proof import pages
from watchpress.files import Styles
from watchpress.language import kinsoku
from watchpress.model.tree import Element
from watchpress.tools import fonts, pdfium
from watchpress.xhtml import tongues

pytestmark = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
PX = 0.75  # pt
engine.load()  # hyphenates as in America
PARTS = (
    "港の灯台守は", "「霧が出る」と", "『航海日誌』（第3版）に", "2031年10月17日、",
    "Cape Dornの沖で", "巡視船が、", "Joint Observation Commissionの", "見張りを続けた。",
    "カロー島では", "なかった", "（注意：浅瀬）、", "ニュース・センター", "それは──いや、",
    "「『待て』と言った」。", "本当か？", "U.S.の艦艇12隻が", "ちょっとした", "百々目木岬を",
    "5％ほど", "ヴェルム海峡の", "と、", "人々は、",
)  # fmt: skip
WIDTHS = [(92, 150), (105, 150), (118, 150), (131, 150), (148, 210), (171, 210), (203, 290)]


class Glyph(NamedTuple):
    """A letter on a page: from where to where it reaches in px, as its font has it."""

    sign: str
    left: float
    right: float


def japanese(seed: int, parts: int = 60) -> str:
    """Return a paragraph of all that makes the setting of Japanese hard."""
    chance = random.Random(seed)
    return "".join(chance.choice(PARTS) for _ in range(parts)) + "終わる。"


def lay(*articles: Element, trim: Trim | None = None, more: str = "") -> Any:
    """Return a laid-out document; WeasyPrint must not complain."""
    made = work(articles)
    made = made if trim is None else type(made)(**{**made.__dict__, "trim": trim})
    faces = writer.needed(articles, fonts.faces())
    css = [*writer.cascade(articles, made, Styles(), faces), more]
    with layout.listening() as heard:
        document = layout.lay(articles, made, css, faces)
    assert [record.getMessage() for record in heard] == []
    return document


def lines(document: Any, tag: str = "p") -> Iterator[tuple[int, Any, str, bool]]:
    """Yield page, box and text of each line of the text, and whether its paragraph ends."""
    for number, page in enumerate(document.pages, 1):
        for block in page._page_box.children[0].descendants(placeholders=True):
            if block.element_tag != tag or isinstance(block, boxes.LineBox):
                continue
            if block.element.get("class") in ("series", "date"):
                continue
            for line in getattr(block, "children", ()):
                if isinstance(line, boxes.LineBox):
                    yield number, line, said(line), line.resume_at is None


def said(box: Any) -> str:
    """Return the text of a box without the signs of no width."""
    parts = (one.text for one in box.descendants() if isinstance(one, boxes.TextBox))
    return "".join(parts).replace("\u2060", "").replace("\u200b", "")


def glyphs(data: bytes) -> Iterator[list[Glyph]]:
    """Yield the lines of the pages as PDFium has them, running heads and folios too."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        rows: dict[float, list[Glyph]] = defaultdict(list)
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        for index in range(text.count_chars()):
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            raw.FPDFText_GetLooseCharBox(text, index, box)
            sign = chr(raw.FPDFText_GetUnicode(text, index))
            if sign.strip() and sign not in "\ufffe\u200b":
                rows[round(y.value, 1)].append(Glyph(sign, box.left / PX, box.right / PX))
        yield from (sorted(rows[base], key=lambda one: one.left) for base in sorted(rows)[::-1])
    document.close()


@pytest.fixture(scope="module", params=WIDTHS, ids=str)
def page(request: pytest.FixtureRequest) -> tuple[Any, list[list[Glyph]]]:
    """Japanese paragraphs at one width: the layout, and the lines of the finished pages."""
    body = "".join(f"<p>{japanese(seed)}</p>" for seed in range(6))
    document = lay(article(body, language="ja"), trim=Trim(*request.param))
    data = layout.write(document, tagged=True)
    assert_pdf(data)
    return document, list(glyphs(data))


def test_japanese_lines_are_flush(page: tuple[Any, list[list[Glyph]]]) -> None:
    document, rows = page
    box = document.pages[0]._page_box
    edge = box.content_box_x() + box.width
    size = next(line for _, line, text, _ in lines(document) if text).style["font_size"]
    wanted = [text for _, _, text, last in lines(document) if not last and len(text) > 5]
    texts = {"".join(text.split()) for text in wanted}
    found = [row for row in rows if "".join(one.sign for one in row) in texts]
    assert len(found) == len(wanted) > 30
    for row in found:
        last = row[-1]
        share = {"・": 0.25, "：": 0.25, **dict.fromkeys("、。」』）", 0.5)}.get(last.sign, 0.0)
        white = (last.right - last.left) * share
        assert last.right - white == pytest.approx(edge, abs=0.5), row
        first = row[0]
        indent = first.left - box.content_box_x()
        white = (first.right - first.left) / 2 if first.sign in "「『（" else 0.0
        assert min(abs(indent + white - at) for at in (0, size)) < 0.5, row


def test_kinsoku_at_both_ends(page: tuple[Any, list[list[Glyph]]]) -> None:
    document, _ = page
    found = [text for _, _, text, last in lines(document) if text]
    assert not [text for text in found if text[0] in kinsoku.NEVER_FIRST]
    assert not [text for text in found if text[-1] in kinsoku.NEVER_LAST]
    assert not [one for one, two in pairwise(found) if one[-1] == two[0] == "─"]


def test_latin_words_and_numbers_are_not_spaced_out(
    page: tuple[Any, list[list[Glyph]]],
) -> None:
    """The letters of one word stand alike wherever it stands."""
    _, rows = page
    steps: dict[tuple[str, int], list[float]] = defaultdict(list)
    for row in rows:
        text = "".join(one.sign for one in row)
        for match in re.finditer(r"Commission|Observation|Dorn|2031|17", text):
            word = row[match.start() : match.end()]
            for place, (one, two) in enumerate(pairwise(word)):
                steps[match[0], place].append(two.left - one.left)
    assert len(steps) > 20
    assert all(max(found) - min(found) < 0.05 for found in steps.values())


def test_space_goes_between_squares_evenly(page: tuple[Any, list[list[Glyph]]]) -> None:
    document, _ = page
    seen = 0
    for _, line, _, last in lines(document):
        texts = [one for one in line.descendants() if isinstance(one, boxes.TextBox)]
        if last or len(texts) != 1:
            continue
        piece, text = texts[0].pango_layout, texts[0].pango_layout.text
        assert isinstance(piece, Piece)
        places = [len(text[:place].encode()) for place in range(len(text))]
        between = {
            round(piece.gaps.get(places[place], 0.0), 4)
            for place, (one, two) in enumerate(pairwise(text))
            if re.fullmatch("[ぁ-んァ-ヶ一-龠]{2}", one + two)
        }
        assert len(between) <= 1 and min(between, default=0) >= 0
        seen += bool(between - {0.0})
    assert seen > 5


def squares(text: str) -> list[Glyph]:
    """Return the glyphs of a short Japanese paragraph, whose gaps nothing widens."""
    document = lay(article(f"<p>{text}</p>", language="ja"))
    plain = "".join(text.split())
    rows = glyphs(layout.write(document, tagged=True))
    return next(row for row in rows if "".join(one.sign for one in row) == plain)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("海と岸", [1, 1]),
        ("船、岸", [1, 1]),
        ("船」、岸", [1, 0.5, 1]),  # two marks in a row: an em and a half
        ("船。」岸", [1, 0.5, 1]),
        ("船」「岸", [1, 0.5, 1]),
        ("船、「岸", [1, 0.5, 1]),
        ("船（「岸", [1, 0.5, 1]),
        ("船」）。岸", [1, 0.5, 0.5, 1]),
        ("船」・「岸", [1, 0.5, 0.75, 1]),
        ("船・岸", [1, 1]),
        ("船！」岸", [1, 1, 1]),
        ("船──岸", [1, 1, 1]),
    ],
)
def test_marks_are_closed_up(text: str, steps: list[float]) -> None:
    row = squares(f"灯台の{text}だ")[3:]
    em = row[0].right - row[0].left
    found = [(two.left - one.left) / em for one, two in pairwise(row[: len(text)])]
    assert found == pytest.approx(steps, abs=0.02)


@pytest.mark.parametrize("word", ["Dorn", "12", "U.S.", "5%"])
def test_a_quarter_em_at_the_borders_of_latin(word: str) -> None:
    row = squares(f"港の{word}を見た")
    em = row[0].right - row[0].left
    start, end = 2, 2 + len(word)
    assert (row[start].left - row[start - 1].right) / em == pytest.approx(0.25, abs=0.02)
    assert (row[end].left - row[end - 1].right) / em == pytest.approx(0.25, abs=0.02)


def test_no_border_at_a_mark_nor_at_hangul() -> None:
    row = squares("港、Dorn（North）5％を판문점と")
    em = row[0].right - row[0].left
    for place in (2, 6, 14, 15, 16, 19):
        assert row[place].left - row[place - 1].right == pytest.approx(0, abs=0.02 * em)


def test_ruby_stands_above_its_base_and_reads_behind_it() -> None:
    one, two = (
        f"<ruby><rb>{base}</rb><rt>{reading}</rt></ruby>"
        for base, reading in (("百々目木", "どどめき"), ("承", "うけたまわ"))
    )
    text = f"<p>漁師は{one}で{two}る船を見た。{japanese(1)}</p>"
    document = lay(article(text, language="ja"))
    data = layout.write(document, tagged=True)
    assert_pdf(data)
    plain = "".join(tag_tree(data).split())
    assert "RubyRB" in plain and plain.index("百々目木") < plain.index("どどめき")
    rows = list(glyphs(data))
    above = next(row for row in rows if "".join(one.sign for one in row) == "どどめきうけたまわ")
    below = next(row for row in rows if row[0].sign == "漁")
    base = [one for one in below if one.sign in "百々目木"]
    for kana, kanji in zip(above[:4], base, strict=True):
        middle, mean = (kana.left + kana.right) / 2, (kanji.left + kanji.right) / 2
        assert middle == pytest.approx(mean, abs=1), "one kana above each kanji"
    wide = next(one for one in below if one.sign == "承")
    reading = above[4:]
    assert (reading[0].left + reading[-1].right) / 2 == pytest.approx(
        (wide.left + wide.right) / 2, abs=1
    )
    after = below[below.index(wide) + 1]
    assert after.left >= reading[-1].right - 0.5, "a long reading is over no other letter"
    said = pages.product(pdfium.read(data)).text
    assert "百々目木どどめきで承うけたまわる" in said
    lead = {round(line.height, 3) for _, line, _, _ in lines(document)}
    assert len(lead) == 1, "lines with readings are as high as all"


def test_words_of_another_script_are_set_in_their_own_language() -> None:
    text = f"<p>The village is written 판문점, and the cape どどめき岬. {TEXT}</p>"
    made = article(text)
    tongues.mark(made, "en")
    document = lay(made)
    data = layout.write(document, tagged=True)
    assert_pdf(data)
    tree = tag_tree(data)
    assert "Span Lang='ko'" in tree and "Span Lang='ja'" in tree
    assert {round(line.height, 3) for _, line, _, _ in lines(document)} == {
        round(line.height, 3) for _, line, _, _ in lines(lay(article(f"<p>{TEXT}</p>")))
    }


def test_one_ideograph_has_the_form_of_its_language() -> None:
    """The same code point, out of the Japanese font and out of the Korean one."""
    used = {}
    for language, text in (("ja", "直すことである。"), ("ko", "直은 한자이다.")):
        document = lay(article(f"<p>{text}</p>", language=language))
        layout.write(document, tagged=True)
        used[language] = {
            font.name.decode() if isinstance(font.name, bytes) else str(font.name)
            for font in document.fonts.values()
            if "直" in font.to_unicode.values()
        }
    assert len(used["ja"]) == len(used["ko"]) == 1 and used["ja"] != used["ko"], used


def test_classes_of_letters() -> None:
    for signs, kind in (("「（", Kind.OPEN), ("」、", Kind.CLOSE), ("漢かカ々ー", Kind.SQUARE)):
        assert {mojikumi.kind(sign, True) for sign in signs} == {kind}
    assert mojikumi.kind("“", False) is Kind.OTHER, "a Latin quotation mark is no square"
    assert mojikumi.kind("“", True) is Kind.OPEN
    assert {mojikumi.kind(sign, False) for sign in "aé5%"} == {Kind.LATIN}


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_a_call_is_never_first(language: str) -> None:
    words = {"en": "lamp", "ja": "灯台", "ko": "등대가"}[language]
    gap = "" if language == "ja" else " "
    stem = f"wr007-{language}"
    body = "".join(
        f"<p>{gap.join([words] * (count + 9))}"
        f'<span class="keep">{words[-1]}{call(count, stem=stem)}。</span>{words * 2}</p>'
        for count in range(1, 40)
    )
    notes = "".join(note(count, "…", stem=stem) for count in range(1, 40))
    document = lay(article(body, notes, language=language), trim=Trim(105, 150))
    assert not [text for _, _, text, _ in lines(document) if text[:1].isdigit()]


ENGLISH = (
    "internationally", "negotiations", "harbor", "the", "of", "commission", "a", "observations",
    "lamp", "recommendation", "strait", "unacknowledged", "and", "keepers", "administration",
    "without", "understanding", "self-restraint", "fog", "Torvane", "demilitarization",
)  # fmt: skip


def english(seed: int, words: int = 90) -> str:
    """Return a paragraph of words that want to be hyphenated."""
    chance = random.Random(seed)
    return " ".join(chance.choice(ENGLISH) for _ in range(words)).replace("-", "\u2010") + " ended."


@pytest.mark.parametrize("width", [92, 105, 148])
def test_hyphens_have_limits(width: int) -> None:
    """Never three in a row, none over a page, none in the last word; and there are some."""
    body = "".join(f"<p>{english(seed)}</p>" for seed in range(40))
    document = lay(article(body), trim=Trim(width, 150))
    found = [
        (number, text.endswith("\u2010"), last) for number, _, text, last in lines(document) if text
    ]
    assert sum(dashed for _, dashed, _ in found) > 10
    runs = [len(list(run)) for dashed, run in groupby(dashed for _, dashed, _ in found) if dashed]
    assert max(runs) <= 2
    turns = [one for one, two in pairwise(found) if one[0] != two[0]]
    assert len(turns) > 3 and not any(dashed for _, dashed, _ in turns)
    assert all("ended." in text for _, _, text, last in lines(document) if last and "end" in text)


def test_english_lines_are_flush_and_not_loose() -> None:
    """Of words thrown together, few spaces are wider than two of them."""
    chance = random.Random(7)
    prose = [chance.sample(TEXT.split() * 6, 70 + count) for count in range(30)]
    body = "".join(f"<p>{' '.join(words)}.</p>" for words in prose)
    document = lay(article(body))
    box = document.pages[0]._page_box
    widest = []
    for _, line, text, last in lines(document):
        if last or " " not in text:
            continue
        right = line.position_x + line.width
        assert right == pytest.approx(box.content_box_x() + box.width, abs=0.5), text
        piece = line.children[0].pango_layout
        assert isinstance(piece, Piece)
        widest.append(max(piece.gaps.values(), default=0.0) / line.style["font_size"])
        assert min(piece.gaps.values()) > -0.06 * line.style["font_size"], "a fifth at most"
    assert len(widest) > 150
    assert max(widest) < 0.7
    assert sum(space > 0.3 for space in widest) < 0.1 * len(widest)
    tight = min(
        min(one.pango_layout.gaps.values(), default=0.0)
        for _, line, text, _ in lines(document)
        if text
        for one in line.descendants()
        if isinstance(one, boxes.TextBox)
    )
    assert tight > -0.06 * box.style["font_size"], "and none is narrower than four fifths"


def test_a_line_may_end_before_a_word_that_is_kept_whole() -> None:
    """That the last word, and one with a call, is not broken does not tie it to the word before."""
    heads = set()
    for count in range(16):
        begun = f"{'lamp and mole ' * 3}{'a' * count}"
        kept = [
            f'<span class="keep">{word}{call(n)}</span>' for n, word in ((1, "one"), (2, "fog"))
        ]
        body = f"<p>{begun} {kept[0]} and the mole.</p><p>{begun} {kept[1]}</p>"
        document = lay(article(body, note(1, "…") + note(2, "…")), trim=Trim(105, 150))
        heads |= {text.split()[0] for _, _, text, _ in lines(document) if text}
    assert {"one1", "fog2"} <= heads


def test_short_words_are_hyphenated_only_where_spaces_would_be_wide() -> None:
    """Chicago 7.37 lets two letters stand before the hyphen: dear, so that they are few."""
    chance = random.Random(3)
    prose = [" ".join(chance.sample(TEXT.split() * 6, 90)) for _ in range(20)]
    narrow, wide = (
        [
            re.search(r"(\w+)\u2010$", text)
            for _, _, text, _ in lines(lay(article(f"<p>{'.</p><p>'.join(prose)}.</p>"), trim=size))
        ]
        for size in (Trim(100, 150), Trim(176, 250))
    )
    short = [[one for one in found if one and len(one[1]) < 3] for found in (narrow, wide)]
    assert len(short[0]) > len(short[1]), "where lines are short there is more need"
    assert len(short[1]) < 0.05 * len(wide)


def test_korean_is_justified_by_its_spaces_between_whole_words() -> None:
    text = (
        "등대지기는 지나가는 배와 날씨를 저녁마다 적었고 아무도 그의 셈에 이의를 달지 않았다. " * 9
    )
    document = lay(article(f"<p>{text}</p>", language="ko"), trim=Trim(105, 150))
    box = document.pages[0]._page_box
    words = set(text.split())
    found = [(line, said, last) for _, line, said, last in lines(document) if said]
    assert len(found) > 8
    for line, shown, last in found:
        assert set(shown.split()) <= words, "no word is broken"
        if not last:
            assert line.position_x + line.width == pytest.approx(
                box.content_box_x() + box.width, abs=0.5
            )
        for one in line.descendants():
            if isinstance(one, boxes.TextBox):
                data = one.text.encode()
                assert all(data[place : place + 1] == b" " for place in one.pango_layout.gaps)


@pytest.mark.parametrize(("language", "tag"), [("en", "p"), ("ko", "p"), ("en", "li")])
def test_words_at_the_ends_of_lines_are_parted_for_those_who_listen(
    language: str, tag: str
) -> None:
    """Each line that ends between two words is drawn with its space (justified and ragged ones)."""
    text = {"en": TEXT, "ko": "등대지기는 지나가는 배와 날씨를 저녁마다 적었다. "}[language] * 5
    body = f"<p>{text if tag == 'p' else 'Lamp.'}{call(1, stem=f'wr007-{language}')}</p>"
    listed = note(1, text if tag == "li" else "Lamp.", stem=f"wr007-{language}")
    document = lay(article(body, listed, language=language), trim=Trim(105, 150))
    seen = 0
    for _, line, shown, last in lines(document):
        if not last and shown[-1:] not in ("\u2010", ""):
            texts = [one for one in line.descendants() if isinstance(one, boxes.TextBox)]
            assert texts[-1].pango_layout.text.endswith(" ")
            assert not texts[-1].text.endswith(" "), "it is not measured"
            seen += 1
    assert seen > 3
