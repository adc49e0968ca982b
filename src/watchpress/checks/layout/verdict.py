"""What there is to say about the pages of one product."""

from __future__ import annotations

from dataclasses import dataclass

from watchpress.diagnostic import Tell
from watchpress.galley import LIMITS, Galley, Limits


@dataclass(frozen=True)
class Subject:
    """The pages of a product, and what is too much. `pressed`: it is made for a printing house."""

    galley: Galley
    limits: Limits = LIMITS
    pressed: bool = False


def check(subject: Subject, tell: Tell) -> None:
    """Tell what a careful setter would see on the pages, at the copy and on the page."""
