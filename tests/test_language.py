"""What languages ask of a line, and what their scripts show."""

from __future__ import annotations

import pytest
from lxml import etree

from watchpress.language.bonds import bound
from watchpress.language.scripts import foreign
from watchpress.xhtml import tongues


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "in No.~36 of it"),
        ("en", "see pp.~12 and p.~3"),
        ("en", "the U.S.~forces of Mr.~Lamp"),
        ("en", "J.~R.~Smith on 12~June and 24~September"),
        ("en", "June~12, 2031 at 10~a.m. in Table~3, Article~IV"),
        ("en", "May June come? An A to Z, 5~percent of 3~million"),
        ("en", "the year 2031 September ended, no. They left it"),
        ("en-GB", "Vol.~2, § 3".replace("§ ", "§~")),
        ("ko", "No.~36, 제~3 조"),
        ("ko", "등불~― 안개, 배~– 섬 –5"),
        ("en", "a lamp~– or two~— and 3~– 4 –5"),
        ("ja", "監視報告No.~36"),
        ("fr", "No. 36"),
    ],
)
def test_words_that_stay_on_one_line(tag: str, text: str) -> None:
    assert bound(text.replace("~", " "), tag).replace("\u00a0", "~") == text


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("en", "the village 판문점 선언 (1953)", ["ko:판문점 선언"]),
        ("en", "called 霧の岬 and 岬", ["ja:霧の岬"]),
        ("ja", "板門店（판문점）の", ["ko:판문점"]),
        ("ko", "미사키(みさき)와 岬", ["ja:みさき"]),
        ("ja", "霧のCape Dorn", []),
        ("en", "é – “plain”", []),
    ],
)
def test_scripts_show_languages(tag: str, text: str, found: list[str]) -> None:
    assert [f"{other}:{text[start:end]}" for start, end, other in foreign(text, tag)] == found


def test_foreign_words_are_marked_where_they_stand() -> None:
    text = (
        "<p>At 판문점 <em>or 판문점</em> twice, どこ."
        '<a class="url" href="x">판</a> <i lang="ko">판</i></p>'
    )
    element = etree.fromstring(text)
    tongues.mark(element, "en")
    assert etree.tostring(element, encoding="unicode") == (
        '<p>At <span lang="ko">판문점</span> <em>or <span lang="ko">판문점</span></em> twice, '
        '<span lang="ja">どこ</span>.<a class="url" href="x">판</a> <i lang="ko">판</i></p>'
    )
