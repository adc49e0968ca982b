"""The outline: those of the pieces in a row, each under the title of its piece where it has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind.pieces import Sewn


def merge(out: pikepdf.Pdf, sewn: Sequence[Sewn]) -> None:
    """Give `out` the outlines of the pieces as one."""
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    items = [item for one in sewn for item in _items(out, one)]
    if not items:
        return
    _hang(root, items)
    out.Root.Outlines = root
    out.Root.PageMode = Name.UseOutlines


def _items(out: pikepdf.Pdf, one: Sewn) -> list[Any]:
    """Return the lines of a piece: its own, or one with its title and its own below."""
    own = list(_row(one.outline))
    title = one.piece.title
    if not title or (own and str(own[0].Title) == title):
        return own
    top = Array([one.pages[0], Name.XYZ, 0, float(one.pages[0].MediaBox[3]), 0])
    item = out.make_indirect(Dictionary(Title=String(title), Dest=top))
    _hang(item, own)
    return [item]


def _row(parent: Any) -> Iterator[Any]:
    """Yield the lines below `parent`."""
    item = None if parent is None else parent.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def _hang(parent: Any, items: list[Any]) -> None:
    """Make `items` the lines below `parent` (ISO 32000-1, 12.3.3)."""
    for item, before, after in zip(items, [None, *items], [*items[1:], None], strict=False):
        item.Parent = parent
        for key, other in (("/Prev", before), ("/Next", after)):
            if other is not None:
                item[key] = other
            elif key in item:
                del item[key]
    if items:
        parent.First, parent.Last = items[0], items[-1]
        parent.Count = len(items) + sum(max(0, int(item.get("/Count", 0))) for item in items)
