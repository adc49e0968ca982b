"""The cover in pixels: type from font files, drawn by Pillow into a PNG of sixteen colours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Protocol

from PIL import Image, ImageDraw, ImageFont

from watchpress.backends.epub.cover import BARS, COLOURS, HEIGHT, WIDTH, Line, Tone
from watchpress.backends.epub.lines import kind

LATIN: Final = "latn"  # OpenType script tags, as tools.fonts gives them
JAPANESE: Final = "jpan"
KOREAN: Final = "kore"
_NAMES: Final = {LATIN: "Latin", JAPANESE: "Japanese", KOREAN: "Korean"}
_OWN: Final = {"en": LATIN, "ja": JAPANESE, "ko": KOREAN}
# Sixteen colours take four bits each: a ramp from paper to ink, the accent at its end. The edge of
# a letter lies between its colour and what is there, so its index lies between theirs.
_STEPS: Final = 15
_INDEXES: Final[dict[Tone, int]] = {"paper": 0, "soft": 10, "ink": 14, "accent": 15}
_BITS: Final = 4
# PNG begins each row with the byte of its filter: two pixels of colour 0 make it 0, "none".
_EDGE: Final = 8 // _BITS
_FINE: Final = 2  # letters are drawn so many times larger, then reduced


class Face(Protocol):
    """A font file, as tools.fonts describes it."""

    @property
    def script(self) -> str: ...  # noqa: D102
    @property
    def weight(self) -> int: ...  # noqa: D102
    @property
    def style(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> Path: ...  # noqa: D102


class Fonts:
    """The font files at hand, asked for by script and weight."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self._files: dict[tuple[str, bool], Path] = {}
        for face in faces:
            if face.style == "normal" and face.weight in {400, 700}:
                self._files[face.script, face.weight == 700] = face.path
        self._sized: dict[tuple[str, bool, int], Any] = {}
        self._widths: dict[tuple[str, str, bool], float] = {}

    def missing(self, texts: tuple[tuple[str, str], ...]) -> list[str]:
        """Return the names of the scripts in `texts` (each with its language) without a font."""
        wanted = {script for text, language in texts for script, _ in runs(text, language)}
        there = {script for script in wanted if {(script, True), (script, False)} <= {*self._files}}
        return sorted(_NAMES[script] for script in wanted - there)

    def width(self, text: str, language: str, *, bold: bool) -> float:
        """Return the width of `text` in em."""
        key = (text, language, bold)
        if key not in self._widths:
            size = 100
            pieces = runs(text, language)
            lengths = (float(self.font(s, bold, size).getlength(run)) for s, run in pieces)
            self._widths[key] = sum(lengths) / size
        return self._widths[key]

    def font(self, script: str, bold: bool, size: int) -> Any:
        """Return Pillow's font for a script, weight and size in pixels."""
        key = (script, bold, size)
        if key not in self._sized:
            self._sized[key] = ImageFont.truetype(self._files[script, bold], size)
        return self._sized[key]


def runs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield (script, piece): `text` cut where another font is needed."""
    script, piece = "", ""
    for sign in text:
        wanted = _script(sign, language, script)
        if piece and wanted != script:
            yield script, piece
            piece = ""
        script, piece = wanted, piece + sign
    if piece:
        yield script, piece


def _script(sign: str, language: str, current: str) -> str:
    own = _OWN[language.split("-", 1)[0]]
    match kind(sign):
        case "latin" | "digit":
            return LATIN
        case "hangul":
            return KOREAN
        case "hiragana" | "katakana":
            return JAPANESE
        case "kanji":
            return own if own != LATIN else JAPANESE
        case "space":
            return current or own
    return own


def png(drawn: tuple[Line, ...], fonts: Fonts) -> bytes:
    """Return the cover as PNG, 1600 x 2400 pixels in a palette."""
    sheet = Image.new("L", (_EDGE + WIDTH, HEIGHT), 0)
    for bar in BARS:
        sheet.paste(_INDEXES[bar.tone], (_EDGE, bar.y, _EDGE + WIDTH, bar.y + bar.height))
    for line in drawn:
        _set(sheet, line, fonts)
    sheet.putpalette(_palette())
    return _png(sheet.tobytes("raw", f"P;{_BITS}"), _palette())


def _set(sheet: Image.Image, line: Line, fonts: Fonts) -> None:
    """Draw one line of type; only the box around its letters is touched.

    FreeType draws four black-and-white pixels in two thirds of the time of a grey one, or less.
    """
    size = line.size * _FINE
    fit = [
        (fonts.font(script, line.bold, size), piece)
        for script, piece in runs(line.text, line.language)
    ]
    pens = [0, *accumulate(round(font.getlength(piece)) for font, piece in fit)]
    # No letter of a book face reaches further than this over its baseline, under it, or aside.
    over, under, aside = line.size * 5 // 4, line.size // 2, line.size // 4
    width = pens[-1] // _FINE + 1 + 2 * aside
    box = Image.new("1", (width * _FINE, (over + under) * _FINE))
    draw = ImageDraw.Draw(box)
    for (font, piece), pen in zip(fit, pens, strict=False):
        draw.text((aside * _FINE + pen, over * _FINE), piece, fill=1, font=font, anchor="ls")
    mask = box.convert("L").reduce(_FINE)
    sheet.paste(_INDEXES[line.tone], (_EDGE + line.x - aside, line.y - over), mask)


def _palette() -> bytes:
    paper, ink = COLOURS["paper"], COLOURS["ink"]
    share = [step / (_STEPS - 1) for step in range(_STEPS)]
    ramp = [tuple(round(a + (b - a) * s) for a, b in zip(paper, ink, strict=True)) for s in share]
    return bytes(value for colour in (*ramp, COLOURS["accent"]) for value in colour)


def _png(packed: bytes, palette: bytes) -> bytes:
    """Return a PNG file (ISO/IEC 15948) of packed palette indexes.

    Pillow could write it, but would load five file formats first: as long as all its other imports.
    """
    deflate = zlib.compressobj(level=1, strategy=zlib.Z_RLE)  # for runs of one colour the best
    rows = deflate.compress(packed) + deflate.flush()
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, _BITS, 3, 0, 0, 0)  # 3: palette
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
