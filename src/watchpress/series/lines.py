"""TOML read, and where in it a key stands: tomllib keeps no places, and findings need them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from watchpress.diagnostic import Fatal, Place, remark

Key: TypeAlias = tuple[str | int, ...]  # ("volumes", 0, "year")
Spot: TypeAlias = tuple[int, int]  # line and column, from 1

USAGE: Final = 2  # exit status: usage or configuration

_BARE: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED: Final = rf"{_BARE}(?:\s*\.\s*{_BARE})*"
_TABLE: Final = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?")
_PAIR: Final = re.compile(rf"(\s*)({_DOTTED})\s*=")
_FENCE: Final = re.compile(r'"""|' + "'''")


def parsed(text: str, file: str) -> dict[str, Any]:
    """Return what the text of `file` says; Fatal C202 with status 2 where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        said = str(fault)
        match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        problem = said[: match.start()] if match else said
        line = int(match[1]) if match and match[1] else max(1, len(text.splitlines()))
        column = int(match[2]) if match and match[2] else 1
        finding = remark("C202", Place(file, line, column), problem=problem)
        raise Fatal(finding, status=USAGE) from None
    except (RecursionError, ValueError) as fault:
        # TOML lets both be; tomllib goes down into each bracket, int() counts figures.
        deep = isinstance(fault, RecursionError)
        problem = "brackets too deep in each other" if deep else "a number with too many figures"
        raise Fatal(remark("C202", Place(file, 1, 1), problem=problem), status=USAGE) from None


def spots(text: str) -> Mapping[Key, Spot]:
    """Return where each table and each key that begins a line stands, by its full key."""
    found: dict[Key, Spot] = {}
    table: Key = ()
    counts: Counter[Key] = Counter()
    within = False  # a string of several lines
    for number, line in enumerate(text.splitlines(), 1):
        fences = len(_FENCE.findall(line))
        if within:
            within = fences % 2 == 0
            continue
        within = fences % 2 == 1
        if match := _TABLE.match(line):
            table = _key(match[2], counts)
            if match[1] == "[[":
                counts[table] += 1
                table = (*table, counts[table] - 1)
            found.setdefault(table, (number, line.index("[") + 1))
        elif match := _PAIR.match(line):
            found.setdefault((*table, *_parts(match[2])), (number, len(match[1]) + 1))
    return found


def _parts(dotted: str) -> Key:
    return tuple(part.strip("\"'") for part in re.findall(_BARE, dotted))


def _key(dotted: str, counts: Counter[Key]) -> Key:
    """Return the key of a table header; below an array of tables it is of the last of them."""
    key: Key = ()
    parts = _parts(dotted)
    for part in parts[:-1]:
        key = (*key, part)
        if counts[key]:
            key = (*key, counts[key] - 1)
    return (*key, parts[-1])


def spot(key: Key, text: str, known: Mapping[Key, Spot]) -> Spot:
    """Return where `key` stands, else the nearest that is known of it: its table, or line 1.

    A key within an inline table is looked for behind the key that the table belongs to.
    """
    for length in range(len(key), 0, -1):
        if key[:length] in known:
            line, column = known[key[:length]]
            rest = [part for part in key[length:] if isinstance(part, str)]
            return (line, _inner(rest, text.splitlines()[line - 1], column))
    return (1, 1)


def _inner(rest: list[str], line: str, column: int) -> int:
    for part in rest:
        match = re.compile(rf"""(?<![\w-])["']?{re.escape(part)}["']?\s*=""").search(
            line, column - 1
        )
        column = match.start() + 1 if match else column
    return column
