"""The legend of a specimen: what its page measures, how each kind of line is set, all its letters.

Every number comes from whoever has laid out the pages; here it is only put into words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from watchpress.catalog import Part, Trim
from watchpress.language.words import Words, words
from watchpress.model.tree import Element
from watchpress.xhtml.folios import E, headed

MM: Final = 25.4 / 72  # mm in a point


@dataclass(frozen=True)
class Dress:
    """How a kind of line is set: size and lead in pt, weight as in CSS, name of the typeface.

    `kind` is the end of the key of its name (`legend-headline`). `family`: what CSS calls the face.
    """

    kind: str
    size: float
    lead: float
    weight: int
    italic: bool = False
    capitals: bool = False  # small ones
    family: str = ""
    face: str = ""

    @property
    def css(self) -> str:
        """Return the style of a line in this dress."""
        slant, caps = "italic" if self.italic else "normal", "small-caps" if self.capitals else ""
        family = f'; font-family: "{self.family}"' if self.family else ""
        return (
            f"font-size: {self.size:g}pt; line-height: {self.lead:g}pt; "
            f"font-weight: {self.weight}; font-style: {slant}{family}; "
            f"font-variant-caps: {caps or 'normal'}"
        )

    @property
    def cut(self) -> tuple[str, int, bool]:
        """Return which font it asks for: family, weight, slant."""
        return self.family, self.weight, self.italic


@dataclass(frozen=True)
class Ground:
    """What a page measures: margins in mm, measure and lead in pt; the dresses of its lines.

    `base`: from the top of the text to its first base line, in pt.
    """

    trim: Trim
    margins: tuple[float, float, float]  # top, side, bottom
    measure: float
    lines: int
    lead: float
    size: float
    base: float
    dresses: Sequence[Dress] = field(default=())


def legend(part: Part, ground: Ground) -> Element:
    """Return the article of a legend, in the language of its part."""
    speech = words(part.language)
    article = E.article({"class": f"part {part.kind}", "id": part.id, "lang": part.language})
    headed(article, speech.label("legend"))
    article.append(E.p(speech.label("legend-guide"), {"class": "guide"}))
    article.append(_page(ground, speech))
    for dress in ground.dresses:
        name = speech.label(f"legend-{dress.kind}")
        sample = "0123456789" if dress.kind == "folio" else speech.label("legend-sample")
        article.append(
            E.section(
                E.p(f"{name}: {_said(dress)}", {"class": "guide"}),
                E.p(sample, {"class": "sample", "style": dress.css}),
                {"class": "dress"},
            )
        )
    article.append(E.h2(speech.label("legend-faces")))
    for dress in _cuts(ground):
        article.append(E.p(_said(dress), {"class": "guide"}))
        article.append(
            E.p(speech.label("legend-letters"), {"class": "letters", "style": dress.css})
        )
    for child in article[1:]:
        child.set("data-series", speech.label("legend"))
        child.set("data-running", f"{ground.trim.name or _size(ground.trim)}")
    return article


def _page(ground: Ground, speech: Words) -> Element:
    rows = [
        ("trim", f"{ground.trim.name} {_size(ground.trim)}".strip()),
        ("margins", ", ".join(f"{one:.1f}" for one in ground.margins) + " mm"),
        (
            "measure",
            f"{ground.measure * MM:.1f} mm, {ground.measure:.1f} pt, "
            f"{ground.measure / ground.size:.1f} em",
        ),
        ("lines", str(ground.lines)),
        ("lead", f"{ground.lead:g} pt, {ground.lead * MM:.2f} mm"),
    ]
    body = E.tbody(
        *(E.tr(E.th(speech.label(f"legend-{key}"), scope="row"), E.td(said)) for key, said in rows)
    )
    return E.table(body)


def _size(trim: Trim) -> str:
    return f"{trim.width:g} × {trim.height:g} mm"


def _said(dress: Dress) -> str:
    italic = " italic" * dress.italic
    return f"{dress.size:g} / {dress.lead:g} pt, {dress.face} {dress.weight}{italic}"


def _cuts(ground: Ground) -> Iterator[Dress]:
    """Yield each font once, in the size of the text."""
    text = next(one for one in ground.dresses if one.kind == "text")
    seen = set[tuple[str, int, bool]]()
    for one in (text, *ground.dresses):
        if one.cut not in seen and one.family in ("", text.family):
            seen.add(one.cut)
            yield Dress(
                "text", text.size, text.lead, one.weight, one.italic, False, one.family, one.face
            )
