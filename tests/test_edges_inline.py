"""Borders of what is told of letters, of readings, and of what a line becomes as XML."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from edges import Listener, copy, one
from watchpress.diagnostic import Diagnostic
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain import bulk, habits, ruby
from watchpress.readers.plain.inline import Numbering, add, fill, refer
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import Address


def plain(text: str, number: int = 1) -> Line:
    """Return a line whose letters are as they are, each in its own column."""
    return Line(number, text, range(1, len(text) + 1))


def told(found: list[Diagnostic]) -> list[str]:
    """Return findings as `line:column CODE name=fact ...`."""
    return [
        " ".join([f"{d.place.line}:{d.place.column} {d.code}", *(f"{k}={v}" for k, v in d.facts)])
        for d in found
    ]


def xml(element: etree._Element) -> str:
    """Return an element as XML without its namespaces."""
    text = etree.tostring(element, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]+"', "", re.sub(r"ns\d+:", "", text))


# -- bulk -----------------------------------------------------------------------------------------

WORD = "x" * 500


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b" + "\u0303" * 8, []),
        ("b" + "\u0303" * 9, ["1:2 R502 count=9 most=8"]),
        ("b" + "\u0338" * 9, ["1:2 R502 count=9 most=8"]),  # strokes through a letter
        ("\u0303" * 9, ["1:1 R502 count=9 most=8"]),
        ("ab\u0303cd" + "\u0303" * 10 + "e" + "\u0303" * 11, ["1:6 R502 count=10 most=8"]),
        ("é" * 20, []),
        (WORD, []),
        (f"{WORD} x", []),
        (f"{WORD}x", [f"1:1 R503 count=501 text={'x' * 20}…"]),
        (f"ab, {WORD}yz {WORD}y",
         [f"1:5 R503 count=502 text={'x' * 20}…", f"1:508 R503 count=501 text={'x' * 20}…"]),
        (f"{WORD}/{WORD}.{WORD}-{WORD}?{WORD}&{WORD}={WORD}_{WORD}", []),  # an address may break
        ("港" * 600, []),
        ("항" * 600, []),
        ("x " * 10_000, []),
        ("x " * 10_000 + "x", ["1:1 R504 count=20001 most=20000"]),
    ],
)  # fmt: skip
def test_bulk(text: str, expected: list[str]) -> None:
    desk = Listener()
    bulk.inspect([plain(text)], desk)
    assert told(desk.found) == expected


# -- habits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "words", "expected"),
    [
        (["１隻と12隻"], JAPANESE, []),  # a style: one figure wide, several narrow
        (["１隻と2隻"], JAPANESE, ["1:1 R211 count=1 others=1 text=１"]),
        (["１隻とＡ号とB号"], JAPANESE, []),
        (["１２隻とB号"], JAPANESE, ["1:1 R211 count=1 others=1 text=１２"]),
        (["12隻", "１２隻と１３隻"], JAPANESE, ["1:1 R211 count=1 others=2 text=12"]),
        (["12隻と13隻", "船１２隻"], JAPANESE, ["2:2 R211 count=1 others=2 text=１２"]),
        (["１２隻と１３隻"], JAPANESE, []),
        (["1隻と2隻"], JAPANESE, []),
        (["１２隻[1]は http://a.example/b34 にある"], JAPANESE, []),
        (["http://a.example １２隻"], JAPANESE, []),
        (["１２ boats and 13"], ENGLISH, []),
        (["船のﾌﾈとﾎﾞｰﾄ"], JAPANESE, ["1:3 R213 count=2 text=ﾌﾈ"]),
        (["ﾌﾈ"], ENGLISH, []),
        (['"A" and "B"'], ENGLISH, ['1:1 R212 count=4 others=0 text="']),
        (["“A” and ‘B’, it's"], ENGLISH, ["1:16 R212 count=1 others=4 text='"]),
        (["“A”", "a 6' 2\" board"], ENGLISH, []),  # feet and inches
        (["Nothing"], ENGLISH, []),
        (["http://a.example/it's/b said"], ENGLISH, []),
    ],
)
def test_two_habits_for_one_thing(texts: list[str], words: Words, expected: list[str]) -> None:
    desk = Listener()
    habits.inspect(copy(*texts), words, desk)
    assert told(desk.found) == expected


# -- readings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("この岬《みさき》に", [(2, 8, "岬", "みさき")]),
        ("百々目木岬《ミサキ》", [(0, 10, "百々目木岬", "ミサキ")]),
        ("岬《み》港《みなと》", [(0, 4, "岬", "み"), (4, 10, "港", "みなと")]),
        (f"岬《{'み' * 40}》", [(0, 43, "岬", "み" * 40)]),
        (f"岬《{'み' * 41}》", []),
        ("岬《》", []),
        ("《みさき》", []),
        ("岬の《みさき》", []),
        ("岬《岬》", []),
        ("岬《cape》", []),
        ("｜岬の灯《cape》", [(0, 10, "岬の灯", "cape")]),
        ("｜A《エ》", [(0, 5, "A", "エ")]),
        (f"｜{'x' * 30}《{'y' * 40}》", [(0, 73, "x" * 30, "y" * 40)]),
        (f"｜{'x' * 31}《y》", []),
        (f"｜x《{'y' * 41}》", []),
        ("｜《y》", []),
        ("｜x《》", []),
        ("｜港｜岬《みさき》", [(2, 9, "岬", "みさき")]),
        ("岬", []),
    ],
)
def test_what_is_a_reading(text: str, expected: list[tuple[int, int, str, str]]) -> None:
    found = [(r.start, r.end, r.base, r.words) for r in ruby.readings(text)]
    assert found == expected


def test_readings_without_a_bar_are_told_once() -> None:
    report = etree.fromstring('<article xmlns:wp="urn:watchpress:report:1" wp:source="copy.txt"/>')
    desk = Listener()
    texts = ("この｜岬《みさき》", "この岬《みさき》と港《みなと》")
    for line in copy(*texts[:1]):
        fill(report, line, Numbering("wr", []), calls=True)
    ruby.admit(report, desk.found.append)
    assert desk.found == []
    for line in copy(*texts)[1:]:
        fill(report, line, Numbering("wr", []), calls=True)
    ruby.admit(report, desk.found.append)
    assert told(desk.found) == ["2:3 R117 count=2 text=岬《みさき》"]


# -- a line as XML --------------------------------------------------------------------------------


def filled(text: str, *forms: str, calls: bool = True) -> str:
    """Return a paragraph with a line of copy in it."""
    paragraph = etree.Element("p")
    fill(paragraph, one(text), Numbering("wr007-en", forms), calls=calls)
    return xml(paragraph)


def test_markers_addresses_and_readings_become_elements_in_the_order_of_the_text() -> None:
    link = '<ext-link ext-link-type="uri" href="{0}" at="1:{1}">{0}</ext-link>'
    call = '<xref ref-type="fn" id="wr007-en-r{0}" at="1:{1}" as="[{2}]">{2}</xref>'
    text = "Log [注1]. See http://a.example/?[2], 岬《みさき》[2]."
    assert filled(text, "[1]", "[注1]") == (
        f"<p>Log {call.format(1, 5, '注1')}. See {link.format('http://a.example/?[2]', 15)}, "
        '<ruby at="1:38" as="岬《みさき》"><rb>岬</rb><rt>みさき</rt></ruby>'
        f"{call.format(2, 44, '2')}.</p>"
    )
    assert filled("[1]", "[1]") == f"<p>{call.format(1, 1, '1')}</p>"
    assert filled("Log [1]", "[注1]") == "<p>Log [1]</p>"
    assert filled("Log [1]", "[1]", calls=False) == "<p>Log [1]</p>"
    assert filled("Log") == "<p>Log</p>"


def test_text_goes_behind_all_that_is_there() -> None:
    holder = etree.fromstring("<p/>")
    for text in ("a", "", "b"):
        add(holder, text)
    etree.SubElement(holder, "b")
    for text in ("c", "", "d"):
        add(holder, text)
    etree.SubElement(holder, "i")
    add(holder, "e")
    assert xml(holder) == "<p>ab<b/>cd<i/>e</p>"
    empty = etree.fromstring("<p/>")
    add(empty, "")
    assert empty.text is None


def test_each_kind_of_id_is_counted_on_its_own() -> None:
    ids = Numbering("wr032-en", [])
    assert [ids.next("p", width=2), ids.next("r"), ids.next("p", width=2), ids.next("r")] == [
        "wr032-en-p01", "wr032-en-r1", "wr032-en-p02", "wr032-en-r2",
    ]  # fmt: skip


def test_a_link_stands_where_its_address_does_and_one_that_leads_nowhere_is_words() -> None:
    holder = etree.fromstring("<p>See </p>")
    refer(holder, one("See  http://a.example"), Address(4, 20, "http://a.example"))
    add(holder, " or ")
    refer(holder, one("http://-a.example"), Address(0, 17, "http://-a.example"))
    link = (
        '<ext-link ext-link-type="uri" href="http://a.example" at="1:6">http://a.example</ext-link>'
    )
    assert xml(holder) == f"<p>See {link} or http://-a.example</p>"
    assert filled("See http://-a.example") == "<p>See http://-a.example</p>"
