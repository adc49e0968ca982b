"""Themes: what their pages look like in every trim and language, and how one is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from weasyprint.formatting_structure import boxes

from pdf_reports import SEVERAL, TEXT, article, call, laid, note, pressed, work
from products import assert_pdf
from series_homes import english, home, japanese
from watchpress.backends.pdf import writer
from watchpress.backends.pdf.hand import CUTS
from watchpress.backends.pdf.sheet import MM, Sheet
from watchpress.build import report as build
from watchpress.build.makers import Makers
from watchpress.build.series import build as build_series
from watchpress.build.verdict import verdict as judged
from watchpress.catalog import TRIMS, Source, Trim, trim
from watchpress.checks.proof import verdict
from watchpress.diagnostic import Diagnostic, Place
from watchpress.files import Styles
from watchpress.series import themes
from watchpress.theme import LANGUAGES, TOKENS, Theme, standard
from watchpress.tools import fonts, pdfium

ROOT = Path(__file__).parents[1]
NAMES = ("report", "journal", "large-print")
SIZES = ("A5", "B5", "A4")
needs_sans = pytest.mark.skipif(not fonts.faces("sans"), reason="the sans fonts are not installed")
needs_serif = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
pytestmark = [needs_sans, needs_serif]


def silent(finding: Diagnostic) -> None:
    """Take no finding but what is a matter of taste: a long headline, a loose line."""
    if finding.severity != "info":
        raise AssertionError(finding)


@cache
def theme(name: str, styles: Styles = Styles()) -> Theme:  # noqa: B008 - frozen
    return themes.load(name, styles, Place("test"), silent)


def made(name: str, size: str, language: str) -> bytes:
    """Return the sample report 40 in a theme, read back and found to say what its XML says."""
    source = Source(ROOT / "reports" / language / "040.txt")
    report = build.report(source, lambda _: None).report
    one = replace(build.work([report], trim=trim(size)), theme=theme(name))
    done = build.finished("pdf", one, Styles(), silent, "x.pdf")
    assert judged("pdf", done, one, "x.pdf", silent) == []
    return done.data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_in_each_theme_and_language(name: str, language: str) -> None:
    assert_pdf(made(name, "A5", language))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["B5", "A4"])
@pytest.mark.parametrize("name", NAMES)
def test_a_report_in_each_theme_trim_and_language(name: str, size: str, language: str) -> None:
    assert_pdf(made(name, size, language))


def test_the_standard_theme_is_what_pages_are_without_one() -> None:
    assert theme("report") == standard()
    given = article(f"<p>{TEXT}</p>")
    assert pressed(given).data == pressed(given, theme=theme("report")).data


@pytest.mark.parametrize("size", [*TRIMS.values(), Trim(90, 120), Trim(300, 450)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_what_stands_on_a_page_fills_it(name: str, language: str, size: Trim) -> None:
    sheet = Sheet(size, language, theme=theme(name))
    assert 2 * sheet.side + sheet.width / MM == pytest.approx(size.width)
    assert 0 < size.height - sheet.top - sheet.lines * sheet.lead / MM - sheet.bottom < 0.02
    assert sheet.side >= sheet.theme.page.side * size.width - 1e-9
    assert sheet.measure / sheet.size / sheet.hand.letter <= sheet.hand.most + 1e-6
    assert sheet.top < sheet.bottom
    assert sheet.lines > 5


def lay(name: str, size: str, language: str, body: str, notes: str = "") -> Any:
    return laid(article(body, notes, language=language), trim=size, theme=theme(name))


def texts(document: Any) -> Iterator[tuple[Any, Any]]:
    """Yield page and box of each text of the type area."""
    for page in document.pages:
        for box in page._page_box.children[0].descendants(placeholders=True):
            if isinstance(box, boxes.TextBox) and box.text.strip():
                yield page._page_box, box


WORDS = {
    "en": f"{SEVERAL} {TEXT * 3}",
    "ja": "灯台守は毎晩、天気と通り過ぎる船を書き留めた。" * 20,
    "ko": "등대지기는 매일 저녁 날씨와 지나가는 배를 기록했다. " * 20,
}
ADDRESS = "https://lamps.example.org/reports/2031/10/17/" + "the-northern-lamp-" * 6


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_no_text_sticks_out(name: str, size: str, language: str) -> None:
    words = WORDS[language]
    link = f'<a class="url" href="{ADDRESS}">{ADDRESS}</a>'
    items = "".join(note(number, words[:90], link) for number in range(1, 8))
    body = f"<p>{words}{call(1)}</p><blockquote><p>{words[:200]}</p></blockquote><p>{words}</p>"
    sheet = Sheet(TRIMS[size], language, theme=theme(name))
    for page, box in texts(lay(name, size, language, body, items)):
        left, width = page.content_box_x(), page.width
        assert width * 0.75 == pytest.approx(sheet.width, abs=0.1)
        assert box.position_x >= left - 0.5, box.text
        assert box.position_x + box.width <= left + width + 0.5, box.text


# -- large-print ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_large_print_is_large(language: str, size: str) -> None:
    """RNIB: 16 to 18 pt for large print; here 18, and nothing of text or furniture is smaller."""
    words = WORDS[language]
    given = article(f"<p>{words}{call(1)}</p>", note(1, words[:60]), language=language)
    data = pressed(given, trim=size, theme=theme("large-print")).data
    assert_pdf(data)
    for page in pdfium.read(data).pages:
        small = {run.text for run in page.runs if run.size < 17.99}
        assert all(text.strip() == "1" for text in small), "the figures of calls alone"


def test_large_print_has_one_weight_more_and_no_slant() -> None:
    given = article(f"<p><em>{TEXT}</em> plain <cite>The Quay</cite></p>")
    data = pressed(given, theme=theme("large-print")).data
    with pikepdf.open(data_stream(data)) as pdf:
        names = {
            str(font.BaseFont)[8:] for page in pdf.pages for font in page.Resources.Font.values()
        }
    assert names == {"Watchpress-Sans", "Watchpress-Sans-Bold"}


def data_stream(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


def test_large_print_is_ragged_and_breaks_no_word() -> None:
    document = lay("large-print", "A5", "en", f"<p>{WORDS['en']}</p>")
    ends: dict[tuple[int, int], float] = {}
    for page, box in texts(document):
        if box.element_tag in ("p", "span"):
            assert not box.text.rstrip().endswith(("-", "\u2010"))
            key = (id(page), round(box.position_y))
            ends[key] = max(ends.get(key, 0.0), box.position_x + box.width)
    rights = [round(end) for end in ends.values()]
    assert len(set(rights)) > 10, "lines end where words do"


def test_no_line_of_large_print_ends_after_its_first_word() -> None:
    """Which Pango has them do where the last word would stick out by a hair (fit.py)."""
    words = "It is the largest withdrawal of weapons that the strait has known"
    short = []
    for width in range(150, 216):
        body = f"<p>{words}, <em>and</em> {words}, and it deserves to be called a success.</p>"
        document = lay("large-print", f"{width}x210", "en", body)
        ends: dict[int, float] = {}
        for page, box in texts(document):
            if box.element_tag in ("p", "em", "span") and box.style["font_size"] == 24:
                end = (box.position_x + box.width - page.content_box_x()) / page.width
                ends[round(box.position_y)] = max(end, ends.get(round(box.position_y), 0.0))
        lines = [ends[at] for at in sorted(ends) if at > 300]
        short += [end for end in lines[:-1] if end < 0.6]
    assert short == []


def test_paragraphs_are_parted_by_space() -> None:
    document = lay("large-print", "A5", "en", f"<p>{TEXT}</p><p>{TEXT}</p>")
    paragraphs = [
        box
        for page in document.pages
        for box in page._page_box.children[0].descendants()
        if box.element_tag == "p" and isinstance(box, boxes.BlockBox) and TEXT[:9] in told(box)
    ]
    one, two = paragraphs[:2]
    lead = Sheet(TRIMS["A5"], "en", theme=theme("large-print")).lead / 0.75
    assert two.content_box_y() - one.content_box_y() - one.height == pytest.approx(lead / 2)
    assert two.style["text_indent"].value == 0


def told(box: Any) -> str:
    return "".join(kid.text for kid in box.descendants() if isinstance(kid, boxes.TextBox))


def test_without_its_fonts_large_print_says_what_brings_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = fonts.faces
    monkeypatch.setattr(fonts, "faces", lambda family="serif": () if family == "sans" else here())
    told: list[Diagnostic] = []
    given = [article(f"<p>{TEXT}</p>")]
    writer.press(given, work(given, theme=theme("large-print")), Styles(), told.append)
    (one,) = (finding for finding in told if finding.code == "F105")
    assert "doctor --install --for large-print" in one.say("fix", "en")
    told.clear()
    writer.press(given, work(given), Styles(), told.append)
    assert told == [], "the others are set in the pinned serif"


def test_the_sans_set_has_what_themes_ask_for() -> None:
    assert fonts.verify("sans") == ()
    families = {cut.families[0] for cut in CUTS["sans"].values()}
    assert {(face.family, face.weight) for face in fonts.faces("sans")} == {
        (family, weight) for family in families for weight in (400, 700)
    }
    assert {face.family for face in fonts.faces()}.isdisjoint(families)


# -- journal --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_journal_has_two_columns_at_both_ends(size: str, language: str) -> None:
    words = WORDS[language]
    items = "".join(note(number, words[:90]) for number in range(1, 9))
    document = lay("journal", size, language, f"<p>{words}</p>", items)
    title, date = (
        next(box for _, box in texts(document) if box.element_tag == tag) for tag in ("h1", "time")
    )
    assert date.position_x + date.width < title.position_x
    assert date.position_y < title.position_y + 3 * title.height, "beside it, not below"
    sheet = Sheet(TRIMS[size], language, theme=theme("journal"))
    numbers = {round(box.position_x, -2) for _, box in texts(document) if told_number(box.text)}
    assert len(numbers) == sheet.columns == 2


def told_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d\. ", text))


def test_a_fault_in_columns_is_found() -> None:
    """The proof reads columns one after the other, and hears where one is not as it should be."""
    report = build.report(Source(ROOT / "reports" / "en" / "040.txt"), lambda _: None).report
    one = replace(build.work([report], trim=trim("A5")), theme=theme("journal"))
    done = build.finished("pdf", one, Styles(), silent, "x.pdf")
    notes = [node for node in report.iter("fn") if node.get("id")]
    first, last = (next(iter(node.iter("mixed-citation"))) for node in (notes[1], notes[-1]))
    first.text, last.text = last.text, first.text
    found: list[Diagnostic] = []
    verdict.check(verdict.Subject(done.data, "pdf", "x.pdf", (report,), columns=True), found.append)
    assert "L102" in {finding.code for finding in found}


# -- volumes --------------------------------------------------------------------------------------

VOLUMES = """
languages = ["en", "ja"]
title = { en = "Watch Report", ja = "監視報告" }
publisher = { en = "Strait Watch", ja = "海峡監視" }

