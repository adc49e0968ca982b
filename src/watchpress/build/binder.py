"""Whoever makes volumes, as the order of a series sees it; build/volume.py is the one that does."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast

from watchpress.build.compile import CompileMany
from watchpress.build.report import NOT_INSTALLED
from watchpress.catalog import Volume
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import Styles


@dataclass(frozen=True)
class Bound:
    """A volume in one format: its bytes, its pages (0: it has none), and what lies beside it.

    `papers`: text by the end of its name (`notes.csv`), as the map of notes.
    """

    data: bytes
    pages: int = 0
    papers: Mapping[str, str] = field(default_factory=dict)


class Binder(Protocol):
    """Makes volumes of reports; each raises Fatal with status 5 where a proof fails."""

    def pdf(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
    ) -> Bound:
        """Return the PDF of a volume."""

    def epub(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
    ) -> Bound:
        """Return the EPUB of a volume."""


def binder() -> Binder:
    """Return the room that makes volumes, imported where the first one is asked for."""
    try:
        return cast(Binder, importlib.import_module("watchpress.build.volume"))
    except ModuleNotFoundError as fault:
        place = Place("watchpress")
        raise Fatal(remark("X104", place, reason=fault), status=NOT_INSTALLED) from None
