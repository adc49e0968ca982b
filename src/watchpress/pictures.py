"""Pictures of a series: which file a name in the copy stands for, and whether it may be printed.

A picture lies in the folder of the copy or below it, or in that of its series: then the editions of
a report can share it. Nothing else is read: no other folder, no network.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from watchpress.diagnostic import Diagnostic, Fatal, Place, remark

if TYPE_CHECKING:
    from PIL.Image import Image

HOME: Final = "series.toml"  # marks the folder of a series
CLIMB: Final = 3  # folders above the copy in which it is looked for
MOST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 20_000_000
_MODES: Final = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"))
_TURNED: Final = 0x0112  # the tag of EXIF that says how a camera was held
_BEGIN: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Picture(NamedTuple):
    """A picture that may be printed: its bytes, media type, width and height in pixels."""

    data: bytes
    media: str
    width: int
    height: int

    @property
    def pixels(self) -> str:
        """Width and height as the XML has them."""
        return f"{self.width}x{self.height}"


def find(copy: Path, name: str, place: Place) -> Path:
    """Return the file that `name` in a file of copy stands for.

    Raises Fatal: R402 (it leads outside of the folder), R401 (there is no such file).
    """
    parts = PurePosixPath(name).parts
    folders = _folders(copy)
    home = folders[-1].resolve()
    if name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
        raise Fatal(remark("R402", place, name=name, folder=folders[-1]))
    for folder in folders:
        path = folder.joinpath(*parts)
        try:
            there = path.is_file()
            found = there or path.is_symlink()
            inside = path.resolve().is_relative_to(home)
        except (OSError, RuntimeError):  # a name too long, a ring of links
            continue
        if found and not inside:
            raise Fatal(remark("R402", place, name=name, folder=folders[-1]))
        if there:
            return path
    raise Fatal(remark("R401", place, name=name, folder=folders[0]))


def _folders(copy: Path) -> list[Path]:
    """Return the folders to look in: that of the copy, and those up to the one of its series."""
    found = [copy.parent]
    for _ in range(CLIMB):
        if (found[-1] / HOME).is_file():
            return found
        found.append(found[-1].resolve().parent if str(found[-1]) == "." else found[-1].parent)
    return found if (found[-1] / HOME).is_file() else found[:1]


def read(path: Path, place: Place) -> Picture:
    """Return the picture in a file, looked at.

    Raises Fatal: R401 (not to be read), R404 (too big), R403 (no picture that may be printed).
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Fatal(_unfit(place, path, fault.strerror or str(fault))) from None
    if len(data) > MOST_BYTES:
        raise Fatal(_too_big(place, path, f"{MOST_BYTES // 1_000_000} MB"))
    media = next((kind for begin, kind in _BEGIN.items() if data.startswith(begin)), "")
    if not media:
        raise Fatal(_unfit(place, path, "no PNG or JPEG"))
    return _look(data, media, path, place)


def _look(data: bytes, media: str, path: Path, place: Place) -> Picture:
    # Loaded here: most reports have no picture, and Pillow takes long to start.
    from PIL.Image import open as load

    try:
        with load(BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise Fatal(_too_big(place, path, f"{MOST_PIXELS // 1_000_000} million pixels"))
            with _strict():
                image.load()
            problem = _problem(image)
    except Fatal:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever Pillow raises on a damaged file
        raise Fatal(_unfit(place, path, f"damaged ({fault})")) from None
    if problem:
        raise Fatal(_unfit(place, path, problem))
    return Picture(data, media, width, height)


@contextlib.contextmanager
def _strict() -> Iterator[None]:
    """Let Pillow refuse a file that breaks off; WeasyPrint tells it to make up the rest."""
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _problem(image: Image) -> str:
    """Return why a picture that can be read cannot be printed; "" where it can."""
    if getattr(image, "n_frames", 1) > 1:
        return "it moves"
    if image.mode not in _MODES:
        return f"its colours are {image.mode}, not grey or RGB"
    return "it lies on its side (EXIF)" if image.getexif().get(_TURNED, 1) != 1 else ""


def _unfit(place: Place, path: Path, problem: str) -> Diagnostic:
    return remark("R403", place, name=path, problem=problem)


def _too_big(place: Place, path: Path, most: str) -> Diagnostic:
    return remark("R404", place, name=path, most=most)


def again(copy: Path, name: str, hashed: str, place: Place) -> Picture:
    """Return the picture that was there when a report was read: `hashed` is what its bytes gave.

    Raises Fatal as `find` and `read` do, and F113 where the file has been changed since.
    """
    found = read(find(copy, name, place), place)
    if hashlib.sha256(found.data).hexdigest() != hashed:
        raise Fatal(remark("F113", place, name=name))
    return found
