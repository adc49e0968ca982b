"""Rules for pages: boxes, annotations, colours, images, transparency."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from watchpress.checks.preflight.order import MM, Order
from watchpress.diagnostic import Diagnostic
from watchpress.tools.anatomy import Anatomy, Paint
from watchpress.tools.anatomy.body import Sides

NEAR: Final = 0.1  # pt: boxes that differ by less are equal
INKS: Final = frozenset({"DeviceGray", "DeviceCMYK", "Pattern", "DeviceN"})
SPOT: Final = "Separation "  # a single ink, by its name
HEAVY: Final = 3.2  # parts of full tone in one spot: more does not dry (FOGRA39 has 330 %)
COARSE: Final = 250  # pixels to the inch: what a screen of 60 lines per cm needs, less a little
OUTSIDE: Final = frozenset({"TrapNet", "PrinterMark"})  # annotations that are of the press


def boxes(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F206: no trim, a trim that was not ordered, boxes not inside each other (ISO, 6.2.3)."""
    for sheet in body.sheets:
        media, bled, trim = (sheet.boxes.get(f"{name}Box") for name in ("Media", "Bleed", "Trim"))
        if trim is None or bled is None:
            lacking = "TrimBox –" if trim is None else "BleedBox –"
            yield order.say("F206", sheet.number, problem=lacking)
            continue
        assert media is not None, "each page has one"
        wide, high = (trim[2] - trim[0]) / MM, (trim[3] - trim[1]) / MM
        if abs(wide - order.width) * MM > NEAR or abs(high - order.height) * MM > NEAR:
            problem = f"TrimBox {wide:.1f}×{high:.1f} mm ≠ {order.width:g}×{order.height:g} mm"
            yield order.say("F206", sheet.number, problem=problem)
        if not _inside(trim, bled) or not _inside(bled, media):
            yield order.say("F206", sheet.number, problem="TrimBox ⊄ BleedBox ⊄ MediaBox")
        least = min(abs(one - other) for one, other in zip(trim, bled, strict=True)) / MM
        if (order.bleed - least) * MM > NEAR:
            problem = f"{least:.1f} mm < {order.bleed:g} mm"
            yield order.say("F206", sheet.number, problem=f"BleedBox {problem}")


def _inside(inner: Sides, outer: Sides) -> bool:
    left, bottom, right, top = inner
    return (
        left >= outer[0] - NEAR
        and bottom >= outer[1] - NEAR
        and right <= outer[2] + NEAR
        and top <= outer[3] + NEAR
    )


def annotated(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F207: an annotation stands on the printed area (ISO 15930-7, 6.2.6)."""
    for sheet in body.sheets:
        area = sheet.boxes.get("BleedBox", sheet.boxes["MediaBox"])
        for kind, place in sheet.annotations:
            if kind not in OUTSIDE and _meet(place, area):
                yield order.say("F207", sheet.number, kind=kind)


def _meet(one: Sides, other: Sides) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def colours(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F208: something is painted in what is no ink: what a press makes of it is its own guess.

    PDF/X-4 takes RGB with a profile (6.2.2); most printing houses do not, and we never need it.
    """
    for sheet in body.sheets:
        used = {paint.space for paint in sheet.paints} | {one.space for one in sheet.pictures}
        for space in sorted(used):
            if space not in INKS and not space.startswith(SPOT):
                yield order.say("F208", sheet.number, space=space)


def text(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F209: text in more than the black ink: the least misregister blurs small type."""
    for sheet in () if order.coloured else body.sheets:
        paints = sorted(paint for paint in sheet.paints if paint.kind == "text")
        for paint in paints:
            if not _black(paint):
                colour = " ".join(f"{part:g}" for part in paint.colour)
                yield order.say("F209", sheet.number, colour=f"{paint.space} {colour}".strip())


def _black(paint: Paint) -> bool:
    """Say whether a colour is of the black ink alone, or the paper's."""
    if paint.space == "DeviceCMYK" and paint.colour:
        return not any(paint.colour[:3])
    return paint.space == "DeviceGray"


def ink(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F210: more ink on one spot than dries."""
    for sheet in body.sheets:
        for paint in sorted(sheet.paints):
            if paint.space == "DeviceCMYK" and sum(paint.colour) > HEAVY:
                yield order.say("F210", sheet.number, ink=f"{sum(paint.colour) * 100:.0f}")


def images(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F211: an image has too few pixels for its size on the page."""
    for sheet in body.sheets:
        for picture in sheet.pictures:
            if picture.ppi < COARSE:
                facts = {"ppi": f"{picture.ppi:.0f}", "least": COARSE}
                yield order.say("F211", sheet.number, **facts)


def transparency(body: Anatomy, order: Order) -> Iterator[Diagnostic]:
    """F212: a page is seen through in a colour space that is not the press's (6.2.9 of the ISO)."""
    for sheet in body.sheets:
        if sheet.veils and sheet.blending != "DeviceCMYK":
            yield order.say("F212", sheet.number, what=", ".join(sheet.veils))
