"""The dates of a report against today: no report is issued or posted in the future."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from watchpress.diagnostic import Place, Tell, remark
from watchpress.model import tree

# It is tomorrow already where the report is issued, while it is still today here (UTC+14, UTC-12).
AHEAD: Final = timedelta(days=1)


class Subject(NamedTuple):
    """A report, and the day on which it is looked at.

    The day is given, so that no finding of a product depends on a clock: only `check` asks one.
    """

    report: tree.Element
    today: date


def check(subject: Subject, tell: Tell) -> None:
    """Tell R227 for the issue date and the day of posting, where they are later than today."""
    file = str(subject.report.get(tree.SOURCE))
    for kind in ("issued", "posted"):
        day = tree.date(subject.report, kind)
        if day and date.fromisoformat(day) > subject.today + AHEAD:
            path = f"front/article-meta/pub-date[@date-type='{kind}']"
            at = str(subject.report.find(path).get(tree.AT) or "0:0")  # type: ignore[union-attr]
            line, column = map(int, at.split(":"))
            place = Place(file, line, column)
            tell(remark("R227", place, day=day, limit=subject.today.isoformat()))
