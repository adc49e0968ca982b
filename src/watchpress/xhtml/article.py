"""From the report's XML to XHTML: one form for both backends.

Elements carry no namespace; a backend puts them into its document. Classes are the hooks of the
style sheets, `role` those of the taggers (DPUB-ARIA 1.1), `data-at` the place in the copy, and
`data-letters` how many letters of the copy an element stands for, where that is not what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree
from lxml.builder import ElementMaker

from watchpress.language.words import Words, words
from watchpress.model import tree
from watchpress.model.address import lawful
from watchpress.model.ledger import MENTION, calls, faulty, flag, printed_of
from watchpress.model.tree import AS, AT, HREF, LANG, Element
from watchpress.xhtml import exhibits, tongues

E: Final = ElementMaker()
BAR: Final = "｜"  # in copy, before what a reading stands over
BACK: Final = "\u21a9"  # leftwards arrow with hook: back to the text
_INLINE: Final = {
    "italic": "em",
    "bold": "strong",
    "sup": "sup",
    "sub": "sub",
    "ruby": "ruby",
    "rb": "rb",
    "rt": "rt",
    "named-content": "span",
    "styled-content": "span",
    "mixed-citation": "cite",
}
_EXHIBITS: Final = {"table-wrap": exhibits.table, "fig": exhibits.figure}
# Signs that may not begin a line behind a note call, and so stay with it.
_CLOSING: Final = "、。，．,.;:；：)）]］」』”’!?！？"


def article(report: Element, *, notes: bool = True) -> Element:
    """Return the whole report: opening, body, endnotes; without them where `notes` is False."""
    speech = words(tree.language(report))
    element = E.article(
        opening(report),
        body(report),
        {"class": "report", "id": tree.stem(report), "lang": speech.tag},
    )
    listed = tree.notes(report)
    if notes and listed:
        element.append(endnotes(listed, calls(report), speech, tree.stem(report)))
    return element


def opening(report: Element) -> Element:
    """Return the title block: series, number, date, headline, authors."""
    speech = words(tree.language(report))
    header = E.header({"class": "opening"})
    series = E.p({"class": "series"})
    series.append(E.span(tree.series(report), {"class": "journal"}))
    series[-1].tail = " "
    series.append(E.span(speech.label("number", n=tree.number(report)), {"class": "number"}))
    header.append(series)
    header.append(_dates(report))
    title = E.h1({"id": f"{tree.stem(report)}-title"})
    header.append(_filled(title, tree.headline(report)))
    people = tree.authors(report)
    if people:
        byline = E.p(joined(people, speech), {"class": "byline"})
        header.append(_placed(byline, report.find("front/article-meta/contrib-group")))
    tongues.mark(header, speech.tag)
    return header


def _dates(report: Element) -> Element:
    issued = report.find("front/article-meta/pub-date[@date-type='issued']")
    assert issued is not None, "the schema asks for an issue date"
    line = _placed(E.p({"class": "date"}), issued)
    when = str(issued.get("iso-8601-date"))
    line.append(E.time(printed_date(report), {"datetime": when}))
    corrected = tree.corrected(report)
    if corrected:
        line[-1].tail = " "
        line.append(E.span(f"({corrected})", {"class": "corrected"}))
    return line


def printed_date(report: Element) -> str:
    """Return the issue date as products print it, in the report's language."""
    return words(tree.language(report)).date(tree.date(report))


def joined(names: Sequence[str], speech: Words) -> str:
    """Return names as a list in words: `A`, `A and B`, `A, B and C`; `A、B、C`."""
    if len(names) < 2:
        return "".join(names)
    return speech.label("comma").join(names[:-1]) + speech.label("and") + names[-1]


def body(report: Element) -> Element:
    """Return the running text as a div of class `body`."""
    element = E.div({"class": "body"})
    source = report.find("body")
    assert source is not None, "the schema asks for a body"
    for child in source:
        element.append(_block(child, level=2))
    tongues.mark(element, tree.language(report))
    return element


def _block(source: Element, level: int) -> Element:
    """Return a block: paragraph, quotation, list, table, figure, section (its title as h2 ...)."""
    if source.tag == "sec":
        return _section(source, level)
    if source.tag == "disp-quote":
        quote = E.blockquote()
        if source.get("content-type"):
            quote.set("class", str(source.get("content-type")))
        for child in source:
            quote.append(_block(child, level))
        return _placed(quote, source)
    if source.tag == "list":
        ordered = source.get("list-type") == "order"
        items = etree.Element("ol" if ordered else "ul")
        if source.get("list-type") == "simple":
            items.set("class", "bare")
        for item in source:
            items.append(E.li(*(_block(child, level) for child in item)))
        return _placed(items, source)
    if source.tag in _EXHIBITS:
        return _EXHIBITS[str(source.tag)](source, _filled)
    plain = {"p": "p", "title": "p", "attrib": "footer"}[str(source.tag)]
    element = _filled(etree.Element(plain), source)
    if plain != source.tag:
        element.set("class", source.tag)
    return element


def _section(source: Element, level: int) -> Element:
    section = _placed(E.section(), source)
    for child in source:
        if child.tag == "title":
            section.append(_filled(etree.Element(f"h{min(level, 6)}"), child))
        else:
            section.append(_block(child, level + 1))
    return section


