"""A piece of a line as it is drawn: text whose gaps are set letter by letter.

`Piece` stands in for WeasyPrint's `Layout` (text.line_break), which shapes the text; between the
shaping and the drawing it moves the glyphs of Pango's line (PangoGlyphString, through text.ffi).
"""

from __future__ import annotations

from bisect import bisect_left
from math import copysign
from typing import Any, Final

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS
from weasyprint.text.line_break import Layout

from watchpress.backends.pdf.flow import GLYPH, WIDTH, glyphs_of

OFFSET: Final = 2  # which of the numbers of a glyph is its shift to the right
HAIR: Final = 0.01  # px
SURE: Final = 0.6  # of Pango's units: what is cut off is then the fraction alone


class Piece(Layout):  # type: ignore[misc]
    """Text of one line out of one box.

    `gaps`: place in the UTF-8 form -> px that the letter there is widened by. `head`: px by which
    the first letter stands further left. `width`: of the whole, in px, where it is to be held;
    without the space at the end of the line, which is there for those who listen.
    """

    def __init__(
        self, text: str, gaps: dict[int, float], head: float, width: float | None, space: bool
    ) -> None:
        """Nothing is shaped yet: that is done when it is drawn (`reactivate`)."""
        self.text = self.planned = text + " " * space
        self.gaps, self.head, self.width, self.space = gaps, head, width, space
        self.justification_spacing = 0
        self.max_width = None
        self.first_line_direction = 0
        self.moved = False

    def deactivate(self) -> None:
        """Let go of what was shaped, if anything was."""
        if "layout" in self.__dict__:
            super().deactivate()

    def set_text(self, text: str, justify: bool = False) -> None:
        """Take another text, which then stands as it is shaped."""
        self.moved = False
        super().set_text(text, justify=False)

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return Pango's line, its glyphs at their places."""
        line, index = super().get_first_line()
        if self.text == self.planned and not self.moved:
            self.moved = True
            self._move(line)
        return line, index

    def _move(self, line: Any) -> None:
        size = self.style["font_size"] * TO_UNITS / 1000  # a thousandth of an em, in Pango's units
        runs = list(glyphs_of(line))
        gaps = self._gaps(runs)
        places, carry = sorted(gaps), 0.0
        for offset, length, glyphs, clusters in runs:
            first, last = bisect_left(places, offset), bisect_left(places, offset + length)
            ends, order = [*clusters[1:], length], 0
            for place in places[first:last]:
                while place - offset >= ends[order]:
                    order += 1
                # WeasyPrint draws in whole thousandths of an em, cut off towards 0.
                wanted = gaps[place] * TO_UNITS / size + carry
                units = round(wanted)
                carry = wanted - units
                if units:
                    glyphs[order * GLYPH + WIDTH] += round(units * size + copysign(SURE, units))
        if self.head and runs:
            glyphs = runs[0][2]
            shift = self.head * TO_UNITS
            glyphs[OFFSET] -= round(shift * 1000 / TO_UNITS)
            glyphs[WIDTH] -= round(shift)

    def _gaps(self, runs: list[Any]) -> dict[int, float]:
        """Return the gaps, corrected by what the text is wider or narrower than was planned."""
        if not self.gaps or self.width is None:
            return self.gaps
        drawn = sum(sum(glyphs[WIDTH::GLYPH].tolist()) for _, _, glyphs, _ in runs) * FROM_UNITS
        if self.space and runs:
            drawn -= runs[-1][2][-GLYPH + WIDTH] * FROM_UNITS
        lacking = self.width - (drawn + sum(self.gaps.values()) - self.head)
        if abs(lacking) < HAIR:
            return self.gaps
        share = lacking / len(self.gaps)
        return {place: gap + share for place, gap in self.gaps.items()}
