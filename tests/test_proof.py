"""The proof: silent on what is right, and finding what is wrong, at its place in the copy."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from proof_reports import Draft, chapter, epub, long, plain, prose, report
from watchpress.backends.pdf.writer import Compiled, press
from watchpress.catalog import TRIMS, Profile, Work
from watchpress.checks.proof import Subject, check
from watchpress.checks.proof.expected import expected
from watchpress.checks.proof.seek import agree
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.xhtml import article as xhtml

needs_fonts = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
Change = Callable[[Element], object]


def nothing(root: Element) -> None:
    """Change nothing."""


def found(subject: Subject) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    check(subject, told.append)
    return told


def prove_epub(draft: Draft, change: Change = nothing) -> list[Diagnostic]:
    truth = report(draft)
    data = epub(plain(chapter(truth), change))
    return found(Subject(data, "epub", "x.epub", (truth,)))


def compiled(
    drafts: list[Draft], change: Change = nothing, profile: Profile = "screen",
    trim: str = "A5", styles: Styles | None = None,
) -> Compiled:  # fmt: skip
    reports = tuple(report(draft) for draft in drafts)
    work = Work(reports, "T", drafts[0].language, 1_900_000_000, TRIMS[trim], profile)
    articles = [xhtml.article(one) for one in reports]
    for article in articles:
        change(article)
    told: list[Diagnostic] = []
    made = press(articles, work, styles or Styles(), told.append)
    assert {one.code for one in told} <= {"F102"}, "a link planted to lead nowhere, nothing else"
    return made


def prove_pdf(draft: Draft, change: Change = nothing) -> list[Diagnostic]:
    made = compiled([draft], change)
    return found(Subject(made.data, "pdf", "x.pdf", (report(draft),)))


def summary(findings: list[Diagnostic]) -> set[tuple[str, int]]:
    return {(one.code, one.place.line) for one in findings}


# --- what is right ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_a_right_epub_is_proved_in_silence(language: str) -> None:
    assert prove_epub(long(language)) == []


@needs_fonts
@pytest.mark.parametrize("profile", ["screen", "draft"])
@pytest.mark.parametrize(("language", "trim"), [("en", "A5"), ("ja", "B6"), ("ko", "A4")])
def test_a_right_pdf_is_proved_in_silence(language: str, trim: str, profile: Profile) -> None:
    draft = long(language)
    made = compiled([draft], profile=profile, trim=trim)
    assert made.facts.pages > 2
    areas = made.facts.boxes if profile == "draft" else ()
    assert found(Subject(made.data, "pdf", "x.pdf", (report(draft),), areas)) == []


@needs_fonts
def test_several_reports_in_one_product() -> None:
    drafts = [long("en", 31), long("ja", 31), long("ko", 32)]
    truth = tuple(report(draft) for draft in drafts)
    book = epub(*(chapter(one) for one in truth))
    assert found(Subject(book, "epub", "x.epub", truth)) == []
    assert found(Subject(compiled(drafts).data, "pdf", "x.pdf", truth)) == []


def test_what_the_notes_check_finds_is_printed_and_proved_as_printed() -> None:
    draft = long()
    draft.body = [*draft.body, "A last one [9]."]
    draft.notes = [*draft.notes, ["Nobody calls this."]]
    draft.states = {7: "unused"}
    assert prove_epub(draft) == []
    wrong = prove_epub(draft, lambda root: replaced(root, "[9?]", "[8?]"))
    assert summary(wrong) == {("L103", 18)}
    assert summary(prove_epub(draft, lambda root: replaced(root, "[7?]", ""))) == {("L102", 700)}


@needs_fonts
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_letters_that_look_alike_or_come_out_of_two_fonts_are_no_difference(language: str) -> None:
    # Twins of one glyph, ligatures of Unicode, marks without a composed form, variation
    # selectors, letters beyond the basic plane, narrow kana, sound marks, signs for a company.
    odd = "～〜 a‐b a‑b µμ ⋯… ①➀ ﬁﬂ x\u0300x\u0308 葛\U000e0100城 𠮷 ﾊﾟ ㈱ Ⅷ ⅓ ← ↑ ―― ────"
    draft = Draft(language, [f"{odd} [1]"], [[odd]])
    assert prove_epub(draft) == []
    assert [one.say() for one in prove_pdf(draft)] == []


def test_front_matter_is_passed_over_and_the_cover_is_no_text() -> None:
    cover = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Cover, 1</p></body></html>'
    truth = report(long())
    book = epub(cover, chapter(truth))
    assert found(Subject(book, "epub", "x.epub", (truth,))) == []


# --- what is wrong ---------------------------------------------------------------------------


def paragraph(root: Element, index: int) -> Element:
    """Return piece `index` of the body."""
    return next(p for p in root.iter("p") if str(p.get("id")).endswith(f"-p{index:02}"))


def note(root: Element, number: int) -> Element:
    return one(root, f"-fn{number}")


def call(root: Element, index: int) -> Element:
    return one(root, f"-r{index}")


def one(root: Element, suffix: str) -> Element:
    """Return the element whose id ends so."""
    return next(node for node in root.iter() if str(node.get("id")).endswith(suffix))


def backs(root: Element, number: int) -> list[Element]:
    links = note(root, number).iter("a")
    return [link for link in links if link.get("role") == "doc-backlink"]


def address(root: Element, number: int) -> Element:
    return next(note(root, number).iter("a"))


def replaced(root: Element, old: str, new: str) -> None:
    """Put `new` for the first `old` in the text below `root`."""
    for node in root.iter():
        for slot in ("text", "tail"):
            if old in (getattr(node, slot) or ""):
                setattr(node, slot, getattr(node, slot).replace(old, new, 1))
                return
    raise AssertionError(f"{old!r} is not there")


def dropped(element: Element) -> None:
    """Remove an element and what it holds; the text behind it stays."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def swapped(one: Element, two: Element) -> None:
    """Let two blocks change places."""
    mark = etree.Element("mark")
    one.addprevious(mark)
    two.addprevious(one)
    mark.addnext(two)
    dropped(mark)


