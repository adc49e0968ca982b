"""Ruby: readings above their words, as a group (JLREQ 3.3.6).

The shorter of the two is spread over the length of the longer one: between its letters twice the
space that is before the first and behind the last. The reading stays behind its base in the text;
the base is given so little width that the reading begins above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """How a base or a reading is set, in px.

    `gap`: put between its letters; `before`: put before the first; `width`: what its box is given.
    """

    gap: float
    before: float
    width: float


class Ruby(NamedTuple):
    """A base and its reading in a paragraph: from where to where each stands, and the width."""

    base: range
    reading: range
    width: float
    spreads: tuple[Spread, Spread]


def ruby(base: range, reading: range, widths: Sequence[float]) -> Ruby:
    """Return how a base and its reading are set; `widths` are those of the paragraph's letters."""
    bottom, top = (sum(widths[one.start : one.stop]) for one in (base, reading))
    letters = [max(1, sum(widths[place] > 0 for place in one)) for one in (base, reading)]
    whole = max(bottom, top)
    spare = [(whole - width) / count for width, count in zip((bottom, top), letters, strict=True)]
    lead = spare[1] / 2
    return Ruby(
        base,
        reading,
        whole,
        (Spread(spare[0], spare[0] / 2, lead), Spread(spare[1], 0.0, whole - lead)),
    )
