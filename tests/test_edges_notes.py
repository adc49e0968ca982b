"""Borders of what is a marker, an address, a note, a source, and how notes and calls are tied."""

from __future__ import annotations

import pytest
from lxml import etree

from edges import Listener, copy, one
from watchpress.diagnostic import Diagnostic, Place
from watchpress.model import ledger
from watchpress.model.ledger import Entry, N
from watchpress.model.tree import AS, AT, HREF, SOURCE, STATE, Element
from watchpress.readers.plain.markers import COMPOUND, Mark, addresses, leading, marks
from watchpress.readers.plain.notes import notes, sources, unread
from watchpress.transforms import notes as transform

# -- markers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "form"),
    [
        ("[1]", "1", "[1]"),
        ("[123]", "123", "[1]"),
        ("[注1]", "注1", "[注1]"),
        ("[注 12]", "注 12", "[注 1]"),
        ("[註.1]", "註.1", "[註.1]"),
        ("[脚注: 1]", "脚注: 1", "[脚注: 1]"),
        ("[각주：1]", "각주：1", "[각주：1]"),
        ("[NOTE 7]", "NOTE 7", "[NOTE 1]"),
        ("[fn7]", "fn7", "[fn1]"),
        ("［１２］", "１２", "［１］"),
        ("［注１］", "注１", "［注１］"),
        ("【1】", "1", "【1】"),
        ("【주1】", "주1", "【주1】"),
        ("〔1〕", "1", "〔1〕"),
        ("〔注1〕", "注1", "〔注1〕"),
        ("(注1)", "注1", "(注1)"),
        ("（note 123）", "note 123", "（note 1）"),
    ],
)
def test_a_marker_its_label_and_its_form(text: str, label: str, form: str) -> None:
    end = len(text)
    assert marks(f"Quay{text}.") == [Mark(4, 4 + end, label, form)]
    assert leading(f"{text} Quay [2]") == Mark(0, end, label, form)
    assert leading(f" {text}") is None


@pytest.mark.parametrize(
    "text",
    ["(1)", "（12）", "[1234]", "［１２３４］", "【1234】", "〔1234〕", "(注1234)", "[]", "[注]",
     "[1 ]", "[ 1]", "[注  1]", "[注.:1]", "[1a]", "[1］", "[1, 2]"],
)  # fmt: skip
def test_what_is_no_marker(text: str) -> None:
    assert marks(f"Quay{text}.") == []
    assert leading(text) is None


def test_the_number_of_a_marker() -> None:
    assert [mark.number for mark in marks("[7] [注１２] (註: 3)")] == [7, 12, 3]


@pytest.mark.parametrize(
    ("text", "compound"),
    [
        ("[1,2]", True),
        ("[1 , 2]", True),
        ("[1, 2, 3]", True),
        ("[123-125]", True),
        ("[注1、2]", True),
        ("[注: 1～2]", True),
        ("(注1,2)", True),
        ("（note 1 , 2 , 3）", True),
        ("(1, 2)", False),
        ("[1]", False),
        ("(注1)", False),
        ("[1  2]", False),
        ("[1, 2018]", False),
        ("(注1, 2018)", False),
    ],
)
def test_one_bracket_for_several_notes(text: str, compound: bool) -> None:
    assert (COMPOUND.fullmatch(text) is not None) == compound
    found = marks(text)
    assert not (compound and found)


