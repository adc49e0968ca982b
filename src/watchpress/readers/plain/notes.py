"""The note list: which lines make one note, and what in them is a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import Mark, leading
from watchpress.readers.plain.tail import continues

# Two sources in one line: the second begins with its title in quotation marks, behind the date,
# page or address of the first.
_SECOND: Final = re.compile(
    r"(?<=[\d.;)）日号頁』일쪽])"
    r"(?P<sign>,? and |; |;|, (?:및 )?|[、；](?:および|及び|ならびに)?|および)"
    r"(?=[“「‘\"])"
)
_SENTENCE: Final = re.compile(r"[.。](?:\s|$)(?!.*[“「『])|[ぁ-ん]。$|다\.$")
_TITLE: Final = re.compile(r"[“”「」『』\"]")


@dataclass
class Note:
    """One note: its marker, and its lines; each line with the addresses that belong to it."""

    mark: Mark
    first: Line
    paragraphs: list[list[Line]] = field(default_factory=list)


def notes(lines: list[Line]) -> Iterator[Note]:
    """Yield the notes of a note list. The first line opens with a marker."""
    note: Note | None = None
    for line in lines:
        mark = leading(line.text)
        if mark is not None:
            if note is not None:
                yield note
            note = Note(mark, line)
            text = line.cut(mark.end)
            if text.text:
                note.paragraphs.append([text])
        elif note is not None and continues(line) and note.paragraphs:
            note.paragraphs[-1].append(line)
        elif note is not None:
            note.paragraphs.append([line])
    if note is not None:
        yield note


def sources(line: Line, *, linked: bool) -> list[tuple[int, int]] | None:
    """Return from where to where each source of a line stands; None where it is no citation.

    A citation has a title in quotation marks, or an address below it (`linked`), or is no
    sentence.
    """
    if not (_TITLE.search(line.text) or linked) and _SENTENCE.search(line.text):
        return None
    cuts = [(match.start("sign"), match.end("sign")) for match in _SECOND.finditer(line.text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line.text)]
    return list(zip(starts, ends, strict=True))
