"""Page labels (ISO 32000-1, 12.4.2): what readers on screen call the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, String

from watchpress.backends.pdf.bind.pieces import Sewn

_SIGNS: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def write(out: pikepdf.Pdf, sewn: Sequence[Sewn]) -> None:
    """Label all pages; raises ValueError where a piece has not as many labels as pages."""
    numbers: list[Any] = []
    for index, (label, previous) in enumerate(_pairs(_labels(sewn))):
        if label != previous or index == 0:
            numbers += [index, _entry(*label)]
    out.Root.PageLabels = Dictionary(Nums=numbers)


def _pairs(labels: list[str]) -> Iterator[tuple[tuple[str, int, str], tuple[str, int, str]]]:
    """Yield each label as read, with what it would be if it went on from the one before."""
    style, number, text = "", 0, ""
    for label in labels:
        was = (style, number + 1, text)
        style, number = read(label)
        text = "" if style else label
        yield (style, number, text), was if style else ("", -1, "")


def _labels(sewn: Sequence[Sewn]) -> list[str]:
    """Return the label of each page, blank ones included."""
    found: list[str] = []
    for one in sewn:
        own = list(one.piece.labels)
        if not own:
            for _ in (*one.blanks, *one.pages):
                found.append(_after(found[-1] if found else "0"))
            continue
        if len(own) != len(one.pages):
            raise ValueError(f"{one.piece.name}: {len(own)} labels for {len(one.pages)} pages")
        style, number = read(own[0])
        for before in range(len(one.blanks), 0, -1):
            last = found[-1] if found else ""
            within = bool(style) and number > before
            found.append(shown(style, number - before) if within else _after(last))
        found += own
    return found


def _after(label: str) -> str:
    """Return the label of a blank page after `label`: a name is that of both sides of a leaf."""
    style, number = read(label)
    return shown(style, number + 1) if style else label


def read(label: str) -> tuple[str, int]:
    """Return the style (as in PDF: D, r, R) and the number of a label; "" where it has none."""
    if label.isascii() and label.isdigit() and (label == "0" or label[0] != "0"):
        return "D", int(label)
    number = 0
    rest = label.lower()
    for value, sign in _SIGNS:
        while rest.startswith(sign):
            number, rest = number + value, rest[len(sign) :]
    for style in ("r", "R"):
        if number and shown(style, number) == label:
            return style, number
    return "", 0


def shown(style: str, number: int) -> str:
    """Return the label of a style and a number."""
    if style == "D":
        return str(number)
    out = ""
    for value, sign in _SIGNS:
        while number >= value:
            out, number = out + sign, number - value
    return out.upper() if style == "R" else out


def _entry(style: str, number: int, text: str) -> Dictionary:
    if style:
        return Dictionary(S=Name(f"/{style}"), St=number)
    return Dictionary(P=String(text)) if text else Dictionary()
