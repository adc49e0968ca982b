"""Read plain copy: the steps in order, and what to ask for when the copy does not say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from watchpress.catalog import Reading, Source
from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import read as read_bytes
from watchpress.language.letters import decode
from watchpress.language.scripts import detect
from watchpress.language.words import Words, words
from watchpress.readers.plain import (
    account,
    bulk,
    credits,
    damage,
    habits,
    head,
    listing,
    ruby,
    tail,
)
from watchpress.readers.plain.assembly import Parts, assemble
from watchpress.readers.plain.body import Block, blocks
from watchpress.readers.plain.exhibits import Table
from watchpress.readers.plain.head import Head
from watchpress.readers.plain.lines import Desk, Line, lines, shown
from watchpress.readers.plain.markers import leading, marks
from watchpress.readers.plain.notes import Note, notes, unread
from watchpress.readers.plain.scrutiny import steps, subject


def read(source: Source, tell: Tell, data: bytes | None = None) -> Reading:
    """Return the report that a file of plain copy holds, and the list of what was left out.

    `data`: the bytes, where they have been read already. Raises Fatal where the copy cannot be
    read or does not say what no one may guess (R101 number, R102 date, R103 language, R104
    headline, R105 damaged date): the message names the option that says it.
    """
    desk = Desk(source.name, tell)
    text = decode(read_bytes(source.path) if data is None else data, desk.file, tell)
    found = lines(text, desk)
    if not found:
        raise Fatal(remark("R106", Place(desk.file)))
    tongue = _language(source, text, desk)
    parts = _parts(source, found, tongue, desk)
    looked = list(_apart(found[: _end(found, parts)], parts.blocks))
    damage.inspect(looked, tongue, desk)
    habits.inspect(looked, tongue, desk)
    bulk.inspect(looked, desk)
    steps.inspect(subject.of(parts, looked, text, desk), desk)
    report = assemble(parts)
    ruby.admit(report, tell)
    account.account(report, found, desk)
    return Reading(report, tuple(sorted(desk.losses, key=lambda loss: (loss.line, loss.column))))


def _language(source: Source, text: str, desk: Desk) -> Words:
    tag = source.language or detect(text)
    if tag is None:
        raise Fatal(remark("R103", Place(desk.file)))
    return words(tag)


def _parts(source: Source, found: list[Line], tongue: Words, desk: Desk) -> Parts:
    top = head.read(found, tongue, desk, needs_headline=source.headline is None)
    number, issued, headline = _known(source, top, desk)
    series = source.series or top.series or tongue.label("series")
    own = tail.Own(top.series or series, number)
    body, listed = listing.divide(top.body, tongue, desk)
    if listed:
        listed = tail.clear(listed, own, tongue, desk, notes=True)
        unread(listed, desk)
    else:
        body = tail.clear(body, own, tongue, desk, notes=False)
        listing.unread(body, desk)
    credit, body, listed = _credit(body, listed, tongue, desk)
    if listed:
        tail.doubt(listed, desk)
    entries = list(notes(listed))
    return Parts(
        file=desk.file,
        words=tongue,
        number=number,
        issued=issued,
        series=series,
        headline=headline,
        head=top,
        credit=credit,
        blocks=_blocks(body, tongue, desk),
        notes=entries,
        forms=_forms(entries, _calling(headline, body), desk),
        running=source.running or "",
    )


def _blocks(body: list[Line], tongue: Words, desk: Desk) -> list[Block]:
    return list(blocks(body, tongue, desk))


def _known(source: Source, top: Head, desk: Desk) -> tuple[int, date, Line | str]:
    """Return number, issue date and headline: from the options, else from the copy, else ask."""
    missing = []
    number = _number(source, top, desk)
    issued = source.date or top.issued
    headline = source.headline or top.headline
    if number is None:
        missing.append(remark("R101", _at(None, desk)))
    if issued is None:
        missing.append(_undated(top, desk))
    elif source.date and top.issued and source.date != top.issued:
        said = {"given": source.date, "copy": top.issued}
        desk.tell(remark("R109", _at(top.dated, desk), option="--date", **said))
    if headline is None:
        missing.append(remark("R104", _at(_top(top), desk)))
    for diagnostic in missing[:-1]:
        desk.tell(diagnostic)
    if number is None or issued is None or headline is None:
        raise Fatal(missing[-1])
    return number, issued, headline


def _number(source: Source, top: Head, desk: Desk) -> int | None:
    """Return the number; where title and number line disagree only an option settles it."""
    if source.number is not None:
        if top.number not in (None, source.number):
            given = {"given": source.number, "copy": top.number}
            desk.tell(remark("R109", _at(_top(top), desk), option="--number", **given))
        return source.number
    if top.title and top.numbered and top.title.number != top.numbered.number:
        title, line = top.title.number, top.numbered.number
        raise Fatal(remark("R110", desk.place(top.numbered.line), title=title, line=line))
    return top.number


def _undated(top: Head, desk: Desk) -> Diagnostic:
    if top.damaged and top.dated:
        return remark("R105", desk.place(top.dated), text=top.damaged)
    return remark("R102", _at(_top(top), desk))


def _top(head: Head) -> Line | None:
    """Return the line that says which report this is, if there is one."""
    found = head.numbered or head.title
    return found.line if found else None


def _at(line: Line | None, desk: Desk) -> Place:
    return desk.place(line) if line else Place(desk.file, 1, 1)


def _credit(
    body: list[Line], listed: list[Line], tongue: Words, desk: Desk
) -> tuple[credits.Credit | None, list[Line], list[Line]]:
    """Return the credit, the body and the note list without it.

    It is the last line of the body, the end of its last paragraph, the first line, or what stands
    last behind the notes. R112 where nothing but the place says so, R114 what looks like one.
    """
    found, rest = _credit_of(body, tongue)
    if found is None and listed and leading(listed[-1].text) is None:
        found = credits.alone(listed[-1], tongue)
        listed = listed[:-1] if found else listed
    if found is not None:
        if not found.sure:
            desk.say("R112", found.line, text=shown(found.line))
    elif body and (doubtful := credits.doubtful(body[-1], tongue)):
        desk.say("R114", doubtful, text=shown(doubtful))
    return found, rest, listed


def _credit_of(body: list[Line], tongue: Words) -> tuple[credits.Credit | None, list[Line]]:
    if not body:
        return None, body
    last = body[-1]
    found = credits.alone(last, tongue)
    if found:
        return found, body[:-1]
    found = credits.ending(last, tongue)
    if found:
        return found, [*body[:-1], last.cut(0, len(last.text) - len(found.line.text))]
    found = credits.alone(body[0], tongue)
    return (found, body[1:]) if found else (None, body)


def _calling(headline: Line | str, body: list[Line]) -> list[Line]:
    """Return the lines that may call notes: a headline may, where it is the copy's own."""
    return [headline, *body] if isinstance(headline, Line) else body


