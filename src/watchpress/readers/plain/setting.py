"""From a table or figure of plain copy to its XML (table-wrap, fig)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from watchpress.model.tree import AS, AT, HREF, Element
from watchpress.readers.plain.cells import Row
from watchpress.readers.plain.exhibits import Exhibit, Figure, Table
from watchpress.readers.plain.inline import Numbering, fill
from watchpress.readers.plain.lines import Line

E: Final = ElementMaker()


def exhibit(found: Table | Figure, ids: Numbering) -> Element:
    """Return the element of a table or figure, markers in it as elements."""
    return _table(found, ids) if isinstance(found, Table) else _figure(found, ids)


def _table(found: Table, ids: Numbering) -> Element:
    wrap = _at(E("table-wrap", id=ids.next("t")), found.first)
    wrap.extend(_caption(found, [], ids))
    head, *others = found.rows
    rows = [_row(one, _scopes(others), ids) for one in others]
    wrap.append(E.table(E.thead(_row(head, ["col"] * len(head.cells), ids)), E.tbody(*rows)))
    foot = [_filled("p", line, ids) for line in found.remarks]
    if found.source is not None:
        foot.append(_filled("attrib", found.source, ids))
    if foot:
        wrap.append(E("table-wrap-foot", *foot))
    return wrap


def _scopes(rows: Sequence[Row]) -> list[str]:
    """Return what the cells of a row head, "" for data: the first cell does if it names its row.

    It does where no other row has the same words in it, and none has none.
    """
    names = [row.cells[0].text for row in rows]
    named = all(names) and len(set(names)) == len(names)
    return ["row" if named else "", *[""] * (len(rows[0].cells) - 1)]


def _row(row: Row, scopes: Sequence[str], ids: Numbering) -> Element:
    element = _at(etree.Element("tr"), row.line)
    element.set(AS, row.line.text)
    for cell, scope in zip(row.cells, scopes, strict=True):
        made = _filled("th", cell, ids) if scope else _filled("td", cell, ids)
        if scope:
            made.set("scope", scope)
        element.append(made)
    return element


def _figure(found: Figure, ids: Numbering) -> Element:
    figure = _at(E.fig(id=ids.next("f")), found.first)
    figure.extend(_caption(found, found.remarks, ids))
    figure.append(_alt(found))
    graphic = _at(etree.Element("graphic", {HREF: found.file}), found.named)
    graphic.set(AS, found.named.text)
    figure.append(graphic)
    if found.source is not None:
        figure.append(_filled("attrib", found.source, ids))
    return figure


def _alt(found: Figure) -> Element:
    """Return the words for who does not see a figure; what it is called where there are none."""
    element = etree.Element("alt-text")
    if found.told is not None and found.alt is not None:
        element.text = found.alt.text
        _at(element, found.told).set(AS, found.told.text)
    else:
        element.text = found.caption.line.text if found.caption else found.label or found.file
    return element


def _caption(found: Exhibit, remarks: Sequence[Line], ids: Numbering) -> list[Element]:
    """Return label and caption, as far as there are any."""
    made: list[Element] = []
    caption = etree.Element("caption")
    if found.caption is not None:
        made.append(_at(E.label(found.caption.label.text), found.caption.label))
        if found.caption.title.text:
            caption.append(_filled("title", found.caption.title, ids))
    elif isinstance(found, Figure) and found.label:
        made.append(E.label(found.label))
    caption.extend(_filled("p", line, ids) for line in remarks)
    return [*made, caption] if len(caption) else made


def _filled(tag: str, line: Line, ids: Numbering) -> Element:
    element = etree.Element(tag)
    fill(element, line, ids, calls=True)
    return _at(element, line) if line.text else element


def _at(element: Element, line: Line) -> Element:
    element.set(AT, line.at())
    return element
