"""What is looked at: the copy line by line, and which part of the report each line is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from watchpress.language.words import Words
from watchpress.readers.plain.assembly import Parts
from watchpress.readers.plain.body import Block
from watchpress.readers.plain.exhibits import Table
from watchpress.readers.plain.lines import Desk, Line, split
from watchpress.readers.plain.markers import addresses, marks


class Source(NamedTuple):
    """A note: its number, and its lines without the marker."""

    number: int
    lines: Sequence[Line]


class Subject(NamedTuple):
    """The copy of one report.

    `raw`: the lines of the file as they are. `body`: the headline and all else between head and
    notes, rows of tables left out; `rows`: their cells. `notes`:
    the lines of the note list, markers and all; `sources`: the same, note by note. `introduced`:
    numbers of lines whose opening quotation is told of elsewhere (Q102). `corrected`: the report
    was changed after its issue.
    """

    words: Words
    raw: Sequence[str]
    body: Sequence[Line]
    rows: Sequence[Line]
    notes: Sequence[Line]
    sources: Sequence[Source]
    introduced: frozenset[int]
    issued: date
    posted: tuple[date, Line] | None
    dated: Line | None
    corrected: bool

    @property
    def running(self) -> Iterator[Line]:
        """Body and notes, without the rows of tables."""
        yield from self.body
        yield from self.notes

    @property
    def whole(self) -> Iterator[Line]:
        """Everything but the head."""
        yield from self.running
        yield from self.rows


def of(parts: Parts, looked: Sequence[Line], text: str, desk: Desk) -> Subject:
    """Return what is to be looked at: `looked` are the lines of the report, `text` the whole file.

    What was left out (teasers, the blog's own lines) concerns nobody.
    """
    top = parts.head
    posted = top.posted[1] if top.posted else None
    numbered = (one.line for one in (top.title, top.numbered) if one and not one.bracketed)
    head = {line.number for line in (posted, *numbered) if line}
    tables = [block.exhibit for block in parts.blocks if isinstance(block.exhibit, Table)]
    rows = {row.line.number for table in tables for row in table.rows}
    listed = parts.notes[0].first.number if parts.notes else len(text)
    kept = [line for line in looked if line.text and _last(line) not in desk.dropped]
    running = [line for line in kept if line.number not in head | rows]
    return Subject(
        words=parts.words,
        raw=split(text),
        body=[line for line in running if line.number < listed],
        rows=[line for line in kept if line.number in rows],
        notes=[line for line in running if line.number >= listed],
        sources=[Source(n.mark.number, [x for p in n.paragraphs for x in p]) for n in parts.notes],
        introduced=frozenset(_introduced(parts.blocks, parts.words)),
        issued=parts.issued,
        posted=top.posted,
        dated=top.dated if top.issued == parts.issued else None,
        corrected=top.aside is not None,
    )


def _last(line: Line) -> tuple[int, int]:
    return line.number, line.columns[-1]


def _introduced(blocks: Sequence[Block], words: Words) -> Iterator[int]:
    """Yield the numbers of paragraphs that quote after a colon, and of those that go on quoting."""
    going = colon = False
    for block in blocks:
        text = block.line.text if block.kind == "paragraph" else ""
        going = text[:1] != "" and text[:1] in words.quotes and (going or colon)
        if going:
            yield block.line.number
        colon = _bare(text)[-1:] in ("：", ":")


def _bare(text: str) -> str:
    """Return a text without the markers at its end."""
    for mark in reversed(marks(text)):
        if text[mark.end :].strip():
            break
        text = text[: mark.start]
    return text.rstrip()


def clear(line: Line) -> str:
    """Return the text of a line with a `~` for each sign of an address in it."""
    text = line.text
    if "://" not in text:
        return text
    for one in addresses(text):
        text = text[: one.start] + "~" * (one.end - one.start) + text[one.end :]
    return text