# -- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See http://quay.example/log now", [(4, 27, "http://quay.example/log")]),
        ("https://a.example and http://b.example",
         [(0, 17, "https://a.example"), (22, 38, "http://b.example")]),
        ("(http://a.example/log).", [(1, 21, "http://a.example/log")]),
        ("http://a.example/log!?;:,.'", [(0, 20, "http://a.example/log")]),
        ("http://a.example/(log)", [(0, 22, "http://a.example/(log)")]),
        ("http://a.example/(log))", [(0, 22, "http://a.example/(log)")]),
        ("http://a.example/((log)", [(0, 23, "http://a.example/((log)")]),
        ("http://a.example/(log).)", [(0, 22, "http://a.example/(log)")]),
        ("http://a.example/log>b", [(0, 20, "http://a.example/log")]),
        ("http://a.example/log[1]", [(0, 20, "http://a.example/log")]),
        ("http://a.example/log[1].", [(0, 20, "http://a.example/log")]),
        ("http://a.example/log[1]?x", [(0, 25, "http://a.example/log[1]?x")]),
        ("http://a.example/log[]x", [(0, 23, "http://a.example/log[]x")]),
        ("http://a.example/log[1].html", [(0, 28, "http://a.example/log[1].html")]),
        ("http://a.example/?[1]", [(0, 21, "http://a.example/?[1]")]),
        ("http://a.example/?x=[]", [(0, 22, "http://a.example/?x=[]")]),
        ("http://a.example/?x&[1]", [(0, 23, "http://a.example/?x&[1]")]),
        ("http://[::1]", [(0, 12, "http://[::1]")]),
        ("http://[2001:db8::1]/log", [(0, 24, "http://[2001:db8::1]/log")]),
        ("http://[]", []),
        ("http://", []),
        ("http://.", []),
        ("ftp://a.example", []),
        ("http://港", [(0, 8, "http://港")]),
        ("https://港.example/入口/log", [(0, 24, "https://港.example/入口/log")]),
        ("http://a.example/港", [(0, 18, "http://a.example/港")]),
        ("見よ http://a.example/港", [(3, 20, "http://a.example/")]),  # who knows where it ends
        ("http://a.example/港。", [(0, 17, "http://a.example/")]),
        ("http://a.example/港.", [(0, 18, "http://a.example/港")]),
    ],
)  # fmt: skip
def test_where_an_address_stands(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [(found.start, found.end, found.url) for found in addresses(text)] == expected


def test_a_bracket_in_an_address_is_no_marker_and_one_glued_to_it_is() -> None:
    assert marks("http://a.example/?x=[1]") == []
    assert [mark.start for mark in marks("http://a.example/log[1]")] == [20]
    assert [mark.start for mark in marks("[1]http://a.example/?x=[2] [3]")] == [0, 27]


# -- the note list --------------------------------------------------------------------------------


def listed(*texts: str) -> list[tuple[str, int, list[list[str]]]]:
    """Return the notes of a note list: label, line, and the lines of each paragraph."""
    return [
        (note.mark.label, note.first.number, [[line.text for line in p] for p in note.paragraphs])
        for note in notes(copy(*texts))
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["[1] Log."], [("1", 1, [["Log."]])]),
        (["[1]Log.", "[2] Map."], [("1", 1, [["Log."]]), ("2", 2, [["Map."]])]),
        (["[1]"], [("1", 1, [])]),
        (["[1]", "[2]"], [("1", 1, []), ("2", 2, [])]),
        (["[1] Log.", "More."], [("1", 1, [["Log."], ["More."]])]),
        (["[1] Log.", "http://a.example"], [("1", 1, [["Log.", "http://a.example"]])]),
        (["[1] Log.", "More.", "http://a.example", "http://b.example"],
         [("1", 1, [["Log."], ["More.", "http://a.example", "http://b.example"]])]),
        (["[1]", "http://a.example"], [("1", 1, [["http://a.example"]])]),
        (["[1]", "Log."], [("1", 1, [["Log."]])]),
        ([], []),
    ],
)  # fmt: skip
def test_which_lines_make_a_note(
    texts: list[str], expected: list[tuple[str, int, list[list[str]]]]
) -> None:
    assert listed(*texts) == expected


