"""Plantings as data: what is changed in the clean series, and what has to be found, and where.

A table `[[row]]` has

    code, file   what must be found, and in which copy it is planted (`en/051.txt`)
    old, new     what is changed; `all = "..."` for another text in its place, `end = "..."` for
                 more behind it
    edits        further changes: a list of [file, old, new]
    at           the place, where no sign can show it: `file` or `file:line:column`
    also         codes that the planting brings along by its nature
    count        how often the code is found; 1 unless told
    run          the command, if it is not that of the file of rows (`{file}`: the copy)
    encoding     of the copy, if it is not UTF-8
    fault        the name of a fault to plant (tests/faults.py)
    pictures     what else is drawn: { name = "1200x600" }
    regex        `old` is a pattern
    lost         a file that is taken away
    slow         it takes more than a second or two

The sign `‸` in a changed text is where the finding must stand, `‸N102‸` where another one must that
comes along: the place does not depend on what the program says. `☒ff` is a byte as it is, `⟦9×x⟧`
stands for nine times x.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import faults
import literate
from watchpress.build import pool
from watchpress.cli.main import BUG

HERE = Path(__file__).parent
CLEAN = HERE / "clean" / "reports"
PICTURE = ("figures/lamp.png", "1800x600")
RUNS = {
    "copy": "check --no-proof {file}",
    "xml": "read {file}",
    "pairs": "check --no-proof en/051.txt {file}",
    "series": "check --no-proof -C .",
    "products": "check {file}",
    "layouts": "check -C .",
}
_SIGN = re.compile(r"‸(?:([A-Z]\d{3})‸)?")


class Found(NamedTuple):
    """A finding: its code and its place; line and column are 0 where it is about a whole file."""

    code: str
    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Row:
    """A planting; see above."""

    group: str
    code: str
    file: str
    old: str = ""
    new: str = ""
    all: str = ""
    end: str = ""
    edits: tuple[tuple[str, str, str], ...] = ()
    at: str = ""
    also: tuple[str, ...] = ()
    count: int = 1
    run: str = ""
    encoding: str = "utf-8"
    fault: str = ""
    pictures: dict[str, str] = field(default_factory=dict)
    regex: bool = False
    lost: str = ""
    slow: bool = False

    @property
    def name(self) -> str:
        """What the row is called in lists: its code, and the language of its copy."""
        return f"{self.code}-{self.file.partition('/')[0]}"


class Texts(NamedTuple):
    """The texts of a planting without signs, and what the signs say."""

    texts: dict[str, str]
    marked: list[Found]


class Verdict(NamedTuple):
    """What came of a planting: what had to be found, what also, and what was found."""

    wanted: list[Found]
    also: list[str]
    found: list[Found]

    @property
    def faults(self) -> list[str]:
        """What is amiss: not found, at a wrong place, or found beside."""
        rest = list(self.found)
        amiss = []
        for one in self.wanted:
            if one in rest:
                rest.remove(one)
            elif any(other.code == one.code for other in rest):
                near = next(other for other in rest if other.code == one.code)
                rest.remove(near)
                amiss.append(f"wrong place: {near}, not {one}")
            else:
                amiss.append(f"not found: {one}")
        beside = Counter(one.code for one in rest) - Counter(self.also)
        missed = Counter(self.also) - Counter(one.code for one in rest)
        amiss += [f"found beside: {one}" for one in rest if beside[one.code]]
        return amiss + [f"does not come along: {code}" for code in missed.elements()]


@cache
def rows() -> tuple[Row, ...]:
    """Return all plantings, in the order of the files and of their rows."""
    return tuple(
        _row(group, given)
        for group in RUNS
        for given in tomllib.loads((HERE / f"{group}.toml").read_text("utf-8"))["row"]
    )


def _row(group: str, given: dict[str, Any]) -> Row:
    edits = tuple((one[0], one[1], one[2]) for one in given.pop("edits", []))
    return Row(group, edits=edits, also=tuple(given.pop("also", [])), **given)


@cache
def clean(file: str) -> str:
    """Return a clean text of the series; of an XML, what is read of the copy of that name."""
    if file.endswith(".xml"):
        with tempfile.TemporaryDirectory() as folder, home(Path(folder)):
            status, said = literate.run(["read", file.replace(".xml", ".txt"), "-o", "made.xml"])
            assert (status, said) == (0, "")
            return Path("made.xml").read_text("utf-8")
    if file.startswith("layout/"):
        return accepted().get(file, b"").decode()
    path = CLEAN / file
    return path.read_text("utf-8") if path.exists() else ""


def home(folder: Path, files: Mapping[str, bytes] | None = None) -> Any:
    """Write the clean series into `folder`, or other files, and go there."""
    for name, data in (_files(CLEAN) if files is None else files).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    literate.drawn(folder / PICTURE[0], PICTURE[1])
    return chdir(folder)


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@cache
def accepted() -> dict[str, bytes]:
    """Return the files of the clean series once its layouts are accepted, the cache among them."""
    with tempfile.TemporaryDirectory() as name, home(Path(name)), at_hand():
        assert told(["check", "-C", "."]) == []
        status, said = literate.run(["accept", "-C", "."])
        assert status == 0, said
        return _files(Path(name))


def at_hand() -> Any:
    """Do the work of pools in this process: a new one for each planting would take too long."""
    return mock.patch.object(pool.Pool, "_spread", _here)


def planted(row: Row) -> Texts:
    """Return the changed texts of a row, and where its signs stand."""
    texts: dict[str, str] = {row.file: _first(row)}
    for file, old, new in row.edits:
        texts[file] = _changed(texts.get(file) or clean(file), old, new) if old else new
    marked = [
        Found(found[1] or row.code, file, *_place(text, found.start()))
        for file, text in texts.items()
        for found in _SIGN.finditer(text)
    ]
    plain = {file: _SIGN.sub("", text) for file, text in texts.items()}
    return Texts(plain, marked)


def _first(row: Row) -> str:
    text = _repeated(row.all) or clean(row.file) + row.end
    if row.regex:
        new, count = re.subn(row.old, row.new, text)
        assert count == 1, f"{row.old!r} is not one place"
        return new
    return _changed(text, row.old, _repeated(row.new)) if row.old else text


def _repeated(text: str) -> str:
    return re.sub(r"⟦(\d+)×(.*?)⟧", lambda m: int(m[1]) * m[2], text, flags=re.DOTALL)


def _changed(text: str, old: str, new: str) -> str:
    bare = _SIGN.sub("", text)
    assert (bare if old not in text else text).count(old) == 1, f"{old!r} is not one place"
    assert old in text, f"a sign stands within {old!r}"
    return text.replace(old, new)


def _place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a place, as if there were no signs."""
    before = re.sub("☒..", "☒", _SIGN.sub("", text[:at]))
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def verdict(row: Row) -> Verdict:
    """Plant a row in a new copy of the clean series, run its command, and say what was found."""
    made = planted(row)
    wanted = [*made.marked, *_told(row)]
    assert any(one.code == row.code for one in wanted), "no sign says where it is to be found"
    files = accepted() if row.group == "layouts" else None
    with tempfile.TemporaryDirectory() as folder, home(Path(folder), files):
        for file, text in made.texts.items():
            path = Path(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_bytes(text, row.encoding if file == row.file else "utf-8"))
        for name, words in row.pictures.items():
            literate.drawn(Path(name), words)
        if row.lost:
            Path(row.lost).unlink()
        command = (row.run or RUNS[row.group]).replace("{file}", row.file).split()
        with faults.planted(row.fault), at_hand():
            found = told(command)
    return Verdict(wanted, list(row.also), found)


def _told(row: Row) -> Iterator[Found]:
    """Yield the place that a row gives in words, as often as it is to be found."""
    file, line, column = [*row.at.rsplit(":", 2), "0", "0"][:3]
    for _ in range(row.count if row.at else 0):
        yield Found(row.code, file, int(line), int(column))


def _bytes(text: str, encoding: str) -> bytes:
    parts = re.split("☒(..)", text)
    return b"".join(
        bytes.fromhex(part) if number % 2 else part.encode(encoding, "surrogatepass")
        for number, part in enumerate(parts)
    )


def told(command: list[str]) -> list[Found]:
    """Run a command of watchpress in this process; return what it finds, in the order of places."""
    status, said = literate.run([*command, "--format", "json"])
    assert status != BUG, said
    start = re.search(r"(?m)^\[", said)
    assert start, said
    rows = json.JSONDecoder().raw_decode(said[start.start() :])[0]
    return sorted(
        Found(one["code"], one.get("file", ""), one.get("line") or 0, one.get("column") or 0)
        for one in rows
    )


def _here(own: pool.Pool, function: Any, tasks: Any, end: Any) -> None:
    for number, (name, given) in enumerate(tasks):
        end(number, pool.attempt(function, given, name, own.limits))
