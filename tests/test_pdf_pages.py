"""The page: sheets of each trim, where lines end, and what the laid-out pages look like."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree
from weasyprint.formatting_structure import boxes

from pdf_reports import SEVERAL, TEXT, article, bare, call, note, pressed, texts, work
from watchpress.backends.pdf import breaks, layout, writer
from watchpress.backends.pdf import type as type_
from watchpress.backends.pdf.sheet import MM, Sheet
from watchpress.catalog import TRIMS, Trim
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts

SIZES = [*TRIMS.values(), Trim(90, 120), Trim(300, 450)]


@pytest.mark.parametrize("trim", SIZES, ids=str)
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_sheets(trim: Trim, language: str) -> None:
    sheet = Sheet(trim, language)
    letters = sheet.measure / sheet.size / sheet.hand.letter
    assert letters <= {"en": 71.01, "ja": 40.01, "ko": 45.01}[language]
    if trim.name:
        assert letters >= {"en": 60, "ja": 32, "ko": 37}[language]
    if language == "ja":
        assert sheet.measure / sheet.size == pytest.approx(round(sheet.measure / sheet.size))
    assert 2 * sheet.side + sheet.measure / MM == pytest.approx(trim.width)
    height = sheet.lines * sheet.lead / MM
    assert 0 < trim.height - sheet.top - height - sheet.bottom < 0.02, "a hair, and no line less"
    assert sheet.side >= 0.115 * trim.width - 1e-9
    assert sheet.top < sheet.bottom < sheet.top * 1.6
    assert sheet.size * 1.3 < sheet.lead < sheet.size * 1.8


def test_the_model_page() -> None:
    sheet = Sheet(TRIMS["A5"], "en")
    assert (sheet.size, sheet.lead, sheet.lines) == (9.6, 13.5, 36)
    assert (round(sheet.side), round(sheet.top), round(sheet.bottom)) == (17, 18, 21)
    assert Sheet(TRIMS["A5"], "de-AT").hand == sheet.hand


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Light the Lamp", 20, "Light the Lamp"),
        ("Light the Lamp of the Northern Mole First", 25, "Light the Lamp…"),
        ("Light the Lamps: Fog and Ferries", 18, "Light the Lamps…"),
        ("まず灯をともせ――霧の中で船は待てない", 12, "まず灯をともせ…"),
        ("霧の中で渡し船は待つことができない", 10, "霧の中で渡し船は待…"),
        ("Incomprehensibilities", 10, "Incompreh…"),
    ],
)
def test_short_headlines(text: str, most: int, short: str) -> None:
    assert breaks.shortened(text, most) == short
    assert len(short) <= most or short == text


def test_where_addresses_may_end() -> None:
    address = "https://lamps.example.org/a-b/c_d.html?e=f&g=" + "h" * 90
    broken = breaks.address(address)
    assert broken.replace(breaks.ZERO, "").replace(breaks.JOINER, "") == address
    parts = broken.replace(breaks.JOINER, "").split(breaks.ZERO)
    assert parts[:8] == ["https://lamps", ".example", ".org/", "a", "-b/", "c", "_d", ".html"]
    assert max(map(len, parts)) <= breaks.LONG
    assert breaks.address("lamps.example.org/a") == "lamps\u200b.example\u200b.org/\u200ba"
    assert breaks.address("") == ""


def test_nothing_is_put_into_what_is_read() -> None:
    made = article("<p>문구에는 <em>해석</em>의 여지가 없다.</p>", language="ko")
    before = etree.tostring(made)
    lay(made)
    assert etree.tostring(made) == before, "the article is not touched"


@pytest.mark.parametrize(
    ("language", "text", "tied"),
    [
        ("ko", "등대<em>지기</em>가 본 것", "등\u2060대\u2060지\u2060기\u2060가 본 것"),
        ("ja", "2031年10月、第30分", "2031\u2060年10\u2060月、第\u206030\u2060分"),
        ("en", "a lamp\u2010lighter", "a lamp\u2010\u200blighter"),
    ],
)
def test_words_and_numbers_stay_whole(language: str, text: str, tied: str) -> None:
    made = article(f"<p>{text}</p>", language=language)
    breaks.tie(made, language)
    body = made.find("div")
    assert body is not None
    assert "".join(body.itertext()) == tied


def lay(*articles: Element, **facts: Any) -> Any:
    """Return the laid-out document; WeasyPrint must not complain."""
    made = work(articles, **facts)
    faces = writer.needed(articles, fonts.faces())
    css = writer.cascade(articles, made, Styles(), faces)
    with layout.listening() as heard:
        document = layout.lay(articles, made, css, faces)
    assert [record.getMessage() for record in heard] == []
    return document


def lines(document: Any) -> Iterator[tuple[int, Any, str]]:
    """Yield page number, box and text of each line of the text."""
    for number, page in enumerate(document.pages, 1):
        root = page._page_box.children[0]
        for box in root.descendants(placeholders=True):
            if isinstance(box, boxes.LineBox):
                parts = (part for part in box.descendants() if isinstance(part, boxes.TextBox))
                yield number, box, "".join(part.text for part in parts)


REPORT = f"""<p>{TEXT * 6}</p><section><h2>What the Keepers Saw</h2><p>{SEVERAL}{call(1)}.</p>
<blockquote><p>{TEXT}</p><p>{TEXT}</p></blockquote><p>{TEXT * 3}</p></section>
<section><h2>What Nobody Saw, and Why it Matters to the Harbour of the Northern Lamp</h2>
<p>{TEXT * 5}</p><p>{SEVERAL}</p></section>"""
ADDRESS = "https://lamps.example.org/reports/2031/10/17/" + "the-northern-lamp-" * 6 + "x" * 120
LINK = f'<a class="url" href="{ADDRESS}">{ADDRESS}</a>'


@pytest.mark.parametrize("trim", ["A5", "A4", "B6"])
def test_no_line_sticks_out_and_no_heading_is_hyphenated(trim: str) -> None:
    document = lay(article(REPORT, note(1, "“Lamps,” The Quay.", LINK)), trim=trim)
    page = document.pages[0]._page_box
    right = page.content_box_x() + page.width
    for _, box, text in lines(document):
        if not text.strip():
            continue
        assert box.position_x + box.width <= right + 0.5, text
        if box.element_tag in ("h1", "h2"):
            assert not text.endswith("\u2010")


def test_lines_stand_on_one_grid() -> None:
    document = lay(
        article(f"<p>{TEXT * 6}</p><section><h2>Seen</h2><p>{SEVERAL * 2}</p></section>")
    )
    lead = Sheet(TRIMS["A5"], "en").lead / 0.75
    found = {
        round((box.position_y - page._page_box.content_box_y()) / lead, 2) % 1
        for page, box in ((document.pages[number - 1], box) for number, box, _ in lines(document))
        if box.element_tag == "p" and box.height == pytest.approx(lead)
    }
    assert found == {0.0}


def test_paragraphs_are_not_torn() -> None:
    """No orphans, no widows, no last line of one syllable, no call at the head of a line."""
    body = "".join(f"<p>{TEXT * (times % 7 + 1)}{call(times)}.</p>" for times in range(21))
    notes = "".join(note(times, TEXT) for times in range(21))
    document = lay(article(body, notes))
    seen: dict[int, dict[int, int]] = {}
    for number, box, text in lines(document):
        if box.element_tag != "p":
            continue
        pages = seen.setdefault(id(box.element), {})
        pages[number] = pages.get(number, 0) + 1
        assert not text[:1].isdigit()
    torn = [list(pages.values()) for pages in seen.values() if len(pages) > 1]
    assert torn, "some paragraph goes over a page"
    assert all(count >= 2 for counts in torn for count in (counts[0], counts[-1]))


def test_headings_do_not_strand() -> None:
    for filler in range(18, 30):
        lead = "".join("<p>One line.</p>" for _ in range(filler))
        document = lay(article(f"{lead}<section><h2>Stranded?</h2><p>{TEXT}</p></section>"))
        pages = {text: number for number, _, text in lines(document)}
        assert (
            pages["Stranded?"] == pages[next(text for text in pages if text[:11] == "The keepers")]
        )


def test_the_last_word_of_a_paragraph_is_whole() -> None:
    for length in range(20):
        text = "ill " * length + TEXT * 2 + "reorganization."
        document = lay(article(f"<p>{text}</p>"))
        last = [said for _, box, said in lines(document) if box.element_tag == "p"][-1]
        assert last.endswith("reorganization.")


@pytest.mark.parametrize(
    ("language", "headline", "shown"),
    [
        ("en", TEXT[:96].strip(), 3),
        ("ja", "まず北突堤の灯をともせ――霧の中で船は待てない", 2),
        ("ko", "북쪽 방파제의 등불부터 켜라: 안개 속에서 배는 기다리지 않는다", 2),
    ],
)
def test_headlines_are_balanced(language: str, headline: str, shown: int) -> None:
    text = {"en": TEXT, "ja": "渡し船は岸を離れた。", "ko": "배는 떠났다. "}[language]
    document = lay(article(f"<p>{text * 5}</p>", headline=headline, language=language))
    set_ = [(box, said) for _, box, said in lines(document) if box.element_tag == "h1"]
    assert len(set_) == shown
    widths = [box.children[0].width for box, _ in set_]
    assert min(widths) > 0.55 * max(widths)
    if language == "ja":
        assert set_[0][1].replace("\u2060", "") == "まず北突堤の灯をともせ――"


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("en", "Let Every Lamp of the Quay Be Lit"),
        ("ja", "すべての灯をともせ"),
        ("ko", "이 배 저 배가 다 볼 수 있게 두 등을"),
    ],
)
def test_a_headline_is_measured_as_it_is_laid_out(language: str, headline: str) -> None:
    """The language chooses letters: the space of Korean is wider than the font's own."""
    document = lay(article("<p>A.</p>", headline=headline, language=language))
    (wide,) = [box.children[0] for _, box, _ in lines(document) if box.element_tag == "h1"]
    width = wide.width * 0.75
    sheet = Sheet(TRIMS["A5"], language)
    size, families = sheet.hand.headline * sheet.size, ",".join(sheet.hand.families)
    measure = partial(
        type_.lines, type_.Fonts(fonts.faces()), headline, families, sheet.hand.bold, size
    )
    assert measure(width + 0.2, language) == 1
    assert measure(width - 0.2, language) == 2


