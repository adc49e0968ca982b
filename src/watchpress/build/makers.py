"""What a product is made with: versions, fonts, style sheets. Other makers, another product."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, get_args

from watchpress import __version__
from watchpress.build.cache import digest, sha256
from watchpress.files import Styles

HOUSE: Final = Path(__file__).parents[1]
PACKAGES: Final = (
    "weasyprint",
    "pydyf",
    "lxml",
    "EbookLib",
    "pillow",
    "fonttools",
    "brotli",
    "pikepdf",
    "pypdfium2",
)
_ROOMS: Final = (".py", ".toml", ".rng", ".json")


@dataclass(frozen=True)
class Makers:
    """The tools, fonts and style sheets of a run."""

    styles: Styles

    @cached_property
    def tools(self) -> dict[str, str]:
        """The versions of what products are made with."""
        # Imported here: the one brings the parser of mail along, the other ctypes.
        from importlib import metadata

        from watchpress.tools import pango

        found = {"watchpress": __version__, "pango": pango.version() or "missing"}
        for name in PACKAGES:
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                found[name] = "missing"
        return found

    @cached_property
    def fonts(self) -> list[dict[str, Any]]:
        """The pinned fonts, each with its hash; none where the machine's own are used."""
        from watchpress.tools import fonts

        return [
            {"family": face.family, "weight": face.weight, "style": face.style,
             "file": face.path.name, "sha256": face.sha256}
            for family in get_args(fonts.Family)
            for face in fonts.faces(family)
        ]  # fmt: skip

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The files in the series' style folder and those that come along, each with its hash."""
        return self._hashed()

    def changed(self) -> str:
        """Return the first style file that is no longer what `sheets` says, "" where all are."""
        now, then = self._hashed(), self.sheets
        return next((name for name in {**then, **now} if now.get(name) != then.get(name)), "")

    def _hashed(self) -> dict[str, str]:
        own = Styles().path("print.css").parent
        folders = [own] if self.styles.folder is None else [own, self.styles.folder]
        found: dict[str, str] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                with contextlib.suppress(FileNotFoundError):  # an editor has just put another there
                    if path.is_file():
                        found[path.relative_to(folder).as_posix()] = sha256(path.read_bytes())
        return found

    @cached_property
    def key(self) -> str:
        """The hash of all of it: an entry or a product of another key is made again."""
        return digest(house(), *_flat(self.tools), str(self.fonts), *_flat(self.sheets))


@cache
def house() -> str:
    """Return the hash of watchpress itself: a changed room makes all new, whatever its version."""
    # By os.walk: every check of a series waits for this, and pathlib takes twice as long.
    found: list[tuple[str, str]] = []
    for folder, _, names in os.walk(HOUSE):
        found += ((f"{folder}{os.sep}{name}", name) for name in names if name.endswith(_ROOMS))
    parts: list[object] = []
    for path, name in sorted(found):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            parts += (name, file.read())
    return digest(*parts)


def _flat(pairs: Mapping[str, str]) -> list[str]:
    return [part for pair in sorted(pairs.items()) for part in pair]
