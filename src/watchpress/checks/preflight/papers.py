"""Rules for the file as a whole: what it says of itself, its intent, its fonts, what may not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from watchpress.checks.preflight.order import Order
from watchpress.diagnostic import Diagnostic
from watchpress.tools import icc
from watchpress.tools.anatomy import Anatomy

STANDARD: Final = "PDF/X-4"
MOST: Final = "1.6"  # the version of PDF that PDF/X-4 is based on
SPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
# What XMP must say (ISO 15930-7, 6.3), and the values it may have where only some will do.
WANTED: Final = {
    "pdfxid:GTS_PDFXVersion": (STANDARD,),
    "xmpMM:DocumentID": (),
    "xmpMM:VersionID": (),
    "xmpMM:RenditionClass": (),
    "xmp:CreateDate": (),
    "xmp:ModifyDate": (),
    "xmp:MetadataDate": (),
    "dc:title": (),
    "pdf:Trapped": ("True", "False"),
}  # fmt: skip


def identifiers(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F202: the file does not say what it is (ISO 15930-7, 6.3; 6.1 of versions and IDs)."""
    try:
        tree = etree.fromstring(body.xmp) if body.xmp else None
    except etree.XMLSyntaxError:
        tree = None
    for key, values in WANTED.items():
        said = "" if tree is None else _said(tree, key)
        if not said or (values and said not in values):
            yield order.say("F202", what=key, found=said or "–")
    if body.info.get("Trapped", "").removeprefix("/") not in ("True", "False"):
        yield order.say("F202", what="Trapped", found=body.info.get("Trapped", "–"))
    if not body.identified:
        yield order.say("F202", what="ID", found="–")
    if body.version > MOST:
        yield order.say("F202", what=f"PDF {MOST}", found=f"PDF {body.version}")


def _said(tree: etree._Element, key: str) -> str:
    return " ".join("".join(node.itertext()) for node in tree.iterfind(f".//{key}", SPACES)).strip()


def intent(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F203: no output intent, or one that PDF/X-4 does not take (ISO 15930-7, 6.2.2)."""
    found = [one for one in body.intents if one.kind == "GTS_PDFX"]
    if len(found) != 1:
        yield order.say("F203", problem=f"{len(found)} × GTS_PDFX")
        return
    if not found[0].condition:
        yield order.say("F203", problem="OutputConditionIdentifier –")
    if found[0].profile is None:
        yield order.say("F203", problem="DestOutputProfile –")
        return
    try:
        icc.described(found[0].profile)
    except ValueError as fault:
        yield order.say("F203", problem=fault)


def fonts(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F204: a font is not in the file (ISO 15930-7, 6.2.4)."""
    for face in body.faces:
        if not face.embedded:
            yield order.say("F204", font=face.name)


def forbidden(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F205: encryption, scripts, forms, enclosed files, LZW (ISO 15930-7, 6.1, 6.2.5, 6.2.8)."""
    what = ["Encrypt"] if body.encrypted else []
    what += body.acts
    what += [f"EmbeddedFiles {name}" for name in body.enclosed]
    pictures = (picture for sheet in body.sheets for picture in sheet.pictures)
    if any("/LZWDecode" in picture.filters for picture in pictures):
        what.append("LZWDecode")
    for one in dict.fromkeys(what):
        yield order.say("F205", what=one)