@pytest.mark.parametrize("size", TRIMS)
def test_no_line_of_a_headline_begins_with_a_dash(size: str) -> None:
    headline = "Every Second Lamp of the North Mole: Keepers, Ferries – and the Fog of a Year"
    document = lay(article("<p>A.</p>", headline=headline), trim=size)
    set_ = [(box, said) for _, box, said in lines(document) if box.element_tag == "h1"]
    widths = [box.children[0].width for box, _ in set_]
    assert min(widths) > 0.6 * max(widths), [said for _, said in set_]
    assert not any(said.startswith("–") for _, said in set_)


def test_running_heads() -> None:
    first = article(f"<p>{TEXT * 30}</p>", note(1, TEXT * 60), headline="A" + " lamp" * 30)
    second = article(f"<p>{TEXT * 30}</p>", number=8, headline="Short")
    document = lay(first, second)
    heads = [_margins(page) for page in document.pages]
    opening = [number for number, head in enumerate(heads) if not head["top-left"]]
    assert opening[0] == 0 and len(opening) == 2, "only the first page of a report has none"
    assert [head["bottom-center"] for head in heads] == [str(n + 1) for n in range(len(heads))]
    assert heads[1]["top-left"] == "Lantern Letters No. 7"
    assert heads[1]["top-right"].startswith("A lamp lamp") and heads[1]["top-right"][-1] == "…"
    assert heads[opening[1] - 1]["top-right"] == "Notes"
    assert (heads[-1]["top-left"], heads[-1]["top-right"]) == ("Lantern Letters No. 8", "Short")
    for page in document.pages:
        left, right = (_edges(page, name) for name in ("top-left", "top-right"))
        assert left[1] <= right[0] or not left[1]


