"""The pages of the printed edition: where each begins in the text, marked in its very place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from lxml import etree

from watchpress.model.tree import Element
from watchpress.xhtml.plain import letters, strings

ROLE: Final = "doc-pagebreak"
# Elements inside of which there is no place for a mark, and those that a mark stands before when
# the page begins with their first letter.
_WHOLE: Final = frozenset(("ruby", "sup", "sub"))
_INLINE: Final = frozenset(
    ("a", "bdi", "cite", "em", "rb", "rt", "ruby", "span", "strong", "sub", "sup", "time", "wbr")
)


class Break(NamedTuple):
    """Where a printed page begins: its folio, the id of an element, an offset in its plain text.

    See watchpress.xhtml.plain for what counts as text. A page without a folio has no name to go by
    and is not marked.
    """

    folio: str
    id: str
    offset: int


Breaks: TypeAlias = Mapping[str, Sequence[Break]]
_Spot: TypeAlias = tuple[Element, str, int]  # whose string, text or tail, and before which sign


def mark(article: Element, breaks: Iterable[Break], taken: set[str]) -> None:
    """Put a mark into `article` for each break; `taken` are the ids of marks so far, of the book.

    KeyError for a break at an id that the article does not have.
    """
    found = {str(node.get("id")): node for node in article.iter(etree.Element) if node.get("id")}
    for page in breaks:
        if page.folio:
            place(found[page.id], page, taken)


def place(element: Element, page: Break, taken: set[str]) -> None:
    """Put the mark of a page into an element, before the letter at the offset."""
    name = f"page-{page.folio}"
    while name in taken:  # two pages of one folio: i of two numberings
        name += "-"
    taken.add(name)
    sign = etree.Element("span", {"role": ROLE, "id": name, "aria-label": page.folio})
    spot = _spot(element, page.offset)
    if spot is None:
        element.append(sign)
        return
    _insert(sign, *_apart(*spot, element))


def _spot(element: Element, offset: int) -> _Spot | None:
    """Return the string and the sign in it that the offset of the plain text falls on."""
    count, gap = 0, False
    for owner, slot, text in strings(element):
        for index, sign in enumerate(text):
            if not letters(sign):
                gap = gap or (sign.isspace() and count > 0)
                continue
            if count + gap >= offset:
                return owner, slot, index
            count, gap = count + gap + 1, False
    return None


def _apart(owner: Element, slot: str, index: int, limit: Element) -> _Spot:
    """Return the place for a mark: not inside a word, not inside what must stay whole."""
    after = str(getattr(owner, slot))[index]
    while True:
        text = str(getattr(owner, slot) or "")
        if index and _torn(text[index - 1], after):
            index, after = index - 1, text[index - 1]
        elif not index and slot == "text" and owner is not limit and owner.tag in _INLINE:
            owner, slot, index = _before(owner)
        else:
            break
    for node in _around(owner, slot, limit):
        if node.tag in _WHOLE:
            return _before(node)
    return owner, slot, index


def _around(owner: Element, slot: str, limit: Element) -> Iterator[Element]:
    """Yield the elements around a string, the outermost first, within `limit`."""
    inner = [*([owner] if slot == "text" else []), *owner.iterancestors()]
    inside = inner[: inner.index(limit)] if limit in inner else []
    return reversed(inside)


def _before(element: Element) -> _Spot:
    """Return the end of the string before an element."""
    other = element.getprevious()
    if other is not None:
        return other, "tail", len(other.tail or "")
    parent = element.getparent()
    assert parent is not None, "an inline element stands in a block"
    return parent, "text", len(parent.text or "")


def _torn(before: str, after: str) -> bool:
    """Say whether a mark between two letters tears a word that print has hyphenated.

    Speech and search would stumble over it; where words are not parted by spaces, none is torn.
    """
    return before.isalpha() and after.isalpha() and max(before, after) < "\u0590"


def _insert(sign: Element, owner: Element, slot: str, index: int) -> None:
    text = str(getattr(owner, slot) or "")
    sign.tail = text[index:] or None
    setattr(owner, slot, text[:index] or None)
    if slot == "text":
        owner.insert(0, sign)
    else:
        tail, owner.tail = owner.tail, None
        owner.addnext(sign)
        owner.tail = tail


def pages(article: Element) -> list[tuple[str, str]]:
    """Return folio and id of each mark in `article`, in the order of the text."""
    marks = article.iterfind(f".//span[@role='{ROLE}']")
    return [(str(mark.get("aria-label")), str(mark.get("id"))) for mark in marks]
