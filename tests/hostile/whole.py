"""Whether what was written is whole: XML that is a report, an EPUB that opens, a PDF in PDFium."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree

from watchpress.diagnostic import Diagnostic
from watchpress.model import schema

# What a run may leave in the folder it works in, besides the products that were asked for.
OURS: Final = ("made.", "losses.json", "dist", ".watchpress", "reports", "031.")


def unfit(kind: str, data: bytes) -> str:
    """Return why a product is not whole; "" where it is."""
    try:
        return {"xml": _xml, "epub": _epub, "pdf": _pdf}[kind](data)
    except Exception as fault:  # noqa: BLE001 - whatever the readers say of it
        return f"{kind}: {fault}"


def unfit_folder(here: Path) -> str:
    """Return why one of the products in dist/ is not whole; "" where all are."""
    for path in sorted((here / "dist").rglob("*")):
        kind = path.suffix[1:]
        problem = unfit(kind, path.read_bytes()) if kind in ("xml", "epub", "pdf") else ""
        if problem:
            return f"{path.name}: {problem}"
    return ""


def _xml(data: bytes) -> str:
    found: list[Diagnostic] = []
    schema.validate(etree.fromstring(data), found.append)
    return str(found[0]) if found else ""


def _epub(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as book:
        names = book.namelist()
        if names[0] != "mimetype" or book.testzip():
            return "no EPUB"
        for name in names:
            if name.endswith((".xhtml", ".opf", ".xml")):
                etree.fromstring(book.read(name))
        return unsafe(names)


def _pdf(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as book:
        if not len(book):
            return "no pages"
        for page in book:
            page.get_textpage().count_chars()
    return ""


_ACTIVE: Final = frozenset(
    (
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "base",
        "template",
        "video",
        "audio",
        "foreignObject",
    )
)


def active(data: bytes) -> bool:
    """Say whether a book has what runs, asks or loads: by name of element, on*, or address."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
    return any(_active(one) for page in pages for one in etree.fromstring(page).iter(etree.Element))


def _active(element: etree._Element) -> bool:
    named = etree.QName(element).localname
    asks = any(str(element.get(name, "")).startswith("http") for name in ("src", "data"))
    does = any(name.startswith("on") for name in map(str, element.attrib))
    return named in _ACTIVE or asks or does or element.get("http-equiv") == "refresh"


def unsafe(names: Iterable[str]) -> str:
    """Return the first name of a zip that would do harm where it is unpacked; "" without one."""
    seen: set[str] = set()
    for name in names:
        parts = PurePosixPath(name).parts
        folded = unicodedata.normalize("NFC", name).casefold()
        if name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or ":" in name:
            return f"unsafe name {name!r}"
        if folded in seen:
            return f"twice {name!r}"
        seen.add(folded)
    return ""


def parts_left(here: Path, before: set[str]) -> str:
    """Return a file that should not be there: the part of a product, or one where none belongs."""
    for path in sorted(here.rglob("*")):
        name = str(path.relative_to(here))
        if name in before:
            continue
        if name.endswith(".part") or not name.startswith(OURS):
            return f"left behind: {name}"
    return ""


def holds(here: Path, secret: bytes) -> bool:
    """Say whether something that was made has a secret in it."""
    made = [*here.glob("made.*"), *(here / "dist").rglob("*"), *here.glob("losses.json")]
    return any(secret in _bytes(path) for path in made if path.is_file())


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as book:
        return b"".join(book.read(name) for name in book.namelist())
