"""Style sheets of one's own, looked at before a page is laid out: what would harm or hide.

The page engine follows an address, multiplies variables and divides by sizes as it is told; a rule
that hides text is found in the product only, without the line that did it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark

USAGE: Final = 2  # exit status
MOST_BYTES: Final = 1_000_000  # of a style sheet; ours have some 15,000
COPIES: Final = 1000  # times that a variable may be repeated in a value, through others
HUGE: Final = 10_000  # most of any number in a length: three metres in pixels
DEEP: Final = 24  # brackets in each other
LONGEST: Final = 200  # variables in a chain
_HIDES: Final = {
    ("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"),
    ("content-visibility", "hidden"), ("color", "transparent"), ("opacity", "0"),
}  # fmt: skip
_SMALL: Final = 3.0  # pt or px: nobody reads less
# Selectors whose text nobody has to see: brackets of readings, arrows back from notes.
_SPARED: Final = re.compile(r"^\s*(?:rp|\.backlink|\.pagebreak|::?marker)\s*$")
_BOOK: Final = re.compile(r"\.\./fonts/[a-z0-9-]+\.woff2")
_WORDS: Final = re.compile(r"\w")
_BLOCKS: Final = frozenset(("() block", "[] block", "{} block", "function"))


@dataclass
class _Sheet:
    """One file being looked at."""

    path: Path
    folder: Path
    found: list[Diagnostic] = field(default_factory=list)
    variables: dict[str, list[Any]] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)

    def say(self, code: str, node: Any, **facts: object) -> None:
        place = Place(str(self.path), node.source_line, node.source_column)
        self.found.append(remark(code, place, **facts))


def check(folder: Path | None, tell: Tell) -> None:
    """Tell what is wrong with the style sheets of a folder; Fatal (status 2) where one would harm.

    Errors, the last of them raised: C301 (@import), C302 (an address elsewhere), C303 (variables
    that multiply), C304 (a huge size), C305 (brackets too deep, a file too big). Warnings: C306
    (words that are in no report), C307 (text that is hidden).
    """
    found = [] if folder is None else list(faults(folder))
    errors = [one for one in found if one.severity == "error"]
    for one in found:
        if one not in errors[-1:]:
            tell(one)
    if errors:
        raise Fatal(errors[-1], status=USAGE)


def faults(folder: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with each style sheet in a folder and below it, in their order."""
    for path in sorted(folder.rglob("*.css")):
        if path.is_file():
            yield from _faults(path, folder)


def _faults(path: Path, folder: Path) -> Iterable[Diagnostic]:
    # Imported here: most series have no style sheets of their own.
    import tinycss2

    sheet = _Sheet(path, folder)
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ()  # who reads the sheet says so, where it is asked for
    if len(text) > MOST_BYTES:
        return [remark("C305", Place(str(path)), what=f"{MOST_BYTES} bytes")]
    deep = _deepest(text)
    if deep:
        return [remark("C305", Place(str(path), *deep), what=f"{DEEP} brackets")]
    _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), sheet)
    _bombs(sheet)
    return sorted(dict.fromkeys(sheet.found))


# Comments and strings (CSS Syntax, 4.3.5: a sign behind \ is no quotation mark).
_QUIET: Final = r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"


