"""The cover of a printed volume: as wide as the pages that the volume comes to."""

from __future__ import annotations

from dataclasses import replace

from watchpress.backends.pdf.facts import Facts
from watchpress.backends.pdf.spine import Cloth, thickness
from watchpress.build import finish
from watchpress.build.binder import Bound
from watchpress.build.compile import CompileMany
from watchpress.build.report import missing
from watchpress.build.verdict import NOT_INSTALLED, hold, preflight, sound
from watchpress.build.volume import Making
from watchpress.catalog import Trim, Volume
from watchpress.checks.preflight import Order
from watchpress.diagnostic import Fatal, Tell
from watchpress.files import Styles


def cover(
    volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
) -> Bound:
    """Return the cover of a volume as a PDF of one sheet, for the press as PDF/X-4.

    The pages are those that the volume is laid out into, its blank ones included. What is found in
    them is told where the volume itself is made. Raises Fatal with status 4 where the page engine
    cannot run, 5 where a printing house would send the cover back.
    """
    from watchpress.backends.pdf import cover as drawn
    from watchpress.backends.pdf.engine import EngineMissing

    making, press = Making(volume, styles, lambda _: None), volume.press
    making.compile(compile_many)
    making.furnish()
    sizes = {"bleed": press.bleed, "board": press.board}
    try:
        data = drawn.cover(volume, making.pages, styles, tell, **sizes)
    except EngineMissing as fault:
        raise Fatal(missing(str(fault)), status=NOT_INSTALLED) from None
    name = volume.product or f"{volume.book.name}.cover.pdf"
    if volume.profile != "press":
        hold(sound(data, name, tell) if proof else (), tell)
        return Bound(data, 1)
    size = Cloth(volume.trim, thickness(volume, making.pages, press.board), press.bleed)
    data = _printed(data, Trim(size.width, volume.trim.height), making, tell)
    if proof:
        order = Order(name, size.width, volume.trim.height, press.bleed, coloured=True)
        hold(preflight(data, order, tell), tell)
    return Bound(data, 1)


def _printed(data: bytes, size: Trim, making: Making, tell: Tell) -> bytes:
    """Return the cover as a press file: its trim is the whole sheet, folded twice at the spine."""
    from watchpress.backends.pdf.bind import Piece, bind

    press = replace(making.volume.press, binding=0)
    page = making.volume.trim.width
    binding = finish.printed(making.binding(), press, size, (page, size.width - page))
    return bind([Piece(data, Facts(1, {}, ()))], replace(binding, spread=False), tell)
