"""series.toml as tables without pydantic: what they take and refuse is what the models do."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import tomllib
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literate import run
from series_homes import TOML, english, home, japanese
from watchpress.series import models, values
from watchpress.series.config import Config

FULL = """
languages = ["en", "ja"]
title = { en = "Watch Report", ja = "監視報告" }
publisher = { en = "Strait Watch" }
address = { en = "3 Lantern Quay" }
rights = { en = "©" }
readings = { "岬" = "みさき" }
[identifiers]
issn = "0000-0019"
isbn = { "2025" = "978-99999-000-1-0" }
[[people]]
role = "author"
names = { en = "A Keeper" }
readings = { en = "Keeper, A" }
[[reports]]
file = "en/042.txt"
number = 42
lang = "en"
date = 2025-03-01
headline = "A Light"
series = "Letters"
running = "Light"
[[corrections]]
number = 42
lang = "en"
printed = "thirty"
read = "forty"
note = "As counted."
[[waivers]]
code = "N104"
report = 41
lang = "en"
quote = "[3]"
reason = "on purpose"
[[terms]]
kind = "place"
words = { en = "Cape Dorn" }
readings = { ja = "どーんみさき" }
variants = { en = ["Dorn"] }
[[volumes]]
name = "2025"
year = 2025
order = "number"
title = { en = "2025" }
subtitle = { en = "The Strait" }
layout = "paired"
languages = ["en"]
numbering = "restart"
notes = "report"
print-map = true
leaf = 0.1
printings = [{ day = 2026-02-10, words = { en = "First printing" } }]
[[volumes]]
name = "old"
first = 1
last = 30
[[editions]]
name = "book"
format = "pdf"
what = "2025"
languages = ["en"]
profile = "press"
trim = "A5"
theme = "report"
bleed = 3
board = 0.25
fonts = false
numbers = [42]
binding = 4.0
marks = "crop"
intent = "FOGRA39"
paper = "wove"
[limits]
overfull = 0.5
space = 1
letters = 3
resolution = 150
"""
ODD: tuple[Any, ...] = (
    "", "x", "X", "x\n", "en", "fr", "2025", "N104", "N٣٣٣", "A5", "0x0", "0000-0019", "pdf",
    "year", "print_map", True, False, 0, 1, 42, -1, 10**4, 10**400, 0.0, 1.0, 0.1, 42.0,
    float("nan"), float("inf"), [], ["en"], [1], [[]], {}, {"en": "x"}, {"en": 1},
    {"fr": "x"}, [{}], [{"en": "x"}], datetime.date(2025, 3, 1),
    datetime.datetime(2025, 3, 1), datetime.time(1),
)  # fmt: skip


def spots(raw: Any) -> list[tuple[Any, Any]]:
    """Return each place in a file as what holds it and the key it has there."""
    pairs = list(raw.items() if isinstance(raw, dict) else enumerate(raw))
    inner = [spot for _, one in pairs if isinstance(one, dict | list) for spot in spots(one)]
    return [(raw, key) for key, _ in pairs] + inner


def agreed(raw: dict[str, Any]) -> Config | None:
    """Return the tables, held against what pydantic has to say."""
    made, faults = values.config(raw), models.faults(raw)
    assert (made is None) == bool(faults), faults
    if made is not None:
        assert repr(asdict(made)) == repr(models.model(Config).model_validate(raw).model_dump())
    return made


@pytest.mark.parametrize("text", [TOML, FULL])
def test_what_is_good_becomes_the_same_tables(text: str) -> None:
    assert agreed(tomllib.loads(text)) is not None


def test_every_value_of_another_kind_is_refused_as_pydantic_does_it() -> None:
    raw = tomllib.loads(FULL)
    told = {True: 0, False: 0}
    for number, (holder, key) in enumerate(spots(raw)):
        good = holder[key]
        for holder[key] in ODD[number % 3 :: 3]:  # the others at other places
            told[agreed(raw) is None] += 1
        holder[key] = good
    assert min(told.values()) > 100, "of both there are many"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_several_slips_are_refused_as_pydantic_does_it(data: st.DataObject) -> None:
    raw = tomllib.loads(FULL)
    for _ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(spots(raw)))
        match data.draw(st.sampled_from(("drop", "put", "add", "rename"))):
            case "drop":
                del holder[key]
            case "put":
                holder[key] = deepcopy(data.draw(st.sampled_from(ODD)))
            case "add" if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(("year", "last", "print_map", "xx", "ko")))] = 7
            case "rename" if isinstance(key, str):
                holder[key.replace("-", "_") + data.draw(st.sampled_from(("", "s")))] = holder.pop(
                    key
                )
        if not spots(raw):
            break
    agreed(raw)


# -- who pays for it ------------------------------------------------------------------------------

LOADED = """
import json, sys
from watchpress.cli.main import cli
code = cli.main(args=sys.argv[1:], standalone_mode=False)
print(json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*order: str | Path) -> tuple[int, set[str]]:
    """Return the status of a command, and the modules that it has loaded."""
    command = [sys.executable, "-c", LOADED, *map(str, order)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stdout.splitlines()[-1])
    return code, set(modules)


def test_a_check_of_one_report_loads_nothing_that_products_are_made_with(tmp_path: Path) -> None:
    series = home(tmp_path, TOML, en_031=english(31), ja_031=japanese(31))
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text("p { color: black }")
    copy = series.folder / "en/031.txt"
    order = ("check", "-q", "--no-proof", "--of-series", copy)
    heavy = {"pydantic", "multiprocessing", "tinycss2", "ctypes", "weasyprint", "ebooklib",
             "watchpress.build.run", "watchpress.build.products"}  # fmt: skip
    code, first = loaded(*order)
    assert not first & heavy
    again, second = loaded(*order)
    assert not second & heavy
    # What is known is not compared again.
    assert "watchpress.checks.alignment" in first - second
    copy.write_text(copy.read_text("utf-8") + "\n", "utf-8")
    edited, third = loaded(*order)
    assert not third & heavy
    assert code == again == edited


def test_a_faulty_file_is_what_pydantic_is_loaded_for(tmp_path: Path) -> None:
    series = home(tmp_path, TOML, en_031=english(31))
    copy = series.folder / "en/031.txt"
    series.file.write_text(TOML + "surprise = 1\n", "utf-8")
    code, modules = loaded("check", "-q", "--no-proof", "--of-series", copy)
    assert code == 2
    assert "pydantic" in modules


def test_a_changed_byte_is_looked_at_whatever_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that a run leaves vouches for a file: not by its name, its size or its time."""
    report = '[[reports]]\nfile = "en/031.txt"\nnumber = {}\n'
    series = home(tmp_path, TOML + report.format("0x1F"), en_031=english(31))
    monkeypatch.chdir(tmp_path)
    order = ["check", "--no-proof", "--format", "concise", "--of-series", "reports/en/031.txt"]
    good, said = run(order)
    assert good == 0, said
    assert (tmp_path / ".watchpress/cache").is_dir()
    before = series.file.stat()
    for wrong, code in (('"31"', "C206"), ("31.0", "C206"), ("0000", "C202"), ("-031", "C202"),
                        ("9_99", ""), ("true", "C206"), ("-731", "C208")):  # fmt: skip
        series.file.write_text(TOML + report.format(wrong), "utf-8")
        assert series.file.stat().st_size == before.st_size
        os.utime(series.file, ns=(before.st_atime_ns, before.st_mtime_ns))
        status, said = run(order)
        assert (status == 2, code in said) == (bool(code), True), said
