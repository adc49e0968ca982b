"""The printable document: the articles in order, with all that print asks of the text itself.

What CSS cannot say is said here, on copies: places where an address may break, words that must not,
the short headline of the running head, the sign of a way back, the margin of a draft. None of it
changes what is read: the signs put in (zero-width space, word joiner) draw nothing and leave no
trace in the text of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.builder import E

from watchpress.backends.pdf.sheet import Sheet
from watchpress.catalog import Work
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element, squeeze

# text, families, weight, type size in pt, width in pt -> how many lines it takes
Measure = Callable[[str, str, int, float, float], int]

ZERO: Final = "\u200b"  # zero-width space: a line may end here
JOINER: Final = "\u2060"  # word joiner: a line must not end here
FIXED: Final = "\u00a0"
BACK: Final = "↑"  # the way back to the text: no face of the set has U+21A9
HYPHEN: Final = "\u2010"
GENERATOR: Final = "watchpress"

# After the signs that part an address (Chicago 14.18), never between two of them, never in http://
ADDRESS: Final = re.compile(r"(?<=[/.\-?&=_])(?=[^/.\-?&=_])")
HANGUL: Final = "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e"
UNITS: Final = "年月日時分秒回号条項頁章番度歳人名か所隻件本基個％"
INSIDE: Final = {  # places in which a line may not end, though Unicode would let it
    "ko": re.compile(rf"(?<=[{HANGUL}])(?=\S)|(?<=\S)(?=[{HANGUL}])"),
    "ja": re.compile(rf"(?<=\d)(?=[{UNITS}])"),
}
# In Japanese headlines lines end where a phrase does: after a mark, or else where kana of one word
# are followed by kanji or katakana of the next.
KANA: Final = "\u3041-\u3096"
MARKS: Final = "、。，．！？：；―—…・」』）"
# Dashes and dots in pairs may be one glyph: nothing is put between them (and no line ends there).
PAIRED: Final = "―—…‥─"
CLOSE: Final = rf"(?<=[^\s{PAIRED}])(?=[{MARKS}])"
SENTENCE: Final = re.compile(rf"(?<=[^{MARKS}\s])(?=[^\s{PAIRED}])|{CLOSE}")
PHRASE: Final = re.compile(
    rf"(?<=[{KANA}])(?=[{KANA}])|(?<=[^{KANA}{MARKS}\s])(?=[^\s{PAIRED}])|{CLOSE}"
)
LETTERS: Final = re.compile(rf"(?<=[^{PAIRED}])(?=[^{PAIRED}])")
ENDING: Final = 4  # letters that the last line of a Japanese paragraph has at least
LAST: Final = re.compile(r"(?:\S+\s+(?=\S{1,4}$))?\S{1,24}$")  # a last word, two if it is short
OPENING: Final = "「『（〈《【〔“‘"
FILLERS: Final = re.compile(r"(?:\s[a-z]{1,3})+$")  # in, of the, to: nor in one of these
WEAK: Final = " 　,.:;、。，．：；・–—―-"  # what a cut headline does not end in


def document(articles: Iterable[Element], work: Work, measure: Measure) -> Element:
    """Return the html element of one document made of `articles`, which stay as they are."""
    body = E.body(*(_article(deepcopy(article), work, measure) for article in articles))
    if work.profile == "draft":
        body.set("class", "draft")
        _annotate(body, work)
    return E.html(_head(work, body), body, {"lang": work.language})


def _head(work: Work, body: Element) -> Element:
    moment = work.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [("author", name) for name in _authors(work)]
    facts += [("description", _series(article)) for article in body[:1]]
    facts += [("generator", GENERATOR), ("dcterms.created", moment), ("dcterms.modified", moment)]
    metas = [E.meta({"name": name, "content": content}) for name, content in facts if content]
    return E.head(E.meta({"charset": "utf-8"}), E.title(work.title), *metas)


def _authors(work: Work) -> list[str]:
    names = (name for report in work.reports for name in tree.authors(report))
    return list(dict.fromkeys(names))


def _article(article: Element, work: Work, measure: Measure) -> Element:
    language = article.get("lang") or work.language
    sheet = Sheet(work.trim, language)
    _titles(article, sheet)
    _calls(article, language)
    for link in article.iterfind(".//a[@class='url']"):
        link.text = breakable(link.text or "")
    for paragraph in article.iterfind(".//p"):
        if squeeze("".join(paragraph.itertext()))[:1] in tuple(OPENING):
            _add(paragraph, "bracket")
    for paragraph in article.iterfind(".//*[@class='body']//p"):
        _end(paragraph, language)
    for ruby in article.iterfind(".//ruby"):
        _bracket(ruby)
    _join(article, language)
    _shape(article, sheet, measure)
    return article


def _end(paragraph: Element, language: str) -> None:
    """Keep the last line of a paragraph from being a piece of a word, or a letter or two."""
    slot, holder = ("tail", paragraph[-1]) if len(paragraph) else ("text", paragraph)
    text = getattr(holder, slot) or ""
    if _language(paragraph, language) == "ja":
        setattr(holder, slot, text[:-ENDING] + LETTERS.sub(JOINER, text[-ENDING:]))
        return
    match = LAST.search(text)
    if match:
        end = E.span(FIXED.join(match[0].split()), {"class": "keep"})
        setattr(holder, slot, text[: match.start()])
        paragraph.append(end)


def _titles(article: Element, sheet: Sheet) -> None:
    """Set what bookmarks and running heads say."""
    series, title = _series(article), article.find(".//h1")
    headline = "" if title is None else squeeze("".join(title.itertext()))
    room = sheet.measure / (0.8 * sheet.size * sheet.hand.letter) - len(series) - 4
    heads = {
        "body": shortened(headline, int(room)),
        "endnotes": words(sheet.language).label("notes"),
    }
    for name, head in heads.items():
        for part in article.iterfind(f".//*[@class='{name}']"):
            part.set("data-series", series)
            part.set("data-running", head)
    for heading in article.iter("h1", "h2", "h3"):
        heading.set("data-label", squeeze("".join(heading.itertext())))


def _shape(article: Element, sheet: Sheet, measure: Measure) -> None:
    """Choose where the lines of headings end."""
    for heading in article.iter("h1", "h2", "h3"):
        _phrase(heading, sheet, measure)
    for title in article.iter("h1"):
        _balance(title, sheet, measure)


def _phrase(heading: Element, sheet: Sheet, measure: Measure) -> None:
    """Let the lines of a Japanese heading end between phrases, between sentences if that fits."""
    if sheet.language != "ja" or len(heading):
        return
    text = heading.text or ""
    phrases, sentences = (rule.sub(JOINER, text) for rule in (PHRASE, SENTENCE))
    least = _lines(phrases, sheet, measure, sheet.measure)
    longest = max(map(len, re.split(rf"(?<=[{MARKS}])(?![{MARKS}])", text)))
    fits = longest * sheet.hand.headline * sheet.size <= sheet.measure
    if fits and _lines(sentences, sheet, measure, sheet.measure) == least:
        phrases = sentences
    heading.text = phrases


def _balance(title: Element, sheet: Sheet, measure: Measure) -> None:
    """Let the lines of the headline be of one length: the least width of as few lines."""
    text = "".join(title.itertext())
    lines = _lines(text, sheet, measure, sheet.measure)
    low, high = sheet.measure / 2, sheet.measure
    while high - low > 2 and lines > 1:
        middle = (low + high) / 2
        if _lines(text, sheet, measure, middle) > lines:
            low = middle
        else:
            high = middle
    title.set("style", f"max-width: {high + 1:.0f}pt")
    if lines % 2:
        _add(title, "odd")


def _lines(text: str, sheet: Sheet, measure: Measure, width: float) -> int:
    hand = sheet.hand
    return measure(text, ",".join(hand.families), hand.bold, hand.headline * sheet.size, width)


def _series(article: Element) -> str:
    found = article.find(".//p[@class='series']")
    return "" if found is None else squeeze("".join(found.itertext()))


def _calls(article: Element, language: str) -> None:
    """Give each call its words for those who hear it, each way back a sign that we can print."""
    for link in article.iterfind(".//a[@class='noteref']"):
        if not link.get("aria-label"):
            link.set("aria-label", words(language).label("note", n="".join(link.itertext())))
    for link in article.iterfind(".//a[@class='backlink']"):
        link.text = BACK
        before = link.getprevious()
        if before is not None:
            before.tail = _fixed(before.tail)
        else:
            parent = link.getparent()
            assert parent is not None, "a way back stands in a paragraph"
            parent.text = _fixed(parent.text)


def _fixed(text: str | None) -> str:
    # The sign never stands alone on a line.
    return (text or "").rstrip() + FIXED


def _bracket(ruby: Element) -> None:
    """Put readings in brackets after their words: WeasyPrint cannot set them above."""
    for reading in list(ruby.iterfind("rt")):
        reading.addprevious(E.rp("（"))
        tail, reading.tail = reading.tail, None
        closing = E.rp("）")
        closing.tail = tail
        reading.addnext(closing)


def _join(article: Element, language: str) -> None:
    """Say where lines may not break, in each language, and tell real hyphens from those of lines.

    Korean words stay whole; a Japanese number stays with its unit.
    """
    before = ""
    for element, slot, text in _texts(article):
        owner = element if slot == "text" else element.getparent()
        rule = INSIDE.get("" if owner is None else _language(owner, language))
        new = text.replace(HYPHEN, HYPHEN + ZERO)
        if rule is not None and element.get("class") != "url":
            joined = rule.sub(JOINER, before + new)
            new = joined[len(before) :]
        before = text[-1:]
        setattr(element, slot, new)


def _texts(element: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield the strings below `element` in their order: whose they are, text or tail, and what."""
    if element.text:
        yield element, "text", element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def _language(element: Element, default: str) -> str:
    for node in (element, *element.iterancestors()):
        if node.get("lang"):
            return str(node.get("lang")).split("-", 1)[0].lower()
    return default


