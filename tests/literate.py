r"""Literate cases: one text file holds input, expected XML and expected findings.

A case is a `## title` and fenced blocks below it:

    copy [name]   copy (default name copy.txt); `\uXXXX` stands for a character, `encoding:` in the
                  title line (`## title {encoding: cp932}`) for how the file is written
    pages         a galley, drawn as galleys.py tells: `found` is then what its layout brings
    picture NAME  a picture beside it: `1200x700`, with more words as `drawn` takes them
    options       options of the command line, as `--number 7`
    xml, front, body, back    the expected XML, or a part of it
    found         the expected findings: `line:column CODE words`
    losses        the expected losses: `line:column CODE text`
    console       `$ watchpress ...` with expected output and, last, `[exit N]`
    fault         the name of a fault to plant before the console runs (tests/faults.py)

`pytest --accept` rewrites what is expected; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import click.testing
import pytest
from lxml import etree
from PIL import Image

import faults
import galleys
from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.checks import layout
from watchpress.cli import main
from watchpress.cli.options import DateType
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.model.tree import Element

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]+))?\n(.*?)^```$", re.S | re.M)
CASES = Path(__file__).with_name("cases")
PARTS = ("xml", "front", "body", "back")
HOLDERS = {
    "article", "front", "journal-meta", "journal-title-group", "article-meta", "title-group",
    "contrib-group", "contrib", "name-alternatives", "custom-meta-group", "body", "sec",
    "disp-quote", "list", "list-item", "back", "fn-group", "fn", "table-wrap", "table", "thead",
    "tbody", "table-wrap-foot", "fig",
}  # fmt: skip


@dataclass
class Block:
    kind: str
    name: str
    text: str


class CaseFile(pytest.File):
    def collect(self) -> Iterable[pytest.Item]:
        for part in re.split(r"(?m)^(?=## )", self.path.read_text("utf-8"))[1:]:
            made: pytest.Item = Case.from_parent(
                self, name=part.splitlines()[0][3:].partition(" {")[0], text=part
            )
            yield made


class Case(pytest.Item):
    def __init__(self, *, text: str, **more: Any) -> None:
        super().__init__(**more)
        self.text = text

    def runtest(self) -> None:
        blocks = [Block(m[1], m[2] or "", m[3]) for m in BLOCK.finditer(self.text)]
        assert any(block.kind in {*PARTS, "found", "console", "losses"} for block in blocks), (
            "a case that expects nothing cannot fail"
        )
        with _environment(), tempfile.TemporaryDirectory() as folder, chdir(folder):
            got = list(_run(blocks, _encoding(self.text)))
        if self.config.getoption("--accept"):
            self._accept(got)
            return
        for block, text in zip(blocks, got, strict=True):
            assert text == block.text, f"{block.kind}: expected (right) and found (left) differ"

    def _accept(self, got: list[str]) -> None:
        texts = iter(got)
        new = BLOCK.sub(
            lambda m: f"```{m[1]}{' ' + m[2] if m[2] else ''}\n{next(texts)}```", self.text
        )
        whole = self.path.read_text("utf-8")
        self.path.write_text(whole.replace(self.text, new), "utf-8")

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


@contextmanager
def _environment() -> Iterator[None]:
    """English messages and no clock: cases do not get the fixtures of conftest.py."""
    old = dict(os.environ)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "NO_COLOR"):
        os.environ.pop(name, None)
    os.environ["WATCHPRESS_LANG"] = "en"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(old)


def _encoding(text: str) -> str:
    match = re.match(r"## [^\n]*\{encoding: ([\w-]+)\}", text)
    return match[1] if match else "utf-8"


def reports() -> list[tuple[str, Element]]:
    """Return the title of each case, and the report of each copy in it that can be read."""
    found = []
    for path in sorted(CASES.glob("*.md")):
        for part in re.split(r"(?m)^(?=## )", path.read_text("utf-8"))[1:]:
            blocks = [Block(m[1], m[2] or "", m[3]) for m in BLOCK.finditer(part)]
            with _environment(), tempfile.TemporaryDirectory() as folder, chdir(folder):
                names = _write(blocks, _encoding(part))
                found += [(part.splitlines()[0], report) for report in _readable(blocks, names)]
    return found


def _readable(blocks: list[Block], names: list[str]) -> Iterator[Element]:
    for name in names:
        with suppress(Fatal):
            source = _source([*_options(blocks), "--file", name])
            yield build.report(source, lambda finding: None).report


def _write(blocks: list[Block], encoding: str) -> list[str]:
    """Write the copies of a case into this folder; return their names."""
    names = []
    for block in blocks:
        if block.kind == "copy":
            name = Path(block.name or "copy.txt")
            name.parent.mkdir(parents=True, exist_ok=True)
            text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), block.text)
            name.write_bytes(text.encode(encoding, "surrogatepass"))
            names.append(str(name))
        elif block.kind == "picture":
            drawn(Path(block.name), block.text.strip())
    return names


def drawn(path: Path, words: str) -> None:
    """Make a picture: `WxH [PNG|JPEG [MODE]]`, `link TARGET`, `text WORDS`, or `WxH PNG torn`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *rest = words.split()
    if first == "link":
        path.symlink_to(rest[0])
    elif first == "text":
        path.write_text(" ".join(rest), "utf-8")
    else:
        kind, mode = (*rest, *("PNG", "L")[len(rest) :])[:2]
        width, height = map(int, first.split("x"))
        out = BytesIO()
        Image.new("L" if mode == "torn" else mode, (width, height)).save(out, kind)
        path.write_bytes(out.getvalue()[: -30 if mode == "torn" else None])


