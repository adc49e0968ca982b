"""The EPUB backend: a work goes in, an EPUB 3.3 comes out. Never touches WeasyPrint or Pango."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from watchpress.backends.epub import cover, metadata, pages, typeface
from watchpress.backends.epub.nav import COVER, NAME, nav
from watchpress.backends.epub.package import Item, Package, pack
from watchpress.backends.epub.pages import Page
from watchpress.backends.epub.plates import Plates
from watchpress.catalog import Work
from watchpress.diagnostic import Place, Tell, remark
from watchpress.files import Styles
from watchpress.language.words import words
from watchpress.model import tree
from watchpress.xhtml.article import article

_XHTML: Final = "application/xhtml+xml"
_CHARSET: Final = '@charset "utf-8";'
SHEETS: Final = ("epub.css",)


def write(work: Work, styles: Styles, out: BinaryIO, tell: Tell) -> None:
    """Write the EPUB of `work` to `out` (seekable, as BytesIO).

    The same work and style sheet give the same bytes wherever and whenever. Tells E101 where the
    cover had to do without fonts, E104 where the text has to, E103 where a picture is too big for a
    shop; raises Fatal where there is no style sheet (files.Styles).
    """
    plates = Plates(tell)
    articles = [article(report) for report in work.reports]
    for made in articles:
        plates.take(made)
    chapters = tuple(map(pages.page, articles))
    front = _front(work, chapters)
    alt = words(work.language).label("cover-alt", title=_inscription(front))
    place = tree.place(tree.headline(work.reports[0]))
    image = draw(front, alt, place, tell)
    contents = Item(NAME, _XHTML, nav(chapters, work.language), ("nav",))
    documents = [Item(chapter.name, _XHTML, chapter.data) for chapter in chapters]
    texts = (contents, *documents) if work.fonts else ()
    items = (
        contents,
        Item(COVER, _XHTML, pages.cover(image.name, alt, work.language)),
        *documents,
        *dressed(texts, styles, SHEETS, place, tell),
        image,
        *plates,
    )
    pack(
        Package(
            identifier=metadata.identifier(work),
            language=work.language,
            modified=work.moment,
            facts=metadata.facts(work, chapters),
            items=items,
            spine=(COVER, NAME, *(chapter.name for chapter in chapters)),
        ),
        out,
    )


def dressed(
    documents: Sequence[Item], styles: Styles, names: Sequence[str], place: Place, tell: Tell
) -> tuple[Item, ...]:
    """Return style sheets as one file, and the fonts that the `documents` are to bring along.

    No documents, no fonts: where there are some, their sheet is the last. The sheet names its
    character set once, at its head. What is missing is told at `place`.
    """
    type_ = typeface.embed((item.data for item in documents), place, tell)
    first, *others = map(styles.text, (*names, typeface.SHEET) if type_ else names)
    css = "\n".join((first, *(other.replace(_CHARSET, "") for other in others)))
    return Item(pages.STYLE, "text/css", css.encode()), *type_


def _front(work: Work, chapters: tuple[Page, ...]) -> cover.Front:
    """Return what the cover says: one number with its headlines, or a volume with its title."""
    own = metadata.own(work, chapters)
    numbers = sorted(tree.number(report) for report in work.reports)
    houses = metadata.publishers(work)
    if numbers[0] == numbers[-1]:
        return cover.Front(
            language=work.language,
            series=own[0].series,
            number=own[0].number,
            headlines=tuple((page.headline, page.language) for page in own),
            foot=_filled(own[0].byline, own[0].date, *houses),
        )
    years = sorted(tree.date(report)[:4] for report in work.reports)
    return cover.Front(
        language=work.language,
        series=own[0].series,
        number=words(work.language).label("numbers", first=numbers[0], last=numbers[-1]),
        headlines=((metadata.title(work, chapters), work.language),),
        foot=_filled("–".join(dict.fromkeys((years[0], years[-1]))), *houses),
    )


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _inscription(front: cover.Front) -> str:
    """Return in one line what is written on the cover."""
    return f"{front.series} {front.number}, {front.headlines[0][0]}"


def draw(front: cover.Front, alt: str, place: Place, tell: Tell) -> Item:
    """Return the cover image, drawn with the fonts at hand, else left to the reader's.

    What is missing is told at `place`.
    """
    # Loaded here: Pillow takes as long to start as the rest of this backend together.
    from watchpress.backends.epub.raster import Fonts, png
    from watchpress.tools.fonts import faces

    fonts = Fonts(faces())
    missing = fonts.missing(front.all)
    if not missing:
        data = png(cover.compose(front, fonts), fonts)
        return Item("images/cover.png", "image/png", data, ("cover-image",))
    from watchpress.backends.epub.vector import Guess, svg

    tell(remark("E101", place, scripts=", ".join(missing)))
    data = svg(cover.compose(front, Guess()), alt)
    return Item("images/cover.svg", "image/svg+xml", data, ("cover-image",))
