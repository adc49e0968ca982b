"""What validators have against a product, as findings: their rule and words, the place inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from watchpress.diagnostic import Place, Tell, remark
from watchpress.opinion import Opinion

# By validator, the code of each gravity that it knows.
CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "EPUBCheck": {"error": "E301", "warning": "E302", "info": "E303"},
    "Ace": {"error": "E304", "warning": "E305"},
    "veraPDF": {"error": "F301"},
}


@dataclass(frozen=True)
class Subject:
    """A product by its name, and what one validator says of it."""

    name: str
    judge: str
    opinions: Sequence[Opinion]


def check(subject: Subject, tell: Tell) -> None:
    """Tell each opinion (E301-E305, F301) at the product, with the place inside it."""
    for one in dict.fromkeys(subject.opinions):
        code = CODES[subject.judge][one.gravity]
        facts: dict[str, object] = {"page": one.page} if one.page else {}
        place = Place(subject.name)
        tell(remark(code, place, rule=one.rule, said=one.words, where=_where(one), **facts))


def _where(one: Opinion) -> str:
    """Return the place inside the product; a dash where the validator names none."""
    parts = [one.file, *(str(number) for number in (one.line, one.column) if number)]
    return ":".join(parts) if one.file else "–"
