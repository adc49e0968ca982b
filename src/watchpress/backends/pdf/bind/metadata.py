"""What the file says of itself: title, authors, languages, dates, and that it is PDF/UA-1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

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
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
RDF, DC, XMP, PDF, UA, A, X, MM = (
    ElementMaker(namespace=space, nsmap=SPACES) for space in SPACES.values()
)
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
CREATOR: Final = "watchpress"
X4: Final = "PDF/X-4"
# PDF/A asks for a description of what XMP says outside its known schemas (ISO 19005-3, 6.6.2.3).
EXTENSION: Final = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
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
    if binding.standard == "x4":
        info |= {"GTS_PDFXVersion": String(X4), "Trapped": Name("/False")}
    out.trailer.Info = out.make_indirect(Dictionary(**info))
    languages = dict.fromkeys([binding.language, *(one.language for one in sewn)])
    tagged = "/StructTreeRoot" in root and binding.standard != "x4"  # without its links
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
    facts += _standard(binding, moment)
    about = {f"{{{SPACES['rdf']}}}about": ""}
    said = [RDF.Description(*facts, about)]
    if binding.standard == "a3" and tagged:
        said.append(etree.fromstring(EXTENSION))
    return PACKET % etree.tostring(RDF.RDF(*said), encoding="utf-8")


def _standard(binding: Binding, moment: str) -> list[Any]:
    """Return what a file says of the standard it keeps.

    PDF/A: ISO 19005-3, 6.6.4. PDF/X: ISO 15930-7, 6.3; its names are made of what the file is of,
    so that the same book has the same name wherever it is made.
    """
    if binding.standard == "a3":
        return [A.part("3"), A.conformance("A")]
    if binding.standard != "x4":
        return []
    whole = "\n".join((binding.title, *binding.authors, binding.language, binding.subject))
    name = uuid5(NAMESPACE_URL, whole)
    return [
        XMP.MetadataDate(moment),
        PDF.Trapped("False"),
        X.GTS_PDFXVersion(X4),
        MM.DocumentID(name.urn.replace("urn:", "")),
        MM.InstanceID(uuid5(name, moment).urn.replace("urn:", "")),
        MM.VersionID("1"),
        MM.RenditionClass("default"),
    ]
