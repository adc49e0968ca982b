"""Alignment: planted defects are found, each once, and nothing where nothing is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations
from pathlib import Path

import pytest

from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.checks.alignment import Subject, check, pairs_of
from watchpress.diagnostic import Diagnostic
from watchpress.language import days, figures
from watchpress.model import tree
from watchpress.model.blocks import blocks, note_pairs, paired
from watchpress.model.tree import Element

REPORTS = Path(__file__).parent.parent / "reports"
NUMBERS = (41, 42)  # the numbers that defects are planted in


@cache
def copy(number: int, language: str) -> str:
    return (REPORTS / language / f"{number:03d}.txt").read_text("utf-8")


def read(path: Path) -> Element:
    return build.report(Source(path), lambda finding: None).report


@cache
def report(number: int, language: str) -> Element:
    return read(REPORTS / language / f"{number:03d}.txt")


def compare(original: Element, translation: Element) -> list[Diagnostic]:
    told: list[Diagnostic] = []
    before = tree.serialize(original), tree.serialize(translation)
    check(Subject(original, translation), told.append)
    assert before == (tree.serialize(original), tree.serialize(translation)), "it looks only"
    return told


def planted(number: int, old: str, new: str, folder: Path, language: str = "ja") -> str:
    """Return what is found where `old` stands as `new` in the translation: `line code` each."""
    text = copy(number, language)
    assert text.count(old) == 1, f"{old!r} is not one place of the copy"
    path = folder / "copy.txt"
    path.write_text(text.replace(old, new), "utf-8")
    found = compare(report(number, "en"), read(path))
    assert all(finding.place.file == str(path) for finding in found)
    return ", ".join(f"{finding.place.line} {finding.code}" for finding in found)


# -- The sample series -----------------------------------------------------------------------------


def editions() -> Iterator[tuple[Path, Path]]:
    numbers = sorted({path.name for path in REPORTS.glob("*/*.txt")})
    for name in numbers:
        yield from permutations(sorted(REPORTS.glob(f"*/{name}")), 2)


@pytest.mark.parametrize(
    ("original", "translation"),
    list(editions()),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_nothing_is_found_in_the_sample_series(original: Path, translation: Path) -> None:
    told = compare(read(original), read(translation))
    assert [(str(finding.place), finding.say()) for finding in told] == []


# -- Planted defects -------------------------------------------------------------------------------

PLANTED = [
    # paragraphs, quotations, sub-headings
    (41, "知らないことの代償\n", "", "37 A103"),
    (41, "どちらもまさに、", "これは余分な一文である。数字も注もないが、原文にはない。\n\n"
         "どちらもまさに、", "28 A104"),
    (41, "過去の取り決めは、それぞれの側が", "過去の取り決めは長続きしなかった。\n\nそれぞれの側が",
     "18 A104"),
    (41, "知らないことの代償\n", "知らないことの代償である。\n", "36 A105"),
    (41, "「朝までには事実が", "朝までには事実が", "42 A105"),
    # note calls and notes
    (41, "ものであると反論した[注5]", "ものであると反論した", "26 A106"),
    (41, "発表であった[注4]。", "発表であった[注5]。", "26 A106, 26 A107"),
    (41, "解決した[注3]", "解決した[注3][注2]", "22 A107"),
    (42, "減少した［4］。", "減少した。", "8 A106"),
    (42, "口座に眠っている［5］", "口座に眠っている", "9 A106"),
    (42, "［10］ 「水のために", "［11］ 「水のために", "40 A110, 42 A111"),
    # addresses, days, numbers
    (41, "2025/08/04/naval-exercise-clear-lantern/", "2025/08/05/naval-exercise-clear-lantern/",
     "64 A112"),
    (41, "https://www.strait-mariner.example.com/2025/10/both-navies-plan-december-exercises.html\n",
     "", "84 A112"),
    (41, "合意は2024年6月18日", "合意は2024年6月8日", "16 A113"),
    (41, "8月15日、トルヴェインの首都", "9月15日、トルヴェインの首都", "26 A113"),
    (42, "2025年11月12日から14日まで", "2025年11月12日から15日まで", "3 A113"),
    (42, "2025年9月までの", "2025年8月までの", "8 A113"),
    (42, "6000万クラウン", "600万クラウン", "9 A114"),
    (42, "1900件を超えた", "１９９０件を超えた", "14 A114"),
    (42, "34％", "43％", "8 A114"),
    (42, "44～49頁", "44～94頁", "42 A114"),
    (41, "303日分", "三百三日分", ""),
    (42, "6000万クラウン", "六千万クラウン", ""),
    (42, "2024年6月にヴェルム", "令和6年6月にヴェルム", ""),
    (42, "1900件を超えた", "１，９００件を超えた", ""),
    (41, "/naval-exercise-clear-lantern/", "/naval%2Dexercise-clear-lantern", ""),
    # the language, the age
    (42, "監視報告 No.42  2025年12月2日", "監視報告 No.42  2025年12月1日", "2 A115"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "old", "new", "wanted"), PLANTED)
def test_a_planted_defect_is_found_at_its_line(
    number: int, old: str, new: str, wanted: str, tmp_path: Path
) -> None:
    assert planted(number, old, new, tmp_path) == wanted


@pytest.mark.parametrize("number", NUMBERS)
def test_any_one_block_that_is_missing_is_one_finding_before_the_next(
    number: int, tmp_path: Path
) -> None:
    """No cascade: what follows finds its answer again, whatever is taken out."""
    lines = copy(number, "ja").splitlines()
    starts = [tree.place(block).line for block in blocks(report(number, "ja"), deep=True)]
    kinds, astray = [], 0
    for line, following in zip(starts, [*starts[1:], starts[-2]], strict=True):
        path = tmp_path / "copy.txt"
        text = "\n".join([*lines[: line - 1], "", *lines[line:]])
        path.write_text(text, "utf-8")
        (found,) = compare(report(number, "en"), read(path))
        assert dict(found.facts)["count"] == "1"
        kinds.append(found.code)
        astray += found.place.line != following
    assert (kinds.count("A103"), kinds.count("A102")) == (3, 4)
    assert set(kinds) == {"A101", "A102", "A103"}
    assert astray <= 1, (
        "of two paragraphs of one length, without a figure or note, either may be it"
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_a_paragraph_split_in_its_midst_or_joined_to_the_next_is_told_as_that(
    number: int, tmp_path: Path
) -> None:
    """Nothing is missing and nothing is too much: no call, day or number of it is told."""
    lines = copy(number, "ja").splitlines()
    path = tmp_path / "copy.txt"
    body = [block for block in blocks(report(number, "ja")) if block.tag == "p"]
    splits = joins = 0
    for block, following in zip(body, [*body[1:], None], strict=True):
        at = tree.place(block).line - 1
        text = lines[at]
        for end in (match.end() for match in re.finditer(r"。", text)):
            if 0.25 < end / len(text) < 0.75:
                parts = [text[:end], "", text[end:]]
                path.write_text("\n".join([*lines[:at], *parts, *lines[at + 1 :]]), "utf-8")
                found = compare(report(number, "en"), read(path))
                assert [(one.code, one.place.line) for one in found] == [("A118", at + 1)]
                splits += 1
        if following is not None and following is block.getnext():
            then = tree.place(following).line - 1
            joined = [text + lines[then], *[""] * (then - at)]
            path.write_text("\n".join([*lines[:at], *joined, *lines[then + 1 :]]), "utf-8")
            found = compare(report(number, "en"), read(path))
            assert [(one.code, one.place.line) for one in found] == [("A119", at + 1)]
            joins += 1
    assert splits >= 20 and joins >= 4


@pytest.mark.parametrize("number", NUMBERS)
def test_nine_in_ten_changed_figures_are_found_and_each_once(number: int, tmp_path: Path) -> None:
    """What is not found is a figure that the original has in the same paragraph for another."""
    lines = copy(number, "ja").splitlines()
    one = report(number, "ja")
    starts = {tree.place(block).line for block in [*blocks(one, deep=True), *tree.notes(one)]}
    changed = found = 0
    for line in sorted(starts):
        for match in re.finditer(r"(?<![0-9注［（])[0-9]{1,4}(?![0-9])", lines[line - 1]):
            if match[0] in "01":
                continue
            bent = str(int(match[0]) + (-1 if match[0].endswith("9") else 1))
            text = lines[line - 1][: match.start()] + bent + lines[line - 1][match.end() :]
            path = tmp_path / "copy.txt"
            path.write_text("\n".join([*lines[: line - 1], text, *lines[line:]]), "utf-8")
            told = compare(report(number, "en"), read(path))
            assert [(t.place.line, t.code in ("A113", "A114")) for t in told] in (
                [],
                [(line, True)],
            )
            changed, found = changed + 1, found + len(told)
    assert changed > 70
    assert found / changed > 0.9


def test_a_call_in_another_paragraph_is_found_where_it_stands(tmp_path: Path) -> None:
    text = copy(42, "ja").replace("気づかれている［7］。", "気づかれている。")
    text = text.replace("無駄にしている。", "無駄にしている［7］。")
    path = tmp_path / "copy.txt"
    path.write_text(text, "utf-8")
    (found,) = compare(report(42, "en"), read(path))
    assert found.code == "A109"
    line = text.splitlines()[found.place.line - 1]
    assert line[found.place.column - 1 :] == "［7］。"
    _, row, column = dict(found.facts)["at"].rsplit(":", 2)
    assert copy(42, "en").splitlines()[int(row) - 1][int(column) - 1 :].startswith("[7]")


def test_calls_that_changed_places_are_found(tmp_path: Path) -> None:
    text = copy(41, "ja")
    text = text.replace("発表であった[注4]", "発表であった[注#]").replace(
        "反論した[注5]", "反論した[注4]"
    )
    path = tmp_path / "copy.txt"
    path.write_text(text.replace("#", "5"), "utf-8")
    (found,) = compare(report(41, "en"), read(path))
    assert (found.code, found.place.line) == ("A108", 26)
    assert dict(found.facts)["found"] == "5, 4"


def test_what_is_left_in_the_language_of_the_original_is_found(tmp_path: Path) -> None:
    original = copy(42, "en").splitlines()[27]
    lines = copy(42, "ja").splitlines()
    lines[14] = original
    path = tmp_path / "copy.txt"
    path.write_text("\n".join(lines), "utf-8")
    one = read(path)
    assert [(f.code, f.place.line) for f in compare(report(42, "en"), one)] == [("A117", 15)]
    for paragraph in one.iterfind("body//p"):
        paragraph.set(tree.LANG, "en")
    assert compare(report(42, "en"), one) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [
        ("", "", []),
        ("corrected March 20", "", ["A116"]),
        ("corrected March 20", "3月20日、訂正", []),
        ("corrected March 20", "3月10日、訂正", ["A116"]),
        ("corrected May 2, 2026", "2025年6月2日訂正", ["A116"]),
        ("corrected", "訂正", []),
        ("", "訂正", []),
    ],
)
def test_a_correction_must_have_reached_the_translation(
    ours: str, theirs: str, wanted: list[str], tmp_path: Path
) -> None:
    made = []
    for language, said in (("en", ours), ("ja", theirs)):
        path = tmp_path / f"{language}.txt"
        path.write_text(copy(42, language), "utf-8")
        made.append(read(path))
        if said:
            group = "<custom-meta-group><custom-meta><meta-name>corrected</meta-name><meta-value>"
            text = f"{group}{said}</meta-value></custom-meta></custom-meta-group>"
            made[-1].find("front/article-meta").append(tree.parse(text.encode(), "x"))  # type: ignore[union-attr]
    assert [finding.code for finding in compare(*made)] == wanted


def test_the_first_edition_of_a_number_is_the_original() -> None:
    given = [report(41, "ja"), report(42, "en"), report(41, "en"), report(42, "ja"),
             report(41, "en")]  # fmt: skip
    assert [(tree.stem(s.original), tree.stem(s.translation)) for s in pairs_of(given)] == [
        ("wr041-ja", "wr041-en"),
        ("wr042-en", "wr042-ja"),
        ("wr041-ja", "wr041-en"),
    ]
    assert pairs_of([report(41, "en"), report(42, "ja")]) == []


# -- Pairs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "deep"), [(n, deep) for n in NUMBERS for deep in (False, True)])
def test_each_block_stands_in_one_pair_in_order(number: int, deep: bool) -> None:
    one, other = report(number, "en"), report(number, "ja")
    for first, second in ((one, other), (other, one), (one, one)):
        found = paired(first, second, deep=deep)
        assert [block for ours, _ in found for block in ours] == blocks(first, deep=deep)
        assert [block for _, theirs in found for block in theirs] == blocks(second, deep=deep)
        assert [[block.tag for block in ours] for ours, _ in found] == [
            [block.tag for block in theirs] for _, theirs in found
        ]


def test_a_report_beside_nothing_and_beside_another() -> None:
    empty = tree.parse(b"<article><body/></article>", "x")
    one = report(41, "en")
    assert paired(one, empty) == [((block,), ()) for block in blocks(one)]
    assert paired(empty, one) == [((), (block,)) for block in blocks(one)]
    strange = paired(one, report(42, "en"))
    assert [block for ours, _ in strange for block in ours] == blocks(one)


def test_notes_are_paired_by_number_twice_given_ones_in_turn() -> None:
    def listed(*labels: str) -> Element:
        items = "".join(f"<fn><label>{label}</label></fn>" for label in labels)
        return tree.parse(f"<article><back><fn-group>{items}</fn-group></back></article>".encode(),
                          "x")  # fmt: skip

    found = note_pairs(listed("1", "2", "2", "4"), listed("注１", "注2", "注3", "注2"))
    assert [tuple(note is not None and note.findtext("label") for note in pair)
            for pair in found] == [
        ("1", "注１"), ("2", "注2"), ("2", "注2"), ("4", False), (False, "注3"),
    ]  # fmt: skip


# -- Numbers and days in words ---------------------------------------------------------------------

SAME = [
    ("60 million crowns", "6000万クラウン", "6천만 크라운"),
    ("1.2 billion dollars", "12億ドル", "12억 달러"),
    ("US$120 million", "1億2000万ドル", "1억 2000만 달러"),
    ("34 per cent", "３４％", "34%"),
    ("1,900 entries", "1900件", "1,900건"),
    ("twenty-one days", "21日間", "21일"),
    ("fifty-five", "55", "55"),
    ("two hundred and five", "205", "205"),
    ("half a million", "50万人", "50만 명"),
    ("two or three hundred", "200～300人", "200~300명"),
    ("about a third", "およそ3分の1", "약 3분의 1"),
    ("two thirds", "3分の2", "3분의 2"),
    ("the 5th plenary of the 7th committee", "第7期第5回総会", "7기 5차 전원회의"),
    ("in 1998", "一九九八年", "1998년"),
    ("in ’98", "1998年", "98년"),
    ("in 2021", "令和3年", "2021년"),
    ("a dozen", "12人", "12명"),
    ("thirty-two articles", "三十二条", "32조"),
    ("the last two decades", "この20年", "지난 20년"),
    ("the 6.12 statement", "6・12声明", "6.12 성명"),
    ("No. 17", "第17号", "제17호"),
    ("at 4:30 p.m.", "16時30分に", "16시 30분에"),
    ("at 4:30 pm", "午後4時30分", "오후 4시 30분"),
    ("15:00", "午後3時", "오후 3시"),
    ("half an hour", "30分", "30분"),
    ("a day and a half", "36時間", "36시간"),
    ("in the nineties", "1990年代", "90년대"),
    ("$1.2m", "120万ドル", "120만 달러"),
    ("the winter of 2024-25", "2024～2025年の冬", "2024-2025년 겨울"),
    ("Chapter VII", "第7章", "제7장"),
    ("World War II", "第二次世界大戦", "제2차 세계대전"),
    ("Annex XIV", "附属書14", "부속서 14"),
]


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: texts[0])
def test_a_number_is_the_same_in_whatever_form(texts: tuple[str, ...]) -> None:
    for one, other in permutations(map(figures.find, texts), 2):
        assert figures.unsaid(one, other) == []


def test_other_numbers_are_not_the_same() -> None:
    every = {
        text: figures.find(text)
        for text in ("60 million", "6億", "21", "三十", "1.5", "20%", "7 p.m.", "8m")
    }
    for one, other in permutations(every, 2):
        lost = figures.unsaid(every[one], every[other])
        assert bool(lost) is (one != "三十"), "kanji are not asked for, they may be any word"


DAYS = ("4 August 2025", "August 4, 2025", "2025年8月4日", "８月４日", "Aug. 4th",
        "2025년 8월 4일", "令和7年8月4日")  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(combinations(DAYS, 2)))
def test_a_day_is_the_same_in_whatever_form(one: str, other: str) -> None:
    (first,), (second,) = days.find(one), days.find(other)
    assert first.agrees(second)
    assert (first.text, second.text) == (one, other)


def test_days_and_months_are_found_where_they_are() -> None:
    assert days.find("No. 17, pp.88-97, in 2025年 and May 32") == []
    (one,), (other,) = days.find("8月4日"), days.find("2025年8月5日")
    assert not one.agrees(other)
    text = "In March, 12か月間に12月と3月、June 2025, the 3月間, may, Mayor, 6개월, 8월"
    assert [(m.month, m.sure) for m in days.months(text)] == [
        (3, False), (12, True), (3, True), (6, True), (8, True),
    ]  # fmt: skip
