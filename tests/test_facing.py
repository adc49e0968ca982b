"""Facing pages: what faces what, on which lines, and that nothing is lost between two pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from pdf_reports import article, bare, call, note, work
from products import assert_pdf, tag_tree
from watchpress.backends.pdf import engine, facing, facingrows
from watchpress.backends.pdf.facing import Half
from watchpress.backends.pdf.facts import Compiled
from watchpress.backends.pdf.sheet import MM
from watchpress.build import report as build
from watchpress.catalog import TRIMS, Source, Work, trim
from watchpress.checks.proof import verdict
from watchpress.checks.proof.verdict import Subject
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.theme import LANGUAGES
from watchpress.tools import pdfium

REPORTS = Path(__file__).parents[1] / "reports"
SENTENCES = {
    "en": " The keepers of the northern lamp wrote down the weather and every passing vessel.",
    "ja": "灯台守は毎晩、その日の天気と沖を通った船とを残らず帳面に書きとめた。",
    "ko": " 등대지기는 매일 밤 그날의 날씨와 지나간 배를 빠짐없이 장부에 적었다.",
}
LENGTHS = (3, 6, 2, 9, 1, 4, 7, 2, 5, 8)
PITCH = 0.5 * 0.75  # half a CSS pixel, in pt


def prose(language: str, mark: str, times: int = 3) -> str:
    """Return text that begins with `mark`."""
    return mark + SENTENCES[language] * times


def paragraph(language: str, mark: str, times: int = 3) -> str:
    return f"<p>{prose(language, mark, times)}</p>"


def quotation(language: str, *marks: str) -> str:
    return f"<blockquote>{''.join(paragraph(language, mark, 2) for mark in marks)}</blockquote>"


def section(language: str, mark: str, inside: str) -> str:
    return f"<section><h2>{mark} {SENTENCES[language].strip()[:9]}</h2>{inside}</section>"


def notes(language: str, count: int, number: int = 7) -> tuple[str, str]:
    """Return a paragraph that calls `count` notes, and the notes: N01, N02 ..."""
    stem = f"wr{number:03}-{language}"
    calls = "".join(f"{SENTENCES[language]}{call(n, stem=stem)}" for n in range(1, count + 1))
    items = (
        note(n, prose(language, f"N{n:02}", 1 + n % 2), stem=stem) for n in range(1, count + 1)
    )
    return (f"<p>{'P99'}{calls}</p>" if count else ""), "".join(items)


def edition(language: str, *, times: float = 1, count: int = 3, lead: int = 0) -> Element:
    """Return an edition with every kind of block; `times` longer, after `lead` lines or so."""
    lengths = [max(round(length * times), 1) for length in LENGTHS]
    plain = [paragraph(language, f"P{n:02}", length) for n, length in enumerate(lengths)]
    calls, listed = notes(language, count)
    body = "".join(paragraph(language, f"L{n:02}", 1) for n in range(lead))
    body += "".join(plain[:3]) + section(
        language, "H01", plain[3] + quotation(language, "Q01", "Q02") + "".join(plain[4:7])
    )
    body += section(language, "H02", "".join(plain[7:]) + quotation(language, "Q03") + calls)
    return article(body, listed, language=language, headline=prose(language, "T00", 1))


def pressed(left: Element, right: Element, *, quiet: bool = True, **facts: Any) -> Compiled:
    """Return the facing pages of two articles; nothing may be told where `quiet`."""
    told: list[Diagnostic] = []
    compiled = facing.press((left, right), work([left], **facts), Styles(), told.append)
    assert not quiet or told == []
    assert compiled.facts.pages % 2 == 0
    return compiled


@cache
def sample(size: str, languages: str = "en ja", **facts: Any) -> Compiled:
    left, right = languages.split()
    return pressed(edition(left, **facts), edition(right, **facts), trim=size)


def places(data: bytes) -> tuple[dict[str, tuple[int, float]], dict[str, tuple[int, float]]]:
    """Return where each mark stands on left pages and on right ones: number of the spread, base.

    A mark that stands twice in one language is a fault.
    """
    found: tuple[dict[str, tuple[int, float]], ...] = ({}, {})
    for number, page in enumerate(pdfium.read(data).pages):
        for run in page.runs:
            match = re.match(r"[HLNPQT]\d\d", run.text)
            if match and not run.artifact:
                assert match[0] not in found[number % 2], f"{match[0]} stands twice"
                found[number % 2][match[0]] = (number // 2, run.base)
    return found[0], found[1]


def assert_level(data: bytes, alone: Sequence[str] = ()) -> None:
    """Hold each pair to one spread and one base line; `alone` are marks of one side only."""
    left, right = places(data)
    assert set(left) ^ set(right) == set(alone)
    for mark in set(left) & set(right):
        assert left[mark][0] == right[mark][0], f"{mark} stands on two spreads"
        assert abs(left[mark][1] - right[mark][1]) < PITCH, mark


def said(data: bytes, side: int) -> str:
    """Return the text of the left pages (0) or the right ones (1), line by line."""
    text = []
    for page in pdfium.read(data).pages[side::2]:
        runs = (run for run in page.runs if not run.artifact)
        ordered = sorted(runs, key=lambda run: (-round(run.base / 3), run.box.left))
        text += [run.text.strip().removesuffix("\x02").removesuffix("-") for run in ordered]
    return bare("".join(text))


def assert_whole(data: bytes, *articles: Element) -> None:
    """Hold both sides to their whole text, each block once, and to none of the other's."""
    for side, edition in enumerate(articles):
        text = said(data, side)
        for block in edition.iter("p", "h1", "h2"):
            own = Counter(bare("".join(p.itertext())) for p in edition.iter("p", "h1", "h2"))
            wanted = bare("".join(block.itertext())).replace("\u21a9", "")
            assert text.count(wanted) >= 1, wanted[:20]
            if re.match(r"[HNPQ]\d\d", wanted):
                assert text.count(wanted) == 1 == own[bare("".join(block.itertext()))]
        other = articles[1 - side].find(".//p[@class='date']")
        assert other is not None
        assert bare("".join(other.itertext())) not in text


