"""Tables have as many columns in every row, spans counted: what reads them aloud relies on it."""

from __future__ import annotations

from collections.abc import Sequence

from watchpress.diagnostic import Tell, remark
from watchpress.model.tree import Element, place


def apply(report: Element, tell: Tell) -> None:
    """Tell rows (R406) that have not as many columns as the first one of their table.

    Plain copy has had its rows evened, with a finding each; here speaks the XML that others wrote.
    PDF/UA-1 (ISO 14289-1, 7.5) asks for regular tables.
    """
    for table in report.iter("table"):
        for part in table:
            rows = part.findall("tr")
            widths = _widths(rows)
            wanted = _widths(table.findall("*/tr")[:1])[0]
            for row, width in zip(rows, widths, strict=True):
                if width != wanted:
                    tell(remark("R406", place(row), cells=width, head=wanted))


def _widths(rows: Sequence[Element]) -> list[int]:
    """Return the number of columns that each row fills, cells that reach down into it counted."""
    reaching: list[tuple[int, int]] = []  # rows below that a cell still fills, and its columns
    found = []
    for row in rows:
        own = [(int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))) for cell in row]
        filled = [*((left, width) for left, width in reaching), *own]
        found.append(sum(width for _, width in filled))
        reaching = [(left - 1, width) for left, width in filled if left > 1]
    return found
