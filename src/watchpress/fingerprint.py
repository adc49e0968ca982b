"""What stays the same of a finding while lines above it come and go: it is known again by that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from watchpress.diagnostic import Diagnostic

# Facts that change when something else does: lines of the copy, pages.
# What a line above, or a page before, moves along: places, pages, and how many more there are.
_MOVING: Final = frozenset(
    {"line", "column", "last", "at", "page", "next", "was", "end", "ended", "more"}
)


def fingerprints(
    findings: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield a fingerprint for each finding: of its code, file and facts, and the text of its line.

    `lines`: file -> its lines. Equal findings on equal lines are told apart by their count, so
    findings have to come in their order (SARIF 2.1.0, 3.27.17).
    """
    seen: dict[str, int] = {}
    for finding in findings:
        place = finding.place
        rows = lines.get(place.file, ())
        text = rows[place.line - 1].strip() if 0 < place.line <= len(rows) else ""
        facts = [fact for fact in finding.facts if fact[0] not in _MOVING]
        parts = [finding.code, Path(place.file).as_posix(), text, facts]
        base = json.dumps(parts, ensure_ascii=False)
        seen[base] = seen.get(base, 0) + 1
        yield hashlib.sha256(f"{base}{seen[base]}".encode()).hexdigest()[:32]
