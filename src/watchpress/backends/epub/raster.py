"""The cover in pixels: type from font files, drawn by Pillow into a PNG of sixteen colours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from PIL import Image, ImageDraw, ImageFont

from watchpress.backends.epub.cover import BARS, COLOURS, HEIGHT, WIDTH, Line, Tone
from watchpress.backends.epub.lines import kind

LATIN: Final, JAPANESE: Final, KOREAN: Final = "Latin", "Japanese", "Korean"
_FAMILIES: Final = {
    "Watchpress Serif": LATIN,
    "Watchpress Serif JP": JAPANESE,
    "Watchpress Serif KR": KOREAN,
}
_OWN: Final = {"en": LATIN, "ja": JAPANESE, "ko": KOREAN}
# Sixteen colours take four bits each: a palette from paper to ink, the accent at the end.
_STEPS: Final = 14
_ACCENT: Final = 14
_BITS: Final = 4


class Face(Protocol):
    """A font file, as tools.fonts describes it."""

    @property
    def family(self) -> str: ...  # noqa: D102
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
        for face in sorted(faces, key=lambda face: face.weight):
            script = _FAMILIES.get(face.family)
            if script and face.style == "normal" and face.weight in {400, 700}:
                self._files[script, face.weight == 700] = face.path
        self._sized: dict[tuple[str, bool, int], Any] = {}

    def missing(self, texts: tuple[tuple[str, str], ...]) -> list[str]:
        """Return the scripts of `texts` (each with its language) that no font is there for."""
        wanted = {script for text, language in texts for script, _ in runs(text, language)}
        return sorted(
            script for script in wanted if not {(script, True), (script, False)} <= {*self._files}
        )

    def width(self, text: str, language: str, *, bold: bool) -> float:
        """Return the width of `text` in em."""
        size = 100
        return (
            sum(self.font(script, bold, size).getlength(run) for script, run in runs(text, language))
            / size
        )

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
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    for bar in BARS:
        index = _ACCENT if bar.tone == "accent" else _STEPS - 1
        sheet.paste(index, (0, bar.y, WIDTH, bar.y + bar.height))
    for line in drawn:
        _set(sheet, line, fonts)
    sheet.putpalette(_palette())
    return _png(sheet.tobytes("raw", f"P;{_BITS}"), _palette())


def _set(sheet: Image.Image, line: Line, fonts: Fonts) -> None:
    """Draw one line of type; only the box around its letters is touched."""
    x = float(line.x)
    for script, piece in runs(line.text, line.language):
        font = fonts.font(script, line.bold, line.size)
        left, top, right, bottom = font.getbbox(piece, anchor="ls")
        box = Image.new("L", (int(right - left) + 2, int(bottom - top) + 2), 0)
        ImageDraw.Draw(box).text((-left + x % 1, -top), piece, fill=255, font=font, anchor="ls")
        sheet.paste(box.point(_STRENGTHS[line.tone]), (int(x + left), line.y + int(top)))
        x += font.getlength(piece)


def _strength(tone: Tone) -> list[int]:
    """Return the palette index for each darkness of a letter's pixel in `tone`."""
    most = _STEPS - 1
    indexes = [round(darkness * most / 255) for darkness in range(256)]
    if tone == "paper":  # on the ink
        return [most - index for index in indexes]
    if tone == "soft":
        return [round(index * 0.7) for index in indexes]
    return indexes


_STRENGTHS: Final[dict[Tone, list[int]]] = {
    "paper": _strength("paper"),
    "ink": _strength("ink"),
    "soft": _strength("soft"),
}


def _palette() -> bytes:
    paper, ink = COLOURS["paper"], COLOURS["ink"]
    share = [step / (_STEPS - 1) for step in range(_STEPS)]
    ramp = [tuple(round(a + (b - a) * s) for a, b in zip(paper, ink, strict=True)) for s in share]
    return bytes(value for colour in (*ramp, COLOURS["accent"]) for value in colour)


def _png(packed: bytes, palette: bytes) -> bytes:
    """Return a PNG file (ISO/IEC 15948) of packed palette indexes.

    Pillow could write it, but loads five other file formats first, which takes longer than
    drawing the cover.
    """
    stride = WIDTH * _BITS // 8
    rows = b"".join(b"\0" + packed[i : i + stride] for i in range(0, len(packed), stride))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, _BITS, 3, 0, 0, 0)  # 3: palette
    chunks = (b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 2)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
