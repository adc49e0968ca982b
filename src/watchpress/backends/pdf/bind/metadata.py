"""What the file says of itself: title, authors, languages, dates, and that it is PDF/UA-1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pikepdf
from lxml import etree
from lxml.builder import ElementMaker
from pikepdf import Dictionary, Name, String

from watchpress.backends.pdf.bind.pieces import Binding, Sewn

SPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
RDF, DC, XMP, PDF, UA = (ElementMaker(namespace=space, nsmap=SPACES) for space in SPACES.values())
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
CREATOR: Final = "watchpress"
PACKET: Final = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">%s</x:xmpmeta>\n<?xpacket end="r"?>'
)


def write(out: pikepdf.Pdf, sewn: Sequence[Sewn], binding: Binding) -> None:
    """Write XMP, document information, and how the file opens."""
    producer = f"pikepdf {pikepdf.__version__}"
    stamp = String(f"D:{binding.moment:%Y%m%d%H%M%SZ}")
    root: Any = out.Root
    said = {
        "Title": binding.title,
        "Author": ", ".join(binding.authors),
        "Subject": binding.subject,
    }
    info: dict[str, Any] = {key: String(words) for key, words in said.items() if words}
    info |= {"Creator": String(CREATOR), "Producer": String(producer)}
    info |= {"CreationDate": stamp, "ModDate": stamp}
    out.trailer.Info = out.make_indirect(Dictionary(**info))
    languages = dict.fromkeys([binding.language, *(one.language for one in sewn)])
    tagged = "/StructTreeRoot" in root
    xmp = out.make_stream(packet(binding, filter(None, languages), producer, tagged=tagged))
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    root.Metadata = xmp
    root.Lang = String(binding.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if binding.spread:
        root.PageLayout = Name.TwoPageLeft if binding.verso else Name.TwoPageRight


def packet(binding: Binding, languages: Iterable[str], producer: str, *, tagged: bool) -> bytes:
    """Return the XMP packet (ISO 16684-1); the PDF/UA identifier is ISO 14289-1, clause 5."""
    moment = f"{binding.moment:%Y-%m-%dT%H:%M:%SZ}"
    facts = [DC.title(RDF.Alt(RDF.li(binding.title, {LANGUAGE: "x-default"})))]
    if binding.authors:
        facts.append(DC.creator(RDF.Seq(*map(RDF.li, binding.authors))))
    facts.append(DC.language(RDF.Bag(*map(RDF.li, languages))))
    if binding.subject:
        facts.append(DC.description(RDF.Alt(RDF.li(binding.subject, {LANGUAGE: "x-default"}))))
    facts += [XMP.CreateDate(moment), XMP.ModifyDate(moment), XMP.CreatorTool(CREATOR)]
    facts.append(PDF.Producer(producer))
    if tagged:
        facts.append(UA.part("1"))
    about = {f"{{{SPACES['rdf']}}}about": ""}
    return PACKET % etree.tostring(RDF.RDF(RDF.Description(*facts, about)), encoding="utf-8")
