"""A baseline: the findings that were there already, which shall not keep anyone from going on."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.files import read
from watchpress.fingerprint import fingerprints

USAGE: Final = 2
_KEYS: Final = ("fingerprint", "code", "file")


@dataclass(frozen=True)
class Known:
    """A finding of a baseline: its code, and the file that it is about."""

    code: str
    file: str


@dataclass(frozen=True)
class Baseline:
    """Findings that are known, by their fingerprints."""

    known: Mapping[str, Known]

    def new(
        self, findings: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]]
    ) -> list[Diagnostic]:
        """Return the findings that are not known; `findings` in their order, all of a run."""
        prints = fingerprints(findings, lines)
        return [one for one, print_ in zip(findings, prints, strict=True) if not self.has(print_)]

    def has(self, print_: str) -> bool:
        """Say whether a finding is known by its fingerprint."""
        return print_ in self.known

    def gone(
        self,
        findings: Sequence[Diagnostic],
        lines: Mapping[str, Sequence[str]],
        *,
        looked: Collection[str] | None = None,
        among: Collection[str] | None = None,
    ) -> int:
        """Return how many known findings are no more; `findings` and `lines` as in `new`.

        `looked`: first letters of the codes that were looked for. `among`: the files that were
        looked at. All, where one is None.
        """
        there = {*fingerprints(findings, lines)}
        return sum(
            print_ not in there
            and (looked is None or one.code[:1] in looked)
            and (among is None or one.file in among)
            for print_, one in self.known.items()
        )


def load(path: Path) -> Baseline:
    """Return the baseline that `check --format json` wrote to a file; Fatal D105 (status 2)."""
    data = read(path)
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError) as fault:
        line = data[: getattr(fault, "pos", 0)].count(b"\n") + 1
        raise _foreign(path, line, "JSON") from None
    if not isinstance(rows, list):
        raise _foreign(path, 1, "[ ... ]")
    return Baseline(dict(_entries(path, rows)))


def _entries(path: Path, rows: Sequence[object]) -> Iterator[tuple[str, Known]]:
    for count, row in enumerate(rows, 1):
        values = [row.get(key) for key in _KEYS] if isinstance(row, dict) else [None]
        if not all(isinstance(value, str) for value in values):
            raise _foreign(path, 0, f"[{count}] {{{', '.join(_KEYS)}}}")
        print_, code, file = map(str, values)
        yield print_, Known(code, file)


def _foreign(path: Path, line: int, expected: str) -> Fatal:
    place = Place(str(path), line, 1) if line else Place(str(path))
    return Fatal(remark("D105", place, expected=expected), status=USAGE)
