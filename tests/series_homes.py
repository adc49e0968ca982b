"""Small series to build in tests."""

from __future__ import annotations

from pathlib import Path

from watchpress.diagnostic import Diagnostic
from watchpress.series.load import Series, load

TOML = """
languages = ["en", "ja"]
title = { en = "Watch Report", ja = "監視報告" }
publisher = { en = "Strait Watch", ja = "海峡監視" }
"""
VOLUME = """
[[volumes]]
name = "2021"
year = 2021
"""
EPUBS = """
[[editions]]
name = "epubs"
format = "epub"
"""
PDFS = """
[[editions]]
name = "pdfs"
format = "pdf"
"""
BOOK = """
[[editions]]
name = "book"
format = "pdf"
what = "2021"
"""
COVER = BOOK.replace("book", "cover").replace("pdf", "cover")
OFFPRINTS = BOOK.replace("book", "offprints").replace("pdf", "offprint")


def english(number: int, date: str = "June 12, 2021", words: str = "The boats wait [1].") -> str:
    return f"Watch Report No.{number}  {date}\n§The Quay\n{words}\n[1] The Log, 2018\n"


def japanese(number: int, date: str = "2021年6月20日", words: str = "船は待つ［1］。") -> str:
    return f"監視報告 No.{number}  {date}\n§埠頭\n{words}\n［1］『日誌』、2018年\n"


def home(folder: Path, toml: str, **copies: str) -> Series:
    """Write a series into `folder` (`en_031="..."` is reports/en/031.txt) and load it."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    (reports / "series.toml").write_text(toml, "utf-8")
    for name, text in copies.items():
        tag, _, number = name.partition("_")
        put(folder, f"{tag}/{number}.txt", text)
    return again(folder)


def put(folder: Path, name: str, text: str) -> None:
    path = folder / "reports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def again(folder: Path) -> Series:
    """Load the series as it is now; nothing may be told."""
    found: list[Diagnostic] = []
    series = load(folder, found.append)
    assert found == []
    return series
