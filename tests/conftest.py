"""Collect the literate cases: tests/cases/*.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import judges
import literate

# How long an example takes depends on what else the machine does: no test is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite what the cases expect")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".md" and file_path.parent.name == "cases":
        made: pytest.Collector = literate.CaseFile.from_parent(parent, path=file_path)
        return made
    return None


@pytest.fixture(scope="session", autouse=True)
def _judged_by_verapdf() -> Iterator[None]:
    """Ask veraPDF about all PDFs that wait for it; what it says names the tests that made them."""
    yield
    assert judges.verdicts() == []


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages in English, no clock from outside, whatever the machine is set to."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WATCHPRESS_LANG", "en")
    yield
