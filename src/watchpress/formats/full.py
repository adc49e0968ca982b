"""Findings for the person at the keyboard: the words, the place in the copy, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from watchpress.diagnostic import Diagnostic
from watchpress.view import View

WIDTH: Final = 76  # columns of a terminal that an excerpt takes at most
BEFORE: Final = 34  # of them before the place
_COLOURS: Final = {"error": "31", "warning": "33", "info": "36"}  # ECMA-48 red, yellow, cyan


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return each finding with an excerpt of its line, a caret at the place, and the remedy."""
    return "\n".join(_finding(one, view) for one in findings)


def _finding(finding: Diagnostic, view: View) -> str:
    severity = finding.severity
    title = f"{severity} {finding.code} {finding.name}"
    if view.coloured:
        title = f"\x1b[1;{_COLOURS[severity]}m{title}\x1b[0m"
    said = ": ".join(filter(None, (view.sheet(finding), finding.say("words", view.tongue))))
    lines = [f"{finding.place}: {title}", f"    {said}"]
    lines += _excerpt(finding, view.lines.get(finding.place.file, ()))
    lines.append(f"    = {finding.say('fix', view.tongue)}")
    if view.verbose:
        lines.append(f"    = {finding.say('why', view.tongue)}")
    return "\n".join(lines) + "\n"


def _excerpt(finding: Diagnostic, lines: Sequence[str]) -> list[str]:
    """Return the stretch of the line round the place and a caret below it; [] without a place."""
    row, column = finding.place.line, finding.place.column
    if not 0 < row <= len(lines):
        return []
    text = "".join(sign if sign.isprintable() else " " for sign in lines[row - 1])
    start = _back(text, column - 1, BEFORE)
    stop = _forth(text, start, WIDTH)
    left, right = "…" if start else "", "…" if stop < len(text) else ""
    gutter = f"{row:>5} | "
    caret = " " * (len(gutter) + len(left) + width(text[start : column - 1])) + "^"
    return [f"{gutter}{left}{text[start:stop]}{right}", caret]


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _back(text: str, index: int, columns: int) -> int:
    while index > 0 and columns > 0:
        index -= 1
        columns -= width(text[index])
    return index


def _forth(text: str, index: int, columns: int) -> int:
    while index < len(text) and columns > 0:
        columns -= width(text[index])
        index += 1
    return index
