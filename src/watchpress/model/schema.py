"""Whether a report has the form of report.rnc, and in words of the field where it has not.

libxml2 judges (fast, report.rng); its RELAX NG messages name neither the place nor what would
be right, and one fault draws a cascade of them. So where it says no, a walk of our own over the
same grammar says why. The walk relies on two rules that report.rnc keeps: attributes are
required or optional, and below one parent a name has one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

from lxml import etree

from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.model.grammar import (
    NONE,
    TEXT,
    Model,
    Rule,
    after,
    first,
    grammar,
    may_end,
    root,
    rule,
    shown,
    skipped,
)

Element: TypeAlias = etree._Element

AT: Final = "{urn:watchpress:report:1}at"
SOURCE: Final = "{urn:watchpress:report:1}source"

_BLANK: Final = " \t\r\n"  # white space as XML has it; an ideographic space is text
_MOST: Final = 60  # letters of a bad value that a message quotes


def validate(report: Element, tell: Tell) -> bool:
    """Tell every fault in the form and the ids of `report`; return whether there is none.

    M101 (element, problem, allowed): the form differs from report.rnc.
    M102 (element, id, first): an id is taken; `first` is the place that has it.
    M103 (element, rid): a marker points to an id that the report does not have.
    The place is the nearest wp:at, else the line of the XML.
    """
    found: list[Diagnostic] = []
    schema = _schema()
    if not schema.validate(report):
        found += [_remark(fault, report) for fault in _faults(report)]
        if not found:  # the judge stands above the walk: its verdict is never dropped
            problem = schema.error_log[0].message if schema.error_log else "is not valid"
            found.append(_remark(Fault(report, problem, "report.rnc"), report))
    found += _id_faults(report)
    for finding in dict.fromkeys(found):
        tell(finding)
    return not found


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(grammar())


# -- Faults and their places ---------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with `element`: what, and what would be right."""

    element: Element
    problem: str
    allowed: str


def _remark(fault: Fault, report: Element) -> Diagnostic:
    return remark(
        "M101",
        _place(fault.element, report),
        element=shown(str(fault.element.tag)),
        problem=fault.problem,
        allowed=fault.allowed,
    )


def _place(element: Element, report: Element) -> Place:
    """Return the place in the copy; in the XML where no element around knows its place."""
    file = report.get(SOURCE) or "-"
    for node in (element, *element.iterancestors()):
        # Read with care: wp:at may be the very thing that is wrong.
        at = re.fullmatch(r"([1-9][0-9]*):([1-9][0-9]*)", node.get(AT, ""))
        if at:
            return Place(file, int(at[1]), int(at[2]))
    line = element.sourceline or 0
    return Place(element.getroottree().docinfo.URL or file, line, 1 if line else 0)


def _id_faults(report: Element) -> Iterator[Diagnostic]:
    """Yield ids given twice and markers to nowhere: RELAX NG would report both without a line."""
    owners: dict[str, Element] = {}
    for element in report.iter("*"):
        key = element.get("id")
        if key is not None and owners.setdefault(key, element) is not element:
            taken = _place(owners[key], report)
            place = _place(element, report)
            yield remark("M102", place, element=shown(str(element.tag)), id=key, first=taken)
    for xref in report.iter("xref"):
        rid = xref.get("rid")
        if rid is not None and rid not in owners:
            yield remark("M103", _place(xref, report), element="xref", rid=rid)


# -- The walk over the report --------------------------------------------------------------------


def _faults(report: Element) -> Iterator[Fault]:
    """Yield what is wrong, in the order of the report."""
    if report.tag != root().get("name"):
        yield Fault(report, "is no report", str(root().get("name")))
        return
    ahead = [(report, rule(root()))]  # a stack, not recursion: copy may nest deeper than Python
    while ahead:
        element, known = ahead.pop()
        yield from _attribute_faults(element, known)
        yield from _content_faults(element, known)
        for child in element.iterchildren("*", reversed=True):
            if child.tag in known.children:
                ahead.append((child, rule(known.children[str(child.tag)])))


def _attribute_faults(element: Element, known: Rule) -> Iterator[Fault]:
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if name not in known.attributes:
            allowed = ", ".join(map(shown, known.attributes)) or "no attribute"
            yield Fault(element, f"has an unknown attribute {shown(name)}", allowed)
        elif not known.attributes[name].regex.fullmatch(value):
            problem = f'has {shown(name)}="{_clip(value)}"'
            yield Fault(element, problem, known.attributes[name].words)
    for name, wanted in known.attributes.items():
        if wanted.required and name not in element.attrib:
            yield Fault(element, f"lacks the attribute {shown(name)}", wanted.words)


def _content_faults(element: Element, known: Rule) -> Iterator[Fault]:
    """Match the children one by one; past a fault go on where the fewest faults follow."""
    state, stuck, parent = known.model, NONE, shown(str(element.tag))
    absent: set[str] = set()  # told as missing; where they come too late, that is told too
    strays: set[str] = set()  # told as standing in the wrong place; they are not missing
    for name, node in _children(element):
        if (following := after(state, name)) != NONE:
            state = following
        elif missing := skipped(state, name):
            if missing not in strays:
                problem = f"stands in {parent} without {missing} before it"
                yield Fault(node, problem, _next(state))
            state = after(after(state, missing), name)
            absent.add(missing)
        elif name not in absent:
            problem = "holds text" if name == TEXT else f"may not stand here in {parent}"
            yield Fault(node, problem, _next(state))
            strays.add(name)
            stuck = state  # whatever is missing here, the stray stands in its place
    if not may_end(state) and state != stuck and strays.isdisjoint(first(state)):
        yield Fault(element, "is not complete", _next(state))
    if known.data and not known.data.regex.fullmatch(element.text or ""):
        yield Fault(element, f'holds "{_clip(element.text or "")}"', known.data.words)


def _children(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield name and element of each child; for text its name and `element` itself."""
    if (element.text or "").strip(_BLANK):
        yield TEXT, element
    for child in element:
        if isinstance(child.tag, str):
            yield child.tag, child
        if (child.tail or "").strip(_BLANK):
            yield TEXT, element


def _next(state: Model) -> str:
    """Return what may come next, for a message."""
    names = ["text" if name == TEXT else shown(name) for name in first(state)]
    return ", ".join(names) or "nothing more"


def _clip(value: str) -> str:
    return value if len(value) <= _MOST else value[: _MOST - 1] + "…"
