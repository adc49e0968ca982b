"""Rows M, A, W and C of the catalogue, measured together: what comes in by files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hostile import alone, assets, configs, markup, trial
from hostile.figures import Figure

ROWS: Final = (*markup.ROWS, *assets.ROWS, *configs.ROWS)


def figures(full: bool) -> Iterator[Figure]:
    """Yield what came of the rows."""
    yield from trial.figures(ROWS, full=full, alone=alone.tried)
