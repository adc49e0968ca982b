"""What is told of a series in the end: all that was found in it, but for what is waived."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from watchpress.build.shelf import Shelf
from watchpress.diagnostic import Diagnostic
from watchpress.series.load import Series
from watchpress.series.waive import Waivers, corrections, placed


def told(
    series: Series,
    shelf: Shelf,
    waivers: Waivers,
    found: Sequence[Diagnostic],
    *,
    partly: bool,
    looked: Collection[str] | None = None,
) -> Iterator[Diagnostic]:
    """Yield what was `found`, and what was in the copy on the shelf, but for what is waived.

    Corrections and waivers of no use are told of; if only some of the series was asked for
    (`partly`), no waivers, and corrections only of reports that were read.
    `looked`: first letters of the codes that were looked for, all where it is None; only these can
    say that a waiver is of no use.
    """
    read = [finding for one in shelf.reads.values() for finding in one.findings]
    refused = [finding for one in shelf.refused.values() for finding in one.findings]
    yield from waivers.kept(dict.fromkeys(placed(series, [*found, *read, *refused])))
    yield from corrections(series, shelf.reports, partly=partly)
    if not partly:
        yield from waivers.unused(looked)
