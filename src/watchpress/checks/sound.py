"""Whether a PDF can be shown, printed and sent at all, whatever it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.tools import anatomy

MOST: Final = 50_000_000  # bytes: more is refused by mail, and by most who take uploads
LEAST, GREATEST = 3.0, 14_400.0  # pt: sides that a page may have (ISO 32000-1, annex C)
NEAR: Final = 0.1  # pt: boxes that differ by less are equal
Sides: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True)
class Subject:
    """A finished PDF, and what it is called in findings."""

    product: bytes
    name: str


def check(subject: Subject, tell: Tell) -> None:
    """Tell fonts that are not embedded (F302), boxes that cannot be (F303), too big a file (F304).

    What cannot be opened is the proof's to say.
    """
    place = Place(subject.name)
    size = len(subject.product)
    if size > MOST:
        tell(remark("F304", place, size=size // 1_000_000, most=MOST // 1_000_000))
    try:
        frame = anatomy.frame(subject.product)
    except anatomy.Unreadable:
        return
    for face in frame.faces:
        if not face.embedded:
            tell(remark("F302", place, font=face.name))
    for number, boxes in enumerate(frame.boxes, 1):
        for found in _boxes(boxes, place, number):
            tell(found)


def _boxes(boxes: Mapping[str, Sides], place: Place, page: int) -> Iterator[Diagnostic]:
    """Yield boxes without a size, and those that stick out of the one round them (14.11.2)."""
    media = boxes["MediaBox"]
    for name, box in boxes.items():
        wide, high = box[2] - box[0], box[3] - box[1]
        if not all(LEAST <= side <= GREATEST for side in (wide, high)):
            yield remark("F303", place, page=page, problem=f"{name} {wide:g}×{high:g} pt")
        elif not _inside(box, media):
            yield remark("F303", place, page=page, problem=f"{name} ⊄ MediaBox")


def _inside(inner: Sides, outer: Sides) -> bool:
    low = all(one >= other - NEAR for one, other in zip(inner[:2], outer[:2], strict=True))
    return low and all(one <= other + NEAR for one, other in zip(inner[2:], outer[2:], strict=True))
