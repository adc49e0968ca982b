"""Note numbers in a volume, and mentions of notes: "see note 5" leads where it says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from products import assert_pdf, tag_tree
from watchpress.build import report as build
from watchpress.build.verdict import prove
from watchpress.catalog import Book, Entry, Source, Volume, trim
from watchpress.checks.proof.expected import expected
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model import ledger, schema, tree
from watchpress.model.tree import STAGE, Element
from watchpress.tools import container
from watchpress.transforms import mentions, notes
from watchpress.volume import numbers
from watchpress.xhtml.article import article

FORM = """\
<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
  xml:lang="{language}" article-type="research-article" dtd-version="1.1"
  wp:source="{number}.{language}.txt" wp:stage="read" wp:form="[1]">
<front><journal-meta><journal-id journal-id-type="publisher-id">wr</journal-id>
<journal-title-group><journal-title>Tide Notes</journal-title></journal-title-group><issn/>
</journal-meta><article-meta>
<article-id pub-id-type="publisher-id">wr{number:03d}-{language}</article-id>
<title-group><article-title wp:at="1:1">The Ferry</article-title></title-group>
<pub-date date-type="issued" iso-8601-date="2031-04-02"><day>2</day><month>4</month
><year>2031</year></pub-date><issue>{number}</issue></article-meta></front>
<body><p id="wr{number:03d}-{language}-p1" wp:at="2:1">{body}</p></body>{back}</article>"""


def report(
    number: int, language: str, calls: Sequence[int], listed: Sequence[tuple[int, str]]
) -> Element:
    """Return a report, notes tied, that calls these numbers and lists these notes with texts."""
    stem = f"wr{number:03d}-{language}"
    body = "Text" + "".join(
        f'<xref ref-type="fn" id="{stem}-r{k}" wp:at="2:{k + 5}" wp:as="[{label}]">{label}</xref>.'
        for k, label in enumerate(calls, 1)
    )
    items = "".join(
        f'<fn id="{stem}-fn{k}" wp:at="{k + 3}:1"><label>{label}</label>'
        f'<p wp:at="{k + 3}:5">{text}</p></fn>'
        for k, (label, text) in enumerate(listed, 1)
    )
    back = f"<back><fn-group>{items}</fn-group></back>" if items else ""
    text = FORM.format(number=number, language=language, body=body, back=back)
    made = tree.parse(text.encode(), "made.xml")
    for apply in (notes.apply, mentions.apply):
        apply(made, lambda finding: None)
    return made


def volume(entries: Sequence[Entry], languages: tuple[str, ...], **more: Any) -> Volume:
    book = Book(name="2031", title=dict.fromkeys(languages, "The Year"))
    return Volume(book, languages, tuple(entries), epoch=0, **more)


def found(one: Element) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    mentions.apply(one, told.append)
    return told


# -- Mentions --------------------------------------------------------------------------------------


def mentioned(text: str, count: int = 9) -> list[str]:
    """Return the numbers in the text of a note that lead to a note; the text must not change."""
    listed = [(1, text), *((label, "A") for label in range(2, count + 1))]
    made = report(7, "en", [], listed)
    first = made.find("back/fn-group/fn")
    assert first is not None
    bare = etree.fromstring(f"<p>{text}</p>")
    assert tree.text(first).removeprefix("1") == tree.text(bare)
    for xref in ledger.mentions(first):
        assert xref.get("rid") == f"wr007-en-fn{ledger.value(tree.text(xref))}"
    return [tree.text(xref) for xref in ledger.mentions(first)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See note 5.", "5"),
        ("Orr, Bells, see also note 5, p.12", "5"),
        ("note 5 above", "5"),
        ("Orr (supra note 5), 30", "5"),
        ("see notes 3 and 5", "3 5"),
        ("see notes 3, 4 and note 5", "3 4 5"),
        ("cf. nn. 3–5 below", "3 5"),
        ("as quoted in footnote 4", "4"),
        ("see [5] and [２]", "5 ２"),
        ("see <italic>note</italic> 5", "5"),
        ("see <italic>note 5</italic>", "5"),
        ("<mixed-citation>“A,” see note 5</mixed-citation>, and note 2 above", "5 2"),
        ("前掲注5", "5"),
        ("前掲（注5）、12頁", "5"),
        ("前の注5", "5"),
        ("注5参照", "5"),
        ("注５を参照", "５"),
        ("注3、注5および注6を参照", "3 5 6"),
        ("注5に同じ", "5"),
        ("注5の文献を参照", "5"),
        ("注（5）", "5"),
        ("주 5 참조", "5"),
        ("주 3, 5를 참조", "3 5"),
        ("앞의 주 5", "5"),
        ("앞의 각주 3과 5", "3 5"),
        # what only looks like it
        ("see note 5 of the Agreement", ""),
        ("see notes 3 and 5 of the Agreement", ""),
        ("The ministry sent Note 5 on Monday", ""),
        ("see Notes and Queries 5", ""),
        ("see note 1234", ""),
        ("see Article 5, pp.2-4 [2021] [sic]", ""),
        ("note 5", ""),
        ("監視報告No.6の注5参照", ""),
        ("同書、注5参照", ""),
        ("受注5件を参照", ""),
        ("5号の注5参照", ""),
        ("주 5일제 참고", ""),
        ("공주 5 참조", ""),
        ("5호의 주 5 참조", ""),
        (
            'A <ext-link ext-link-type="uri" xlink:href="https://a.example/see[5]" '
            'xmlns:xlink="http://www.w3.org/1999/xlink">https://a.example/see[5]</ext-link>',
            "",
        ),
    ],
)
def test_the_number_of_a_mention_leads_to_its_note(text: str, wanted: str) -> None:
    assert mentioned(text) == wanted.split()


def test_a_mention_of_no_note_is_told_at_its_place_and_left_as_it_is() -> None:
    made = report(7, "en", [], [(1, "See notes 2 and 14, and [15].")])
    assert [(str(f.place), f.code, dict(f.facts)["number"]) for f in found(made)] == [
        ("7.en.txt:4:15", "N108", "2"),
        ("7.en.txt:4:21", "N108", "14"),
        ("7.en.txt:4:30", "N108", "15"),
    ]
    assert list(ledger.mentions(made)) == []


def test_the_body_mentions_notes_too_but_its_quotations_have_their_own() -> None:
    text = FORM.format(
        number=7,
        language="en",
        body="A (see note 1) [1].</p><disp-quote id='wr007-en-q1' wp:at='3:1'><p "
        "id='wr007-en-p2' wp:at='3:2'>“B (see note 1).”</p></disp-quote><p "
        "id='wr007-en-p3' wp:at='4:1'>C",
        back="<back><fn-group><fn id='wr007-en-fn1' wp:at='5:1'><label>1</label><p>D</p></fn>"
        "</fn-group></back>",
    )
    made = tree.parse(text.encode(), "made.xml")
    assert found(made) == []
    (xref,) = ledger.mentions(made)
    assert (tree.text(xref), tree.place(xref).column) == ("1", 13)


def test_a_second_time_changes_nothing_and_tells_the_same() -> None:
    made = report(7, "en", [1], [(1, "See notes 2 and 9; <mixed-citation>cf. [2]</mixed-citation>"),
                                 (2, "앞의 주 1")])  # fmt: skip
    before = tree.serialize(made)
    told: list[Diagnostic] = []
    assert schema.validate(made, told.append), told
    assert [f.code for f in found(made)] == ["N108"]
    assert tree.serialize(made) == before
    (note,) = made.iterfind(".//fn[@id='wr007-en-fn2']")
    note.find("label").text = "3"  # type: ignore[union-attr]
    assert [dict(f.facts)["number"] for f in found(made)] == ["2", "9", "2"]
    assert [xref.get("rid") for xref in ledger.mentions(made)] == [None, None, "wr007-en-fn1"]


def test_numbers_of_a_volume_are_taken_away_when_a_report_is_read_again() -> None:
    made = report(7, "en", [1], [(1, "See note 1.")])
    numbered, _ = numbers.number(volume([Entry(7, {"en": made})], ("en",), numbering="continuous"))
    again = numbered.entries[0].reports[0]
    notes.apply(again, lambda finding: None)
    assert not [one for one in again.iter() if one.get(ledger.N)]


# -- Volumes ---------------------------------------------------------------------------------------

LANGUAGES = ("en", "ja", "ko")


@st.composite
def volumes(draw: Any) -> Volume:
    languages = LANGUAGES[: draw(st.integers(1, 3))]
    entries = []
    for number in range(1, draw(st.integers(1, 40)) + 1):
        editions: dict[str, Element | None] = {}
        for language in languages:
            present = draw(st.booleans()) or draw(st.booleans())
            editions[language] = _edition(draw, number, language) if present else None
        entries.append(Entry(number, editions))
    numbering = draw(st.sampled_from(("continuous", "restart")))
    return volume(entries, languages, numbering=numbering)


def _edition(draw: Any, number: int, language: str) -> Element:
    count = draw(st.integers(0, 30))
    labels = list(range(1, count + 1))
    if count > 2 and draw(st.booleans()):
        labels[draw(st.integers(0, count - 1))] = draw(st.integers(1, count))  # twice, and a gap
    calls = draw(st.lists(st.integers(1, count + 2), max_size=12))
    sees = draw(st.integers(0, count + 2))
    return report(number, language, calls, [(label, f"See note {sees}.") for label in labels])


def _shown(one: Element) -> dict[str, str]:
    """Return what a report prints: id of each call, mention or note -> its number or flag."""
    shown = {}
    made = article(one)
    for element in made.iter("a", "span", "li"):
        kind = element.get("class", "").split()
        if element.tag == "li" and element.get("value"):
            shown[str(element.get("id"))] = str(element.get("value"))
            for back in element.iterfind(".//a[@class='backlink']"):
                said = re.findall(r"\d+", str(back.get("aria-label")))
                assert said[0] == element.get("value")
        elif "noteref" in kind or "mention" in kind:
            shown[str(element.get("id"))] = "".join(element.itertext())
    return shown


def _expects(one: Element) -> dict[str, str]:
    """Return what the proof expects of a report: id of each note -> number, place of calls."""
    return {block.note: block.number for block in expected(one, "epub") if block.note}


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(volumes())
def test_no_number_ever_collides(given_: Volume) -> None:
    before = [tree.serialize(one) for entry in given_.entries for one in entry.reports]
    made, rows = numbers.number(given_)
    assert [tree.serialize(one) for entry in given_.entries for one in entry.reports] == before
    printed = {row.id: row.new for row in rows}
    assert len(printed) == len(rows), "each note of the volume stands in the map once"
    for entry, source in zip(made.entries, given_.entries, strict=True):
        for one, original in zip(entry.reports, source.reports, strict=True):
            _holds(one, original, printed)
    for language in made.languages:
        counted = [int(row.new) for row in rows if row.language == language]
        if made.numbering == "continuous":
            assert counted == list(range(1, len(counted) + 1))
    listed = {str(note.get("id")): note.findtext("label") for entry in given_.entries
              for one in entry.reports for note in tree.notes(one)}  # fmt: skip
    assert {row.id: row.old for row in rows} == listed


def _holds(one: Element, original: Element, printed: dict[str, str]) -> None:
    """Hold one report of a volume to the map: calls, mentions and notes say one number."""
    shown = _shown(one)
    assert _expects(one) == {str(note.get("id")): shown[str(note.get("id"))]
                             for note in tree.notes(one)}  # fmt: skip
    for note in tree.notes(one):
        assert shown[str(note.get("id"))] == printed[str(note.get("id"))]
    theirs = {str(xref.get("id")): xref for xref in original.iter("xref")}
    for xref in one.iter("xref"):
        before = theirs[str(xref.get("id"))]
        assert (xref.get("rid"), xref.text) == (before.get("rid"), before.text)
        if xref.get("rid"):
            assert shown[str(xref.get("id"))] == printed[str(xref.get("rid"))]
        else:
            assert shown[str(xref.get("id"))] == f"[{xref.text}?]"


def test_restart_leaves_the_volume_as_it_is_and_still_gives_the_map() -> None:
    given_ = volume([Entry(7, {"en": report(7, "en", [1], [(1, "A"), (2, "B")])})], ("en",))
    made, rows = numbers.number(given_)
    assert made is given_
    assert [(row.old, row.new) for row in rows] == [("1", "1"), ("2", "2")]


def test_continuous_counts_each_language_and_passes_over_what_is_missing() -> None:
    entries = [
        Entry(7, {"en": report(7, "en", [1], [(1, "A"), (2, "See note 1.")]), "ja": None}),
        Entry(8, {"en": report(8, "en", [2, 9], [(2, "A"), (2, "See note 2.")]),
                  "ja": report(8, "ja", [1], [(1, "A")])}),
    ]  # fmt: skip
    made, rows = numbers.number(volume(entries, ("en", "ja"), numbering="continuous"))
    assert rows == (
        numbers.Renumbered(7, "en", "1", "1", "wr007-en-fn1"),
        numbers.Renumbered(7, "en", "2", "2", "wr007-en-fn2"),
        numbers.Renumbered(8, "en", "2", "3", "wr008-en-fn1"),
        numbers.Renumbered(8, "en", "2", "4", "wr008-en-fn2"),
        numbers.Renumbered(8, "ja", "1", "1", "wr008-ja-fn1"),
    )
    second = made.entries[1].editions["en"]
    assert second is not None
    assert _shown(second) == {
        "wr008-en-r1": "3", "wr008-en-r2": "[9?]", "wr008-en-fn1": "3", "wr008-en-fn2": "4",
        "wr008-en-m1": "3",
    }  # fmt: skip
    assert "[4?]" in "".join(article(second).itertext()), "a flag shows the number of the volume"


def test_the_map_as_csv_and_json() -> None:
    rows = [numbers.Renumbered(7, "ja", "注1", "12", "wr007-ja-fn1")]
    text = numbers.csv(rows)
    assert text.endswith("\r\n")
    assert list(csv.DictReader(io.StringIO(text))) == [
        {"number": "7", "language": "ja", "old": "注1", "new": "12", "id": "wr007-ja-fn1"}
    ]
    assert json.loads(numbers.json(rows)) == [
        {"number": 7, "language": "ja", "old": "注1", "new": "12", "id": "wr007-ja-fn1"}
    ]
    assert numbers.json([]) == "[]\n"


# -- Products --------------------------------------------------------------------------------------

COPY = """\
Watch Report No.{number} Mar. 11, 2019
§The Quay {number}
The quay has been closed [1], and nobody says when it opens (see note 2) [2].
[1] “The Log,” Council, 2 May 2018; see note 2
[2] The mayor did not answer. She was abroad at the time, as note 1 above says.
"""


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> list[Element]:
    """Return two reports of a volume with notes 1 to 4, each mentioning notes of its own."""
    entries = []
    for number in (7, 8):
        path = tmp_path_factory.mktemp("copy") / f"{number}.txt"
        path.write_text(COPY.format(number=number), "utf-8")
        entries.append(Entry(number, {"en": read(path)}))
    made, _ = numbers.number(volume(entries, ("en",), numbering="continuous"))
    return [one for entry in made.entries for one in entry.reports]


def read(path: Path) -> Element:
    told: list[Diagnostic] = []
    one = build.report(Source(path), told.append).report
    assert told == []
    assert one.get(STAGE) == "set"
    return one


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_products_print_the_numbers_of_the_volume_and_pass_the_proof(
    kind: Any, numbered: list[Element]
) -> None:
    told: list[Diagnostic] = []
    work = build.work(numbered, trim=trim("A5"))
    data = build.product(kind, work, Styles(), told.append, name="x").data
    assert told == []
    if kind == "pdf":
        assert_pdf(data)
        lines = [line.strip() for line in tag_tree(data).splitlines() if "'Note 4'" in line]
        assert len(lines) == 3, "a call, a mention in the text, a mention in a note"
        assert all("'4'" in line and "-> wr008-en-fn2" in line for line in lines)
    else:
        page = next(d.root for d in container.read(data).documents if "wr008-en" in d.name)
        links = [
            (element.get("class"), "".join(element.itertext()), element.get("href"))
            for element in page.iter("{*}a")
            if element.get("class") in ("mention", "noteref")
        ]
        assert links == [
            ("noteref", "3", "#wr008-en-fn1"),
            ("mention", "4", "#wr008-en-fn2"),
            ("noteref", "4", "#wr008-en-fn2"),
            ("mention", "4", "#wr008-en-fn2"),
            ("mention", "3", "#wr008-en-fn1"),
        ]


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_the_proof_sees_a_mention_that_leads_astray(kind: Any, numbered: list[Element]) -> None:
    work = build.work(numbered[:1], trim=trim("A5"))
    data = build.product(kind, work, Styles(), lambda finding: None, proof=False).data
    for xref in ledger.mentions(numbered[0]):
        if xref.get("rid") == "wr007-en-fn2":  # the product leads to note 2, the XML to note 1
            xref.set("rid", "wr007-en-fn1")
    try:
        faults = prove(kind, data, work, "x")
    finally:
        mentions.apply(numbered[0], lambda finding: None)
    assert [fault.code for fault in faults] == ["L105", "L105"]
