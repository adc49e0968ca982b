"""Metadata: all that the package says is read off the XML, and nothing is claimed beyond it."""

from __future__ import annotations

import re

from lxml import etree

from epub_reports import HEADLINES, report, work
from watchpress.backends.epub import access, metadata, pages
from watchpress.backends.epub.access import Trait
from watchpress.backends.epub.package import Fact
from watchpress.catalog import Work
from watchpress.model.tree import Element
from watchpress.xhtml.article import article


def facts(work: Work) -> tuple[Fact, ...]:
    return metadata.facts(work, tuple(pages.page(article(report)) for report in work.reports))


def said(work: Work, name: str) -> list[str]:
    return [fact.text for fact in facts(work) if fact.name == name]


def named(xml: str, language: str = "en") -> Element:
    """Return a report with `xml` as its credits."""
    made = report(language)
    group = made.find("front/article-meta/contrib-group")
    assert group is not None
    group[:] = list(etree.fromstring(f"<g>{xml}</g>"))
    return made


def test_the_identifier_is_a_fixed_name_of_series_and_reports() -> None:
    one = metadata.identifier(work())
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f-]{16}", one)
    assert one == metadata.identifier(Work((report(date="1999-01-01"),), "", "en", 0))
    others = (
        work(report(number=8)),
        work(report("ja")),
        work(report(), report("ja")),
        work(report("ja"), report()),
    )
    assert len({one, *map(metadata.identifier, others)}) == 5
    elsewhere = report()
    elsewhere.find("front/journal-meta")[0].text = "another"  # type: ignore[index]
    assert metadata.identifier(work(elsewhere)) != one


def test_dublin_core_of_one_report() -> None:
    found = [fact for fact in facts(work()) if fact.name.startswith("dc:")]
    assert found == [
        Fact("dc:title", HEADLINES["en"], id="title"),
        Fact("dc:language", "en"),
        Fact("dc:creator", "Ilse Ferrow", id="person1"),
        Fact("dc:publisher", "Quay House"),
        Fact("dc:date", "2031-04-02"),
    ]


def test_a_volume_has_its_own_title_all_languages_and_the_last_date() -> None:
    both = work(report("en"), report("ja", 8, date="2031-09-01"), language="ja", title="Letters")
    assert said(both, "dc:title") == ["Letters"]
    assert said(both, "dc:language") == ["ja", "en"]
    assert said(both, "dc:date") == ["2031-09-01"]
    assert said(both, "dc:publisher") == ["Quay House"]


def test_one_number_in_two_languages_takes_the_headline_of_the_book_language() -> None:
    assert said(work(report("en"), report("ja"), language="ja"), "dc:title") == [HEADLINES["ja"]]


def test_people_have_roles_and_are_filed_by_surname_where_it_is_known() -> None:
    credited = named(
        '<contrib contrib-type="author"><name name-style="western"><surname>Ferrow</surname>'
        "<given-names>Ilse</given-names></name></contrib>"
        '<contrib contrib-type="author"><name name-style="eastern"><surname>灯台</surname>'
        "<given-names>守</given-names></name></contrib>"
        '<contrib contrib-type="author"><name-alternatives><string-name>Nao U.</string-name>'
        '<name name-style="eastern"><surname>植木</surname></name></name-alternatives></contrib>'
        '<contrib contrib-type="translator"><name name-style="western"><surname>Pell</surname>'
        "</name></contrib>"
        '<contrib contrib-type="author"><name name-style="western"><surname>Ferrow</surname>'
        "<given-names>Ilse</given-names></name></contrib>"
    )
    found = [fact for fact in facts(work(credited)) if "person" in fact.id + fact.refines]
    marc = "marc:relators"
    assert found == [
        Fact("dc:creator", "Ilse Ferrow", id="person1"),
        Fact("role", "aut", refines="person1", scheme=marc),
        Fact("file-as", "Ferrow, Ilse", refines="person1"),
        Fact("dc:creator", "灯台 守", id="person2"),
        Fact("role", "aut", refines="person2", scheme=marc),
        Fact("file-as", "灯台 守", refines="person2"),
        Fact("dc:creator", "Nao U.", id="person3"),
        Fact("role", "aut", refines="person3", scheme=marc),
        Fact("dc:contributor", "Pell", id="person4"),
        Fact("role", "trl", refines="person4", scheme=marc),
        Fact("file-as", "Pell", refines="person4"),
    ]


