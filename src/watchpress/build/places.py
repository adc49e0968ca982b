"""From a line of print to the copy: the copy is read, and its letters are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from watchpress.diagnostic import Fatal, Place
from watchpress.files import read
from watchpress.galley import Anchor, Block
from watchpress.language.letters import CONTROLS, OVERRIDES, clusters, decode
from watchpress.xhtml.plain import letters

BREAK: Final = re.compile(r"\r\n|\r|\n")


@dataclass
class Copies:
    """Files of copy, each read once: which letter of it an anchor means."""

    kept: dict[str, Sequence[str]] = field(default_factory=dict)

    def where(self, block: Block, anchor: Anchor | None) -> Place:
        """Return where in the copy an anchor of a line of `block` leads; None: to the block.

        Where the copy cannot be read, or is shorter, that is where the anchor counts from.
        """
        if anchor is None:
            return Place(block.file, block.line, block.column)
        found = self._found(block.file, anchor) if anchor.letters else None
        return Place(block.file, *(found or (anchor.line, anchor.column)))

    def _found(self, file: str, anchor: Anchor) -> tuple[int, int] | None:
        """Return line and column of the letter with so many before it."""
        left, start = anchor.letters, anchor.column - 1
        for number, text in enumerate(self._lines(file)[anchor.line - 1 :], anchor.line):
            for place, sign in clusters(text[start:]):
                count = _count(sign)
                if count > left:
                    return number, start + place + 1
                left -= count
            start = 0
        return None

    def _lines(self, file: str) -> Sequence[str]:
        if file not in self.kept:
            self.kept[file] = BREAK.split(_text(file))
        return self.kept[file]


def _text(file: str) -> str:
    """Return the text of a file, "" where it is not there to be read (again: standard input)."""
    if not Path(file).is_file():
        return ""
    try:
        return decode(read(Path(file)), file, lambda _: None)
    except Fatal:
        return ""


def _count(sign: str) -> int:
    """Return how many letters of the report a letter of the copy with its marks is."""
    return len(letters(OVERRIDES.sub("", CONTROLS.sub("", sign))))
