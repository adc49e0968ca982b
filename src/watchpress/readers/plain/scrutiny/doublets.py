"""Words written twice in a row."""

from __future__ import annotations

from watchpress.language import doublets
from watchpress.readers.plain.lines import Desk
from watchpress.readers.plain.scrutiny.subject import Subject, clear


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R223 at the first of two equal words."""
    for line in subject.whole:
        for start, end in doublets.find(clear(line), subject.words.tag):
            desk.say("R223", line, start, text=line.text[start:end])
