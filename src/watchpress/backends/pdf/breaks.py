"""Where lines may end and where not: signs put into the text that draw nothing.

Zero-width space (U+200B) lets a line end, word joiner (U+2060) forbids it. Neither is in the text
layer of the PDF: Pango draws nothing for them, and what is not drawn has no letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from lxml.builder import E

from watchpress.backends.pdf.sheet import Sheet, guest
from watchpress.language.bonds import FIXED, bound
from watchpress.language.kinsoku import barred
from watchpress.language.words import spaced
from watchpress.model.tree import Element

# text, families, weight, type size in pt, width in pt, language -> how many lines it takes
Measure = Callable[[str, str, int, float, float, str], int]

ZERO: Final = "\u200b"  # zero-width space: a line may end here
JOINER: Final = "\u2060"  # word joiner: a line must not end here
HYPHEN: Final = "\u2010"

# After the signs that part an address (Chicago Manual of Style, 14.18), never between two of them.
ADDRESS: Final = re.compile(r"(?<=/)(?=[^/])|(?<=[^/])(?=[.?&=#_~%\-][^/])")
ATOM: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})|.")
FILLED: Final = 0.8  # share of the width that parts of a headline have alone, at least
BRIEF: Final = 8  # letters of a running head that are left in any case
LONG: Final = 40  # letters of an address that fit a line of the narrowest trim
HANGUL: Final = "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e"
UNITS: Final = "年月日時分秒回号条項頁章番度歳人名か所隻件本基個％"
INLINE: Final = frozenset(
    ("a", "cite", "em", "rb", "rp", "rt", "ruby", "span", "strong", "sub", "sup", "time")
)
WHOLE: Final = re.compile(
    rf"(?<=[{HANGUL}])(?=[^\s(\[（［「『〈《“‘])|(?<=[^\s(\[])(?=[{HANGUL}])"
    r"|(?<=\S)(?=[—–])|(?<=\bp\.)(?=\d)|(?<=\bpp\.)(?=\d)"
)
INSIDE: Final = {  # places in which a line may not end, though Unicode would let it
    "ja": re.compile(rf"(?<=\d)(?=[{UNITS}])|(?<=第)(?=\d)"),
}
# In Japanese headlines lines end where a phrase does: after a mark, or else where kana of one word
# are followed by kanji or katakana of the next. Dashes and dots in pairs may be one glyph: nothing
# is put between them (and no line ends there).
KANA: Final = "\u3041-\u3096"
MARKS: Final = "、。，．！？：；―—…・」』）"
PAIRED: Final = "―—…‥─"
# Nor between two Latin letters, where no line ends anyway: a ligature round a sign that is not
# drawn has no letters in the text layer.
LATIN: Final = "A-Za-z\u00c0-\u024f"
APART: Final = rf"(?!(?<=[{LATIN}])[{LATIN}])"
CLOSE: Final = rf"(?<=[^\s{PAIRED}])(?=[{MARKS}])"
SENTENCE: Final = re.compile(rf"{APART}(?:(?<=[^{MARKS}\s])(?=[^\s{PAIRED}])|{CLOSE})")
PHRASE: Final = re.compile(
    rf"{APART}(?:(?<=[{KANA}])(?=[{KANA}])|(?<=[^{KANA}{MARKS}\s])(?=[^\s{PAIRED}])|{CLOSE})"
)
LETTERS: Final = re.compile(rf"{APART}(?<=[^{PAIRED}])(?=[^{PAIRED}])")
SHORT: Final = 4  # letters of a word that a Japanese cell has in one line,
PARTS: Final = (3, 2)  # and of each part of a longer one, where kinsoku allows that; else
PIECE: Final = re.compile(rf"[^\s{JOINER}](?:{JOINER}[^\s{JOINER}])+")
DATED: Final = re.compile(rf"(?<=[年月]){JOINER}(?=\d)")
SPACE: Final = 0.3  # em: more than a space is wide
ENDING: Final = 4  # letters that the last line of a Japanese paragraph has at least
LAST: Final = re.compile(r"(?:\S+\s+(?=\S{1,6}$))?\S{1,24}$")  # a last word, two if it is short
ENDS: Final = re.compile(r"[^\s、。]{1,3}$")
FILLERS: Final = re.compile(r"(?:\s[A-Za-z]{1,3})+$")  # in, of the, to: no cut headline ends so,
WEAK: Final = " 　,.:;、。，．：；・–—―-"  # nor in one of these


def address(text: str) -> str:
    """Return an address with a zero-width space wherever a line may end in it: not in `http://`.

    So that it never sticks out, a line may also end within a part of more than LONG letters.
    """
    scheme, mark, rest = text.rpartition("://")
    parts = ADDRESS.split(rest)
    rest = ZERO.join(part if len(part) <= LONG else ZERO.join(ATOM.findall(part)) for part in parts)
    # A real hyphen never ends a line of an address: it would look like one that the setter put.
    rest = rest.replace("-", "-" + JOINER).replace(JOINER + ZERO, ZERO)
    return f"{scheme}:{JOINER}/{JOINER}/{JOINER}{rest}" if mark else rest


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


def fitted(text: str, most: int, fits: Callable[[str], bool]) -> str:
    """Return `text` shortened to `most` letters, to fewer where it does not fit in as many."""
    while not fits(head := shortened(text, most)) and most > BRIEF:
        most -= 1
    return head


def tie(article: Element, language: str) -> None:
    """Say where lines may not end within words, and tell real hyphens from those of line ends.

    Korean words stay whole; a Japanese number stays with its unit.
    """
    before, block = "", None
    for element, slot, text in _texts(article):
        owner = element if slot == "text" else element.getparent()
        assert owner is not None, "a tail has an element around it"
        tongue = spoken(owner, language)
        rule = INSIDE.get(tongue)
        while owner.tag in INLINE and (around := owner.getparent()) is not None:
            owner = around
        before, block = before if owner is block else "", owner
        new = text.replace(HYPHEN, HYPHEN + ZERO)
        if element.get("class") != "url" or slot == "tail":
            new = bound(new, tongue)
            for one in (WHOLE, rule):
                if one is not None:
                    new = one.sub(JOINER, before + new)[len(before) :]
        before = text[-1:]
        setattr(element, slot, new)


def cells(article: Element, language: str) -> None:
    """Keep words in the cells of Japanese tables whole, or parts of them, as PARTS says.

    Else a column may be one letter wide. In a date a line may end behind year and month.
    """
    for cell in article.iterfind(".//figure/table//*"):
        if cell.tag not in ("th", "td") or spaced(spoken(cell, language)):
            continue
        for element, slot, text in _texts(cell):
            joined = DATED.sub("", PHRASE.sub(JOINER, text))
            setattr(element, slot, PIECE.sub(_parts, joined))


def _parts(piece: re.Match[str]) -> str:
    """Let a line end within a word that is joined throughout, between parts of some letters."""
    word = piece[0].replace(JOINER, "")
    ends = next(filter(None, (_ends(word, least) for least in PARTS)), [])
    bounds = [0, *ends, len(word)]
    return "".join(JOINER.join(word[start:end]) for start, end in pairwise(bounds))


def _ends(word: str, least: int) -> list[int]:
    """Return where lines may end in a word so that each part but the last has `least` letters."""
    never, ends = barred(word), [0]
    for place in range(len(word) - min(PARTS) + 1):
        if place - ends[-1] >= least and place not in never and len(word) > SHORT:
            ends.append(place)
    return ends[1:]


def close(paragraph: Element, language: str) -> None:
    """Keep the last line of a paragraph from being a piece of a word, or a letter or two."""
    slot, holder = ("tail", paragraph[-1]) if len(paragraph) else ("text", paragraph)
    text = getattr(holder, slot) or ""
    if not text.strip() and len(paragraph) and paragraph[-1].get("class") == "keep":
        keep, prior = paragraph[-1], paragraph[-1].getprevious()
        slot, holder = ("tail", prior) if prior is not None else ("text", paragraph)
        text = getattr(holder, slot) or ""
        match = (LAST if spaced(spoken(paragraph, language)) else ENDS).search(text)
        if match:  # the call's span, which is kept whole, takes the last word in
            keep.text = FIXED.join(match[0].split()) + (keep.text or "")
            setattr(holder, slot, text[: match.start()])
        return
    if not spaced(spoken(paragraph, language)):
        setattr(holder, slot, text[:-ENDING] + LETTERS.sub(JOINER, text[-ENDING:]))
        return
    match = LAST.search(text)
    if match:
        end = E.span(FIXED.join(match[0].split()), {"class": "keep"})
        setattr(holder, slot, text[: match.start()])
        paragraph.append(end)


def shape(article: Element, sheet: Sheet, measure: Measure) -> None:
    """Choose where the lines of headings end, each by the rules of its own language."""
    for heading in article.iter("h1", "h2", "h3"):
        _phrase(heading, guest(sheet, spoken(heading, sheet.language)), measure)
    for title in article.iter("h1"):
        _balance(title, guest(sheet, spoken(title, sheet.language)), measure)
    for part in article.iterfind(".//span[@class='headline']"):
        if not spaced(spoken(part, sheet.language)):
            part.text = PHRASE.sub(JOINER, part.text or "")


def _phrase(heading: Element, sheet: Sheet, measure: Measure) -> None:
    """Let the lines of a Japanese heading end between phrases, between sentences if that fits."""
    if spaced(spoken(heading, sheet.language)) or len(heading):
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
    """Let the lines of the headline be of one length: the least width of as few lines.

    A line ends after the colon where that costs no line and leaves no word alone.
    """
    text = "".join(title.itertext())
    lines = _lines(text, sheet, measure, sheet.measure)
    width = _narrowest([text], lines, sheet, measure)
    head, colon, rest = text.partition(": ")
    parts = [f"{head}:", rest]
    if (
        colon
        and not len(title)
        and spaced(sheet.language)
        and _parted(parts, lines, sheet, measure)
    ):
        width = _narrowest(parts, lines, sheet, measure)
        title.text = f"{head}: "
        title.append(E.br())
        title[-1].tail = rest
    title.set("style", f"max-width: {width + 1:.0f}pt")
    # Its lines are one and a half of the text's: an odd number of them leaves half a line.
    if lines % 2:
        title.set("class", "odd")


def _parted(parts: Sequence[str], lines: int, sheet: Sheet, measure: Measure) -> bool:
    """Say whether parts may begin lines of their own: in as few lines, all of them well filled."""
    counts = [_lines(part, sheet, measure, sheet.measure) for part in parts]
    if sum(counts) > lines:
        return False
    width = _narrowest(parts, lines, sheet, measure)
    alone = [
        _narrowest([part], count, sheet, measure) for part, count in zip(parts, counts, strict=True)
    ]
    return all(own > FILLED * width for own, count in zip(alone, counts, strict=True) if count > 1)


def _narrowest(parts: Sequence[str], lines: int, sheet: Sheet, measure: Measure) -> float:
    """Return the least width in pt at which the parts together take no more than `lines`."""
    low, high = sheet.measure / 2, sheet.measure
    while high - low > 2 and lines > 1:
        middle = (low + high) / 2
        if sum(_lines(part, sheet, measure, middle) for part in parts) > lines:
            low = middle
        else:
            high = middle
    return high


def _lines(text: str, sheet: Sheet, measure: Measure, width: float) -> int:
    hand, size = sheet.hand, sheet.hand.headline * sheet.size
    families = ",".join(hand.families)
    # WeasyPrint wants room for the space at the end of a line too.
    return measure(text, families, hand.bold, size, width - SPACE * size, sheet.language)


def _texts(element: Element) -> Iterator[tuple[Element, str, str]]:
    """Yield the strings below `element` in their order: whose they are, text or tail, and what."""
    if element.text:
        yield element, "text", element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail


def spoken(element: Element, default: str) -> str:
    """Return the language of an element, without region: its own, or the nearest around it."""
    for node in (element, *element.iterancestors()):
        if node.get("lang"):
            return str(node.get("lang")).split("-", 1)[0].lower()
    return default.split("-", 1)[0].lower()
