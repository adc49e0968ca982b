"""The proof of a volume: which of its pages are read, in which order, and what comes of faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from watchpress.backends.pdf.facts import Compiled
from watchpress.build.report import BROKEN_PRODUCT
from watchpress.checks.proof.verdict import Subject, check
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.volume.pages import REPORTS, Placed


def prove(subject: Subject, tell: Tell) -> None:
    """Compare a product with its reports; Fatal with status 5 at the last difference."""
    faults: list[Diagnostic] = []
    check(subject, faults.append)
    for fault in faults[:-1]:
        tell(fault)
    if faults:
        raise Fatal(faults[-1], status=BROKEN_PRODUCT)


def reading_order(placed: Sequence[Placed], compiled: Mapping[str, Compiled]) -> Iterator[int]:
    """Yield the pages of reports and notes (from 0) as they are read: facing languages in turn."""
    page = 0
    for one in placed:
        page += one.blanks
        own = range(page, page + one.pages)
        languages = compiled[one.part.id].facts.languages
        if languages:
            for language in dict.fromkeys(languages):
                yield from (
                    n for n, spoken in zip(own, languages, strict=True) if spoken == language
                )
        elif one.part.kind in REPORTS | {"notes"}:
            yield from own
        page += one.pages
