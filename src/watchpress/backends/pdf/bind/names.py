"""Names and links: the named destinations of all pieces as one tree, links between pieces set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind.pieces import Piece, Sewn

LOOSE: Final = "watchpress:"  # begins the address of an id in another piece
Leaf: TypeAlias = tuple[list[bytes], Any]  # names in order, and the row: name, value, name ...
Lost: TypeAlias = Callable[[Piece, int, str], None]  # piece, its page from 0, the id


def merge(out: pikepdf.Pdf, sewn: Sequence[Sewn], lost: Lost) -> None:
    """Give `out` the names of all pieces, and lead links between pieces to them.

    A link to a name that no piece has is taken off the page, and `lost` is told of it.
    """
    rows = [one.names for one in sewn if one.names is not None and len(one.names)]
    leaves = join(rows)
    if leaves:
        out.Root.Names = Dictionary(Dests=tree(out, leaves))
    known = {name for names, _ in leaves for name in names}
    for one in sewn:
        dead = list(_dead(one, known, lost))
        if dead:
            _unlink(one, dead)


def unlink(sewn: Sequence[Sewn]) -> None:
    """Take all links off the pages, and out of the trees: on paper their words are words."""
    for one in sewn:
        links = [link for page in one.pages for link in page.get("/Annots", ())]
        if links:
            _unlink(one, links)
        for page in one.pages:
            if "/Annots" in page:
                del page["/Annots"]


def _dead(one: Sewn, known: set[bytes], lost: Lost) -> Iterator[Any]:
    """Set the links of a piece that lead to other ones; yield those that lead nowhere."""
    for number, page in enumerate(one.pages):
        for link in page.get("/Annots", ()):
            action = link.get("/A")
            address = "" if action is None else str(action.get("/URI", ""))
            if not address.startswith(LOOSE):
                continue
            anchor = unquote(address.removeprefix(LOOSE))
            name = String(anchor)
            if bytes(name) in known:
                del link["/A"]
                link.Dest = name
            else:
                lost(one.piece, number, anchor)
                yield link


def _unlink(one: Sewn, dead: Iterable[Any]) -> None:
    """Take links off their pages and out of the tree: their words are words, and no more."""
    gone = {link.objgen for link in dead}
    for page in one.pages:
        if "/Annots" in page:
            page.Annots = Array(link for link in page.Annots if link.objgen not in gone)
    if one.tree is None:
        return
    numbers = {int(link.StructParent) for link in dead}
    kept, row = Array(), one.tree.ParentTree.Nums
    for place in range(0, len(row), 2):
        if int(row[place]) in numbers:
            _plain(row[place + 1], gone)
        else:
            kept.extend([row[place], row[place + 1]])
    one.tree.ParentTree.Nums = kept


def _plain(node: Any, gone: set[tuple[int, int]]) -> None:
    """Make a Span of a Link whose annotations are gone."""
    left = [kid for kid in kids(node) if not (_refers(kid) and kid.Obj.objgen in gone)]
    node.K = Array(left)
    if not any(map(_refers, left)):
        node.S = Name.Span


def _refers(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def kids(node: Any) -> list[Any]:
    """Return what stands directly below a node of a structure tree."""
    below = node.get("/K", ())
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def join(rows: Sequence[Any]) -> list[Leaf]:
    """Return rows (name, value, name ...) as the leaves of a name tree, in order.

    Rows that overlap become one leaf; of equal names the first counts.
    """
    leaves: list[Leaf] = []
    for leaf in sorted(map(_leaf, rows), key=lambda leaf: leaf[0][0]):
        overlap = bool(leaves) and leaf[0][0] <= leaves[-1][0][-1]
        leaves.append(_leaf([*leaves.pop()[1], *leaf[1]]) if overlap else leaf)
    return leaves


def tree(out: pikepdf.Pdf, leaves: Sequence[Leaf]) -> Any:
    """Return the name tree of `leaves` (ISO 32000-1, 7.9.6)."""
    below = [
        out.make_indirect(Dictionary(Limits=[row[0], row[len(row) - 2]], Names=row))
        for _, row in leaves
    ]
    return out.make_indirect(Dictionary(Kids=below))


def _leaf(row: Any) -> Leaf:
    """Return the names of a row, and the row with them in their order, each once."""
    names = [bytes(row[place]) for place in range(0, len(row), 2)]
    if all(before < after for before, after in pairwise(names)):
        return names, row
    first: dict[bytes, int] = {}
    for index, name in enumerate(names):
        first.setdefault(name, 2 * index)
    ordered = sorted(first)
    return ordered, Array(row[first[name] + side] for name in ordered for side in (0, 1))
