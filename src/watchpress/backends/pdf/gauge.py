"""What lines are measured by: how wide spaces are drawn, which letters another font has lent.

Of WeasyPrint this room takes `Layout` of text.line_break, `ffi`, `pango` and `FROM_UNITS` of
text.ffi, and of text boxes their style, text and justification_spacing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from weasyprint.text.ffi import ffi, pango
from weasyprint.text.line_break import Layout

from watchpress.backends.pdf.flow import advances
from watchpress.backends.pdf.piece import Piece
from watchpress.galley import Stray
from watchpress.language.words import spaced

Type: TypeAlias = tuple[Any, ...]

SPACE: Final = re.compile("[ \N{NO-BREAK SPACE}]")
GENERIC: Final = frozenset(("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"))


@dataclass
class Gauge:
    """Measures text boxes of one document. `pinned`: no font but ours can be drawn with."""

    pinned: bool
    widths: dict[Type, float] = field(default_factory=dict)
    known: dict[Type, dict[str, str]] = field(default_factory=dict)

    def spaces(self, box: Any, text: str) -> Iterator[tuple[int, float]]:
        """Yield where in `text`, that of a box, each word space stands, and its width in em.

        There are none in a language that is written without.
        """
        style = box.style
        if " " not in text or not spaced(style["lang"] or ""):
            return
        size, wide = style["font_size"], self._space(style)
        layout = box.pango_layout
        gaps = layout.gaps if isinstance(layout, Piece) else None
        places = [place for place, sign in enumerate(text) if sign == " "]
        for place, match in zip(places, SPACE.finditer(box.text), strict=True):
            more = box.justification_spacing if match[0] == " " else 0.0
            if gaps is not None:
                before = box.text[: match.start()]
                more = gaps.get(len(before.encode()), 0.0)
            yield place, (wide + more) / size

    def _space(self, style: Any) -> float:
        key = (*_type(style), style["font_size"], style["word_spacing"], style["letter_spacing"])
        if key not in self.widths:
            layout = Layout(style)
            layout.set_text("n n")
            line, _ = layout.get_first_line()
            self.widths[key] = advances(line, layout.text)[1]
        return self.widths[key]

    def strays(self, box: Any, text: str, offset: int) -> Iterator[Stray]:
        """Yield the letters of a box that its own families have not; `text` is drawn at `offset`.

        Marks above and below letters are drawn in the font of their letter.
        """
        known = self.known.setdefault(_type(box.style), {})
        new = {sign for sign in set(text).difference(known) if not sign.isspace()}
        if new:
            known.update(self._lent(box.style, new))
        if not any(map(known.get, set(text))):
            return
        start = 0
        while start < len(text):
            family, end = known.get(text[start], ""), start + 1
            while family and end < len(text) and known.get(text[end]) == family:
                end += 1
            if family:
                yield Stray(offset + start, text[start:end], family)
            start = end

    def _lent(self, style: Any, signs: set[str]) -> dict[str, str]:
        """Return the family that each sign is lent by, "" for one of the style's own families."""
        found = dict.fromkeys(signs, "")
        whole = "".join(sorted(one for one in signs if unicodedata.category(one)[0] != "M"))
        own = {str(name).casefold() for name in style["font_family"]}
        if not whole or (not self.pinned and own & GENERIC):
            return found
        layout = Layout(style)
        layout.set_text(whole)
        line, _ = layout.get_first_line()
        data = layout.text.encode()
        run = line.runs
        while run != ffi.NULL:
            item = run.data.item
            run = run.next
            family = _family(item.analysis.font)
            if family.casefold() not in own:
                for sign in data[item.offset : item.offset + item.length].decode():
                    found[sign] = family
        return found


def _type(style: Any) -> Type:
    return (
        tuple(style["font_family"]),
        style["font_weight"],
        style["font_style"],
        style["font_variant_position"],
        style["lang"],
    )


def _family(font: Any) -> str:
    described = ffi.gc(
        pango.pango_font_describe_with_absolute_size(font), pango.pango_font_description_free
    )
    name: bytes = ffi.string(pango.pango_font_description_get_family(described))
    return name.decode().partition(",")[0]
