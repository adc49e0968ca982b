"""One single report as one product, made and proved in whatever process it has come to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from watchpress.build import report as single
from watchpress.build.verdict import BROKEN_PRODUCT, Kind, Papers, verdict
from watchpress.catalog import Press, Profile, trim
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import Styles
from watchpress.galley import LIMITS, Galley, Limits
from watchpress.model import tree
from watchpress.theme import Theme


@dataclass(frozen=True)
class Single:
    """What one product is to be made of: a report as XML, and how. `file` is the product's name."""

    file: str
    format: str
    xml: bytes
    trim: str
    profile: Profile
    findings: tuple[Diagnostic, ...]
    styles: Styles
    proof: bool
    press: Press
    theme: Theme
    fonts: bool = False
    limits: Limits = LIMITS


@dataclass(frozen=True)
class Made:
    """A product that is not yet in its place: its pages (0: it has none), and how long it took.

    `faults`: why it is none, and `status`, the exit status of that: such a product is not put.
    """

    data: bytes
    pages: int
    findings: tuple[Diagnostic, ...]
    seconds: float = 0.0
    faults: tuple[Diagnostic, ...] = ()
    status: int = 0
    papers: Papers = field(default_factory=dict)
    galley: Galley = field(default_factory=Galley)


def make(order: Single) -> Made:
    """Return the product, proved where that is asked for, or why there is none."""
    started = perf_counter()
    found: list[Diagnostic] = []
    report = tree.parse(order.xml, order.file)
    if order.format == "xml":
        return Made(_portable(report), 0, (), perf_counter() - started)
    kind: Kind = "epub" if order.format == "epub" else "pdf"
    work = single.work(
        [report],
        trim=trim(order.trim),
        profile=order.profile,
        findings=order.findings,
        press=order.press,
        fonts=order.fonts,
    )
    work = replace(work, theme=order.theme)
    try:
        done = single.finished(kind, work, order.styles, found.append, order.file)
    except Fatal as fatal:
        return Made(b"", 0, tuple(found), 0.0, (fatal.diagnostic,), fatal.status)
    faults: tuple[Diagnostic, ...] = ()
    if order.proof:
        faults = tuple(verdict(kind, done, work, order.file, found.append, order.limits))
    status = BROKEN_PRODUCT if faults else 0
    seconds = perf_counter() - started
    return Made(
        done.data,
        done.pages,
        tuple(found),
        seconds,
        faults,
        status,
        done.papers,
        done.galley,
    )


def _portable(report: tree.Element) -> bytes:
    """Return the XML, its source named without its folder: the same wherever the copy lay."""
    report.set(tree.SOURCE, Path(str(report.get(tree.SOURCE))).name)
    return tree.serialize(report)
