"""Plantings in products: bytes of the clean EPUB, PDF and press file are tampered with.

Each is made once; what is planted is looked at by the very steps that look at a product before it
is put in place (build/verdict.py).
"""

from __future__ import annotations

import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from PIL import Image

import faults
import spoils
from planted.rows import Found, Verdict, clean, home
from watchpress import files
from watchpress.build import report as single
from watchpress.build import verdict as verdicts
from watchpress.catalog import Profile, Source, Work, trim
from watchpress.checks import preflight, sound
from watchpress.diagnostic import Diagnostic

COPY = "en/051.txt"
BOOK = "EPUB/wr051-en.xhtml"


class Planting(NamedTuple):
    """What is done to a product, and what has to be found.

    `at`: the words of the copy that the finding stands at, "" where it is about the product;
    `page`: of the product. `also`: what comes along.
    """

    code: str
    change: Callable[[bytes], bytes]
    at: str = ""
    page: int = 0
    also: tuple[str, ...] = ()


# -- the EPUB -------------------------------------------------------------------------------------


def _rewritten(book: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry))
            if data is not None:
                new.writestr(entry, data)
    return out.getvalue()


def swapped(old: str, new: str) -> Callable[[bytes], bytes]:
    """Return a change of the words of the report in an EPUB; `old` is a pattern."""

    def change(book: bytes) -> bytes:
        def one(name: str, data: bytes) -> bytes:
            if name != BOOK:
                return data
            text, count = re.subn(old, new, data.decode(), flags=re.DOTALL)
            assert count == 1, f"{old} is not one place"
            return text.encode()

        return _rewritten(book, one)

    return change


def noisy(book: bytes) -> bytes:
    """Make the document of the report long, by a remark that nobody sees."""
    noise = random.Random(7).randbytes(140_000).hex()
    return swapped("</body>", f"<!--{noise}--></body>")(book)


def shown(data: bytes) -> Callable[[bytes], bytes]:
    """Put another picture in the place of the one of the report."""

    def change(book: bytes) -> bytes:
        return _rewritten(book, lambda name, old: data if name.endswith("wr051-en-f1.png") else old)

    return change


def small_cover(book: bytes) -> bytes:
    """Put a small cover in place."""
    out = BytesIO()
    Image.new("L", (300, 400), 128).save(out, "PNG")
    return _rewritten(book, lambda name, old: out.getvalue() if "cover.png" in name else old)


def heavy(book: bytes) -> bytes:
    """Let the picture weigh more than 10 MB."""
    with zipfile.ZipFile(BytesIO(book)) as whole:
        picture = whole.read("EPUB/images/wr051-en-f1.png")
    return shown(picture + random.Random(7).randbytes(10_500_000))(book)


EPUB = (
    Planting("L101", swapped("has carried a lamp", "has carried a lamb"), "The ferry between"),
    Planting("L102", swapped("Essin Courier", "Essin Carrier"), "“A Lamp for the Ferry"),
    Planting("L103", swapped('(id="wr051-en-r1"[^>]*>)1<', r"\g<1>2<"), "[1]. On February"),
    Planting(
        "L104", swapped('href="https://ferry', 'href="https://fairy'),
        "https://ferry.example",
    ),
    Planting("L105", swapped('href="#wr051-en-fn1"', 'href="#wr051-en-fn2"'), "[1]. On February"),
    Planting("L106", lambda book: book[:2]),
    Planting("L107", swapped('<p id="wr051-en-p04">.*?</p>', ""), "No ship has come near"),
    Planting(
        "L108", swapped('(<p) id="wr051-en-p04"(>.*?</p>)', r'\g<0>\1\2'),
        "No ship has come near",
    ),
    Planting(
        "L109",
        swapped('(<p id="wr051-en-p04">.*?</p>\n)(.*)(<h2>What We.*?</h2>\n)', r"\2\3\1"),
        "No ship has come near",
    ),
    Planting("L110", swapped(' href="#wr051-en-r1"', ""), "“A Lamp for the Ferry"),
    Planting("L111", swapped("<img [^>]*/>", ""), "[Figure 1: figures"),
    Planting("E203", noisy),
    Planting(
        "E204",
        swapped('(<div class="body">.*</div>)\n(<section class="endnotes".*?</section>)', r"\2\1"),
        also=("E204", "E204"),
    ),
    Planting("E205", shown(faults._jpeg(900, progressive=True))),
    Planting("E206", heavy),
    Planting("E207", small_cover),
)  # fmt: skip

