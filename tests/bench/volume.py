"""A volume of 36 reports, whole processes side by side: against bare WeasyPrint, Typst and Pandoc.

    PYTHONPATH=tests python -m bench.volume [--runs N] [--count N] [--long N] [--write]

The reports are drawn by a generator (series.py), of the size of real ones. WeasyPrint gets one HTML
of all reports with the CSS that watchpress lays out; it makes no title, contents, sources and
colophon. Pandoc gets the same text as Markdown; Typst, from PyPI, sets what Pandoc writes. Each
round builds from nothing, then with nothing changed, then with one paragraph changed. Memory is
that of the largest process; that of a volume of `--long` reports is measured once.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from bench import race, series
from bench.race import BIN, Spent, row, spend

if TYPE_CHECKING:
    from watchpress.build.volume import Making

OURS: Final = str(BIN / "watchpress")
SHORT: Final = 12  # reports of the short volume, whose memory that of the long one is held against
HEAD: Final = "| {count} reports, {pages} pages | ours | theirs | ratio | goal |"
# Pandoc writes, Typst sets: A5, our typeface, tagged as it is by default.
TYPST: Final = """
import subprocess, sys, typst
out, fonts, *pandoc = sys.argv[1:]
subprocess.run([*pandoc, "-s", "-t", "typst", "-o", out + ".typ"], check=True)
typst.compile(out + ".typ", output=out + ".pdf", font_paths=[fonts])
"""
DRESS: Final = ("papersize=a5", "mainfont=Source Serif 4", "fontsize=9.5pt")


@dataclass
class Times:
    """What each round took, in s; the sizes of the files, in MB; pages of the volume."""

    cold: list[float] = field(default_factory=list)
    null: list[float] = field(default_factory=list)
    edit: list[float] = field(default_factory=list)
    link: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    typst: list[float] = field(default_factory=list)
    epub: list[float] = field(default_factory=list)
    pandoc: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)  # memory, MB
    theirs: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)  # time of processors, s: built from nothing,
    mended: list[float] = field(default_factory=list)  # one paragraph changed,
    alone: list[float] = field(default_factory=list)  # bare WeasyPrint


@dataclass(frozen=True)
class Field:
    """The series that is raced on, and the commands of the others."""

    home: Path
    bare: Sequence[str]
    typst: Sequence[str]
    pandoc: Sequence[str]

    @property
    def book(self) -> Path:
        """The bound volume."""
        return self.home / "dist" / "all.en.pdf"

    def build(self, *, cold: bool = False) -> Spent:
        """Build the volume; `cold`: nothing is kept from before."""
        if cold:
            shutil.rmtree(self.home / "dist", ignore_errors=True)
            shutil.rmtree(self.home / ".watchpress", ignore_errors=True)
        return spend([OURS, "build", "-q", "-C", str(self.home)])

    def edit(self, number: int, version: int) -> None:
        """Give one paragraph of a report other words."""
        path = self.home / "reports" / "en" / f"{number}.txt"
        path.write_text(series.report(number, version).copy(), "utf-8")

    def epub(self) -> Spent:
        """Make one EPUB of all reports."""
        copies = map(str, sorted((self.home / "reports" / "en").glob("*.txt")))
        return spend([OURS, "epub", "-q", *copies, "-o", str(self.home / "out.epub")])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--count", type=int, default=36)
    parser.add_argument("--long", type=int, default=144)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ground = prepared(Path(folder), given.count)
        times = Times()
        for turn in range(given.runs):
            lap(ground, times, turn)
        pages, linked, one = race.apart(weighed, ground.home)
        rows = [*timed(times), row("size of the file, MB", [linked], [one], 1.15)]
        rows += [remembered(Path(folder), given.long)]
        rows.append(row("EPUB, with cover and proof / Pandoc, s", times.epub, times.pandoc, 0.5))
    head = HEAD.format(count=given.count, pages=pages)
    race.show("bench-volume", head, rows, write=given.write)


def prepared(folder: Path, count: int) -> Field:
    """Write the series and what each competitor reads into `folder`."""
    home = series.home(folder / "series", count)
    fonts = race.apart(bare, home)
    texts = []
    for one in series.reports(count):
        texts.append(str(folder / f"{one.number}.md"))
        Path(texts[-1]).write_text(one.markdown(front=len(texts) == 1), "utf-8")
    dress = [word for each in DRESS for word in ("-V", each)]
    pandoc = [race.pandoc(), "--file-scope", *texts]
    typst = [sys.executable, "-c", TYPST, str(folder / "typst"), fonts, *pandoc, *dress]
    weasy = [str(BIN / "weasyprint"), "-q", str(home / "page.html"), str(home / "bare.pdf")]
    weasy += ["-s", str(home / "page.css"), "--pdf-variant", "pdf/ua-1"]
    return Field(home, weasy, typst, [*pandoc, "-o", str(folder / "pandoc.epub")])


def bare(home: Path) -> str:
    """Write the one document and its style sheet that WeasyPrint gets; return where fonts lie."""
    from watchpress.backends.pdf import writer
    from watchpress.build import report as build
    from watchpress.catalog import TRIMS, Source
    from watchpress.files import Styles
    from watchpress.tools import fonts

    copies = sorted((home / "reports" / "en").glob("*.txt"))
    reports = [build.report(Source(copy), lambda _: None).report for copy in copies]
    html, css = writer.sources(build.work(reports, trim=TRIMS["A5"]), Styles())
    (home / "page.html").write_bytes(html)
    (home / "page.css").write_text(css, "utf-8")
    return str(next((face.path.parent for face in fonts.faces()), home))


def lap(ground: Field, times: Times, turn: int) -> None:
    """Run one round: all of ours and theirs once, in turn."""
    cold = ground.build(cold=True)
    one = spend(ground.bare)
    times.cold.append(cold.seconds)
    times.bare.append(one.seconds)
    times.ours.append(cold.memory / 1e6)
    times.theirs.append(one.memory / 1e6)
    times.busy.append(cold.busy)
    times.alone.append(one.busy)
    times.null.append(ground.build().seconds)
    ground.edit(series.FIRST + 2, turn + 1)
    edit = ground.build()
    times.edit.append(edit.seconds)
    times.mended.append(edit.busy)
    times.typst.append(spend(ground.typst).seconds)
    times.link.append(race.apart(linking, ground.home))
    times.epub.append(ground.epub().seconds)
    times.pandoc.append(spend(ground.pandoc).seconds)


def timed(times: Times) -> list[str]:
    """Return the rows of what was timed."""
    bare = times.bare
    return [
        row("built from nothing / bare WeasyPrint, s", times.cold, bare, 0.6),
        row("one paragraph changed / bare WeasyPrint, s", times.edit, bare, 0.12),
        row("the same / Pandoc and Typst, from nothing, s", times.edit, times.typst, 1.0),
        row("nothing changed / bare WeasyPrint, s", times.null, bare, 0.05),
        row("linking / the whole build from nothing, s", times.link, times.cold, 0.03),
        row("processors, built from nothing / bare WeasyPrint, s", times.busy, times.alone, None),
        row("processors, one paragraph changed / the same, s", times.mended, times.alone, None),
        row("memory / bare WeasyPrint, MB", times.ours, times.theirs, None, "{:.0f}"),
    ]


def remembered(folder: Path, count: int) -> str:
    """Return the row of the memory that a short and a long volume take."""
    peaks = []
    for many in (count, SHORT):
        home = series.home(folder / f"memory-{many}", many)
        peaks.append(Field(home, (), (), ()).build(cold=True).memory / 1e6)
        shutil.rmtree(home)
    name = f"memory for {count} reports / for {SHORT}, MB"
    return row(name, peaks[:1], peaks[1:], 1.3, "{:.0f}")


def weighed(home: Path) -> tuple[int, float, float]:
    """Return the pages of the volume; the sizes of its reports linked and of the one document, MB.

    Linked are the reports alone: the one document has no other parts either.
    """
    from watchpress.backends.pdf.bind import bind
    from watchpress.volume.pages import paginate

    making = made(home)
    reports = [one for one in making.placed() if one.part.kind == "report"]
    alone = paginate([one.part for one in reports], {p.part.id: p.pages for p in reports})
    lost: list[object] = []
    linked = bind([making.piece(one) for one in alone], making.binding(), lost.append)
    pages = sum(one.blanks + one.pages for one in making.placed())
    return pages, len(linked) / 1e6, (home / "bare.pdf").stat().st_size / 1e6


def linking(home: Path) -> float:
    """Return how long the linking step of a build takes, in s; its pages are in the cache."""
    from watchpress.backends.pdf.bind import bind

    making = made(home)
    lost: list[object] = []
    pieces = [making.piece(one) for one in making.placed()]
    start = perf_counter()
    bind(pieces, making.binding(), lost.append)
    return perf_counter() - start


def made(home: Path) -> Making:
    """Return the volume of a series as it is before it is linked."""
    from dataclasses import replace

    from watchpress.build import report as single
    from watchpress.build import volume
    from watchpress.build.compile import Compiler
    from watchpress.build.makers import Makers
    from watchpress.build.pool import Pool
    from watchpress.build.series import memory
    from watchpress.build.shelf import read
    from watchpress.files import Styles
    from watchpress.series import reading, select
    from watchpress.series.load import load

    found: list[object] = []
    book, pool = load(home, found.append), Pool(1)
    kept, makers = memory(book), Makers(Styles(book.styles))
    shelf = read(reading.copies(book, found.append), kept, pool, lambda _: None)
    chosen = select.volume(book, book.config.editions[0], shelf.reports, epoch=0)
    epoch = single.epoch(list(shelf.reports.values()))
    making = volume.Making(replace(chosen, epoch=epoch), makers.styles, found.append)
    compiler = Compiler(kept, pool, makers)
    making.compile(compiler)
    making.furnish()
    return making


if __name__ == "__main__":
    main()