def _margins(page: Any) -> dict[str, str]:
    found = dict.fromkeys(("top-left", "top-right", "bottom-center"), "")
    for child in page._page_box.children:
        if isinstance(child, boxes.MarginBox):
            parts = (part for part in child.descendants() if isinstance(part, boxes.TextBox))
            found[child.at_keyword.removeprefix("@")] = "".join(part.text for part in parts)
    return found


def _edges(page: Any, name: str) -> tuple[float, float]:
    for child in page._page_box.children:
        if isinstance(child, boxes.MarginBox) and child.at_keyword == f"@{name}":
            parts = [part for part in child.descendants() if isinstance(part, boxes.TextBox)]
            if parts:
                return parts[0].position_x, parts[-1].position_x + parts[-1].width
    return 0.0, 0.0


def test_margins_vanish_at_the_head_of_a_page() -> None:
    """Which they do not on named pages: so ours have no name (sheet.css)."""
    for filler in range(16, 32):
        lead = "".join("<p>One line.</p>" for _ in range(filler))
        document = lay(article(f"{lead}<section><h2>Head</h2><p>{TEXT}</p></section>"))
        number, box = next((number, box) for number, box, text in lines(document) if text == "Head")
        first = next(one for page, one, text in lines(document) if page == number and text.strip())
        if first is box:
            top = document.pages[number - 1]._page_box.content_box_y()
            assert box.position_y == pytest.approx(top, abs=0.1)
            return
    raise AssertionError("no heading came to the head of a page")


