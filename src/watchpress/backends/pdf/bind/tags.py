"""The structure tree: those of the pieces below one Document (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind import names
from watchpress.backends.pdf.bind.names import kids
from watchpress.backends.pdf.bind.pieces import Sewn


def merge(out: pikepdf.Pdf, sewn: Sequence[Sewn], language: str) -> None:
    """Give `out` the trees of all pieces as one; a piece in another language says so."""
    root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    document.K = Array(top for one in sewn for top in _top(out, one, document, language))
    leaves, base = [], 0
    for one in sewn:
        used = _renumber(one, base)
        if used > base:
            limits = [one.tree.ParentTree.Nums[0], used - 1]
            leaf = Dictionary(Limits=limits, Nums=one.tree.ParentTree.Nums)
            leaves.append(out.make_indirect(leaf))
        base = used
    root.K = Array([document])
    root.ParentTree = out.make_indirect(Dictionary(Kids=leaves))
    root.ParentTreeNextKey = base
    rows = [one.tree.IDTree.Names for one in sewn if "/IDTree" in one.tree]
    if rows:
        root.IDTree = names.tree(out, names.join(rows))
    out.Root.StructTreeRoot = root
    out.Root.MarkInfo = Dictionary(Marked=True)


def _top(out: pikepdf.Pdf, one: Sewn, document: Any, language: str) -> list[Any]:
    """Return the node of a piece below the document: its only one, or a Part of several."""
    below = [kid for top in kids(one.tree) for kid in kids(top)]
    if not below:
        return []
    node, parent = below[0], document
    if len(below) > 1:
        node = parent = out.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=document, K=Array(below))
        )
    for kid in below:
        kid.P = parent
    if one.language != language and "/Lang" not in node:
        node.Lang = String(one.language)
    return [node]


def _renumber(one: Sewn, base: int) -> int:
    """Move the numbers by which pages and links know their nodes; return the first free one."""
    if not base:
        return _last(one) + 1
    for page in one.pages:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + base
        for link in page.get("/Annots", ()):
            if "/StructParent" in link:
                link.StructParent = int(link.StructParent) + base
    row = one.tree.ParentTree.Nums
    for place in range(0, len(row), 2):
        row[place] = int(row[place]) + base
    return _last(one) + 1


def _last(one: Sewn) -> int:
    """Return the last number of a piece; its numbers are in order."""
    row = one.tree.ParentTree.Nums
    return int(row[len(row) - 2]) if len(row) else -1