def breakable(address: str) -> str:
    """Return an address with a zero-width space wherever a line may end in it."""
    scheme, mark, rest = address.partition("://")
    return scheme + mark + ADDRESS.sub(ZERO, rest) if mark else ADDRESS.sub(ZERO, address)


def shortened(text: str, most: int) -> str:
    """Return `text`, or what of its beginning fits into `most` letters with an ellipsis.

    Cut between words; where there are none (Japanese), after a mark if one is near, else anywhere.
    """
    if len(text) <= most:
        return text
    room = text[: max(most - 1, 1)]
    ends = [match.start() for match in re.finditer(r"[\s、。：・―—]", text[: len(room) + 1])]
    last = max(ends, default=0)
    if last > len(room) * 0.55:
        room = room[:last]
    return FILLERS.sub("", room.rstrip(WEAK)).rstrip(WEAK) + "…"


def _add(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _annotate(body: Element, work: Work) -> None:
    """Hang the lines of the copy in the margin, and each finding beside what it is about."""
    spots = [node for node in body.iter() if node.get("data-at")]
    for node in spots:
        if node.tag in ("p", "h1", "h2", "h3") or (node.tag == "li"):
            line = str(node.get("data-at")).partition(":")[0]
            _insert(node, E.span(line, {"class": "gutter"}))
    for finding in work.findings:
        spot = _nearest(spots, finding.place.line, finding.place.column)
        if spot is not None:
            _insert(spot, E.span(finding.code, {"class": f"gutter mark {finding.severity}"}))


def _nearest(spots: Sequence[Element], line: int, column: int) -> Element | None:
    """Return the last of `spots` that begins at or before a place of the copy."""
    found = [spot for spot in spots if _at(spot) <= (line, column)]
    return max(found, key=_at, default=None)


def _at(element: Element) -> tuple[int, int]:
    line, _, column = str(element.get("data-at")).partition(":")
    return int(line), int(column or 0)


def _insert(node: Element, mark: Element) -> None:
    """Put `mark` where `node` begins: before a call, else at the front of its first line."""
    if node.tag in ("a", "span"):
        mark.tail = None
        node.addprevious(mark)
        return
    while len(node) and node[0].tag in ("p", "blockquote") and not squeeze(node.text or ""):
        node = node[0]
    mark.tail, node.text = node.text, None
    node.insert(0, mark)


def serialize(html: Element) -> bytes:
    """Return the document as bytes that any XML parser reads."""
    out: bytes = etree.tostring(html, encoding="utf-8")
    return out
