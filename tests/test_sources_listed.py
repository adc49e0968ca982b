"""The list of sources in a volume is held against its notes: a lost or changed address is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

from drawn_series import TAGS, Drawn, Sheet, compiler
from watchpress.build import volume as binder
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import Styles
from watchpress.xhtml import sources


def _drawn() -> Drawn:
    sheets = tuple(Sheet(1, tag, 6, 41) for tag in TAGS[:2])
    return Drawn(TAGS[:2], sheets, "paired", "restart", "report")


def _listed(change: Callable[[Any], None]) -> Any:
    """Let the first address of the list be changed on its way into a product."""
    right, changed = sources._item, list[str | None]()

    def wrong(document: Any, *given: Any) -> Any:
        item = right(document, *given)
        for link in item.findall(".//a[@class='url']"):
            if not changed or link.get("href") in changed:
                changed.append(link.get("href"))
                change(link)
        return item

    return mock.patch.object(sources, "_item", wrong)


def _elsewhere(link: Any) -> None:
    link.set("href", "https://elsewhere.example.org/")


def _gone(link: Any) -> None:
    link.getparent().remove(link)


FAULTS = {"elsewhere": (_elsewhere, {"L110", "L108"}), "gone": (_gone, {"L110"})}


def _made(kind: str) -> set[str]:
    """Return the codes that the proof of a volume tells, its own compiler used."""
    made: Any = getattr(binder, kind)
    found: list[Diagnostic] = []
    try:
        made(_drawn().volume, Styles(), found.append, compiler(None), proof=True)
    except Fatal as fatal:
        assert fatal.status == 5
        found.append(fatal.diagnostic)
    return {one.code for one in found if one.code.startswith("L")}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["epub", "pdf"])
def test_the_list_of_sources_is_proven(kind: str) -> None:
    assert _made(kind) == set()
    for change, wanted in FAULTS.values():
        with _listed(change):
            assert _made(kind) == wanted
