"""The report as a tree: namespaces, ids, places, and the text an element holds.

The form is a closed JATS profile (report.rnc) plus the `wp:` attributes defined there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from copy import copy, deepcopy
from typing import Final, TypeAlias

from lxml import etree

from watchpress.diagnostic import Fatal, Place, remark

Element: TypeAlias = etree._Element

WP: Final = "urn:watchpress:report:1"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"
NAMESPACES: Final = {"wp": WP, "xlink": XLINK}

AT: Final = f"{{{WP}}}at"  # "line:column" of the copy
AS: Final = f"{{{WP}}}as"  # the text as the copy has it, where the content is normalized
SOURCE: Final = f"{{{WP}}}source"  # the file, once, on the root
STAGE: Final = f"{{{WP}}}stage"  # "read" after the reader, "set" after the transforms
FORM: Final = f"{{{WP}}}form"  # the form of the note markers, as "[1]"
STATE: Final = f"{{{WP}}}state"  # what became of a marker or a note
DIGEST: Final = f"{{{WP}}}digest"  # SHA-256 of a picture's bytes
PIXELS: Final = f"{{{WP}}}pixels"  # width and height of a picture, as 1200x800
HREF: Final = f"{{{XLINK}}}href"
LANG: Final = f"{{{XML}}}lang"

DEEPEST: Final = 64  # elements in each other; a report has some ten, libxml2 allows 256
MOST_BYTES: Final = 20_000_000  # one report is some 20 kB; more than this is not a report


def place(element: Element) -> Place:
    """Return where `element` stands in the copy: the nearest wp:at, or the XML line."""
    file = str(element.getroottree().getroot().get(SOURCE, "")) or "-"
    for node in (element, *element.iterancestors()):
        at = node.get(AT)
        if at:
            line, column = at.split(":")
            return Place(file, int(line), int(column))
    return Place(file, element.sourceline or 0, 1 if element.sourceline else 0)


def number(report: Element) -> int:
    """Return the serial number of a report."""
    return int(report.findtext("front/article-meta/issue") or 0)


def language(report: Element) -> str:
    """Return the language tag of a report: `en`, `ja`, `ko`."""
    return str(report.get(LANG))


def stem(report: Element) -> str:
    """Return the id that all ids of this report begin with, as `wr032-en`."""
    return str(report.findtext("front/article-meta/article-id"))


def series(report: Element) -> str:
    """Return the name of the series, as the copy writes it."""
    return str(report.findtext("front/journal-meta/journal-title-group/journal-title"))


def date(report: Element, kind: str = "issued") -> str:
    """Return the ISO date of `kind` (issued, posted), "" where the report has none."""
    found = report.find(f"front/article-meta/pub-date[@date-type='{kind}']")
    return "" if found is None else str(found.get("iso-8601-date"))


def corrected(report: Element) -> str:
    """Return what the copy says of a correction after the issue, "" where it says nothing."""
    path = "front/article-meta/custom-meta-group/custom-meta[meta-name='corrected']/meta-value"
    return report.findtext(path) or ""


def headline(report: Element) -> Element:
    """Return the article-title element."""
    found = report.find("front/article-meta/title-group/article-title")
    assert found is not None, "the schema asks for a headline"
    return found


def title(report: Element) -> str:
    """Return the words of the headline without its note calls, as contents and covers name it."""
    bare = deepcopy(headline(report))
    for call in markers(bare):
        call.clear(keep_tail=True)
    return text(bare)


def authors(report: Element) -> list[str]:
    """Return the names of the people credited, each as the copy writes it."""
    return [
        person(contrib) for contrib in report.iterfind("front/article-meta/contrib-group/contrib")
    ]


def person(contrib: Element) -> str:
    """Return the name of one contrib: string-name as it is, parts in the order of its style.

    Of several forms the first that is not said to be in another language than the report.
    """
    forms = [*contrib.iterfind(".//string-name"), *contrib.iterfind(".//name")]
    tag = contrib.getroottree().getroot().get(LANG)
    name = next((form for form in forms if form.get(LANG) in (None, tag)), forms[0])
    if name.tag == "string-name":
        return text(name)
    parts = [name.findtext("given-names") or "", name.findtext("surname") or ""]
    if name.get("name-style") == "eastern":
        parts.reverse()
    return " ".join(filter(None, parts))


def text(element: Element) -> str:
    """Return all text below `element`, white space runs as one space, ends trimmed.

    The cells of a table, and what else stands apart in an exhibit, are parted by a space.
    """
    apart = " " if element.tag in ("table-wrap", "fig") else ""
    return squeeze(apart.join(element.itertext()))


def squeeze(words: str) -> str:
    """Return `words` with runs of white space as one space and the ends trimmed."""
    return " ".join(words.split())


def markers(element: Element) -> Iterator[Element]:
    """Yield the note markers below `element` in the order of the text."""
    return element.iterfind(".//xref[@ref-type='fn']")


def notes(report: Element) -> list[Element]:
    """Return the notes of a report in the order of its note list."""
    return report.findall("back/fn-group/fn")


def digest(data: bytes) -> str:
    """Return the hash that wp:digest holds (SHA-256, in hexadecimal)."""
    return hashlib.sha256(data).hexdigest()


def size(graphic: Element) -> tuple[int, int]:
    """Return width and height of a picture in pixels; KeyError where nobody has looked at it."""
    width, _, height = str(graphic.attrib[PIXELS]).partition("x")
    return int(width), int(height)


def parse(data: bytes, file: str) -> Element:
    """Parse bytes of our own XML; refuse a DOCTYPE, entities and anything oversized.

    Raises Fatal with R006 (ill-formed, at its line), R007 (DOCTYPE), R008 (too big), R505 (too
    deep).
    libxml2 is never let near the network, and never recovers: recovering loses text.
    """
    if len(data) > MOST_BYTES:
        raise Fatal(remark("R008", Place(file), size=len(data), most=MOST_BYTES))
    _plain(data, file)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        report = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        problem = (fault.msg or "").partition(", line ")[0]
        raise Fatal(remark("R006", Place(file, line or 1, column or 1), problem=problem)) from None
    if report.getroottree().docinfo.doctype:  # in an encoding whose bytes do not show it
        raise Fatal(remark("R007", Place(file, 1, 1)))
    _shallow(report, file)
    return report


def _plain(data: bytes, file: str) -> None:
    """Raise R007 where bytes declare a document type: before anything reads it."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        found = re.search(re.escape("<!DOCTYPE".encode(encoding)), data, re.IGNORECASE)
        if found:
            line = data.count(b"\n", 0, found.start()) + 1
            raise Fatal(remark("R007", Place(file, line, 1)))


def _shallow(report: Element, file: str) -> None:
    """Raise R505 at the first element below too many others."""
    depth = 0
    for event, element in etree.iterwalk(report, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Fatal(remark("R505", Place(file, element.sourceline or 1, 1), most=DEEPEST))


def serialize(report: Element) -> bytes:
    """Return the report as UTF-8 XML with declaration and a final line end."""
    out: bytes = etree.tostring(report, encoding="UTF-8", xml_declaration=True)
    return out.rstrip() + b"\n"


def canonical(report: Element) -> bytes:
    """Return what of a report its pages depend on: canonical XML, without the name of the file.

    https://www.w3.org/TR/xml-c14n2/
    """
    bare = copy(report)
    bare.attrib.pop(SOURCE, None)
    out: bytes = etree.tostring(bare, method="c14n2")
    return out
