"""The EPUB container: read as it is, and with suspicion."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from proof_reports import epub
from watchpress.tools import container

CHAPTER = b'<html xmlns="http://www.w3.org/1999/xhtml"><body>%s</body></html>'


def rezipped(
    data: bytes, change: Callable[[str, bytes], list[tuple[str, bytes]]], method: int = 0
) -> bytes:
    """Return an archive whose entries are what `change` makes of each one."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", method) as target:
        for entry in source.infolist():
            for name, content in change(entry.filename, source.read(entry)):
                with warnings.catch_warnings(action="ignore"):
                    target.writestr(name, content)
    return out.getvalue()


def test_documents_come_in_the_order_of_the_spine_with_what_the_package_says() -> None:
    book = container.read(epub(CHAPTER % b"<p>one</p>", CHAPTER % b"<p>two</p>"))
    assert [document.name for document in book.documents] == ["EPUB/c0.xhtml", "EPUB/c1.xhtml"]
    assert ["".join(document.root.itertext()) for document in book.documents] == ["one", "two"]
    assert book.metadata == (("title", "T"),)
    assert book.nav is None
    assert book.names[0] == "mimetype"


@pytest.mark.parametrize(("document", "problem"), [
    (b"<!DOCTYPE html [<!ENTITY a 'b'>]>" + CHAPTER % b"&a;", "document type"),
    (b"<!DOCTYPE html SYSTEM 'file:///etc/passwd'>" + CHAPTER % b"", "document type"),
    (CHAPTER % b"<p>", "not well-formed"),
    (CHAPTER % b"&nbsp;", "not well-formed"),
    (b"", "not well-formed"),
], ids=["entity", "doctype", "unclosed", "unknown entity", "empty"])  # fmt: skip
def test_a_document_that_is_not_plain_xml_is_refused(document: bytes, problem: str) -> None:
    with pytest.raises(container.Unreadable, match=problem):
        container.read(epub(document))


def test_the_doctype_of_html_is_let_pass() -> None:
    assert container.read(epub(b"<!DOCTYPE html>" + CHAPTER % b"")).documents


@pytest.mark.parametrize(("change", "problem"), [
    (lambda name, text: [(name, text)] * (1 + name.endswith("c0.xhtml")), "two entries"),
    (lambda name, text: [] if name.endswith("c0.xhtml") else [(name, text)], "missing"),
    (lambda name, text: [] if name == "mimetype" else [(name, text)], "mimetype"),
    (lambda name, text: [(name, text.replace(b"application/epub", b"x"))], "mimetype"),
    (lambda name, text: [(name, text.replace(b"rootfile ", b"other "))], "no package"),
    (lambda name, text: [(name, text.replace(b'idref="c0', b'idref="d0'))], "not in the manifest"),
], ids=["twice", "missing", "no mimetype", "wrong mimetype", "no package", "spine"])  # fmt: skip
def test_an_archive_that_is_no_epub_is_refused(
    change: Callable[[str, bytes], list[tuple[str, bytes]]], problem: str
) -> None:
    with pytest.raises(container.Unreadable, match=problem):
        container.read(rezipped(epub(CHAPTER % b""), change))


def test_damage_inside_an_entry_is_refused() -> None:
    data = epub(CHAPTER % b"<p>the quay</p>").replace(b"the quay", b"the quai", 1)
    with pytest.raises(container.Unreadable, match="CRC"):
        container.read(data)


def test_a_bomb_is_not_unpacked() -> None:
    def fill(name: str, text: bytes) -> list[tuple[str, bytes]]:
        return [(name, text + b" " * 30_000_000 * name.endswith("c0.xhtml"))]

    data = rezipped(epub(CHAPTER % b""), fill, zipfile.ZIP_DEFLATED)
    assert len(data) < 100_000
    with pytest.raises(container.Unreadable, match="times its size"):
        container.read(data)


@pytest.mark.parametrize("most", ["MOST_ENTRIES", "MOST_BYTES"])
def test_limits_hold(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, most, 3)
    with pytest.raises(container.Unreadable, match="more than 3"):
        container.read(epub(CHAPTER % b""))


@pytest.mark.parametrize(("href", "place"), [
    ("#a", ("EPUB/text/c.xhtml", "a")),
    ("d.xhtml", ("EPUB/text/d.xhtml", "")),
    ("../e%20f.xhtml#%E6%B3%A8", ("EPUB/e f.xhtml", "注")),
])  # fmt: skip
def test_an_address_is_resolved_from_its_document(href: str, place: tuple[str, str]) -> None:
    assert container.resolve("EPUB/text/c.xhtml", href) == place
