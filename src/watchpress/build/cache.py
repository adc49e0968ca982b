"""What has been made before, by the content it was made of: not made again, nor blindly believed.

An entry is two files, the bytes and the facts beside them (JSON, with the hash of the bytes). An
entry that is not whole is none. Nothing here is pickled: a cache that others can write to must not
be able to run anything.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from watchpress.diagnostic import Diagnostic, Fatal, Place
from watchpress.files import replace

MOST: Final = 512_000_000  # bytes; a year of reports in three languages takes some 10 MB
_FORM: Final = "2"  # of the entries; another one is not read


def digest(*parts: object) -> str:
    """Return the SHA-256 of the parts, each set off from the next, in hexadecimal."""
    total = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal, as sha256sum prints it."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Kept:
    """An entry: the bytes, and what is known of them."""

    data: bytes
    facts: Mapping[str, Any]


@dataclass
class Cache:
    """The entries below a folder, at most `most` bytes of them; None: nothing is kept."""

    folder: Path | None
    most: int = MOST
    hits: int = field(default=0, init=False)
    misses: int = field(default=0, init=False)

    def get(self, key: str) -> Kept | None:
        """Return the entry of `key`; None where there is none, or where it is not whole."""
        found = self._read(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
        return found

    def _read(self, key: str) -> Kept | None:
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            facts = json.loads(path.with_suffix(".json").read_bytes())
            data = path.read_bytes()
            if facts["form"] != _FORM or facts["sha256"] != sha256(data):
                return None
            path.touch()  # the oldest entries are those that nobody has asked for
            return Kept(data, facts["facts"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def holds(self, key: str) -> bool:
        """Say whether there is an entry of `key`, whole or not; asked for, it stays longer."""
        if self.folder is None:
            return False
        try:
            os.utime(self._path(key))
        except OSError:
            return False
        return True

    def put(self, key: str, data: bytes, facts: Mapping[str, Any]) -> None:
        """Keep an entry; where the disk does not take it, the next run makes it again."""
        if self.folder is None:
            return
        path = self._path(key)
        whole = {"form": _FORM, "sha256": sha256(data), "facts": facts}
        with contextlib.suppress(Fatal):
            replace(path, data)
            replace(path.with_suffix(".json"), json.dumps(whole, ensure_ascii=False).encode())

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.bin"

    def prune(self) -> None:
        """Remove the entries that were asked for longest ago, until the rest is within bounds."""
        if self.folder is None or not self.folder.is_dir():
            return
        entries = []
        for path in self.folder.glob("*/*.bin"):
            with contextlib.suppress(OSError):
                about = path.stat()
                entries.append((about.st_mtime, about.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.most:
                break
            for one in (path.with_suffix(".json"), path):
                with contextlib.suppress(OSError):
                    one.unlink()
            total -= size


def squeezed(text: str) -> str:
    """Return long text for JSON, as zlib and base 64 (RFC 1950, RFC 4648): a tenth of its size."""
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode("ascii")


def unsqueezed(kept: str) -> str:
    """Return what `squeezed` was given; TypeError or ValueError for anything else."""
    try:
        return zlib.decompress(base64.b64decode(kept, validate=True)).decode()
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault


def pack(findings: Iterable[Diagnostic], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return findings for JSON; `names` tells what files are called where they are kept."""
    return [
        {
            "code": one.code,
            "file": names.get(one.place.file, one.place.file),
            "line": one.place.line,
            "column": one.place.column,
            "page": one.page,
            "product": one.product,
            "box": list(one.box),
            "facts": dict(one.facts),
        }
        for one in findings
    ]


def unpack(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the findings that `pack` wrote; `names` as given to it. KeyError for anything else."""
    back = {kept: name for name, kept in names.items()}
    return tuple(
        Diagnostic(
            Place(back.get(row["file"], row["file"]), row["line"], row["column"]),
            row["code"],
            tuple(sorted((name, str(fact)) for name, fact in row["facts"].items())),
            row["page"],
            row.get("product", ""),
            tuple(row.get("box", ())),
        )
        for row in rows
    )
