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

from watchpress.backends.pdf import engine, sheet
from watchpress.backends.pdf.breaks import Measure
from watchpress.backends.pdf.sheet import MM, hand
from watchpress.backends.pdf.spine import BAND, BOARD, Cloth, cut, mm, panel, spine, thickness
from watchpress.backends.pdf.writer import needed
from watchpress.catalog import Volume, Work
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.xhtml.front import CREDITED, numbers, people, said, series_of

BLEED: Final = 3.0  # mm beyond the trim, as printers ask for
MOST: Final = 12  # headlines that the back has room for
SIZES: Final = (40, 36, 33, 30, 27, 24, 21, 18, 15)  # pt on A5, of the title
FOOT: Final = 0.88  # of the height: below it stand numbers, people, publisher
LINES: Final = 3  # that a title may take at its size


def cover(
    volume: Volume, pages: int, styles: Styles, *, bleed: float = BLEED, board: float = BOARD
) -> bytes:
    """Return the cover of a printed book as a PDF of one page: back, spine, front.

    `pages` of the book give the width of its spine; TrimBox and BleedBox are set. Raises
    EngineMissing where WeasyPrint cannot run.
    """
    cloth = Cloth(volume.trim, thickness(volume, pages, board), bleed)
    return _drawn(volume, cloth, styles)


def front(volume: Volume, styles: Styles) -> bytes:
    """Return the front of the cover as a page of the trim, tagged as PDF/UA-1."""
    return _drawn(volume, Cloth(volume.trim, 0.0, 0.0), styles)


def _drawn(volume: Volume, cloth: Cloth, styles: Styles) -> bytes:
    engine.load()
    # Imported now: these rooms import WeasyPrint.
    from weasyprint.text.fonts import FontConfiguration

    from watchpress.backends.pdf import layout
    from watchpress.backends.pdf.type import Fonts, lines

    draft = _article(volume, cloth, lambda *_: 1)
    faces = needed([draft], fonts.faces())
    measure = partial(lines, Fonts(faces) if faces else FontConfiguration())
    article = _article(volume, cloth, measure)
    reports = tuple(report for entry in volume.entries for report in entry.reports)
    work = Work(reports, volume.title, volume.languages[0], volume.epoch, volume.trim)
    css = [sheet.css(volume.trim, volume.languages[:1], faces), styles.text("cover.css")]
    with layout.listening():
        document = layout.lay([article], work, [*css, cloth.css()], faces, styles.folder)
        return layout.write(document, tagged=True)


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
    """Return the titles, the original's large, those of the translations smaller.

    The largest sizes are taken at which all of them stay clear of the lines at the foot.
    """
    titles = said(volume, volume.book.title)
    room = (FOOT - BAND - 0.07) * cloth.trim.height - 5.0 * len(volume.languages)
    for most in SIZES:
        sizes = [
            _fitting(title, language, cloth, measure, most if not place else most * 0.55, LINES)
            for place, (language, title) in enumerate(titles)
        ]
        if sum(map(partial(_height, cloth, measure), titles, sizes)) <= room:
            break
    block = E.div(**cut("block", f"top: {mm(cloth.trim.height * (BAND + 0.07))}"))
    for (language, title), size in zip(titles, sizes, strict=True):
        style = f"font-size: {size:.1f}pt"
        block.append(E.p(title, {"class": "title", "lang": language, "style": style}))
        if subtitle := volume.book.subtitle.get(language):
            block.append(E.p(subtitle, {"class": "subtitle", "lang": language}))
    return block


def _height(cloth: Cloth, measure: Measure, said_: tuple[str, str], size: float) -> float:
    """Return what a title and the line below it take, in mm; one line more than measured."""
    language, title = said_
    families = ",".join(hand(language).families)
    lines = measure(title, families, hand(language).bold, size, cloth.trim.width * 0.82 * MM)
    spare = 1 if lines > 1 else 0
    return ((lines + spare) * size * 1.4 + 24 * cloth.scale) / MM


def _foot(volume: Volume) -> Element:
    block = E.div({"class": "block foot"})
    for language in volume.languages:
        named = [
            person.names[language]
            for role in CREDITED[:2]
            for person in people(volume, role, language)
        ]
        lines = [numbers(volume, language), words(language).label("comma").join(named[:3])]
        if line := " · ".join(filter(None, lines)):
            block.append(E.p(line, {"lang": language}))
    for language, name in said(volume, volume.book.publisher):
        block.append(E.p(name, {"class": "publisher", "lang": language}))
    return block


def _fitting(
    text: str, language: str, cloth: Cloth, measure: Measure, most: float, lines: int
) -> float:
    """Return the largest size in pt at which `text` takes no more than `lines`, and no word breaks.

    Sizes grow with the trim, and so does the room: 82 % of its width.
    """
    room, kind = cloth.trim.width * 0.82 * MM, hand(language)
    families = ",".join(kind.families)
    pieces = text.split() if words(language).spaced else [text]
    for size in (most, *(s for s in SIZES if s < most)):
        large = size * cloth.scale
        whole = measure(text, families, kind.bold, large, room) <= lines
        if whole and all(measure(p, families, kind.bold, large, room) <= lines for p in pieces):
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
    """Yield number and headline of each entry, in the first language that has it."""
    for entry in volume.entries:
        report = next(
            (r for tag in volume.languages if (r := entry.editions.get(tag)) is not None), None
        )
        if report is not None:
            number = E.span(str(entry.number), {"class": "number"})
            number.tail = tree.text(tree.headline(report))
            yield E.p(number, lang=tree.language(report))