def doubled(element: Element) -> None:
    import copy

    twin = copy.deepcopy(element)
    for node in twin.iter():
        node.attrib.pop("id", None)
    element.tail = None
    element.addnext(twin)


def exchanged(one: Element, two: Element) -> None:
    """Let two elements change their content, and keep their attributes."""
    kids = list(one), list(two)
    texts = one.text, two.text
    for element, others, text in ((one, kids[1], texts[1]), (two, kids[0], texts[0])):
        for kid in others:
            element.append(kid)
        element.text = text


def aimed(link: Element, other: Element) -> None:
    link.set("href", f"#{other.get('id')}")


@dataclass(frozen=True)
class Fault:
    name: str
    change: Change
    code: str
    line: int
    language: str = "en"
    pdf: str = ""  # the code in a PDF, where it is another


def said(index: int, old: str, new: str) -> Change:
    """Return the change of some words of a piece of the body."""
    return lambda root: replaced(paragraph(root, index), old, new)


FAULTS = [
    Fault("a word lost", said(0, " ferry ", " "), "L101", 10),
    Fault("a word added", said(1, " ferry ", " ferry not "), "L101", 11),
    Fault("a letter lost in a ligature", said(0, "ffi", "fi"), "L101", 10),
    Fault("a letter changed", said(4, "wharf", "whark"), "L101", 14),
    Fault("a hyphen lost", said(0, "long-term", "longterm"), "L101", 10),
    Fault(
        "a space lost",
        said(0, "while char", "whilechar"),
        "L101",
        10,
    ),
    Fault("an accent lost", said(7, "café", "cafe"), "L101", 17),
    Fault("a quote straightened", said(0, "“", '"'), "L101", 10),
    Fault("a dash shortened", said(0, "—", "–"), "L101", 10),
    Fault("a kanji changed", said(1, "検", "険"), "L101", 11, "ja"),
    Fault("a kana lost", said(4, "ガイド", "ガド"), "L101", 14, "ja"),
    Fault("a voicing mark lost", said(6, "ガ", "カ"), "L101", 16, "ja"),
    Fault("a syllable lost", said(1, "퍼센트", "퍼트"), "L101", 11, "ko"),
    Fault("a batchim lost", said(7, "검토", "거토"), "L101", 17, "ko"),
    Fault("a paragraph lost", lambda r: dropped(paragraph(r, 1)), "L107", 11),
    Fault("the last one lost", lambda r: dropped(paragraph(r, 7)), "L107", 17, "ja"),
    Fault("paragraphs swapped", lambda r: swapped(paragraph(r, 0), paragraph(r, 1)), "L109", 10),
    Fault("a paragraph doubled", lambda r: doubled(paragraph(r, 6)), "L108", 16),
    Fault("a quotation lost", lambda r: dropped(paragraph(r, 2)), "L107", 12, "ko"),
    Fault("a sub-heading lost", lambda r: dropped(next(r.iter("h2"))), "L107", 13),
    Fault("a list item lost", lambda r: dropped(paragraph(r, 5)), "L107", 15),
    Fault("the headline changed", lambda r: replaced(r, "Flood", "Blood"), "L101", 3),
    Fault("a name changed", lambda r: replaced(r, "Renn", "Benn"), "L101", 4),
    Fault("the number changed", lambda r: replaced(r, "32", "23"), "L101", 5),
    Fault("the date changed", lambda r: replaced(r, "2031", "2013"), "L101", 2, "ko"),
    Fault("a call lost", lambda r: dropped(call(r, 1)), "L103", 10),
    Fault("a call with a wrong number", lambda r: replaced(call(r, 4), "4", "5"), "L103", 14),
    Fault("a call doubled", lambda r: doubled(call(r, 6)), "L103", 16, "ja"),
    Fault("a call leads astray", lambda r: aimed(call(r, 1), note(r, 2)), "L105", 10),
    Fault("a call that leads back", lambda r: aimed(call(r, 4), call(r, 1)), "L105", 14, "ko"),
    Fault(
        "a call leads nowhere",
        lambda r: call(r, 1).set("href", "#no"),
        "L105",
        10,
        "en",
        "L110",
    ),
    Fault("a call without a link", lambda r: call(r, 1).attrib.pop("href"), "L110", 10),
    Fault("a note lost", lambda r: dropped(note(r, 3)), "L107", 300),
    Fault("a note doubled", lambda r: doubled(note(r, 3)), "L108", 300),
    Fault(
        "notes swapped",
        lambda r: exchanged(note(r, 3), note(r, 5)),
        "L109",
        300,
        "ja",
    ),
    Fault("notes in another order", lambda r: swapped(note(r, 5), note(r, 6)), "L109", 500),
    Fault("a note with a wrong number", lambda r: numbered(note(r, 4), 7), "L102", 400),
    Fault("a letter of a note", lambda r: replaced(note(r, 4), "ferry", "fairy"), "L102", 400),
    Fault("half a note lost", lambda r: dropped(note(r, 2).findall("p")[0]), "L107", 200, "ko"),
    Fault(
        "an address altered", lambda r: replaced(note(r, 1), "long-path", "long-bath"), "L104", 100
    ),
    Fault("a link altered", lambda r: address(r, 1).set("href", "https://x.example/"), "L104", 100),
    Fault("a link lost", lambda r: address(r, 1).attrib.pop("href"), "L110", 100, "ja"),
    Fault("a way back lost", lambda r: dropped(backs(r, 1)[0]), "L110", 100),
    Fault("one of two ways back lost", lambda r: dropped(backs(r, 2)[1]), "L110", 200),
    Fault("a way back to another call", lambda r: aimed(backs(r, 4)[0], call(r, 1)), "L105", 400),
    Fault("ways back swapped", lambda r: exchanged_aims(*backs(r, 2)), "L105", 200, "ko"),
]


