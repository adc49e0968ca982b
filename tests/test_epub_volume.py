"""The EPUB of a volume: every part a file, every note where its marker points, in every layout."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from epub_reports import fonts, unpacked
from epub_volumes import BOOK, TITLES, book, pages_of, proved, small, volume, year
from epubcheck import assert_epubs
from watchpress.backends.epub.breaks import Break, mark
from watchpress.backends.epub.pages import OPS, XHTML
from watchpress.catalog import Layout, NotesAt, Numbering, Volume
from watchpress.model.tree import LANG, Element
from watchpress.tools import fonts as tool
from watchpress.volume.plan import plan

H = f"{{{XHTML}}}"
TYPE = f"{{{OPS}}}type"
LAYOUTS: tuple[Layout, ...] = ("sequential", "paired", "facing")
ALL = ("en", "ja", "ko")


@pytest.fixture(autouse=True, scope="module")
def _fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    faces = fonts(tmp_path_factory.mktemp("fonts"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tool, "faces", lambda: faces)
        yield


def trees(data: bytes) -> dict[str, Element]:
    """Return the documents of an EPUB by file name."""
    files = unpacked(data)
    return {
        posixpath.basename(name): etree.fromstring(text)
        for name, text in files.items()
        if name.endswith(".xhtml")
    }


def spine(data: bytes) -> list[str]:
    opf = etree.fromstring(unpacked(data)["EPUB/package.opf"])
    return [str(ref.get("idref")) for ref in opf.iterfind(".//{*}itemref")]


def facts(data: bytes, name: str) -> list[tuple[str | None, dict[str, str]]]:
    """Return the statements of a name, dc:title or a property: text and attributes."""
    opf = etree.fromstring(unpacked(data)["EPUB/package.opf"])
    path = f".//{{*}}{name[3:]}" if name.startswith("dc:") else f".//{{*}}meta[@property='{name}']"
    return [(fact.text, {str(k): str(v) for k, v in fact.items()}) for fact in opf.iterfind(path)]


def follow(found: dict[str, Element], name: str, href: str) -> Element:
    """Return the element that a link leads to."""
    path, _, target = href.partition("#")
    (node,) = (n for n in found[path or name].iter(etree.Element) if n.get("id") == target)
    return node


def assert_notes(data: bytes) -> int:
    """Follow each call to its note and each note back to its calls; return how many calls."""
    found, calls = trees(data), dict[str, list[str]]()
    for name, root in found.items():
        for call in root.iterfind(f".//{H}a[@role='doc-noteref']"):
            note = follow(found, name, str(call.get("href")))
            assert note.tag == f"{H}li" and note.get("value") == "".join(call.itertext())
            ident = str(note.get("id"))
            assert ident[:8] == str(call.get("id"))[:8], "the note is one of its own report"
            calls.setdefault(ident, []).append(str(call.get("id")))
    backs: dict[str, list[str]] = {}
    for name, root in found.items():
        for note in root.iterfind(f".//{H}li[@value]"):
            for back in note.iterfind(f".//{H}a[@role='doc-backlink']"):
                goal = follow(found, name, str(back.get("href")))
                backs.setdefault(str(note.get("id")), []).append(str(goal.get("id")))
    assert backs == calls
    return sum(map(len, calls.values()))


# --- the standard, and the proof ---------------------------------------------------------------


def valid(*forms: tuple[Layout, tuple[str, ...], NotesAt]) -> None:
    """Hold a volume of each form to EPUBCheck, in two languages with printed pages."""
    books = {}
    for layout, tags, notes_at in forms:
        made = volume(year(tags), tags, layout=layout, notes_at=notes_at)
        books[f"{layout}-{len(tags)}"] = book(made, pages_of(made) if len(tags) == 2 else {})
    assert_epubs(books)


@pytest.mark.slow
def test_each_layout_is_valid() -> None:
    two, three = ("en", "ja"), ("ja", "en", "ko")
    valid(("sequential", three, "volume"), ("paired", two, "volume"), ("facing", two, "report"))


@pytest.mark.slow
def test_each_layout_is_valid_in_the_other_number_of_languages() -> None:
    two, three = ("ja", "en"), ("ko", "ja", "en")
    valid(("sequential", two, "report"), ("paired", three, "report"), ("facing", three, "volume"))


@pytest.mark.parametrize("notes_at", ["report", "volume"])
@pytest.mark.parametrize("numbering", ["restart", "continuous"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_note_is_where_its_marker_points(
    layout: Layout, numbering: Numbering, notes_at: NotesAt
) -> None:
    made = volume(year(ALL), ALL, layout=layout, numbering=numbering, notes_at=notes_at)
    data = book(made, pages_of(made))
    assert assert_notes(data) == 3 * (7 + 3)
    assert [one.say() for one in proved(made, data)] == []


@st.composite
def volumes(draw: st.DrawFn) -> Volume:
    tags = tuple(draw(st.permutations(ALL))[: draw(st.integers(1, 3))])
    drafts = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        there = draw(st.sets(st.sampled_from(tags), min_size=1))
        drafts += [
            small(tag, number, draw(st.integers(0, 10)), draw(st.integers(1, 4))) for tag in there
        ]
    return volume(
        drafts,
        tags,
        layout=draw(st.sampled_from(LAYOUTS)),
        numbering=draw(st.sampled_from(("restart", "continuous"))),
        notes_at=draw(st.sampled_from(("report", "volume"))),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=volumes())
def test_generated_volumes_are_proved(made: Volume) -> None:
    data = book(made, pages_of(made))
    assert_notes(data)
    assert [one.say() for one in proved(made, data)] == []
    assert spine(data)[1:] == [f"{part.id}-xhtml" for part in plan(made)]


def test_same_volume_same_bytes() -> None:
    made = [volume(year(ALL), ALL, layout="facing") for _ in range(2)]
    assert book(made[0], pages_of(made[0])) == book(made[1], pages_of(made[1]))


def test_a_volume_is_left_as_it_was() -> None:
    made = volume(year(ALL), ALL, layout="facing")
    reports = [report for entry in made.entries for report in entry.reports]
    before = [etree.tostring(report) for report in reports]
    book(made)
    assert [etree.tostring(report) for report in reports] == before


# --- parts --------------------------------------------------------------------------------------


def test_every_part_is_a_file_in_its_order() -> None:
    made = volume(year(("en", "ja")))
    data = book(made)
    parts = [part.id for part in plan(made)]
    assert spine(data) == ["cover-xhtml", *(f"{part}-xhtml" for part in parts)]
    assert "wr043-ja-none" in parts, "a placeholder, not a gap"
    page = trees(data)["wr043-ja-none.xhtml"]
    assert page.get("lang") == "ja" and "".join(page.itertext(f"{H}p")).strip()


def test_notes_of_a_volume_stand_in_a_file_of_each_language() -> None:
    made = volume(year(ALL), ALL, notes_at="volume", layout="paired")
    found = trees(book(made))
    for tag in ALL:
        notes = found[f"notes-{tag}.xhtml"]
        assert notes.get("lang") == tag
        ids = {str(li.get("id"))[:8] for li in notes.iter(f"{H}li") if li.get("value")}
        assert ids == {f"wr041-{tag}", f"wr042-{tag}"}
        assert not found[f"wr041-{tag}.xhtml"].findall(f".//{H}section[@role='doc-endnotes']")


def test_facing_editions_stand_in_pairs_of_the_same_height() -> None:
    found = trees(book(volume(year(("en", "ja")), layout="facing")))
    pairs = found["wr041-en-ja.xhtml"].findall(f".//{H}div[@class='pair']")
    for pair in pairs:
        assert [side.get("lang") for side in pair] == ["en", "ja"]
        assert [side.get(LANG) for side in pair] == ["en", "ja"]
    kinds = [[[str(b.tag).removeprefix(H) for b in side] for side in pair] for pair in pairs]
    assert kinds[0] == [["div"], ["div"]] and kinds[-1] == [["section"], ["section"]]
    assert [one for one, other in kinds if one != other] == []
    blocks = ["p", "p", "blockquote", "h2", "p", "ul", "p", "p"]
    assert [one for one, _ in kinds[1:-1]] == [[name] for name in blocks]
    assert "wr043-en.xhtml" in found, "a number without its translation faces nothing"


def test_a_paragraph_more_faces_nothing_and_nothing_is_lost() -> None:
    one, two = small("en", 1, paragraphs=4), small("ja", 1, paragraphs=4)
    two.body = [piece for piece in two.body if not piece.startswith(">")]
    made = volume([one, two], layout="facing")
    data = book(made)
    assert proved(made, data) == []
    root = trees(data)["wr001-en-ja.xhtml"]
    empty = [pair for pair in root.findall(f".//{H}div[@class='pair']") if not len(pair[1])]
    assert [pair[0][0].tag for pair in empty] == [f"{H}blockquote"]


# --- contents, landmarks, pages ----------------------------------------------------------------


def nav(data: bytes, kind: str) -> Element:
    found = trees(data)["nav.xhtml"].find(f".//{H}nav[@{TYPE}='{kind}']")
    assert found is not None
    return found


def outline(rows: Element, depth: int = 0) -> list[str]:
    """Return the list below `rows`, indented, a line an entry, languages in brackets."""
    lines = []
    for row in rows.iterfind(f"{H}ol/{H}li"):
        line = row[0]
        tongue = f"[{line.get('lang')}] " if line.get("lang") else ""
        inner = "".join(
            f" [{s.get('lang')}]" for s in line.iter(f"{H}span") if s is not line and s.get("lang")
        )
        words = " ".join("".join(line.itertext()).split())
        lines.append(f"{'  ' * depth}{tongue}{words[:20]}{inner} -> {line.get('href', '')}")
        lines += outline(row, depth + 1)
    return lines


def editions(data: bytes) -> list[str]:
    """Return the lines of the contents that are of editions, without what is below them."""
    lines = outline(nav(data, "toc"))
    return [line for line in lines if ("wr04" in line and "#" not in line) or line.endswith("> ")]


def test_contents_of_a_sequential_volume_go_by_language() -> None:
    data = book(volume(year(("en", "ja"))))
    assert editions(data) == [
        "English -> ",
        "  No. 41 The Ferry Off -> wr041-en.xhtml",
        "  No. 42 The Ferry Off -> wr042-en.xhtml",
        "  No. 43 The Ferry Off -> wr043-en.xhtml",
        "[ja] 日本語 -> ",
        "  [ja] No. 41 渡船局がまず答えよ：押し寄 -> wr041-ja.xhtml",
        "  [ja] No. 42 渡船局がまず答えよ：押し寄 -> wr042-ja.xhtml",
        *[line for line in editions(data) if "none" in line],
    ]
    assert any("wr043-ja-none" in line for line in editions(data))


def test_contents_of_a_paired_volume_go_by_number() -> None:
    lines = editions(book(volume(year(("en", "ja")), layout="paired")))
    assert lines[:6] == [
        "No. 41 -> ",
        "  The Ferry Office Mus -> wr041-en.xhtml",
        "  [ja] 渡船局がまず答えよ：押し寄せる宣誓供述書 -> wr041-ja.xhtml",
        "No. 42 -> ",
        "  The Ferry Office Mus -> wr042-en.xhtml",
        "  [ja] 渡船局がまず答えよ：押し寄せる宣誓供述書 -> wr042-ja.xhtml",
    ]


def test_contents_of_facing_editions_say_each_heading_in_both_languages() -> None:
    data = book(volume(year(("en", "ja")), layout="facing"))
    lines = [line for line in outline(nav(data, "toc")) if "wr041" in line]
    assert lines[0] == "No. 41 The Ferry Off [ja] -> wr041-en-ja.xhtml"
    assert [line.rpartition("#")[2] for line in lines[1:]] == [
        "wr041-en-ja-h4",
        "wr041-en-ja-notes",
    ]
    assert all("[ja]" in line for line in lines)


def test_landmarks_lead_to_the_parts() -> None:
    data = book(volume(year(("en", "ja")), notes_at="volume"))
    marks = [(a.get(TYPE), a.get("href")) for a in nav(data, "landmarks").iter(f"{H}a")]
    assert marks == [
        ("cover", "cover.xhtml"),
        ("titlepage", "title-page.xhtml"),
        ("copyright-page", "copyright-page.xhtml"),
        ("toc", "contents-en.xhtml"),
        ("toc", "contents-ja.xhtml"),
        ("bodymatter", "wr041-en.xhtml"),
        ("endnotes", "notes-en.xhtml"),
        ("endnotes", "notes-ja.xhtml"),
        ("bibliography", "sources.xhtml"),
        ("colophon", "colophon.xhtml"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_printed_pages_are_marked_and_listed(layout: Layout) -> None:
    made = volume(year(("en", "ja")), layout=layout)
    breaks = pages_of(made)
    data = book(made, breaks)
    found = trees(data)
    pages = [(a.text, str(a.get("href"))) for a in nav(data, "page-list").iter(f"{H}a")]
    assert sorted(int(folio or 0) for folio, _ in pages) == list(range(1, len(pages) + 1))
    for folio, href in pages:
        sign = follow(found, "nav.xhtml", href)
        assert (sign.tag, sign.get("role"), sign.get(TYPE)) == (
            f"{H}span",
            "doc-pagebreak",
            "pagebreak",
        )
        assert sign.get("aria-label") == folio and sign.text is None and not len(sign)
    if layout != "facing":
        assert [int(folio or 0) for folio, _ in pages] == list(range(1, len(pages) + 1))


def test_without_printed_pages_none_are_claimed() -> None:
    data = book(volume(year(("en",)), ("en",)))
    assert trees(data)["nav.xhtml"].find(f".//{H}nav[@{TYPE}='page-list']") is None
    features = {text for text, _ in facts(data, "schema:accessibilityFeature")}
    assert not features & {"pageBreakMarkers", "pageNavigation"}
    assert facts(data, "dc:source") == []


# --- where a page begins -----------------------------------------------------------------------


CALL = '<a class="noteref" id="r">12</a>'
P = f'<p id="x"> One <em>two</em> thr<span class="keep">ee{CALL}.</span> End</p>'
RUBY = '<p id="x">一二三<ruby>四<rp>（</rp><rt>し</rt><rp>）</rp></ruby>五</p>'


@pytest.mark.parametrize(
    ("xml", "offset", "before"),
    [
        (P, 0, " "),
        (P, 4, " One "),  # before the element that begins there, not inside of it
        (P, 8, " One two "),
        (P, 13, " One two three"),
        (P, 15, " One two three12"),  # the stop after a call
        (P, 17, " One two three12. "),
        (P, 11, " One two "),  # a word that print has hyphenated is not torn
        (RUBY, 3, "一二三"),
        (RUBY, 4, "一二三"),  # nor is a word from its reading
        (RUBY, 5, "一二三四（し）"),
        ('<p id="x">re-<em>b</em>ound</p>', 3, "re-"),
        ('<p id="x">a\u00adb c</p>', 3, "a\u00adb "),
        ('<li id="x"><p>Note one.</p><p>Two</p></li>', 9, "Note one."),
        ('<li id="x"><p>Note <a class="url">https://a.b/<wbr/>c</a></p></li>', 17, "Note https://a.b/"),
        ('<blockquote id="x"><p>Ab</p><p>Cd</p></blockquote>', 2, "Ab"),
        ('<h2 id="x">Ab</h2>', 0, ""),
        ('<p id="x">Ab</p>', 99, "Ab"),
    ],
)  # fmt: skip
def test_a_page_begins_exactly_there(xml: str, offset: int, before: str) -> None:
    element = etree.fromstring(f"<div>{xml}</div>")
    whole = "".join(element.itertext())
    mark(element, [Break("7", "x", offset)], set())
    assert "".join(element.itertext()) == whole, "no letter is moved"
    (sign,) = element.findall(".//span[@role='doc-pagebreak']")
    assert "".join(element.xpath("//text()[following::span[@role='doc-pagebreak'][1]]")) == before
    assert (sign.get("id"), sign.get("aria-label")) == ("page-7", "7")


def test_pages_without_folio_are_not_marked_and_equal_folios_keep_apart() -> None:
    element, taken = etree.fromstring("<div><p id='x'>Ab cd</p></div>"), set[str]()
    mark(element, [Break("", "x", 0), Break("i", "x", 0), Break("i", "x", 3)], taken)
    assert taken == {"page-i", "page-i-"}
    assert len(element.findall(".//span")) == 2


def test_a_page_in_no_element_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        mark(etree.fromstring("<p id='x'>Ab</p>"), [Break("1", "y", 0)], set())


# --- metadata ----------------------------------------------------------------------------------


def test_titles_people_series_in_all_languages() -> None:
    made = volume(year(("en", "ja")))
    data = book(made)
    assert [(text, at[LANG]) for text, at in facts(data, "dc:title")] == [
        (TITLES["en"], "en"),
        ("A Year of Affidavits", "en"),
    ]
    other = {(text, at["refines"], at[LANG]) for text, at in facts(data, "alternate-script")}
    assert {
        (TITLES["ja"], "#title", "ja"),
        ("宣誓供述書の一年", "#subtitle", "ja"),
        ("埠頭舎", "#publisher", "ja"),
        ("潮汐便り", "#series", "ja"),
    } <= other
    assert [text for text, _ in facts(data, "dc:language")] == ["en", "ja"]
    roles = {at["refines"][1:]: text for text, at in facts(data, "role")}
    people = facts(data, "dc:creator") + facts(data, "dc:contributor")
    assert [(text, roles[at["id"]]) for text, at in people] == [
        ("Odile Marchfield", "aut"),
        ("Tobias Renn", "aut"),
        ("Odile Marchfield", "edt"),
        ("Tobias Renn", "trl"),
        ("水門守", "csl"),
        ("Ilse Kettering", "bkd"),
        ("潮印刷", "prt"),
    ]
    assert [text for text, _ in facts(data, "file-as")] == ["みなともり"]
    assert [text for text, _ in facts(data, "group-position")] == ["2031"]
    assert [text for text, _ in facts(data, "dcterms:identifier")] == ["urn:ISSN:2434-5687"]
    assert [text for text, _ in facts(data, "dc:date")] == ["2032-01-10"]


def test_the_isbn_is_the_printed_books_where_its_pages_are_marked() -> None:
    made = volume(year(("en",)), ("en",))
    own, printed = book(made), book(made, pages_of(made))
    isbn = "urn:isbn:9784003101018"
    assert isbn in {text for text, _ in facts(own, "dc:identifier")}
    assert isbn not in {text for text, _ in facts(printed, "dc:identifier")}
    assert [text for text, _ in facts(printed, "dc:source")] == [isbn]
    assert [text for text, _ in facts(printed, "source-of")] == ["pagination"]
    nameless = volume(year(("en",)), ("en",), book=replace(BOOK, isbn=""))
    source = facts(book(nameless, pages_of(nameless)), "dc:source")
    assert [text for text, _ in source] == [f"{TITLES['en']}, Wharf House, 2032"]
    features = {text for text, _ in facts(printed, "schema:accessibilityFeature")}
    assert {"pageBreakMarkers", "pageNavigation"} <= features


def test_the_identifier_outlives_a_translation_and_knows_the_form() -> None:
    def uuid(made: Volume) -> Any:
        return facts(book(made), "dc:identifier")[0][0]

    first, later = year(("en", "ja")), [*year(("en", "ja")), small("ja", 43)]
    assert uuid(volume(first)) == uuid(volume(later))
    assert uuid(volume(first)) != uuid(volume(first, layout="paired"))
    assert uuid(volume(first)) != uuid(volume(first, book=replace(BOOK, name="2032")))


# --- faults planted into editions that face each other -----------------------------------------


def replanted(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry, text in unpacked(data).items():
            changed = text
            if entry.endswith(f"/{name}"):
                changed = change(text.decode()).encode()
                assert changed != text, "the fault is planted"
            archive.writestr(entry, changed)
    return out.getvalue()


FACING = "wr041-en-ja.xhtml"
FIRST = '<div class="pair">'


@pytest.mark.parametrize(
    ("name", "change", "codes"),
    [
        (FACING, lambda t: re.sub(r'(?s)<p id="wr041-ja-p00">.*?</p>', "", t), {"L105", "L107"}),
        (FACING, lambda t: t.replace("局は拒んだ", "局は認めた", 1), {"L101"}),
        (FACING, lambda t: t.replace('href="#wr041-ja-fn1"', 'href="#wr041-en-fn1"', 1), {"L105"}),
        (FACING, lambda t: t.replace(FIRST, f"<p>Ho</p>{FIRST}", 1), {"L108"}),
        (FACING, lambda t: t.replace('href="#wr041-ja-r1"', 'href="#wr041-en-r1"', 1), {"L105"}),
        (FACING, lambda t: re.sub(r'<a [^>]*"wr041-ja-r4"[^>]*>4</a>', "4", t), {"L105", "L110"}),
        ("nav.xhtml", lambda t: t.replace("#wr041-en-ja-h4", "#wr041-en-p01"), {"L105"}),
        ("nav.xhtml", lambda t: t.replace("#page-3\"", "#page-4\""), {"L105"}),
        ("nav.xhtml", lambda t: t.replace("wr043-ja-none.xhtml", "sources.xhtml"), {"L105"}),
    ],
)  # fmt: skip
def test_faults_in_facing_editions_are_found(
    name: str, change: Callable[[str], str], codes: set[str]
) -> None:
    made = volume(year(("en", "ja")), layout="facing")
    data = book(made, pages_of(made))
    assert proved(made, data) == []
    found = {one.code for one in proved(made, replanted(data, name, change))}
    assert found == codes


def test_notes_of_a_volume_are_held_against_their_reports() -> None:
    made = volume(year(("en", "ja")), notes_at="volume")
    data = book(made)
    wrong = replanted(
        data, "notes-ja.xhtml", lambda t: t.replace("宣誓供述書の全文", "宣誓供述書の写し")
    )
    assert {one.code for one in proved(made, wrong)} == {"L102"}
    lost = replanted(
        data, "notes-ja.xhtml", lambda t: re.sub(r'(?s)<li [^>]*id="wr042-ja-fn2".*?</li>', "", t)
    )
    assert {one.code for one in proved(made, lost)} >= {"L107"}


def test_the_style_sheet_of_volumes_needs_no_engine_of_pages() -> None:
    style = unpacked(book(volume(year(("en",)), ("en",))))["EPUB/css/epub.css"].decode()
    assert "@page" not in style and ".facing .pair" in style


def test_the_cover_does_not_say_the_title_twice() -> None:
    def inscribed(**changed: Any) -> list[str]:
        """Return the headlines of the cover as drawn without fonts: as SVG text."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tool, "faces", lambda: ())
            data = book(volume(year(("en", "ja")), book=replace(BOOK, **changed)), silent=False)
        drawn = etree.fromstring(unpacked(data)["EPUB/images/cover.svg"])
        return [str(text.text) for text in drawn.iterfind(".//{*}text")]

    assert inscribed()[:2] == ["Tide Table Notes", "2031"]
    assert TITLES["en"] not in inscribed() and "宣誓供述書の一年" in inscribed()
    assert TITLES["ja"] in inscribed(subtitle={})
    assert inscribed()[-1] == "Wharf House"
