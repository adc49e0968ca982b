"""The EPUB container: a finished EPUB read back, by zipfile and lxml and with suspicion.

Not by the library that wrote it: what it would mend on reading stays as it is here. Nothing is
unpacked to disk, no entity is resolved, the network is not touched.
EPUB 3.3, sections 4 (container) and 5 (package): https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, TypeAlias
from urllib.parse import unquote

from lxml import etree

Element: TypeAlias = etree._Element

XHTML: Final = "http://www.w3.org/1999/xhtml"
OPS: Final = "http://www.idpf.org/2007/ops"
DC: Final = "http://purl.org/dc/elements/1.1/"
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_OCF: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}"

MOST_ENTRIES: Final = 5_000
MOST_BYTES: Final = 200_000_000  # of all entries unpacked
MOST_TIMES: Final = 200  # an entry unpacked against packed; long repetitive text comes near 100
_FREE: Final = 1_000_000  # entries below this may pack as well as they like
# The one DOCTYPE of EPUB 3 content: HTML's, with neither identifiers nor an internal subset.
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE\s+html\s*>", re.IGNORECASE)
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Unreadable(ValueError):
    """The bytes are no EPUB that can be read; the message names the entry and the fault."""


@dataclass(frozen=True)
class Document:
    """A content document: its name in the container, its root, and whether it is in the flow."""

    name: str
    root: Element
    linear: bool = True


@dataclass(frozen=True)
class Container:
    """An EPUB as read back.

    `documents` stand in the order of the spine; `nav` is the navigation document (it may be one of
    them); `package` is the root of the package document, `metadata` its Dublin Core in order;
    `names` are the entries of the archive, the package's own folder is `folder`; `images` is the
    SHA-256 of each picture in the manifest, by its name.
    """

    documents: tuple[Document, ...]
    nav: Document | None
    package: Element
    metadata: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    folder: str
    images: Mapping[str, str] = field(default_factory=dict)


def read(data: bytes) -> Container:
    """Return the EPUB that `data` is; raise Unreadable for anything else, and for a bomb."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _weigh(archive)
            return _container(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable(f"no sound zip archive: {fault}") from None


def resolve(name: str, href: str) -> tuple[str, str]:
    """Return the entry and the fragment that `href` in the entry `name` leads to."""
    path, _, fragment = href.partition("#")
    if path:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
    return name, unquote(fragment)


def _weigh(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(f"{len(entries)} entries, more than {MOST_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Unreadable(f"more than {MOST_BYTES} bytes when unpacked")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"two entries named {twice}")
    for entry in entries:
        if entry.file_size > max(_FREE, MOST_TIMES * entry.compress_size):
            raise Unreadable(f"{entry.filename} unpacks to more than {MOST_TIMES} times its size")


def _container(archive: zipfile.ZipFile) -> Container:
    if not archive.infolist() or archive.infolist()[0].filename != "mimetype":
        raise Unreadable("the first entry is not mimetype")
    if _bytes(archive, "mimetype") != b"application/epub+zip":
        raise Unreadable("mimetype is not application/epub+zip")
    root = _tree(archive, "META-INF/container.xml")
    file = root.find(f"{_OCF}rootfiles/{_OCF}rootfile")
    if file is None:
        raise Unreadable("META-INF/container.xml names no package document")
    package = str(file.get("full-path"))
    return _package(archive, package, _tree(archive, package))


def _package(archive: zipfile.ZipFile, name: str, package: Element) -> Container:
    items = {item.get("id"): item for item in package.iterfind(f"{_OPF}manifest/{_OPF}item")}
    documents = []
    for ref in package.iterfind(f"{_OPF}spine/{_OPF}itemref"):
        item = items.get(ref.get("idref"))
        if item is None:
            raise Unreadable(f"the spine names {ref.get('idref')!r}, which is not in the manifest")
        document = _document(archive, name, item)
        documents.append(Document(document.name, document.root, ref.get("linear") != "no"))
    navs = [item for item in items.values() if "nav" in str(item.get("properties")).split()]
    metadata = tuple(
        (str(etree.QName(item).localname), item.text or "")
        for item in package.iterfind(f"{_OPF}metadata/{{{DC}}}*")
    )
    nav = _document(archive, name, navs[0]) if navs else None
    folder = posixpath.dirname(name)
    names = tuple(archive.namelist())
    images = dict(_images(archive, name, items.values()))
    return Container(tuple(documents), nav, package, metadata, names, folder, images)


def _images(
    archive: zipfile.ZipFile, package: str, items: Iterable[Element]
) -> Iterator[tuple[str, str]]:
    for item in items:
        if str(item.get("media-type")).startswith("image/"):
            name, _ = resolve(package, str(item.get("href")))
            yield name, hashlib.sha256(_bytes(archive, name)).hexdigest()


def _document(archive: zipfile.ZipFile, package: str, item: Element) -> Document:
    name, _ = resolve(package, str(item.get("href")))
    return Document(name, _tree(archive, name))


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as entry:
            data = entry.read(MOST_BYTES + 1)
    except KeyError:
        raise Unreadable(f"{name} is missing") from None
    if len(data) > MOST_BYTES:
        raise Unreadable(f"{name} unpacks to more than it says")
    return data


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    data = _bytes(archive, name)
    if _DECLARES.search(_DOCTYPE.sub(b"", data, count=1)):
        raise Unreadable(f"{name} has a document type or entities of its own")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Unreadable(f"{name} is not well-formed: {fault.msg}") from None
