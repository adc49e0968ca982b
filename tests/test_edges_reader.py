"""Borders of reading as a whole: options and copy that disagree, credits, forms of marker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from edges import Listener
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.model import tree
from watchpress.model.tree import FORM, Element
from watchpress.readers.plain import assembly, reader
from watchpress.readers.plain.assembly import Parts

HEAD = "Watch Report No.7 Mar. 11, 2019\n§The Quay\n"
DAY = date(2019, 3, 11)


def read(text: str, **known: object) -> tuple[Element, list[Diagnostic]]:
    """Return the report of a copy, and what was told of it."""
    found: list[Diagnostic] = []
    source = Source(Path("copy.txt"), **{"language": "en", **known})  # type: ignore[arg-type]
    return reader.read(source, found.append, text.encode()).report, found


def told(text: str, **known: object) -> list[str]:
    """Return what is told of a copy, the reason why it cannot be read included."""
    found: list[Diagnostic] = []
    source = Source(Path("copy.txt"), **{"language": "en", **known})  # type: ignore[arg-type]
    try:
        reader.read(source, found.append, text.encode())
    except Fatal as fatal:
        found.append(fatal.diagnostic)
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in found]


BODY = "The boats wait, as they have waited since the spring of the year.\n"


@pytest.mark.parametrize(
    ("text", "known", "codes"),
    [
        (HEAD + BODY, {}, []),
        ("", {}, ["0:0 R106"]),
        (" \n", {}, ["0:0 R106"]),
        (HEAD + BODY, {"number": 7, "date": DAY}, []),
        (HEAD + BODY, {"number": 8}, ["1:1 R109"]),
        (HEAD + BODY, {"date": date(2019, 3, 12)}, ["1:19 R109"]),
        (BODY, {}, ["1:1 R101", "1:1 R102", "1:1 R104"]),
        (BODY, {"number": 7}, ["1:1 R102", "1:1 R104"]),
        (BODY, {"number": 7, "date": DAY}, ["1:1 R104"]),
        (BODY, {"number": 7, "date": DAY, "headline": "The Quay"}, []),
        (BODY, {"date": DAY, "headline": "The Quay"}, ["1:1 R101"]),
        ("Jul 12, 2021\nWatch Report No.7\n§The Quay\n" + BODY, {}, ["2:1 R102"]),
        ("Watch Report No.7 2019 3 11\n§The Quay\n" + BODY, {}, ["1:19 R105"]),
        ("Watch Report No.7\nWatch Report No.8 Mar. 11, 2019\n§The Quay\n" + BODY, {},
         ["2:1 R110"]),
        ("Watch Report No.7\nWatch Report No.8 Mar. 11, 2019\n§The Quay\n" + BODY,
         {"number": 8}, []),
        ("Watch Report No.7\nWatch Report No.8 Mar. 11, 2019\n§The Quay\n" + BODY,
         {"number": 7}, ["2:1 R109"]),
        (f"{HEAD}{BODY}(Ken MORI)\n", {}, []),
        (f"{HEAD}{BODY}(KEN MORI and AYA ABE)\n", {}, ["4:1 R112"]),
        (f"{HEAD}{BODY}(Ken Mori)\n", {}, ["4:1 R114"]),
        (f"{HEAD}{BODY}Aye [1]. Bee 【1】.\n[1] “So,” 2018\n", {}, ["4:14 R111"]),
        (f"{HEAD}{BODY}Aye [1]. Bee 【2】.\n[1] “So,” 2018\n", {}, []),
        (f"{HEAD}{BODY}Aye [1]. Bee [2].\n[1] “So,” 2018\n【2】 “No,” 2018\n", {},
         ["6:1 R111"]),
        (f"{HEAD}{BODY}Aye [1].\n[1] “So,” 2018\n[12a] “No,” 2018\n", {}, ["6:1 N110"]),
        (f"{HEAD}{BODY}Aye [1].\n[1] “So,” 2018\nBee\n", {}, ["6:1 R306"]),
        (f"{HEAD}{BODY}The log.1 The quay.2\n1. “So,” 2018\n2. “No,” 2018\n", {},
         ["5:1 N109"]),
        (f"{HEAD}{BODY}Aye [1].\n[1] “So,” 2018\nWatch Report No.8 Apr. 2, 2019 Quay\n", {},
         ["6:1 R301"]),
        (f"{HEAD}{BODY}Watch Report No.8 Apr. 2, 2019 Quay\n", {}, ["4:1 R305"]),
        (f"{HEAD}{BODY}Watch Report No.8 Apr. 2, 2019 Quay\n", {"series": "Quay Notes"},
         ["4:1 R305"]),  # the series that the copy names, whatever the volume calls it
        ("Watch Report No.7 Mar. 11, 2019\nThe Road\n" + BODY, {}, ["2:1 R107"]),
        ("Watch Report No.7 Mar. 11, 2019\nThe Road\n" + BODY, {"headline": "The Quay"}, []),
    ],
)  # fmt: skip
def test_what_is_told_of_a_whole_copy(
    text: str, known: dict[str, object], codes: list[str]
) -> None:
    assert told(text, **known) == codes


WAIT, AYE, NOTE = BODY.strip(), "Aye 1.", "“So,” 2018"


@pytest.mark.parametrize(
    ("text", "names", "body", "notes"),
    [
        (f"{BODY}(Ken MORI)", ["Ken MORI"], [WAIT], []),
        (f"{BODY}Bee.\nThe quay is closed. (Ken MORI)", ["Ken MORI"],
         [WAIT, "Bee.", "The quay is closed."], []),
        (f"(Ken MORI)\n{BODY}Bee.", ["Ken MORI"], [WAIT, "Bee."], []),
        (f"{BODY}Aye [1].\n[1] {NOTE}\n(Ken MORI)", ["Ken MORI"], [WAIT, AYE], [f"1{NOTE}"]),
        (f"{BODY}Aye [1].\n[1] {NOTE}\n[2] {NOTE}\n(Ken MORI)", ["Ken MORI"], [WAIT, AYE],
         [f"1{NOTE}", f"2{NOTE}"]),
        (f"{BODY}Aye [1].\n[1] {NOTE}\nBee\nCee", [], [WAIT, AYE], [f"1{NOTE}BeeCee"]),
        (f"{BODY}(Aya ABE)\n[1] {NOTE}\n(Ken MORI)", ["Aya ABE"], [WAIT],
         [f"1{NOTE}(Ken MORI)"]),
        (f"(Aya ABE)\n{BODY}(Ken MORI)", ["Ken MORI"], ["(Aya ABE)", WAIT], []),
        (f"{BODY}(Ken MORI)\n{BODY}", [], [WAIT, "(Ken MORI)", WAIT], []),
        (f"[1] {NOTE}\n(Ken MORI)", ["Ken MORI"], [], [f"1{NOTE}"]),
    ],
)  # fmt: skip
def test_where_a_credit_stands(
    text: str, names: list[str], body: list[str], notes: list[str]
) -> None:
    report, _ = read(HEAD + text)
    assert tree.authors(report) == names
    assert [tree.text(one) for one in report.iterfind("body/p")] == body
    assert [tree.text(one) for one in tree.notes(report)] == notes


@pytest.mark.parametrize(
    ("text", "forms", "calls"),
    [
        ("Aye [1]. Bee [2].\n[1] “So,” 2018\n[2] “No,” 2018", "[1]", ["1", "2"]),
        ("Aye 【1】. Bee [2]. Cee [3].", "[1]", ["2", "3"]),  # no notes: the commonest
        ("Aye 【1】. Bee [2].\n[2] “No,” 2018", "[1]", ["2"]),
        ("Aye 【2】. Bee [1].\n[2] “No,” 2018", "[1] 【1】", ["2", "1"]),
        ("Aye 【2】. Bee 【2】.\n[2] “No,” 2018", "[1] 【1】", ["2", "2"]),
        ("Aye.", None, []),
    ],
)
def test_which_forms_are_markers(text: str, forms: str | None, calls: list[str]) -> None:
    report, _ = read(HEAD + BODY + text)
    assert report.get(FORM) == forms
    assert [tree.text(one) for one in tree.markers(report)] == calls


def test_a_headline_calls_notes_where_it_is_the_copys_own() -> None:
    text = "Watch Report No.7 Mar. 11, 2019\n§The Quay [1]\nAye.\n[1] “So,” 2018\n"
    assert len(list(tree.markers(read(text)[0]))) == 1
    assert not list(tree.markers(read(text, headline="The Quay [1]")[0]))


def test_both_sides_of_a_disagreement_are_told() -> None:
    _, (number,) = read(HEAD + BODY, number=8)
    assert dict(number.facts) == {"option": "--number", "given": "8", "copy": "7"}
    _, (day,) = read(HEAD + BODY, date=date(2019, 3, 12))
    assert dict(day.facts) == {"option": "--date", "given": "2019-03-12", "copy": "2019-03-11"}


def test_the_language_is_found_where_no_option_says_it() -> None:
    report, _ = read("監視報告 No.7 2019年3月11日\n§港\n船は待っている。\n", language=None)
    assert tree.language(report) == "ja"


def test_options_say_what_the_copy_does_not() -> None:
    report, _ = read(BODY, number=9, date=DAY, headline="The Road", series="Quay Notes")
    assert (tree.number(report), tree.date(report)) == (9, "2019-03-11")
    assert (tree.series(report), tree.title(report)) == ("Quay Notes", "The Road")
    assert tree.series(read(BODY, number=9, date=DAY, headline="x")[0]) == "Watch Report"
    assert tree.series(read(HEAD.replace("Watch", "Quay") + BODY)[0]) == "Quay Report"


def test_the_words_for_the_heads_of_pages_are_kept() -> None:
    path = ".//alt-title[@alt-title-type='running-head']"
    assert read(HEAD + BODY, running="Quay")[0].findtext(path) == "Quay"
    assert read(HEAD + BODY)[0].find(path) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{BODY}The quay,it is closed.\n", ["4:5 R207"]),
        (f"{BODY}Aye [1].\n[1] “So,it,” 2018\n[Watch Report 8] A,bc\n", ["5:6 R207"]),
        (f"{BODY}Aye [1], no [2].\n[1] One.\n[2] “So,it,” 2018\n", ["6:6 R207"]),
        (f"{BODY}Aye [1].\n[1] One,\nhttps://a.example/one\nand so,it is.\n", ["7:5 R207"]),
        (f"{BODY}Watch Report No.8 Apr. 2, 2019 The quay,cut off...\n", []),
    ],
)
def test_damage_is_looked_for_in_the_report_alone(text: str, codes: list[str]) -> None:
    assert [one for one in told(HEAD + text) if "R207" in one] == codes


def test_findings_of_bytes_name_the_file() -> None:
    desk = Listener()
    with pytest.raises(Fatal) as caught:
        reader.read(Source(Path("copy.txt")), desk.tell, b"12 34\n")
    assert (caught.value.diagnostic.code, caught.value.diagnostic.place.file) == (
        "R103",
        "copy.txt",
    )


def test_what_was_left_out_is_listed_in_the_order_of_the_copy() -> None:
    source = Source(Path("copy.txt"), language="en")
    text = f"Home\nWatch Report No.7 Mar. 11, 2019\n§The Quay\u200b\n{BODY}Posted by Ken at 10:15\n"
    losses = reader.read(source, Listener().tell, text.encode()).losses
    assert [(loss.line, loss.column, loss.code) for loss in losses] == [
        (1, 1, "R302"),
        (3, 1, "R303"),
        (3, 10, "R310"),
        (5, 1, "R302"),
    ]


def test_what_gets_lost_on_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(parts: Parts) -> Element:
        report = assembly.assemble(parts)
        next(report.iterfind("body/p")).text = "The boats."
        return report

    monkeypatch.setattr(reader, "assemble", careless)
    assert told(HEAD + BODY) == ["3:11 R901"]
