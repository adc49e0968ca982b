"""Citations: who, what, where in the volume, in the manner of each language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from watchpress.language.citation import Cited, citation

EN = Cited(
    ("Ada Quill", "Ben Oar"), "Who Keeps the Light?", "Watch Report", 7, "Watch Report 2021",
    "2022", "Strait Watch", ("17", "18", "24"),
)  # fmt: skip
JA = replace(
    EN, authors=("櫂野渚", "灯守"), headline="「夜の灯」とは何か", series="監視報告",
    volume="監視報告 2021年", publisher="海峡監視",
)  # fmt: skip
KO = replace(
    EN, authors=("노을",), headline="등대의 밤", series="감시 보고", volume="감시 보고 2021",
    publisher="해협감시", pages=("9",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "cited", "line"),
    [
        (
            "en", EN,
            "Ada Quill and Ben Oar, “Who Keeps the Light?” Watch Report No. 7, in Watch Report 2021"
            " (Strait Watch, 2022), pp. 17–24.",
        ),
        (
            "en", replace(EN, authors=(), headline="The “Night” Log", publisher="", pages=("9",)),
            "“The ‘Night’ Log,” Watch Report No. 7, in Watch Report 2021 (2022), p. 9.",
        ),
        (
            "ja", JA,
            "櫂野渚、灯守「『夜の灯』とは何か」『監視報告』No. 7、『監視報告 2021年』海峡監視、"
            "2022年、17–24ページ",
        ),
        (
            "ko", KO,
            "노을, 「등대의 밤」, 『감시 보고』 No. 7, 『감시 보고 2021』, 해협감시, 2022, 9쪽",
        ),
        ("ko-KR", replace(KO, series="", authors=()),
         "「등대의 밤」, No. 7, 『감시 보고 2021』, 해협감시, 2022, 9쪽"),
    ],
)  # fmt: skip
def test_a_report_is_cited_as_its_language_does(tag: str, cited: Cited, line: str) -> None:
    assert citation(tag, cited).replace("\u00a0", " ") == line


@pytest.mark.parametrize(("tag", "cited"), [("en", EN), ("ja", JA), ("ko", KO)])
def test_no_line_ends_between_a_word_and_its_number(tag: str, cited: Cited) -> None:
    assert "No.\u00a07" in citation(tag, cited)
