"""Days that cannot be, weekdays that do not go with their date, sources later than the report."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from watchpress.language import almanac, dates
from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.scrutiny.subject import Subject, clear

# A day of its own that may come: when a page was looked at, what is announced.
_LATER: Final = (
    r"(?i)accessed|retrieved|visited|viewed|forthcoming|scheduled|閲覧|参照|アクセス|近刊|予定"
    r"|검색|접속|열람|예정"
)
_TITLE: Final = r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\""  # a title may name a day to come


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R224 (no such day), R225 (weekday), R226 (source after the issue), R227 (posted)."""
    for line in subject.whole:
        text = clear(line)
        whole = list(dates.find(text))
        for start, end in almanac.impossible(text, whole):
            desk.say("R224", line, start, text=text[start:end])
        for found in almanac.wrong(text, whole):
            words = text[found.start : found.end]
            desk.say("R225", line, found.start, text=words, weekday=found.right)
    for source in () if subject.corrected else subject.sources:
        for line in source.lines:
            _later(line, subject.issued, desk)
    if subject.posted and subject.dated and subject.issued > subject.posted[0]:
        posted = subject.posted[0].isoformat()
        desk.say("R227", subject.dated, day=subject.issued.isoformat(), limit=posted)


def _later(line: Line, issued: date, desk: Desk) -> None:
    text = clear(line)
    for found in dates.find(text):
        if not found.value or found.value <= issued:
            continue
        titled = any(x.start() <= found.start < x.end() for x in re.finditer(_TITLE, text))
        if not titled and not re.search(_LATER, text):
            words = text[found.start : found.end]
            desk.say("R226", line, found.start, text=words, issued=issued.isoformat())