# -- PDFs -----------------------------------------------------------------------------------------

OF_PAGE = {"F206", "F207", "F208", "F209", "F210", "F211", "F212"}


def press() -> Iterator[Planting]:
    """Yield the plantings in a press file, one for each rule of the preflight."""
    yield Planting("F201", lambda data: data[:9] + b"and no more")
    for name, spoil in spoils.SPOILS.items():
        code = name.partition(" ")[0]
        yield Planting(code, partial(spoils.spoiled, spoil=spoil), page=int(code in OF_PAGE))


def _boxed(out: Any) -> None:
    page = out.pages[0].obj
    left, bottom, _, top = map(float, page.MediaBox)
    page.TrimBox = pikepdf.Array([left, bottom, left, top])


PDF = (
    Planting("F302", lambda data: spoils.spoiled(data, spoils.fontless)),
    Planting("F303", lambda data: spoils.spoiled(data, _boxed), page=1),
    Planting("F304", lambda data: data + b"%" + bytes(sound.MOST)),
)


@cache
def made(kind: str) -> tuple[bytes, Work]:
    """Return the clean product of a kind, and what it was made of; the report is read once."""
    with tempfile.TemporaryDirectory() as folder, home(Path(folder)):
        found: list[Diagnostic] = []
        report = single.report(Source(Path(COPY)), found.append).report
        profile: Profile = "press" if kind == "press" else "screen"
        work = single.work([report], trim=trim("A5"), profile=profile)
        form: verdicts.Kind = "epub" if kind == "epub" else "pdf"
        with faults.press_profile():
            done = single.finished(form, work, files.Styles(), found.append, "made.x")
    assert found == []
    return done.data, work


def told(kind: str, data: bytes, *, proven: bool = False) -> list[Diagnostic]:
    """Return what is found in a product of a kind. `proven`: only shops are still to be asked."""
    out: list[Diagnostic] = []
    _, work = made(kind)
    if kind == "epub":
        if not proven:
            out += verdicts.prove("epub", data, work, "made.epub")
        if not out:
            verdicts.judge("epub", data, work.reports, "made.epub", out.append)
    elif kind == "press":
        size = (work.trim.width, work.trim.height, work.press.bleed)
        out += verdicts.preflight(data, preflight.Order("made.pdf", *size), out.append)
    else:
        out += verdicts.sound(data, "made.pdf", out.append)
    return out


def plantings() -> list[tuple[str, Planting]]:
    """Return all plantings in products, each with the kind of its product."""
    return [
        *(("epub", one) for one in EPUB),
        *(("press", one) for one in press()),
        *(("pdf", one) for one in PDF),
    ]


def verdict(kind: str, planting: Planting) -> Verdict:
    """Plant a defect in a product, and say what was found; columns 0 and page for products."""
    name = "made.epub" if kind == "epub" else "made.pdf"
    wanted = Found(planting.code, name, planting.page)
    if planting.at:
        before = clean(COPY).partition(planting.at)
        assert before[1], f"{planting.at} is not in the copy"
        lines = before[0].split("\n")
        wanted = Found(planting.code, COPY, len(lines), len(lines[-1]) + 1)
    found = [
        Found(one.code, one.place.file, one.place.line or one.page or 0, one.place.column)
        for one in told(kind, planting.change(made(kind)[0]), proven=planting.code[0] == "E")
    ]
    return Verdict([wanted], list(planting.also), found)
