"""Offprints: one piece of a volume by itself, as it is printed there, with a line that says where.

The pages are those of the volume, folios and page labels included. The line (who, what, in which
volume, on which pages: the caller's words) stands at the head of the first page, where an opening
has no running head, and is the first paragraph of the text; of facing editions there are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml.builder import E

from watchpress.backends.pdf import writer
from watchpress.backends.pdf.bind import linker
from watchpress.backends.pdf.bind.pieces import Binding, Piece
from watchpress.catalog import Work
from watchpress.diagnostic import Tell
from watchpress.files import Styles


def offprint(
    pieces: Sequence[Piece],
    lines: Sequence[tuple[str, str]],
    binding: Binding,
    work: Work,
    styles: Styles,
    tell: Tell,
) -> bytes:
    """Return the PDF of `pieces` with `lines` on its first page, set on the sheet of `work`.

    `pieces`: that of the volume, and what belongs to it and stands elsewhere there. `lines`: each
    with its language. Raises and tells what `writer.compile` does; links to other pieces of the
    volume are words only.
    """
    said = [E.p(line, lang=language) for language, line in lines]
    article = E.article(*said, {"class": "offprint", "lang": work.language})
    alone = replace(work, reports=(), title=lines[0][1], loose=True)
    over = writer.press([article], alone, styles, tell)
    return linker.offprint(pieces, Piece(over.data, over.facts), binding)