[[volumes]]
name = "pairs"
year = 2021
layout = "paired"

[[volumes]]
name = "faces"
year = 2021
layout = "facing"
notes = "volume"
"""
EDITION = """
[[editions]]
name = "{what}-{format}"
format = "{format}"
what = "{what}"
theme = "{theme}"
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["journal", "large-print"])
def test_volumes_and_what_is_made_of_them(name: str, tmp_path: Path) -> None:
    formats = [("pairs", form) for form in ("pdf", "cover", "offprint")] + [("faces", "pdf")]
    editions = (EDITION.format(what=what, format=form, theme=name) for what, form in formats)
    words = f"{SEVERAL} {TEXT * 6} The boats wait [1]."
    copies = {
        "en_031": english(31, words=words),
        "en_032": english(32, words=words),
        "ja_031": japanese(31, words=f"{WORDS['ja']}船は待つ［1］。"),
    }
    told: list[Diagnostic] = []
    build_series(home(tmp_path, VOLUMES + "".join(editions), **copies), (), told.append)
    assert [finding for finding in told if finding.severity == "error"] == []
    files = sorted(path for path in (tmp_path / "dist").glob("*.pdf"))
    assert len(files) == 6, "two volumes, a cover, three offprints"
    for path in files:
        assert f".{name}." in path.name
        assert_pdf(path.read_bytes(), tagged="cover" not in path.name)


