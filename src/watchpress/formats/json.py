"""Findings for machines: a list, one object a finding."""

from __future__ import annotations

import json
from collections.abc import Sequence

from watchpress.diagnostic import Diagnostic
from watchpress.fingerprint import fingerprints
from watchpress.view import View


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return a JSON list; `page`, `product`, `report` and the like stand only where they apply."""
    prints = fingerprints(findings, view.lines)
    rows = [_finding(one, view, print_) for one, print_ in zip(findings, prints, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Diagnostic, view: View, print_: str) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.say("words", view.tongue),
        "hint": finding.say("fix", view.tongue),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "fingerprint": print_,
        **view.facts(finding),
    }