@pytest.mark.parametrize("size", ["A5", "B5", "B6"])
@pytest.mark.parametrize("languages", ["en ja", "ko en"])
def test_what_faces_each_other_stands_on_one_line(size: str, languages: str) -> None:
    compiled = sample(size, languages)
    assert_level(compiled.data)
    assert_pdf(compiled.data)


@pytest.mark.parametrize("size", ["A5", "B5", "B6"])
def test_nothing_is_lost_and_nothing_stands_twice(size: str) -> None:
    assert_whole(sample(size).data, edition("en"), edition("ja"))


@pytest.mark.parametrize("times", [(1, 2), (2, 1)])
def test_one_language_may_be_twice_as_long(times: tuple[float, float]) -> None:
    left, right = edition("en", times=times[0]), edition("ja", times=times[1])
    data = pressed(left, right).data
    assert_level(data)
    assert_whole(data, left, right)
    longer = edition("en", times=2) if times[0] == 2 else edition("ja", times=2)
    alone = pressed(longer, longer_twin(longer)).facts.pages
    assert abs(pressed(left, right).facts.pages - alone) <= 2  # pages are filled: it sets the pace


def longer_twin(edition: Element) -> Element:
    """Return the same edition under other ids."""
    text = etree.tostring(edition, encoding="unicode")
    return etree.fromstring(text.replace("wr007", "wr008"))


@pytest.mark.parametrize("missing", ["P01", "P05", "Q02", "P09"])
def test_a_missing_paragraph_leaves_its_place_empty(missing: str) -> None:
    left, right = edition("en"), edition("ja")
    gone = next(p for p in right.iter("p") if (p.text or "").startswith(missing))
    gone.getparent().remove(gone)  # type: ignore[union-attr]
    data = pressed(left, right).data
    assert_whole(data, left, right)
    ours, theirs = places(data)
    assert set(ours) - set(theirs) == {missing}
    after = {"P01": "H01", "P05": "H02", "Q02": "P04", "P09": "P99"}[missing]
    for mark in ("T00", "P00", "H01", "H02", after, "N01", "N03"):
        assert ours[mark][0] == theirs[mark][0], mark
        assert abs(ours[mark][1] - theirs[mark][1]) < PITCH, mark


