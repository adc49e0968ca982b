"""The navigation document: contents in every language, landmarks that lead somewhere."""

from __future__ import annotations

from lxml import etree

from epub_reports import HEADLINES, WORDS, report
from watchpress.backends.epub import pages
from watchpress.backends.epub.nav import nav
from watchpress.backends.epub.pages import OPS, XHTML, Page
from watchpress.model.tree import LANG, Element
from watchpress.xhtml.article import article

H = f"{{{XHTML}}}"
TYPE = f"{{{OPS}}}type"


def made(*reports: Element) -> tuple[Page, ...]:
    return tuple(pages.page(article(report)) for report in reports)


def part(data: bytes, kind: str) -> Element:
    found = etree.fromstring(data).find(f".//{H}nav[@{TYPE}='{kind}']")
    assert found is not None
    return found


def outline(rows: Element, depth: int = 0) -> list[str]:
    """Return the list below `rows`, indented, a line an entry."""
    lines = []
    for row in rows.iterfind(f"{H}ol/{H}li"):
        link = row[0]
        lines.append(f"{'  ' * depth}{''.join(link.itertext())} -> {link.get('href')}")
        lines += outline(row, depth + 1)
    return lines


def test_contents_of_one_report() -> None:
    data = nav(made(report()), "en")
    assert outline(part(data, "toc")) == [
        f"{HEADLINES['en']} -> wr007-en.xhtml",
        f"  {WORDS['en'][1]} -> wr007-en.xhtml#wr007-en-s1",
        "  Notes -> wr007-en.xhtml#wr007-en-notes",
    ]
    assert part(data, "toc").get("role") == "doc-toc"


def test_contents_of_a_volume_give_numbers_and_languages() -> None:
    data = nav(made(report("ja"), report("en", 8)), "ja")
    contents = part(data, "toc")
    top = [line for line in outline(contents) if not line.startswith(" ")]
    assert top == [
        f"No. 7 {HEADLINES['ja']} -> wr007-ja.xhtml",
        f"No. 8 {HEADLINES['en']} -> wr008-en.xhtml",
    ]
    tongues = {(a.get("lang"), a.get(LANG), a.get("hreflang")) for a in contents.iter(f"{H}a")}
    assert tongues == {(None, None, None), ("en", "en", "en")}
    assert etree.fromstring(data).findtext(f".//{H}h1") == "目次"


def test_one_number_in_two_languages_is_not_numbered_twice() -> None:
    data = nav(made(report("ja"), report("en")), "ja")
    assert "No. 7" not in "\n".join(outline(part(data, "toc")))


def test_landmarks() -> None:
    landmarks = part(nav(made(report()), "en"), "landmarks")
    assert [(a.get(TYPE), a.get("href"), a.text) for a in landmarks.iter(f"{H}a")] == [
        ("cover", "cover.xhtml", "Cover"),
        ("toc", "nav.xhtml#contents", "Contents"),
        ("bodymatter", "wr007-en.xhtml", "Start of the text"),
        ("endnotes", "wr007-en.xhtml#wr007-en-notes", "Notes"),
    ]
    assert landmarks.get("hidden") == "hidden"


def test_landmarks_name_no_notes_where_there_are_none_or_many() -> None:
    for given in (made(report(notes=False)), made(report(), report("ja"))):
        landmarks = part(nav(given, "en"), "landmarks")
        assert "endnotes" not in {a.get(TYPE) for a in landmarks.iter(f"{H}a")}
