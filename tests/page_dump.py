"""The pages of a PDF as text, a line of it for each line of print: what a layout test compares."""

from __future__ import annotations

from collections.abc import Iterator

from watchpress.checks.proof.pages import Line, lines
from watchpress.tools.pdfium import read
from watchpress.tools.pdfium.seen import Page

SPACE = 0.12  # em between the ink of two runs: more is a space


def dump(data: bytes) -> str:
    """Return each page with its label, each line with its place and size in pt.

    The place is that of the base line, from the top of the page, and of the first ink from its
    left. Running heads and folios are lines as well.
    """
    pages = read(data).pages
    return "\n".join(line for n, page in enumerate(pages, 1) for line in _page(n, page)) + "\n"


def _page(number: int, page: Page) -> Iterator[str]:
    yield f"== page {number} ({page.label}) {page.width:.1f} x {page.height:.1f}"
    for width, height in page.images:
        yield f"picture {width} x {height}"
    for line in lines(run for run in page.runs if run.text.strip()):
        base, left = page.height - line.base, line.runs[0].box.left
        yield f"{base:6.1f} {left:6.1f} {line.size:5.2f}  {_words(line)}"


def _words(line: Line) -> str:
    words, right = "", line.runs[0].box.left
    for run in line.runs:
        gap = " " * (run.box.left - right > SPACE * run.size)
        words += gap + run.text.replace("\x02", "-").strip("\r\n")
        right = run.box.right
    return " ".join(words.split())
