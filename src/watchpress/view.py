"""How findings are shown: in which language, and what is known of the files that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from watchpress.diagnostic import Diagnostic

Key: TypeAlias = tuple[int, str]  # number and language of a report


@dataclass(frozen=True)
class View:
    """How findings are to be shown: the language of the words, and what is known of the files.

    `reports`: file -> (number, language); `lines`: file -> its lines, for excerpts; `editions`:
    product -> the edition of series.toml that it is of; `holds`: product -> the one report in it.
    """

    tongue: str = "en"
    coloured: bool = False
    verbose: bool = False  # with the reason why each finding matters
    reports: Mapping[str, Key] = field(default_factory=dict)
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    holds: Mapping[str, Key] = field(default_factory=dict)

    def product(self, finding: Diagnostic) -> str:
        """Return the file of the product that a finding is about, "" where it is about none."""
        file = finding.place.file
        return finding.product or (file if file in self.editions or file in self.holds else "")

    def facts(self, finding: Diagnostic) -> dict[str, Any]:
        """Return what machines are told beside place and words; only what applies is there."""
        product = self.product(finding)
        report = self.reports.get(finding.place.file) or self.holds.get(product)
        facts: dict[str, Any] = {"report": report[0], "lang": report[1]} if report else {}
        if finding.page:
            facts["page"] = finding.page
        if product:
            facts["product"] = product
        if product in self.editions:
            facts["edition"] = self.editions[product]
        return facts

    def sheet(self, finding: Diagnostic) -> str:
        """Return where in a product a finding is: `page 4 of 042.en.pdf`; "" for nowhere.

        A product that is the place of the finding is not named again.
        """
        product = "" if finding.product == finding.place.file else finding.product
        page = f"page {finding.page}" if finding.page else ""
        return " of ".join(filter(None, (page, product)))
