"""ICC profiles of printing conditions: built at set-up by Argyll's colprof, or given as a file.

Debian's icc-profiles-free ships what Fogra measured on presses (FOGRA39L.ti3, zlib licence) and no
profile made of it; colprof makes one in some 20 s. A printer's own profile is as good: it is named
by its file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

NAME = "ICC profile"
NEEDED = ("press",)
# Other systems have Argyll and not the measurements: there a printer's own profile is named.
PACKAGES: Mapping[str, tuple[str, ...]] = {"apt": ("argyll", "icc-profiles-free")}
VARIABLE = "WATCHPRESS_ICC"  # names the folder of the profiles, instead of our own choice
MEASURED = Path("/usr/share/color/icc")
PATIENCE = 300  # seconds
REGISTRY = "http://www.color.org"  # where conditions are registered (ISO 15930-7, 6.2.2)
INK = "300"  # %: the most ink on one spot
_DATE = bytes((0x07, 0xDA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2010-01-01: no clock in a product


@dataclass(frozen=True)
class Condition:
    """A printing condition: what it is called, in which words, its profile.

    `registered`: the name is one of the registry of the ICC.
    """

    name: str
    words: str
    registered: bool
    profile: bytes


@dataclass(frozen=True)
class _Known:
    name: str
    measured: str
    words: str


STANDARD = _Known("FOGRA39", "FOGRA39L", "Coated FOGRA39 (ISO 12647-2:2004)")
CONDITIONS = {STANDARD.name: STANDARD}


def version() -> str | None:
    """Return the names of the conditions that have a profile here, None where none has."""
    found = [name for name in CONDITIONS if path(name).is_file()]
    return ", ".join(found) or None


def folder() -> Path:
    """Return the folder that profiles are built into."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else Path(sys.prefix, "share", "watchpress", "icc")


def path(name: str) -> Path:
    """Return where the profile of a condition lies, or would lie."""
    return folder() / f"{name}.icc"


def ready(known: _Known = STANDARD) -> bool:
    """Return whether all is there that `build` needs."""
    measured = MEASURED / f"{known.measured}.ti3"
    return bool(shutil.which("colprof")) and measured.is_file()


def build(known: _Known = STANDARD) -> bool:
    """Have colprof make the profile of a condition; True where it is there afterwards."""
    program, there = shutil.which("colprof"), path(known.name)
    if there.is_file() or not program:
        return there.is_file()
    with tempfile.TemporaryDirectory() as temp:
        made = Path(temp, "made.icc")
        order = [program, "-qm", "-bm", f"-l{INK}", "-A", "Fogra", "-D", known.words]
        order += ["-C", "Made of Fogra's measurements, zlib licence", "-O", str(made)]
        order.append(str(MEASURED / known.measured))
        try:
            subprocess.run(order, cwd=temp, capture_output=True, timeout=PATIENCE, check=True)
            data = undated(made.read_bytes())
            there.parent.mkdir(parents=True, exist_ok=True)
            part = there.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(data)
            part.replace(there)
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def undated(profile: bytes) -> bytes:
    """Return a profile with a fixed date instead of that of its making (ICC.1, 7.2.8)."""
    return profile[:24] + _DATE + profile[36:]


def condition(intent: str, home: Path = Path()) -> Condition | None:
    """Return the printing condition that `intent` names: a known name, or a file seen from `home`.

    None where the name is known and its profile has not been built. Raises ValueError with the
    reason where it is neither a known name nor a profile for a printing press.
    """
    known = CONDITIONS.get(intent)
    if known:
        there = path(known.name)
        return Condition(known.name, known.words, True, there.read_bytes()) if _is(there) else None
    file = home / intent
    if not _is(file):
        raise ValueError(f"no file, and none of {', '.join(CONDITIONS)}")
    data = file.read_bytes()
    words = described(data)
    return Condition(words or file.stem, words or file.stem, False, data)


def described(profile: bytes) -> str:
    """Return what a profile calls itself; ValueError where it is not one of a CMYK press."""
    if profile[36:40] != b"acsp":
        raise ValueError("no ICC profile")
    # ISO 15930-7, 6.2.2: of the class "output".
    kind, space = (
        profile[12:16].decode("ascii", "replace"),
        profile[16:20].decode("ascii", "replace"),
    )
    if (kind, space) != ("prtr", "CMYK"):
        raise ValueError(
            f"a profile of the class {kind!r} for {space.strip()}, not of a CMYK press"
        )
    from PIL import ImageCms

    if int.from_bytes(profile[:4], "big") > len(profile):
        raise ValueError("a damaged ICC profile")
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()
    except (OSError, ImageCms.PyCMSError):
        raise ValueError("a damaged ICC profile") from None


def _is(file: Path) -> bool:
    return file.is_file()
