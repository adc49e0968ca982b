"""dist/manifest.json: every product, what it was made of and with, and what was found in it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any, Final

from watchpress import files
from watchpress.build.cache import digest, sha256
from watchpress.build.makers import Makers
from watchpress.diagnostic import Fatal

NAME: Final = "manifest.json"
PAUSE: Final = 1.0  # seconds


@dataclass(frozen=True)
class Product:
    """One product as the manifest lists it; `findings` as cache.pack writes them.

    `key` is the hash of all that it was made of and with, `inputs` are the files among these with
    their hashes, `maker` names an entry of Manifest.makers.
    """

    file: str
    edition: str
    format: str
    sha256: str
    size: int
    pages: int
    key: str
    maker: str
    inputs: Mapping[str, str]
    findings: Sequence[Mapping[str, Any]] = field(default=())


@dataclass
class Manifest:
    """The products in a folder, by file; and the tools and fonts they were made with."""

    folder: Path
    products: dict[str, Product] = field(default_factory=dict)
    makers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _kept: float = field(default_factory=monotonic, init=False)

    @property
    def path(self) -> Path:
        """The file of the manifest."""
        return self.folder / NAME

    def standing(self, file: str, key: str) -> Product | None:
        """Return the product at `file` where it was made by `key`, and is still what it was."""
        found = self.products.get(file)
        return found if found and found.key == key and self.whole(found) else None

    def whole(self, product: Product) -> bool:
        """Say whether the file of a product is, byte for byte, the one that was put there."""
        try:
            path = self.folder / product.file
            return path.stat().st_size == product.size and (
                sha256(path.read_bytes()) == product.sha256
            )
        except OSError:
            return False

    def enter(self, product: Product, makers: Makers) -> Product:
        """Take down a product and what it was made with; return it as it is listed."""
        made_with = {"tools": dict(sorted(makers.tools.items())), "fonts": makers.fonts}
        maker = digest(json.dumps(made_with))[:12]
        self.makers[maker] = made_with
        listed = self.products[product.file] = replace(product, maker=maker)
        return listed

    def drop(self, file: str) -> bool:
        """Strike a product off and remove its file, unless somebody has changed it; say if so."""
        found = self.products.pop(file)
        if not self.whole(found):
            return False
        with contextlib.suppress(OSError):
            (self.folder / file).unlink()
        return True

    def keep(self) -> None:
        """Put the manifest in place now and then, so that a run that is killed leaves a true one.

        It lags by PAUSE, so that it costs a run nothing; where it cannot be put, `write` will say.
        """
        if monotonic() - self._kept >= PAUSE:
            with contextlib.suppress(Fatal):
                self.write()
            self._kept = monotonic()

    def write(self) -> None:
        """Put the manifest in place, last of all; untouched where nothing has changed."""
        used = {product.maker for product in self.products.values()}
        whole = {
            "products": [asdict(one) for _, one in sorted(self.products.items())],
            "makers": {name: self.makers[name] for name in sorted(used)},
        }
        data = (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
        if not self.path.is_file() or self.path.read_bytes() != data:
            files.replace(self.path, data)


def load(folder: Path) -> Manifest:
    """Return the manifest of a folder; an empty one where there is none that can be read."""
    manifest = Manifest(folder)
    try:
        given = json.loads(files.read(manifest.path))
        products = [Product(**one) for one in given["products"]]
        makers = dict(given["makers"])
        if all(one.maker in makers and _inside(one.file) for one in products):
            manifest.products = {one.file: one for one in products}
            manifest.makers = makers
    except (Fatal, ValueError, KeyError, TypeError):
        pass  # made by another version, or damaged: all is made again
    return manifest


def _inside(file: str) -> bool:
    """Say whether a name is that of a file in the folder itself: nothing else is ever removed."""
    return Path(file).name == file
