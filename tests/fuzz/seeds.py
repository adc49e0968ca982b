"""Where fuzzing begins: copy of the cases, the sample reports, and what was kept of earlier runs."""

# ruff: noqa: E501 - words are easier to read side by side

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from watchpress.catalog import Source
from watchpress.diagnostic import Fatal
from watchpress.model import tree
from watchpress.readers.plain import reader

HERE: Final = Path(__file__).parent
TESTS: Final = HERE.parent
ROOT: Final = TESTS.parent
CORPUS: Final = HERE / "corpus"  # small inputs that reached new lines of ours
CRASHERS: Final = HERE / "crashers"  # inputs that were faults once
_COPY: Final = re.compile(r"^```copy[^\n]*\n(.*?)^```$", re.S | re.M)
_SIGN: Final = re.compile(r"\\u([0-9a-f]{4})")

# Words that no mutation of bytes finds by itself.
WORDS: Final = {
    "plain": (
        "Watch Report No.", "監視報告 No.", "감시 보고 No.", "June 12, 2021", "2021年6月20日", "§",
        "[1]", "［１］", "[注1]", "注1参照", "see note 1", "주 1 참조", "Notes", "Posted by ", "Table 1. ",
        "[Figure 1: map.png]", "Alt: ", " | ", "\t", "“", "”", "「", "」", "『", "』", "•", "(1) ", "****",
        "https://velm.example/", "\u3099", "\ufeff", "\u00a0", "\u3000", "\u202e", "｜", "《", "》",
        "（文責：", "(Signed) ", "To: ", "令和3年",
    ),
    "xml": (
        "<xref ref-type='fn' id='wr031-en-r9'>", "</xref>", "<p id='wr031-en-p9'>", "</p>", "<fn id='wr031-en-fn9'>",
        "<label>", "wp:at='1:1'", "wp:as='1'", "rid='wr031-en-fn1'", "<disp-quote>", "<mixed-citation>",
        "<ext-link ", "<ruby>", "<table-wrap>", "<fig>", "xml:lang='ja'", "<![CDATA[", "<!--", "&#x1F600;",
        "xmlns='urn:x'",
    ),
    "config": (
        "[[editions]]\n", "[[volumes]]\n", "[[overrides]]\n", "[[terms]]\n", "[[waivers]]\n", "[limits]\n",
        "format = \"pdf\"", "format = \"epub\"", "what = ", "languages = [\"en\"]", "title = ", "trim = \"A5\"",
        "theme = ", "year = 2021", "name = ", "isbn = ", "issn = ", "{ en = ", "''", '"""', "1e999", "inf", "nan",
        "1979-05-27T07:32:00Z", "\\uD800", "0x", "\x00",
    ),
    "theme": (
        "extends = \"own\"", "extends = \"report\"", "[page]\n", "[text]\n", "[colours]\n", "[notes]\n", "[running]\n",
        "nan", "inf", "-1", "1e999", "\"#ffffff\"", "[]", "{}",
    ),
    "sheet": (
        "@import url(x);", "url(data:", "var(--a)", "calc(", "content: \"x\"", "display:none", "@media print{", "@page{",
        "\\", "/*", "*/", "!important", "1e9mm", "{", "}", "[", "]", "(", ")", "\x00", "\\110000 ",
    ),
    "notes": (),
}  # fmt: skip


def seeds(target: str) -> Iterator[bytes]:
    """Yield what the fuzzing of a target begins from: what is kept, then what lies around."""
    yield from kept(target).values()
    yield from _FOUND[target]()


def kept(target: str) -> dict[str, bytes]:
    """Return what is kept in this folder for a target: the corpus and the crashers by name."""
    folders = (CORPUS / target, CRASHERS / target)
    files = sorted(path for folder in folders for path in folder.glob("*"))
    return {f"{path.parent.parent.name}/{path.name}": path.read_bytes() for path in files}


def _copies() -> Iterator[bytes]:
    for path in sorted((TESTS / "cases").glob("*.md")):
        for copy in _COPY.findall(path.read_text("utf-8")):
            text = _SIGN.sub(lambda sign: chr(int(sign[1], 16)), copy)
            yield text.encode("utf-8", "surrogatepass")
    for path in sorted((ROOT / "reports").glob("*/*.txt")):
        yield path.read_bytes()


def _plain() -> Iterator[bytes]:
    for number, copy in enumerate(_copies()):
        yield b"0" + copy
        yield b"123"[number % 3 :][:1] + copy


def _xml() -> Iterator[bytes]:
    for copy in _copies():
        try:
            report = reader.read(Source(Path("031.txt")), lambda _: None, copy).report
        except Fatal:
            continue
        yield tree.serialize(report)


def _notes() -> Iterator[bytes]:
    for seed in range(200):
        chance = random.Random(seed)
        yield chance.randbytes(chance.choice((8, 30, 120, 400)))


def _config() -> Iterator[bytes]:
    for path in (ROOT / "reports/series.toml", ROOT / "specimen/series.toml"):
        yield path.read_bytes()
    for path in sorted(TESTS.glob("*.py")):
        for toml in re.findall(r'"""(\n[^"]*(?:"[^"]+)*?)"""', path.read_text("utf-8")):
            if "languages =" in toml or "[[" in toml:
                yield toml.encode()


def _theme() -> Iterator[bytes]:
    for path in sorted((ROOT / "styles/themes").glob("*.toml")):
        yield path.read_bytes()


def _sheet() -> Iterator[bytes]:
    for path in sorted((ROOT / "styles").rglob("*.css")):
        text = path.read_bytes()
        yield text
        yield from (rule + b"}" for rule in text.split(b"}\n\n")[:40])


_FOUND: Final = {
    "plain": _plain,
    "xml": _xml,
    "notes": _notes,
    "config": _config,
    "theme": _theme,
    "sheet": _sheet,
}
