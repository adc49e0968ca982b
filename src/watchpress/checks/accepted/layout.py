"""An accepted layout as text, to be kept and reviewed like code: what begins and ends each line.

    watchpress layout 1
    product 032.en.pdf
    pages 9
    looks PDFium 159.0.8149.0, 50 dpi

    == page 1 == 3f9a2c41
    en/032.txt:2          Harbour lights … the strait
    -                     Notes

A page says the part of the volume it is of (`== page 3, contents ==`) and the hash of its look. A
row is a line of print. It says where in the copy its block begins (`-`: in none) if the block does
begin there; a `+` behind it: a block goes on that others have parted from its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.diagnostic import Fatal, Place, remark

FORM: Final = "watchpress layout 1"
MADE: Final = "-"  # in the place of a line of the copy, where there is none
_WIDE: Final = 20  # of the column with lines of the copy
_HEAD: Final = (
    (re.compile(re.escape(FORM)), FORM),
    (re.compile(r"product (?P<product>\S.*)"), "product NAME"),
    (re.compile(r"pages (?P<pages>\d{1,6})"), "pages N"),
    (re.compile(r"looks (?P<looks>\S.*)"), "looks PDFium N, N dpi"),
)
_PAGE: Final = re.compile(r"== page (?P<page>\d+)(?:, (?P<part>[\w-]+))? ==(?: (?P<look>\w{8}))?")
_ROW: Final = re.compile(
    r"(?:(?P<file>\S.*?):(?P<line>\d{1,9})|(?P<made>-))(?P<on>\+?) {2,}(?P<words>\S.*)"
)
_ON: Final = re.compile(f" {{{_WIDE + 2}}}(?P<words>\\S.*)")


@dataclass(frozen=True)
class Row:
    """A line of print: its first and last words.

    `file`, `line`, `column`: where its block begins in the copy. `begins`: the block begins here.
    `parted`: it goes on here, behind other blocks. `at`: the line in the file of the layout, 0
    where there is no file. `box`: left, top, right, bottom in pt.
    """

    words: str
    begins: bool = False
    parted: bool = False
    file: str = ""
    line: int = 0
    column: int = 1
    at: int = 0
    box: tuple[float, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A page: its rows, the hash of its look ("": not known), the part of the volume it is of."""

    rows: tuple[Row, ...] = ()
    look: str = ""
    part: str = ""
    at: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words of all rows."""
        return tuple(row.words for row in self.rows)


@dataclass(frozen=True)
class Layout:
    """The pages of a product; `looks`: with what their looks were seen."""

    product: str
    leaves: tuple[Leaf, ...]
    looks: str


def write(layout: Layout) -> str:
    """Return a layout as text, the same for the same pages on every machine."""
    head = [FORM, f"product {layout.product}", f"pages {len(layout.leaves)}"]
    rows = [*head, f"looks {layout.looks}"]
    for number, leaf in enumerate(layout.leaves, 1):
        part = f", {leaf.part}" if leaf.part else ""
        rows += ["", f"== page {number}{part} == {leaf.look}".rstrip()]
        rows += [_written(row) for row in leaf.rows]
    return "\n".join(rows) + "\n"


def _written(row: Row) -> str:
    source = ""
    if row.begins or row.parted:
        source = (f"{row.file}:{row.line}" if row.file else MADE) + "+" * row.parted
    return f"{source:{_WIDE}}  {row.words}"


def read(data: bytes, file: str) -> Layout:
    """Return the layout that `write` wrote to `file`; Fatal P209 at the first line that is not so.

    Lines may end as those of DOS do: git makes them so on Windows.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise _damaged(file, data[: fault.start].count(b"\n") + 1, "UTF-8") from None
    return _Reader(file, text.replace("\r\n", "\n").split("\n")).layout()


@dataclass(frozen=True)
class _Reader:
    file: str
    lines: Sequence[str]

    def layout(self) -> Layout:
        said: dict[str, str] = {}
        for at, (form, wanted) in enumerate(_HEAD):
            match = form.fullmatch(self.lines[at]) if at < len(self.lines) else None
            if match is None:
                raise _damaged(self.file, at + 1, wanted)
            said |= match.groupdict()
        leaves = tuple(self.leaves(len(_HEAD), int(said["pages"])))
        return Layout(said["product"], leaves, said["looks"])

    def leaves(self, at: int, count: int) -> Iterator[Leaf]:
        for number in range(1, count + 1):
            heading = _PAGE.fullmatch(self.line(at + 1, f"== page {number} =="))
            if self.line(at, "") or heading is None or int(heading["page"]) != number:
                raise _damaged(self.file, at + 1 + (not self.line(at, "")), f"== page {number} ==")
            end = at + 2
            while self.line(end, ""):
                end += 1
            rows = tuple(self.rows(range(at + 2, end)))
            yield Leaf(rows, heading["look"] or "", heading["part"] or "", at + 2)
            at = end
        if at != len(self.lines) - 1:
            raise _damaged(self.file, min(at + 2, len(self.lines)), f"pages {count}")

    def rows(self, ats: Iterable[int]) -> Iterator[Row]:
        for at in ats:
            match = _ON.fullmatch(self.lines[at]) or _ROW.fullmatch(self.lines[at])
            if match is None:
                raise _damaged(self.file, at + 1, "en/001.txt:1 ...")
            said = match.groupdict()
            on = bool(said.get("on"))
            file, line = said.get("file") or "", int(said.get("line") or 0)
            yield Row(said["words"], "on" in said and not on, on, file, line, at=at + 1)

    def line(self, at: int, wanted: str) -> str:
        """Return a line; Fatal P209 where the file ends before it."""
        if at >= len(self.lines):
            raise _damaged(self.file, len(self.lines), wanted or "...")
        return self.lines[at]


def _damaged(file: str, line: int, expected: str) -> Fatal:
    return Fatal(remark("P209", Place(file, line, 1), expected=expected), status=2)
