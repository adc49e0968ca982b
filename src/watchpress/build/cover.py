"""The cover of a printed volume: as wide as the pages that the volume comes to."""

from __future__ import annotations

from watchpress.build.binder import Bound
from watchpress.build.compile import CompileMany
from watchpress.build.report import NOT_INSTALLED, missing
from watchpress.build.volume import Making
from watchpress.catalog import Volume
from watchpress.diagnostic import Fatal, Tell
from watchpress.files import Styles


def cover(
    volume: Volume,
    styles: Styles,
    tell: Tell,
    compile_many: CompileMany,
    *,
    bleed: float,
    board: float,
) -> Bound:
    """Return the cover of a volume as a PDF of one sheet; `bleed` and `board` in mm.

    The pages are those that the volume is laid out into, its blank ones included. What is found in
    them is told where the volume itself is made. Raises Fatal with status 4 where the page engine
    cannot run.
    """
    from watchpress.backends.pdf import cover as drawn
    from watchpress.backends.pdf.engine import EngineMissing

    making = Making(volume, styles, lambda _: None)
    making.compile(compile_many)
    making.furnish()
    try:
        data = drawn.cover(volume, making.pages, styles, tell, bleed=bleed, board=board)
    except EngineMissing as fault:
        raise Fatal(missing(str(fault)), status=NOT_INSTALLED) from None
    return Bound(data, 1)
