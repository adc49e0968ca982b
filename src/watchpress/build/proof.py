"""The proof of a volume: which of its pages are read, in which order, and what comes of faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from watchpress.backends.pdf.facts import Compiled
from watchpress.build.pool import Pool
from watchpress.build.verdict import hold, sound
from watchpress.checks.proof import sources
from watchpress.checks.proof.verdict import Subject, check
from watchpress.diagnostic import Diagnostic, Tell
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.volume.pages import REPORTS, Placed

LEAST: Final = 6  # reports that take longer to read back here than elsewhere
MOST: Final = 12  # reports of a share: what is read back of more takes memory


@dataclass(frozen=True)
class Leaves:
    """A part that is read: its reports, and its pages (from 0) in the order of reading."""

    reports: tuple[Element, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Share:
    """A subject that can go to another process: its reports as bytes."""

    subject: Subject
    reports: tuple[bytes, ...]


def prove(subject: Subject, tell: Tell) -> None:
    """Compare a product with its reports; Fatal with status 5 at the last difference."""
    faults: list[Diagnostic] = []
    check(subject, faults.append)
    hold([*faults, *_sound(subject, tell)], tell)


def _sound(subject: Subject, tell: Tell) -> list[Diagnostic]:
    """Return why a PDF could not be shown; of one for the press the preflight says so."""
    if subject.kind != "pdf" or not subject.linked:
        return []
    return sound(subject.product, subject.name, tell)


def prove_shared(subject: Subject, leaves: Sequence[Leaves], pool: Pool, tell: Tell) -> None:
    """Prove a PDF by shares, each of some reports, in the processes of a pool; as `prove` else.

    `leaves`: the parts that are reports, in their order. Reports whose notes stand elsewhere are
    proven in one go.
    """
    if subject.apart or len(leaves) < LEAST:
        prove(subject, tell)
        return
    found: dict[Diagnostic, None] = {}
    tasks = [(subject.name, share) for share in _shares(subject, leaves, pool.jobs)]
    for result in pool.run(judged, tasks):
        found |= dict.fromkeys(result.get())
    hold([*found, *_sound(subject, tell)], tell)


def prove_sources(
    subject: Subject, tell: Tell, placed: Sequence[Placed] = (), before: int = 0
) -> None:
    """Hold the list of sources in a volume against the notes; Fatal with status 5 at a difference.

    `placed`: the parts of a PDF, `before` as in `leaves`.
    """
    page, own = before, list[int]()
    for one in placed:
        page += one.blanks + one.pages
        if one.part.kind == "sources":
            own += range(page - one.pages, page)
    faults: list[Diagnostic] = []
    listing = sources.Subject(
        subject.product, subject.kind, subject.name, subject.reports, tuple(own)
    )
    sources.check(listing, faults.append)
    hold(faults, tell)


def judged(share: Share) -> tuple[Diagnostic, ...]:
    """Return what differs in a share, in whatever process it has come to."""
    reports = tuple(tree.parse(data, "-") for data in share.reports)
    found: list[Diagnostic] = []
    check(replace(share.subject, reports=reports), found.append)
    return tuple(found)


def _shares(subject: Subject, leaves: Sequence[Leaves], jobs: int) -> Iterator[Share]:
    """Yield the shares; the first one has the pages that are no reports', for their bookmarks."""
    count = -(-len(leaves) // (MOST * jobs)) * jobs  # each process has as many as the others
    size = -(-len(leaves) // count)
    others = frozenset(subject.scope or ()).difference(*(one.pages for one in leaves))
    for start in range(0, len(leaves), size):
        own = leaves[start : start + size]
        order = tuple(page for one in own for page in one.pages)
        scope = frozenset(order) | (frozenset() if start else others)
        reports = tuple(etree.tostring(report) for one in own for report in one.reports)
        yield Share(replace(subject, reports=(), order=order, scope=scope), reports)


def leaves(
    placed: Sequence[Placed], compiled: Mapping[str, Compiled], before: int = 0
) -> Iterator[Leaves]:
    """Yield the parts that are read: reports and notes. `before`: pages before the first part."""
    page = before
    for one in placed:
        page += one.blanks
        own = range(page, page + one.pages)
        languages = compiled[one.part.id].facts.languages
        if languages:
            turned = [
                number
                for language in dict.fromkeys(languages)
                for number, spoken in zip(own, languages, strict=True)
                if spoken == language
            ]
            yield Leaves(one.part.reports, tuple(turned))
        elif one.part.kind in REPORTS | {"notes"}:
            yield Leaves(one.part.reports, tuple(own))
        page += one.pages


def reading_order(placed: Sequence[Placed], compiled: Mapping[str, Compiled]) -> Iterator[int]:
    """Yield the pages of reports and notes (from 0) as they are read: facing languages in turn."""
    for one in leaves(placed, compiled):
        yield from one.pages
