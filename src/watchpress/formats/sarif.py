"""Findings as SARIF 2.1.0: what code hosts and editors keep, compare and show at the line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from watchpress import __version__
from watchpress.diagnostic import Diagnostic, wording
from watchpress.diagnostic import code as entry
from watchpress.fingerprint import fingerprints
from watchpress.view import View

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT: Final = "watchpress/v1"


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return a SARIF log of one run (OASIS SARIF 2.1.0); columns count Unicode characters."""
    codes = sorted({finding.code for finding in findings})
    prints = fingerprints(findings, view.lines)
    run = {
        "tool": {"driver": _driver(codes, view.tongue)},
        "columnKind": "unicodeCodePoints",
        "language": view.tongue,
        "results": [
            _result(one, codes, view, print_) for one, print_ in zip(findings, prints, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver(codes: Sequence[str], tongue: str) -> dict[str, Any]:
    return {
        "name": "watchpress",
        "semanticVersion": __version__,
        "rules": [_rule(code, tongue) for code in codes],
    }


def _rule(code: str, tongue: str) -> dict[str, Any]:
    return {
        "id": code,
        "name": str(entry(code)["name"]),
        "shortDescription": {"text": str(entry(code)["name"]).replace("-", " ")},
        "fullDescription": {"text": wording(code, "why", tongue)},
        "help": {"text": wording(code, "fix", tongue)},
        "defaultConfiguration": {"level": LEVELS[str(entry(code)["severity"])]},
    }


def _result(finding: Diagnostic, codes: Sequence[str], view: View, print_: str) -> dict[str, Any]:
    words, fix = finding.say("words", view.tongue), finding.say("fix", view.tongue)
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": f"{words}\n{fix}"},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {FINGERPRINT: print_},
        "properties": view.facts(finding),
    }


def _location(finding: Diagnostic) -> dict[str, Any]:
    place = finding.place
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return location


def _uri(file: str) -> str:
    """Return a file as a URI: relative as it is given, absolute with the scheme file."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
