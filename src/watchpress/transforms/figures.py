"""Figures get their pictures: each file is looked for and looked at, and its likeness kept."""

from __future__ import annotations

from pathlib import Path

from watchpress import pictures
from watchpress.diagnostic import Diagnostic, Fatal, Tell
from watchpress.model.tree import DIGEST, HREF, PIXELS, SOURCE, Element, digest, place


def current(report: Element) -> bool:
    """Say whether each picture is still the one that `apply` has looked at."""
    copy = Path(str(report.get(SOURCE)))
    try:
        for graphic in report.iter("graphic"):
            where, hashed = place(graphic), str(graphic.get(DIGEST))
            pictures.again(copy, str(graphic.get(HREF)), hashed, where)
    except Fatal:
        return False
    return True


def apply(report: Element, tell: Tell) -> None:
    """Note of each picture the hash of its bytes and its size, so that pages depend on them.

    Raises Fatal where a picture is missing or cannot be printed (R401 to R404 of codes.toml): all
    are told, the last is raised. A report is never printed without a picture it speaks of.
    """
    faults: list[Diagnostic] = []
    for graphic in report.iter("graphic"):
        where = place(graphic)
        try:
            file = pictures.find(Path(str(report.get(SOURCE))), str(graphic.get(HREF)), where)
            picture = pictures.read(file, where)
        except Fatal as fatal:
            faults.append(fatal.diagnostic)
            continue
        graphic.set(DIGEST, digest(picture.data))
        graphic.set(PIXELS, picture.pixels)
    for fault in faults[:-1]:
        tell(fault)
    if faults:
        raise Fatal(faults[-1])
