"""The reader of plain copy: nothing lost, markers and notes found, by property tests."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from watchpress.build import report as build
from watchpress.catalog import Reading, Source
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.language import dates
from watchpress.language.scripts import detect
from watchpress.model import ledger, tree
from watchpress.readers.plain import reader
from watchpress.readers.plain.markers import addresses, leading, marks
from watchpress.transforms import notes, quotes

SEED = Path(__file__).parent.parent.parent / "shared" / "seed" / "watch-report-32.en.txt"
HEAD = "Watch Report No.7 Mar. 11, 2019\n§The Quay\n"


def read(text: str, **known: object) -> tuple[Reading, list[Diagnostic]]:
    found: list[Diagnostic] = []
    source = Source(Path("copy.txt"), **known)  # type: ignore[arg-type]
    reading = reader.read(source, found.append, text.encode())
    quotes.apply(reading.report, found.append)
    notes.apply(reading.report, found.append)
    return reading, found


# -- the loss account ---------------------------------------------------------------------------

WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Mn", "Me", "Mc")
    ),
    min_size=1,
    max_size=30,
)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "A sentence that ends here, with a note [1].",
            "It says as follows [2]:",
            "“A quotation that is whole” [2].",
            "“A quotation that is not closed",
            "[1] “A Title,” Source, 2 May 2019, and “B,” Source, 3 May 2019",
            "[2] https://example.org/a/b?c=[3]",
            "https://example.org/log",
            "[3]",
            "****",
            "(1) Short item",
            "Short Heading",
            "Watch Report No.8",
            " Watch Report No.8 Apr. 2, 2019 The Next One Is Cut Off He...",
            "Posted by admin",
            "Table 1. Boats",
            "Boat\tLength",
            "The first | 12",
            "[Figure 1: map.png]",
            "Alt: A map.",
            "(Ayako HARADA and Ken MORI)",
            "The boats wait. (Ayako HARADA)",
            "Jul 12, 2021",
            "§ Another sign",
            "[Watch Report 9] A Mirror",
            "To: The Mayor",
            "(Signed) The Group",
            "監視報告 No.8 2019年1月2日 次の報告...",
            "「引用である」［1］。",
            "か\u3099いこう",
            "[2] says that the log exists.",
            "[12a] A label that is none",
            "Watch Report No.7 2019 311 The Quay",
            "Watch Report No.7, 11 March 2019 § The Quay",
            "Watch Report No.8 said that the quay is closed.",
            "§",
            "Notes",
            "投稿者 管理人 時刻: 10:15",
            "© 2019 The Harbour Watch",
            "船は待っている。[2]（文責：原田綾子）",
            "The boats wait. (Ayako HARADA [1])",
            "1. A, 2018",
            "The quay is closed.1 The log is lost.2",
            "\u00a0\u3000 \t",
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=12), st.booleans())
def test_no_character_is_lost_and_no_copy_is_a_crash(lines: list[str], headed: bool) -> None:
    text = (HEAD if headed else "") + "\n".join(lines)
    found: list[Diagnostic] = []
    source = Source(Path("copy.txt"), "en", 7, None if headed else date(2019, 3, 11), None)
    try:
        reader.read(source, found.append, text.encode())
    except Fatal as fatal:
        found.append(fatal.diagnostic)
    assert not [finding for finding in found if finding.code == "R901"]


def test_the_account_finds_a_lost_letter() -> None:
    """The check itself must be able to fail: take a letter out of the XML behind its back."""
    from watchpress.readers.plain import account
    from watchpress.readers.plain.lines import Desk, lines

    text = HEAD + "The boats wait.\n"
    reading, _ = read(text)
    found: list[Diagnostic] = []
    desk = Desk("copy.txt", found.append)
    copy = lines(text, desk)
    desk.dropped.add((2, 1))  # the sign §
    account.account(reading.report, copy, desk)
    assert not found
    paragraph = reading.report.find("body/p")
    assert paragraph is not None
    paragraph.text = "The boat wait."
    account.account(reading.report, copy, desk)
    assert [(f.code, f.place.line, f.place.column) for f in found] == [("R901", 3, 9)]


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_white_space_makes_no_difference_to_the_body(words: list[str], random: object) -> None:
    plain = HEAD + "The boats wait.\n" + "\n".join(f"The {w} is here." for w in words)
    spaces = ["  ", "\u00a0", " \u00a0 ", "\t"]
    choice = random.choice  # type: ignore[attr-defined]
    wild = re.sub(" ", lambda _: choice(spaces), plain).replace("\n", " \n\n\u00a0")
    assert _bare(read(plain, language="en")[0]) == _bare(read(wild, language="en")[0])


def _bare(reading: Reading) -> str:
    body = reading.report.find("body")
    assert body is not None
    for element in body.iter():
        for name in [name for name in element.attrib if str(name).startswith(f"{{{tree.WP}}}")]:
            del element.attrib[name]
    return str(etree.tostring(body))


# -- markers and notes --------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(
        ["[{}]", "［{}］", "[注{}]", "[주{}]", "[각주:{}]", "【{}】", "〔注{}〕", "（注{}）"]
    ),
    st.integers(1, 25),
    st.data(),
)
def test_every_form_of_marker_finds_its_note(form: str, count: int, data: st.DataObject) -> None:
    called = data.draw(st.permutations(range(1, count + 1)))
    body = "\n".join(f"Sentence {n} stands here {form.format(n)}." for n in called)
    list_ = "\n".join(f"{form.format(n)} “Title {n},” Source, 2018" for n in range(1, count + 1))
    reading, found = read(f"{HEAD}{body}\n{list_}\n")
    entries = ledger.entries(reading.report)
    assert [entry.number for entry in entries] == list(range(1, count + 1))
    assert all(len(entry.cited) == 1 for entry in entries)
    assert [entry.text for entry in entries] == [
        f"“Title {n},” Source, 2018" for n in range(1, count + 1)
    ]
    by_line = {entry.cited[0].line: entry.number for entry in entries}
    assert [by_line[line] for line in sorted(by_line)] == list(called)
    assert not [finding for finding in found if finding.severity == "error"]


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 12), st.data())
def test_planted_faults_of_notes_are_found_with_code_and_line(
    count: int, data: st.DataObject
) -> None:
    numbers = list(range(1, count + 1))
    lost = data.draw(st.sets(st.sampled_from(numbers), max_size=3))
    unused = data.draw(st.sets(st.sampled_from(numbers), max_size=3)) - lost
    doubled = data.draw(st.sets(st.sampled_from(numbers), max_size=2)) - lost - unused
    body = [f"Sentence {n} is here{'' if n in unused else f' [{n}]'}." for n in numbers]
    listed = [n for n in numbers if n not in lost] + sorted(doubled)
    if not listed:
        return
    text = HEAD + "\n".join(body) + "\n" + "\n".join(f"[{n}] Source {n}, 2018" for n in listed)
    _, found = read(text)
    got = {(f.code, f.place.line) for f in found if f.severity == "error"}
    first = 3 + count
    want = {("N101", 2 + n) for n in lost}
    want |= {("N102", first + listed.index(n)) for n in unused}
    want |= {("N103", first + len(listed) - len(doubled) + k) for k in range(len(doubled))}
    assert got == want


@pytest.mark.parametrize(
    "text",
    [
        "[2021]", "[sic]", "[U.S.]", "[1989-2019]", "bleed[ing]", "[Note: see above]", "(1)",
        "(12)", "（3）", "(D)iplomacy", "[::1]", "[2001:db8::1]", "https://example.org/a?b[6]=1",
        "https://[::1]/x", "http://example.org/[6]/x", "[1.5]", "[12a]", "[a1]", "[]", "[ ]", "[1",
        "1]", "[注]", "[주]", "{1}", "<1>", "“1”", "No. [sic]", "[19 June]", "[p. 12]", "第[ ]条",
    ],
)  # fmt: skip
def test_what_is_no_marker(text: str) -> None:
    assert marks(text) == []
    assert leading(text) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://example.org/a.", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/a、次", "https://example.org/a"),
        ("「https://example.org/a」", "https://example.org/a"),
        ("https://example.org/a?b=c&d[0]=e#f", "https://example.org/a?b=c&d[0]=e#f"),
        ("https://example.org/a [3]", "https://example.org/a"),
    ],
)
def test_addresses_end_where_the_sentence_goes_on(text: str, url: str) -> None:
    assert [address.url for address in addresses(text)] == [url]


# -- the real report ----------------------------------------------------------------------------


@pytest.mark.skipif(not SEED.exists(), reason="the real report is not part of the repository")
def test_the_real_report_reads_as_a_careful_editor_reads_it() -> None:
    found: list[Diagnostic] = []
    reading = build.report(Source(SEED), found.append)
    report = reading.report
    quoted = report.findall("body//disp-quote")
    paragraphs = [p for p in report.iterfind("body//p") if p.getparent().tag != "disp-quote"]  # type: ignore[union-attr]
    assert (tree.number(report), tree.language(report)) == (32, "en")
    assert (tree.date(report), tree.date(report, "posted")) == ("2021-06-12", "2021-07-12")
    assert not tree.text(tree.headline(report)).startswith("§")
    assert (len(paragraphs), [len(quote) for quote in quoted]) == (23, [2, 1, 2, 1])
    assert len(tree.authors(report)) == 2
    assert not tree.text(paragraphs[-1]).endswith(")")
    entries = ledger.entries(report)
    assert [entry.number for entry in entries] == list(range(1, 11))
    assert len(list(tree.markers(report))) == 10
    assert {entry.state for entry in entries} == {"ok"}
    citations = [len(note.findall(".//mixed-citation")) for note in tree.notes(report)]
    assert citations[4:6] == [2, 2]
    assert [loss.line for loss in reading.losses if loss.code == "R301"] == [107, 109]
    places = [(f.code, f.place.line, f.place.column) for f in sorted(found)]
    assert places == [("R229", 80, 1), ("R226", 86, 55), ("R207", 88, 54), ("R301", 107, 1)]
    text = "".join(str(word) for word in report.itertext())
    assert all(word in text for word in ("June 2008", "Declamation"))


# -- dates and languages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Apr 23, 2019", "2019-04-23"), ("Mar. 11, 2019", "2019-03-11"),
        ("March 11, 2019", "2019-03-11"), ("11 March 2019", "2019-03-11"),
        ("June 12th, 2021", "2021-06-12"), ("Sept. 3, 2020", "2020-09-03"),
        ("2019/03/12", "2019-03-12"), ("2019-03-12", "2019-03-12"),
        ("2018年12月25日", "2018-12-25"), ("２０１８年１２月２５日", "2018-12-25"),
        ("令和3年6月12日", "2021-06-12"), ("令和元年5月1日", "2019-05-01"),
        ("平成30年12月25日", "2018-12-25"), ("2020년 10월 5일", "2020-10-05"),
        ("2020. 10. 5.", "2020-10-05"),
    ],
)  # fmt: skip
def test_dates(text: str, iso: str) -> None:
    found = dates.whole(text)
    assert found is not None
    assert str(found.value) == iso


@pytest.mark.parametrize("text", ["31 Feb 2021", "2021年2月30日", "2021-13-01"])
def test_impossible_dates_have_no_value(text: str) -> None:
    found = dates.whole(text)
    assert found is not None
    assert found.value is None


@pytest.mark.parametrize("text", ["12/06/2021", "2020 10 5", "June 2021", "630日", "1234567"])
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert dates.whole(text) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The quay is closed.", "en"), ("岸壁は閉鎖されている。", "ja"),
        ("부두는 닫혀 있다.", "ko"),
        ("The word 岸壁 (quay) is old.", "en"), ("NATOとEUは、G7の声明を支持した。", "ja"),
        ("岸壁", None), ("12 34", None), ("", None), ("北京 平壌 Pyongyang", None),
    ],
)  # fmt: skip
def test_language_by_script(text: str, tag: str | None) -> None:
    assert detect(text) == tag
