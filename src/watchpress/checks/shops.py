"""What shops and their readers ask of an EPUB beyond the standard.

Sources: Kobo's EPUB guidelines (pop-up notes, size of a document), the guide of the Japanese
publishers' association (EBPAJ: kinds of images, size of a document), the asset guide of Apple Books
(size of a cover). Kindle's way back from each note is proven with the links. EPUBCheck knows none.
A picture that is too big is told at its place in the copy, by who packs it (E103).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree
from PIL import Image, UnidentifiedImageError

from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import container
from watchpress.tools.container import Container, Document, resolve

SHORTEST: Final = 9  # letters of a note that Kobo shows in a pop-up (Kobo, "Footnotes")
LONGEST: Final = 5_000
DOCUMENT: Final = 256 * 1024  # bytes of a text document (EBPAJ)
COVER: Final = 1_400  # pixels of the shorter side of a cover (Apple Books Asset Guide)
LOAD: Final = 10_000_000  # bytes of a document with all that it shows (Kobo)
_X: Final = f"{{{container.XHTML}}}"
_TYPE: Final = f"{{{container.OPS}}}type"


@dataclass(frozen=True)
class Subject:
    """A finished EPUB, what it is called in findings, and the reports in it."""

    product: bytes
    name: str
    reports: Sequence[Element]


def check(subject: Subject, tell: Tell) -> None:
    """Tell what a shop would refuse or show badly (E201-E207).

    Raises container.Unreadable where the product is no EPUB; the proof says so before.
    """
    book = container.read(subject.product)
    with zipfile.ZipFile(BytesIO(subject.product)) as archive:
        for found in (
            *_notes(subject.reports),
            *_order(book, subject.name),
            *_documents(book, archive, subject.name),
            *_images(book, archive, subject.name),
        ):
            tell(found)


def _notes(reports: Sequence[Element]) -> Iterator[Diagnostic]:
    """Yield the notes that Kobo shows in no pop-up, for their length."""
    for report in reports:
        for note in tree.notes(report):
            length = sum(len(tree.text(p)) for p in note.iterfind("p"))
            code = "E201" if length < SHORTEST else "E202" if length > LONGEST else ""
            if code:
                label = note.findtext("label", "")
                yield remark(code, tree.place(note), label=label, length=length)


def _order(book: Container, name: str) -> Iterator[Diagnostic]:
    """Yield the calls whose note stands before them: a pop-up wants it behind."""
    places: dict[tuple[str, str], int] = {}
    calls: list[tuple[int, Document, Element]] = []
    nodes = ((one, node) for one in book.documents for node in one.root.iter(etree.Element))
    for at, (document, node) in enumerate(nodes):
        if node.get("id"):
            places[document.name, str(node.get("id"))] = at
        if "noteref" in node.get(_TYPE, "").split():
            calls.append((at, document, node))
    for at, document, call in calls:
        if places.get(resolve(document.name, call.get("href", "")), at) < at:
            label = "".join(call.itertext())
            yield remark("E204", Place(name), label=label, document=document.name)


def _documents(book: Container, archive: zipfile.ZipFile, name: str) -> Iterator[Diagnostic]:
    for document in book.documents:
        size = archive.getinfo(document.name).file_size
        if size > DOCUMENT:
            yield remark("E203", Place(name), document=document.name, size=size // 1024)
        shown = {resolve(document.name, str(image.get("src")))[0] for image in _drawn(document)}
        load = size + sum(archive.getinfo(one).file_size for one in shown & set(book.names))
        if load > LOAD:
            yield remark("E206", Place(name), document=document.name, size=load // 1_000_000)


def _drawn(document: Document) -> Iterator[Element]:
    return document.root.iter(f"{_X}img")


def _images(book: Container, archive: zipfile.ZipFile, name: str) -> Iterator[Diagnostic]:
    cover = _cover(book)
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".png", ".jpg", ".jpeg")):
            continue
        try:
            with Image.open(BytesIO(archive.read(entry)), formats=("PNG", "JPEG")) as image:
                progressive, (width, height) = bool(image.info.get("progressive")), image.size
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError):
            continue  # what is no image at all is EPUBCheck's to say
        if progressive:
            yield remark("E205", Place(name), image=entry.filename)
        if entry.filename == cover and min(width, height) < COVER:
            yield remark("E207", Place(name), width=width, height=height)


def _cover(book: Container) -> str:
    """Return the entry that is the image of the cover, "" where there is none."""
    for item in book.package.iterfind("{*}manifest/{*}item"):
        if "cover-image" in item.get("properties", "").split():
            return resolve(f"{book.folder}/-", str(item.get("href")))[0]
    return ""