def test_the_text_of_a_note_keeps_its_columns() -> None:
    (note,) = notes(copy("[12]  Log."))
    (((line,),)) = note.paragraphs
    assert (line.at(), note.first.at(), note.mark.end) == ("1:7", "1:1", 4)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[12a] Log.", "[12a]"),
        ("[1a] Log.", "[1a]"),
        ("[1*] Log.", "[1*]"),
        ("[1’] Log.", "[1’]"),
        ("[1000] Log.", "[1000]"),
        ("[123456]", "[123456]"),
        ("[1-2]", "[1-2]"),
        ("[1-123]", "[1-123]"),
        ("[1.2]", "[1.2]"),
        ("[1.123]", "[1.123]"),
        ("【注: 1a】", "【注: 1a】"),
        ("［注1a］", "［注1a］"),
        ("〔脚注.1a〕", "〔脚注.1a〕"),
        ("[Note 1a]", "[Note 1a]"),
        ("[1499]", "[1499]"),
        ("[1500]", None),  # a year
        ("[2099]", None),
        ("[2019b]", None),
        ("[2019bc]", None),
        ("[2100]", "[2100]"),
        ("[1234567]", None),
        ("[1-1234]", None),
        ("[1.1234]", None),
        ("[1ab]", None),
        ("[1+]", None),
        ("[a]", None),
        ("[1] Log.", None),  # read
        ("[1, 2] Log.", None),  # told elsewhere
        ("Log [12a]", None),
        ("(12a)", None),
    ],
)
def test_a_label_that_is_not_read_is_told(text: str, label: str | None) -> None:
    desk = Listener()
    unread(copy("[1] Log.", text), desk)
    expected = [Diagnostic(Place("copy.txt", 2, 1), "N110", (("label", label),))] if label else []
    assert desk.found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sea Board, Log, 2019", ["Sea Board, Log, 2019"]),
        ("Sea Board, Log 2019.", None),  # a sentence
        ("日誌を見よ。", None),
        ("일지를 보라. 그러나", None),
        ("Sea Board, p.3", ["Sea Board, p.3"]),
        ("“The Log.” 2019.", ["“The Log.” 2019."]),
        ("「日誌」を見た。", ["「日誌」を見た。"]),
        ('"The Log." 2019.', ['"The Log." 2019.']),
        ("“A”, 2019, and “B”, 2020", ["“A”, 2019", "“B”, 2020"]),
        ("“A”, 2019 and “B”, 2020", ["“A”, 2019", "“B”, 2020"]),
        ("“A”, 2019; “B”, 2020;“C”", ["“A”, 2019", "“B”, 2020", "“C”"]),
        ("“A”, (2019), “B”", ["“A”, (2019)", "“B”"]),
        ("“A”, 12쪽, 및 “B”", ["“A”, 12쪽", "“B”"]),
        ("“A”, 12쪽, “B”", ["“A”, 12쪽", "“B”"]),
        ("「A」3日、「B」", ["「A」3日", "「B」"]),
        ("「A」3日、および「B」", ["「A」3日", "「B」"]),
        ("「A」3日；及び「B」", ["「A」3日", "「B」"]),
        ("「A」3日、ならびに「B」", ["「A」3日", "「B」"]),
        ("「A」3日および「B」", ["「A」3日", "「B」"]),
        ("“A”, “B”, 2020", ["“A”, “B”, 2020"]),  # the second is the paper that the first is in
        ("“A”, 2019, “and B", ["“A”, 2019", "“and B"]),
        ("“A”, 2019, and B", ["“A”, 2019, and B"]),
    ],
)
def test_the_sources_of_a_line(text: str, expected: list[str] | None) -> None:
    spans = sources(one(text), linked=False)
    found = None if spans is None else [text[start:end] for start, end in spans]
    assert found == expected


def test_a_sentence_with_an_address_below_it_is_a_source() -> None:
    assert sources(one("It is closed. So it is."), linked=True) == [(0, 23)]
    assert sources(one("It is closed. So it is."), linked=False) is None


# -- the ledger -----------------------------------------------------------------------------------

REPORT = """\
<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
 wp:source="copy.txt"><body><p wp:at="2:1">{body}</p></body>
<back><fn-group>{back}</fn-group></back></article>"""


def report(*calls: str, notes: tuple[str, ...] = ()) -> Element:
    """Return a report whose text calls these labels, and which has notes of these labels."""
    body = "".join(
        f'<xref ref-type="fn" wp:at="2:{n}" wp:as="[{label}]">{label}</xref>, '
        for n, label in enumerate(calls, 1)
    )
    back = "".join(
        f'<fn id="fn{n}" wp:at="{n + 2}:1"><label wp:at="{n + 2}:1" wp:as="[{label}]">{label}'
        f'</label><p wp:at="{n + 2}:5">Log  {n}.</p></fn>'
        for n, label in enumerate(notes, 1)
    )
    return etree.fromstring(REPORT.format(body=body, back=back))


def tied(*calls: str, notes: tuple[str, ...] = ()) -> tuple[Element, list[str]]:
    """Return such a report with its notes tied, and what was told."""
    made, told = report(*calls, notes=notes), list[Diagnostic]()
    transform.apply(made, told.append)
    return made, [
        " ".join([f"{d.place.line}:{d.place.column} {d.code}", *(f"{k}={v}" for k, v in d.facts)])
        for d in told
    ]


