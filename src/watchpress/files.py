"""Files: copy in, style sheets in, products out, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final

from watchpress.diagnostic import Fatal, Place, remark

HERE: Final = Path(__file__).parent
MOST_BYTES: Final = 20_000_000  # copy of one report; the longest seen is under 100 kB
PART: Final = ".part"  # how the names of files that are not whole yet end
UNDERWAY: Final[set[Path]] = set()  # those of this process
WINDOWS = os.name == "nt"
_CUT: Final = 40
_LEFT: Final = re.compile(rf"\.(\d+)\.\w+{re.escape(PART)}$")
# A number of a process is given again, in a container soon: no file takes so many seconds to write.
_OLD: Final = 3600
_DEVICE: Final = re.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]|con(in|out)[$]", re.IGNORECASE)


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


def there(path: Path) -> bool:
    """Say whether there is a file; a name that no file can have (too long) is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path`: the old file or the new one stands there at any moment, whole.

    Written beside the target, flushed to disk, then renamed (POSIX rename is atomic); what earlier
    runs left behind when they were killed is swept. A device or pipe (/dev/stdout) is no file to
    be replaced: it is written to. Raises Fatal D104 with status 6; the old file is then untouched.
    """
    temporary = path.parent / f"{_prefix(path)}{os.urandom(4).hex()}{PART}"
    try:
        if WINDOWS and device(path.name):
            raise OSError(errno.EINVAL, f"{path.stem} is a device of Windows")
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent, path.name)
        _write(temporary, data)
        temporary.replace(path)
        _sync(path.parent)
    except OSError as fault:
        raise _unwritten(path, fault) from None
    finally:
        _discard(temporary)


def ready(folder: Path) -> None:
    """See to it that `folder` is there and takes files; Fatal D104 (status 6) where it does not."""
    probe = folder / f"{_prefix(folder)}{os.urandom(4).hex()}{PART}"
    try:
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        folder.mkdir(parents=True, exist_ok=True)
        UNDERWAY.add(probe)
        probe.open("xb").close()
    except OSError as fault:
        raise _unwritten(folder, fault) from None
    finally:
        _discard(probe)


def _write(part: Path, data: bytes) -> None:
    UNDERWAY.add(part)
    with part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _discard(part: Path) -> None:
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    UNDERWAY.discard(part)


def remove(path: Path) -> None:
    """Remove a file; one that is gone already is none to speak of. Raises Fatal D104 (status 6)."""
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise _unwritten(path, fault) from None


def _unwritten(path: Path, fault: OSError) -> Fatal:
    return Fatal(remark("D104", Place(str(path)), problem=fault.strerror or fault), status=6)


def device(name: str) -> bool:
    """Say whether Windows takes a file name for a device, whatever its suffix.

    https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    return bool(_DEVICE.fullmatch(name.partition(".")[0].rstrip()))


def abandon() -> None:
    """Remove what is half written: this process is about to end."""
    for part in list(UNDERWAY):
        _discard(part)


def sweep(folder: Path, name: str = "", *, deep: bool = False) -> None:
    """Remove what killed runs left in `folder`: part files (of `name` only) whose process is gone.

    `deep`: in the folders below it, too.
    """
    pattern = f".{_escaped(name[:_CUT])}{'.' if name else ''}*{PART}"
    for left in folder.rglob(pattern) if deep else folder.glob(pattern):
        match = _LEFT.search(left.name)
        with contextlib.suppress(OSError):
            if match and (not _alive(int(match[1])) or time() - left.stat().st_mtime > _OLD):
                left.unlink()


def _prefix(path: Path) -> str:
    # Cut, so that a long name plus the random part stays under the 255 bytes of file systems.
    return f".{path.name[:_CUT]}.{os.getpid()}."


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _alive(pid: int) -> bool:
    if WINDOWS:
        return True  # signal 0 asks nothing there, it is Ctrl-C; age alone tells
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _sync(folder: Path) -> None:
    # A rename is on disk only when its folder is; Windows cannot open folders, and need not. The
    # new file stands there by now: a file system that does not sync folders is no reason to fail.
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
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
