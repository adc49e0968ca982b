"""One document through WeasyPrint: lay it out, hear what it complains of, write it as PDF."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration

from watchpress.backends.pdf import alike, fit, lengths, marks, shell, tables
from watchpress.backends.pdf.facts import Box
from watchpress.backends.pdf.fetch import Fetcher
from watchpress.backends.pdf.type import Fonts, lines
from watchpress.catalog import Work
from watchpress.model.tree import Element
from watchpress.tools.fonts import Face

LOG: Final = logging.getLogger("weasyprint")
PT: Final = 0.75  # points in a CSS pixel
_WORN: dict[tuple[object, ...], Dress] = {}
# Imported for what they repair.
REPAIRED: Final = (alike.Shared, fit.split_first_line, lengths.resolve)


class Parsed(HTML):  # type: ignore[misc]
    """A document that WeasyPrint need not parse: its own parser is for tag soup, ours is strict."""

    def __init__(self, document: bytes, fetcher: Fetcher) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.etree_element = ElementTree.fromstring(document)  # noqa: S314 - our own XML
        self.wrapper_element = ElementWrapper.from_html_root(
            self.etree_element, content_language=None
        )


def lay(
    articles: Sequence[Element],
    work: Work,
    css: Sequence[str],
    faces: Sequence[Face],
    folder: Path | None = None,
) -> Document:
    """Return the articles as a laid-out weasyprint.Document.

    `css` in the order of the cascade; what it asks for by url() is read from `folder`. Without
    `faces` the fonts of the machine are used. Raises fetch.Refused where something asks for a file
    elsewhere.
    """
    dress = _dress(tuple(css), tuple(faces), folder)
    for record in dress.heard:
        LOG.handle(record)
    html = shell.document(articles, work, partial(lines, dress.fonts))
    return tables.fitted(Parsed(html, dress.fetcher), dress.sheets, dress.fonts)


@dataclass(frozen=True)
class Dress:
    """Style sheets as WeasyPrint has them once they are parsed, and what it said of them."""

    fonts: FontConfiguration
    fetcher: Fetcher
    sheets: list[CSS]
    heard: list[logging.LogRecord]


def _dress(css: tuple[str, ...], faces: tuple[Face, ...], folder: Path | None) -> Dress:
    """Return the dress of a document; that of the one before, where it is the same.

    To parse the sheets takes a twelfth of the time that a report takes, and all reports of a
    language wear the same.
    """
    key = (css, faces, folder)
    if key not in _WORN:
        fonts = _fonts(faces)
        fetcher = Fetcher(frozenset(face.path for face in faces), folder)
        base = None if folder is None else f"{folder.resolve().as_uri()}/"
        with listening() as heard:
            sheets = [
                CSS(string=text, font_config=fonts, url_fetcher=fetcher, base_url=base)
                for text in css
            ]
        made = Dress(fonts, fetcher, sheets, heard)
        if fonts._folder is not None:  # fonts of one's own lie in a folder that goes with them
            return made
        _WORN.clear()
        _WORN[key] = made
    return _WORN[key]


def _fill(document: Document) -> None:
    """Paint in full what a style sheet wants to see through, and say so.

    WeasyPrint draws it as a form of its own, whose content no tag would reach (ISO 32000-1,
    14.7.4.3), and print shops ask for files without transparency.
    """
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    pale = [box for box in boxes if box.style["opacity"] < 1]
    for box in pale:
        box.style["opacity"] = 1
    if pale:
        LOG.warning("Ignored `opacity`: nothing on a tagged page can be seen through")


def document(articles: Sequence[Element], work: Work, faces: Sequence[Face]) -> bytes:
    """Return the document that `lay` lays out, as XHTML in no namespace."""
    return shell.document(articles, work, partial(lines, _fonts(faces)))


def _fonts(faces: Sequence[Face]) -> FontConfiguration:
    return Fonts(faces) if faces else FontConfiguration()


def write(document: Document, *, tagged: bool) -> bytes:
    """Return the PDF of a layout: tagged as PDF/UA-1, or plain."""
    for page in document.pages:
        # Boxes inside a link count as links of their own: one annotation for each would do harm.
        page.links = [link for link in page.links if link[3].link]
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    if tagged:
        _fill(document)
    with marks.installed(document):
        out: bytes = document.write_pdf(finisher=finish, pdf_identifier=True, **options)
    return out


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Put the last things into the PDF: links, page labels, how it opens, streams made once."""
    for page in document.pages:
        for _, target, _, box in page.links:
            _describe(box, target)
    labels = pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    pdf.catalog["PageMode"] = "/UseOutlines"
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    for number, thing in enumerate(pdf.objects):
        if isinstance(thing, dict) and thing.get("Type") == "/Page" and not _marked(document):
            # WeasyPrint keeps BleedBox within 10 pt of the trim, as if marks stood behind it.
            thing["BleedBox"] = thing["MediaBox"]
        if isinstance(thing, pydyf.Stream):
            pdf.objects[number] = Frozen(thing)


def _marked(document: Document) -> bool:
    """Say whether crop marks or crosses are drawn beyond the trim."""
    return any(page._page_box.style["marks"] for page in document.pages)


def _describe(box: Any, target: str) -> None:
    """Say in words what a link is (PDF/UA-1, 7.18.5), and give its corners in their order."""
    annotation = getattr(box, "link_annotation", None)
    if annotation is None:
        return  # its anchor is missing: WeasyPrint has said so, and drawn no link
    inside = "Dest" in annotation or target.startswith(shell.LOOSE)
    words = " ".join("".join(box.element.itertext()).split()) if inside else ""
    annotation["Contents"] = pydyf.String(box.element.get("aria-label") or words or target)
    left, top, right, bottom = annotation["Rect"]
    annotation["Rect"] = pydyf.Array([left, min(top, bottom), right, max(top, bottom)])


class Frozen(pydyf.Object):  # type: ignore[misc]
    """A stream whose bytes are made once: pydyf makes them again to find the file's /ID."""

    def __init__(self, stream: pydyf.Stream) -> None:
        super().__init__()
        self.number, self.generation, self.free = stream.number, stream.generation, stream.free
        self._data: bytes = stream.data

    @property
    def compressible(self) -> bool:
        """A stream never goes into an object stream (ISO 32000-1, 7.5.7)."""
        return False

    @property
    def data(self) -> bytes:
        """The object as it stands in the file."""
        return self._data


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@contextlib.contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Catch what WeasyPrint warns of while this lasts, instead of letting it be printed."""
    ear, spoke, mute = _Ear(), LOG.propagate, LOG.disabled
    others, LOG.handlers = LOG.handlers, [ear]
    # Whoever configures logging with dictConfig disables what is there already.
    LOG.propagate = LOG.disabled = False
    try:
        yield ear.heard
    finally:
        LOG.propagate, LOG.disabled = spoke, mute
        LOG.handlers = others


def facts(document: Any) -> tuple[int, dict[str, int], tuple[Box, ...]]:
    """Return the number of pages, the page of each anchor, and the text's box on each page."""
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return len(document.pages), anchors, tuple(map(_box, document.pages))


def heights(document: Any) -> dict[str, float]:
    """Return the height of each anchor on its page, in pt from its lower edge."""
    found: dict[str, float] = {}
    for page in document.pages:
        for name, (_, top, *_) in page.anchors.items():
            found.setdefault(name, round((page.height - top) * PT, 3))
    return found


def _box(page: Any) -> Box:
    box, height = page._page_box, page.height
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return (left * PT, (height - bottom) * PT, right * PT, (height - top) * PT)
