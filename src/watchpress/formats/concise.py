"""One line a finding, as compilers print them: editors and terminals jump to the place."""

from __future__ import annotations

from collections.abc import Sequence

from watchpress.diagnostic import Diagnostic
from watchpress.view import View


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return `file:line:col: severity CODE name: words` for each finding."""
    return "".join(f"{line(finding, view)}\n" for finding in findings)


def line(finding: Diagnostic, view: View) -> str:
    """Return the one line of a finding."""
    said = ": ".join(filter(None, (view.sheet(finding), finding.say("words", view.tongue))))
    return f"{finding.place}: {finding.severity} {finding.code} {finding.name}: {said}"
