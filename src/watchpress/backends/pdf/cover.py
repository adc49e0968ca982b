"""The cover: back, spine and front of a printed book on one sheet, or the front as a page.

It is drawn from the metadata, in the colours of the EPUB's cover. The engine sets no vertical
lines: a Japanese title on the spine is set letter below letter, with the vertical forms of signs;
Latin words and numbers in it stand upright too, not turned as a vertical line would have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from lxml.builder import E

from watchpress.backends.pdf import dress, engine, sheet, writer
from watchpress.backends.pdf.breaks import Measure
from watchpress.backends.pdf.facts import Compiled, Facts
from watchpress.backends.pdf.hand import hand
from watchpress.backends.pdf.sheet import MM
from watchpress.backends.pdf.spine import BAND, BOARD, Cloth, cut, mm, panel, spine, thickness
from watchpress.backends.pdf.writer import needed
from watchpress.catalog import Volume, Work
from watchpress.diagnostic import Place, Tell
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.xhtml.article import joined
from watchpress.xhtml.front import CREDITED, numbers, people, said, series_of

BLEED: Final = 3.0  # mm beyond the trim, as printers ask for
MOST: Final = 12  # headlines that the back has room for, a line or two each
HEADLINES: Final = 9  # of them where translations stand below: none may touch the foot
SIZES: Final = (40, 36, 33, 30, 27, 24, 21, 18, 15)  # pt on A5, of the title
FLOOR: Final = 0.94  # of the height: the foot of the lines with people, numbers, publisher
LINES: Final = 3  # that a title may take at its size
LINE: Final = 1.35  # em from line to line of small type


def cover(
    volume: Volume,
    pages: int,
    styles: Styles,
    tell: Tell,
    *,
    bleed: float = BLEED,
    board: float = BOARD,
) -> bytes:
    """Return the cover of a printed book as a PDF of one page: back, spine, front.

    `pages` of the book and the thickness of its `board` (mm) give the width of the spine; TrimBox
    and BleedBox are set. Raises EngineMissing where WeasyPrint cannot run; tells what
    `writer.compile` does of letters and rules.
    """
    cloth = Cloth(volume.trim, thickness(volume, pages, board), bleed, volume.theme)
    return _drawn(volume, cloth, styles, tell).data


def front(volume: Volume, styles: Styles, tell: Tell) -> Compiled:
    """Return the front of the cover as a page of the trim, tagged as PDF/UA-1; see `cover`."""
    return _drawn(volume, Cloth(volume.trim, 0.0, 0.0, volume.theme), styles, tell)


def _drawn(volume: Volume, cloth: Cloth, styles: Styles, tell: Tell) -> Compiled:
    engine.load()
    # Imported now: these rooms import WeasyPrint.
    from weasyprint.text.fonts import FontConfiguration

    from watchpress.backends.pdf import layout, sight
    from watchpress.backends.pdf.fetch import ruled
    from watchpress.backends.pdf.type import Fonts, lines

    draft = _article(volume, cloth, lambda *_: 1)
    faces = needed([draft], fonts.faces(volume.theme.family))
    measure = partial(lines, Fonts(faces) if faces else FontConfiguration())
    article = _article(volume, cloth, measure)
    reports = tuple(report for entry in volume.entries for report in entry.reports)
    facts = (volume.title, volume.languages[0], volume.epoch, volume.trim)
    work = Work(reports, *facts, theme=volume.theme)
    css = [sheet.css(volume.trim, volume.languages[:1], faces, volume.theme)]
    css += [styles.text("cover.css"), dress.cover(volume.theme)]
    home = Place(volume.book.name)
    with layout.listening() as heard, ruled(styles.folder, home):
        document = layout.lay([article], work, [*css, cloth.css()], faces, styles.folder)
        galley = sight.galley(document, {}, pinned=bool(faces))
        data = layout.write(document, tagged=True)
    writer.report(heard, [article], home, tell)
    return Compiled(data, Facts(*layout.facts(document), galley=galley))


def _article(volume: Volume, cloth: Cloth, measure: Measure) -> Element:
    article = E.article({"class": "cover", "id": "cover", "lang": volume.languages[0]})
    height, out = cloth.trim.height, -cloth.bleed
    ink = f"left: {mm(out)}; right: {mm(out)}; top: {mm(out)}; "
    article.append(E.div(**cut("ink", ink + f"height: {mm(height * BAND - out)}")))
    rule = f"left: {mm(out)}; right: {mm(out)}; top: {mm(height * BAND)}"
    article.append(E.div(**cut("rule", rule)))
    article.append(_front(volume, cloth, measure))
    if cloth.spine:
        article.append(spine(volume, cloth))
        article.append(_back(volume, cloth))
    return article


# -- front ----------------------------------------------------------------------------------------


def _front(volume: Volume, cloth: Cloth, measure: Measure) -> Element:
    side = panel("front", cloth.left, cloth.trim.width)
    height = cloth.trim.height
    series = E.div(**cut("block", f"top: {mm(height * 0.07)}"))
    for language in volume.languages:
        if title := series_of(volume, language):
            series.append(E.p(title, {"class": "series", "lang": language}))
    side.append(series)
    name_size = _fitting(volume.book.name, volume.languages[0], cloth, measure, 64, 1)
    name = E.p(volume.book.name, {"class": "name", "style": f"font-size: {name_size:.1f}pt"})
    side.append(E.div(name, **cut("block", f"bottom: {mm(height * (1 - BAND) + 4)}")))
    side.append(_titles(volume, cloth, measure))
    side.append(_foot(volume))
    return side


def _titles(volume: Volume, cloth: Cloth, measure: Measure) -> Element:
    """Return the headlines, the original's large, those of the translations smaller.

    The largest sizes are taken at which all of them stay clear of the lines at the foot.
    """
    heads = _heads(volume)
    lines = len(volume.languages) * 2 + 1.5
    foot = lines * LINE * 9 * cloth.scale / MM
    room = (FLOOR - BAND - 0.07) * cloth.trim.height - foot
    for most in SIZES:
        sizes = [
            _fitting(head, language, cloth, measure, most if not place else most * 0.55, LINES)
            for place, (language, head, _) in enumerate(heads)
        ]
        if sum(map(partial(_height, cloth, measure), heads, sizes)) <= room:
            break
    block = E.div(**cut("block", f"top: {mm(cloth.trim.height * (BAND + 0.07))}"))
    for (language, head, below), size in zip(heads, sizes, strict=True):
        style = f"font-size: {size:.1f}pt"
        block.append(E.p(head, {"class": "title", "lang": language, "style": style}))
        if below:
            block.append(E.p(below, {"class": "subtitle", "lang": language}))
    return block


def _heads(volume: Volume) -> list[tuple[str, str, str]]:
    """Return (language, headline, the line below it) for each language that has a title.

    A title that only repeats what stands in the band gives its place to the subtitle.
    """
    book, first = volume.book, volume.languages[0]
    told = series_of(volume, first) in volume.title and book.name in volume.title
    turned = told and bool(book.subtitle.get(first))
    heads = []
    for language, title in said(volume, book.title):
        subtitle = book.subtitle.get(language, "")
        above = turned and bool(subtitle)
        heads.append((language, subtitle, title) if above else (language, title, subtitle))
    return heads


def _height(cloth: Cloth, measure: Measure, head: tuple[str, str, str], size: float) -> float:
    """Return what a headline and the line below it take, in mm; one line more than measured."""
    language, text, _ = head
    families = ",".join(hand(language, cloth.theme).families)
    bold = hand(language, cloth.theme).bold
    lines = measure(text, families, bold, size, cloth.trim.width * 0.82 * MM, language)
    spare = 1 if lines > 1 else 0
    return ((lines + spare) * size * 1.4 + 24 * cloth.scale) / MM


def _foot(volume: Volume) -> Element:
    """Return the lines at the foot: who wrote (or edited) it, then publisher and numbers."""
    block = E.div({"class": "block foot"})
    for language in volume.languages:
        if line := next(_credits(volume, language), ""):
            block.append(E.p(line, {"class": "people", "lang": language}))
    houses = volume.book.publisher
    for language in volume.languages:
        line = " · ".join(filter(None, (houses.get(language), numbers(volume, language))))
        if line:
            block.append(E.p(line, {"class": "publisher", "lang": language}))
    return block


def _credits(volume: Volume, language: str) -> Iterator[str]:
    speech = words(language)
    for role in CREDITED[:2]:
        names = [person.names[language] for person in people(volume, role, language)]
        if names:
            yield speech.label(f"credit-{role}", names=joined(names, speech))


def _fitting(
    text: str, language: str, cloth: Cloth, measure: Measure, most: float, lines: int
) -> float:
    """Return the largest size in pt at which `text` takes no more than `lines`, and no word breaks.

    Sizes grow with the trim, and so does the room: 82 % of its width.
    """
    room, kind = cloth.trim.width * 0.82 * MM, hand(language, cloth.theme)
    families = ",".join(kind.families)
    pieces = text.split() if words(language).spaced else [text]
    for size in (most, *(s for s in SIZES if s < most)):
        large = size * cloth.scale
        parts = (text, *pieces)
        if all(measure(p, families, kind.bold, large, room, language) <= lines for p in parts):
            return large
    return SIZES[-1] * cloth.scale


# -- back -----------------------------------------------------------------------------------------


def _back(volume: Volume, cloth: Cloth) -> Element:
    """Return the back: what is in the book, its publisher, its numbers."""
    side = panel("back", 0.0, cloth.trim.width)
    if len(volume.entries) <= MOST:
        style = f"top: {mm(cloth.trim.height * (BAND + 0.07))}"
        side.append(E.div(*_headlines(volume), **cut("block list", style)))
    foot = E.div({"class": "block foot"})
    for language in volume.languages:
        for texts in (volume.book.publisher, volume.book.address):
            if text := texts.get(language):
                foot.append(E.p(text, {"lang": language}))
    side.append(foot)
    codes = [("ISBN", volume.book.isbn), ("ISSN", volume.book.issn)]
    lines = [E.p(f"{name} {code}") for name, code in codes if code]
    if lines:
        side.append(E.div(*lines, {"class": "codes"}))
    return side


def _headlines(volume: Volume) -> Iterator[Element]:
    """Yield number and headline of each entry; in all languages where there is room, else in one.

    Where an entry has not the first language, the first one that it has.
    """
    most = 1 if len(volume.entries) * len(volume.languages) > HEADLINES else None
    for entry in volume.entries:
        for place, report in enumerate(entry.reports[:most]):
            number = E.span("" if place else str(entry.number), {"class": "number"})
            number.tail = tree.title(report)
            kind = {"class": "also"} if place else {}
            yield E.p(number, {**kind, "lang": tree.language(report)})
