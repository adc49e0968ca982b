"""From the parts of the copy to the report's XML (front, body, back)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from watchpress.language.words import Words
from watchpress.model.tree import (
    AS,
    AT,
    FORM,
    LANG,
    NAMESPACES,
    SOURCE,
    STAGE,
    Element,
)
from watchpress.readers.plain.body import Block
from watchpress.readers.plain.credits import Credit
from watchpress.readers.plain.head import Head
from watchpress.readers.plain.inline import Numbering, add, fill, refer
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import addresses
from watchpress.readers.plain.names import Person
from watchpress.readers.plain.notes import Note, sources
from watchpress.readers.plain.setting import exhibit
from watchpress.readers.plain.tail import continues

VERSION: Final = "1.1"  # of JATS: the newest whose public DTD can be had for a test
E: Final = ElementMaker()


@dataclass
class Parts:
    """All that was found in the copy, and what options said in its stead."""

    file: str
    words: Words
    number: int
    issued: date
    series: str
    headline: Line | str
    head: Head
    credit: Credit | None
    blocks: list[Block]
    notes: list[Note]
    forms: list[str]
    running: str


def assemble(parts: Parts) -> Element:
    """Return the report. Its markers have no rid yet: the notes transform ties them."""
    stem = f"wr{parts.number:03d}-{parts.words.tag}"
    ids = Numbering(stem, parts.forms)
    report = etree.Element("article", nsmap=NAMESPACES)
    report.set("article-type", "research-article")
    report.set("dtd-version", VERSION)
    report.set(LANG, parts.words.tag)
    report.set(SOURCE, parts.file)
    report.set(STAGE, "read")
    if parts.forms:
        report.set(FORM, " ".join(parts.forms))
    report.append(E.front(_journal(parts), _meta(parts, stem, ids)))
    report.append(_body(parts.blocks, ids))
    if parts.notes:
        report.append(_back(parts.notes, ids))
    return report


def _journal(parts: Parts) -> Element:
    return E(
        "journal-meta",
        E("journal-id", "wr", {"journal-id-type": "publisher-id"}),
        E("journal-title-group", E("journal-title", parts.series)),
        E.issn(),  # JATS asks for one; copy never says it, and a made-up number would be a lie
    )


def _meta(parts: Parts, stem: str, ids: Numbering) -> Element:
    head = parts.head
    meta = E("article-meta", E("article-id", stem, {"pub-id-type": "publisher-id"}))
    meta.append(_titles(parts, ids))
    if parts.credit:
        meta.append(_people(parts.credit))
    dated = head.dated if head.issued == parts.issued else None
    meta.append(_date("issued", parts.issued, dated))
    if head.posted:
        value, posted = head.posted
        meta.append(_date("posted", value, posted))
    meta.append(E.issue(str(parts.number)))
    if head.aside:
        meta.append(E("custom-meta-group", _corrected(head.aside)))
    return meta


def _titles(parts: Parts, ids: Numbering) -> Element:
    title = E("article-title")
    if isinstance(parts.headline, Line):
        title.set(AT, parts.headline.at())
        fill(title, parts.headline, ids, calls=True)
    else:
        title.text = parts.headline
        printed = parts.head.headline  # overruled by an option: kept as what the copy has
        title.set(AT, printed.at() if printed else "1:1")
        title.set(AS, printed.text if printed else "")
    group = E("title-group", title)
    for kind, found in (("post-title", parts.head.title), ("number-line", parts.head.numbered)):
        if found:
            group.append(_at(E("alt-title", found.line.text, {"alt-title-type": kind}), found.line))
    if parts.running:
        group.append(E("alt-title", parts.running, {"alt-title-type": "running-head"}))
    return group


def _date(kind: str, value: date, line: Line | None) -> Element:
    """Return a date; `line` holds its words in the copy, None where an option gave it."""
    element = E(
        "pub-date",
        E.day(str(value.day)),
        E.month(str(value.month)),
        E.year(f"{value.year:04}"),
        {"date-type": kind, "iso-8601-date": value.isoformat()},
    )
    if line:
        _at(element, line).set(AS, line.text)
    return element


def _corrected(aside: Line) -> Element:
    """Return the note of a correction as the copy has it, less its brackets."""
    words = E("meta-value", aside.text.strip("()（）"))
    return _at(E("custom-meta", E("meta-name", "corrected"), words), aside)


def _people(credit: Credit) -> Element:
    group = E("contrib-group")
    group.set(AT, credit.line.at())
    group.set(AS, credit.line.text)
    for person in credit.people:
        group.append(E.contrib(_person(person), {"contrib-type": "author"}))
    return group


def _person(person: Person) -> Element:
    if not person.surname:
        return E("name-alternatives", E("string-name", person.name))
    style = "eastern" if person.eastern else "western"
    name = E.name(E.surname(person.surname), {"name-style": style})
    if person.given:
        name.append(E("given-names", person.given))
    return E("name-alternatives", name)


def _body(blocks: Iterable[Block], ids: Numbering) -> Element:
    body = E.body()
    here, group = body, 0
    for block in blocks:
        if block.kind == "heading":
            here = E.sec(_at(_filled("title", block.line, ids), block.line), id=ids.next("s"))
            here.set(AT, block.line.at())
            body.append(here)
            continue
        made = exhibit(block.exhibit, ids) if block.exhibit else _paragraph(block.line, ids)
        if block.group and block.group == group:
            here[-1].append(made)
        elif block.group:
            here.append(_document(made, block, ids))
        else:
            here.append(made)
        group = block.group
    return body


def _document(first: Element, block: Block, ids: Numbering) -> Element:
    quote = E("disp-quote", first, {"id": ids.next("q"), "content-type": "document"})
    return _at(quote, block.line)


def _paragraph(line: Line, ids: Numbering) -> Element:
    identifier = ids.next("p", width=2)
    paragraph = _at(_filled("p", line, ids), line)
    paragraph.set("id", identifier)
    return paragraph


def _filled(tag: str, line: Line, ids: Numbering) -> Element:
    element = etree.Element(tag)
    fill(element, line, ids, calls=True)
    return element


def _at(element: Element, line: Line) -> Element:
    element.set(AT, line.at())
    return element


def _back(notes: list[Note], ids: Numbering) -> Element:
    group = E("fn-group")
    seen: dict[int, int] = {}
    for note in notes:
        number = note.mark.number
        seen[number] = seen.get(number, 0) + 1
        group.append(_note(note, f"{ids.stem}-fn{number}{_twin(seen[number])}", ids))
    return E.back(group)


def _twin(time: int) -> str:
    """Return what keeps notes of one number apart: fn3, fn3b, fn3c ... fn3z, fn3zb ..."""
    return (
        "" if time == 1 else "z" * ((time - 2) // 25) + "bcdefghijklmnopqrstuvwxyz"[(time - 2) % 25]
    )


def _note(note: Note, identifier: str, ids: Numbering) -> Element:
    label = E.label(note.mark.label)
    label.set(AT, note.first.at())
    label.set(AS, note.first.text[: note.mark.end])
    element = E.fn(label, id=identifier)
    element.set(AT, note.first.at())
    for lines in note.paragraphs or [[]]:
        element.append(_entry(lines, note, ids))
    return element


def _entry(lines: list[Line], note: Note, ids: Numbering) -> Element:
    """Return one paragraph of a note: its text, sources marked, addresses below it drawn in."""
    paragraph = E.p()
    paragraph.set(AT, lines[0].at() if lines else note.first.at())
    if not lines:
        return paragraph
    first, *rest = lines
    cuts = None if continues(first) else sources(first, linked=bool(rest))
    if cuts is None and continues(first):
        rest, cuts = lines, [(0, 0)]
    holder = _sources(paragraph, first, cuts, ids)
    for line in rest:
        if holder.text or len(holder):
            add(holder, " ")
        refer(holder, line, next(iter(addresses(line.text))))
    return paragraph


def _sources(
    paragraph: Element, line: Line, cuts: list[tuple[int, int]] | None, ids: Numbering
) -> Element:
    """Fill a paragraph with a line; return the element that its addresses belong into."""
    if cuts is None:
        fill(paragraph, line, ids, calls=False)
        return paragraph
    end = 0
    for start, stop in cuts:
        add(paragraph, line.text[end:start])
        source = E("mixed-citation")
        fill(source, line.cut(start, stop), ids, calls=False)
        paragraph.append(source)
        end = stop
    return paragraph[-1]