def states(report: Element) -> tuple[list[str], list[str]]:
    """Return state and note of each call, and the state of each note."""
    calls = [f"{one.get(STATE)} {one.get('rid', '-')}" for one in report.iter("xref")]
    return calls, [str(one.get(STATE)) for one in report.iter("fn")]


@pytest.mark.parametrize(
    ("label", "value", "printed"),
    [
        ("7", 7, "7"),
        ("７", 7, "7"),
        ("注12", 12, "12"),
        ("각주:7", 7, "7"),
        ("7, 8", 7, "7"),
        ("0", 0, "0"),
        ("007", 7, "7"),
        ("注", 0, "注"),
        ("", 0, ""),
    ],
)
def test_what_a_label_stands_for(label: str, value: int, printed: str) -> None:
    assert ledger.value(label) == value
    assert ledger.printed(label) == printed
    assert ledger.flag(label) == f"[{printed}?]"


def test_a_volume_prints_its_own_number_and_a_report_that_of_the_label() -> None:
    made = report("注7", notes=("注7",))
    (call,), (note,) = made.iter("xref"), made.iter("fn")
    assert (ledger.printed_of(call), ledger.printed_of(note)) == ("7", "7")
    call.set(N, "12")
    note[0].set(N, "13")
    assert (ledger.printed_of(call), ledger.printed_of(note)) == ("12", "13")
    assert ledger.printed_of(note[0]) == "13"


def test_a_note_is_faulty_that_nothing_calls_or_whose_number_is_taken() -> None:
    note = etree.Element("fn")
    told = {}
    for state in ("ok", "missing", "unused", "duplicate", "repeated", "out-of-order"):
        note.set(STATE, state)
        told[state] = ledger.faulty(note)
    assert [state for state, faulty in told.items() if faulty] == ["unused", "duplicate"]


def test_mentions_and_addresses_below_an_element() -> None:
    text = '<p><xref ref-type="fn">1</xref><b><xref ref-type="other">2</xref></b></p>'
    assert [one.text for one in ledger.mentions(etree.fromstring(text))] == ["2"]
    link = etree.Element("ext-link", {HREF: "http://a.example"})
    holder = etree.Element("p")
    holder.append(link)
    assert ledger.urls(holder) == ("http://a.example",)
    assert ledger.urls(link) == ("http://a.example",)
    assert ledger.urls(etree.Element("p")) == ()


def test_the_ledger_has_calls_without_a_note_where_their_number_stands() -> None:
    made, _ = tied("2", "1", "1", "9", "5", "2", "3", notes=("1", "3", "4"))
    place = [Place("copy.txt", 2, n) for n in range(8)]
    assert ledger.entries(made) == [
        Entry("1", "fn1", 1, "repeated", (place[2], place[3]), 3, "Log 1."),
        Entry("2", "", 2, "missing", (place[1], place[6]), 2, ""),
        Entry("3", "fn2", 3, "ok", (place[7],), 4, "Log 2."),
        Entry("4", "fn3", 4, "unused", (), 5, "Log 3."),
        Entry("5", "", 5, "missing", (place[5],), 2, ""),
        Entry("9", "", 9, "missing", (place[4],), 2, ""),
    ]


def test_a_call_without_a_note_has_the_line_of_its_first_place() -> None:
    made = report("1", "2", "1")
    made[0][0][2].set(AT, "7:3")
    assert [(entry.number, entry.line) for entry in ledger.entries(made)] == [(1, 2), (2, 2)]


def test_a_call_without_a_note_stands_behind_a_note_of_the_same_number() -> None:
    made = report("1", notes=("1", "2"))  # as it may be before the notes are tied
    assert [(entry.id, entry.number) for entry in ledger.entries(made)] == [
        ("fn1", 1), ("", 1), ("fn2", 2),
    ]  # fmt: skip


def test_an_entry_has_all_paragraphs_of_its_note_and_their_addresses() -> None:
    made, _ = tied("1", notes=("1",))
    (note,) = made.iter("fn")
    more = etree.SubElement(note, "p")
    etree.SubElement(more, "ext-link", {HREF: "http://a.example"}).text = "there"
    (entry,) = ledger.entries(made)
    assert (entry.text, entry.urls) == ("Log 1. there", ("http://a.example",))


def test_a_note_as_the_reader_leaves_it_is_in_order_and_may_lack_a_label() -> None:
    made = report(notes=("1",))
    (note,) = made.iter("fn")
    note.remove(note[0])
    assert ledger.entries(made) == [Entry("", "fn1", 0, "ok", (), 3, "Log 1.")]


