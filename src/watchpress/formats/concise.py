"""One line a finding, as compilers print them: editors and terminals jump to the place."""

from __future__ import annotations

from collections.abc import Sequence

from watchpress.catalog import View
from watchpress.diagnostic import Diagnostic


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return `file:line:col: severity CODE name: words` for each finding."""
    return "".join(f"{line(finding, view.tongue)}\n" for finding in findings)


def line(finding: Diagnostic, tongue: str) -> str:
    """Return the one line of a finding."""
    page = f"page {finding.page}: " if finding.page else ""
    words = finding.say("words", tongue)
    return f"{finding.place}: {finding.severity} {finding.code} {finding.name}: {page}{words}"
