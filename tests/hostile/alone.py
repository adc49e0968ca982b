"""What a plain script makes of the same copy: WeasyPrint and EbookLib as their manuals have it."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections import Counter
from collections.abc import Sequence
from contextlib import chdir
from html import escape
from pathlib import Path
from typing import Final

from hostile import fidelity, whole
from hostile.rows import Input, Row, thinned
from watchpress.build.pool import Limits, Pool

KINDS: Final = ("traceback", "hang", "silent", "partial", "active")
SECONDS: Final = 15.0


def publish(copy: Path) -> None:
    """Make a PDF and a book of a file, as a plain script does: a paragraph a line, or HTML."""
    import weasyprint
    from ebooklib import epub

    text = copy.read_text("utf-8")
    title, *lines = text.splitlines() or [""]
    body = text if text.startswith("<") else "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = f"<html><head><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{body}"
    weasyprint.HTML(string=page + "</body></html>").write_pdf("made.pdf")
    book = epub.EpubBook()
    book.set_identifier("31")
    book.set_title(title)
    book.set_language("en")
    chapter = epub.EpubHtml(title=title, file_name="chapter.xhtml", content=page + "</body></html>")
    book.add_item(chapter)
    book.toc, book.spine = (chapter,), ["nav", chapter]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub("made.epub", book)


def tried(rows: Sequence[Row], *, full: bool) -> dict[str, Counter[str]]:
    """Return by row what came of it: how often it was tried, and each forbidden outcome."""
    tasks = []
    for row in rows:
        given = [one for one in row.inputs(full) if not one.words and not one.plant]
        tasks += [(row.id, (row.id, one)) for one in thinned(given, 60 if full else 2) if one.file]
    with Pool(2, Limits(seconds=SECONDS, memory=3000)) as pool:
        made = pool.run(_one, [(name, (name, _bare(one))) for name, (_, one) in tasks])
    found: dict[str, Counter[str]] = {}
    for (name, _), result in zip(tasks, made, strict=True):
        count = found.setdefault(name, Counter())
        count["tried"] += 1
        count.update(["hang"] if result.value is None else result.value)
    return found


def _bare(given: Input) -> Input:
    return Input(given.name, given.data, given.text, given.promise, file=given.file)


def _one(given: tuple[str, Input]) -> list[str]:
    """Return what is wrong with what the script made of an input."""
    _, copy = given
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    found = []
    with tempfile.TemporaryDirectory() as name, chdir(name):
        path = Path("copy.txt")
        path.write_bytes(copy.data)
        try:
            publish(path)
        except Exception:  # noqa: BLE001 - whatever the libraries raise
            found.append("traceback")
        for kind in ("pdf", "epub"):
            product = Path(f"made.{kind}")
            if product.exists() and whole.unfit(kind, product.read_bytes()):
                found.append("partial")
        if not found:
            found += _silent(copy)
            found += ["active"] if whole.active(Path("made.epub").read_bytes()) else []
    return found


def _silent(copy: Input) -> list[str]:
    """Say whether a letter of the copy is not in the book: where it is known what the copy says."""
    if copy.text is None:
        return []
    have = fidelity.epub(Path("made.epub").read_bytes())
    gone = Counter("".join(copy.text.split())) - Counter("".join(have.split()))
    return ["silent"] if gone else []