def test_two_languages_each_on_its_own_sheet() -> None:
    document = lay(article(f"<p>{TEXT}</p>"), article("<p>渡し船は岸を離れた。</p>", language="ja"))
    widths = [page._page_box.width * 0.75 for page in document.pages]
    expected = [Sheet(TRIMS["A5"], language).measure for language in ("en", "ja")]
    for found, wanted in pairwise([*zip(widths, expected, strict=True)] * 2):
        assert found[0] == pytest.approx(found[1], abs=0.01)
        assert wanted[0] == pytest.approx(wanted[1], abs=0.01)


def test_a_draft_shows_lines_and_findings_in_the_margin(monkeypatch: pytest.MonkeyPatch) -> None:
    from watchpress.diagnostic import Diagnostic, Place

    monkeypatch.setattr(Diagnostic, "severity", "error")
    place = Place("007.txt", 20, 5)
    made = article(f'<p data-at="20:1">{TEXT}{call(1)}.</p><p data-at="22:1">{TEXT}</p>')
    document = lay(made, profile="draft", findings=(Diagnostic(place, "N101"),))
    page = document.pages[0]._page_box
    shown = {
        text: box.position_x + box.width < page.content_box_x()
        for _, box, text in lines(document)
        if box.element_tag == "span"
    }
    assert shown == {"3": True, "20": True, "22": True, "N101": False}


@pytest.mark.parametrize("trim", ["A5", "A4", "B6"])
def test_heads_and_folios_stand_at_one_height_in_all_languages(trim: str) -> None:
    long = {
        "en": TEXT * 40,
        "ja": "渡し船は岸を離れた。" * 200,
        "ko": "나룻배가 기슭을 떠났다. " * 200,
    }
    document = lay(
        *(article(f"<p>{text}</p>", language=tag) for tag, text in long.items()), trim=trim
    )
    for name in ("top-left", "top-right", "bottom-center"):
        bases = [base for page in document.pages for base in _bases(page, name)]
        assert len(bases) >= 3
        assert max(bases) - min(bases) < 0.1, f"{name}: px between base lines"
    tops = {round(page._page_box.content_box_y(), 1) for page in document.pages}
    assert len(tops) == 1


def _bases(page: Any, name: str) -> list[float]:
    return [
        part.position_y + part.baseline
        for child in page._page_box.children
        if isinstance(child, boxes.MarginBox) and child.at_keyword == f"@{name}"
        for part in child.descendants()
        if isinstance(part, boxes.TextBox)
    ][:1]


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_ligatures_keep_their_letters_wherever_lines_are_told_where_to_end(language: str) -> None:
    said = {"en": "The office of affidavits", "ja": "役所officeのaffidavit", "ko": "office의 flow"}
    words = said[language]
    made = article(f"<section><h2>{words}</h2><p>{TEXT}{words}</p></section>", language=language)
    made[0][-1].text = words
    foreign = article("<p>A.</p>", language=language, headline="An office for affidavits")
    foreign[0].set("lang", "en")
    pages = texts(pressed(made, loose=True).data) + texts(pressed(foreign, loose=True).data)
    shown = bare("".join(pages))
    assert shown.count(bare(words)) == 3
    assert shown.count("Anofficeforaffidavits") == 1
