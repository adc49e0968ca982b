"""Files for the press and the archive, for tests: made with a made-up profile of a press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import profiles
from pdf_reports import EPOCH, article, work
from watchpress.backends.pdf import writer
from watchpress.backends.pdf.bind import Binding, Enclosure, Piece, bind
from watchpress.backends.pdf.facts import Compiled
from watchpress.backends.pdf.plate import Plate
from watchpress.backends.pdf.sheet import MM
from watchpress.catalog import Press, trim
from watchpress.checks.preflight import Order
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools.icc import Condition

INTENT = Condition("Made-up Press", "Made-up Press", False, profiles.cmyk())


def laid(body: str, notes: str = "", *, profile: str = "press", **facts: Any) -> Compiled:
    """Return the pages of an article of `body` (XHTML), laid out loose for the press."""
    return pressed(article(body, notes), profile=profile, **facts)


def pressed(*articles: Element, styles: Styles | None = None, **facts: Any) -> Compiled:
    told: list[Diagnostic] = []
    given = {"profile": "press", "loose": True, **facts}
    made = writer.press(articles, work(articles, **given), styles or Styles(), told.append)
    assert told == []
    return made


def piece(made: Compiled, first: int = 1, blanks: int = 0) -> Piece:
    numbers = tuple(str(first + count) for count in range(made.facts.pages))
    return Piece(made.data, made.facts, numbers, numbers, blanks)


def binding(press: Press | None = None, size: str = "A5", **facts: Any) -> Binding:
    cut, plain = trim(size), Binding("Lantern Letters", ("A Keeper",), "en", EPOCH)
    if press is None:
        return replace(plain, archive=True, **facts)
    plate = Plate.of(press, cut.width * MM, cut.height * MM)
    return replace(plain, plate=plate, intent=INTENT, spread=True, **facts)


def press_file(pieces: Sequence[Piece], press: Press = Press(), size: str = "A5") -> bytes:  # noqa: B008
    """Return pieces as a file for the press; nothing may be told."""
    return _bound(pieces, binding(press, size))


def archive_file(pieces: Sequence[Piece], *enclosures: Enclosure) -> bytes:
    return _bound(pieces, binding(enclosures=enclosures))


def _bound(pieces: Sequence[Piece], given: Binding) -> bytes:
    told: list[Diagnostic] = []
    data = bind(pieces, given, told.append)
    assert told == []
    return data


def order(press: Press = Press(), size: str = "A5", **facts: Any) -> Order:  # noqa: B008
    cut = trim(size)
    return Order("press.pdf", cut.width, cut.height, press.bleed, **facts)
