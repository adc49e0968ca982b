"""What was ordered: the file's name, trim and bleed, and whether its text may be coloured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from watchpress.diagnostic import Diagnostic, Place, remark

MM: Final = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True)
class Order:
    """The order that a press file fills: lengths in mm.

    `coloured`: text may have other inks than black, as that of a cover.
    """

    name: str
    width: float
    height: float
    bleed: float
    coloured: bool = False

    def say(self, code: str, page: int = 0, **facts: object) -> Diagnostic:
        """Return a finding about the file, or about one of its pages (from 1)."""
        if page:
            return remark(code, Place(self.name), page=page, **facts)
        return remark(code, Place(self.name), **facts)
