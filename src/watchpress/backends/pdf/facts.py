"""What is known of pages once they are laid out: all that others need who never open the PDF."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from watchpress.galley import Galley

Box: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Figures:
    """The type that folios are set in: the name of its font in the pages, its size in pt.

    `glyphs`: letter -> number of its glyph, and its width in thousandths of the size. `before` and
    `after` stand round each folio.
    """

    font: str
    size: float
    glyphs: Mapping[str, tuple[int, int]]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Folio:
    """Where the folio of a page stands: the middle of its line and its base line, in pt.

    `figures` counts in Facts.figures. `lean` is 0 where `x` is the left end of the folio, 0.5 where
    it is its middle, 1 where it is its right end.
    """

    x: float
    base: float
    figures: int
    lean: float = 0.5


class Turn(NamedTuple):
    """Where a page (from 1) begins: the innermost block with an id, and an offset in its text.

    The offset counts plain text (watchpress.xhtml.plain): 0 where the element begins.
    """

    page: int
    id: str
    offset: int


@dataclass(frozen=True)
class Facts:
    """What the pages came to: how many, where each anchor stands, and the box of the text.

    Pages count from 1; boxes are left, bottom, right, top in pt from the lower left corner, heights
    those of the anchors on their pages. `folios` (of each page) and `figures` are known of a loose
    work only, where they are left to whoever binds it; None on a page that has no folio.
    `languages`: of each page, where pages differ in it. `turns`: where each page of a loose work
    begins in the text. `galley`: what is printed where.
    """

    pages: int
    anchors: Mapping[str, int]
    boxes: tuple[Box, ...]
    heights: Mapping[str, float] = field(default_factory=dict, kw_only=True)
    folios: tuple[Folio | None, ...] = field(default=(), kw_only=True)
    figures: tuple[Figures, ...] = field(default=(), kw_only=True)
    languages: tuple[str, ...] = field(default=(), kw_only=True)
    turns: tuple[Turn, ...] = field(default=(), kw_only=True)
    galley: Galley = field(default=Galley(), kw_only=True)

    def to_json(self) -> str:
        """Return the facts as JSON."""
        bare = asdict(replace(self, galley=Galley()))
        return json.dumps({**bare, "galley": self.galley.to_json()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Facts:
        """Return the facts that `to_json` wrote; KeyError, TypeError or ValueError where not."""
        given: dict[str, Any] = json.loads(text)
        given["boxes"] = tuple(tuple(box) for box in given["boxes"])
        given["languages"] = tuple(given["languages"])
        given["turns"] = tuple(Turn(*one) for one in given["turns"])
        given["folios"] = tuple(one and Folio(**one) for one in given["folios"])
        given["figures"] = tuple(_figures(**one) for one in given["figures"])
        given["galley"] = Galley.from_json(given["galley"])
        return cls(**given)


def _figures(glyphs: Mapping[str, list[int]], **rest: Any) -> Figures:
    return Figures(glyphs={sign: (one[0], one[1]) for sign, one in glyphs.items()}, **rest)


@dataclass(frozen=True)
class Compiled:
    """A PDF, and the facts of its pages."""

    data: bytes
    facts: Facts
