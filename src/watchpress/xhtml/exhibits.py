"""Tables and figures as XHTML: a `figure` each, with its caption, scopes, the picture's file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from lxml import etree
from lxml.builder import ElementMaker

from watchpress.model import tree
from watchpress.model.tree import DIGEST, HREF, PIXELS, SOURCE, Element

Fill: TypeAlias = Callable[[Element, Element], Element]

E: Final = ElementMaker()
COPY: Final = "data-copy"  # on a picture: the file of copy that names it
HASH: Final = "data-digest"  # and the hash of its bytes
_SPANS: Final = ("scope", "colspan", "rowspan")
# A cell of figures: a number with its sign, its thousands, its unit in a letter or two; or none.
_FIGURES: Final = re.compile(
    r"[+＋\-−－–±]?\s?[$€£¥₩]?[0-9０-９][0-9０-９.,，． ]*\s?"
    r"(?:%|％|[年月日件隻人回個円億万년월일건척명회개원]{1,2})?"
    r"|[-–—―−…]{1,2}|\s*|n/?a"
)


def table(source: Element, fill: Fill) -> Element:
    """Return a table in its figure; `fill` puts text, id and place of one element into another."""
    rows = etree.Element("table")
    if source.find("label") is not None or source.find("caption") is not None:
        rows.append(_caption(source, etree.Element("caption"), fill))
    for part in source.iterfind("table/*"):
        made = etree.SubElement(rows, str(part.tag))
        made.extend(_row(row, fill) for row in part)
    _align(rows)
    figure = fill(E.figure(rows, {"class": "table"}), _bare(source))
    for below in source.iterfind("table-wrap-foot/*"):
        name = "source" if below.tag == "attrib" else "remark"
        figure.append(fill(E.p({"class": name}), below))
    return figure


def _row(source: Element, fill: Fill) -> Element:
    row = etree.Element("tr")
    for cell in source:
        made = fill(etree.SubElement(row, str(cell.tag)), cell)
        for name in _SPANS:
            if cell.get(name):
                made.set(name, str(cell.get(name)))
    return row


def figure(source: Element, fill: Fill) -> Element:
    """Return a picture in its figure, the name of its file as the copy has it: a backend reads it.

    What the picture shows is its `alt`; its source stands in the caption, as HTML has no other
    place for it.
    """
    graphic = source.find("graphic")
    assert graphic is not None, "the schema asks for it"
    image = E.img(src=str(graphic.get(HREF)), alt=source.findtext("alt-text") or "")
    image.set(COPY, str(graphic.getroottree().getroot().get(SOURCE)))
    if graphic.get(PIXELS):
        image.set(HASH, str(graphic.get(DIGEST)))
        width, height = tree.size(graphic)
        image.set("width", str(width))
        image.set("height", str(height))
    made = fill(E.figure(image, {"class": "figure"}), _bare(source))
    caption = _caption(source, etree.Element("figcaption"), fill)
    attrib = source.find("attrib")
    if attrib is not None:
        caption.append(fill(E.p({"class": "source"}), attrib))
    if len(caption):
        made.append(caption)
    return made


def _bare(source: Element) -> Element:
    """Return an element with id and place of another and nothing in it."""
    return etree.Element(str(source.tag), dict(source.attrib))


def _caption(source: Element, caption: Element, fill: Fill) -> Element:
    """Fill a caption: the label, a space, the title; then what more it says, in paragraphs."""
    for name, path in (("label", "label"), ("title", "caption/title")):
        found = source.find(path)
        if found is not None:
            if len(caption):
                caption[-1].tail = " "
            caption.append(fill(E.span({"class": name}), found))
    for legend in source.iterfind("caption/p"):
        caption.append(fill(E.p({"class": "legend"}), legend))
    return caption


def _align(rows: Element) -> None:
    """Mark the cells of columns that hold figures, so that they stand below each other.

    The first column names its rows. A head of several columns stands at their right edge where all
    of them hold figures.
    """
    heads = set(rows.iterfind("thead/tr/*"))
    columns = _columns(rows)
    held = {number for number in columns if number and _held(columns[number], heads)}
    for cell in rows.iter("th", "td"):
        own = {number for number, column in columns.items() if cell in column}
        names = ["figures"] * (own <= held) + ["inner"] * _cornered(cell, own, max(columns))
        if names:
            cell.set("class", " ".join(names))


def _cornered(cell: Element, own: set[int], last: int) -> bool:
    """Say whether a cell ends its row in HTML, and in print a cell from above stands beside it."""
    return cell.getnext() is None and last not in own


def _held(column: Sequence[Element], heads: set[Element]) -> bool:
    """Say whether all that stands in a column below its head is figures, and something is."""
    data = [_text(cell) for cell in column if cell not in heads]
    return any(re.search(r"\d", text) for text in data) and all(map(_FIGURES.fullmatch, data))


def _columns(rows: Element) -> dict[int, list[Element]]:
    """Return the cells of each column, from 0: one that spans several is in all of them."""
    columns: dict[int, list[Element]] = {}
    taken = set[tuple[int, int]]()  # row and column
    for line, row in enumerate(rows.iter("tr")):
        at = 0
        for cell in row:
            while (line, at) in taken:
                at += 1
            wide, deep = (int(cell.get(name) or 1) for name in ("colspan", "rowspan"))
            taken |= {(line + down, at + right) for down in range(deep) for right in range(wide)}
            for right in range(wide):
                columns.setdefault(at + right, []).append(cell)
            at += wide
    return columns


def _text(cell: Element) -> str:
    """Return the text of a cell without its note calls."""
    words = [cell.text or ""]
    for child in cell:
        called = child.find(".//a[@class='noteref']")
        words.append((child.text or "") if called is not None else "".join(child.itertext()))
        words.append(child.tail or "")
    return "".join(words).strip()
