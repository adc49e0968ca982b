"""Page turns: where in the text each page of a layout begins, for the page list of the EPUB."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from watchpress.backends.pdf.breaks import INLINE
from watchpress.backends.pdf.facts import Turn
from watchpress.xhtml.plain import SILENT, letters, offset, plain

HYPHENS: Final = "-\N{HYPHEN}"  # what the engine adds where it breaks a word


class _Piece(NamedTuple):
    """A run of text, or something that is no text, on a page: the ids around it, inmost last."""

    around: tuple[str, ...]
    text: str
    last: bool  # of its line
    header: bool  # of a table that goes on over pages: printed again on each


def turns(document: Document) -> tuple[Turn, ...]:
    """Return where each page begins that has text of its own: blank pages have none.

    Running heads, folios, marks before list items and what else the style sheet makes do not
    count, nor does the head of a table where it is printed again.
    """
    return tuple(_Walk().run(document))


@dataclass
class _Walk:
    """A walk over the pages that knows how much of each element has been printed."""

    texts: dict[str, str] = field(default_factory=dict)
    printed: dict[str, list[str]] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)

    def letters(self, name: str) -> str:
        """Return the letters of an element, which many lines of it may ask for."""
        if name not in self.bare:
            self.bare[name] = letters(self.texts[name])
        return self.bare[name]

    def run(self, document: Document) -> Iterator[Turn]:
        for number, page in enumerate(document.pages, 1):
            begun = False
            for piece in self.pieces(page._page_box.children[0], ()):
                if not piece.around or (piece.header and number > 1 and self.known(piece)):
                    continue
                if not begun:
                    begun = True
                    yield self.turn(number, piece.around[-1])
                self.print(piece)

    def turn(self, number: int, inmost: str) -> Turn:
        done = sum(map(len, self.printed.get(inmost, ())))
        return Turn(number, inmost, offset(self.texts[inmost], done) if done else 0)

    def known(self, piece: _Piece) -> bool:
        """Say whether all that the element around a piece says has been printed before."""
        inmost = piece.around[-1]
        done = "".join(self.printed.get(inmost, ()))
        return letters(piece.text) in done

    def pieces(
        self, box: Any, around: tuple[str, ...], last: bool = False, header: bool = False
    ) -> Iterator[_Piece]:
        """Yield the text below a box in order, and where there is a picture or the like."""
        if "::" in (box.element_tag or "") or box.element_tag == SILENT:
            return  # made by the style sheet, or brackets round a reading
        around = self.within(box, around)
        header = header or bool(getattr(box, "is_header", False))
        if isinstance(box, boxes.TextBox):
            if letters(box.text):
                yield _Piece(around, box.text, last, header)
        elif isinstance(box, boxes.ReplacedBox):
            yield _Piece(around, "", last, header)
        else:
            kids = list(getattr(box, "children", ()))
            line = isinstance(box, boxes.LineBox)
            for place, child in enumerate(kids):
                final = place == len(kids) - 1 and (line or last)
                yield from self.pieces(child, around, final, header)

    def within(self, box: Any, around: tuple[str, ...]) -> tuple[str, ...]:
        element = box.element
        name = None if element is None else element.get("id")
        if not name or name in around or element.tag in INLINE:
            return around
        if name not in self.texts:
            self.texts[name] = plain(element)
        return (*around, name)

    def print(self, piece: _Piece) -> None:
        """Write down that a piece has been printed, the hyphen aside that ends a broken word."""
        text = letters(piece.text)
        for name in piece.around:
            done = self.printed.setdefault(name, [])
            added = text
            if piece.last and text[-1:] and text[-1] in HYPHENS:
                source, end = self.letters(name), sum(map(len, done)) + len(text)
                if source[end - 1 : end] != text[-1]:
                    added = text[:-1]
            done.append(added)
