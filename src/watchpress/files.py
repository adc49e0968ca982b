"""Files: copy in, style sheets in, products out, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from watchpress.diagnostic import Fatal, Place, remark

HERE: Final = Path(__file__).parent
MOST_BYTES: Final = 20_000_000  # copy of one report; the longest seen is under 100 kB


def read(path: Path) -> bytes:
    """Return the bytes of a file of copy; `-` is standard input.

    Raises Fatal: D101 (no such file), D102 (not to be read), D103 (too big to be a report).
    """
    place = Place(str(path))
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        elif not path.is_file():
            raise Fatal(remark("D101", place), status=3)
        else:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Fatal(remark("D102", place, problem=fault.strerror or fault), status=6) from None
    if len(data) > MOST_BYTES:
        raise Fatal(remark("D103", place, most=MOST_BYTES // 1_000_000), status=3)
    return data


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path`: the old file or the new one stands there at any moment, whole.

    Written beside the target, flushed to disk, then renamed (POSIX rename is atomic); what earlier
    runs left behind when they were killed is swept. A device or pipe (/dev/stdout) is no file to
    be replaced: it is written to. Raises Fatal D104 with status 6; the old file is then untouched.
    """
    import tempfile  # only where something is written: it takes its time to load

    temporary: Path | None = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        _sync(path.parent)
    except OSError as fault:
        problem = fault.strerror or str(fault)
        raise Fatal(remark("D104", Place(str(path)), problem=problem), status=6) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    # Cut, so that a long name plus the random part stays under the 255 bytes of file systems.
    return f".{path.name[:40]}.{os.getpid()}."


def _sweep(path: Path) -> None:
    """Remove what killed runs left beside `path`: their part files, once their process is gone."""
    for left in path.parent.glob(f".{_escaped(path.name[:40])}.*.part"):
        pid = left.name.removesuffix(".part").rsplit(".", 2)[1]
        if pid.isdigit() and not _alive(int(pid)):
            with contextlib.suppress(OSError):
                left.unlink()


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(folder: Path) -> None:
    # A rename is on disk only when its folder is; Windows cannot open folders, and need not.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def along(name: str) -> Path:
    """Return a folder that comes along: inside of the package, or beside its source."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent.parent / name


@dataclass(frozen=True)
class Styles:
    """The style sheets: a series' own folder first, then the ones that come along."""

    folder: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that style sheets are looked for in, in this order."""
        own = () if self.folder is None else (self.folder,)
        return (*own, HERE / "styles", HERE.parent.parent / "styles")

    def path(self, name: str) -> Path:
        """Return the file a style name stands for; Fatal C103 where there is none."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise Fatal(remark("C103", Place(str(self.folder or "styles")), name=name), status=2)

    def text(self, name: str) -> str:
        """Return the text of a style sheet (UTF-8)."""
        try:
            return self.path(name).read_text("utf-8")
        except UnicodeDecodeError as fault:
            place = Place(str(self.path(name)))
            raise Fatal(remark("C104", place, byte=fault.start), status=2) from None
