"""The verdict: a press file against PDF/X-4 (ISO 15930-7) and against what was ordered.

No validator of PDF/X is to be had for nothing: these rules are our own, each with the clause or
the habit of the trade that it comes from. They read the finished file, not what made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.checks.preflight import pages, papers
from watchpress.checks.preflight.order import Order
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.tools import anatomy
from watchpress.tools.anatomy import Anatomy, Unreadable

Rule: TypeAlias = Callable[[Anatomy, Order], Iterator[Diagnostic]]

RULES: Final[tuple[Rule, ...]] = (
    papers.identifiers,
    papers.intent,
    papers.fonts,
    papers.forbidden,
    pages.boxes,
    pages.annotated,
    pages.colours,
    pages.text,
    pages.ink,
    pages.images,
    pages.transparency,
)


@dataclass(frozen=True)
class Subject:
    """A finished press file, and what was ordered."""

    product: bytes
    order: Order


def check(subject: Subject, tell: Tell) -> None:
    """Tell what of a press file is not as PDF/X-4 or the order has it: F201 to F212."""
    try:
        body = anatomy.read(subject.product)
    except Unreadable as fault:
        tell(remark("F201", Place(subject.order.name), problem=fault))
        return
    for rule in RULES:
        for finding in rule(body, subject.order):
            tell(finding)
