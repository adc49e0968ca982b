"""One defect in clean copy is one finding, at its line and column, and none else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import literate
from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.checks import calendar
from watchpress.cli import check
from watchpress.diagnostic import Diagnostic
from watchpress.readers.plain import reader
from watchpress.transforms import notes, quotes

CLEAN = {
    "en": """Jun 20, 2019

Watch Report No.7

Watch Report No.7   June 12, 2019

§The Quay and the “Long Winter” of the Harbor

The quay has been closed since January (the gate was locked on Monday, 7 January 2019) [1].
“We wait,” the harbor master said, “and the boats’ crews wait, too” [2].
The log reads as follows [3]:
“The ice came early. Nobody had ‘seen’ it.
“It left late, and it had had its way.”
(1) The first boat; (2) the second boat: both, in the end, left.
Table 1. Boats
Boat\tLength
The “Anna”\t12 m
(Ayako HARADA and Ken MORI)

[1] “Closing of the Quay,” Harbor Office, 7 January 2019

https://harbor.example.org/orders/2019/01/07/closing-of-the-quay.html

[2] “What the Master Said,” The Courier, 9 January 2019, p. 3

https://courier.example.org/2019/01/09/what-the-master-said

[3] “Log of the Ice Watch,” Harbor Office, 1 March 2019
""",
    "ja": """2019/06/20

監視報告 No.7

監視報告 No.7   2019年6月12日

§港の「長い冬」

岸壁は2019年1月7日（月）から閉鎖されている（門には錠がかけられた）[注1]。
港長は「私たちは待つ。船も『待つ』」と述べた[注2]。
日誌は次のように記す[注3]：
「氷は早く来た。ますます厚くなった」
第1に船は残り、第2に人々は去った。いろいろな声がある。
（原田綾子、森健）

[注1] 「岸壁の閉鎖」『港湾局』2019年1月7日

https://harbor.example.org/ja/orders/2019/01/07/closing.html

[注2] 「港長の言葉」『港新聞』2019年1月9日、3頁

https://courier.example.org/ja/2019/01/09/words

[注3] 「氷の日誌」『港湾局』2019年3月1日
""",
    "ko": """Jun 20, 2019

감시 보고 No.7

감시 보고 No.7   2019년 6월 12일

§항구의 ‘긴 겨울’

부두는 2019년 1월 7일(월)부터 닫혀 있다(문은 잠겼다)[주1].
항만장은 “우리는 기다린다. ‘배’도 기다린다”고 말했다[주2].
일지는 다음과 같이 적었다[주3]:
“얼음은 일찍 왔다. 점점 두꺼워졌다.”
첫째, 배는 남았고, 둘째, 사람들은 떠났다. 아이가 마을을 본다.
(하라다 아야코, 모리 겐)

[주1] “부두의 폐쇄”, 『항만국』, 2019년 1월 7일

https://harbor.example.org/ko/orders/2019/01/07/closing.html

[주2] “항만장의 말”, 『항구신문』, 2019년 1월 9일, 3쪽

https://courier.example.org/ko/2019/01/09/words

