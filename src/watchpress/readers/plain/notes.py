"""The note list: which lines make one note, and what in them is a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.markers import Mark, leading
from watchpress.readers.plain.tail import continues

# Two sources in one line: the second begins with its title in quotation marks, behind the date,
# page or address of the first.
_SECOND: Final = re.compile(
    r"(?<=[\d.;)）日号頁』일쪽])"
    r"(?P<sign>,? and |; |;|, (?:및 )?|[、；](?:および|及び|ならびに)?|および)"
    r"(?=[“「‘\"])"
)
_SENTENCE: Final = re.compile(r"[.。](?:\s|$)")
_TITLE: Final = re.compile(r"[“”「」『』\"]")
# What stands in the brackets of a label, but is none that is read.
_LABEL: Final = re.compile(
    r"[\[［【〔](?!(?:1[5-9]|20)\d\d[a-z]?[\]］】〕])(?:注|註|脚注|주|각주|note)?[.:：]?\s?"
    r"\d{1,6}(?:[a-z]|[*'’′]|-\d{1,3}|\.\d{1,3})?[\]］】〕]",
    re.IGNORECASE,
)


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


def unread(lines: list[Line], desk: Desk) -> None:
    """Tell (N110) of lines that begin with a label which is not read: they stay in the note above.

    `[12a]`, `[1000]`; a year in brackets is none, and `[1, 2]` is told as N107.
    """
    for line in lines:
        found = _LABEL.match(line.text)
        if found and leading(line.text) is None:
            desk.say("N110", line, label=found[0])


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
