"""Pages printed over others, their text as the first words of the piece that these are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array

from watchpress.backends.pdf.bind.names import kids
from watchpress.backends.pdf.bind.pieces import Sewn


def lay(out: pikepdf.Pdf, under: Sewn, over: Sewn, number: int = 0) -> None:
    """Print the first page of `over`, the last one of `out`, over a page of `under` (from 0).

    Of several the last is laid first: each comes before what is there.
    """
    page, line = under.pages[number], over.pages[0]
    shift = 0
    if under.tree is not None and over.tree is not None:
        row, more = _row(under, page), _row(over, line)
        shift = len(row)
        row.extend(more)
        _graft(out, page, line, shift)
    renamed = _resources(page, line)
    drawn = _content(line.Contents.read_bytes(), shift, renamed)
    own = page.Contents
    below = list(own) if isinstance(own, pikepdf.Array) else [own]
    page.Contents = Array([out.make_stream(b"q"), *below, out.make_stream(b"Q\n" + drawn)])
    del out.pages[len(out.pages) - 1]


def _row(sewn: Sewn, page: Any) -> Any:
    """Return the nodes of a page by their numbers there (ISO 32000-1, 14.7.4.4)."""
    row, number = sewn.tree.ParentTree.Nums, int(page.StructParents)
    place = next(place for place in range(0, len(row), 2) if int(row[place]) == number)
    return row[place + 1]


def _graft(out: pikepdf.Pdf, page: Any, line: Any, shift: int) -> None:
    """Move what is below the last node of the document to the front of its first one."""
    root: Any = out.Root.StructTreeRoot
    document = root.K[0]
    first, last = document.K[0], document.K[len(document.K) - 1]
    for node in _nodes(last):
        if "/Pg" in node and node.Pg.objgen == line.objgen:
            node.Pg = page
            node.K = Array(kid + shift if isinstance(kid, int) else kid for kid in kids(node))
    moved = kids(last)
    for node in moved:
        node.P = first
        if "/Lang" in last and "/Lang" not in node:
            node.Lang = last.Lang
    first.K = Array([*moved, *kids(first)])
    document.K = Array(list(document.K)[:-1])
    root.ParentTree.Kids = Array(list(root.ParentTree.Kids)[:-1])


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for kid in kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _nodes(kid)


def _resources(page: Any, line: Any) -> dict[bytes, bytes]:
    """Give a page what the other one draws with; return the fonts that need another name there."""
    renamed: dict[bytes, bytes] = {}
    for kind in ("/Font", "/ExtGState"):
        ours = page.Resources[kind]
        for key, thing in line.Resources.get(kind, {}).items():
            if key not in ours or kind == "/ExtGState":
                ours[key] = thing
            elif ours[key].objgen != thing.objgen:
                ours[f"{key}over"] = thing
                renamed[key.encode()] = f"{key}over".encode()
    return renamed


def _content(drawn: bytes, shift: int, renamed: dict[bytes, bytes]) -> bytes:
    """Return the operators of a page, its marks numbered from `shift` on."""
    drawn = re.sub(rb"/MCID (\d+)", lambda mark: b"/MCID %d" % (int(mark[1]) + shift), drawn)
    for old, new in renamed.items():
        drawn = drawn.replace(old + b" ", new + b" ")
    return drawn
