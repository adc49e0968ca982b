"""Findings as test results: a suite for each file, in the form that CI servers take from JUnit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree
from lxml.builder import E

from watchpress.diagnostic import Diagnostic
from watchpress.model.tree import Element
from watchpress.view import View

_FAILS: Final = frozenset({"error", "warning"})
_UNFIT: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return one <testsuites> document.

    A file without findings is one test that passes; an error or a warning is a test that fails;
    an info passes, its words in the output of the test.
    """
    files: dict[str, list[Diagnostic]] = {file: [] for file in view.reports}
    for finding in findings:
        files.setdefault(finding.place.file, []).append(finding)
    suites = [_suite(file, files[file], view) for file in sorted(files)]
    tests = sum(len(suite) for suite in suites)
    document = E.testsuites(*suites, **_counts(findings, tests))
    return etree.tostring(document, encoding="unicode", pretty_print=True)


def _suite(file: str, findings: Sequence[Diagnostic], view: View) -> Element:
    cases = [_case(one, view) for one in findings] or [
        E.testcase(name="no findings", classname=_fit(file))
    ]
    return E.testsuite(*cases, name=_fit(file), **_counts(findings, len(cases)))


def _counts(findings: Sequence[Diagnostic], tests: int) -> dict[str, str]:
    failed = sum(one.severity in _FAILS for one in findings)
    return {"tests": str(tests), "failures": str(failed), "errors": "0"}


def _case(finding: Diagnostic, view: View) -> Element:
    place, words = finding.place, _fit(finding.say("words", view.tongue))
    at = f" {place.line}:{place.column}" if place.line else ""
    case = E.testcase(
        *_outcome(finding, words, view),
        name=f"{finding.code} {finding.name}{at}",
        classname=_fit(place.file),
        file=_fit(place.file),
    )
    if place.line:
        case.set("line", str(place.line))
    return case


def _outcome(finding: Diagnostic, words: str, view: View) -> Iterator[Element]:
    at = ", ".join(filter(None, (str(finding.place), view.sheet(finding))))
    full = _fit(f"{at}\n{words}\n= {finding.say('fix', view.tongue)}")
    if finding.severity in _FAILS:
        yield E.failure(full, type=finding.severity, message=words)
    else:
        yield E("system-out", full)


def _fit(text: str) -> str:
    """Return `text` without the characters that XML cannot hold; each becomes U+FFFD."""
    return _UNFIT.sub("\ufffd", text)
