"""Readings in copy, in the form of Aozora Bunko: 岬《みさき》, and ｜百々目木岬《どどめきみさき》.

Without the bar the kanji before the brackets are the base, and only kana are a reading: 《》 are
quotation marks as well. With the bar it is whatever stands between bar and brackets.
https://www.aozora.gr.jp/annotation/etc.html#ruby
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from watchpress.diagnostic import Tell, remark
from watchpress.model import tree
from watchpress.model.tree import AS, AT, Element
from watchpress.readers.plain.lines import Line

_KANA: Final = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe・"
_KANJI: Final = "\u3005-\u3007\u30f6\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_READING: Final = re.compile(
    r"｜(?P<marked>[^｜《》]{1,30})《(?P<any>[^｜《》]{1,40})》"
    rf"|(?P<kanji>[{_KANJI}]+)《(?P<kana>[{_KANA}]{{1,40}})》"
)


@dataclass(frozen=True)
class Reading:
    """A base with its reading: where it stands in its line."""

    start: int
    end: int
    base: str
    words: str


def readings(text: str) -> Iterator[Reading]:
    """Yield the readings in a line."""
    if "《" not in text:
        return
    for match in _READING.finditer(text):
        base, words = match["marked"] or match["kanji"], match["any"] or match["kana"]
        yield Reading(match.start(), match.end(), base, words)


def element(line: Line, found: Reading) -> Element:
    """Return the ruby element of a reading."""
    ruby = etree.Element("ruby", {AT: line.at(found.start), AS: line.text[found.start : found.end]})
    etree.SubElement(ruby, "rb").text = found.base
    etree.SubElement(ruby, "rt").text = found.words
    return ruby


def admit(report: Element, tell: Tell) -> None:
    """Tell what was taken for readings without a bar that says so: a title may look like one."""
    taken = [ruby for ruby in report.iter("ruby") if not ruby.get(AS, "").startswith("｜")]
    if taken:
        place, text = tree.place(taken[0]), taken[0].get(AS)
        tell(remark("R117", place, count=len(taken), text=text))
