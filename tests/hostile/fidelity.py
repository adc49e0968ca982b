"""Each letter of copy is in the product, or somebody was told of it: counted from outside.

The products are read by lxml, zipfile and PDFium directly, never by a room of watchpress.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from lxml import etree

_LABEL: Final = re.compile(r"(?m)^[\[［(（【〔^*]*(?:note |注 ?)?[0-9０-９]{1,3}[\]］)）】〕]? ?")
AS: Final = "{urn:watchpress:report:1}as"


def unaccounted(
    kind: str, data: bytes, text: str, losses: Sequence[Mapping[str, Any]], said: Any
) -> str:
    """Return what of `text` is neither in the product nor in a listed loss; "" where nothing is."""
    if kind == "xml":
        return _missing(text, losses, xml(data)) or _order(text, losses, xml(data))
    have = epub(data) if kind == "epub" else pdf(data)
    told = {str(one.get("message", "")) for one in said.findings if one["code"] in GLYPHS}
    return _missing_letters(text, losses, have, told)


GLYPHS: Final = frozenset(("F101", "E101", "E104"))


def xml(data: bytes) -> str:
    """Return the text of a report as the copy has it, without white space."""
    return "".join("".join(_typed(etree.fromstring(data))).split())


def _typed(node: Any) -> Iterable[str]:
    if node.get(AS) is not None:
        yield node.get(AS)
        return
    yield node.text or ""
    for child in node:
        yield from _typed(child)
        yield child.tail or ""


def calls(data: bytes) -> int:
    """Return how many note calls a report has."""
    return sum(1 for _ in etree.fromstring(data).iter("xref"))


def epub(data: bytes) -> str:
    """Return all that the pages of a book say."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        pages = [name for name in book.namelist() if name.endswith((".xhtml", ".opf"))]
        return "".join("".join(etree.fromstring(book.read(name)).itertext()) for name in pages)


def pdf(data: bytes) -> str:
    """Return all that PDFium finds on the pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as book:
        return "".join(page.get_textpage().get_text_bounded() for page in book)


def _bag(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFC", text).split()))


def _missing(text: str, losses: Sequence[Mapping[str, Any]], have: str) -> str:
    lost = _bag("".join(str(one["text"]) for one in losses))
    gone = _bag(text) - lost - _bag(have)
    return f"not in the XML: {''.join(gone)[:40]!r}" if gone else ""


def _order(text: str, losses: Sequence[Mapping[str, Any]], have: str) -> str:
    """Return the first word of the copy that is not in the product as it stands."""
    flat = unicodedata.normalize("NFC", have)
    for word in _kept(text, losses).split():
        same = unicodedata.normalize("NFC", word)
        if same not in flat:
            return f"not in the XML as it stands: {word[:40]!r}"
    return ""


def _kept(text: str, losses: Sequence[Mapping[str, Any]]) -> str:
    """Return copy without what was listed as lost, at the places that were named."""
    lines = [list(line) for line in re.split(r"\r\n|\r|\n", text)]
    for loss in losses:
        line, at = lines[loss["line"] - 1], loss["column"] - 1
        for sign in "".join(str(loss["text"]).split()) or str(loss["text"]):
            while at < len(line) and line[at] != sign:
                at += 1
            if at < len(line):
                line[at] = ""
    return "\n".join("".join(line) for line in lines)


def _missing_letters(
    text: str, losses: Sequence[Mapping[str, Any]], have: str, told: Iterable[str]
) -> str:
    """Compare letters and figures alone: products have breaks, folios and marks of their own.

    The head says its number and its date in words of the series: it is no matter here.
    """
    body = _LABEL.sub("", text.split("\n", 1)[-1])  # lists are numbered by those who show them
    lost = _letters("".join(str(one["text"]) for one in losses))
    gone = _letters(body) - lost - _letters(have)
    named = "".join(told)
    gone = Counter({sign: n for sign, n in gone.items() if sign not in named})
    return f"not in the product: {''.join(gone)[:40]!r}" if gone else ""


def _letters(text: str) -> Counter[str]:
    folded = unicodedata.normalize("NFKC", text)
    return Counter(sign for sign in folded if sign.isalnum())
