"""Who comes after a build has the galley of each product and its bytes, with nothing laid out."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pytest

from series_homes import again, english, home
from test_sight import assert_read
from watchpress.build import compile as room
from watchpress.build import manifest, products
from watchpress.build import run as runs
from watchpress.build.bindery import Tools
from watchpress.build.cache import squeezed, unsqueezed
from watchpress.build.makers import Makers
from watchpress.build.pool import Pool
from watchpress.build.products import Plan
from watchpress.build.rows import Silent
from watchpress.build.run import Run
from watchpress.build.series import Options, build, memory
from watchpress.build.shelf import read as shelve
from watchpress.files import Styles
from watchpress.series import reading
from watchpress.series.load import Series

TOML = """
languages = ["en"]
title = { en = "Harbour Reports" }
publisher = { en = "Harbour Office" }
[[volumes]]
name = "2021"
year = 2021
title = { en = "Reports of 2021" }
[[editions]]
name = "single"
format = "pdf"
[[editions]]
name = "book"
format = "pdf"
what = "2021"
[[editions]]
name = "prints"
format = "offprint"
what = "2021"
"""


class Standing:
    """A run over a series that has been built."""

    def __init__(self, series: Series) -> None:
        cache, pool = memory(series), Pool(1)
        copies = reading.copies(series, lambda _: None)
        self.shelf = shelve(copies, cache, pool, lambda *_: None)
        tools = Tools(cache, pool, Makers(Styles(series.styles)), Silent(), None)
        there = manifest.load(series.dist)
        self.run = Run(series, self.shelf, tools, there, strict=False, proof=True, put=False)
        self.series = series

    @cached_property
    def plans(self) -> Sequence[Plan]:
        return list(products.plans(self.series, products.editions(self.series, ()), self.shelf))


@pytest.fixture(name="series", scope="module")
def _series(tmp_path_factory: pytest.TempPathFactory) -> Series:
    series = home(tmp_path_factory.mktemp("home"), TOML, en_032=english(32))
    build(series, (), lambda _: None, options=Options(jobs=1))
    return series


def refuse(*_: object) -> None:
    raise AssertionError("nothing is laid out again")


def test_what_stands_has_its_galley(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "lay", refuse)
    monkeypatch.setattr(runs, "make", refuse)
    standing = Standing(again(series.home))
    rows = standing.run.make(standing.plans)
    assert {row.state for row in rows} == {"unchanged"}
    assert len(standing.plans) == 3
    for plan in standing.plans:
        galley, data = standing.run.galley(plan), standing.run.pdf(plan)
        assert galley is not None and data == (series.dist / plan.file).read_bytes()
        assert_read(galley, data)
        files = {block.file for block in galley.blocks}
        assert files == {"", str(next(iter(standing.shelf.files)))}


def test_a_cache_that_lost_a_galley_has_none(series: Series, tmp_path: Path) -> None:
    shutil.copytree(series.home, tmp_path / "moved")
    moved = again(tmp_path / "moved")
    standing = Standing(moved)
    assert moved.memory is not None
    shutil.rmtree(moved.memory)
    for plan in standing.plans:
        assert standing.run.galley(plan) is None
        assert standing.run.pdf(plan) == (series.dist / plan.file).read_bytes()


def test_another_limit_is_another_product(series: Series, tmp_path: Path) -> None:
    standing = Standing(series)
    shutil.copytree(series.home, tmp_path / "limits")
    file = tmp_path / "limits" / "reports" / "series.toml"
    file.write_text(f"{file.read_text('utf-8')}[limits]\nlines = 60\n", "utf-8")
    other = Standing(again(tmp_path / "limits"))
    for plan, mine in zip(other.plans, standing.plans, strict=True):
        assert other.run.galley(plan) is None and standing.run.galley(mine) is not None


def test_long_text_is_kept_small_and_comes_back() -> None:
    text = "a line of print 港灯 " * 500
    assert unsqueezed(squeezed(text)) == text and len(squeezed(text)) < len(text) / 10
    for wrong in ("", "!", "AAAA"):
        with pytest.raises(ValueError):
            unsqueezed(wrong)
