"""The counter: takes findings as they come, shows them, and knows the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, cast

import click

from watchpress.catalog import Reading
from watchpress.diagnostic import SEVERITIES, TONGUES, Diagnostic, Fatal
from watchpress.model import tree
from watchpress.view import Key, View

if TYPE_CHECKING:
    from watchpress.build.rows import Built

FINDINGS: Final = 1  # exit status: findings at or above --fail-on
FORMATS: Final = ("full", "concise", "json", "github", "sarif", "junit")
_ALWAYS: Final = frozenset({"json", "sarif", "junit"})  # say "nothing found" too: they are files
MACHINE: Final = frozenset({*_ALWAYS, "github"})  # on standard output, where no product goes
_EXCERPTS: Final = frozenset({"full", "json", "sarif"})  # want the lines of the copy

Render: TypeAlias = Callable[[list[Diagnostic], View], str]


def tongue() -> str:
    """Return the language of messages: WATCHPRESS_LANG, else the locale's, else English."""
    for name in ("WATCHPRESS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return next((known for known in TONGUES if value.lower().startswith(known)), TONGUES[0])
    return TONGUES[0]


@dataclass
class Counter:
    """The findings of one run, and how to show them.

    `quiet`: errors only; `verbose`: with the reason for each; `fail_on`: from which severity on
    the run fails.
    """

    quiet: bool = False
    verbose: bool = False
    fail_on: str = "error"
    colour: bool | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    reports: dict[str, Key] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)
    holds: dict[str, Key] = field(default_factory=dict)
    status: int = 0

    def tell(self, finding: Diagnostic) -> None:
        """Take a finding."""
        self.findings.append(finding)

    def take(self, reading: Reading) -> None:
        """Note which report a file holds, for the findings about it."""
        file = str(reading.report.get(tree.SOURCE))
        self.reports[file] = (tree.number(reading.report), tree.language(reading.report))

    def enter(self, built: Built) -> None:
        """Note what a run on a series has come to: its files, its products, its exit status."""
        self.reports.update(built.files)
        self.editions |= {row.product: row.edition for row in built.rows if row.edition}
        self.holds |= {row.product: row.report for row in built.rows if row.report}
        self.status = self.status or built.status

    def attempt(self, step: Callable[[], None]) -> bool:
        """Run a step; where it cannot go on, take down why, and the exit status. Say if it went."""
        try:
            step()
        except Fatal as fatal:
            self.tell(fatal.diagnostic)
            self.status = self.status or fatal.status
            return False
        return True

    def failed(self) -> bool:
        """Say whether a finding is at or above --fail-on."""
        if self.fail_on == "never":
            return False
        grave = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return any(finding.severity in grave for finding in self.findings)

    def show(self, form: str, *, to_stdout: bool = False, taken: bool = False) -> None:
        """Print all findings, in the order of the copy, each once.

        They go to standard error, formats for machines to standard output, unless that is `taken`
        by a product.
        """
        findings = sorted(set(self.findings))
        if self.quiet:
            findings = [finding for finding in findings if finding.severity == "error"]
        if not findings and form not in _ALWAYS:
            return
        stream = sys.stdout if to_stdout or (form in MACHINE and not taken) else sys.stderr
        colour = stream.isatty() and "NO_COLOR" not in os.environ and self.colour is not False
        lines = excerpts(findings) if form in _EXCERPTS else {}
        known = (self.reports, lines, self.editions, self.holds)
        view = View(tongue(), colour, self.verbose, *known)
        click.echo(_render(form)(findings, view), nl=False, file=stream)

    def exit(self) -> int:
        """Return the exit status of the run."""
        return self.status or (FINDINGS if self.failed() else 0)


def _render(form: str) -> Render:
    # Each imported where it is asked for: most runs print one line, or none.
    return cast("Render", import_module(f"watchpress.formats.{form}").render)


def excerpts(findings: list[Diagnostic]) -> dict[str, list[str]]:
    """Return the lines of the files that findings are about, where they can still be read."""
    from watchpress.files import read
    from watchpress.language.letters import decode

    found: dict[str, list[str]] = {}
    for file in {finding.place.file for finding in findings if finding.place.line}:
        try:
            if file != "-":
                text = decode(read(Path(file)), file, lambda _: None)
                found[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        except Fatal:
            continue
    return found
