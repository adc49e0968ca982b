"""The pinned fonts (fonts.toml): where they lie, whether they are whole, how they are brought in.

Fonts come from a package, never from our repository, as whole TrueType files under families of our
own, so that no font of the machine can take their place unnoticed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from watchpress.diagnostic import Place, Tell, remark

NAME = "fonts"
NEEDED = ("pdf", "demo", "test")
# The pinned set is in no system's package; these bring fonts that can take its place, or npm.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "apt": ("fonts-noto-cjk",),
    "dnf": ("google-noto-serif-cjk-fonts",),
    "brew": ("font-noto-serif-cjk",),
    "winget": ("OpenJS.NodeJS",),
}
VARIABLE = "WATCHPRESS_FONTS"  # names the folder of the pinned set, instead of our own choice

Script = Literal["latn", "jpan", "kore"]
Family = Literal["serif", "sans"]  # a set: one family for each script
Pack = Callable[[str, Path], Path]  # a package "name@version" and a folder -> its tarball in there


# What the families of ours are called by those who drew them.
NAMES: Mapping[str, str] = {
    "Watchpress Serif": "Source Serif 4",
    "Watchpress Serif JP": "Noto Serif JP",
    "Watchpress Serif KR": "Noto Serif KR",
    "Watchpress Sans": "Source Sans 3",
    "Watchpress Sans JP": "Noto Sans JP",
    "Watchpress Sans KR": "Noto Sans KR",
}


@dataclass(frozen=True)
class Face:
    """One font file of the set: what CSS calls it, and where it lies."""

    family: str
    weight: int
    style: str
    path: Path
    script: Script
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True)
class Sans:
    """The set without serifs as a tool of its own: only some themes (large-print) are set in it."""

    NAME: str = "sans fonts"
    NEEDED: tuple[str, ...] = ("large-print",)
    PACKAGES: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "apt": PACKAGES["apt"],
            "dnf": ("google-noto-sans-cjk-fonts",),
            "brew": ("font-noto-sans-cjk",),
            "winget": PACKAGES["winget"],
        }
    )

    def version(self) -> str | None:
        """Return the words for the set; None where it is absent or damaged."""
        return version("sans")


SANS = Sans()


def faces(family: Family = "serif") -> tuple[Face, ...]:
    """Return the pinned faces of a set, all or none: () where one is absent or of a wrong length.

    Only the lengths are looked at, as each run asks; `verify` reads the files.
    """
    wanted = _pinned(folder(), family)
    return wanted if all(map(_there, wanted)) else ()


def version(family: Family = "serif") -> str | None:
    """Return the words for the set in use; None where it is absent or damaged (reads it all)."""
    found = faces(family)
    return f"pinned set, {len(found)} faces" if found and not verify(family) else None


def verify(family: Family = "serif") -> tuple[Face, ...]:
    """Return the faces whose file is absent or is not, byte for byte, the pinned one."""
    return tuple(face for face in _pinned(folder(), family) if not _whole(face))


def folder() -> Path:
    """Return the folder of the sets: the one that has it, else the first that can take it.

    WATCHPRESS_FONTS decides where it is set; then the environment that we are installed in (so
    that a clone keeps its fonts in .venv), then the user's own data folder.
    """
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    ours, users = Path(sys.prefix, "share", "watchpress", "fonts"), _users()
    if all(_there(face) for face in _pinned(ours)):
        return ours
    within = sys.prefix != sys.base_prefix  # never into the system's own Python
    return ours if within and os.access(sys.prefix, os.W_OK) else users


def fetch(pack: Pack, tell: Tell, family: Family = "serif") -> bool:
    """Bring a set into `folder()` by `pack`; True where all of it is there and verified.

    `pack` raises OSError with its reason where it cannot deliver. Each tarball and each file is
    held to its hash before the first one is moved into place: what was there stays till then.
    """
    if not verify(family):
        return True
    home = folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=home) as temp:
            for package in _packages(family):
                _extract(pack(_spec(package), Path(temp)), package, Path(temp))
            for face in _pinned(home, family):
                Path(temp, face.path.name).replace(face.path)
    except OSError as error:
        tell(remark("X201", Place("fonts"), reason=error, folder=home))
        return False
    return not verify(family)


def _extract(tarball: Path, package: Mapping[str, Any], into: Path) -> None:
    """Write the pinned members of `tarball` into the folder `into`; OSError where one differs."""
    if _digest(tarball, "sha512") != package["sha512"]:
        raise OSError(f"{_spec(package)} is not the package that was pinned")
    try:
        with tarfile.open(tarball, "r:gz") as archive:
            for entry in package["face"]:
                target = into / Path(entry["member"]).name
                target.write_bytes(_member(archive, entry))
    except (tarfile.TarError, KeyError, EOFError) as error:
        raise OSError(f"{_spec(package)} cannot be unpacked: {error}") from error


def _member(archive: tarfile.TarFile, entry: Mapping[str, Any]) -> bytes:
    """Return the bytes of a pinned member, a plain file, never more than the pinned length."""
    stream = archive.extractfile(archive.getmember(entry["member"]))
    content = stream.read(int(entry["size"]) + 1) if stream else b""
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise OSError(f"{entry['member']} is not the file that was pinned")
    return content


def _there(face: Face) -> bool:
    """Return whether the file is there and of the pinned length."""
    try:
        return face.path.stat().st_size == face.size
    except OSError:
        return False


def _whole(face: Face) -> bool:
    """Return whether the file is, byte for byte, the pinned one."""
    return _there(face) and _digest(face.path, "sha256") == face.sha256


def _digest(path: Path, algorithm: str) -> str:
    """Return the hash of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()


def _spec(package: Mapping[str, Any]) -> str:
    """Return the name and version of a package as npm takes them."""
    return f"{package['name']}@{package['version']}"


def _packages(family: Family) -> tuple[Mapping[str, Any], ...]:
    """Return the packages that a set comes in."""
    return tuple(package for package in _table() if package.get("set", "serif") == family)


def _pinned(home: Path, family: Family = "serif") -> tuple[Face, ...]:
    """Return the faces of a set, as fonts.toml has them, where they would lie in `home`."""
    return tuple(_faces(home, family))


def _faces(home: Path, family: Family) -> Iterator[Face]:
    for package in _packages(family):
        for entry in package["face"]:
            yield Face(
                family=package["family"],
                weight=entry["weight"],
                style=entry["style"],
                path=home / Path(entry["member"]).name,
                script=package["script"],
                size=entry["size"],
                sha256=entry["sha256"],
            )


@cache
def _table() -> tuple[Mapping[str, Any], ...]:
    """Return the packages of fonts.toml, read once."""
    # Imported here: the EPUB path never asks for a font.
    import tomllib

    text = Path(__file__).parents[1].joinpath("fonts.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["package"])


def _users() -> Path:
    """Return the folder of the set among the user's own data, by the custom of the system."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base, "watchpress", "fonts")
