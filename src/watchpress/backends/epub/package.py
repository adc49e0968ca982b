"""The package: the one room that speaks EbookLib, which writes metadata, manifest, spine, zip.

EbookLib 0.20 re-parses its own kinds of documents and changes them; raw items it leaves alone, so
all our files go in as such. `_Writer` puts right what remains, method by method of EbookLib's
writer, with the reason at each; tests/test_epub_package.py fails when EbookLib changes under it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO, Final, NamedTuple

from ebooklib import epub
from lxml import etree

from watchpress.model.tree import LANG, Element

FOLDER: Final = "EPUB"
PACKAGE: Final = f"{FOLDER}/package.opf"
CONTAINER: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")  # no other sign is one everywhere
LONGEST: Final = 200


class Item(NamedTuple):
    """A file of the book: name below EPUB/, media type, bytes, manifest properties."""

    name: str
    media: str
    data: bytes
    properties: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The manifest id: the file name, its signs made fit for an XML name."""
        return self.name.replace("/", "-").replace(".", "-")


class Fact(NamedTuple):
    """A statement of the metadata: a Dublin Core element (dc:title) or a meta property.

    `id` lets others refine it, `refines` is the id it refines, `scheme` the list its value is of,
    `language` the one of its text where that is not the package's.
    """

    name: str
    text: str
    id: str = ""
    refines: str = ""
    scheme: str = ""
    language: str = ""


class Package(NamedTuple):
    """A book: identifier, language, time of change (UTC), statements, files, order of reading."""

    identifier: str
    language: str
    modified: datetime
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    spine: tuple[str, ...]


def pack(package: Package, out: BinaryIO) -> None:
    """Write the EPUB to `out` (seekable, as BytesIO), the same bytes for the same package."""
    book = epub.EpubBook()
    book.metadata.clear()  # a random identifier and the advertisement of the generator
    book.IDENTIFIER_ID = "identifier"
    book.set_identifier(package.identifier)
    book.language = package.language
    for fact in package.facts:
        _state(book, fact)
    for item in package.items:
        if item.properties == ("cover-image",):
            # EPUB 2's way, which shops and readers with long lives still look for.
            book.add_metadata(None, "meta", "", {"name": "cover", "content": item.id})
        book.add_item(_raw(item))
    ids = {item.name: item.id for item in package.items}
    book.spine = [ids[name] for name in package.spine]
    _Writer(out, book, {"mtime": package.modified}).write()


def _state(book: Any, fact: Fact) -> None:
    prefix, _, name = fact.name.rpartition(":")
    attributes = {} if prefix == "dc" else {"property": fact.name}
    if fact.id:
        attributes["id"] = fact.id
    if fact.refines:
        attributes["refines"] = f"#{fact.refines}"
    if fact.scheme:
        attributes["scheme"] = fact.scheme
    if fact.language:
        attributes[LANG] = fact.language
    if prefix == "dc":
        book.add_metadata("DC", name, fact.text, attributes)
    else:
        book.add_metadata(None, "meta", fact.text, attributes)


def _raw(item: Item) -> Any:
    # EpubItem, never EpubHtml, EpubNav or EpubCover: only this one is written as it is.
    raw = epub.EpubItem(item.id, item.name, item.media, item.data)
    raw.properties = list(item.properties)
    return raw


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer with fixed names, fixed times and a language."""

    out: _Zip

    def write(self) -> None:
        """Write the zip; raises what the zip raises (EbookLib's write_epub returns False)."""
        with _Zip(self.file_name, "w", zipfile.ZIP_DEFLATED) as self.out:
            # First and stored, so that the type stands at a fixed place (OCF 3.3, 4.3).
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_container(self) -> None:
        # EbookLib's points to content.opf.
        self.out.writestr("META-INF/container.xml", CONTAINER)

    def _write_opf_spine(self, root: Element, ncx_id: str | None) -> None:
        super()._write_opf_spine(root, ncx_id)
        if ncx_id is None:
            # We have no NCX (EPUB 3.3 keeps it for EPUB 2 readers only): EbookLib names one still.
            root[-1].attrib.pop("toc")

    def _write_opf_file(self, root: Element) -> None:
        # EbookLib's package has no language, and a prefix that EPUB 3.3 reserves anyway (D.1.4).
        root.set(LANG, self.book.language)
        root.attrib.pop("prefix")
        self.out.writestr(PACKAGE, _xml(root))


def _xml(root: Element) -> bytes:
    # Indented for who looks inside: between elements of a package white space means nothing.
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


class _Zip(zipfile.ZipFile):
    """A zip whose entries carry no clock, no system and no rights of the machine."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add an entry dated 1980-01-01, the first day a zip knows."""
        assert isinstance(zinfo_or_arcname, str), "EbookLib names its entries"
        _hold(zinfo_or_arcname, self.namelist())
        entry = zipfile.ZipInfo(zinfo_or_arcname)
        entry.create_system = 3  # Unix, as the rights below; Windows would write 0
        entry.external_attr = 0o644 << 16
        stored = zinfo_or_arcname.endswith((".png", ".jpg", ".woff2"))  # packed already
        kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(entry, data, kind if compress_type is None else compress_type)


def _hold(name: str, others: Iterable[str]) -> None:
    """Raise ValueError for an entry that would do harm where a book is unpacked (OCF 3.3, 4.2.3).

    Names are made by us: this is the last door, for what the others let pass.
    """
    parts = name.split("/")
    if not _NAME.fullmatch(name) or len(name) > LONGEST or {"", ".", ".."} & set(parts):
        raise ValueError(f"no name of a file in a book: {name!r}")
    if name.casefold() in {other.casefold() for other in others}:
        raise ValueError(f"two files of a book have one name: {name!r}")