def _deepest(text: str) -> tuple[int, int] | None:
    """Return line and column of the bracket that is one too many in others; the parser recurs."""
    depth = 0
    bare = re.sub(_QUIET, lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
    for found in re.finditer(r"[(\[{]|[)\]}]", bare):
        depth = depth + 1 if found[0] in "([{" else max(depth - 1, 0)
        if depth > DEEP:
            at = found.start()
            return bare.count("\n", 0, at) + 1, at - bare.rfind("\n", 0, at)
    return None


def _rules(rules: Sequence[Any], sheet: _Sheet, selector: str = "") -> None:
    """Look at rules, and at those inside of them."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            sheet.say("C301", rule)
        elif rule.type == "declaration":
            _declaration(rule, sheet, selector)
        elif rule.type in ("at-rule", "qualified-rule") and rule.content is not None:
            own = tinycss2.serialize(rule.prelude) if rule.type == "qualified-rule" else selector
            inner = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            _rules(inner, sheet, own)


def _declaration(one: Any, sheet: _Sheet, selector: str) -> None:
    nodes = list(_walk(one.value))
    if one.name.startswith("--"):
        sheet.variables.setdefault(one.name, []).extend(_used(nodes))
        sheet.places.setdefault(one.name, one)
    elif _used(nodes):
        key = f"{one.lower_name} {one.source_line}:{one.source_column}"
        sheet.variables[key], sheet.places[key] = _used(nodes), one
    for node in nodes:
        _address(node, sheet)
        number = getattr(node, "value", 0) if node.type in ("dimension", "percentage") else 0
        if abs(number) > HUGE:
            sheet.say("C304", node, value=node.serialize()[:30], most=HUGE)
    if one.lower_name == "content":
        _words(nodes, sheet)
    _hidden(one, sheet, selector)


def _walk(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        yield node
        if node.type in _BLOCKS:
            yield from _walk(node.arguments if node.type == "function" else node.content)


def _used(nodes: Sequence[Any]) -> list[str]:
    """Return the variables that a value asks for, each as often as it does."""
    calls = [one for one in nodes if one.type == "function" and one.lower_name == "var"]
    return [
        inner.value
        for call in calls
        for inner in call.arguments
        if inner.type == "ident" and inner.value.startswith("--")
    ]


def _address(node: Any, sheet: _Sheet) -> None:
    """Tell an address that is neither data nor a file of the folder."""
    if node.type == "url":
        url = node.value
    elif node.type == "function" and node.lower_name in ("url", "src"):
        url = next((one.value for one in node.arguments if one.type == "string"), "")
    else:
        return
    if not url or url.startswith("#") or _inside(url, sheet.folder) or _bookish(url, sheet.path):
        return
    sheet.say("C302", node, url=url[:80])


def _bookish(url: str, path: Path) -> bool:
    """Say whether a sheet of an EPUB asks for one of the fonts that the book brings along."""
    return path.name.startswith("epub") and _BOOK.fullmatch(url) is not None


def _inside(url: str, folder: Path) -> bool:
    try:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return True
        name = unquote(parts.path)
        return not (parts.scheme or parts.netloc) and (folder / name).resolve().is_relative_to(
            folder.resolve()
        )
    except (ValueError, OSError, RuntimeError):
        return False


def _words(nodes: Sequence[Any], sheet: _Sheet) -> None:
    for node in nodes:
        if node.type == "string" and _WORDS.search(node.value):
            sheet.say("C306", node, text=node.value[:40])


def _hidden(one: Any, sheet: _Sheet, selector: str) -> None:
    """Tell a declaration that takes text out of sight, but for text that is a tool."""
    idents = [node.lower_value for node in one.value if node.type == "ident"]
    numbers = [node for node in one.value if node.type in ("number", "dimension", "percentage")]
    said = {(one.lower_name, word) for word in idents}
    said |= {(one.lower_name, node.representation) for node in numbers}
    small = one.lower_name == "font-size" and any(_small(node) for node in numbers)
    far = one.lower_name in ("text-indent", "left", "top", "margin-left") and any(
        node.value < -HUGE / 10 for node in numbers
    )
    parts = selector.split(",")
    if (said & _HIDES or small or far) and not all(_SPARED.match(part) for part in parts):
        value = "".join(node.serialize() for node in one.value).strip()
        sheet.say("C307", one, rule=f"{one.lower_name}: {value}"[:60], selector=selector.strip())


def _small(node: Any) -> bool:
    if node.type == "dimension":
        relative = node.lower_unit in ("em", "rem", "ex", "ch")
        return bool(abs(node.value) < (0.2 if relative else _SMALL))
    return bool(node.value == 0 or (node.type == "percentage" and abs(node.value) < 20))


def _bombs(sheet: _Sheet) -> None:
    """Tell the variables that ask for others so often that a value has no end."""
    weights: dict[str, int] = {}
    for name in sheet.variables:
        if _weight(name, sheet.variables, weights, ()) > COPIES:
            sheet.say("C303", sheet.places[name], name=name.partition(" ")[0], most=COPIES)


def _weight(
    name: str, variables: dict[str, list[Any]], known: dict[str, int], above: tuple[str, ...]
) -> int:
    """Return how many values of variables come into the one called `name`; a ring has no end."""
    if name in above or len(above) > LONGEST:
        return COPIES + 1
    if name not in known:
        inner = variables.get(name, ())
        known[name] = 1 + sum(_weight(one, variables, known, (*above, name)) for one in inner)
    return known[name]
