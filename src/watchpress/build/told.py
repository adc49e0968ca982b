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

    Unless only some of it was asked for (`partly`), corrections and waivers of no use are told of.
    `looked`: first letters of the codes that were looked for, all where it is None; only these can
    say that a waiver is of no use.
    """
    read = [finding for one in shelf.reads.values() for finding in one.findings]
    refused = [finding for one in shelf.refused.values() for finding in one.findings]
    yield from waivers.kept(dict.fromkeys(placed(series, [*found, *read, *refused])))
    if not partly:
        yield from corrections(series, shelf.reports)
        yield from waivers.unused(looked)