def test_the_series_and_the_place_in_it() -> None:
    found = [fact for fact in facts(work()) if "series" in (fact.id, fact.refines)]
    assert found == [
        Fact("belongs-to-collection", "Harbour Lantern Letters", id="series"),
        Fact("collection-type", "series", refines="series"),
        Fact("group-position", "7", refines="series"),
    ]
    volume = work(report("ja"), report("ja", 8), language="ja")
    assert said(volume, "belongs-to-collection") == ["港灯通信"]
    assert said(volume, "group-position") == []


def test_a_serial_number_of_the_series_is_given() -> None:
    numbered = report()
    journal = numbered.find("front/journal-meta")
    assert journal is not None
    issn = etree.Element("issn")
    issn.text = "1234-567X"
    journal.insert(2, issn)
    assert said(work(numbered), "dcterms:identifier") == ["urn:ISSN:1234-567X"]


FEATURES = [
    "tableOfContents",
    "structuralNavigation",
    "readingOrder",
    "ARIA",
    "displayTransformability",
]


def test_accessibility_is_stated_and_not_overstated() -> None:
    assert said(work(), "schema:accessMode") == ["textual"]
    assert said(work(), "schema:accessModeSufficient") == ["textual"]
    assert said(work(), "schema:accessibilityHazard") == ["none"]
    assert said(work(), "schema:accessibilityFeature") == [*FEATURES, "alternativeText"]
    ruby = said(work(report("ja"), language="ja"), "schema:accessibilityFeature")
    assert ruby == [*FEATURES, "alternativeText", "rubyAnnotations"]
    assert said(work(), "dcterms:conformsTo") == []


def test_the_summary_tells_of_notes_only_where_there_are_some() -> None:
    for language, note in (("en", "note"), ("ja", "注"), ("ko", "주")):
        (one,) = said(work(report(language), language=language), "schema:accessibilitySummary")
        (other,) = said(
            work(report(language, notes=False), language=language), "schema:accessibilitySummary"
        )
        assert note in one
        assert note not in other
        assert one.startswith(other)


def told(html: str, *more: Trait) -> dict[str, list[str]]:
    """Return what is said of the accessibility of a page, by name."""
    found: dict[str, list[str]] = {}
    held = access.traits(etree.fromstring(f"<section>{html}</section>")) | {*more}
    for fact in access.facts("en", held):
        found.setdefault(fact.name.removeprefix("schema:"), []).append(fact.text)
    return found


def test_pictures_are_seen_and_their_words_stand_in_for_them() -> None:
    one = '<figure><img src="a.png" alt="a map"/></figure>'
    described = told(one)
    assert described["accessMode"] == ["textual", "visual"]
    assert described["accessModeSufficient"] == ["textual,visual", "textual"]
    assert "alternativeText" in described["accessibilityFeature"]
    assert "What each picture shows is said in words." in described["accessibilitySummary"][0]
    mute = told(one + '<figure><img src="b.png" alt=" "/></figure>')
    assert mute["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in mute["accessibilityFeature"]
    assert "Not every picture" in mute["accessibilitySummary"][0]
    assert "each picture" not in mute["accessibilitySummary"][0]


def test_tables_index_and_pages_are_told_where_they_are() -> None:
    bare = told("<p>a</p>")
    assert bare["accessibilityFeature"] == [*FEATURES, "alternativeText"]
    full = told("<figure><table><tr><th>a</th></tr></table></figure>", "index", "pages")
    assert full["accessibilityFeature"][6:] == ["index", "pageBreakMarkers", "pageNavigation"]
    added = full["accessibilitySummary"][0].removeprefix(bare["accessibilitySummary"][0])
    assert added == (
        " Tables have header cells. An index leads into the text."
        " The pages of the printed edition are marked."
    )