def test_a_pair_may_be_longer_than_a_page() -> None:
    left, right = (
        article(
            paragraph(tag, "P00", 2) + paragraph(tag, "P01", 70) + paragraph(tag, "P02"),
            language=tag,
        )
        for tag in ("en", "ja")
    )
    compiled = pressed(left, right)
    assert compiled.facts.pages >= 6
    assert_level(compiled.data)
    assert_whole(compiled.data, left, right)
    boxes = compiled.facts.boxes
    for number, page in enumerate(pdfium.read(compiled.data).pages[2:4], start=2):
        bases = [run.base for run in page.runs if not run.artifact]
        lead = Half(trim("A5"), "en", "ja").lead
        assert min(bases) - boxes[number][1] < lead, "the page is full"


@pytest.mark.parametrize("count", [0, 20])
def test_notes_face_each_other_number_by_number(count: int) -> None:
    data = sample("A5", count=count).data
    assert_level(data)
    assert_whole(data, edition("en", count=count), edition("ja", count=count))
    assert sum(mark.startswith("N") for mark in places(data)[0]) == count
    tree = tag_tree(data)
    assert tree.count(" Note ID=") == 2 * count
    assert tree.count("\n      L ") + tree.count("\n    L ") == 2 * bool(
        count
    )  # one list a language
    assert_pdf(data)


def test_a_note_that_one_language_lacks_leaves_its_place_empty() -> None:
    left, right = edition("en", count=6), edition("ja", count=6)
    gone = right.find(".//li[@value='4']")
    assert gone is not None
    gone.getparent().remove(gone)  # type: ignore[union-attr]
    right.xpath(".//a[@href='#wr007-ja-fn4']")[0].attrib.pop("href")
    assert_level(pressed(left, right).data, alone=["N04"])


def test_no_heading_is_left_behind_and_lines_keep_their_grid() -> None:
    """At any height of the page: a heading has lines of its section below it, in both languages."""
    lead = Half(trim("A5"), "en", "ja").lead
    for count in range(16):
        data = pressed(edition("en", count=0, lead=count), edition("ja", count=0, lead=count)).data
        assert_level(data)
        for side in places(data):
            assert side["H01"][0] == side["P03"][0], count
            assert side["H02"][0] == side["P07"][0], count
        heads = [max(run.base for run in spread) for spread in lines(data)[2::2]]
        assert max(heads) - min(heads) < 1, "text begins on the first line of each page"
        steps = [
            (heads[0] - base) / lead
            for mark, (spread, base) in places(data)[0].items()
            if spread and mark.startswith("P")
        ]
        assert all(abs(step - round(step)) < 0.05 for step in steps), (count, steps)


def lines(data: bytes) -> list[list[pdfium.Run]]:
    """Return the runs of each page that are of the text."""
    return [[run for run in page.runs if not run.artifact] for page in pdfium.read(data).pages]


def test_a_pair_begins_with_both_or_goes_overleaf() -> None:
    """Six lines can be broken after two, three lines cannot: they wait for each other."""
    for count in range(5):
        left, right = (
            article(
                "".join(f"<p>L{n:02} short</p>" for n in range(count))
                + "".join(paragraph(tag, f"P{n:02}", times) for n in range(20)),
                language=tag,
            )
            for tag, times in (("en", 4), ("ja", 2))
        )
        data = pressed(left, right).data
        assert {6, 3} <= {sum(lines) for lines in pieces(data)}, "the two lengths"
        assert_level(data)


def pieces(data: bytes) -> Iterator[list[int]]:
    """Yield how many lines each paragraph has on each of its pages."""
    for line in tag_tree(data).splitlines():
        text = line.strip()
        if re.match(r"'[LP]\d\d", text) and "P99" not in text:
            yield [part.count("' '") + 1 for part in re.split(r" p\d+:", text)]


