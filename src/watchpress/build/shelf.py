"""The copy of a series as reports: read once, kept by content, each with what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from watchpress.build import report as single
from watchpress.build.cache import Cache, Kept, digest, pack, sha256, unpack
from watchpress.build.makers import house
from watchpress.build.pool import Pool
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import read as read_bytes
from watchpress.model import tree
from watchpress.series import reading
from watchpress.series.reading import Copy
from watchpress.transforms import figures, rubies

Key: TypeAlias = tuple[int, str]  # number and language
Step: TypeAlias = Callable[[int], None]
WORTH: Final = 24  # reports that take longer to read here than other processes to start


@dataclass(frozen=True)
class Read:
    """A report as bytes, what was found in it, and what is asked of it most often.

    `copy`: hash of the file it was read from; `content`: hash of the report without its places in
    the file system; `issued`, `corrected`: as the copy says.
    """

    xml: bytes
    findings: tuple[Diagnostic, ...]
    copy: str
    content: str
    issued: str
    corrected: str

    @cached_property
    def report(self) -> tree.Element:
        """The report as a tree; whoever changes it takes a copy."""
        return tree.parse(self.xml, "-")


@dataclass(frozen=True)
class Refused:
    """Copy that cannot be read: all that was found, the reason last, and the exit status of it."""

    findings: tuple[Diagnostic, ...]
    status: int


@dataclass(frozen=True)
class Shelf:
    """The reports of a series that could be read, and what became of the others."""

    copies: Mapping[Key, Copy]
    reads: Mapping[Key, Read]
    refused: Mapping[Key, Refused] = field(default_factory=dict)

    @property
    def reports(self) -> dict[Key, tree.Element]:
        """The reports as trees."""
        return {key: one.report for key, one in self.reads.items()}

    @property
    def files(self) -> dict[str, Key]:
        """Which report each file holds, by the name that findings call it by."""
        found = {copy.source.name: key for key, copy in self.copies.items()}
        named = {str(one.report.get(tree.SOURCE)): key for key, one in self.reads.items()}
        return {**named, **found}


def read(copies: Sequence[Copy], cache: Cache, pool: Pool, step: Step) -> Shelf:
    """Return the shelf of `copies`; `step` is called with the number of reports that are read.

    A report that cannot be read does not keep the others from being read.
    """
    refused: dict[Key, Refused] = {}
    reads: dict[Key, Read] = {}
    wanted: list[tuple[Copy, str, str]] = []
    for copy in copies:
        try:
            hashed = sha256(read_bytes(copy.source.path))
        except Fatal as fatal:
            refused[copy.key] = Refused((fatal.diagnostic,), fatal.status)
            continue
        kept = _restored(cache.get(_key(copy, hashed)), hashed)
        if kept and _pictured(kept):
            reads[copy.key] = kept
        else:
            wanted.append((copy, hashed, _key(copy, hashed)))
    step(len(copies) - len(wanted))
    tasks = [(copy.source.name, copy) for copy, _, _ in wanted]
    results = pool.run(made, tasks, lambda number, result: step(1), least=WORTH)
    for (copy, hashed, key), result in zip(wanted, results, strict=True):
        got = result.value or Refused(tuple(filter(None, [result.fault])), result.status)
        if isinstance(got, Refused):
            refused[copy.key] = got
            continue
        reads[copy.key] = got
        if got.copy == hashed:  # else the file was changed while we were at it
            cache.put(key, got.xml, _facts(got))
    return Shelf({copy.key: copy for copy in copies}, reads, refused)


def _pictured(kept: Read) -> bool:
    """Say whether the pictures of a report that was kept are those that lie there now."""
    return b"<graphic" not in kept.xml or figures.current(kept.report)


def made(copy: Copy) -> Read | Refused:
    """Read one file of copy, in whatever process this is."""
    found: list[Diagnostic] = []

    def tell(finding: Diagnostic) -> None:
        heard = reading.heard(copy, finding)
        if heard is not None:
            found.append(heard)

    try:
        data = read_bytes(copy.source.path)  # once: the hash is that of the bytes that were read
        report = single.report(copy.source, tell, data).report
    except Fatal as fatal:
        return Refused((*found, fatal.diagnostic), fatal.status)
    rubies.apply(report, dict(copy.readings))
    if not any(one.code == "C213" for one in found):
        reading.check(copy, report, found.append)
    return Read(
        tree.serialize(report),
        tuple(found),
        sha256(data),
        sha256(tree.canonical(report)),
        tree.date(report),
        tree.corrected(report),
    )


def _key(copy: Copy, hashed: str) -> str:
    return digest("read", house(), hashed, copy)


def _facts(read: Read) -> dict[str, Any]:
    return {
        "content": read.content,
        "issued": read.issued,
        "corrected": read.corrected,
        "findings": pack(read.findings, {}),
    }


def _restored(kept: Kept | None, hashed: str) -> Read | None:
    if kept is None:
        return None
    facts = kept.facts
    try:
        findings = unpack(facts["findings"], {})
        return Read(
            kept.data, findings, hashed, facts["content"], facts["issued"], facts["corrected"]
        )
    except (KeyError, TypeError):
        return None
