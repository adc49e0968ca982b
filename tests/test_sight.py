"""What is printed where: the boxes of a layout as data, held against the PDF and the copy."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from watchpress.backends.pdf import writer
from watchpress.backends.pdf.writer import Compiled
from watchpress.build import report as single
from watchpress.build.places import Copies
from watchpress.catalog import Source, trim
from watchpress.files import Styles
from watchpress.galley import Galley, Line
from watchpress.model.tree import Element
from watchpress.xhtml.plain import letters

REPORTS = Path(__file__).parents[1] / "reports"
SAMPLES = ("en/040", "ja/040", "ko/040")


@cache
def report(name: str) -> Element:
    return single.report(Source(REPORTS / f"{name}.txt"), lambda _: None).report


@cache
def laid(name: str) -> Compiled:
    work = single.work([report(name)], trim=trim("A5"))
    return writer.compile(work, Styles(), lambda _: None)


def read(data: bytes) -> list[str]:
    """Return the letters that PDFium reads on each page."""
    pages = pypdfium2.PdfDocument(BytesIO(data))
    texts = (page.get_textpage().get_text_bounded() for page in pages)
    return [plain(text.replace("\ufffe", "-").replace("\x02", "-")) for text in texts]


def plain(text: str) -> str:
    return letters(text).replace("\u2010", "-").replace("\u2011", "-")


def assert_read(galley: Galley, data: bytes) -> None:
    """Hold each line of a galley against the page that it says it stands on."""
    there = read(data)
    assert len(there) == len(galley.pages)
    for number, line in galley.lines():
        assert plain(line.text) in there[number - 1], (number, line.text)
    for page, text in zip(galley.pages, there, strict=True):
        assert sum(len(plain(line.text)) for line in page.lines) <= len(text)


@pytest.mark.parametrize("name", SAMPLES)
def test_each_line_is_on_its_page(name: str) -> None:
    made = laid(name)
    assert_read(made.facts.galley, made.data)


@pytest.mark.parametrize("name", SAMPLES)
def test_all_that_is_read_is_in_a_line(name: str) -> None:
    made = laid(name)
    for page, text in zip(made.facts.galley.pages, read(made.data), strict=True):
        assert sorted("".join(plain(line.text) for line in page.lines)) == sorted(text)


def words(galley: Galley) -> Iterator[tuple[Line, int, str]]:
    """Yield what stands between spaces in the lines of copy: line, offset, word."""
    for _, line in galley.lines():
        if line.anchors and galley.blocks[line.block].role not in ("opening", "made"):
            place = 0
            for word in line.text.split(" "):
                yield line, place, word
                place += len(word) + 1


@pytest.mark.parametrize("name", SAMPLES)
def test_a_word_of_a_line_is_found_in_the_copy(name: str) -> None:
    galley, copies = laid(name).facts.galley, Copies()
    copy = (REPORTS / f"{name}.txt").read_text("utf-8").split("\n")
    found = [one for one in words(galley) if one[2].strip("\u2010↑")]
    missed = []
    for line, offset, word in random.Random(7).sample(found, min(400, len(found))):
        block = galley.blocks[line.block]
        ends = [one.offset for one in line.anchors if one.offset > offset]
        whole = line.text[offset : min([offset + len(word), *ends])].rstrip("\u2010")
        place = copies.where(block, line.anchor(offset))
        assert place.file == str(REPORTS / f"{name}.txt")
        there = "\n".join(copy[place.line - 1 :])[place.column - 1 :][: len(whole) + 20]
        if not letters(there).startswith(letters(whole)):
            missed.append((whole, there, place))
    assert missed == []


READING = """監視報告 No.31  2021年6月20日
§埠頭
船は｜百々目木岬《どどめきみさき》の沖で待つ［1］。岬《みさき》には灯がない。
［1］『日誌』、2018年
"""
ROWS = "".join(f"| {number} | Quay {number} |\n" for number in range(70))
TABLE = f"""Watch Report No.31  June 12, 2021
§The Quay
The boats wait [1].
Table 1. Quays
| Number | Name |
|---|---|
{ROWS}
They wait on.
[1] The Log, 2018
"""


def measured(folder: Path, text: str) -> tuple[Galley, Path]:
    path = folder / "031.txt"
    path.write_text(text, "utf-8")
    made = single.report(Source(path), lambda _: None).report
    work = single.work([made], trim=trim("A5"))
    return writer.compile(work, Styles(), lambda _: None).facts.galley, path


def test_letters_behind_readings_and_calls_are_found(tmp_path: Path) -> None:
    galley, path = measured(tmp_path, READING)
    copy, copies = READING.split("\n"), Copies()
    lines = [one for _, one in galley.lines() if galley.blocks[one.block].role == "text"]
    text = "".join(line.text for line in lines)
    assert text == "船は百々目木岬の沖で待つ1。岬には灯がない。"
    for line in lines:
        for offset, sign in enumerate(line.text):
            place = copies.where(galley.blocks[line.block], line.anchor(offset))
            assert place.file == str(path) and place.line == 3
            assert copy[2][place.column - 1] == ("［" if sign == "1" else sign)


def test_the_head_of_a_table_is_the_same_on_each_of_its_pages(tmp_path: Path) -> None:
    galley, _ = measured(tmp_path, TABLE)
    heads = [(page, line) for page, line in galley.lines() if line.text == "Number"]
    assert len(heads) > 1
    assert {(line.number, line.anchors) for _, line in heads} == {(0, heads[0][1].anchors)}
    assert [thing.kind for page in galley.pages for thing in page.things] == ["table"] * len(heads)
