"""One report, whole processes side by side: watchpress against bare WeasyPrint and Pandoc.

    python tests/bench/report.py [COPY] [--runs N] [--write]

The competitors get the same work: WeasyPrint the XHTML and CSS that watchpress lays out, Pandoc
Markdown made of the same report. The commands run in turn, A B A B ..., and the ratio is taken
pair by pair, so that a machine whose speed drifts does not matter. `--write` puts the table into
the README.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from watchpress import files
from watchpress.build import report as build
from watchpress.catalog import TRIMS, Source, Work
from watchpress.model import ledger, tree
from watchpress.xhtml import article as xhtml

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
SEED = ROOT.parent / "shared" / "seed" / "watch-report-32.en.txt"
MANY = 36


@dataclass(frozen=True)
class Race:
    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    goal: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("copy", nargs="?", type=Path, default=None)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    copy = arguments.copy or (SEED if SEED.exists() else ROOT / "reports" / "en" / "041.txt")
    with tempfile.TemporaryDirectory() as folder:
        rows = [run(race, arguments.runs) for race in races(copy, Path(folder))]
    table = "\n".join(
        ["| whole process | ours, s | theirs, s | ratio | goal |", "|---|---|---|---|---|", *rows]
    )
    sys.stdout.write(f"{table}\n")
    if arguments.write:
        readme = ROOT / "README.md"
        new = re.sub(
            "(?s)<!-- bench -->.*?<!-- /bench -->",
            lambda _: f"<!-- bench -->\n{table}\n<!-- /bench -->",
            readme.read_text("utf-8"),
        )
        readme.write_text(new, "utf-8")


def races(copy: Path, folder: Path) -> list[Race]:
    """Prepare the input of each competitor in `folder`; return what runs against what."""
    report = build.report(Source(copy), lambda _: None).report
    work = build.work([report], trim=TRIMS["A5"])
    page, sheets = bare(work, folder)
    one = folder / "one.md"
    one.write_text(markdown(report), "utf-8")
    many, texts = several(copy, report, folder)
    ours = str(BIN / "watchpress")
    out = str(folder / "out")
    css = [word for sheet in sheets for word in ("-s", str(sheet))]
    engine = [str(BIN / "weasyprint"), "-q", str(page), f"{out}.w.pdf", *css]
    pdf = [ours, "pdf", str(copy), "-o", f"{out}.pdf", "-q"]
    epub = [ours, "epub", str(copy), "-o", f"{out}.epub", "-q"]
    pandoc = [pandoc_path(), "-o", f"{out}.p.epub"]
    return [
        Race("PDF, tagged and proven / bare WeasyPrint, untagged", pdf, engine, 1.25),
        Race(
            "the same / bare WeasyPrint, tagged", pdf, [*engine, "--pdf-variant", "pdf/ua-1"], None
        ),
        Race("EPUB, with cover and proof / Pandoc", epub, [*pandoc, str(one)], 0.5),
        Race(
            f"EPUB of {MANY} such reports / Pandoc",
            [ours, "epub", *map(str, many), "-o", f"{out}.all.epub", "-q"],
            [*pandoc, "--file-scope", *map(str, texts)],
            None,
        ),
    ]


def bare(work: Work, folder: Path) -> tuple[Path, list[Path]]:
    """Write what the PDF backend lays out as files: the XHTML, and the style sheets in order."""
    from functools import partial

    from watchpress.backends.pdf import engine, writer

    engine.load()
    from watchpress.backends.pdf import shell
    from watchpress.backends.pdf.type import Fonts, lines
    from watchpress.tools import fonts

    articles = [xhtml.article(report) for report in work.reports]
    faces = writer.needed(articles, fonts.faces())
    sheets = []
    for number, text in enumerate(writer.cascade(articles, work, files.Styles(), faces)):
        sheets.append(folder / f"{number}.css")
        sheets[-1].write_text(text, "utf-8")
    page = folder / "page.html"
    page.write_bytes(shell.document(articles, work, partial(lines, Fonts(faces))))
    return page, sheets


def several(copy: Path, report: tree.Element, folder: Path) -> tuple[list[Path], list[Path]]:
    """Return copies of one report under many numbers, and the same as Markdown."""
    copies, texts = [], []
    number = tree.number(report)
    for other in range(101, 101 + MANY):
        copies.append(folder / f"{other}.txt")
        copies[-1].write_text(
            re.sub(rf"(No\.?\s*){number}\b", rf"\g<1>{other}", copy.read_text("utf-8")), "utf-8"
        )
        texts.append(folder / f"{other}.md")
        texts[-1].write_text(markdown(report, head=other == 101), "utf-8")
    return copies, texts


def markdown(report: tree.Element, *, head: bool = True) -> str:
    """Return a report as Markdown with footnotes, as Pandoc reads it."""
    title = tree.text(tree.headline(report)).replace('"', "'")
    front = f'---\ntitle: "{title}"\nlang: {tree.language(report)}\n---\n' if head else ""
    blocks = [front, f"# {title}\n"]
    for paragraph in report.iterfind("body//p"):
        quote = "> " if paragraph.getparent().tag == "disp-quote" else ""  # type: ignore[union-attr]
        blocks.append(f"{quote}{_marked(paragraph)}\n")
    for entry in ledger.entries(report):
        blocks.append(f"[^{entry.number}]: {entry.text}\n")
    return "\n".join(blocks)


def _marked(paragraph: tree.Element) -> str:
    words = [paragraph.text or ""]
    for child in paragraph:
        number = ledger.printed(tree.text(child))
        words.append(f"[^{number}]" if child.tag == "xref" else "".join(child.itertext()))
        words.append(child.tail or "")
    return "".join(words)


def pandoc_path() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def run(race: Race, runs: int) -> str:
    """Run both in turn after a warm-up; return a row of the table: medians and their ratio."""
    clock(race.ours), clock(race.theirs)
    pairs = [(clock(race.ours), clock(race.theirs)) for _ in range(runs)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    goal = f"{race.goal:.2f}" if race.goal else "-"
    return f"| {race.name} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} | {goal} |"


def clock(command: Sequence[str]) -> float:
    """Return the wall time of a process in s; a command that fails ends the benchmark."""
    start = time.perf_counter()
    # Compiled modules may be kept, as on any installed system, whatever this shell says.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, env=environment, **quiet)  # type: ignore[call-overload]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
