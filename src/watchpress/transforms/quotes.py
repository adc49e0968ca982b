"""Quotations: paragraphs that quote, after a colon or at the opening, become block quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from watchpress.diagnostic import Tell, remark
from watchpress.language.words import words
from watchpress.model.tree import AT, STAGE, Element, language, markers, place, squeeze, stem

_COLON: Final = re.compile(r"[:：]$")
# What may follow a quotation in its paragraph: a stop, remarks in brackets, who said it.
_AFTER: Final = re.compile(
    r"^(?:[\s.,。、．，;；]|[\[［(（][^\[\]［］()（）]{1,80}[\])）］])*(?:[—–―].{2,80})?$"
)
LONGEST: Final = 12  # paragraphs that one quotation may run through without closing


def apply(report: Element, tell: Tell) -> None:
    """Wrap quoting paragraphs into disp-quote elements.

    Quoting are the paragraphs after a line that ends in a colon (a marker may stand behind or
    before it), and the opening of the report, if each is one quotation from its first character to
    its last. Tells Q101 (a colon, but no quotation marks), Q102 (a quotation never closed). A
    report that has been through this once is left alone: an editor may have decided otherwise.
    """
    if report.get(STAGE) == "set":
        return
    marks = words(language(report)).quotes
    body = report.find("body")
    assert body is not None, "the schema asks for a body"
    for holder in (body, *body.iter("sec")):
        _quote(holder, marks, tell, opening=holder is body)
    for number, quote in enumerate(body.iter("disp-quote"), 1):
        quote.set("id", f"{stem(report)}-q{number}")


def _quote(holder: Element, marks: Mapping[str, str], tell: Tell, *, opening: bool) -> None:
    paragraph = next((child for child in holder if child.tag == "p"), None)
    if opening and paragraph is not None and paragraph is holder[0]:
        opens = quoted(words_of(paragraph), marks) == "whole"
        run = _run(paragraph, marks, tell) if opens and _plain_next(paragraph, marks) else []
        _wrap(run)
    for paragraph in [child for child in holder if child.tag == "p"]:
        after = paragraph.getnext()
        if paragraph.getparent() is holder and introduces(paragraph) and after is not None:
            _introduced(paragraph, after, marks, tell)


def _plain_next(paragraph: Element, marks: Mapping[str, str]) -> bool:
    """Say whether the report goes on in its own voice: else no motto, but a quoting report."""
    after = paragraph.getnext()
    return after is not None and words_of(after)[:1] not in marks


def _introduced(paragraph: Element, after: Element, marks: Mapping[str, str], tell: Tell) -> None:
    if after.tag != "p":
        return
    if quoted(words_of(after), marks):
        _wrap(_run(after, marks, tell))
    else:
        tell(remark("Q103" if words_of(after)[:1] in marks else "Q101", place(after)))


def introduces(paragraph: Element) -> bool:
    """Say whether a paragraph ends in a colon, markers behind it aside."""
    return _COLON.search(words_of(paragraph)) is not None


def words_of(paragraph: Element) -> str:
    """Return the text of a paragraph without its note markers."""
    calls = set(markers(paragraph))
    pieces = [paragraph.text or ""]
    for child in paragraph:
        pieces.append("" if child in calls else "".join(child.itertext()))
        pieces.append(child.tail or "")
    return squeeze("".join(pieces))


def quoted(text: str, marks: Mapping[str, str]) -> str:
    """Return `whole` (one quotation from end to end), `open` (never closed), or `` (neither)."""
    if text[:1] not in marks:
        return ""
    end = closing(text, marks)
    if end is None:
        return "open"
    return "whole" if _AFTER.match(text[end + 1 :]) else ""


def closing(text: str, marks: Mapping[str, str]) -> int | None:
    """Return where the quotation that `text` opens with is closed; None where it is not.

    A ’ is an apostrophe more often than a closing mark: before a letter it never counts, and where
    nothing else opens with ‘ the last one closes.
    """
    start, end, depth = text[0], marks[text[0]], 0
    if start == "‘":
        ends = [match.start() for match in re.finditer(r"’(?!\w)", text)]
        if text.count(start) == 1:
            return ends[-1] if ends else None
        text = re.sub(r"’(?=\w)", "'", text)
    for index, sign in enumerate(text):
        if sign == end and (start != end or index):
            depth -= 1
            if depth <= 0:
                return index
        elif sign == start:
            depth += 1
    return None


def _run(first: Element, marks: Mapping[str, str], tell: Tell) -> list[Element]:
    """Return the paragraphs of a quotation that begins with `first`."""
    run = [first]
    state = quoted(words_of(first), marks)
    while state:
        after = run[-1].getnext()
        if after is None or after.tag != "p":
            if state == "open":
                run += _rest(run, marks, tell)
            break
        found = quoted(words_of(after), marks)
        if not found:
            if state == "open":
                run += _rest(run, marks, tell)
            break
        run.append(after)
        state = found
    return run


def _rest(run: list[Element], marks: Mapping[str, str], tell: Tell) -> list[Element]:
    """Return the paragraphs up to the closing of a quotation that only its first one opens."""
    start = words_of(run[-1])[0]
    end = marks[start]
    rest: list[Element] = []
    after = run[-1].getnext()
    while after is not None and after.tag == "p" and len(rest) < LONGEST:
        rest.append(after)
        if _closes(words_of(after), start, end):
            return rest
        after = after.getnext()
    tell(remark("Q102", place(run[-1]), mark=end))
    return []


def _closes(text: str, start: str, end: str) -> bool:
    """Say whether a paragraph closes what another one opened, beyond its own quotations."""
    if start == end:
        return text.count(end) % 2 == 1
    return text.count(end) > text.count(start)


def _wrap(run: list[Element]) -> None:
    if not run:
        return
    quote = etree.Element("disp-quote")
    quote.set(AT, str(run[0].get(AT)))
    run[0].addprevious(quote)
    quote.extend(run)