def _run(blocks: list[Block], encoding: str) -> Iterator[str]:
    """Yield the text each block should have: input as it is, expectations as they came out."""
    _write(blocks, encoding)
    reading = _looked(blocks)
    plant = next((block.text.strip() for block in blocks if block.kind == "fault"), "")
    for block in blocks:
        if block.kind == "console":
            with faults.planted(plant):
                yield _console(block.text)
        elif reading is not None and block.kind in {*PARTS, "found", "losses"}:
            yield reading[block.kind]
        else:
            yield block.text


def _looked(blocks: list[Block]) -> dict[str, str] | None:
    """Return what is read of the copy, or found on the pages that are drawn; None for neither."""
    if pages := "".join(block.text for block in blocks if block.kind == "pages"):
        found: list[Diagnostic] = []
        layout.check(layout.Subject(galleys.drawn(pages)), found.append)
        return {"found": "".join(f"{_told(one)}\n" for one in sorted(found))}
    expects = any(block.kind in {*PARTS, "found", "losses"} for block in blocks)
    return _read(blocks) if expects else None


def _told(finding: Diagnostic) -> str:
    """Return a finding in one line: its place, its page if it is about one, its words."""
    place, page = finding.place, f"page {finding.page}: " if finding.page else ""
    return f"{place.line}:{place.column} {finding.code} {page}{finding.say()}"


def _options(blocks: list[Block]) -> list[str]:
    return shlex.split(" ".join(block.text.strip() for block in blocks if block.kind == "options"))


def _read(blocks: list[Block]) -> dict[str, str]:
    found: list[Diagnostic] = []
    got = {part: "" for part in (*PARTS, "losses")}
    try:
        reading = build.report(_source(_options(blocks)), found.append)
    except Fatal as fatal:
        found.append(fatal.diagnostic)
    else:
        got |= _parts(reading.report)
        got["losses"] = "".join(f"{x.line}:{x.column} {x.code} {x.text}\n" for x in reading.losses)
    got["found"] = "".join(f"{_told(one)}\n" for one in sorted(found))
    return got


def _source(options: list[str]) -> Source:
    values = dict(zip(options[::2], options[1::2], strict=True))
    day = values.get("--date")
    return Source(
        Path(values.get("--file", "copy.txt")),
        language=values.get("--lang"),
        number=int(values["--number"]) if "--number" in values else None,
        date=DateType().convert(day, None, None) if day else None,
        headline=values.get("--headline"),
        series=values.get("--series"),
    )


def _parts(report: Element) -> dict[str, str]:
    parts = {"xml": shown(report)}
    for part in PARTS[1:]:
        element = report.find(part)
        parts[part] = "" if element is None else shown(element)
    return parts


def shown(element: Element) -> str:
    """Return XML with a line for each block, running text untouched, no namespace declarations."""
    text = "".join(_lines(element, ""))
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)


def _lines(element: Element, indent: str) -> Iterator[str]:
    if element.tag not in HOLDERS or not len(element):
        yield f"{indent}{etree.tostring(element, encoding='unicode', with_tail=False)}\n"
        return
    empty = etree.Element(element.tag, dict(element.attrib), nsmap=element.nsmap)
    empty.text = "|"
    start, end = etree.tostring(empty, encoding="unicode").split("|")
    yield f"{indent}{start}\n"
    for child in element:
        yield from _lines(child, indent + "  ")
    yield f"{indent}{end}\n"


def _console(text: str) -> str:
    out = []
    for command in re.findall(r"(?m)^\$ (.+)$", text):
        program, *arguments = shlex.split(command)
        assert program == "watchpress", command
        status, shown = run(arguments)
        assert status != main.BUG, shown  # nobody may accept a bug
        # Seconds differ each time, and so does the room that they take; a size says little here.
        shown = re.sub(r"([\d,]+) kB( +\d+\.\d)(?= )", _masked, shown)
        out.append(f"$ {command}\n{shown}[exit {status}]\n")
    return "".join(out)


def _masked(figures: re.Match[str]) -> str:
    return f"{re.sub('[0-9]', '#', figures[1])} kB{'#.#'.rjust(len(figures[2]))}"


def run(arguments: list[str]) -> tuple[int, str]:
    """Run the command line in this process; return exit status and all it printed."""
    runner = click.testing.CliRunner()
    result = runner.invoke(_Main(), arguments)
    return result.exit_code, result.output


class _Main(click.Command):
    """The whole of `main`, with its handling of faults, as a command the runner can call."""

    def __init__(self) -> None:
        super().__init__("watchpress")

    def main(self, args: Any = None, **_: Any) -> Any:  # type: ignore[override]
        return main.main(args)
