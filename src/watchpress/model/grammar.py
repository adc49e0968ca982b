"""What report.rng says of one element: its attributes, its children and their order.

Reads only as much RELAX NG as report.rnc uses. It relies on two rules kept there: attributes
are required or optional, never alternatives; and below one parent a name has one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path
from typing import Final, Literal, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

TEXT: Final = "#text"  # text among the names of children; no element can be called so

_FILE: Final = Path(__file__).with_name("report.rng")
_RNG: Final = "{http://relaxng.org/ns/structure/1.0}"
_XML: Final = "http://www.w3.org/XML/1998/namespace"


@cache
def grammar() -> etree._ElementTree[Element]:
    """Return report.rng, parsed once."""
    return etree.parse(_FILE, etree.XMLParser(remove_comments=True, remove_blank_text=True))


def root() -> Element:
    """Return the pattern of the root element."""
    return _defines()["article"][0]


def shown(name: str) -> str:
    """Return a name as one writes it: `wp:at` for {urn:watchpress:report:1}at."""
    space, _, local = name.rpartition("}")
    prefixes = {uri: prefix for prefix, uri in grammar().getroot().nsmap.items()}
    prefix = (prefixes | {_XML: "xml"}).get(space.removeprefix("{"))
    return f"{prefix}:{local}" if prefix else name


# -- Rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    """What an attribute, or an element of data, may hold; `words` say it in a message."""

    regex: re.Pattern[str]
    words: str
    required: bool


@dataclass(frozen=True)
class Rule:
    """What one element may hold: values of attributes, patterns of children, order, data."""

    attributes: dict[str, Value]
    children: dict[str, Element]
    model: Model
    data: Value | None


@cache
def rule(pattern: Element) -> Rule:
    """Return what an element pattern of the grammar says; `Rule.children` hold the next ones."""
    attributes: dict[str, Value] = {}
    children: dict[str, Element] = {}
    data = None
    for leaf, required in _leaves(pattern, required=True):
        if leaf.tag == f"{_RNG}attribute":
            attributes[_clark(leaf)] = _value(leaf[0] if len(leaf) else None, required)
        elif leaf.tag == f"{_RNG}element":
            children[_clark(leaf)] = leaf
        else:
            data = _value(leaf, required)
    return Rule(attributes, children, _sequence(pattern), data)


def _leaves(pattern: Element, *, required: bool) -> Iterator[tuple[Element, bool]]:
    """Yield attributes, elements and data below `pattern`, through references."""
    for part in pattern:
        if part.tag in (f"{_RNG}attribute", f"{_RNG}element", f"{_RNG}data"):
            yield part, required
        else:
            must = required and part.tag in (f"{_RNG}ref", f"{_RNG}group")
            yield from _leaves(_target(part), required=must)


def _target(pattern: Element) -> Element:
    """Return the definition that a reference names; any other pattern as it is."""
    return _defines()[str(pattern.get("name"))] if pattern.tag == f"{_RNG}ref" else pattern


@cache
def _defines() -> dict[str, Element]:
    return {str(d.get("name")): d for d in grammar().getroot().iter(f"{_RNG}define")}


def _clark(pattern: Element) -> str:
    """Return the name in an element or attribute pattern as lxml writes it."""
    prefix, _, local = str(pattern.get("name")).rpartition(":")
    space = _XML if prefix == "xml" else pattern.nsmap[prefix] if prefix else ""
    return f"{{{space}}}{local}" if space else local


def _value(pattern: Element | None, required: bool) -> Value:
    if pattern is None:  # an attribute pattern without content means any text
        return Value(re.compile(".*", re.DOTALL), "text", required)
    values = [str(value.text) for value in _target(pattern).iter(f"{_RNG}value")]
    regex = _regex(pattern)
    return Value(re.compile(regex), ", ".join(values) or regex, required)


def _regex(pattern: Element) -> str:
    """Return a data pattern as a regular expression; the few that report.rnc uses."""
    parts = [_regex(part) for part in _target(pattern).iterchildren("*")]
    match etree.QName(pattern).localname:
        case "value":
            return re.escape(str(pattern.text))
        case "param":
            return str(pattern.text)
        case "choice":
            return "|".join(parts)
        case "oneOrMore":
            return rf"(?:{parts[0]})(?: (?:{parts[0]}))*"
        case _:  # ref, data, list: one part each
            return parts[0]


# -- Models: the order of children ---------------------------------------------------------------


@dataclass(frozen=True)
class Model:
    """What may still follow: derivatives of regular expressions (Brzozowski 1964) over names."""

    kind: Literal["none", "end", "child", "either", "then", "any"]
    parts: tuple[Model, ...] = ()
    name: str = ""


NONE: Final = Model("none")
END: Final = Model("end")

_LEAVES: Final = {
    "attribute": END,
    "text": Model("any", (Model("child", name=TEXT),)),
    "data": Model("any", (Model("child", name=TEXT),)),  # whether it is there, its value says
}


def _model(pattern: Element) -> Model:
    kind = etree.QName(pattern).localname
    if kind == "element":
        return Model("child", name=_clark(pattern))
    if kind == "choice":
        return _either(*map(_model, pattern))
    whole = _LEAVES.get(kind) or _sequence(pattern)
    match kind:
        case "optional":
            return _either(END, whole)
        case "zeroOrMore":
            return Model("any", (whole,))
        case "oneOrMore":
            return _then(whole, Model("any", (whole,)))
    return whole


def _sequence(pattern: Element) -> Model:
    """Return the model of all that stands in `pattern`, one after the other."""
    return reduce(_then, map(_model, _target(pattern)), END)


def _then(head: Model, rest: Model) -> Model:
    if NONE in (head, rest):
        return NONE
    if END in (head, rest):
        return rest if head == END else head
    return Model("then", (head, rest))


def _either(*parts: Model) -> Model:
    kept = tuple(dict.fromkeys(part for part in parts if part != NONE))
    return Model("either", kept) if len(kept) > 1 else kept[0] if kept else NONE


def after(model: Model, name: str) -> Model:
    """Return what may follow once a child `name` has come; NONE where it may not come."""
    match model.kind:
        case "child":
            return END if model.name == name else NONE
        case "either":
            return _either(*(after(part, name) for part in model.parts))
        case "then":
            head, rest = model.parts
            beyond = after(rest, name) if may_end(head) else NONE
            return _either(_then(after(head, name), rest), beyond)
        case "any":
            return _then(after(model.parts[0], name), model)
        case _:
            return NONE


def may_end(model: Model) -> bool:
    """Return whether nothing need follow."""
    if model.kind == "then":
        return all(map(may_end, model.parts))
    return model.kind in ("end", "any") or any(map(may_end, model.parts))


def first(model: Model) -> list[str]:
    """Return the names that may come next, in the order of the grammar."""
    if model.kind == "child":
        return [model.name]
    parts = model.parts
    if model.kind == "then" and not may_end(parts[0]):
        parts = parts[:1]
    return list(dict.fromkeys(name for part in parts for name in first(part)))


def skipped(model: Model, name: str) -> str:
    """Return the one child that is missing between here and `name`, "" where none would do."""
    return next((skip for skip in first(model) if after(after(model, skip), name) != NONE), "")