def numbered(item: Element, number: int) -> None:
    item.set("value", str(number))
    # WeasyPrint counts on after setting.
    item.set("style", f"counter-set: list-item {number - 1}")


def exchanged_aims(one: Element, two: Element) -> None:
    first, second = one.get("href"), two.get("href")
    one.set("href", str(second))
    two.set("href", str(first))


def judged(fault: Fault, findings: list[Diagnostic], code: str) -> None:
    """Hold the findings to the planted fault: found, at its place, and no hail of others."""
    assert (code, fault.line) in summary(findings), findings
    assert len(findings) <= 4, findings
    file = f"{fault.language}/032.txt"
    assert {one.place.file for one in findings} == {file}
    assert all(one.severity == "error" and one.say() and one.say("fix", "ja") for one in findings)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_in_an_epub_is_found(fault: Fault) -> None:
    judged(fault, prove_epub(long(fault.language), fault.change), fault.code)


# One of each kind; the rest, each with its own layout, takes its time.
FIRST = {
    "a word lost", "a letter lost in a ligature", "a hyphen lost", "a kanji changed",
    "a syllable lost", "a paragraph lost", "a call lost", "a call leads astray", "notes swapped",
    "a note with a wrong number", "an address altered", "a way back lost",
}  # fmt: skip
IN_PDF = [
    pytest.param(fault, id=fault.name, marks=() if fault.name in FIRST else pytest.mark.slow)
    for fault in FAULTS
]


