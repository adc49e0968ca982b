"""Row N14: a compilation of twelve reports in two languages that all number their notes from 1."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
from lxml import etree

from hostile import runs
from hostile.figures import Figure
from series_homes import BOOK, TOML, VOLUME
from watchpress.catalog import Layout

LAYOUTS: Final[tuple[Layout, ...]] = ("sequential", "paired", "facing")
EPUB: Final = BOOK.replace('"book"', '"reader"').replace('"pdf"', '"epub"')
EN: Final = "The boats of quay {} wait [{}]."
JA: Final = "{}番の埠頭の船は待つ［{}］。"


def counts(number: int) -> tuple[int, int]:
    """Return how many notes a report has in English and in Japanese: of three, one is even."""
    return 3 + number % 4, 3 + number % 4 + (0, -2, 3)[number % 3]


def laid(folder: Path, numbers: range, layout: Layout, kinds: str) -> None:
    """Write the series: each report with the note numbers of all others."""
    toml = TOML + VOLUME + f'layout = "{layout}"\n'
    toml += "".join({"pdf": BOOK, "epub": EPUB}[kind] for kind in kinds.split())
    runs.home(folder, numbers=(), toml=toml)
    (folder / "reports" / "ja").mkdir()
    for number in numbers:
        ours, theirs = counts(number)
        english = "\n".join(EN.format(n, n) for n in range(1, ours + 1))
        japanese = "\n".join(JA.format(n, n) for n in range(1, theirs + 1))
        notes = "\n".join(f"[{n}] The Log of Velm, Part {n}" for n in range(1, ours + 1))
        logs = "\n".join(f"［{n}］『ヴェルム日誌』その{n}" for n in range(1, theirs + 1))
        day = 1 + number % 28
        _put(folder, f"en/{number:03}", f"Watch Report No.{number}  June {day}, 2021\n§The Quay\n"
             f"{english}\n\n{notes}\n")  # fmt: skip
        _put(folder, f"ja/{number:03}", f"監視報告 No.{number}  2021年6月{day}日\n§埠頭\n"
             f"{japanese}\n\n{logs}\n")  # fmt: skip


def _put(folder: Path, name: str, text: str) -> None:
    (folder / "reports" / f"{name}.txt").write_text(text, "utf-8")


def wanted(numbers: range) -> Counter[tuple[str, str, int]]:
    """Return what has to be told: code, number of the report, number of the note."""
    found: Counter[tuple[str, str, int]] = Counter()
    for number in numbers:
        ours, theirs = counts(number)
        found.update(("A110", f"{number:03}", n) for n in range(theirs + 1, ours + 1))
        found.update(("A111", f"{number:03}", n) for n in range(ours + 1, theirs + 1))
    return found


def told(said: str) -> Counter[tuple[str, str, int]]:
    """Return what `check` told of notes that only one language has."""
    rows: list[dict[str, Any]] = json.loads(said)
    return Counter(
        (row["code"], Path(row["file"]).stem, int(re.findall(r"note (\d+)", row["message"])[0]))
        for row in rows
        if row["code"] in ("A110", "A111")
    )


def ids(path: Path) -> list[str]:
    """Return the ids of a product: of all pages of a book, or the named places of a PDF."""
    data = path.read_bytes()
    if path.suffix == ".epub":
        with zipfile.ZipFile(BytesIO(data)) as book:
            pages = [name for name in book.namelist() if name.endswith(".xhtml")]
            roots = [etree.fromstring(book.read(name)) for name in pages if "nav" not in name]
        return [str(one.get("id")) for root in roots for one in root.iterfind(".//*[@id]")]
    with pikepdf.open(BytesIO(data)) as pdf:
        return list(_names(pdf.Root.Names.Dests))


def _names(node: Any) -> Iterator[str]:
    for child in node.get("/Kids", ()):
        yield from _names(child)
    yield from map(str, list(node.get("/Names", ()))[::2])


def figures(full: bool) -> Iterator[Figure]:
    """Bind in full twelve reports in each layout as PDF and EPUB; in a slice three as EPUB."""
    numbers, kinds = (range(31, 43), "pdf epub") if full else (range(31, 34), "epub")
    found, astray = Counter[str](), 0
    planted = products = twice = 0
    for layout in LAYOUTS if full else LAYOUTS[:1]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            laid(folder, numbers, layout, kinds)
            for words in (["build"], ["check", "--format", "json"]):
                done = runs.run(words, folder)
                assert done.returncode == 0, done.stderr
            made = [path for path in sorted((folder / "dist").iterdir())
                    if path.suffix in (".pdf", ".epub")]  # fmt: skip
            for path in made:
                own = Counter(ids(path))
                found.update(own)
                twice += sum(count - 1 for count in own.values())
            said = told(done.stdout)
        right = wanted(numbers)
        missed = (right - said) + (said - right)
        sys.stderr.write("".join(f"{layout}: {one}\n" for one in missed))
        planted, astray = planted + right.total(), astray + missed.total()
        products += len(made)
    assert products == len(kinds.split()) * (len(LAYOUTS) if full else 1)
    what = f"N14 {len(numbers)} reports that all number their notes from 1"
    note = f"{products} volumes, in two languages"
    yield Figure(f"{what}: each id is there once", found.total(), twice, note=note)
    yield Figure("N14 notes that one language lacks are told (A110, A111)", planted, astray)
