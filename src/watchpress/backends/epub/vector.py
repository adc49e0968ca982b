"""The cover as SVG: for machines without the fonts; the reader's own serif draws the letters."""

from __future__ import annotations

import unicodedata
from typing import Final

from lxml import etree

from watchpress.backends.epub.cover import BARS, COLOURS, HEIGHT, WIDTH, Line, Tone
from watchpress.model.tree import LANG

SVG: Final = "http://www.w3.org/2000/svg"


class Guess:
    """Widths of letters in fonts that nobody has seen: wide enough to be safe."""

    def width(self, text: str, language: str, *, bold: bool) -> float:
        """Return the width of `text` in em, a little more than common serifs take."""
        del language
        wide = sum(unicodedata.east_asian_width(sign) in "FWA" for sign in text)
        return wide + (len(text) - wide) * (0.6 if bold else 0.55)


def svg(drawn: tuple[Line, ...], title: str) -> bytes:
    """Return the cover as an SVG document."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    root.set("viewBox", f"0 0 {WIDTH} {HEIGHT}")
    root.set("width", str(WIDTH))
    root.set("height", str(HEIGHT))
    etree.SubElement(root, f"{{{SVG}}}title").text = title
    for y, height, tone in ((0, HEIGHT, "paper"), *((b.y, b.height, b.tone) for b in BARS)):
        place = {"x": "0", "y": str(y), "width": str(WIDTH), "height": str(height)}
        etree.SubElement(root, f"{{{SVG}}}rect", place, fill=_hex(tone))
    for line in drawn:
        text = etree.SubElement(root, f"{{{SVG}}}text", x=str(line.x), y=str(line.y))
        text.set(LANG, line.language)
        text.set("font-family", "serif")
        text.set("font-size", str(line.size))
        text.set("font-weight", "700" if line.bold else "400")
        text.set("fill", _hex(line.tone))
        text.text = line.text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _hex(tone: Tone) -> str:
    return "#" + "".join(f"{value:02x}" for value in COLOURS[tone])
