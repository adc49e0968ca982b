"""How a series is built or checked, and where what is made of it is kept from run to run."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Final

from watchpress import files
from watchpress.build.cache import Cache
from watchpress.build.pool import FREE, Limits
from watchpress.diagnostic import Fatal
from watchpress.series.load import Series

ENTRIES: Final = "cache"  # the folder of the cache, in Series.memory


@dataclass(frozen=True)
class Options:
    """How to build.

    `jobs`: processes at a time; as many as there are cores where it is None. `strict`: a product
    with an error is kept back. `proof`: read each product back. `limits`: what a report may take.
    `validate`: the language that validators shall answer in; "": they are not asked.
    """

    jobs: int | None = None
    strict: bool = False
    proof: bool = True
    limits: Limits = FREE
    validate: str = ""


DEFAULT: Final = Options()


def memory(series: Series) -> Cache:
    """Return what is kept from run to run; its folder says itself that git shall leave it alone."""
    note = series.memory / ".gitignore"
    if not note.is_file():
        with contextlib.suppress(Fatal):  # a folder that cannot be written to keeps nothing
            files.replace(note, b"*\n")
    return Cache(series.memory / ENTRIES)