@needs_fonts
@pytest.mark.parametrize("fault", IN_PDF)
def test_a_fault_in_a_pdf_is_found(fault: Fault) -> None:
    findings = prove_pdf(long(fault.language), fault.change)
    judged(fault, findings, fault.pdf or fault.code)
    assert all(one.page > 0 for one in findings)


def test_one_finding_a_block_and_all_that_follows_is_still_compared() -> None:
    def change(root: Element) -> None:
        for old, new in (("ferry", "fairy"), ("office", "orifice"), ("wharf", "dwarf")):
            replaced(paragraph(root, 0), old, new)
        dropped(paragraph(root, 1))
        replaced(paragraph(root, 6), "wharf", "dwarf")
        replaced(note(root, 4), "ferry", "fairy")

    findings = prove_epub(long(), change)
    assert summary(findings) == {("L101", 10), ("L107", 11), ("L101", 16), ("L102", 400)}
    assert len(findings) == 4


def test_a_finding_shows_the_words_of_both() -> None:
    draft = Draft("en", ["The ferry left the quay at dawn, and nobody saw it."], [])
    finding = prove_epub(draft, lambda root: replaced(root, "left", "lift"))[0]
    assert finding.say() == (
        "x.epub has “The ferry lift the quay” where the XML has “The ferry left the quay”"
    )


def test_a_contents_entry_that_leads_astray_is_found() -> None:
    from epub_reports import book, work
    from epub_reports import report as small

    one = small()
    told: list[Diagnostic] = []
    data = book(work(one), told)
    assert found(Subject(data, "epub", "x.epub", (one,))) == []
    bad = rezipped(data, "nav.xhtml", b"#wr007-en-s1", b"#wr007-en-q1")
    findings = found(Subject(bad, "epub", "x.epub", (one,)))
    assert [one.code for one in findings] == ["L105"]