def test_no_line_of_a_paragraph_is_alone_on_a_page() -> None:
    broken = 0
    for lead in (0, 1, 2, 5):
        left, right = edition("en", lead=lead), edition("ja", times=1.4, lead=lead)
        for lines in pieces(pressed(left, right).data):
            broken += len(lines) > 1
            assert min(lines) >= 2 or lines == [1], lines
    assert broken >= 8


def test_lines_of_one_grid_and_pages_that_hold_whole_lines() -> None:
    for size in TRIMS.values():
        for one in LANGUAGES:
            for two in LANGUAGES:
                left, right = Half(size, one, two), Half(size, two, one)
                assert left.lead == right.lead
                assert (left.top, left.lines) == (right.top, right.lines)
                assert abs(left.measure - right.measure) <= max(left.size, right.size) + 1e-6
                room = (size.height - left.top - left.bottom) * MM
                assert left.lines * left.lead < room < left.lines * left.lead + 0.1


def test_each_page_speaks_its_own_language() -> None:
    compiled = sample("A5")
    facts = compiled.facts
    assert facts.languages == ("en", "ja") * (facts.pages // 2)
    assert len(facts.boxes) == facts.pages
    for name, page in facts.anchors.items():
        assert facts.languages[page - 1] == name.split("-")[1]
    heads = [
        [run.text for run in page.runs if run.artifact] for page in pdfium.read(compiled.data).pages
    ]
    assert heads[0] == ["1"]
    assert heads[1] == ["2"]
    for number, head in enumerate(heads[2:], start=3):
        series, running = ("港灯通信", "T00") if number % 2 == 0 else ("Lantern Letters", "T00")
        assert head[0].startswith(series[:4]), head
        assert str(number) in head
        assert any(running in text or text in ("Notes", "注") for text in head)
    assert {"Notes", "注"} <= {text for head in heads for text in head}


def test_the_structure_is_one_language_after_the_other() -> None:
    lines = tag_tree(sample("A5").data).splitlines()
    tops = [line for line in lines if re.match(r"  \S", line)]
    assert tops == ["  Art", "  Art Lang='ja'"]
    second = lines.index("  Art Lang='ja'")
    assert not any(SENTENCES["ja"][:4] in line for line in lines[:second])
    assert not any(SENTENCES["en"][:9] in line for line in lines[second:])
    marks = re.findall(r"'([HLNPQ]\d\d)", "\n".join(lines))
    half = len(marks) // 2
    assert marks[:half] == marks[half:]
    assert marks[:half] == re.findall(r"[HNPQ]\d\d", etree.tostring(edition("en")).decode())


def test_the_outline_is_one_language_after_the_other() -> None:
    outline = pdfium.read(sample("A5").data).outline
    assert [(mark.title[:3], mark.depth) for mark in outline if mark.depth < 2] == [
        *(("T00", 0), ("H01", 1), ("H02", 1), ("Not", 1)),
        *(("T00", 0), ("H01", 1), ("H02", 1), ("注", 1)),
    ]
    sides = [mark.spot.page % 2 for mark in outline if mark.spot]
    assert sides == [0] * 4 + [1] * 4


def test_the_bytes_are_always_the_same() -> None:
    assert sample("A5").data == pressed(edition("en"), edition("ja")).data


def test_loose_pages_leave_folios_and_far_links_to_the_binder() -> None:
    left = edition("en")
    link = etree.SubElement(left.xpath(".//div/p")[0], "a", href="#wr001-en")
    link.text = "far"
    compiled = pressed(left, edition("ja"), loose=True)
    facts = compiled.facts
    assert len(facts.folios) == facts.pages
    assert all(facts.folios)
    pages = pdfium.read(compiled.data).pages
    assert not any(run.text.isdigit() for page in pages for run in page.runs if run.artifact)
    assert any(link.uri == "watchpress:wr001-en" for page in pages for link in page.links)
    assert all(facts.heights[name] > 0 for name in facts.anchors)


def test_a_draft_has_the_lines_of_the_copy_in_the_margin_of_its_pages() -> None:
    compiled = pressed(edition("en"), edition("ja"), profile="draft")
    assert_pdf(compiled.data, tagged=False)
    pages = pdfium.read(compiled.data).pages
    for page, box in zip(pages, compiled.facts.boxes, strict=True):
        hung = [run for run in page.runs if run.text.isdigit() and abs(run.size - 7) < 0.1]
        assert all(0 < run.box.left < run.box.right < box[0] for run in hung)
    assert any(run.text == "3" and abs(run.size - 7) < 0.1 for run in pages[0].runs)


def test_a_report_may_have_tables_and_pictures_of_its_own() -> None:
    cells = "".join(
        f"<tr><th scope='row'>R{n:02}</th><td>{n}</td><td>x</td></tr>" for n in range(40)
    )
    picture = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    extra = (
        f"<table><tbody>{cells}</tbody></table>"
        f'<figure><img alt="A lamp" src="{picture.replace("<", "&lt;")}"/></figure>'
    )
    left, right = (
        article(
            paragraph(tag, "P01", 8) + extra + section(tag, "H01", paragraph(tag, "P02")),
            language=tag,
        )
        for tag in ("en", "ja")
    )
    data = pressed(left, right).data
    assert_level(data)
    assert_pdf(data)
    for side in (0, 1):
        found = re.findall(r"R\d\d", said(data, side))
        assert found == [f"R{n:02}" for n in range(40)]
    assert [tag_tree(data).count(f"{role}\n") for role in ("Table", "TR")] == [2, 80]


def test_the_smallest_trim_holds() -> None:
    left, right = edition("en", count=20), edition("ja", times=1.5, count=20)
    data = pressed(left, right, trim="90x100").data
    assert_whole(data, left, right)
    assert_pdf(data)


@pytest.mark.parametrize("number", ["041", "042"])
@pytest.mark.parametrize("size", ["A5", "B5"])
def test_the_proof_holds_for_all_left_pages_and_all_right_ones(number: str, size: str) -> None:
    told: list[Diagnostic] = []
    sources = [Source(REPORTS / tag / f"{number}.txt") for tag in ("en", "ja")]
    one, two = (build.report(source, told.append).report for source in sources)
    told.clear()
    job = Work((one, two), "Facing", tree.language(one), 1_950_000_000, trim(size))
    compiled = facing.compile((one, two), job, Styles(), told.append)
    languages = compiled.facts.languages
    order = sorted(range(compiled.facts.pages), key=lambda page: languages[page] != languages[0])
    with pikepdf.open(BytesIO(compiled.data)) as pdf:
        leaves = list(pdf.Root.Pages.Kids)
        pdf.Root.Pages.Kids = pikepdf.Array([leaves[place] for place in order])
        out = BytesIO()
        pdf.save(out)
    areas = [compiled.facts.boxes[place] for place in order]
    verdict.check(Subject(out.getvalue(), "pdf", "facing.pdf", (one, two), areas), told.append)
    assert told == []
    assert_pdf(compiled.data)


# -- what of WeasyPrint is replaced ---------------------------------------------------------------


def test_cells_are_laid_out_by_our_rules_and_only_while_they_are_asked_for() -> None:
    engine.load()
    from weasyprint.layout import block

    from watchpress.backends.pdf.facingpages import Grid

    theirs = block.block_container_layout
    seen: list[str] = []

    class Spy(Grid):
        def cell(self, theirs: Any, *args: Any, **named: Any) -> Any:
            seen.append(type(args[1]).__name__)
            return super().cell(theirs, *args, **named)

    import weasyprint

    page = "<div class='side' style='display: table-cell'><p>a</p></div>"
    with Spy(0, 20).installed():
        weasyprint.HTML(string=page).render()
    assert "TableCellBox" in seen
    assert block.block_container_layout is theirs


# -- rows -----------------------------------------------------------------------------------------


def heads(left: str, right: str) -> list[tuple[str, str]]:
    """Return the marks of each pair of two bodies, `-` for nothing."""
    pairs = facingrows.matched(article(left), article(right, language="ja"))
    found = [
        tuple("+".join("".join(b.itertext()).strip()[:3] for b in side) or "-" for side in pair)
        for pair in pairs
    ]
    return [(one, two) for one, two in found if re.match(r"[HPQ]", one + two) or "-" in (one, two)]


def test_quotations_are_paired_paragraph_by_paragraph() -> None:
    left = paragraph("en", "P01") + quotation("en", "Q01", "Q02")
    right = paragraph("ja", "P01") + quotation("ja", "Q01", "Q02")
    assert heads(left, right) == [("P01", "P01"), ("Q01", "Q01"), ("Q02", "Q02")]
    assert heads(left, paragraph("ja", "P01") + quotation("ja", "Q01")) == [
        ("P01", "P01"),
        ("Q01", "Q01"),
    ]


def test_a_row_knows_what_begins_and_ends_in_it() -> None:
    body = section("en", "H01", paragraph("en", "P01") + quotation("en", "Q01"))
    rows = facingrows.table(article(body), article(body, language="ja"))
    classes = [str(row.get("class")).split() for row in rows]
    assert {"heading", "begin-body", "begin-section"} <= set(classes[-3])
    assert {"begin-quote", "end-quote", "end-body", "end-section"} <= set(classes[-1])


def test_copies_have_one_id_and_the_siblings_that_rules_ask_for() -> None:
    body = paragraph("en", "P01") + paragraph("en", "P02")
    rows = facingrows.table(article(body), article(body, language="ja"))
    ids = [node.get("id") for node in rows.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    second = rows[-1][0].xpath(".//p[not(@style)]")[0]
    before = second.getprevious()
    assert before is not None
    assert (before.tag, before.get("style"), before.text) == ("p", "display: none", None)


def test_facing_pages_that_want_to_be_seen_through_are_painted_in_full(tmp_path: Path) -> None:
    sheet = Styles().text("facing.css") + "h1 { opacity: .5 }\n"
    (tmp_path / "facing.css").write_text(sheet, "utf-8")
    left, right = edition("en"), edition("ja")
    told: list[Diagnostic] = []
    made = facing.press((left, right), work([left]), Styles(tmp_path), told.append)
    assert [one.code for one in told] == ["F104"]
    assert "opacity" in told[0].say()
    assert_pdf(made.data)


def test_notes_face_each_other_by_their_place_in_the_report() -> None:
    """Numbers that go on through a volume differ where one language has more notes before."""

    def listed(tag: str, *numbers: int) -> Element:
        notes = "".join(
            f'<li id="wr040-{tag}-fn{place}" value="{number}"><p>N{number}</p></li>'
            for place, number in enumerate(numbers, 1)
        )
        head = f'<h2 id="wr040-{tag}-notes">Notes</h2>'
        return etree.fromstring(
            f'<article><section role="doc-endnotes" class="endnotes">{head}<ol>{notes}</ol>'
            "</section></article>"
        )

    pairs = facingrows.matched(listed("en", 98, 99), listed("ja", 82))
    texts = [["".join(b.itertext()) for side in pair for b in side] for pair in pairs]
    assert texts == [["Notes", "Notes"], ["N98", "N82"], ["N99"]]


@pytest.mark.parametrize("size", ["B6", "A5"])
def test_a_table_that_is_too_wide_is_set_smaller(size: str) -> None:
    words = ("Demilitarization", "Recommendation", "Acknowledgement", "Administration") * 2
    cells = "".join(f"<td>{word}</td>" for word in words)
    table = f'<figure class="table"><table><tbody><tr>{cells}</tr></tbody></table></figure>'
    left, right = (
        article(paragraph(tag, "P01") + table + paragraph(tag, "P02"), language=tag)
        for tag in ("en", "ja")
    )
    made = pressed(left, right, trim=size)
    tables = [(page, one) for page in made.facts.galley.pages for one in page.things]
    assert len(tables) == 2
    assert all(thing.box.right <= page.area.right + 0.5 for page, thing in tables)
    for side in (0, 1):
        assert [said(made.data, side).count(start) for start in ("Recom", "Acknow")] == [2, 2]
