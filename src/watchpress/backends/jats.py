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
    """Return `report` as a new tree of pure JATS Publishing; `report` stays as it is.

    Anything in the wp namespace goes; the text after a wp element stays. Three things that JATS
    Archiving allows and Publishing 1.1 does not are put as it wants them:
    <journal-meta> demands an ISSN: where the series has none an empty one is put, for a made-up
    number would be a lie. <pub-date> and <date> hold digits, which iso-8601-date gives; a
    correction without a date goes. <contrib> holds a string-name in name-alternatives only.
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
    for step in (_issn, _dates, _history, _names):
        step(pure)
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


def _issn(pure: Element) -> None:
    series = pure.find("front/journal-meta")
    if series is None or series.find("issn") is not None:
        return
    after = series.find("publisher")
    place = len(series) if after is None else series.index(after)
    series.insert(place, etree.Element("issn"))


def _dates(pure: Element) -> None:
    """Put the digits of each date, in the order of the DTD: day, month, year."""
    for element in list(pure.iter("pub-date", "date")):
        parts = element.get("iso-8601-date", "").split("-")
        for child in list(element):
            element.remove(child)
        for name, digits in reversed(list(zip(("year", "month", "day"), parts, strict=False))):
            etree.SubElement(element, name).text = digits


def _history(pure: Element) -> None:
    """Take out corrections of which the copy does not say when: JATS has no word for them."""
    for history in list(pure.iterfind("front/article-meta/history")):
        for date in history.findall("date"):
            if date.get("iso-8601-date") is None:
                _drop(date)
        if not len(history):
            _drop(history)


def _names(pure: Element) -> None:
    for name in list(pure.iterfind("front/article-meta/contrib-group/contrib/string-name")):
        around = etree.Element("name-alternatives")
        name.addprevious(around)
        around.append(name)