def rezipped(data: bytes, suffix: str, old: bytes, new: bytes) -> bytes:
    """Return an EPUB with a change in the entry whose name ends in `suffix`."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename.endswith(suffix):
                assert old in text, f"{old!r} is not in {entry.filename}"
                text = text.replace(old, new)
            target.writestr(entry, text)
    return out.getvalue()


# --- faults that only a finished PDF can have ------------------------------------------------


def surgery(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def first_call(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(
        link for link in pdf.pages[0].Annots if link.get("/Subtype") == "/Link" and "/A" not in link
    )


@needs_fonts
@pytest.mark.parametrize("change", [
    lambda pdf: first_call(pdf).__setattr__("Rect", pikepdf.Array([100, 100, 105, 100])),
    lambda pdf: first_call(pdf).__setattr__("Rect", pikepdf.Array([5, 5, 9, 9])),
], ids=["without area", "beside the number"])  # fmt: skip
def test_a_link_that_nobody_can_hit_is_found(change: Callable[[pikepdf.Pdf], object]) -> None:
    made = compiled([long()])
    data = surgery(made.data, change)
    findings = found(Subject(data, "pdf", "x.pdf", (report(long()),)))
    assert summary(findings) == {("L110", 10)}


@needs_fonts
def test_a_link_to_the_wrong_page_is_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        first_call(pdf).Dest = pikepdf.Array([pdf.pages[1].obj, pikepdf.Name.XYZ, 50, 500, 0])

    data = surgery(compiled([long()]).data, change)
    findings = found(Subject(data, "pdf", "x.pdf", (report(long()),)))
    assert summary(findings) == {("L105", 10)}


@needs_fonts
def test_a_heading_is_named_without_its_calls_and_by_no_other_words() -> None:
    draft = long()
    draft.body = [*draft.body, "# The year 10 [6] and 11 [9]", "It ends [1]."]
    made, truth = compiled([draft]), (report(draft),)
    assert found(Subject(made.data, "pdf", "x.pdf", truth)) == []

    def rename(title: str) -> bytes:
        def change(pdf: pikepdf.Pdf) -> None:
            with pdf.open_outline() as outline:
                (mark,) = (m for m in outline.root[0].children if "The year" in m.title)
                assert mark.title == "The year 10 and 11"
                mark.title = title

        return surgery(made.data, change)

    for title in ("The year 106 and 11", "The year 10", "The year and 11"):
        findings = found(Subject(rename(title), "pdf", "x.pdf", truth))
        assert [one.code for one in findings] == ["L105"], title


@needs_fonts
def test_a_page_lost_is_found() -> None:
    data = surgery(compiled([long()]).data, lambda pdf: pdf.pages.__delitem__(1))
    codes = {one.code for one in found(Subject(data, "pdf", "x.pdf", (report(long()),)))}
    assert codes & {"L101", "L107"}


@needs_fonts
def test_a_hyphen_in_an_address_at_the_end_of_a_line_is_found(tmp_path: Path) -> None:
    styles = Styles()
    css = styles.text("print.css") + ".report .url { hyphens: auto; hyphenate-limit-zone: 0 }"
    (tmp_path / "print.css").write_text(css, "utf-8")
    address = "https://example.org/" + "/".join(["reconsiderationrepresentation"] * 6)
    draft = Draft("en", ["The office refused [1]."], [[f"See {address}"]])
    made = compiled([draft], styles=Styles(tmp_path))
    findings = found(Subject(made.data, "pdf", "x.pdf", (report(draft),)))
    assert summary(findings) == {("L104", 100)}


# --- products that cannot be read ------------------------------------------------------------


def test_what_is_no_product_is_said() -> None:
    truth = (report(long()),)
    for kind, data in (("epub", b"PK\x03\x04 no"), ("pdf", b"%PDF-1.7 no"), ("epub", b"")):
        findings = found(Subject(data, kind, "x", truth))  # type: ignore[arg-type]
        assert [one.code for one in findings] == ["L106"]


def test_a_product_of_another_report_is_one_finding() -> None:
    other = report(Draft("ko", [prose("ko", 30, 1)], []))
    findings = found(Subject(epub(chapter(report(long("ja")))), "epub", "x", (other,)))
    assert [one.code for one in findings] == ["L106"]


# --- any report, any damage ------------------------------------------------------------------


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    language = draw(st.sampled_from(["en", "ja", "ko"]))
    count = draw(st.integers(0, 20))
    seeds = draw(st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
    kinds = draw(
        st.lists(st.sampled_from(["", "", "", "# ", "> ", "* "]), min_size=30, max_size=30)
    )
    body = [kinds[n] + prose(language, 3 + seed % 60, seed) for n, seed in enumerate(seeds)]
    for number in range(1, count + 1):
        at = draw(st.integers(0, len(body) - 1))
        body[at] += f" [{number}] {prose(language, 2, number)}"
    notes = [[prose(language, 2 + n % 9, n), f"https://a.example/{n}"] for n in range(count)]
    return Draft(language, body, notes)


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(drafts())
def test_any_right_report_is_silent(draft: Draft) -> None:
    assert prove_epub(draft) == []


@QUICK
@given(drafts(), st.integers(0, 2**32), st.sampled_from(["lost", "doubled", "changed"]))
def test_any_damage_to_one_letter_is_found(draft: Draft, seed: int, kind: str) -> None:
    findings = prove_epub(draft, lambda root: damaged(root, random.Random(seed), kind))
    assert findings
    assert len(findings) <= 6


def damaged(root: Element, chance: random.Random, kind: str) -> None:
    """Damage one letter or space of the text, wherever it stands."""
    spots = []
    for node in root.iter():
        back = node.get("role") == "doc-backlink"
        for slot in ("text",) if not back else ():
            spots += [(node, slot, n) for n in letters(getattr(node, slot))]
        spots += [(node, "tail", n) for n in letters(node.tail)]
    node, slot, n = chance.choice(spots)
    text = getattr(node, slot)
    new = {"lost": "", "doubled": text[n] * 2, "changed": "q" if text[n] != "q" else "Q"}[kind]
    setattr(node, slot, text[:n] + new + text[n + 1 :])


def letters(text: str | None) -> list[int]:
    return [n for n, letter in enumerate(text or "") if not letter.isspace()]


@pytest.mark.slow
@needs_fonts
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(drafts())
def test_any_right_report_is_silent_as_a_pdf(draft: Draft) -> None:
    assert prove_pdf(draft) == []


# --- the parts -------------------------------------------------------------------------------

SOFT = "\N{SOFT HYPHEN}"


@pytest.mark.parametrize(("want", "text", "whole"), [
    ("longterm", f"long{SOFT}term", True),  # the engine's hyphen
    ("long-term", f"long{SOFT}term", True),  # the copy's, at the end of a line
    ("long-term", "longterm", False),
    ("longterm", "long-term", False),  # a hyphen that is not at the end of a line
    ("long--term", f"long{SOFT}term", False),
    ("longterm", f"long{SOFT}{SOFT}term", False),
    ("term", f"{SOFT}term", False),
])  # fmt: skip
def test_a_hyphen_is_passed_over_at_the_end_of_a_line_only(
    want: str, text: str, whole: bool
) -> None:
    assert (agree(want, text, 0)[0] == len(want)) is whole


def test_what_is_expected_is_computed_from_the_xml() -> None:
    draft = Draft("en", ["Refused  [1], said\nhe.", "# Why [2]"], [["One"], ["Two", "more"]])
    blocks = expected(report(draft), "epub")
    assert [(block.kind, block.text) for block in blocks] == [
        ("opening", "TideTableNotesNo.32"),
        ("opening", "June12,2031"),
        ("text", "TheFerryOfficeMustAnswerFirst:AFloodofDifficultAffidavits"),
        ("text", "OdileMarchfieldandTobiasRenn"),
        ("text", "Refused1,saidhe."),
        ("text", "Why2"),
        ("text", "Notes"),
        ("note", "One"),
        ("note", "Two"),
        ("note", "more"),
    ]
    call = blocks[4].calls[0]
    assert (call.start, call.end, call.number, call.note) == (7, 8, "1", "wr032-en-fn1")
    assert blocks[4].gaps == {9, 13}, "none before the call"


def test_ruby_is_read_as_each_product_gives_it() -> None:
    xml = report(Draft("ja", ["X"], []))
    body = xml.find("body/p")
    assert body is not None
    body.text = None
    body.append(etree.fromstring("<ruby><rb>灯</rb><rt>ひ</rt></ruby>"))
    assert expected(xml, "epub")[-1].text == "灯ひ"
    assert expected(xml, "pdf")[-1].text == "灯ひ"
