"""How far a run is: a bar on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from watchpress.cli.counter import Counter

if TYPE_CHECKING:
    from watchpress.build.rows import Progress


class Bar:
    """A bar over the reports to read and lay out, and the products to make."""

    def __init__(self, bar: Any, task: Any) -> None:
        self.bar = bar
        self.task = task
        self.total = 0

    def expect(self, steps: int) -> None:
        """Take down that so many steps more are to come."""
        self.total += steps
        self.bar.update(self.task, total=self.total)

    def step(self, steps: int = 1) -> None:
        """Take down that so many steps are done."""
        self.bar.advance(self.task, steps)


@contextmanager
def progress(doing: str, counter: Counter) -> Iterator[Progress]:
    """Show a bar while this lasts: on a terminal only, nothing in a pipe or with CI set."""
    if counter.quiet or "CI" in os.environ or not sys.stderr.isatty():
        from watchpress.build.rows import Silent

        yield Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Rich

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Rich(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar, bar.add_task("", total=None))
