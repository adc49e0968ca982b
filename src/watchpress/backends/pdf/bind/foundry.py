"""The fonts of all pieces, melted into one for each face.

Each piece brings its own subset of each face. A font of the bound file is one dictionary with the
widths and letters of all of them, on one font program that has the glyphs of all of them; fonts of
one file in different dress (small capitals) share the program too. What is not of the kind that
WeasyPrint writes for TrueType files stays as the piece has it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind.subset import Subset
from watchpress.backends.pdf.bind.union import Union

Files: TypeAlias = dict[tuple[int, int], Subset]  # font files of one piece by their objects

LETTER: Final = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
TOKEN: Final = re.compile(rb"[\[\]]|-?[\d.]+")
SCALARS: Final = ("ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV", "StemH")
HEAD: Final = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
TAIL: Final = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


@dataclass(eq=False)
class Program:
    """A font file in the making, and the stream it becomes."""

    union: Union = field(default_factory=Union)
    stream: Any = None


@dataclass(eq=False)
class Font:
    """A font of the bound file in the making; `made` in the end."""

    name: str
    program: Program
    widths: dict[int, str]
    letters: dict[int, bytes]
    facts: dict[str, Any] = field(default_factory=dict)
    made: Any = None

    def take(self, widths: dict[int, str], letters: dict[int, bytes]) -> bool:
        """Take in glyphs; False where one would not keep its one width and its one letter."""
        same = all(self.widths.get(glyph, width) == width for glyph, width in widths.items())
        if not same or any(self.letters.get(g, said) != said for g, said in letters.items()):
            return False
        self.widths |= widths
        self.letters |= letters
        return True

    def describe(self, descriptor: Any) -> None:
        """Take over what a descriptor says of a face; its box is round the glyphs of all."""
        facts = self.facts
        for key in SCALARS:
            if f"/{key}" in descriptor:
                facts.setdefault(key, descriptor[f"/{key}"])
        if "/FontFamily" in descriptor:
            facts.setdefault("FontFamily", String(str(descriptor.FontFamily)))
        # Fixed pitch (bit 1) is said of a few glyphs by chance: it counts where all pieces say it.
        facts["Flags"] = facts.get("Flags", -1) & (int(descriptor.Flags) | ~1)
        box = [float(side) for side in descriptor.FontBBox]
        was = facts.get("FontBBox", box)
        low, high = zip(box[:2], was[:2], strict=True), zip(box[2:], was[2:], strict=True)
        facts["FontBBox"] = [*map(min, low), *map(max, high)]


class Foundry:
    """Takes the fonts out of pieces, and casts those of the whole."""

    def __init__(self) -> None:
        self.programs: dict[tuple[bytes, ...], list[Program]] = {}
        self.fonts: list[Font] = []
        self.taken: list[dict[str, Font]] = []

    def take(self, source: pikepdf.Pdf) -> None:
        """Take the fonts out of a piece; those that cannot be joined stay where they are."""
        taken: dict[str, Font] = {}
        fonts: Any = source.pages[0].obj.Resources.get("/Font", Dictionary())
        files: Files = {}
        for key in sorted(fonts.keys()):
            font = self._font(fonts[key], files)
            if font:
                taken[key] = font
                del fonts[key]
        self.taken.append(taken)

    def cast(self, out: pikepdf.Pdf, pages: Sequence[Sequence[Any]]) -> None:
        """Make the fonts, and give them to the pages of the pieces in the order of `take`."""
        for font in self.fonts:
            font.made = _made(out, font)
        for taken, of_piece in zip(self.taken, pages, strict=True):
            for key, font in taken.items():
                of_piece[0].Resources.Font[key] = font.made

    def _font(self, found: Any, files: Files) -> Font | None:
        """Return the font that a font of a piece becomes part of; None where it stays."""
        if found.get("/Encoding") != Name("/Identity-H") or "/ToUnicode" not in found:
            return None
        inner = found.DescendantFonts[0]
        file = inner.FontDescriptor.get("/FontFile2")
        if file is None:
            return None
        widths, letters = _widths(inner.get("/W", Array())), _letters(found.ToUnicode)
        try:
            if file.objgen not in files:
                files[file.objgen] = Subset(file.read_bytes())
            program = self._program(files[file.objgen], widths)
        except (ValueError, struct.error):
            return None  # other outlines, or no names to know it by
        font = self._join(str(found.BaseFont), program, widths, letters)
        font.describe(inner.FontDescriptor)
        return font

    def _program(self, subset: Subset, used: Iterable[int]) -> Program:
        """Return the program that the used glyphs of a subset are entered into."""
        alike = self.programs.setdefault(subset.identity, [])
        for program in alike:
            if program.union.add(subset, used):
                return program
        alike.append(Program())
        alike[-1].union.add(subset, used)
        return alike[-1]

    def _join(
        self, name: str, program: Program, widths: dict[int, str], letters: dict[int, bytes]
    ) -> Font:
        """Return the font that takes these glyphs: a new one where none does."""
        for font in self.fonts:
            if (font.name, font.program) == (name, program) and font.take(widths, letters):
                return font
        self.fonts.append(Font(name, program, widths, letters))
        return self.fonts[-1]


def _widths(array: Any) -> dict[int, str]:
    """Return the widths of an array W (ISO 32000-1, 9.7.4.3), as they are written."""
    widths: dict[int, str] = {}
    outer: list[str] = []
    glyph: int | None = None
    for token in TOKEN.findall(array.unparse())[1:-1]:
        if token == b"[":
            glyph = int(outer.pop())
        elif token == b"]":
            glyph = None
        elif glyph is not None:
            widths[glyph] = token.decode()
            glyph += 1
        else:
            outer.append(token.decode())
        if len(outer) == 3:
            first, last, width = outer
            widths |= dict.fromkeys(range(int(first), int(last) + 1), width)
            outer.clear()
    return widths


def _letters(stream: Any) -> dict[int, bytes]:
    """Return the letters of a ToUnicode map, in UTF-16 as hexadecimal."""
    _, _, rows = stream.read_bytes().partition(b"endcodespacerange")
    return {int(glyph, 16): letters for glyph, letters in LETTER.findall(rows)}


def _made(out: pikepdf.Pdf, font: Font) -> Any:
    """Return a font as an object of the PDF: Type 0, glyphs by their numbers."""
    program = font.program
    if program.stream is None:
        data = program.union.data()
        program.stream = out.make_stream(data, Length1=len(data))
    name = Name(font.name)
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=name, FontFile2=program.stream)
    for key, value in font.facts.items():
        descriptor[f"/{key}"] = value
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=system,
        CIDToGIDMap=Name.Identity,
        W=pikepdf.Object.parse(_array(font.widths)),
        FontDescriptor=out.make_indirect(descriptor),
    )
    return out.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=[out.make_indirect(inner)],
            ToUnicode=out.make_stream(_map(font.letters)),
        )
    )


def _array(widths: dict[int, str]) -> bytes:
    """Return widths as an array W: a row for each run of numbers."""
    rows = []
    numbered = enumerate(sorted(widths))
    for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        glyphs = [glyph for _, glyph in run]
        rows.append(f"{glyphs[0]} [{' '.join(widths[glyph] for glyph in glyphs)}]")
    return f"[{' '.join(rows)}]".encode()


def _map(letters: dict[int, bytes]) -> bytes:
    """Return letters as a ToUnicode map; a block of it holds a hundred (ISO 32000-1, 9.10.3)."""
    rows = [b"<%04x> <%s>" % (glyph, letters[glyph]) for glyph in sorted(letters)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = (b"%d beginbfchar\n%s\nendbfchar\n" % (len(one), b"\n".join(one)) for one in blocks)
    return HEAD + b"".join(body) + TAIL
