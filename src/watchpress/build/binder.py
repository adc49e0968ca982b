"""Whoever makes volumes, as the order of a series sees it, and the rooms that do."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Protocol, TypeAlias, cast

from watchpress.build.compile import CompileMany
from watchpress.build.pool import Pool
from watchpress.build.verdict import NOT_INSTALLED, Papers
from watchpress.catalog import Volume
from watchpress.diagnostic import Fatal, Place, Tell, remark
from watchpress.files import Styles
from watchpress.galley import Galley

Key: TypeAlias = tuple[int, str]  # number and language


@dataclass(frozen=True)
class Bound:
    """A volume in one format: its bytes, its pages (0: it has none), and what lies beside it.

    `papers`: text or bytes by the end of the name (`notes.csv`), as the map of notes.
    `galley`: what is printed where, of a PDF.
    """

    data: bytes
    pages: int = 0
    papers: Papers = field(default_factory=dict)
    galley: Galley = field(default_factory=Galley)


def closed(papers: Papers) -> dict[str, list[str]]:
    """Return papers as JSON can keep them: text as it is, bytes in base 64 (RFC 4648)."""
    return {
        end: ["text", paper] if isinstance(paper, str) else ["bytes", b64encode(paper).decode()]
        for end, paper in papers.items()
    }


def opened(kept: Mapping[str, Sequence[str]]) -> Papers:
    """Return the papers that `closed` made; TypeError or ValueError where it has not."""
    return {
        end: paper if kind == "text" else b64decode(paper) for end, (kind, paper) in kept.items()
    }


class Cut(Protocol):
    """Cuts offprints out of a volume whose pages are known."""

    def __call__(self, keys: Sequence[Key], tell: Tell, *, proof: bool) -> Bound:
        """Return the offprint of one piece of the volume: a report, or two on facing pages."""


class Binder(Protocol):
    """Makes volumes of reports; each raises Fatal with status 5 where a proof fails."""

    def cover(
        self, volume: Volume, styles: Styles, tell: Tell, compile_many: CompileMany, *, proof: bool
    ) -> Bound:
        """Return the cover of a printed volume, its bleed and board those of `volume.press`."""

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
