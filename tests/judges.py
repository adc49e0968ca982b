"""veraPDF as the second judge of PDFs: started once for all that the tests of a run have made.

To start it costs more than to judge a book. The first judge, page-validation, is asked at once.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from watchpress.tools import verapdf

AT_ONCE = 25  # files for one start
_WAITING: dict[tuple[str, bytes], str] = {}  # standard and PDF -> the test that made it


def later(data: bytes, *flavours: str) -> None:
    """Have veraPDF judge a PDF by standards (ua1, 3a) when the tests of this run are done."""
    if verapdf.version():
        test = os.environ["PYTEST_CURRENT_TEST"].partition(" ")[0]
        for flavour in flavours:
            _WAITING.setdefault((flavour, data), test)


def verdicts() -> list[str]:
    """Return what veraPDF has against the PDFs that wait: a line a rule, each with its test."""
    waiting = [(*given, test) for given, test in sorted(_WAITING.items(), key=lambda one: one[1])]
    _WAITING.clear()
    found: list[str] = []
    for flavour in sorted({flavour for flavour, _, _ in waiting}):
        same = [(test, data) for one, data, test in waiting if one == flavour]
        for start in range(0, len(same), AT_ONCE):
            found += _asked(same[start : start + AT_ONCE], flavour)
    return found


def _asked(some: list[tuple[str, bytes]], flavour: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.pdf") for number in range(len(some))]
        for path, (_, data) in zip(paths, some, strict=True):
            path.write_bytes(data)
        said = verapdf.opinions(paths, flavour)
    for path, (test, _) in zip(paths, some, strict=True):
        opinions = said[path]
        if isinstance(opinions, OSError):
            yield f"{test}: {flavour}: {opinions}"
        else:
            yield from (f"{test}: {flavour}: {one}" for one in opinions)
