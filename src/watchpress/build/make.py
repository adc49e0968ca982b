"""One single report as one product, made and proved in whatever process it has come to."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter

from watchpress.build import report as single
from watchpress.build.compile import Order, lay
from watchpress.catalog import Profile, Work, trim
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.files import Styles
from watchpress.model import tree


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


def make(order: Single) -> Made:
    """Return the product, proved where that is asked for, or why there is none."""
    started = perf_counter()
    found: list[Diagnostic] = []
    report = tree.parse(order.xml, order.file)
    if order.format == "xml":
        return Made(_portable(report), 0, (), perf_counter() - started)
    work = single.work(
        [report], trim=trim(order.trim), profile=order.profile, findings=order.findings
    )
    try:
        data, pages, boxes = _made(order, work, found.append)
    except Fatal as fatal:
        return Made(b"", 0, tuple(found), 0.0, (fatal.diagnostic,), fatal.status)
    faults: tuple[Diagnostic, ...] = ()
    if order.proof:
        kind: single.Kind = "epub" if order.format == "epub" else "pdf"
        faults = tuple(single.prove(kind, data, work, order.file, boxes))
        if not faults:
            single.judge(kind, data, work.reports, order.file, found.append)
    status = single.BROKEN_PRODUCT if faults else 0
    return Made(data, pages, tuple(found), perf_counter() - started, faults, status)


def _made(order: Single, work: Work, tell: Tell) -> tuple[bytes, int, single.Boxes]:
    if order.format == "epub":
        # Imported here: an EPUB is made where Pango is missing.
        from watchpress.backends.epub.writer import write

        out = BytesIO()
        write(work, order.styles, out, tell)
        return out.getvalue(), 0, ()
    compiled = lay(Order(work), order.styles, tell)
    return compiled.data, compiled.facts.pages, compiled.facts.boxes


def _portable(report: tree.Element) -> bytes:
    """Return the XML, its source named without its folder: the same wherever the copy lay."""
    report.set(tree.SOURCE, Path(str(report.get(tree.SOURCE))).name)
    return tree.serialize(report)
