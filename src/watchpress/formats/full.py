"""Findings for the person at the keyboard: the words, the place in the copy, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from watchpress.diagnostic import Diagnostic
from watchpress.language.excerpt import excerpt, width
from watchpress.view import View

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
    found = excerpt(lines, finding.place.line, finding.place.column)
    if found is None:
        return []
    left, right = "…" if found.more_before else "", "…" if found.more_after else ""
    gutter = f"{finding.place.line:>5} | "
    caret = " " * (len(gutter) + len(left) + width(found.before)) + "^"
    return [f"{gutter}{left}{found.before}{found.after}{right}", caret]
