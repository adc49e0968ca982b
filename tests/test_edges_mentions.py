"""Borders of what mentions a note: each word for it, what joins numbers, what stands round them."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from watchpress.diagnostic import Diagnostic
from watchpress.model import ledger
from watchpress.model.tree import AS, AT, Element
from watchpress.transforms import mentions

REPORT = """\
<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
 wp:source="copy.txt" wp:form="{form}"><front><article-meta><article-id>wr007-en</article-id>
</article-meta></front><body>{body}</body><back><fn-group>{back}</fn-group></back></article>"""


def report(body: str, *notes: str, form: str = "[1]") -> Element:
    """Return a report with this body, and with notes of which each is `label text`."""
    back = "".join(
        f'<fn id="fn{n}" wp:at="{n + 5}:1"><label>{label}</label>'
        f'<p wp:at="{n + 5}:5">{text}</p></fn>'
        for n, (label, _, text) in enumerate((note.partition(" ") for note in notes), 1)
    )
    return etree.fromstring(REPORT.format(form=form, body=body, back=back))


def told(made: Element) -> list[str]:
    """Return the numbers that mention a note which is not there, each with its place."""
    found: list[Diagnostic] = []
    mentions.apply(made, found.append)
    assert {one.code for one in found} <= {"N108"}
    return [f"{d.place.line}:{d.place.column} {dict(d.facts)['number']}" for d in found]


def inner(made: Element, path: str = "body/p") -> str:
    """Return the XML in an element, without its namespaces."""
    element = made.find(path)
    assert element is not None
    text = re.sub(r' xmlns:\w+="[^"]+"', "", etree.tostring(element, encoding="unicode"))
    return text[text.index(">") + 1 : text.rindex("</")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("see note 5", "5"),
        ("See Notes 5", "5"),
        ("see note5", "5"),
        ("see, note 5", "5"),
        ("see  note 5", ""),
        ("see also note 5", "5"),
        ("see also, note 5", "5"),
        ("see again below note 5", ""),
        ("see above, note 5", "5"),
        ("cf. endnote 5", "5"),
        ("cf. footnotes 5", "5"),
        ("supra n. 5", "5"),
        ("infra nn. 5", "5"),
        ("infra n 5", ""),
        ("see note 123", "123"),
        ("see note 1234", ""),
        ("see note [5]", "5"),
        ("see note (5), p. 3", "5"),
        ("referred to in note 5", "5"),
        ("cited in note 5", "5"),
        ("foresee note 5", ""),
        ("see note 5 of it", ""),
        ("see note 5 often", "5"),
        ("see notes 3 and 5 in it", ""),
        ("see notes 3, and 5", "3 5"),
        ("see notes 3 and 5", "3 5"),
        ("see notes 3 or 5 to 7 &amp; 9", "3 5 7 9"),
        ("see notes 3, 5", "3 5"),
        ("see notes 3,5", "3"),
        ("see notes 3-5", "3 5"),
        ("see notes 3 – 5", "3 5"),
        ("see note 3, note 5 and footnote 7", "3 5 7"),
        ("see notes [3] and [5]", "3 5"),
        ("note 5 above", "5"),
        ("note5, above", "5"),
        ("notes 3 and 5, below", "3 5"),
        ("note 5 aboveboard", ""),
        ("keynote 5 above", ""),
        ("note 5", ""),
    ],
)
def test_mentions_in_english(text: str, numbers: str) -> None:
    found = told(report(f"<p wp:at='2:1'>{text}</p>"))
    assert [one.partition(" ")[2] for one in found] == numbers.split()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("前掲注5", "5"),
        ("前掲の注5", "5"),
        ("前掲、注5", "5"),
        ("前掲（注5）", "5"),
        ("前の脚注 5", "5"),
        ("上記後註5", "5"),
        ("注5", ""),
        ("注5参照", "5"),
        ("注 5 参照", "5"),
        ("注５を参看", "５"),
        ("註5も見よ", "5"),
        ("注5に掲げた文献を参照", "5"),
        ("注5の資料を見られたい", "5"),
        ("注5前掲の記事を参照", "5"),
        ("注5に同じ", "5"),
        ("注5と同じ", "5"),
        ("注5前掲", "5"),
        ("注5に前掲", "5"),
        ("注5は参照", ""),
        ("注（5）", "5"),
        ("注(123)", "123"),
        ("注(1234)", ""),
        ("注3、5参照", "3 5"),
        ("注3、 5参照", "3 5"),
        ("注3、注 5参照", "3 5"),
        ("注3と5や7および9参照", "3 5 7 9"),
        ("注3及び5または7から9参照", "3 5 7 9"),
        ("注3-5参照", "3 5"),
        ("注3 ～ 5参照", "3 5"),
        ("注[3]・[5]参照", "3 5"),
        ("3号の注5参照", ""),
        ("3の注5参照", ""),
        ("同書注5参照", ""),
        ("同書、注5参照", ""),
        ("発注5参照", ""),
        ("앞의 주 5", "5"),
        ("앞의 주5", "5"),
        ("전게 각주 3, 5", "3 5"),
        ("앞의주 5", ""),
        ("주 5 참조", "5"),
        ("주5참조", "5"),
        ("주 5번을 참고", "5"),
        ("주 5에서 보라", "5"),
        ("미주 5 볼것", "5"),
        ("주석 5를 볼 것", "5"),
        ("주 3·5과 7 참조", "3 5 7"),
        ("주 3 및 5 또는 7 참조", "3 5 7"),
        ("주 3-5 참조", "3 5"),
        ("주 3 ~ 5 참조", "3 5"),
        ("주 3와 주 5를 참조", "3 5"),
        ("주 5", ""),
        ("호의 주 5 참조", ""),
        ("해주 5 참조", ""),
    ],
)
def test_mentions_in_japanese_and_korean(text: str, numbers: str) -> None:
    found = told(report(f"<p wp:at='2:1'>{text}</p>"))
    assert [one.partition(" ")[2] for one in found] == numbers.split()


def test_several_numbers_are_taken_as_a_whole_or_not_at_all() -> None:
    pattern = re.compile(mentions._several("note", ", "))
    for text in ("3", "3, 5", "3, note 5", "3, note5", "(3), [5], 7"):
        found = pattern.fullmatch(text)
        assert found is not None, text
        assert found["numbers"] == text
    for text in ("3,5", "3, note  5", "3, nota 5", "3, "):
        assert pattern.fullmatch(text) is None, text
    assert re.fullmatch(pattern.pattern + ", 5", "3, 5") is None


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("[1]", "as in [5]", ["6:12 5"]),
        ("[1]", "as in [５]", ["6:12 ５"]),
        ("[1]", "as in (5), [注5], [a5]", []),
        ("［１］", "［5］に", ["6:6 5"]),
        ("[注1]", "[注5], [5]", ["6:7 5"]),
        ("(note 1)", "(NOTE 5)", ["6:11 5"]),
        ("[1] 【1】", "[5] 【7】 〔9〕", ["6:6 5", "6:10 7"]),
        ("[1]", "[1234]", []),
        ("", "[5]", []),
    ],
)
def test_the_form_of_a_marker_mentions_a_note_in_a_note_alone(
    form: str, text: str, expected: list[str]
) -> None:
    assert told(report("", f"1 {text}", form=form)) == expected
    assert told(report(f"<p wp:at='2:1'>{text}</p>", form=form)) == []


def test_what_is_made_of_a_mention() -> None:
    made = report("<p wp:at='2:3'>Now see notes 1 and 2.</p>", "1 See note 2.", "2 Log.", "2 Map.")
    assert told(made) == []
    one = '<xref ref-type="other" wp:at="2:17" wp:as="1" rid="fn1" id="wr007-en-m1">1</xref>'
    two = '<xref ref-type="other" wp:at="2:23" wp:as="2" rid="fn2" id="wr007-en-m2">2</xref>'
    three = '<xref ref-type="other" wp:at="6:14" wp:as="2" rid="fn2" id="wr007-en-m3">2</xref>'
    assert inner(made) == f"Now see notes {one} and {two}."
    assert inner(made, "back/fn-group/fn/p") == f"See note {three}."


def test_a_mention_behind_and_in_other_elements() -> None:
    made = report(
        "<p wp:at='2:1'><b>See note 1</b>, see <i>note</i> 1; see note <b>1</b> or</p>", "1 Log."
    )
    assert told(made) == []
    xref = '<xref ref-type="other" wp:at="2:{0}" wp:as="1" rid="fn1" id="wr007-en-m{1}">1</xref>'
    assert inner(made) == (
        f"<b>See note {xref.format(10, 1)}</b>, see <i>note</i> {xref.format(22, 2)};"
        f" see note <b>{xref.format(34, 3)}</b> or"
    )


def test_a_mention_stands_before_the_elements_behind_it() -> None:
    made = report("<p wp:at='2:1'>See note 1 <b>and</b> <i>so</i> on</p>", "1 Log.")
    assert told(made) == []
    xref = '<xref ref-type="other" wp:at="2:10" wp:as="1" rid="fn1" id="wr007-en-m1">1</xref>'
    assert inner(made) == f"See note {xref} <b>and</b> <i>so</i> on"


def test_in_a_citation_a_mention_is_in_a_phrase() -> None:
    made = report("", "1 <mixed-citation>Log, see note 1, p.3</mixed-citation>, see note 1.")
    assert told(made) == []
    xref = '<xref ref-type="other" wp:at="6:{0}" wp:as="1" rid="fn1" id="wr007-en-m{1}">1</xref>'
    assert inner(made, "back/fn-group/fn/p") == (
        f'<mixed-citation>Log, see note <named-content content-type="mention">{xref.format(19, 1)}'
        f"</named-content>, p.3</mixed-citation>, see note {xref.format(36, 2)}."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see note 5", ["2:12 5"]),
        ("see <b>note 5</b>", ["2:12 5"]),
        ("see <b wp:at='3:8'>note 5</b> and note 7 above", ["3:13 5", "3:24 7"]),
        ('A<xref ref-type="fn" wp:at="2:4" wp:as="[1]">1</xref>. See note 5', ["2:18 5"]),
        ("A <ext-link>a.example</ext-link> see note 5", ["2:24 5"]),
        ("A <ext-link wp:as='&lt;a.example&gt;'>a.example</ext-link> see note 5", ["2:26 5"]),
        ("A <ruby wp:as='港《みなと》'><rb>港</rb><rt>みなと</rt></ruby> see note 5", ["2:21 5"]),
        ("A <!-- log --> see note 5", ["2:15 5"]),
        ("A <?log on?> see note 5", ["2:15 5"]),
        ("see note <ext-link>a.example</ext-link> 5", []),
        ("see note <!-- log --> 5", []),
        ("<ext-link>see note 5</ext-link>", []),
        ("<ruby><rb>注5参照</rb><rt>注</rt></ruby>", []),
        ("see note<xref>1</xref> 5", []),
        ("see note 1<b>2</b>", []),  # torn: whose number is it?
        ("see note <b/>5", ["2:12 5"]),
        ("see note 5<b/>", ["2:12 5"]),
        ("see note <b>1</b><b>2</b>", []),
    ],
)
def test_where_a_mention_stands(text: str, expected: list[str]) -> None:
    assert told(report(f"<p wp:at='2:3'>{text}</p>")) == expected


def test_quotations_have_notes_of_their_own() -> None:
    quote = "<disp-quote><sec><p wp:at='3:1'>see note 5</p></sec></disp-quote>"
    assert told(report(f"{quote}<sec><p wp:at='4:1'>see note 7</p></sec>")) == ["4:10 7"]


def test_each_number_is_found_once_and_the_body_comes_first() -> None:
    text = "see note 7 above, see [5]"
    made = report(f"<p wp:at='2:1'>{text}</p>", f"1 {text}")
    assert told(made) == ["2:10 7", "6:14 7", "6:28 5"]


def test_a_mention_that_is_there_keeps_its_name_and_loses_its_note_with_the_note() -> None:
    made = report("<p wp:at='2:1'>See note 1.</p>", "1 Log.")
    assert told(made) == []
    (old,) = ledger.mentions(made)
    old.set(AT, "2:40")
    label, paragraph = made.find("back/fn-group/fn/label"), made.find("body/p")
    assert label is not None
    assert paragraph is not None
    label.text = "2"
    old.tail = ". See note 2."
    assert told(made) == ["2:40 1"]
    assert [(x.get("id"), x.get("rid"), x.get(AS)) for x in ledger.mentions(made)] == [
        ("wr007-en-m1", None, "1"), ("wr007-en-m2", "fn1", "2"),
    ]  # fmt: skip
    before = etree.tostring(made)
    assert told(made) == ["2:40 1"]
    assert etree.tostring(made) == before
    label.text = "1"
    assert told(made) == ["2:52 2"]
    assert [x.get("rid") for x in ledger.mentions(made)] == ["fn1", None]
