"""Offprints: one piece of a volume by itself, as it is printed there, with a line that says where.

The pages are those of the volume, folios and page labels included. The line (series, volume, year,
pages: the caller's words) stands at the head of the first page, where an opening has no running
head, and is the first paragraph of the text.
"""

from __future__ import annotations

from dataclasses import replace

from lxml.builder import E

from watchpress.backends.pdf import writer
from watchpress.backends.pdf.bind import linker
from watchpress.backends.pdf.bind.pieces import Binding, Piece
from watchpress.catalog import Work
from watchpress.diagnostic import Tell
from watchpress.files import Styles


def offprint(
    piece: Piece, line: str, binding: Binding, work: Work, styles: Styles, tell: Tell
) -> bytes:
    """Return the PDF of `piece` with `line` on its first page, set on the sheet of `work`.

    The line is in the language of `work`. Raises and tells what `writer.compile` does; links to
    other pieces of the volume are words only.
    """
    article = E.article(E.p(line), {"class": "offprint", "lang": work.language})
    alone = replace(work, reports=(), title=line, loose=True)
    over = writer.press([article], alone, styles, tell)
    return linker.offprint(piece, Piece(over.data, over.facts), binding)
