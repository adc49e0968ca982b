"""What the parts of a copy become as XML: head, blocks, notes, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree

from edges import Listener, copy, one
from watchpress.language.words import ENGLISH, JAPANESE
from watchpress.model.tree import Element
from watchpress.readers.plain.assembly import Parts, assemble
from watchpress.readers.plain.body import blocks
from watchpress.readers.plain.credits import Credit
from watchpress.readers.plain.exhibits import exhibits
from watchpress.readers.plain.head import Head
from watchpress.readers.plain.inline import Numbering
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.names import Person
from watchpress.readers.plain.notes import notes
from watchpress.readers.plain.number import numbered
from watchpress.readers.plain.setting import exhibit

LONG = "The quay was closed on that day, and nobody has said when it will be open again, or why."
ISSUED = date(2031, 4, 2)


def xml(element: Element | None) -> str:
    """Return an element as XML without its namespaces."""
    assert element is not None
    bare = re.sub(r' xmlns:\w+="[^"]+"', "", etree.tostring(element, encoding="unicode"))
    return re.sub(r"\b(?:wp|xlink|ns\d):", "", bare)


def parts(body: Sequence[str] = (), listed: Sequence[str] = (), **more: Any) -> Parts:
    """Return the parts of a report with these lines as body and as note list."""
    bare = Parts(
        file="copy.txt", words=ENGLISH, number=7, issued=ISSUED, series="Tide Notes",
        headline="The Ferry", head=Head(), credit=None,
        blocks=list(blocks(copy(*body), ENGLISH, Listener())), notes=list(notes(copy(*listed))),
        forms=["[1]"], running="",
    )  # fmt: skip
    return replace(bare, **more)


# -- the head -------------------------------------------------------------------------------------


def test_a_report_that_says_no_more_than_it_must() -> None:
    made = assemble(parts(forms=[]))
    assert xml(made) == (
        '<article article-type="research-article" dtd-version="1.1" xml:lang="en"'
        ' source="copy.txt" stage="read"><front><journal-meta>'
        '<journal-id journal-id-type="publisher-id">wr</journal-id>'
        "<journal-title-group><journal-title>Tide Notes</journal-title></journal-title-group>"
        "<issn/></journal-meta><article-meta>"
        '<article-id pub-id-type="publisher-id">wr007-en</article-id>'
        '<title-group><article-title at="1:1" as="">The Ferry</article-title></title-group>'
        '<pub-date date-type="issued" iso-8601-date="2031-04-02">'
        "<day>2</day><month>4</month><year>2031</year></pub-date>"
        "<issue>7</issue></article-meta></front><body/></article>"
    )


def test_a_report_that_says_all() -> None:
    line = Line(2, "Tide Notes No.7 2 April 2031", range(3, 31))
    title, numbers = numbered(one("Tide Notes No.7")), numbered(line)
    head = Head(
        posted=(date(2031, 5, 3), Line(9, "3 May", range(4, 9))),
        title=title,
        numbered=numbers,
        issued=ISSUED,
        dated=line.cut(16),
        aside=Line(2, "（corrected (twice)）", range(31, 50)),
        headline=Line(3, "The Boat", range(2, 10)),
    )
    credit = Credit(
        Line(8, "(by A and others)", range(1, 18)),
        (
            Person("Ken MORI", "MORI", "Ken"),
            Person("森 健", "森", "健", eastern=True),
            Person("Aya Abe"),
            Person("ORR", "ORR"),
        ),
        sure=True,
    )
    headline = Line(3, "The Ferry [1]", range(2, 15))
    made = assemble(
        parts(
            head=head,
            credit=credit,
            headline=headline,
            words=JAPANESE,
            number=1234,
            forms=["[1]", "[注1]"],
            running="Ferry",
        )
    )
    assert made.get("{urn:watchpress:report:1}form") == "[1] [注1]"
    assert made.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"
    assert xml(made.find("front/article-meta")) == (
        '<article-meta><article-id pub-id-type="publisher-id">wr1234-ja</article-id>'
        '<title-group><article-title at="3:2">The Ferry '
        '<xref ref-type="fn" id="wr1234-ja-r1" at="3:12" as="[1]">1</xref></article-title>'
        '<alt-title alt-title-type="post-title" at="1:1">Tide Notes No.7</alt-title>'
        '<alt-title alt-title-type="number-line" at="2:3">Tide Notes No.7 2 April 2031</alt-title>'
        '<alt-title alt-title-type="running-head">Ferry</alt-title></title-group>'
        '<contrib-group at="8:1" as="(by A and others)">'
        '<contrib contrib-type="author"><name-alternatives><name name-style="western">'
        "<surname>MORI</surname><given-names>Ken</given-names></name></name-alternatives></contrib>"
        '<contrib contrib-type="author"><name-alternatives><name name-style="eastern">'
        "<surname>森</surname><given-names>健</given-names></name></name-alternatives></contrib>"
        '<contrib contrib-type="author"><name-alternatives><string-name>Aya Abe</string-name>'
        "</name-alternatives></contrib>"
        '<contrib contrib-type="author"><name-alternatives><name name-style="western">'
        "<surname>ORR</surname></name></name-alternatives></contrib></contrib-group>"
        '<pub-date date-type="issued" iso-8601-date="2031-04-02" at="2:19" as="2 April 2031">'
        "<day>2</day><month>4</month><year>2031</year></pub-date>"
        '<pub-date date-type="posted" iso-8601-date="2031-05-03" at="9:4" as="3 May">'
        "<day>3</day><month>5</month><year>2031</year></pub-date>"
        '<issue>1234</issue><custom-meta-group><custom-meta at="2:31">'
        "<meta-name>corrected</meta-name><meta-value>corrected (twice</meta-value>"
        "</custom-meta></custom-meta-group></article-meta>"
    )


def test_what_an_option_says_in_the_stead_of_the_copy() -> None:
    line = Line(2, "2 April 2031", range(3, 15))
    head = Head(issued=ISSUED, dated=line, headline=Line(3, "The Boat", range(2, 10)))
    made = assemble(parts(head=head, issued=date(987, 4, 3)))
    assert xml(made.find(".//article-title")) == (
        '<article-title at="3:2" as="The Boat">The Ferry</article-title>'
    )
    assert xml(made.find(".//pub-date")) == (  # the words of the copy are of another day
        '<pub-date date-type="issued" iso-8601-date="0987-04-03">'
        "<day>3</day><month>4</month><year>0987</year></pub-date>"
    )


# -- the body -------------------------------------------------------------------------------------


def test_the_blocks_of_a_body() -> None:
    body = [f"{LONG} [1]", "***", "Aye.", "Bee.", "***", "* * *", "Cee.", "***", LONG,
            "The Old Quay", LONG, "***", "Table 1", "a | b", "c | d", "Dee.", "***",
            LONG]  # fmt: skip
    made = assemble(parts(body)).find("body")
    call = '<xref ref-type="fn" id="wr007-en-r1" at="1:90" as="[1]">1</xref>'
    assert xml(made) == (
        f'<body><p at="1:1" id="wr007-en-p01">{LONG} {call}</p>'
        '<disp-quote id="wr007-en-q1" content-type="document" at="3:1">'
        '<p at="3:1" id="wr007-en-p02">Aye.</p><p at="4:1" id="wr007-en-p03">Bee.</p></disp-quote>'
        '<disp-quote id="wr007-en-q2" content-type="document" at="7:1">'
        '<p at="7:1" id="wr007-en-p04">Cee.</p></disp-quote>'
        f'<p at="9:1" id="wr007-en-p05">{LONG}</p>'
        '<sec id="wr007-en-s1" at="10:1"><title at="10:1">The Old Quay</title>'
        f'<p at="11:1" id="wr007-en-p06">{LONG}</p>'
        '<disp-quote id="wr007-en-q3" content-type="document" at="13:1">'
        '<table-wrap id="wr007-en-t1" at="13:1"><label at="13:1">Table 1</label>'
        '<table><thead><tr at="14:1" as="a | b"><th at="14:1" scope="col">a</th>'
        '<th at="14:5" scope="col">b</th></tr></thead><tbody><tr at="15:1" as="c | d">'
        '<th at="15:1" scope="row">c</th><td at="15:5">d</td></tr></tbody></table></table-wrap>'
        '<p at="16:1" id="wr007-en-p07">Dee.</p></disp-quote>'
        f'<p at="18:1" id="wr007-en-p08">{LONG}</p></sec></body>'
    )


def test_a_body_may_begin_with_a_document() -> None:
    made = assemble(parts(["***", "Aye.", "***"])).find("body")
    assert xml(made) == (
        '<body><disp-quote id="wr007-en-q1" content-type="document" at="2:1">'
        '<p at="2:1" id="wr007-en-p01">Aye.</p></disp-quote></body>'
    )


# -- notes ----------------------------------------------------------------------------------------


def noted(*listed: str) -> list[str]:
    """Return the paragraphs of notes as XML, less what each of them has."""
    made = assemble(parts(listed=listed))
    return [xml(p) for p in made.iterfind("back/fn-group/fn/p")]


LINK = '<ext-link ext-link-type="uri" href="{0}" at="{1}">{0}</ext-link>'


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["[1] It is so. It is."], ['<p at="1:5">It is so. It is.</p>']),
        (["[1]"], ['<p at="1:1"/>']),
        (["[1] Log, p.3"], ['<p at="1:5"><mixed-citation>Log, p.3</mixed-citation></p>']),
        (["[1] Log [1], p.3"], ['<p at="1:5"><mixed-citation>Log [1], p.3</mixed-citation></p>']),
        (["[1] See [2]. It is."], ['<p at="1:5">See [2]. It is.</p>']),
        (["[1] “A”, 2019, and “B”, 2020", "http://a.example"],
         ['<p at="1:5"><mixed-citation>“A”, 2019</mixed-citation>, and <mixed-citation>“B”, 2020 '
          f'{LINK.format("http://a.example", "2:1")}</mixed-citation></p>']),
        (["[1] It is. It is.", "http://a.example", "http://b.example"],
         ['<p at="1:5"><mixed-citation>It is. It is. '
          f'{LINK.format("http://a.example", "2:1")} {LINK.format("http://b.example", "3:1")}'
          "</mixed-citation></p>"]),
        (["[1] http://a.example"],
         [f'<p at="1:5"><mixed-citation>{LINK.format("http://a.example", "1:5")}'
          "</mixed-citation></p>"]),
        (["[1] http://a.example", "http://b.example"],
         [f'<p at="1:5"><mixed-citation>{LINK.format("http://a.example", "1:5")} '
          f'{LINK.format("http://b.example", "2:1")}</mixed-citation></p>']),
        (["[1] It is. It is.", "So. It is."],
         ['<p at="1:5">It is. It is.</p>', '<p at="2:1">So. It is.</p>']),
        (["[1] “A”, http://a.example/3; “B”"],
         ['<p at="1:5"><mixed-citation>“A”, '
          f'{LINK.format("http://a.example/3", "1:10")}</mixed-citation>; '
          "<mixed-citation>“B”</mixed-citation></p>"]),
    ],
)  # fmt: skip
def test_the_paragraphs_of_a_note(listed: list[str], expected: list[str]) -> None:
    assert noted(*listed) == expected


def test_a_note_its_label_and_its_names() -> None:
    made = assemble(parts(listed=["[注 12] Log. Map."]))
    assert xml(made.find("back")) == (
        '<back><fn-group><fn id="wr007-en-fn12" at="1:1"><label at="1:1" as="[注 12]">注 12'
        '</label><p at="1:8">Log. Map.</p></fn></fn-group></back>'
    )


def test_notes_of_one_number_are_kept_apart() -> None:
    listed = [f"[3] Log {n}. Map." for n in range(53)]
    made = assemble(parts(listed=["[2] Log.", *listed, "[2] Map."]))
    names = [str(fn.get("id")).removeprefix("wr007-en-") for fn in made.iter("fn")]
    letters = [f"fn3{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"]
    more = [f"fn3z{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"]
    assert names == ["fn2", "fn3", *letters, *more, "fn3zzb", "fn3zzc", "fn2b"]


# -- tables and figures ---------------------------------------------------------------------------


def set_(*texts: str) -> str:
    """Return the XML of a table or figure; its ids are `x-t1`, its calls elements."""
    (found,) = exhibits(copy(*texts), ENGLISH, Listener())
    assert not isinstance(found, Line)
    return xml(exhibit(found, Numbering("x", ["[1]"])))


def test_a_table_with_all_that_belongs_to_it() -> None:
    made = set_("Table 1. Boats [1]", "Boat | Length", "Skiff [1] | 3", "Yawl |",
                "Note: In metres [1].", "Source: The log")  # fmt: skip
    call = '<xref ref-type="fn" id="x-r{0}" at="{1}" as="[1]">1</xref>'
    assert made == (
        '<table-wrap id="x-t1" at="1:1"><label at="1:1">Table 1.</label>'
        f'<caption><title at="1:10">Boats {call.format(1, "1:16")}</title></caption><table>'
        '<thead><tr at="2:1" as="Boat | Length"><th at="2:1" scope="col">Boat</th>'
        '<th at="2:8" scope="col">Length</th></tr></thead>'
        '<tbody><tr at="3:1" as="Skiff [1] | 3"><th at="3:1" scope="row">Skiff '
        f'{call.format(2, "3:7")}</th><td at="3:13">3</td></tr>'
        '<tr at="4:1" as="Yawl |"><th at="4:1" scope="row">Yawl</th><td/></tr></tbody></table>'
        f'<table-wrap-foot><p at="5:1">Note: In metres {call.format(3, "5:17")}.</p>'
        '<attrib at="6:1">Source: The log</attrib></table-wrap-foot></table-wrap>'
    )


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (["Skiff | 3 | 4", "Yawl | 3 | 4"], ["Skiff", "Yawl"]),
        (["Skiff | 3 | 4", "Skiff | 3 | 5"], []),  # twice the same: it names no row
        (["Skiff | 3 | 4", "| 3 | 5"], []),
    ],
)
def test_the_first_cell_heads_its_row_where_it_names_it(rows: list[str], heads: list[str]) -> None:
    made = etree.fromstring(set_("Table 1", "Boat | Length | Width", *rows))
    assert [th.text for th in made.iterfind("table/tbody/tr/th")] == heads
    assert len(made.findall("table/tbody/tr/*")) == 6
    assert made.find("table-wrap-foot") is None
    assert made.find("caption") is None


def test_a_figure_with_all_that_belongs_to_it() -> None:
    made = set_("Figure 1. The Quay [1]", "[Figure 1: quay.png]", "Alt: A quay.",
                "Note: By night [1].", "Source: The log")  # fmt: skip
    call = '<xref ref-type="fn" id="x-r{0}" at="{1}" as="[1]">1</xref>'
    assert made == (
        '<fig id="x-f1" at="1:1"><label at="1:1">Figure 1.</label>'
        f'<caption><title at="1:11">The Quay {call.format(1, "1:20")}</title>'
        f'<p at="4:1">Note: By night {call.format(2, "4:16")}.</p></caption>'
        '<alt-text at="3:1" as="Alt: A quay.">A quay.</alt-text>'
        '<graphic href="quay.png" at="2:1" as="[Figure 1: quay.png]"/>'
        '<attrib at="5:1">Source: The log</attrib></fig>'
    )


@pytest.mark.parametrize(
    ("texts", "label", "caption", "alt"),
    [
        (["[Figure 1: quay.png]"], "Figure 1", None, "Figure 1"),
        (["[Figure: quay.png]"], None, None, "quay.png"),
        (["[Figure: quay.png]", "Figure 2"], "Figure 2", None, "Figure 2"),
        (["[Figure 1: quay.png]", "Figure 1. The Quay"], "Figure 1.", "The Quay",
         "Figure 1. The Quay"),
        (["[Figure 1: quay.png]", "Note: By night."], "Figure 1", "Note: By night.", "Figure 1"),
        (["[Figure 1: quay.png]", "Alt: A quay."], "Figure 1", None, "A quay."),
    ],
)  # fmt: skip
def test_what_a_figure_is_called(
    texts: list[str], label: str | None, caption: str | None, alt: str
) -> None:
    made = etree.fromstring(set_(*texts))
    found = made.find("caption")
    assert made.findtext("label") == label
    assert (None if found is None else "".join(str(t) for t in found.itertext())) == caption
    assert made.findtext("alt-text") == alt
