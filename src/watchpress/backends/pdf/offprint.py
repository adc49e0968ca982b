"""Offprints: one piece of a volume by itself, as it is printed there, with a line that says where.

The pages are those of the volume, folios and page labels included. The line (who, what, in which
volume, on which pages: the caller's words) stands at the head of the first page, where an opening
has no running head, and is the first paragraph of the text. Of facing editions each has its line,
on its own first page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lxml.builder import E

from watchpress.backends.pdf import writer
from watchpress.backends.pdf.bind import linker
from watchpress.backends.pdf.bind.pieces import Binding, Piece
from watchpress.catalog import Work
from watchpress.diagnostic import Tell
from watchpress.files import Styles
from watchpress.model.tree import Element

RANGE: Final = re.compile(r"(\w+–\w+)")


def offprint(pieces: Sequence[Piece], overs: Sequence[Piece], binding: Binding) -> bytes:
    """Return the PDF of `pieces` with lines (made by `over`) on its first pages, one on each.

    `pieces`: that of the volume, and what belongs to it and stands elsewhere there; links to other
    pieces of the volume are words only.
    """
    return linker.offprint(pieces, overs, binding)


def over(
    lines: Sequence[tuple[str, str]], work: Work, styles: Styles, tell: Tell
) -> tuple[Piece, ...]:
    """Return `lines`, each with its language, set on a page of the sheet of `work`.

    Raises and tells what `writer.compile` does.
    """
    overs = []
    for language, line in lines:
        article = E.article(_paragraph(line), {"class": "offprint", "lang": language})
        alone = replace(work, reports=(), title=line, language=language, loose=True)
        made = writer.press([article], alone, styles, tell)
        overs.append(Piece(made.data, made.facts))
    return tuple(overs)


def _paragraph(line: str) -> Element:
    """Return a line as a paragraph in which no range of pages is broken at its dash."""
    first, *rest = RANGE.split(line)
    paragraph = E.p(first)
    for kept, after in zip(rest[::2], rest[1::2], strict=True):
        span = E.span(kept, {"class": "keep"})
        span.tail = after
        paragraph.append(span)
    return paragraph
