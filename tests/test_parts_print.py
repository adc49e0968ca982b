"""The parts of a book, printed: every kind in every language valid, leaders silent, one grid."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from epub_volumes import EPOCH, small, volume
from pdf_reports import bare, texts
from products import assert_pdf, tag_tree
from watchpress.backends.epub.breaks import Break
from watchpress.backends.pdf import cover as covers
from watchpress.backends.pdf import spine
from watchpress.backends.pdf.breaks import JOINER, shape
from watchpress.backends.pdf.sheet import Sheet
from watchpress.backends.pdf.writer import Compiled, press
from watchpress.catalog import Erratum, Person, Role, Term, Volume, Work, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element, markers
from watchpress.volume.plan import plan
from watchpress.xhtml.parts import FILLS, part

MM = 72 / 25.4
WORDS = {"en": ("office", "wharf"), "ja": ("渡船局", "証言"), "ko": ("부두", "지침")}


def bound(languages: tuple[str, ...], **more: Any) -> Volume:
    """Return a volume with every part there is, and a translation missing."""
    drafts = [small(tag, n, 9) for n in (41, 42, 43) for tag in languages]
    kept = [draft for draft in drafts if len(languages) == 1 or draft is not drafts[-1]]
    made = volume(kept, languages, numbering="continuous", notes_at="volume")
    terms = tuple(
        Term("name", {tag: WORDS[tag][n] for tag in languages}, {"ja": "わた"}) for n in (0, 1)
    )
    errors = tuple(Erratum(41, tag, WORDS[tag][0], WORDS[tag][1]) for tag in languages)
    return replace(made, print_map=True, terms=terms, errata=errors, **more)


def articles(made: Volume) -> list[Element]:
    parts = plan(made)
    return [
        part(one, made, parts, lambda name: str(1 + len(name) % 40), typefaces=("Source Serif 4",))
        for one in parts
        if one.kind in FILLS
    ]


def pressed(made: Volume, found: list[Element], size: str = "A5") -> Compiled:
    told: list[Diagnostic] = []
    work = Work((), made.title, made.languages[0], EPOCH, trim(size), loose=True)
    compiled = press(found, work, Styles(), told.append)
    assert told == []
    return compiled


TOGETHER = [("en", "ja"), ("ja", "ko"), ("ko",), ("ja", "en", "ko")]
PARTS = [
    *((languages, "A5") for languages in TOGETHER),
    (("ko",), "B5"),
    *(
        pytest.param(languages, "B5", marks=pytest.mark.slow)
        for languages in TOGETHER
        if languages != ("ko",)
    ),
]


@pytest.mark.parametrize(("languages", "size"), PARTS)
def test_every_part_is_valid_in_every_language_and_says_all_it_has(
    languages: tuple[str, ...], size: str
) -> None:
    made = bound(languages)
    found = articles(made)
    compiled = pressed(made, found, size)
    assert_pdf(compiled.data)
    printed = bare("".join(texts(compiled.data)))
    for article in found:
        for node in article.iter("h1", "h2", "td", "th", "li"):
            words = bare("".join(node.itertext()).replace("\u21a9", "↑"))[:12]
            assert re.sub(r"\W", "", words) in re.sub(r"\W", "", printed)
    assert {str(article.get("id")) for article in found} <= set(compiled.facts.anchors)


def test_leaders_are_seen_and_not_heard() -> None:
    made = bound(("en",))
    compiled = pressed(made, [one for one in articles(made) if "contents" in one.get("class", "")])
    assert ". . . . ." in texts(compiled.data)[0].replace("  ", " ")
    assert ". ." not in tag_tree(compiled.data)


def test_contents_are_tagged_as_contents() -> None:
    """ISO 32000-1, 14.8.4.3: a TOC of TOCI, in each what it leads to as a Reference."""
    made = bound(("en", "ja"))
    (contents,) = (one for one in articles(made) if one.get("id") == "contents-en")
    lines = tag_tree(pressed(made, [contents]).data).splitlines()
    items = len(contents.findall(".//li"))
    roles = [line.strip().split()[0] for line in lines]
    assert (roles.count("TOC"), roles.count("TOCI")) == (len(contents.findall("ol")), items)
    assert "LI" not in roles and "LBody" not in roles
    first = roles.index("TOCI")
    assert roles[first : first + 4] == ["TOCI", "P", "Reference", "Link"]


def test_page_numbers_of_the_contents_end_on_one_line() -> None:
    made = bound(("en", "ja"))
    compiled = pressed(made, [one for one in articles(made) if one.get("id") == "contents-en"])
    import pypdfium2

    document = pypdfium2.PdfDocument(BytesIO(compiled.data))
    try:
        page = document[0].get_textpage()
        ends = {
            round(page.get_charbox(place)[2], 1)
            for place in range(page.count_chars())
            if page.get_text_range(place, 1).isdigit()
            and page.get_charbox(place)[2] > compiled.facts.boxes[0][2] - 3
        }
    finally:
        document.close()
    assert len(ends) >= 1
    assert max(ends) - min(ends) < 1.0


def test_running_heads_of_the_notes_name_the_pages_of_the_text() -> None:
    made = bound(("en",))
    parts = plan(made)
    notes = next(one for one in parts if one.kind == "notes")
    calls = {
        str(call.get("id")): str(place)
        for place, call in enumerate((x for one in notes.reports for x in markers(one)), 1)
    }

    def again(folios: dict[str, str], breaks: Any = None) -> Compiled:
        known = calls | folios
        article = part(notes, made, parts, lambda name: known.get(name, ""), breaks=breaks)
        return pressed(made, [article])

    facts = again({}).facts
    turns = [Break(str(100 + turn.page), turn.id, turn.offset) for turn in facts.turns]
    folios = {name: str(100 + page) for name, page in facts.anchors.items()}
    first, *others = texts(again(folios, {notes.id: turns}).data)
    assert others, "the notes take more than a page"
    assert "Notes to page" not in first
    spans = [re.search(r"Notes to pages? (\d+)(?:–(\d+))?", text) for text in others]
    ends = [(int(span[1]), int(span[2] or span[1])) for span in spans if span]
    assert len(ends) == len(others)
    # Calls and pages count alike here: what one page does not name, the next one does.
    assert ends[-1][1] == len(calls)
    for (_, last), (start, _) in pairwise(ends):
        assert start in (last, last + 1)


def test_a_title_page_is_one_page() -> None:
    for languages in (("en",), ("ja", "en"), ("en", "ja", "ko")):
        made = bound(languages)
        found = [one for one in articles(made) if one.get("id") in ("title-page", "copyright-page")]
        for size in ("A5", "B6", "A4"):
            for article in found:
                assert pressed(made, [article], size).facts.pages == 1


def test_the_heads_of_the_map_of_notes_stand_on_one_line() -> None:
    made = bound(("en", "ja", "ko"))
    (article,) = [one for one in articles(made) if " map" in str(one.get("class"))]
    heads = {bare("".join(head.itertext())) for head in article.iterfind(".//thead//th")}
    pages = pressed(made, [article]).facts.galley.pages
    assert heads <= {bare(line.text) for page in pages for line in page.lines}


def peopled(made: Volume, names: int, times: int = 1) -> Volume:
    """Return the volume with so many people in the roles of a title page, its titles so long."""
    roles: tuple[Role, ...] = ("author", "editor", "translator", "supervisor")
    said = {"en": "Chizuru Hanemoto", "ja": "羽本千鶴", "ko": "하네모토 지즈루"}
    people = tuple(Person(roles[count % len(roles)], said) for count in range(names))
    title = {tag: " ".join([words] * times) for tag, words in made.book.title.items()}
    return replace(made, book=replace(made.book, people=people, title=title))


@pytest.mark.parametrize(
    ("languages", "names", "size", "times"),
    [
        (("ja", "en"), 3, "A5", 1),
        (("ja", "en", "ko"), 4, "A5", 1),
        (("ja", "en"), 12, "B6", 1),
        (("en",), 12, "B6", 9),
        (("ja", "en", "ko"), 24, "90x120", 2),
    ],
)
def test_the_imprint_stands_below_the_titles_however_many_lines_they_take(
    languages: tuple[str, ...], names: int, size: str, times: int
) -> None:
    made = peopled(bound(languages), names, times)
    (title,) = [one for one in articles(made) if one.get("id") == "title-page"]
    compiled = pressed(made, [title], size)
    assert_pdf(compiled.data)
    for page in compiled.facts.galley.pages:
        lines = sorted(page.lines, key=lambda line: (line.box.bottom, line.box.left))
        for above, below in pairwise(lines):
            beside = above.box.right <= below.box.left
            assert beside or above.box.bottom <= below.box.top + 2, (above.text, below.text)
    said = bare("".join("".join(title.itertext()).split()))
    assert said == bare("".join(texts(compiled.data)))


@pytest.mark.parametrize("size", ["A5", "90x120"])
def test_a_colophon_never_leaves_its_page_at_the_head(size: str) -> None:
    (found,) = [
        one for one in articles(peopled(bound(("ja",)), 14, 15)) if one.get("id") == "colophon"
    ]
    assert "short" in str(found.get("class"))
    pages = pressed(bound(("ja",)), [found], size).facts.galley.pages
    assert (len(pages) > 1) == (size != "A5")
    for page in pages:
        assert min(line.box.top for line in page.lines) >= page.area.top - 2


def test_a_headline_in_another_language_is_broken_by_its_own_rules() -> None:
    made = bound(("ja", "en", "ko"))
    (absent,) = [one for one in articles(made) if "placeholder" in str(one.get("class"))]
    heading = next(absent.iter("h1"))
    sheet = Sheet(trim("A5"), str(absent.get("lang")))
    asked: list[tuple[str, float, str]] = []

    def measure(
        text: str, families: str, weight: int, size: float, width: float, language: str
    ) -> int:
        asked.append((families.partition(",")[0], size, language))
        return 1

    shape(absent, sheet, measure)
    spoken = Sheet(trim("A5"), str(heading.get("lang") or absent.find("header").get("lang")))  # type: ignore[union-attr]
    assert spoken.hand != sheet.hand
    family, size = spoken.hand.families[0], sheet.hand.headline * sheet.size
    assert set(asked) == {(family, size, spoken.language)}


def test_japanese_headlines_in_contents_end_their_lines_at_phrases() -> None:
    made = bound(("ja",))
    (article,) = [one for one in articles(made) if one.get("id") == "contents-ja"]
    shape(article, Sheet(trim("A5"), "ja"), lambda *_: 1)
    headline = next(article.iter("span"), None)
    texts_ = [one.text or "" for one in article.iter("span") if one.get("class") == "headline"]
    assert headline is not None
    assert all(JOINER in text for text in texts_ if len(text) > 4)


def test_links_to_other_pieces_are_left_to_the_binder() -> None:
    made = bound(("en", "ja"))
    compiled = pressed(made, [one for one in articles(made) if one.get("id") == "index-en"])
    with pikepdf.open(BytesIO(compiled.data)) as pdf:
        targets = [
            str(link.A.URI)
            for sheet in pdf.pages
            for link in sheet.obj.get("/Annots", [])
            if "/A" in link
        ]
    assert targets
    assert all(target.startswith("watchpress:wr0") for target in targets)


# -- cover ----------------------------------------------------------------------------------------


def boxes(data: bytes) -> dict[str, list[float]]:
    with pikepdf.open(BytesIO(data)) as pdf:
        (sheet,) = pdf.pages
        return {name: [float(v) for v in sheet.obj[name]] for name in ("/TrimBox", "/BleedBox")}


def width(box: list[float]) -> float:
    return (box[2] - box[0]) / MM


def quiet(finding: Diagnostic) -> None:
    raise AssertionError(finding.say())


@pytest.mark.parametrize("pages", [40, 161, 400])
def test_the_cover_is_two_trims_and_the_thickness_of_the_book_wide(pages: int) -> None:
    made = bound(("en", "ja"), leaf=0.12)
    data = covers.cover(made, pages, Styles(), quiet, board=0.3)
    assert_pdf(data)
    thick = (pages + 1) // 2 * 0.12 + 0.6
    assert spine.thickness(made, pages, 0.3) == pytest.approx(thick)
    found = boxes(data)
    assert width(found["/TrimBox"]) == pytest.approx(2 * 148 + thick, abs=0.1)
    assert width(found["/BleedBox"]) == pytest.approx(2 * 148 + thick + 6, abs=0.1)


def test_the_bleed_is_an_option() -> None:
    found = boxes(covers.cover(bound(("en",)), 100, Styles(), quiet, bleed=0))
    assert found["/TrimBox"] == found["/BleedBox"]


def test_the_cover_says_title_numbers_people_and_isbn() -> None:
    text = bare("".join(texts(covers.cover(bound(("en", "ja")), 300, Styles(), quiet))))
    for words in (
        "Tide Table Notes 2031",
        "潮汐便り二〇三一",
        "Nos. 41–43",
        "ISBN 978-4-00",
        "埠頭舎",
    ):
        assert bare(words) in text
    assert text.count("潮汐便り二〇三一") == 2  # front and spine


def test_a_thin_book_has_nothing_on_its_spine() -> None:
    text = bare("".join(texts(covers.cover(bound(("en", "ja")), 40, Styles(), quiet))))
    assert text.count("潮汐便り二〇三一") == 1


@pytest.mark.parametrize("languages", [("en",), ("ja", "ko", "en")])
@pytest.mark.parametrize("size", ["A5", "B5", "B6"])
def test_the_front_is_a_page_of_its_own(languages: tuple[str, ...], size: str) -> None:
    made = bound(languages, trim=trim(size))
    data = covers.front(made, Styles(), quiet).data
    assert_pdf(data)
    assert width(boxes(data)["/TrimBox"]) == pytest.approx(trim(size).width, abs=0.1)
    assert data == covers.front(made, Styles(), quiet).data


def test_titles_of_any_length_stay_clear_of_the_foot() -> None:
    made = bound(("en", "ja"))
    long = {
        "en": "Proceedings of an Extraordinarily Long-Winded Year " * 3,
        "ja": "長い題名の年報" * 9,
    }
    made = replace(made, book=replace(made.book, title=long))
    import pypdfium2

    document = pypdfium2.PdfDocument(BytesIO(covers.front(made, Styles(), quiet).data))
    try:
        page = document[0].get_textpage()
        text = page.get_text_range()
        last = page.get_charbox(text.rindex("報"))
        foot = page.get_charbox(text.index("Nos."))
    finally:
        document.close()
    assert last[1] > foot[3]
