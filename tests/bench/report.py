"""One report, whole processes side by side: watchpress against bare WeasyPrint and Pandoc.

    PYTHONPATH=tests python -m bench.report [COPY] [--runs N] [--write]

The competitors get the same work: WeasyPrint the XHTML and CSS that watchpress lays out, Pandoc
Markdown made of the same report. `--write` puts the table into the README.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.race import BIN, ROOT, pandoc, row, show, spend
from watchpress.backends.pdf import writer
from watchpress.build import report as build
from watchpress.catalog import TRIMS, Source, Work
from watchpress.files import Styles
from watchpress.model import ledger, tree

SEED = ROOT.parent / "shared" / "seed" / "watch-report-32.en.txt"
MANY = 36
HEAD = "| whole process | ours, s | theirs, s | ratio | goal |"


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
    show("bench", HEAD, rows, write=arguments.write)


def races(copy: Path, folder: Path) -> list[Race]:
    """Prepare the input of each competitor in `folder`; return what runs against what."""
    report = build.report(Source(copy), lambda _: None).report
    work = build.work([report], trim=TRIMS["A5"])
    page, sheet = bare(work, folder)
    one = folder / "one.md"
    one.write_text(markdown(report), "utf-8")
    many, texts = several(copy, report, folder)
    ours = str(BIN / "watchpress")
    out = str(folder / "out")
    engine = [str(BIN / "weasyprint"), "-q", str(page), f"{out}.w.pdf", "-s", str(sheet)]
    pdf = [ours, "pdf", str(copy), "-o", f"{out}.pdf", "-q"]
    epub = [ours, "epub", str(copy), "-o", f"{out}.epub", "-q"]
    markdowns = [pandoc(), "-o", f"{out}.p.epub"]
    return [
        Race("PDF, tagged and proven / bare WeasyPrint, untagged", pdf, engine, 1.25),
        Race(
            "the same / bare WeasyPrint, tagged", pdf, [*engine, "--pdf-variant", "pdf/ua-1"], None
        ),
        Race("EPUB, with cover and proof / Pandoc", epub, [*markdowns, str(one)], 0.5),
        Race(
            f"EPUB of {MANY} such reports / Pandoc",
            [ours, "epub", *map(str, many), "-o", f"{out}.all.epub", "-q"],
            [*markdowns, "--file-scope", *map(str, texts)],
            None,
        ),
    ]


def bare(work: Work, folder: Path) -> tuple[Path, Path]:
    """Write what the PDF backend lays out as files: the HTML, and the style sheet."""
    html, css = writer.sources(work, Styles())
    page, sheet = folder / "page.html", folder / "page.css"
    page.write_bytes(html)
    sheet.write_text(css, "utf-8")
    return page, sheet


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


def run(race: Race, runs: int) -> str:
    """Run both in turn after a warm-up; return a row of the table: medians and their ratio."""
    pairs = [(spend(race.ours), spend(race.theirs)) for _ in range(runs + 1)][1:]
    ours, theirs = ([one.seconds for one in side] for side in zip(*pairs, strict=True))
    return row(race.name, ours, theirs, race.goal)


if __name__ == "__main__":
    main()
