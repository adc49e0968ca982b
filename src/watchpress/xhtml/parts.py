"""The parts of a book that are no report, each as an XHTML article; one form for both backends.

Nothing here knows a clock, a font file or a layout: the same volume and the same folios make the
same article. What a page may begin with has an id, which begins with that of its part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from watchpress.catalog import Part, PartKind, Volume
from watchpress.model.tree import Element
from watchpress.xhtml import (
    colophon,
    contents,
    endnotes,
    errata,
    front,
    index,
    placeholder,
    renumbering,
    sources,
)
from watchpress.xhtml.folios import Breaks, E, Folio, Pages, Setting

__all__ = ["FILLS", "Breaks", "Folio", "part"]

Fill: TypeAlias = Callable[[Element, Part, Setting], None]
FILLS: Final[Mapping[PartKind, Fill]] = {
    "half-title": front.half,
    "title": front.title,
    "copyright": front.copyright,
    "contents": contents.fill,
    "placeholder": placeholder.fill,
    "notes": endnotes.fill,
    "map": renumbering.fill,
    "index": index.fill,
    "sources": sources.fill,
    "errata": errata.fill,
    "colophon": colophon.fill,
}


def part(
    part: Part,
    volume: Volume,
    parts: Sequence[Part],
    folio: Folio | None,
    *,
    breaks: Breaks | None = None,
    typefaces: tuple[str, ...] = (),
) -> Element:
    """Return the article of a part; KeyError for a report, which article.py makes.

    `folio` gives the printed page of an id, None where there are no pages and links do (EPUB).
    `breaks` say where pages begin inside of elements, so that the index names the right one.
    `typefaces`: what the colophon says of the type. Terms that occur nowhere are left out: see
    `index.examine`.
    """
    language = part.language or volume.languages[0]
    article = E.article({"class": f"part {part.kind}", "id": part.id, "lang": language})
    setting = Setting(volume, tuple(parts), Pages(folio, breaks or {}), typefaces)
    FILLS[part.kind](article, part, setting)
    if setting.pages.printed:
        _run(article, volume, language)
    return article


def _run(article: Element, volume: Volume, language: str) -> None:
    """Set what running heads say where nothing is set yet: the book on the left, the part."""
    heading = article.findtext("header[@class='head']/h1") or ""
    for child in article[1:] if heading else ():
        child.set("data-series", volume.book.title.get(language) or volume.title)
        child.set("data-running", child.get("data-running") or heading)
