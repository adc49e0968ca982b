"""Readings that the series gives: where they are put, and that they are in the products."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from watchpress.catalog import Source
from watchpress.model import schema
from watchpress.series import reading
from watchpress.series.load import load
from watchpress.transforms import rubies

COPY = """監視報告 No.3  2018年12月25日
§岬の灯台
漁師は<岬>を回り、百々目木岬で休んだ。岬《みさき》は静かであり、百々目木岬にも誰もいなかった。
"""


def body(text: str) -> etree._Element:
    """Return a report of which the body alone is there."""
    return etree.fromstring(f"<article><body>{text}</body></article>")


def shown(report: etree._Element) -> str:
    """Return the body as text, readings in brackets."""
    for ruby in report.iter("rt"):
        ruby.text = f"({ruby.text})"
    return "".join(report.itertext())


def test_the_first_place_gets_the_reading() -> None:
    report = body("<sec><title>灯台</title><p>海と<italic>灯台</italic>、灯台</p></sec>")
    rubies.apply(report, {"灯台": "とうだい"})
    assert shown(report) == "灯台海と灯台(とうだい)、灯台"


def test_a_tail_and_the_longer_word_of_two() -> None:
    report = body("<p>海<xref>1</xref>と百々目木岬と岬</p>")
    rubies.apply(report, {"岬": "みさき", "百々目木岬": "どどめきみさき"})
    assert shown(report) == "海1と百々目木岬(どどめきみさき)と岬(みさき)"


def test_a_reading_of_the_copy_counts_and_an_absent_word_does_nothing() -> None:
    text = "<p>岬と<ruby><rb>岬</rb><rt>さき</rt></ruby></p>"
    report = body(text)
    before = etree.tostring(report)
    rubies.apply(report, {"岬": "みさき", "灯台": "とうだい"})
    assert etree.tostring(report) == before


def test_the_series_gives_them_to_japanese_copy_alone(tmp_path: Path) -> None:
    for tag in ("en", "ja"):
        (tmp_path / tag).mkdir()
        (tmp_path / tag / "003.txt").write_text("x", encoding="utf-8")
    toml = tmp_path / "series.toml"
    toml.write_text(
        'languages = ["en", "ja"]\ntitle = { en = "T", ja = "題" }\n'
        'publisher = { en = "P", ja = "社" }\n'
        '[readings]\n"岬" = "みさき"\n',
        encoding="utf-8",
    )
    told: list[object] = []
    series = load(tmp_path, told.append)
    found = {one.language: one.readings for one in reading.copies(series, told.append)}
    assert found == {"en": (), "ja": (("岬", "みさき"),)}
    assert told == []


def test_what_is_made_is_valid(tmp_path: Path) -> None:
    from watchpress.build.report import report

    file = tmp_path / "003.txt"
    file.write_text(COPY, encoding="utf-8")
    made = report(Source(file, language="ja"), lambda _: None).report
    rubies.apply(made, {"百々目木岬": "どどめきみさき"})
    faults: list[object] = []
    assert schema.validate(made, faults.append), faults
    assert [ruby.findtext("rb") for ruby in made.iter("ruby")] == ["百々目木岬", "岬"]
