"""Two editions of one number in one document: pairs of blocks, beside or above each other.

What is beside what is for model.pairs to say; whether there is room beside is for the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from watchpress.backends.epub.nav import Row, Said
from watchpress.backends.epub.pages import label
from watchpress.model.tree import Element
from watchpress.xhtml.blocks import HEADINGS, blocks, pairs

PAIR: Final = "pair"


def facing(one: Element, two: Element, name: str) -> Element:
    """Return the articles `one` and `two` (used up) as one of pairs, whose ids begin with `name`.

    Each pair is a `div.pair` of two `div`s with the language of their edition; a side with nothing
    to face the other is empty. Pairs of titles and of notes have ids, for the contents.
    """
    article = etree.Element("article", {"class": "report facing", "id": name})
    tongues = (str(one.get("lang")), str(two.get("lang")))
    opening = _pair(tongues, _taken(one, "header"), _taken(two, "header"), f"{name}-title")
    for side, whole in zip(opening, (one, two), strict=True):
        side.set("id", str(whole.get("id")))  # where links to the edition lead
        for header in side.iter("header"):
            header.tag = "div"  # two headers of a page would be two banners to a screen reader
    article.append(opening)
    body = etree.SubElement(article, "div", {"class": "body"})
    body.extend(_bodies(one, two, tongues, name))
    left, right = (_taken(whole, "section[@role='doc-endnotes']") for whole in (one, two))
    if left or right:
        article.append(_pair(tongues, left, right, f"{name}-notes"))
    return article


def _bodies(one: Element, two: Element, tongues: tuple[str, str], name: str) -> Iterator[Element]:
    bodies = [whole.find("div[@class='body']") for whole in (one, two)]
    left, right = (blocks(body) for body in bodies if body is not None)
    for count, (ours, theirs) in enumerate(pairs(left, right), 1):
        heading = any(block.tag in HEADINGS for block in (*ours, *theirs))
        yield _pair(tongues, ours, theirs, f"{name}-h{count}" if heading else "")


def _pair(
    tongues: tuple[str, str], one: Iterable[Element], two: Iterable[Element], name: str
) -> Element:
    pair = etree.Element("div", {"class": PAIR})
    if name:
        pair.set("id", name)
    for tongue, content in zip(tongues, (one, two), strict=True):
        side = etree.SubElement(pair, "div", lang=tongue)
        side.extend(content)
    return pair


def _taken(article: Element, path: str) -> tuple[Element, ...]:
    found = article.find(path)
    return () if found is None else (found,)


def row(article: Element, name: str, number: Said) -> Row:
    """Return the contents of such an article: a line a pair of titles, in both languages."""
    found = [_row(pair, name) for pair in article.iterfind(f".//div[@class='{PAIR}'][@id]")]
    title, *below = found
    return Row((number, *title.said), name, tuple(below))


def _row(pair: Element, name: str) -> Row:
    said = tuple(
        Said(label(heading), str(side.get("lang")))
        for side in pair
        if (heading := next(side.iter("h1", *HEADINGS), None)) is not None
    )
    return Row(said, f"{name}#{pair.get('id')}")
