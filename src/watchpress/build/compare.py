"""Translations beside their originals: compared once, by what both say, in several processes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from watchpress.build.cache import Cache, Kept, digest, pack, unpack
from watchpress.build.makers import house
from watchpress.build.pool import Pool, Result
from watchpress.build.shelf import Key, Shelf
from watchpress.diagnostic import Diagnostic
from watchpress.model import tree

WORTH: Final = 30  # pairs that take longer to compare here than other processes to start


@dataclass(frozen=True)
class Beside:
    """Two editions of one number, as bytes."""

    original: bytes
    translation: bytes


def compare(
    shelf: Shelf, original: str, cache: Cache, pool: Pool, wanted: Collection[Key] | None = None
) -> dict[Key, tuple[Diagnostic, ...]]:
    """Return for each translation what in it is not as in its original; () where all is.

    `original`: the language of originals; a number without one has nothing to be compared with.
    `wanted`: only pairs with one of these in them.
    """
    pairs = [
        (key, (key[0], original))
        for key in shelf.reads
        if key[1] != original and (key[0], original) in shelf.reads
    ]
    if wanted is not None:
        pairs = [pair for pair in pairs if {*pair} & {*wanted}]
    kept = {key: _restored(cache.get(_key(shelf, key, first))) for key, first in pairs}
    left = [(key, first) for key, first in pairs if kept[key] is None]
    tasks = [
        (shelf.copies[key].source.name, Beside(shelf.reads[first].xml, shelf.reads[key].xml))
        for key, first in left
    ]

    def done(number: int, result: Result[tuple[Diagnostic, ...]]) -> None:
        if result.value is not None:
            facts = {"findings": pack(result.value, {})}
            cache.put(_key(shelf, *left[number]), b"", facts)

    results = pool.run(differences, tasks, done, least=WORTH)
    made = {
        key: tuple(filter(None, [one.fault])) if one.value is None else one.value
        for (key, _), one in zip(left, results, strict=True)
    }
    return {key: made[key] if found is None else found for key, found in kept.items()}


def differences(beside: Beside) -> tuple[Diagnostic, ...]:
    """Compare two editions, in whatever process this is."""
    from watchpress.checks.alignment import verdict  # not wanted where all is known

    found: list[Diagnostic] = []
    original, translation = (tree.parse(one, "-") for one in (beside.original, beside.translation))
    verdict.check(verdict.Subject(original, translation), found.append)
    return tuple(found)


def _key(shelf: Shelf, *keys: Key) -> str:
    """Return the hash of both; with their names, as findings about one name the other."""
    parts = [(shelf.copies[key].source.name, shelf.reads[key].content) for key in keys]
    return digest("beside", house(), *(part for pair in parts for part in pair))


def _restored(kept: Kept | None) -> tuple[Diagnostic, ...] | None:
    if kept is None:
        return None
    try:
        return unpack(kept.facts["findings"], {})
    except (KeyError, TypeError):
        return None  # of another shape than today's: compared again
