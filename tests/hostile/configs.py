"""Row C of the catalogue: series.toml with a fault in it."""

# ruff: noqa: E501 - what is tried is easier to read on a line

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from hostile.rows import Input, Row, copy, thinned

GOOD: Final = """languages = ["en"]
title = { en = "Strait Watch Report" }
publisher = { en = "Strait Watch" }
"""
EDITION: Final = '[[editions]]\nname = "books"\nformat = "epub"\n'
VOLUME: Final = '[[volumes]]\nname = "2021"\nyear = 2021\n'


def laid(toml: bytes, here: Path) -> None:
    """Lay a series with one report."""
    (here / "reports" / "en").mkdir(parents=True)
    (here / "reports" / "series.toml").write_bytes(toml)
    (here / "reports" / "en" / "031.txt").write_text(copy(), "utf-8")


FAULTS: Final = {
    "a key misspelled": GOOD.replace("publisher", "publsher") + EDITION,
    "a key of an edition misspelled": GOOD + EDITION.replace("format", "fromat"),
    "a list where a word belongs": GOOD + EDITION.replace('"books"', '["books"]'),
    "a word where a number belongs": GOOD + VOLUME.replace("= 2021", '= "2021"') + EDITION,
    "an unknown format": GOOD + EDITION.replace("epub", "docx"),
    "an unknown size": GOOD + EDITION.replace("epub", "pdf") + 'trim = "A55"\n',
    "a size of nothing": GOOD + EDITION.replace("epub", "pdf") + 'trim = "0x0"\n',
    "an unknown language": GOOD.replace('["en"]', '["fr"]') + EDITION,
    "no languages": GOOD.replace('["en"]', "[]") + EDITION,
    "no title": GOOD.replace('title = { en = "Strait Watch Report" }\n', "") + EDITION,
    "a bracket open": GOOD + "[[editions]\n",
    "a quotation mark open": GOOD.replace('Watch" }', "Watch }") + EDITION,
    "a key twice": GOOD + 'publisher = { en = "x" }\n' + EDITION,
    "a table twice": GOOD + "[readings]\n[readings]\n" + EDITION,
    "two editions of a name": GOOD + EDITION + EDITION,
    "two volumes of a name": GOOD + VOLUME + VOLUME + EDITION,
    "an edition of no volume": GOOD + EDITION + 'what = "2099"\n',
    "a name that leads out": GOOD + EDITION.replace('"books"', '"../books"'),
    "a name by its path": GOOD + EDITION.replace('"books"', '"/tmp/books"'),
    "a volume that leads out": GOOD + VOLUME.replace('"2021"', '"../../x"') + EDITION,
    "a name of Windows": GOOD + VOLUME.replace('"2021"', '"C:\\\\x"') + EDITION,
    "an empty name": GOOD + EDITION.replace('"books"', '""'),
    "a name of 300 letters": GOOD + EDITION.replace("books", "b" * 300),
    "copy that leads out": GOOD + '[[reports]]\nfile = "../../031.txt"\nnumber = 7\nlang = "en"\n'
    + EDITION,
    "copy by its path": GOOD + '[[reports]]\nfile = "/etc/hostname"\nnumber = 7\nlang = "en"\n'
    + EDITION,
    "a day that is none": GOOD + '[[reports]]\nfile = "en/031.txt"\ndate = 2021-02-31\n' + EDITION,
    "a number of nothing": GOOD + '[[reports]]\nfile = "en/031.txt"\nnumber = 0\n' + EDITION,
    "a theme that there is not": GOOD + EDITION.replace("epub", "pdf") + 'theme = "../x"\n',
    "an ISBN that is none": GOOD + VOLUME + "isbn = '9780000000000'\n" + EDITION,
    "a bleed of a metre": GOOD + EDITION.replace("epub", "pdf") + 'profile = "press"\nbleed = 1000\n',
    "a waiver without a reason": GOOD + '[[waivers]]\ncode = "N102"\n' + EDITION,
    "deep in each other": GOOD + "x = " + "[" * 500 + "]" * 500 + "\n",
    "a number of 5,000 figures": GOOD + VOLUME.replace("= 2021", "= " + "9" * 5000) + EDITION,
}  # fmt: skip
BYTES: Final = {
    "with a mark": b"\xef\xbb\xbf" + (GOOD + EDITION).encode(),
    "UTF-16": (GOOD + EDITION).encode("utf-16"),
    "Shift_JIS": (GOOD + EDITION).replace("Strait", "海峡").encode("cp932"),
    "a NUL": (GOOD + EDITION).encode().replace(b"Strait", b"Str\0ait"),
    "empty": b"",
    "20 MB": b"# x\n" * 5_250_000,
}


def _faulty(full: bool) -> list[Input]:
    whole = {**{name: toml.encode() for name, toml in FAULTS.items()}, **BYTES}
    found = [
        Input(name, b"", None, "X", status=(2, 3), file="", plant=partial(laid, data),
              words=("build", "-C", ".", "--jobs", "1", "--format", "json"))
        for name, data in whole.items()
    ]  # fmt: skip
    return found if full else list(thinned(found, 10))


def _missing(full: bool) -> list[Input]:
    doctor = ("doctor", "--for", "pdf")
    pdf, book = (
        (kind, "031.txt", "-o", f"made.{kind}", "--format", "json") for kind in ("pdf", "epub")
    )
    planted = (
        ("unfit engine", pdf, "X104", (4,)), ("no Pango, no rights", doctor, "X101", (4,)),
        ("no styles", pdf, "C103", (2,)), ("no styles", book, "C103", (2,)),
        ("no pinned fonts", pdf, "F105", (0, 1)),
        ("no profile", (*pdf, "--profile", "press"), "X106", (4,)),
    )  # fmt: skip
    return [
        Input(f"{fault}: {words[0]}", copy().encode(), None, "X", (code,), status, words=words,
              fault=fault)
        for fault, words, code, status in planted
    ]  # fmt: skip


ROWS: Final = (
    Row("C01", "series.toml with a fault", _faulty),
    Row("P02", "something is not installed, or another one", _missing),
)