# -- one's own ------------------------------------------------------------------------------------


def example() -> Iterator[tuple[str, str]]:
    """Yield the files of README's own theme: name and text."""
    section = (ROOT / "README.md").read_text("utf-8").split("### Make your own theme")[1]
    lines = section.split("\n## ")[0].splitlines()
    code = [line[4:] if line.startswith("    ") else line for line in lines]
    starts = [n for n, line in enumerate(code) if re.match(r"(# |/\* )styles/", line)]
    for start, end in pairwise([*starts, len(code)]):
        name = re.findall(r"styles/[\w./-]+", code[start])[0]
        text = [line for line, raw in zip(code[start:end], lines[start:end], strict=True)
                if raw.startswith("    ") or not raw]  # fmt: skip
        yield name, "\n".join(text)


def test_the_readmes_own_theme_is_one(tmp_path: Path) -> None:
    files = dict(example())
    assert list(files) == ["styles/themes/evening.toml", "styles/themes/evening.css"]
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    edition = '[[editions]]\nname = "x"\nformat = "pdf"\ntheme = "evening"\n'
    toml = 'languages = ["en"]\ntitle = { en = "Watch" }\npublisher = { en = "Watch" }\n'
    series = home(tmp_path, toml + edition, en_031=english(31))
    evening = theme("evening", Styles(series.styles))
    journal = theme("journal")
    assert evening.page.aside == 0.14
    assert (evening.page.side, evening.notes) == (journal.page.side, journal.notes)
    assert evening.sheets == ("themes/journal.css", "themes/evening.css")
    told: list[Diagnostic] = []
    build_series(series, (), told.append)
    assert [finding for finding in told if finding.severity != "info"] == []
    data = (tmp_path / "dist" / "031.en.evening.pdf").read_bytes()
    assert_pdf(data)
    with pikepdf.open(data_stream(data)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
    assert b".35686" in drawn, "the red of the headings, #5b"


def test_a_changed_token_makes_another_product(tmp_path: Path) -> None:
    own = tmp_path / "themes" / "mine.toml"
    own.parent.mkdir()
    own.write_text("[en]\nsize = 10\n", "utf-8")
    before = Makers(Styles(tmp_path)).key
    own.write_text("[en]\nsize = 11\n", "utf-8")
    assert Makers(Styles(tmp_path)).key != before
    assert theme("mine", Styles(tmp_path)).hands["en"].size == 11


def test_ones_own_may_take_the_name_of_another_and_extend_it(tmp_path: Path) -> None:
    own = tmp_path / "themes" / "journal.toml"
    own.parent.mkdir()
    own.write_text('extends = "journal"\n[notes]\ncolumns = 1\n', "utf-8")
    mine, theirs = theme("journal", Styles(tmp_path)), theme("journal")
    assert (mine.notes.columns, theirs.notes.columns) == (1, 2)
    assert mine.colours == theirs.colours


def test_every_token_is_in_the_standard_theme_and_said_there() -> None:
    import tomllib

    text = Styles().text("themes/report.toml")
    raw = tomllib.loads(text)
    tables = {"": {k for k, v in raw.items() if not isinstance(v, dict)}}
    tables |= {key: set(value) for key, value in raw.items() if isinstance(value, dict)}
    assert tables == {key: set(value) for key, value in TOKENS.items()}
    for name in NAMES:
        assert list(themes.faults(name, Styles(), Place("test"))) == []
