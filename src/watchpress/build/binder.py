"""Whoever makes volumes, as the order of a series sees it, and the rooms that do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Protocol, TypeAlias, cast

from watchpress.build.compile import CompileMany
from watchpress.build.pool import Pool
from watchpress.build.report import NOT_INSTALLED
from watchpress.catalog import Volume
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import Styles

Key: TypeAlias = tuple[int, str]  # number and language


@dataclass(frozen=True)
class Bound:
    """A volume in one format: its bytes, its pages (0: it has none), and what lies beside it.

    `papers`: text by the end of its name (`notes.csv`), as the map of notes.
    """

    data: bytes
    pages: int = 0
    papers: Mapping[str, str] = field(default_factory=dict)


class Cut(Protocol):
    """Cuts offprints out of a volume whose pages are known."""

    def __call__(self, keys: Sequence[Key], tell: Tell, *, proof: bool) -> Bound:
        """Return the offprint of one piece of the volume: a report, or two on facing pages."""


class Binder(Protocol):
    """Makes volumes of reports; each raises Fatal with status 5 where a proof fails."""

    def cover(
        self,
        volume: Volume,
        styles: Styles,
        tell: Tell,
        compile_many: CompileMany,
        *,
        bleed: float,
        board: float,
    ) -> Bound:
        """Return the cover of a printed volume; bleed and thickness of its board in mm."""

    def offprints(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany
    ) -> Cut:
        """Return what cuts offprints out of a volume."""

    def pdf(
        self,
        volume: Volume,
        styles: Styles,
        tell: Tell,
        compile_many: CompileMany,
        *,
        proof: bool,
        pool: Pool | None = None,
    ) -> Bound:
        """Return the PDF of a volume; `pool` proves it."""

    def epub(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
    ) -> Bound:
        """Return the EPUB of a volume."""


def binder() -> Binder:
    """Return the rooms that make volumes, imported where the first one is asked for."""
    try:
        from watchpress.build.cover import cover
        from watchpress.build.offprint import offprints
        from watchpress.build.volume import epub, pdf

        rooms = {"pdf": pdf, "epub": epub, "cover": cover, "offprints": offprints}
        return cast(Binder, SimpleNamespace(**rooms))
    except ModuleNotFoundError as fault:
        place = Place("watchpress")
        raise Fatal(remark("X104", place, reason=fault), status=NOT_INSTALLED) from None