# -- how they are tied ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calls", "notes", "expected", "told"),
    [
        (("1", "2"), ("1", "2"), (["ok fn1", "ok fn2"], ["ok", "ok"]), []),
        (("注1", "２"), ("1", "2"), (["ok fn1", "ok fn2"], ["ok", "ok"]), []),
        (("1", "3"), ("1",), (["ok fn1", "missing -"], ["ok"]), ["2:2 N101 marker=[3]"]),
        (("1",), ("1", "2"), (["ok fn1"], ["ok", "unused"]), ["4:1 N102 label=[2]"]),
        (("1",), ("1", "1"), (["ok fn1"], ["ok", "duplicate"]), ["4:1 N103 label=[1] line=3"]),
        (("1",), ("1", "1", "1"), (["ok fn1"], ["ok", "duplicate", "duplicate"]),
         ["4:1 N103 label=[1] line=3", "5:1 N103 label=[1] line=3"]),
        (("1", "1"), ("1",), (["ok fn1", "repeated fn1"], ["repeated"]),
         ["2:2 N104 column=1 line=2 marker=[1]"]),
        (("1", "1", "1"), ("1",), (["ok fn1", "repeated fn1", "repeated fn1"], ["repeated"]),
         ["2:2 N104 column=1 line=2 marker=[1]", "2:3 N104 column=1 line=2 marker=[1]"]),
        (("2", "1"), ("1", "2"), (["ok fn2", "out-of-order fn1"], ["out-of-order", "ok"]),
         ["2:2 N105 after=2 marker=[1]"]),
        (("3", "1", "2"), ("1", "2", "3"),
         (["ok fn3", "out-of-order fn1", "out-of-order fn2"],
          ["out-of-order", "out-of-order", "ok"]),
         ["2:2 N105 after=3 marker=[1]", "2:3 N105 after=3 marker=[2]"]),
        (("2", "1", "1"), ("1", "2"),
         (["ok fn2", "out-of-order fn1", "repeated fn1"], ["out-of-order", "ok"]),
         ["2:2 N105 after=2 marker=[1]", "2:3 N104 column=2 line=2 marker=[1]"]),
        (("1", "3"), ("1", "3"), (["ok fn1", "ok fn2"], ["ok", "ok"]),
         ["4:1 N106 expected=2 label=[3]"]),
        (("2", "3"), ("2", "3"), (["ok fn1", "ok fn2"], ["ok", "ok"]),
         ["3:1 N106 expected=1 label=[2]"]),
        (("1", "2", "3"), ("1", "3", "2"), (["ok fn1", "ok fn3", "ok fn2"], ["ok"] * 3),
         ["4:1 N106 expected=2 label=[3]", "5:1 N106 expected=4 label=[2]"]),
        (("0",), ("0",), (["ok fn1"], ["ok"]), ["3:1 N106 expected=1 label=[0]"]),
        ((), (), ([], []), []),
    ],
)  # fmt: skip
def test_calls_and_notes(
    calls: tuple[str, ...],
    notes: tuple[str, ...],
    expected: tuple[list[str], list[str]],
    told: list[str],
) -> None:
    made, found = tied(*calls, notes=notes)
    assert (states(made), found) == (expected, told)


def test_what_a_report_had_of_a_volume_or_an_earlier_reading_is_taken_away() -> None:
    made = report("2", "1", notes=("1",))
    lost, call = made.iter("xref")
    lost.set("rid", "fn1")
    call.set(N, "12")
    transform.apply(made, lambda _: None)
    assert (lost.get("rid"), lost.get(STATE), call.get(N)) == (None, "missing", None)


def test_without_the_brackets_of_the_copy_a_finding_quotes_the_label() -> None:
    made = report("2", "1", "1", "3", notes=("1", "2", "4", "4"))
    for marked in made.iter("xref", "label"):
        del marked.attrib[AS]
    told: list[Diagnostic] = []
    transform.apply(made, told.append)
    assert [(d.code, dict(d.facts).get("marker") or dict(d.facts)["label"]) for d in told] == [
        ("N103", "4"), ("N106", "4"), ("N105", "1"), ("N104", "1"), ("N101", "3"), ("N102", "4"),
    ]  # fmt: skip
    assert (made.get(SOURCE), made[0][0].get(AT)) == ("copy.txt", "2:1")
