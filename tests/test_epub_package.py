"""The package: what goes into EbookLib comes out byte for byte, and its slips are mended."""

from __future__ import annotations

import inspect
import io
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version

import pytest
from ebooklib import epub
from lxml import etree

from epub_reports import unpacked
from watchpress.backends.epub import package
from watchpress.backends.epub.package import Fact, Item, Package, pack
from watchpress.model.tree import LANG, Element

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
# What EbookLib's own items would change: spaces between inline siblings, attributes of the body,
# letters of SVG names, page breaks and note calls in the page list, bytes that are no XML at all.
ITEMS = (
    Item("nav.xhtml", "application/xhtml+xml", b"<nav><a>1</a><a>2</a></nav>\r\n", ("nav",)),
    Item(
        "a.xhtml",
        "application/xhtml+xml",
        '<?xml version="1.0"?><html><body class="x"><b>注</b><i>意</i><svg viewBox="0 0 1 1">'
        '<linearGradient/></svg><a id="r" epub:type="noteref"/></body></html>'.encode(),
    ),
    Item("css/a.css", "text/css", b"\xff\xfe p{}"),
    Item("images/cover.png", "image/png", bytes(range(256)), ("cover-image",)),
    Item("empty.css", "text/css", b""),
)


def given(*facts: Fact) -> Package:
    return Package(
        identifier="urn:uuid:00000000-0000-5000-8000-000000000000",
        language="ja",
        modified=datetime(2031, 4, 2, 23, 59, 1, tzinfo=UTC),
        facts=(Fact("dc:title", "T & <t>", id="title"), *facts),
        items=ITEMS,
        spine=("a.xhtml", "nav.xhtml"),
    )


def packed(*facts: Fact) -> bytes:
    out = io.BytesIO()
    pack(given(*facts), out)
    return out.getvalue()


def opf(*facts: Fact) -> Element:
    return etree.fromstring(unpacked(packed(*facts))["EPUB/package.opf"])


def test_what_goes_in_comes_out() -> None:
    files = unpacked(packed())
    assert {item.name: files[f"EPUB/{item.name}"] for item in ITEMS} == {
        item.name: item.data for item in ITEMS
    }


def test_the_zip_carries_nothing_of_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:3]] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
    ]
    assert entries[0].compress_type == zipfile.ZIP_STORED
    assert packed()[30:58] == b"mimetypeapplication/epub+zip"
    assert {(e.date_time, e.create_system, e.external_attr, e.extra) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16, b"")
    }


def test_the_package_knows_its_language_and_has_no_leftovers() -> None:
    root = opf()
    assert root.get("version") == "3.0"
    assert root.get(LANG) == "ja"
    assert root.get("prefix") is None
    assert root.get("unique-identifier") == "identifier"
    assert root.findtext(f".//{DC}identifier[@id='identifier']") == given().identifier
    assert len(root.findall(f".//{DC}identifier")) == 1
    assert b"Ebook-lib" not in packed()
    spine = root.find(f"{OPF}spine")
    assert spine is not None
    assert dict(spine.attrib) == {}
    assert [ref.get("idref") for ref in spine] == ["a-xhtml", "nav-xhtml"]


def test_the_time_of_change_is_utc() -> None:
    changed = opf().findall(f".//{OPF}meta[@property='dcterms:modified']")
    assert [meta.text for meta in changed] == ["2031-04-02T23:59:01Z"]


def test_manifest() -> None:
    items = opf().findall(f"{OPF}manifest/{OPF}item")
    assert [
        (i.get("id"), i.get("href"), i.get("media-type"), i.get("properties")) for i in items
    ] == [
        ("nav-xhtml", "nav.xhtml", "application/xhtml+xml", "nav"),
        ("a-xhtml", "a.xhtml", "application/xhtml+xml", None),
        ("css-a-css", "css/a.css", "text/css", None),
        ("images-cover-png", "images/cover.png", "image/png", "cover-image"),
        ("empty-css", "empty.css", "text/css", None),
    ]
    assert opf().find(f".//{OPF}meta[@name='cover']").get("content") == "images-cover-png"  # type: ignore[union-attr]


def test_statements_keep_their_attributes_and_words() -> None:
    root = opf(
        Fact("dc:creator", "灯台 守", id="p1"),
        Fact("file-as", "灯台 守", refines="p1"),
        Fact("role", "aut", refines="p1", scheme="marc:relators"),
        Fact("schema:accessMode", "textual"),
    )
    assert root.findtext(f".//{DC}title") == "T & <t>"
    metas = [(dict(meta.attrib), meta.text) for meta in root.iterfind(f".//{OPF}meta[@property]")]
    assert metas[1:] == [
        ({"property": "file-as", "refines": "#p1"}, "灯台 守"),
        ({"property": "role", "refines": "#p1", "scheme": "marc:relators"}, "aut"),
        ({"property": "schema:accessMode"}, "textual"),
    ]


def test_a_full_disk_is_an_error() -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        pack(given(), Full())


@pytest.mark.parametrize(
    ("method", "part"),
    [
        ("write", 'self.out.writestr("mimetype"'),
        ("_write_container", "self.out.writestr(CONTAINER_PATH"),
        ("_write_opf_spine", '{"toc": ncx_id or "ncx"}'),
        ("_write_opf_file", "content.opf"),
        ("_write_opf", "self._write_opf_spine(root, _ncx_id)"),
        ("_write_items", "item.get_content()"),
    ],
)
def test_ebooklib_still_has_what_is_mended(method: str, part: str) -> None:
    """When this fails, EbookLib has changed: read its writer and see what _Writer is still for."""
    assert version("EbookLib").startswith("0.20")
    assert part in inspect.getsource(getattr(epub.EpubWriter, method))
    if method not in {"_write_opf", "_write_items"}:
        assert method in vars(package._Writer)
