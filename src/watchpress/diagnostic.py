"""What can be said: places, diagnostics and the one list of codes (codes.toml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")  # gravest first
READING = frozenset("ACMNQR")  # first letters of what is found without making a product
TONGUES = ("en", "ja")  # the languages messages are written in; the first is the fallback


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a file, and in it a line and a column.

    Lines and columns count from 1, in Unicode characters; 0 means "the file as a whole".
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One finding: where, which code, and the facts that its words are filled with.

    Equal findings are equal values; sorted findings stand in the order of the copy.
    `product`: the file of the product that it is about ("": of none, or of all). `page` is its page
    (0: not a matter of one page), `box` where on the page: left, top, right, bottom in pt from the
    upper left corner of the trim (`()`: nowhere in particular).
    """

    place: Place
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    page: int = 0
    product: str = ""
    box: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """The code's name in words, as `note-missing`."""
        return str(code(self.code)["name"])

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `info`, as codes.toml says."""
        severity: Severity = code(self.code)["severity"]
        return severity

    def say(self, part: str = "words", tongue: str = "en") -> str:
        """Return `words`, `why` or `fix` of the code, in `tongue`, filled with the facts."""
        text: str = wording(self.code, part, tongue)
        return text.format_map(dict(self.facts))


Tell: TypeAlias = Callable[[Diagnostic], None]


@dataclass
class Fatal(Exception):
    """The copy cannot be read on: drops this report only. Carries what to say."""

    diagnostic: Diagnostic
    status: int = field(default=3)

    def __str__(self) -> str:
        return f"{self.diagnostic.place}: {self.diagnostic.code}: {self.diagnostic.say()}"


def remark(code: str, place: Place, /, **facts: object) -> Diagnostic:
    """Return a diagnostic of `code` at `place`; `facts` fill the words of codes.toml.

    A fact `page` (int) is also the page of the product that the diagnostic is about.
    """
    page = facts.get("page", 0)
    told = tuple((name, str(fact)) for name, fact in sorted(facts.items()))
    return Diagnostic(place, code, told, page if isinstance(page, int) else 0)


@cache
def codes() -> Mapping[str, Mapping[str, Any]]:
    """Return the list of codes, read once: code -> name, severity, and words by tongue."""
    # Imported here: most runs end without a word to say, and the list takes time to parse.
    import tomllib

    return tomllib.loads(_list())


@cache
def code(code: str) -> Mapping[str, Any]:
    """Return the entry of one code; KeyError where codes.toml has none.

    It alone is parsed: to read the whole list takes longer than to check a report.
    """
    import tomllib

    _, head, rest = f"\n{_list()}".partition(f"\n[{code}]\n")
    if not head:
        raise KeyError(code)
    entry: Mapping[str, Any] = tomllib.loads(head + _NEXT.split(rest, maxsplit=1)[0])[code]
    return entry


_NEXT = re.compile(r"(?m)^(?=\[\w+\]$)")  # where the entry of another code begins


@cache
def _list() -> str:
    return Path(__file__).with_name("codes.toml").read_text("utf-8")


def wording(code_: str, part: str, tongue: str) -> str:
    """Return `part` (words, why, fix) of a code in `tongue`, unfilled."""
    entry = code(code_)
    text: str = entry.get(tongue, entry[TONGUES[0]])[part]
    return text


def gravest(findings: list[Diagnostic]) -> Severity | None:
    """Return the gravest severity among `findings`, None where there are none."""
    found = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in found), None)
