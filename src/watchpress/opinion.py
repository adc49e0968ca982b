"""What a validator has against a product, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Gravity: TypeAlias = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Opinion:
    """One fault that a validator finds: its rule, how grave it takes it, its words.

    `file`, `line`, `column`: where inside the product, as far as it says so. `page`: of a PDF, from
    1; 0 where it is a matter of no page.
    """

    rule: str
    gravity: Gravity
    words: str
    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0