[주3] “얼음의 일지”, 『항만국』, 2019년 3월 1일
""",
}
# Lines that a sentence is put behind, as part of the paragraph or as the next one. (A quotation
# that is open before a paragraph that quotes is no defect.)
BODY = {"en": (10, 14), "ja": (9, 10, 13), "ko": (9, 10, 13)}


class Defect(NamedTuple):
    code: str
    words: str
    at: str  # the finding stands where this begins


def defect(code: str, words: str) -> Defect:
    """Return a defect; a `|` in `words` is where it is to be found."""
    before, _, behind = words.partition("|")
    return Defect(code, before + behind, before)


DEFECTS = {
    "en": [
        defect("R214", "They wait |“and hope."),
        defect("R214", "They wait |(and hope."),
        defect("R215", "They wait|” and hope."),
        defect("R215", "They wait|] and hope."),
        defect("R216", "They “wait (here|” now) and hope."),
        defect("R216", "They (wait|] and hope."),
        defect("R217", "They |”wait” and hope."),
        defect("R217", "They “wait|“ and hope."),
        defect("R218", "They wait|\u00ad."),
        defect("R218", "They wait|\u2060 here."),
        defect("R218", "They wait|\u3000here."),
        defect("R218", "They \uff5e |\u0301wait."),
        defect("R219", "They wait|  here."),
        defect("R219", "They wait|\u00a0\u00a0here."),
        defect("R220", "They (wait)|,and hope."),
        defect("R220", "In 2018|,they hoped."),
        defect("R221", "They wait| , and hope."),
        defect("R221", "They wait| ."),
        defect("R222", "They wait|，and hope."),
        defect("R223", "They wait |in the in the harbor."),
        defect("R223", "|The the boats wait."),
        defect("R224", "They wait until |31 June."),
        defect("R224", "They wait until |2019-02-30."),
        defect("R224", "Until |February 29, 2019."),
        defect("R225", "They met on |Tuesday, 7 January 2019."),
        defect("R228", "See |www.example.org."),
        defect("R228", "See https://example.org/|%2 too."),
        defect("R228", "See http://|https://example.org/a too."),
        defect("R228", "See https://|me:pw@example.org/a too."),
        defect("R228", "See https://example.org/a|… too."),
        defect("R207", "They |wait,and hope."),
        defect("R206", "They |â€œ wait."),
    ],
    "ja": [
        defect("R214", "船は|（待つ。"),
        defect("R214", "船は|「待つ。"),
        defect("R215", "船は待つ|」。"),
        defect("R215", "船は待つ|）。"),
        defect("R216", "船は「待つ（と|」言う）。"),
        defect("R216", "船は「待つ|』。"),
        defect("R218", "船は|\u200b待つ。"),
        defect("R218", "船はA|\u3000Bを待つ。"),
        defect("R218", "船は|\ue123待つ。"),
        defect("R221", "船は待つ| 。"),
        defect("R222", "船|,人は待つ。"),
        defect("R223", "船|のの灯。"),
        defect("R223", "灯|をを待つ。"),
        defect("R223", "待つの|ですです。"),
        defect("R224", "|2月30日に待つ。"),
        defect("R224", "船は|13月5日に待つ。"),
        defect("R225", "船は|2019年1月7日（火）に待つ。"),
        defect("R228", "URLは|www.example.org である。"),
        defect("R219", "船 A|  Bは待つ。"),
    ],
    "ko": [
        defect("R214", "배는 |“기다린다."),
        defect("R214", "배는 |‘기다린다."),
        defect("R215", "배는 기다린다|”."),
        defect("R216", "배는 “기다린(다|”) 본다."),
        defect("R218", "배는 |\ufeff기다린다."),
        defect("R219", "배는|  기다린다."),
        defect("R220", "배|,사람은 기다린다."),
        defect("R221", "배| , 사람은 기다린다."),
        defect("R222", "배|，사람은 기다린다."),
        defect("R223", "항구|을를 본다."),
        defect("R223", "배는 |기다린다 기다린다."),
        defect("R224", "배는 |2월 30일에 기다린다."),
        defect("R225", "배는 |2019년 1월 7일(화)에 기다린다."),
        defect("R228", "주소는 |www.example.org 이다."),
    ],
}
# In the note list: what is replaced, by what, and the code; the place is that of the `|`.
NOTED = {
    "en": [
        ("R220", "“Log of the Ice Watch,” Harbor", "“Log of the Ice Watch” (in part)|,Harbor"),
        ("R226", "1 March 2019", "|1 July 2019"),
        ("R225", "9 January 2019", "|Monday, 9 January 2019"),
        ("R228", "said\n", "said|.\n"),
        ("R228", "/what-the", "/what| the/"),
        (
            "R229",
            "https://courier.example.org/2019/01/09/what-the-master-said",
            "https://harbor.example.org/orders/2019/01/07/closing-of-the-quay.html",
        ),
        ("R227", "Jun 20, 2019", "Jun 11, 2019"),
    ],
    "ja": [
        ("R214", "』2019年3月1日", "』（2019年3月1日"),
        ("R226", "2019年3月1日", "|2019年6月13日"),
        ("R224", "2019年3月1日", "|2019年4月31日"),
        ("R228", "/words", "/|／words"),
        (
            "R229",
            "https://courier.example.org/ja/2019/01/09/words",
            "https://harbor.example.org/ja/orders/2019/01/07/closing.html",
        ),
        ("R227", "2019/06/20", "2019/06/11"),
    ],
    "ko": [
        ("R226", "2019년 3월 1일", "|2019년 6월 13일"),
        ("R220", "지”, 『", "지”|,『"),
        ("R227", "Jun 20, 2019", "Jun 11, 2019"),
    ],
}


def found(text: str, tag: str) -> list[tuple[str, int, int]]:
    """Return code, line and column of what reading tells of a copy."""
    told: list[Diagnostic] = []
    reading = reader.read(Source(Path("copy.txt"), language=tag), told.append, text.encode())
    quotes.apply(reading.report, told.append)
    notes.apply(reading.report, told.append)
    return [(one.code, one.place.line, one.place.column) for one in sorted(told)]


@pytest.mark.parametrize("tag", CLEAN)
def test_clean_copy_is_left_in_peace(tag: str) -> None:
    assert found(CLEAN[tag], tag) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_a_defect_is_told_once_where_it_is(tag: str, data: st.DataObject) -> None:
    plant = data.draw(st.sampled_from(DEFECTS[tag]))
    lines = CLEAN[tag].split("\n")
    at = data.draw(st.sampled_from(BODY[tag]))
    line = lines[at - 1] if data.draw(st.booleans()) else ""
    space = " " if line and tag != "ja" else ""
    new = line + space + plant.words
    if line:
        lines[at - 1] = new
    else:
        lines.insert(at, new)
        at += 1
    column = len(line + space + plant.at) + 1
    assert found("\n".join(lines), tag) == [(plant.code, at, column)]


@pytest.mark.parametrize(
    ("tag", "code", "old", "new"), [(t, *one) for t in NOTED for one in NOTED[t]]
)
def test_a_defect_of_head_or_notes_is_told_once(tag: str, code: str, old: str, new: str) -> None:
    before, sign, behind = CLEAN[tag].partition(old)
    assert sign
    text = before + new.replace("|", "") + behind
    start = len(before) + max(0, new.find("|"))
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    told = found(text, tag)
    assert [one[0] for one in told] == [code]
    if "|" in new:
        assert told == [(code, line, column)]


def test_a_date_to_come_is_held_against_the_day_that_is_given() -> None:
    report = reader.read(Source(Path("c.txt")), lambda _: None, CLEAN["en"].encode()).report

    def told(today: date) -> list[tuple[str, int, int, str]]:
        late: list[Diagnostic] = []
        calendar.check(calendar.Subject(report, today), late.append)
        return [(x.code, x.place.line, x.place.column, dict(x.facts)["day"]) for x in late]

    posted = ("R227", 1, 1, "2019-06-20")
    assert told(date(2019, 6, 19)) == []
    assert told(date(2019, 6, 18)) == [posted]
    assert told(date(2019, 6, 11)) == [posted]
    assert told(date(2019, 6, 10)) == [("R227", 5, 21, "2019-06-12"), posted]


def test_check_asks_the_clock_and_reading_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("copy.txt").write_text(CLEAN["en"], "utf-8")
    monkeypatch.setattr(check, "today", lambda: date(2019, 1, 1))
    status, said = literate.run(["check", "--no-proof", "--format", "concise", "copy.txt"])
    assert status == 0 and said.count("R227 date-ahead") == 2, said
    told: list[Diagnostic] = []
    build.report(Source(Path("copy.txt")), told.append)
    assert told == []
