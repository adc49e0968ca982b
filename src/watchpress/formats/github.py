"""Findings as workflow commands: GitHub shows each beside its line of the copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from watchpress.diagnostic import Diagnostic
from watchpress.view import View

LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}
_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: Final = {**_DATA, ":": "%3A", ",": "%2C"}


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return one command a finding (GitHub Docs, "Workflow commands for GitHub Actions").

    The runner takes the place from properties, in which `:` and `,` are escaped as well.
    """
    return "".join(f"{_command(one, view)}\n" for one in findings)


def _command(finding: Diagnostic, view: View) -> str:
    place = finding.place
    properties = {"file": place.file}
    if place.line:
        properties |= {"line": str(place.line), "col": str(place.column)}
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{name}={_escaped(text, _PROPERTY)}" for name, text in properties.items())
    said = ": ".join(filter(None, (view.sheet(finding), finding.say("words", view.tongue))))
    words = f"{said}\n= {finding.say('fix', view.tongue)}"
    return f"::{LEVELS[finding.severity]} {listed}::{_escaped(words, _DATA)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