def _forms(entries: list[Note], body: list[Line], desk: Desk) -> list[str]:
    """Return the forms of marker this document uses: those of its note list, first of all.

    Without a list, the commonest form in the body; another form in the body counts where its
    numbers are those of notes (told as R111: a mixture is a slip more often than not).
    """
    listed = Counter(entry.mark.form for entry in entries)
    called = [(line, mark) for line in body for mark in marks(line.text)]
    forms = [form for form, _ in listed.most_common()]
    if not forms:
        return [form for form, _ in Counter(mark.form for _, mark in called).most_common(1)]
    numbers = {entry.mark.number for entry in entries}
    for _, mark in called:
        if mark.form not in forms and mark.number in numbers:
            forms.append(mark.form)
    usual = forms[0]
    for line, mark in [*called, *((entry.first, entry.mark) for entry in entries)]:
        if mark.form in forms and mark.form != usual:
            desk.say("R111", line, mark.start, form=mark.form, usual=usual)
    return forms


def _apart(lines: list[Line], found: list[Block]) -> Iterator[Line]:
    """Yield lines, rows of tables cell by cell: figures of two cells are no date in pieces."""
    tables = [block.exhibit for block in found if isinstance(block.exhibit, Table)]
    rows = {row.line.number: row.cells for table in tables for row in table.rows}
    for line in lines:
        yield from rows.get(line.number, (line,))


def _end(found: list[Line], parts: Parts) -> int:
    """Return how many lines belong to the report: damage in a teaser concerns nobody."""
    last = (
        parts.notes[-1].paragraphs[-1][-1] if parts.notes and parts.notes[-1].paragraphs else None
    )
    last = last or (parts.blocks[-1].last if parts.blocks else None)
    if last is None:
        return len(found)
    return next((n for n, line in enumerate(found, 1) if line.number >= last.number), len(found))
