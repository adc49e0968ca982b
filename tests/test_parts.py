"""The parts of a book as XHTML: contents that miss nothing, indexes in order, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epub_volumes import BOOK, small, volume
from proof_reports import Draft
from watchpress.catalog import Erratum, Part, Person, Printing, Term, Volume
from watchpress.diagnostic import Diagnostic, Place
from watchpress.model.tree import Element, squeeze
from watchpress.volume.plan import plan
from watchpress.xhtml import index, renumbering
from watchpress.xhtml.folios import Breaks
from watchpress.xhtml.parts import FILLS, part

Folio = Callable[[str], str]


def made(bound: Volume, identifier: str, folio: Folio | None = None, **more: Any) -> Element:
    """Return a part of a volume by its id."""
    parts = plan(bound)
    wanted = next(one for one in parts if one.id == identifier)
    return part(wanted, bound, parts, folio, **more)


def said(element: Element) -> str:
    return squeeze("".join(element.itertext()))


def links(element: Element) -> list[str]:
    return [str(link.get("href")) for link in element.iter("a")]


def term(word: str, kind: Any = "name", language: str = "en", **more: Any) -> Term:
    reading = {language: more.pop("reading")} if "reading" in more else {}
    variants = {language: more.pop("variants")} if "variants" in more else {}
    return Term(kind, {language: word}, reading, variants)


def one(text: str | Sequence[str], *terms: Term, language: str = "en", **more: Any) -> Volume:
    """Return a volume of one report with this text, and these terms."""
    body = [text] if isinstance(text, str) else text
    bound = volume([Draft(language, body, more.pop("notes", ()), 32)], (language,), **more)
    return replace(bound, terms=terms)


def numbered(places: dict[str, str]) -> Folio:
    return lambda identifier: places.get(identifier, "1")


# -- every part -----------------------------------------------------------------------------------


@pytest.mark.parametrize("folio", [None, lambda _: "7"], ids=["linked", "printed"])
@pytest.mark.parametrize("languages", [("en",), ("en", "ja"), ("ko", "ja", "en")])
def test_every_part_is_an_article_of_its_own_kind(languages: Any, folio: Any) -> None:
    drafts = [small(tag, n) for n in (41, 42) for tag in languages if (n, tag) != (42, "ja")]
    bound = replace(
        volume(drafts, languages, numbering="continuous", notes_at="volume"),
        print_map=True,
        terms=(term("ferry"),),
        errata=(Erratum(41, "en", "ferry", "boat"),),
    )
    parts = plan(bound)
    kinds = {one.kind for one in parts} - {"report", "facing"}
    assert kinds >= set(FILLS) - {"placeholder"}
    ids: list[str] = []
    for each in parts:
        if each.kind in FILLS:
            article = part(each, bound, parts, folio)
            assert article.get("class", "").split()[:2] == ["part", each.kind]
            assert (article.get("id"), article.get("lang")) == (
                each.id,
                each.language or languages[0],
            )
            assert next(article.iter("h1", "h2"), None) is not None
            found = [str(node.get("id")) for node in article.iter() if node.get("id")]
            if each.kind != "notes":
                assert all(name.startswith(each.id) for name in found)
            ids += found
    assert len(ids) == len(set(ids))


def test_a_report_is_no_part_of_this_room() -> None:
    with pytest.raises(KeyError):
        made(volume([small("en", 41)], ("en",)), "wr041-en")


# -- contents -------------------------------------------------------------------------------------

NUMBERS = st.lists(st.integers(1, 999), min_size=1, max_size=40, unique=True)


@settings(deadline=None, max_examples=25)
@given(
    NUMBERS,
    st.sampled_from([("en",), ("en", "ja"), ("ja", "en", "ko")]),
    st.sampled_from(["sequential", "paired"]),
    st.data(),
)
def test_every_report_has_its_line_its_link_and_its_page(
    numbers: list[int], languages: Any, layout: Any, data: Any
) -> None:
    drafts = [small(tag, n, 0, 1) for n in numbers for tag in languages]
    gone = data.draw(st.sets(st.sampled_from(range(len(drafts)))))
    kept = [draft for place, draft in enumerate(drafts) if place not in gone] or drafts[:1]
    bound = volume(kept, languages, layout=layout)
    parts = plan(bound)
    pages = {each.id: str(place) for place, each in enumerate(parts, 1)}
    for language in languages:
        article = made(bound, f"contents-{language}", lambda name: pages.get(name, ""))
        rows = article.findall("ol[@class='entries']/li")
        assert len(rows) == len(bound.entries)
        for row, entry in zip(rows, bound.entries, strict=True):
            report = entry.editions[language]
            target = f"wr{entry.number:03}-{language}" + ("" if report is not None else "-none")
            line = row.find("p/a")
            assert line is not None
            assert line.get("href") == f"#{target}"
            assert line.findtext("span[@class='number']") == str(entry.number)
            assert line.findtext("span[@class='folio']") == pages[target]
            others = [
                tag for tag in languages if tag != language and entry.editions[tag] is not None
            ]
            assert links(row)[1:] == [f"#wr{entry.number:03}-{tag}" for tag in others]
            assert ("absent" in row.get("class", "")) == (report is None)
    linked = {
        target for language in languages for target in links(made(bound, f"contents-{language}"))
    }
    assert linked >= {f"#{each.id}" for each in parts if each.kind in ("report", "placeholder")}


def test_contents_without_pages_are_links_only() -> None:
    article = made(volume([small("en", 41), small("ja", 41)]), "contents-ja")
    assert article.find(".//*[@class='folio']") is None
    assert "#sources" in links(article)
    assert "English" in said(article)


def test_a_number_that_is_not_translated_says_so_in_its_line() -> None:
    article = made(volume([small("en", 41)], ("en", "ja")), "contents-ja")
    row = article.find("ol/li")
    assert row is not None
    headline = row.find(".//span[@class='headline']")
    assert headline is not None
    assert headline.get("lang") == "en"
    assert "未訳" in said(row)


# -- placeholder ----------------------------------------------------------------------------------


def test_a_placeholder_speaks_the_missing_language_and_the_original() -> None:
    bound = volume([small("en", 41)], ("en", "ja"))
    article = made(bound, "wr041-ja-none", numbered({"wr041-en": "31"}))
    assert said(article).startswith("Tide Table Notes No. 41")
    assert "The Ferry Office Must Answer First" in said(article)
    statements = {
        str(node.get("lang")): said(node) for node in article.iterfind("p[@class='statement']")
    }
    assert statements == {
        "ja": "この報告の日本語訳はない。英語版は31ページにある。",
        "en": "This report has not been translated into Japanese."
        " It is printed in English on page 31.",
    }
    assert links(article) == ["#wr041-en", "#wr041-en"]


def test_a_placeholder_of_the_first_language_names_the_edition_there_is() -> None:
    article = made(volume([small("ja", 41), small("en", 42)], ("en", "ja")), "wr041-en-none")
    assert "not been translated into English. It is printed in Japanese." in said(article)


def test_a_number_without_any_edition_has_a_placeholder_too() -> None:
    bound = volume([small("en", 41)], ("en",))
    bound = replace(bound, entries=(replace(bound.entries[0], editions={"en": None}),))
    article = made(bound, "wr041-en-none")
    assert said(article) == "No. 41This report has not been translated into English."
    assert "not translated" in said(made(bound, "contents-en"))


# -- notes and their map --------------------------------------------------------------------------


def heads(article: Element) -> list[str | None]:
    return [item.get("data-notes") for item in article.iter("li")]


def test_notes_stand_under_their_report_and_name_the_pages_of_their_calls() -> None:
    bound = volume([small("en", 41, 2), small("en", 42, 2)], ("en",), notes_at="volume")
    calls = {"wr041-en-r1": "12", "wr041-en-r2": "31", "wr042-en-r1": "40", "wr042-en-r2": "40"}
    article = made(bound, "notes-en", lambda name: calls.get(name, ""))
    sections = article.findall("section")
    assert [one.get("id") for one in sections] == ["wr041-en-notes", "wr042-en-notes"]
    assert "No. 41 The Ferry Office" in said(sections[0][0])
    assert "#wr041-en-r1" in links(sections[0])
    assert heads(article) == ["Notes to pages 12–31"] * 2 + ["Notes to page 40"] * 2


def test_notes_name_the_pages_of_all_calls_of_their_own_page() -> None:
    bound = volume([small("en", 41, 3), small("en", 42, 2)], ("en",), notes_at="volume")
    calls = ("wr041-en-r1", "wr041-en-r2", "wr041-en-r3", "wr042-en-r1", "wr042-en-r2")
    notes = [str(note.get("id")) for one in bound.entries for report in one.reports
             for note in report.iter("fn")]  # fmt: skip
    pages = dict(zip(calls, ("12", "20", "31", "40", "44"), strict=True)) | dict(
        zip(notes, ("61", "61", "62", "62", "63"), strict=True)
    )
    pages["notes-en"] = "61"
    breaks = {"notes-en": [("61", notes[0], 0), ("62", notes[1], 30), ("63", notes[4], 0)]}
    article = made(bound, "notes-en", lambda name: pages.get(name, ""), breaks=breaks)
    of_page = "Notes to pages 20–40"  # with the note that goes on from the page before
    assert heads(article) == ["", "", of_page, of_page, "Notes to page 44"]


def test_notes_of_an_epub_have_no_running_heads() -> None:
    bound = volume([small("ja", 41)], ("ja",), notes_at="volume")
    article = made(bound, "notes-ja")
    assert article.find(".//*[@data-running]") is None
    assert set(heads(article)) == {None}


def test_the_map_puts_numbers_together_that_move_together() -> None:
    drafts = [small("en", 41, 5), small("en", 42, 3)]
    bound = replace(volume(drafts, ("en",), numbering="continuous"), print_map=True)
    rows = [[said(cell) for cell in row] for row in made(bound, "note-map").iterfind(".//tbody/tr")]
    assert rows == [["No. 41", "1–5", "1–5"], ["No. 42", "1–3", "6–8"]]


def test_a_language_without_notes_has_no_map() -> None:
    drafts = [small("en", 41), small("ja", 41, notes=0)]
    bound = replace(volume(drafts, numbering="continuous"), print_map=True)
    article = made(bound, "note-map")
    assert [part.get("lang") for part in article.iterfind("section")] == ["en"]
    assert all(len(table.findall("tbody/tr")) for table in article.iter("table"))
    bound = replace(volume([small("ja", 41, notes=0)], ("ja",)), numbering="continuous")
    assert "map" not in {part.kind for part in plan(replace(bound, print_map=True))}


def test_a_gap_in_the_numbers_of_a_report_is_a_row_of_its_own() -> None:
    bound = volume([small("en", 41, 4)], ("en",), numbering="continuous")
    report = bound.entries[0].editions["en"]
    assert report is not None
    labels = report.findall(".//fn/label")
    labels[2].text, labels[3].text = "7", "8"
    assert list(renumbering.runs(report)) == [(1, 1, 2), (7, 3, 2)]


# -- index ----------------------------------------------------------------------------------------


def groups(article: Element) -> list[tuple[str, list[str]]]:
    return [
        (section.findtext("h2") or "", [said(node) for node in section.iterfind(".//*[@class]")
                                        if node.get("class", "").startswith("term")])
        for section in article.iterfind(".//section")
    ]  # fmt: skip


def test_english_is_filed_from_a_to_z_without_case_accents_and_articles() -> None:
    words = ["The Zebra", "écu", "Eagle", "apple", "Apple Tree", "Zone 4"]
    bound = one(", ".join(words), *map(term, words))
    assert groups(made(bound, "index-en", lambda _: "1")) == [
        ("A", ["apple", "Apple Tree"]),
        ("E", ["Eagle", "écu"]),
        ("Z", ["The Zebra", "Zone 4"]),
    ]


def test_japanese_is_filed_by_reading_in_rows() -> None:
    words = [
        ("港", "みなと"), ("カード", ""), ("海", "かいきょう"), ("家具", "かぐ"), ("ガーゼ", ""),
        ("河口", "かこう"), ("ヴェルム", ""), ("和", "わ"), ("バス", ""), ("母", "はは"),
        ("IAEA", ""), ("IMO", "アイエムオー"),
    ]  # fmt: skip
    terms = [term(word, language="ja", reading=reading) for word, reading in words]
    bound = one("、".join(word for word, _ in words), *terms, language="ja")
    assert groups(made(bound, "index-ja", lambda _: "1")) == [
        ("あ行", ["IMO", "ヴェルム"]),
        ("か行", ["ガーゼ", "カード", "海", "家具", "河口"]),
        ("は行", ["バス", "母"]),
        ("ま行", ["港"]),
        ("わ行", ["和"]),
        ("I", ["IAEA"]),
    ]


def test_korean_is_filed_by_initials_doubles_under_their_single() -> None:
    words = ["합의", "까치섬", "가나", "나루", "도른곶", "캐로섬"]
    bound = one(" ".join(words), *(term(word, language="ko") for word in words), language="ko")
    assert groups(made(bound, "index-ko", lambda _: "1")) == [
        ("ㄱ", ["가나", "까치섬"]),
        ("ㄴ", ["나루"]),
        ("ㄷ", ["도른곶"]),
        ("ㅋ", ["캐로섬"]),
        ("ㅎ", ["합의"]),
    ]


def places(bound: Volume, folio: Folio | None, breaks: Breaks | None = None) -> dict[str, str]:
    """Return what the index says: term -> places."""
    language = bound.languages[0]
    article = made(bound, f"index-{language}", folio, breaks=breaks)
    return {
        said(item[0]): said(item[1])
        for item in article.iterfind(".//li")
    }  # fmt: skip


def test_pages_are_named_once_in_order_three_in_a_row_as_a_range() -> None:
    body = [f"The quay, the quay and the quay. {n}" for n in range(7)]
    bound = one(body, term("quay"))
    names = [str(node.get("id")) for node in bound.entries[0].reports[0].iterfind("body/p")]
    pages = ["3", "12", "13", "14", "14", "20", "21"]
    folio = numbered(dict(zip(names, pages, strict=True)))
    assert places(bound, folio) == {"quay": "3, 12–14, 20, 21"}


def test_notes_are_named_apart_behind_their_page() -> None:
    bound = one(["A quay [1].", "B"], term("quay"), notes=[["The quay, again."], ["No."]])
    assert places(bound, lambda _: "34") == {"quay": "34, 34 n. 1"}
    assert places(bound, None) == {"quay": "32: 0, n. 1"}


def test_notes_of_a_page_whose_numbers_follow_each_other_are_named_together() -> None:
    notes = [["The quay."], ["The quay."], ["No."], ["A quay."], ["The quay."]]
    body = "A [1] B [2] C [3] D [4] E [5]."
    for language, shown in (
        ("en", "34 nn. 1–2, 34 nn. 4–5"),
        ("ja", "34注1–2, 34注4–5"),
        ("ko", "34 주 1–2, 34 주 4–5"),
    ):
        bound = one(body, term("quay", language=language), notes=notes, language=language)
        assert places(bound, lambda _: "34") == {"quay": shown}
    bound = one(body, term("quay"), notes=notes)
    assert places(bound, lambda name: "1" if "-n1" in name else "35") == {
        "quay": "1 n. 1, 35 n. 2, 35 nn. 4–5"
    }


def test_links_of_an_epub_lead_to_each_paragraph_by_report() -> None:
    bound = volume([Draft("en", ["quay", "no", "quay quay"], (), n) for n in (41, 42)], ("en",))
    bound = replace(bound, terms=(term("quay"),))
    assert places(bound, None) == {"quay": "41: 0, 2; 42: 0, 2"}
    article = made(bound, "index-en")
    assert links(article) == [f"#wr0{n}-en-p0{p}" for n in (41, 42) for p in (0, 2)]


def test_a_place_far_down_in_a_paragraph_is_on_the_page_it_is_on() -> None:
    bound = one(
        "The quay is closed, and so is the old harbor by the sea", term("quay"), term("sea")
    )
    name = str(bound.entries[0].reports[0].find(".//body//p").get("id"))  # type: ignore[union-attr]
    breaks = {"wr032-en": [("12", "wr032-en", 0), ("13", name, 30)]}
    assert places(bound, lambda _: "12", breaks) == {"quay": "12", "sea": "13"}


@pytest.mark.parametrize(
    ("language", "text", "word", "found"),
    [
        ("en", "the quayside", "quay", False),
        ("en", "the quay’s end", "quay", True),
        ("en", "Quay, he said", "quay", True),
        ("en", "a quay", "Quay", False),
        ("en", "President\nHalvick", "President Halvick", True),
        ("en", "O’Brien", "O'Brien", True),
        ("ja", "アンドロイド", "アン", False),
        ("ja", "ヨレン・ハルヴィック大統領", "ハルヴィック", True),
        ("ja", "第二回南北会談では", "南北会談", True),
        ("ja", "米国のIAEAは", "IAEA", True),
        ("ko", "캐로섬에서는", "캐로섬", True),
        ("ko", "전국회의", "국회", False),
    ],
)
def test_a_term_is_found_where_it_is_a_word(
    language: str, text: str, word: str, found: bool
) -> None:
    bound = one(text, term(word, language=language, reading="あ"), language=language)
    assert bool(places(bound, None)) is found


def test_the_longer_term_counts_and_variants_do() -> None:
    bound = one(
        "The Velm Strait Accord binds Velm. The treaty of the strait [1].",
        term("Velm", "place"),
        term("Velm Strait Accord", "document", variants=("treaty of the strait",)),
        term("strait"),
        notes=[["x"]],
    )
    assert places(bound, None) == {"Velm": "32: 0", "Velm Strait Accord": "32: 0"}


def test_a_note_call_inside_of_words_hides_nothing() -> None:
    assert places(one("the quay[1] wall", term("quay wall"), notes=[["x"]]), None) != {}


def told(examine: Any, bound: Volume) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    examine(bound, Place("series.toml"), found.append)
    return found


def test_terms_that_are_nowhere_or_cannot_be_filed_are_told() -> None:
    lost, dumb = term("水門", language="ja", reading="すいもん"), term("港", language="ja")
    bound = one("港", lost, dumb, language="ja")
    assert [(one.code, dict(one.facts)["word"]) for one in told(index.examine, bound)] == [
        ("V201", "水門"),
        ("V202", "港"),
    ]
    assert "水門" not in said(made(bound, "index-ja"))
    assert told(index.examine, one("a quay", term("quay"))) == []
    assert told(index.examine, one("the har\u00adbour", term("harbour"))) == []


# -- sources --------------------------------------------------------------------------------------


def sources(*drafts: Draft, languages: Sequence[str] = ("en", "ja")) -> list[str]:
    bound = volume(drafts, languages)
    article = made(bound, "sources", lambda name: "9" if "ja" in name else "5")
    return [said(item) for item in article.iterfind("ul/li")]


def test_one_address_in_two_languages_is_one_source() -> None:
    url = "https://tide.example.org/a"
    found = sources(
        Draft("en", ["a [1]"], [[f"“Log,” Office {url}"]], 41),
        Draft("ja", ["a [1]"], [[f"「日誌」局 {url}"]], 41),
        Draft("en", ["a [1][2]"], [[f"“Other,” Office {url}/b"], [f"“Log,” Office {url}"]], 42),
    )
    assert found == [
        f"“Log,” Office「日誌」局{url}English 41 n. 1 (5), 42 n. 2 (5)日本語 41 注1（9）",
        f"“Other,” Office{url}/bEnglish 42 n. 1 (5)",
    ]


def test_a_source_is_filed_by_the_reading_of_the_term_it_begins_with() -> None:
    titles = ("水門日誌", "やぐら", "港の記録")
    notes = [[f"「{title}」局 https://tide.example.org/{n}"] for n, title in enumerate(titles)]
    draft = Draft("ja", ["a [1][2][3]"], notes, 41)
    terms = (
        term("水門", "document", "ja", reading="わたりもん"),
        term("港", "place", "ja", reading="みなと"),
    )
    bound = volume([draft], ("ja",))
    assert [said(item[0])[1] for item in made(bound, "sources").iterfind("ul/li")] == list("や水港")
    known = made(replace(bound, terms=terms), "sources")
    assert [said(item[0])[1] for item in known.iterfind("ul/li")] == ["港", "や", "水"]


def test_a_front_page_does_not_make_two_documents_one() -> None:
    url = "https://news.example.org/index.html"
    found = sources(
        Draft("en", ["a [1][2]"], [[f"“Alpha,” News {url}"], [f"“Beta,” News {url}"]], 41),
        Draft("ja", ["a [1][2]"], [[f"「甲」通信 {url}"], [f"「乙」通信 {url}"]], 41),
    )
    assert [re.sub("http.*", "", one) for one in found] == [
        "“Alpha,” News「甲」通信",
        "“Beta,” News「乙」通信",
    ]


def test_an_address_that_is_written_in_two_ways_is_one() -> None:
    found = sources(
        Draft("en", ["a [1]"], [["https://www.a.example.org/x/"]], 41),
        Draft("en", ["a [1]"], [["http://a.example.org/x"]], 42),
        languages=("en",),
    )
    assert len(found) == 1
    assert found[0].endswith("41 n. 1 (5), 42 n. 1 (5)")


def test_a_note_without_a_source_is_none() -> None:
    assert sources(Draft("en", ["a [1]"], [["A remark."]], 41), languages=("en",)) == []


# -- errata ---------------------------------------------------------------------------------------


def test_errata_name_number_page_and_both_readings() -> None:
    bound = volume([Draft("en", ["Some  thirty\nboats."], (), 41), small("ja", 41)], ("en", "ja"))
    wrong = Erratum(41, "en", "thirty boats", "forty boats", "As counted.")
    bound = replace(bound, errata=(wrong, Erratum(41, "ja", "五十隻", "四十隻")))
    table = made(bound, "errata", lambda _: "7")
    rows = [[said(cell) for cell in row] for row in table.iterfind(".//tbody/tr")]
    assert rows == [
        ["No. 41", "7", "thirty boats", "forty boatsAs counted."],
        ["No. 41", "", "五十隻", "四十隻"],
    ]
    assert links(made(bound, "errata")) == ["#wr041-en-p00"]


# -- title page, colophon -------------------------------------------------------------------------


def test_a_colophon_speaks_each_language_with_its_roles_and_readings() -> None:
    book = replace(
        BOOK,
        people=(
            Person(
                "author", {"en": "Ada Quay", "ja": "岸愛"}, {"en": "Quay, Ada", "ja": "きし あい"}
            ),
            Person("author", {"en": "Bo Wharf", "ja": "埠頭望"}),
            Person("printer", {"ja": "潮印刷"}),
            Person("translator", {"ja": "ハンナ・キー"}, {"ja": "はんな きー"}),
        ),
        printings=(Printing(date(2032, 1, 10), {"en": "first printing", "ja": "初版第1刷"}),),
    )
    bound = volume([small("en", 41), small("ja", 41)], book=book)
    article = made(bound, "colophon", None, typefaces=("Source Serif 4",))
    english, japanese = (
        {said(row[0]): [said(line) for line in row[1]] for row in section.iterfind(".//tr")}
        for section in article.iterfind(".//section")
    )
    assert english["Authors"] == ["Ada Quay", "Bo Wharf"]
    assert "Printer" not in english
    assert english["Published"] == ["first printing, January 10, 2032"]
    assert english["Typefaces"] == ["Source Serif 4"]
    assert japanese["著者"] == ["岸愛（きし あい）", "埠頭望"]
    assert japanese["訳者"] == ["ハンナ・キー"], "kana say themselves how they are read"
    assert japanese["発行日"] == ["2032年1月10日 初版第1刷"]
    assert japanese["印刷"] == ["潮印刷"]
    rows = list(japanese)
    assert rows.index("著者") < rows.index("発行所") < rows.index("印刷") < rows.index("ISBN")
    assert japanese["ISBN"] == english["ISBN"] == ["978-4-00-310101-8"]
    assert list(japanese)[:2] == ["発行日", "著者"]


def test_a_title_page_says_each_title_once_and_whose_it_is() -> None:
    text = said(made(volume([small("en", 41), small("ja", 44)]), "title-page"))
    for words in ("Nos. 41–44", "Edited by Odile Marchfield", "汐見渡　編", "埠頭舎", "2032"):
        assert words.replace("\u3000", " ") in text
    half = made(volume([small("en", 41)]), "half-title")
    assert said(half) == "Tide Table Notes 2031潮汐便り 二〇三一"


def test_the_page_behind_the_title_says_who_publishes_where_a_language_has_such_a_page() -> None:
    drafts = [small("en", 41), small("ja", 41)]
    page = made(volume(drafts), "copyright-page")
    assert [node.get("lang") for node in page.iter("section")] == ["en"]
    for words in (BOOK.title["en"], BOOK.publisher["en"], f"ISBN {BOOK.isbn}"):
        assert words in said(page)
    eastern = volume(drafts, ("ja",))
    assert all(each.kind != "copyright" for each in plan(eastern))


def test_a_title_page_of_many_languages_is_set_closer() -> None:
    drafts = [small(tag, 41) for tag in ("en", "ja", "ko")]
    assert "crowded" in str(made(volume(drafts, ("en", "ja", "ko")), "title-page").get("class"))
    assert "crowded" not in str(made(volume(drafts[:2]), "title-page").get("class"))


def test_a_book_that_says_little_has_its_parts_too() -> None:
    book = replace(BOOK, title={"en": "T"}, subtitle={}, series={}, publisher={}, address={},
                   rights={}, issn="", isbn="", people=(), printings=())  # fmt: skip
    bound = volume([small("en", 41)], ("en",), book=book)
    assert said(made(bound, "title-page")) == "Tide Table NotesTNo. 41"
    assert said(made(bound, "colophon")).startswith("ColophonT")


def test_running_heads_name_the_book_and_the_part() -> None:
    article = made(volume([small("en", 41)], ("en",)), "sources", lambda _: "1")
    heads = {(node.get("data-series"), node.get("data-running")) for node in article[1:]}
    assert heads == {("Tide Table Notes 2031", "Sources")}
    assert article[0].get("data-running") is None


def test_parts_are_the_same_twice() -> None:
    bound = volume([small("en", 41), small("ja", 41)])
    parts = plan(bound)

    def run(one: Part) -> str:
        return said(part(one, bound, parts, lambda _: "3"))

    assert [run(p) for p in parts if p.kind in FILLS] == [run(p) for p in parts if p.kind in FILLS]
