"""Pictures of an EPUB: their files in the package, each once however many editions show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from watchpress import pictures
from watchpress.backends.epub.package import Item
from watchpress.diagnostic import Place, Tell, remark
from watchpress.model.tree import Element
from watchpress.xhtml.exhibits import COPY, HASH

FOLDER: Final = "images"
ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}
# What shops in Japan take: Denshi Shoseki kyokai, EPUB 3 seisaku gaido; Kobo and BookWalker alike.
MOST_PIXELS: Final = 4_000_000
MOST_BYTES: Final = 4_000_000


class Plates:
    """The pictures of a book: filled chapter by chapter, then packed."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self._items: dict[str, Item] = {}  # by the hash of the bytes

    def take(self, article: Element) -> None:
        """Let the pictures below `article` lead to their files in the package.

        A file is called after the first figure that shows it: images/wr043-en-f1.png. Tells E103
        where a shop may refuse one; raises Fatal as pictures.again does.
        """
        for image in article.iterfind(f".//img[@{HASH}]"):
            copy, hashed = str(image.attrib.pop(COPY)), str(image.attrib.pop(HASH))
            figure = next(image.iterancestors("figure"))
            if hashed not in self._items:
                self._items[hashed] = self._item(image, figure, copy, hashed)
            image.set("src", self._items[hashed].name)

    def _item(self, image: Element, figure: Element, copy: str, hashed: str) -> Item:
        line, _, column = str(figure.get("data-at") or "0:0").partition(":")
        place = Place(copy, int(line), int(column))
        found = pictures.again(Path(copy), str(image.get("src")), hashed, place)
        pixels, size = found.width * found.height, len(found.data)
        if pixels > MOST_PIXELS or size > MOST_BYTES:
            self.tell(remark("E103", place, pixels=found.pixels, size=size // 1000))
        name = f"{FOLDER}/{figure.get('id')}.{ENDINGS[found.media]}"
        return Item(name, found.media, found.data)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items.values())
