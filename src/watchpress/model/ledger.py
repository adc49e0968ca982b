"""The ledger of notes: which marker calls which note, where, and what state each is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, cast

from watchpress.diagnostic import Place
from watchpress.model.tree import HREF, STATE, WP, Element, markers, notes, place, text

N: Final = f"{{{WP}}}n"  # the number a volume prints, on markers, mentions and labels
MENTION: Final = "other"  # the ref-type of a number that mentions a note: no call, no way back
State: TypeAlias = Literal["ok", "missing", "unused", "duplicate", "repeated", "out-of-order"]


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: a note with the places that cite it, or a call without a note.

    `label` is what the author typed between the brackets, `number` its value and the number that
    is printed, `id` the note's id ("" for a call without a note), `line` the line of the note in
    the copy (of the first call where there is no note).
    """

    label: str
    id: str
    number: int
    state: State
    cited: tuple[Place, ...]
    line: int
    text: str
    urls: tuple[str, ...] = field(default=())


def value(label: str) -> int:
    """Return the number a label stands for: `7`, `７`, `注7` and `각주:7` are all 7; 0 for none."""
    digits = re.search(r"\d+", label)
    return int(unicodedata.normalize("NFKC", digits[0])) if digits else 0


def printed(label: str) -> str:
    """Return what a product prints for a label: its number in ASCII digits."""
    return str(value(label)) if value(label) else label


def flag(label: str) -> str:
    """Return what a product prints where a marker or a note has no partner: `[12?]`."""
    return f"[{printed(label)}?]"


def printed_of(element: Element) -> str:
    """Return the number printed for a marker, a mention, a label, or a note.

    The number its volume gave it; without one, that of the label as typed.
    """
    if element.tag == "fn":
        label = element.find("label")
        assert label is not None, "the schema asks for a label"
        element = label
    return element.get(N) or printed(text(element))


def mentions(element: Element) -> Iterator[Element]:
    """Yield the numbers below `element` that mention a note ("see note 5"), in order."""
    return element.iterfind(f".//xref[@ref-type='{MENTION}']")


def faulty(note: Element) -> bool:
    """Say whether a note is printed with its flag: nothing calls it, or its number is taken."""
    return note.get(STATE) in {"unused", "duplicate"}


def urls(element: Element) -> tuple[str, ...]:
    """Return the addresses below `element`, in the order of the text."""
    return tuple(str(link.get(HREF)) for link in element.iter("ext-link"))


def calls(report: Element) -> dict[str, list[Element]]:
    """Return the markers that call each note: note id -> markers in the order of the text."""
    found: dict[str, list[Element]] = {}
    for marker in markers(report):
        if marker.get("rid"):
            found.setdefault(str(marker.get("rid")), []).append(marker)
    return found


def entries(report: Element) -> list[Entry]:
    """Return the ledger in the order of the note list; calls without a note stand by number."""
    cited = calls(report)
    ledger = [_entry(note, cited.get(str(note.get("id")), [])) for note in notes(report)]
    lost: dict[str, list[Element]] = {}
    for marker in markers(report):
        if not marker.get("rid"):
            lost.setdefault(text(marker), []).append(marker)
    for label, found in lost.items():
        places = tuple(place(marker) for marker in found)
        entry = Entry(label, "", value(label), "missing", places, places[0].line, "")
        later = (n for n, other in enumerate(ledger) if other.number > entry.number)
        ledger.insert(next(later, len(ledger)), entry)
    return ledger


def _entry(note: Element, found: list[Element]) -> Entry:
    label = note.findtext("label") or ""
    return Entry(
        label=label,
        id=str(note.get("id")),
        number=value(label),
        state=cast("State", note.get(STATE, "ok")),
        cited=tuple(place(marker) for marker in found),
        line=place(note).line,
        text=" ".join(text(paragraph) for paragraph in note.iterfind("p")),
        urls=urls(note),
    )
