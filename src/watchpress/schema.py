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
from pathlib import Path
from typing import Final, Literal, TypeAlias

from lxml import etree

from watchpress.diagnostic import Diagnostic, Place, Tell, remark

WP: Final = "urn:watchpress:report:1"
XML: Final = "http://www.w3.org/XML/1998/namespace"
GRAMMAR: Final = Path(__file__).with_name("report.rng")
RNG: Final = "{http://relaxng.org/ns/structure/1.0}"

Element: TypeAlias = etree._Element

_TEXT: Final = "#text"  # text among the names of children; no element can be called so
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
    return etree.RelaxNG(_grammar())


@cache
def _grammar() -> etree._ElementTree[Element]:
    return etree.parse(GRAMMAR, etree.XMLParser(remove_comments=True, remove_blank_text=True))


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
        element=_shown(fault.element.tag),
        problem=fault.problem,
        allowed=fault.allowed,
    )


def _place(element: Element, report: Element) -> Place:
    """Return the place in the copy; in the XML where no element around knows its place."""
    file = report.get(f"{{{WP}}}source")
    for node in (element, *element.iterancestors()):
        # Read with care: wp:at may be the very thing that is wrong.
        at = re.fullmatch(r"([1-9][0-9]*):([1-9][0-9]*)", node.get(f"{{{WP}}}at", ""))
        if at:
            return Place(file or "-", int(at[1]), int(at[2]))
    line = element.sourceline or 0
    return Place(file or element.getroottree().docinfo.URL or "-", line, 1 if line else 0)


def _id_faults(report: Element) -> Iterator[Diagnostic]:
    """Yield ids given twice and markers to nowhere: RELAX NG would report both without a line."""
    first: dict[str, Element] = {}
    for element in report.iter("*"):
        key = element.get("id")
        if key is not None and first.setdefault(key, element) is not element:
            taken = _place(first[key], report)
            place = _place(element, report)
            yield remark("M102", place, element=_shown(element.tag), id=key, first=taken)
    for xref in report.iter("xref"):
        rid = xref.get("rid")
        if rid is not None and rid not in first:
            yield remark("M103", _place(xref, report), element="xref", rid=rid)


def _shown(name: str) -> str:
    """Return a name as one writes it: `wp:at` for {urn:watchpress:report:1}at."""
    prefixes = {uri: prefix for prefix, uri in _grammar().getroot().nsmap.items() if prefix}
    prefixes[XML] = "xml"
    space, _, local = name.rpartition("}")
    prefix = prefixes.get(space.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else name


# -- The walk over the report --------------------------------------------------------------------


def _faults(report: Element) -> Iterator[Fault]:
    """Yield what is wrong, in the order of the report."""
    root = _follow(_grammar().getroot().find(f"{RNG}start/{RNG}ref"))
    if report.tag == root.get("name"):
        yield from _element_faults(report, _rule(root))
    else:
        yield Fault(report, "is no report", str(root.get("name")))


def _element_faults(element: Element, rule: Rule) -> Iterator[Fault]:
    yield from _attribute_faults(element, rule)
    yield from _content_faults(element, rule)
    for child in element.iterchildren("*"):
        if child.tag in rule.children:
            yield from _element_faults(child, _rule(rule.children[child.tag]))


def _attribute_faults(element: Element, rule: Rule) -> Iterator[Fault]:
    for name, value in element.attrib.items():
        known = rule.attributes.get(str(name))
        if known is None:
            allowed = ", ".join(map(_shown, rule.attributes)) or "no attribute"
            yield Fault(element, f"has an unknown attribute {_shown(str(name))}", allowed)
        elif not known.value.fullmatch(value):
            problem = f'has {_shown(str(name))}="{_clip(value)}"'
            yield Fault(element, problem, known.words)
    for name, known in rule.attributes.items():
        if known.required and name not in element.attrib:
            yield Fault(element, f"lacks the attribute {_shown(name)}", known.words)


def _content_faults(element: Element, rule: Rule) -> Iterator[Fault]:
    """Match the children one by one; past a fault go on where the fewest faults follow."""
    state = rule.model
    parent = _shown(element.tag)
    excused: set[str] = set()  # names whose absence or misplacement has been told
    for name, node in _children(element):
        after, wanted = _after(state, name), _skipped(state, name)
        if after != NONE:
            state = after
        elif wanted:
            yield Fault(node, f"stands in {parent} without {wanted} before it", _next(state))
            state = _after(_after(state, wanted), name)
            excused.add(wanted)
        elif name not in excused:
            where = "holds text" if name == _TEXT else f"may not stand here in {parent}"
            yield Fault(node, where, _next(state))
            excused.add(name)
    if not _may_end(state) and not excused.intersection(_first(state)):
        yield Fault(element, "is not complete", _next(state))
    if rule.value and not rule.value.value.fullmatch(element.text or ""):
        yield Fault(element, f'holds "{_clip(element.text or "")}"', rule.value.words)


def _children(element: Element) -> Iterator[tuple[str, Element]]:
    """Yield name and element of each child; for text its name and `element` itself."""
    if (element.text or "").strip(_BLANK):
        yield _TEXT, element
    for child in element:
        if isinstance(child.tag, str):
            yield child.tag, child
        if (child.tail or "").strip(_BLANK):
            yield _TEXT, element


def _clip(value: str) -> str:
    return value if len(value) <= _MOST else value[: _MOST - 1] + "…"


# -- Rules: what the grammar says of one element -------------------------------------------------


@dataclass(frozen=True)
class Value:
    """What an attribute, or an element of data, may hold; `words` say it in a message."""

    value: re.Pattern[str]
    words: str
    required: bool = True


@dataclass(frozen=True)
class Rule:
    """What one element of the grammar may hold; `children` are their patterns by name."""

    attributes: dict[str, Value]
    children: dict[str, Element]
    model: Model
    value: Value | None


@cache
def _rule(pattern: Element) -> Rule:
    attributes: dict[str, Value] = {}
    children: dict[str, Element] = {}
    value = None
    for leaf, required in _leaves(pattern, required=True):
        if leaf.tag == f"{RNG}attribute":
            attributes[_clark(leaf)] = _value(leaf, required)
        elif leaf.tag == f"{RNG}element":
            children[_clark(leaf)] = leaf
        elif leaf.tag == f"{RNG}data":
            value = _value(pattern[-1], required)
    return Rule(attributes, children, _model(pattern), value)


def _leaves(pattern: Element, *, required: bool) -> Iterator[tuple[Element, bool]]:
    """Yield attributes, elements and data below `pattern`, through references."""
    for part in pattern:
        if part.tag in (f"{RNG}attribute", f"{RNG}element", f"{RNG}data"):
            yield part, required
        else:
            must = required and part.tag in (f"{RNG}ref", f"{RNG}group", f"{RNG}oneOrMore")
            yield from _leaves(_follow(part, whole=True), required=must)


def _follow(ref: Element | None, *, whole: bool = False) -> Element:
    """Return the definition a reference names (`whole`), or the first pattern in it."""
    assert ref is not None, "report.rng has a start"
    if ref.tag != f"{RNG}ref":
        return ref
    define = _defines()[str(ref.get("name"))]
    return define if whole else define[0]


@cache
def _defines() -> dict[str, Element]:
    return {str(d.get("name")): d for d in _grammar().getroot().iter(f"{RNG}define")}


def _clark(pattern: Element) -> str:
    prefix, _, local = str(pattern.get("name")).rpartition(":")
    space = XML if prefix == "xml" else pattern.nsmap.get(prefix or "-")
    return f"{{{space}}}{local}" if space else local
