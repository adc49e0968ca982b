"""The report as pure JATS, for journal systems and archives: without the words of our own."""

from __future__ import annotations

from copy import deepcopy
from typing import BinaryIO, Final, TypeAlias

from lxml import etree

from watchpress.model.tree import WP, XLINK

Element: TypeAlias = etree._Element

# The public DOCTYPE of each version of the tag set a report may name in @dtd-version.
DOCTYPES: Final = {
    "1.1": '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 '
    '20151215//EN" "http://jats.nlm.nih.gov/publishing/1.1/JATS-journalpublishing1.dtd">',
}


def strip(report: Element) -> Element:
    """Return `report` as a new tree without the words of our own; `report` stays as it is.

    Anything in the wp namespace goes; the text after a wp element stays. What is left is JATS
    Publishing as it stands: the profile (report.rnc) admits nothing else.
    """
    copy = deepcopy(report)
    # DTDs know no namespaces: they ask for the very prefix xlink, whatever the copy has. A new
    # root declares it, and what moves below takes it over.
    pure = etree.Element(copy.tag, dict(copy.attrib), nsmap={"xlink": XLINK})
    pure.text = copy.text
    pure.extend(copy)
    for element in list(pure.iter(f"{{{WP}}}*")):
        _drop(element)
    for element in pure.iter("*"):
        for name in [str(name) for name in element.attrib if str(name).startswith(f"{{{WP}}}")]:
            del element.attrib[name]
    etree.cleanup_namespaces(pure, keep_ns_prefixes=["xlink"])
    return pure


def write(report: Element, out: BinaryIO) -> None:
    """Write `report` to `out` as JATS in UTF-8, with XML declaration and public DOCTYPE.

    Raises KeyError where @dtd-version is none of `DOCTYPES`; the schema admits no other.
    """
    doctype = DOCTYPES[str(report.get("dtd-version"))]
    tree = etree.ElementTree(strip(report))
    tree.write(out, encoding="UTF-8", xml_declaration=True, doctype=doctype)
    out.write(b"\n")


def _drop(element: Element) -> None:
    """Take `element` out of its parent and leave the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:  # a wp element inside one already dropped is a root by now
        return
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