def endnotes(
    notes: Sequence[Element], cited: Mapping[str, list[Element]], speech: Words, stem: str
) -> Element:
    """Return the notes as an ordered list, each with a link back to every place that cites it."""
    title = f"{stem}-notes-title"
    section = E.section(
        E.h2(speech.label("notes"), id=title),
        {"class": "endnotes", "role": "doc-endnotes", "id": f"{stem}-notes"},
    )
    section.set("aria-labelledby", title)
    items = E.ol()
    for note in notes:
        items.append(_note(note, cited.get(str(note.get("id")), []), speech))
    section.append(items)
    tongues.mark(section, speech.tag)
    return section


def _note(note: Element, cited: Sequence[Element], speech: Words) -> Element:
    number = printed_of(note)
    item = _placed(E.li(value=number), note)
    for paragraph in note.iterfind("p"):
        item.append(_filled(E.p(), paragraph))
    if faulty(note):
        item.set("class", str(note.get(tree.STATE)))
        mark = E.strong(flag(number), {"class": "fault"})
        mark.tail = f" {item[0].text or ''}"
        item[0].text = None
        item[0].insert(0, mark)
    for place, marker in enumerate(cited, 1):
        _append(item[-1], "\u00a0" if place == 1 else " ")
        item[-1].append(_back(marker, number, place, len(cited), speech))
    return item


def _back(marker: Element, number: str, place: int, places: int, speech: Words) -> Element:
    key = "backlink" if places == 1 else "backlink-again"
    link = E.a(BACK, {"class": "backlink", "role": "doc-backlink", "href": f"#{marker.get('id')}"})
    link.set("aria-label", speech.label(key, n=number, k=place))
    return link


def _filled(element: Element, source: Element) -> Element:
    """Fill an element with the text and inline elements of `source`, and note its place."""
    _placed(element, source)
    element.text = source.text
    for child in source:
        if child.tag == "xref" and child.get("ref-type") != MENTION:
            _call(element, child)
        else:
            element.append(_inline(child))
            element[-1].tail = child.tail
    return element


def _inline(source: Element) -> Element:
    if source.tag == "xref":
        return _mention(source)
    if source.tag == "ext-link":
        return _filled(E.a({"class": "url", "href": lawful(str(source.get(HREF)))}), source)
    return _standing(_filled(etree.Element(_INLINE[str(source.tag)]), source), source)


def _call(element: Element, marker: Element) -> None:
    """Append a note call: tight to the text before it, and kept on one line with it.

    White space before a superscript call is a habit of typed copy, not of print. Between a Latin
    letter and a digit no line breaks anyway (Unicode Standard Annex 14, LB23).
    """
    before = _take_before(element)
    tail = marker.tail or ""
    after = len(tail) - len(tail.lstrip(_CLOSING))
    last = element[-1] if len(element) else None
    beside = last is not None and last.get("class") in {"keep", "keep next"} and not last.tail
    # Two calls in a row stand apart: ⁶⁷ would be note 67.
    keep = E.span(before, {"class": "keep next" if beside and not before else "keep"})
    keep.append(_noteref(marker))
    keep[-1].tail = tail[:after]
    keep.tail = tail[after:]
    element.append(keep)


def _take_before(element: Element) -> str:
    """Strip white space from the end of what `element` holds; take its last sign unless Latin."""
    held = (element[-1].tail if len(element) else element.text) or ""
    held = held.rstrip()
    if not held and len(element):
        _close(element[-1])
    kept = "" if not held or (held[-1].isascii() and held[-1].isalnum()) else held[-1]
    rest = held[: len(held) - len(kept)]
    if len(element):
        element[-1].tail = rest
    else:
        element.text = rest
    return kept


def _close(phrase: Element) -> None:
    """Strip white space from the end of a phrase that a call follows, however deep it stands."""
    if not len(phrase):
        phrase.text = (phrase.text or "").rstrip()
        return
    phrase[-1].tail = (phrase[-1].tail or "").rstrip()
    if not phrase[-1].tail:
        _close(phrase[-1])


def _noteref(marker: Element) -> Element:
    number = printed_of(marker)
    if marker.get("rid"):
        link = E.a(number, {"class": "noteref", "role": "doc-noteref"})
        link.set("href", f"#{marker.get('rid')}")
        return _standing(link, marker)
    return _standing(E.span(flag(number), {"class": "noteref missing"}), marker)


def _mention(source: Element) -> Element:
    """Return the number in a mention of a note: a plain link, in the line and without a role."""
    link = E.a(printed_of(source), {"class": "mention"})
    if source.get("rid"):
        link.set("href", f"#{source.get('rid')}")
    return _standing(link, source)


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _standing(element: Element, source: Element) -> Element:
    """Place an element, and say for how many letters of the copy it stands: `[注1]` are four."""
    if source.get(AT) and source.get(AS):
        element.set("data-letters", str(len("".join(str(source.get(AS)).split()))))
        if source.tag == "ruby" and str(source.get(AS)).startswith(BAR):
            line, column = str(source.get(AT)).split(":")
            element[0].set("data-at", f"{line}:{int(column) + 1}")
    return _placed(element, source)


def _placed(element: Element, source: Element | None) -> Element:
    """Copy id, place and language of `source` to an element that has no id of its own."""
    if source is not None and source.get(AT):
        element.set("data-at", str(source.get(AT)))
    if source is not None and source.get("id") and not element.get("id"):
        element.set("id", str(source.get("id")))
    if source is not None and source.get(LANG):
        element.set("lang", str(source.get(LANG)))
    return element
