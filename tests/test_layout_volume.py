"""The checks of the layout on a real volume: as it is, and with pages that were put elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from products import grave
from test_gathering import bound
from watchpress.build.verdict import look
from watchpress.diagnostic import Diagnostic
from watchpress.galley import Galley
from watchpress.tools import fonts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed"),
]


def found(galley: Galley) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    look(galley, out.append)
    return grave(sorted(out))


def test_a_volume_as_it_is_bound_has_no_fault() -> None:
    assert found(bound().galley) == []


def test_contents_that_say_other_pages_than_there_are() -> None:
    galley = bound().galley
    labels = [replace(page, label=page.label and f"{page.label}0") for page in galley.pages]
    out = found(replace(galley, pages=tuple(labels)))
    assert {one.code for one in out} == {"P119"}
    assert {galley.pages[one.page - 1].part for one in out} == {"contents"}
    assert dict(out[0].facts)["label"] == f"{dict(out[0].facts)['printed']}0"


def test_a_page_too_many_brings_all_parts_to_the_other_side() -> None:
    galley = bound().galley
    more = replace(galley.pages[0], lines=(), things=(), first=False)
    out = found(replace(galley, pages=(more, *galley.pages), ids={}))
    assert {one.code for one in out} == {"P116", "P120"}
    pages = enumerate(galley.pages, 2)
    facing = next(n for n, page in pages if page.first and page.part == "facing")
    assert facing in {one.page for one in out if one.code == "P120"}
