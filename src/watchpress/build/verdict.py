"""A finished product, and what is said of it: whether it may be put in place, what looks bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from watchpress.build.places import Copies
from watchpress.catalog import Work
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.galley import LIMITS, Galley, Limits
from watchpress.model import tree

# The rooms that judge are imported inside the functions: who only reads copy never loads them.
if TYPE_CHECKING:
    from watchpress.checks.preflight import Order

Kind: TypeAlias = Literal["pdf", "epub"]
Papers: TypeAlias = Mapping[str, str | bytes]  # what lies beside a product, by the end of its name
Boxes: TypeAlias = Sequence[tuple[float, float, float, float]]

NOT_INSTALLED: Final = 4  # exit status: something needed is not there
BROKEN_PRODUCT: Final = 5  # exit status: our own product failed a validator


@dataclass(frozen=True)
class Finished:
    """A product: its pages (0: it has none) with their text areas in pt, its papers.

    `proven`: what is read back, where that is not the product itself. `galley`: what is printed
    where, of a PDF.
    """

    data: bytes
    pages: int = 0
    areas: Boxes = ()
    papers: Papers = field(default_factory=dict)
    proven: bytes = b""
    galley: Galley = field(default_factory=Galley)

    def paper(self, end: str) -> bytes:
        """Return a paper as bytes."""
        text = self.papers[end]
        return text.encode() if isinstance(text, str) else text


def hold(faults: Sequence[Diagnostic], tell: Tell) -> None:
    """Hold a product back where it has faults: Fatal with status 5 at the last of them."""
    for fault in faults[:-1]:
        tell(fault)
    if faults:
        raise Fatal(faults[-1], status=BROKEN_PRODUCT)


def verdict(
    kind: Kind, made: Finished, work: Work, name: str, tell: Tell, limits: Limits = LIMITS
) -> list[Diagnostic]:
    """Return for which faults a product may not be put in place; lesser findings are told."""
    faults = prove(kind, made.proven or made.data, work, name, made.areas)
    if work.profile == "press":
        from watchpress.checks.preflight import Order

        order = Order(name, work.trim.width, work.trim.height, work.press.bleed)
        faults += preflight(made.data, order, tell)
    elif kind == "pdf":
        faults += sound(made.data, name, tell)
    if not faults:
        judge(kind, made.data, work.reports, name, tell)
        press = work.profile == "press"
        look(made.galley, tell, limits=limits, pressed=press, leaved=press)
    return faults


def look(
    galley: Galley,
    tell: Tell,
    *,
    limits: Limits = LIMITS,
    pressed: bool = False,
    leaved: bool = True,
) -> None:
    """Tell what is to be seen on the pages of a product, if it has any."""
    from watchpress.checks import layout

    layout.check(layout.Subject(galley, limits, pressed, Copies().where, leaved), tell)


def preflight(data: bytes, order: Order, tell: Tell) -> list[Diagnostic]:
    """Return why a press file would be sent back; what only looks bad is told."""
    from watchpress.checks.preflight import Subject, check

    found: list[Diagnostic] = []
    check(Subject(data, order), found.append)
    for finding in found:
        if finding.severity != "error":
            tell(finding)
    return [finding for finding in found if finding.severity == "error"]


def sound(data: bytes, name: str, tell: Tell) -> list[Diagnostic]:
    """Return why a PDF could not be shown or printed; what only makes it unhandy is told."""
    from watchpress.checks import sound as room

    found: list[Diagnostic] = []
    room.check(room.Subject(data, name), found.append)
    for finding in found:
        if finding.severity != "error":
            tell(finding)
    return [finding for finding in found if finding.severity == "error"]


def prove(kind: Kind, data: bytes, work: Work, name: str, boxes: Boxes = ()) -> list[Diagnostic]:
    """Return what of a product differs from the XML it was made of."""
    from watchpress.checks.proof.verdict import Subject, check

    faults: list[Diagnostic] = []
    linked, columns = work.profile != "press" and work.booklet is None, work.theme.columned
    check(
        Subject(data, kind, name, work.reports, boxes, linked=linked, columns=columns),
        faults.append,
    )
    return faults


def judge(kind: Kind, data: bytes, reports: Sequence[tree.Element], name: str, tell: Tell) -> None:
    """Tell what shops would refuse of a proven product, or show badly; a PDF goes to none."""
    if kind == "epub":
        from watchpress.checks import shops

        shops.check(shops.Subject(data, name or "product.epub", reports), tell)
