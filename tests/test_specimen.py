"""The type specimen: it holds all that can be set, is proven as any book, and is laid out so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from bound import assert_ua
from literate import run
from page_dump import dump
from specimen_copy import settled
from watchpress.backends.pdf.sheet import Sheet
from watchpress.build import report as single
from watchpress.build import specimen
from watchpress.catalog import Part, Source, trim
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import Styles, along
from watchpress.language.words import LANGUAGES, words
from watchpress.model import tree
from watchpress.tools import fonts, pango
from watchpress.xhtml.article import article
from watchpress.xhtml.legend import Dress, Ground, legend

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "specimen.txt"
COPY = [along("specimen") / tag / "001.xml" for tag in LANGUAGES]
RNG = "{http://relaxng.org/ns/structure/1.0}"
TOML = """\
languages = ["ja", "en"]
title = { en = "Quay", ja = "岸壁" }
publisher = { en = "Quay Press", ja = "岸壁社" }
"""


def reports() -> Iterator[tree.Element]:
    for path in COPY:
        found: list[Diagnostic] = []
        yield single.report(Source(path), found.append).report
        # What is wrong on purpose, so that its marks are seen; series.toml waives it.
        assert {one.code for one in found} == {"N101", "N102", "N104"}


def test_the_ids_and_places_of_the_copy_are_in_order(pytestconfig: pytest.Config) -> None:
    for path in COPY:
        data = settled(settled(path.read_bytes()))
        if pytestconfig.getoption("--accept"):
            path.write_bytes(data)
        assert path.read_bytes() == data, "run pytest tests/test_specimen.py --accept"


def test_every_element_of_the_grammar_occurs() -> None:
    grammar = etree.parse(ROOT / "src" / "watchpress" / "model" / "report.rng")
    wanted = {str(one.get("name")) for one in grammar.iter(f"{RNG}element")}
    held = {str(node.tag) for one in reports() for node in one.iter(etree.Element)}
    assert wanted == held


def test_every_kind_of_list_quotation_note_and_heading_occurs() -> None:
    for report in reports():
        lists = {one.get("list-type") for one in report.iter("list")}
        assert lists == {"order", "bullet", "simple"}
        assert {one.get("content-type") for one in report.iter("disp-quote")} == {None, "document"}
        states = {one.get(tree.STATE) for one in report.iter("xref", "fn")}
        assert {"ok", "missing", "repeated", "unused"} <= states
        assert max(len(list(one.iterancestors("sec"))) for one in report.iter("sec")) == 4
        assert any(len(one.findall("p")) > 1 for one in report.iter("fn"))
        assert {name for one in report.iter("td", "th") for name in one.attrib} >= {
            "colspan", "rowspan",
        }  # fmt: skip


def ground(name: str, language: str) -> Ground:
    sheet = Sheet(trim(name), language)
    margins = (sheet.top, sheet.side, sheet.bottom)
    dress = Dress("text", sheet.size, sheet.lead, 400, face="Quay Roman")
    return Ground(
        sheet.trim, margins, sheet.measure, sheet.lines, sheet.lead, sheet.size, 9.9, (dress,)
    )


@pytest.mark.parametrize("name", ["A5", "140x210"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_legend_gives_the_numbers_of_its_sheet(name: str, language: str) -> None:
    sheet = Sheet(trim(name), language)
    made = legend(Part("legend", f"legend-{language}", language), ground(name, language))
    said = " ".join("".join(made.itertext()).split())
    for number in (
        f"{sheet.trim.width:g} × {sheet.trim.height:g} mm",
        f"{sheet.top:.1f}, {sheet.side:.1f}, {sheet.bottom:.1f} mm",
        f"{sheet.measure:.1f} pt",
        f"{sheet.lead:g} pt",
        f"{sheet.size:g} / {sheet.lead:g} pt, Quay Roman 400",
    ):
        assert number in said
    assert words(language).label("legend-letters") in said


def test_a_legend_has_its_words_in_every_language() -> None:
    keys = [{key for key in one.labels if key.startswith("legend")} for one in LANGUAGES.values()]
    assert keys[0] == keys[1] == keys[2]


def test_what_is_measured_is_what_the_sheet_asks_for() -> None:
    from watchpress.backends.pdf import scale

    for report in reports():
        work = single.work([report], trim=trim("B6"))
        sheet = Sheet(work.trim, work.language)
        found = {one.kind: one for one in scale.ground(article(report), work, Styles()).dresses}
        assert set(found) == {kind for kind, _ in scale.KINDS}
        text, title = found["text"], found["headline"]
        assert (text.size, text.lead) == pytest.approx((sheet.size, sheet.lead), abs=0.01)
        assert title.size == pytest.approx(sheet.hand.headline * sheet.size, abs=0.01)
        sizes = [found[f"heading{level}"].size for level in range(2, 7)]
        assert sizes == sorted(sizes, reverse=True), "a lower heading is never the larger one"
        assert all(found[f"heading{level}"].lead == text.lead for level in range(2, 7))


def test_a_folder_with_and_without_a_series(tmp_path: Path) -> None:
    bare, others = specimen.told(tmp_path, ["specimen"], _never)
    assert bare is not None and not others
    assert (bare.home, bare.config.languages) == (tmp_path, ["en", "ja", "ko"])

    toml = tmp_path / "reports" / "series.toml"
    toml.parent.mkdir()
    book = '[[editions]]\nname = "pdf"\nformat = "pdf"\ntrim = "B6"\n'
    toml.write_text(TOML + book, "utf-8")
    own, others = specimen.told(tmp_path, ["pdf", "specimen"], _never)
    assert own is not None and others == ["pdf"]
    (edition,) = own.config.editions
    assert (edition.languages, edition.trim) == (["ja", "en"], "B6")

    toml.write_text(TOML + book.replace('"pdf"', '"specimen"', 1), "utf-8")
    assert specimen.told(tmp_path, ["specimen"], _never) == (None, ["specimen"])
    toml.write_text("languages = 3\n", "utf-8")
    with pytest.raises(Fatal):
        specimen.told(tmp_path, ["specimen"], lambda finding: None)


def _never(finding: Diagnostic) -> None:
    raise AssertionError(finding)


def test_its_options_are_of_no_other_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for options in (["--grid"], ["--trim", "B6"], ["--theme", "journal"]):
        status, said = run(["build", *options])
        assert status == 2 and "specimen" in said


def test_it_is_proven_and_laid_out_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build", "specimen", "-q"]) == (0, "")
    data = Path("dist", "specimen.pdf").read_bytes()
    assert_ua(data)
    rows = [line.split() for line in run(["build", "specimen"])[1].splitlines()]
    assert ["specimen.pdf", "unchanged"] in [row[:2] for row in rows]

    # A build of all editions leaves it where it is; `clean` takes it away.
    Path("reports").mkdir()
    Path("reports", "series.toml").write_text(TOML, "utf-8")
    assert run(["build", "-q"]) == (0, "")
    assert Path("dist", "specimen.pdf").is_file()
    run(["clean"])
    assert not Path("dist").exists()

    if not fonts.faces():
        pytest.skip("the pinned fonts are absent: the lines of the specimen are NOT compared")
    engine = f"pango {pango.version()}"
    said = f"{engine}\n{dump(data)}"
    if pytestconfig.getoption("--accept"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(said, "utf-8")
    wanted = GOLDEN.read_text("utf-8")
    if wanted.partition("\n")[0] != engine:
        there = wanted.partition("\n")[0]
        pytest.skip(f"the lines of the specimen are NOT compared: they are {there}'s, not {engine}")
    assert said == wanted, "run pytest tests/test_specimen.py --accept, and look at the difference"


@pytest.mark.slow
def test_a_series_has_it_in_its_own_languages_and_styles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    Path("reports", "series.toml").write_text(TOML, "utf-8")
    Path("styles").mkdir()
    sheet = Styles().text("print.css") + "h2 { font-size: 1.75em }\n"
    Path("styles", "print.css").write_text(sheet, "utf-8")
    assert run(["build", "specimen", "--grid", "--trim", "140x210", "-q"]) == (0, "")
    data = Path("dist", "specimen.grid.pdf").read_bytes()
    assert_ua(data)
    said = dump(data)
    large = round(1.75 * Sheet(trim("140x210"), "en").size, 2)
    assert re.search(rf"{re.escape(words('en').label('legend-heading2'))}: {large:g} /", said)
    assert words("ko").label("legend") not in said


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["journal", "large-print"])
def test_every_theme_sets_the_specimen_and_its_proof_is_silent(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if theme == "large-print" and not fonts.faces("sans"):
        pytest.skip("the sans fonts are not here: watchpress doctor --install --for large-print")
    monkeypatch.chdir(tmp_path)
    assert run(["build", "specimen", "--theme", theme, "-q"]) == (0, "")
    assert_ua(Path("dist", f"specimen.{theme}.pdf").read_bytes())


def test_what_the_specimen_has_shown_to_be_wrong_stays_mended() -> None:
    for report in reports():
        made = article(report)
        # A column of figures is one under a head of two columns, too, and beside a deep cell.
        heads = made.findall(".//thead//th")
        assert ["figures" in str(one.get("class")).split() for one in heads] == [0, 1, 1, 0]
        rows = made.findall(".//tbody/tr")
        ends = [str(row[-1].get("class")).split() for row in rows]
        assert [row for row, names in enumerate(ends) if "inner" in names] == [2]
        # A list without signs has none; a paragraph keeps its language.
        assert len(made.findall(".//ul[@class='bare']")) == 1
        tags = {str(one.get(tree.LANG)) for one in report.iter("p") if one.get(tree.LANG)}
        assert tags and tags == {str(one.get("lang")) for one in made.iter("p") if one.get("lang")}


def test_a_name_is_printed_in_the_form_of_the_reports_language() -> None:
    assert [tree.authors(report)[1] for report in reports()] == [
        "Tadaomi Kurese", "アイオニー・ペルマー", "아이오니 펠마",
    ]  # fmt: skip
