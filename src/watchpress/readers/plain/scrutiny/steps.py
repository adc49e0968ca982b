"""The inspections in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from watchpress.readers.plain.lines import Desk
from watchpress.readers.plain.scrutiny import calendar, doublets, pairing, spacing, unseen, web
from watchpress.readers.plain.scrutiny.subject import Subject

Inspection: TypeAlias = Callable[[Subject, Desk], None]

INSPECTIONS: Final[tuple[Inspection, ...]] = (
    pairing.inspect,
    unseen.inspect,
    calendar.inspect,
    doublets.inspect,
    spacing.inspect,
    web.inspect,
)


def inspect(subject: Subject, desk: Desk) -> None:
    """Look at the copy of a report, and tell what is wrong with it."""
    for one in INSPECTIONS:
        one(subject, desk)
