"""The ICC profile of the press: made at set-up, without its date; given as a file, looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

import profiles
from test_tools import Script, script, surveys
from watchpress import doctor
from watchpress.diagnostic import Diagnostic
from watchpress.tools import apt, icc

__all__ = ["script"]  # a fixture


def test_colprof_makes_the_profile_without_its_date(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(icc.VARIABLE, str(tmp_path / "icc"))
    monkeypatch.setattr(icc, "MEASURED", tmp_path)
    (tmp_path / "FOGRA39L.ti3").write_text("measured", "utf-8")
    assert icc.version() is None
    assert not icc.build()  # no colprof
    (tmp_path / "press.icc").write_bytes(profiles.cmyk())
    found = 'while [ "$1" != -O ]; do shift; done; '
    script("colprof", f"{found}cat {tmp_path}/press.icc > $2")
    assert icc.ready() and icc.build()
    assert icc.version() == "FOGRA39"
    made = icc.path("FOGRA39").read_bytes()
    assert made == icc.undated(profiles.cmyk()) and made[24:28] == bytes((7, 218, 0, 1))
    assert [path.name for path in icc.folder().iterdir()] == ["FOGRA39.icc"]
    condition = icc.condition("FOGRA39")
    assert condition is not None and condition.registered and condition.profile == made


def test_a_colprof_that_fails_leaves_nothing(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(icc.VARIABLE, str(tmp_path / "icc"))
    script("colprof", "exit 1")
    assert not icc.build() and icc.condition("FOGRA39") is None
    assert not icc.folder().exists()


def test_a_press_is_known_by_its_profile(tmp_path: Path) -> None:
    (tmp_path / "quay.icc").write_bytes(profiles.cmyk("Lantern Quay, uncoated"))
    found = icc.condition("quay.icc", tmp_path)
    assert found is not None
    assert (found.name, found.registered) == ("Lantern Quay, uncoated", False)
    for data, reason in (
        (b"no profile at all, but some words", "no ICC profile"),
        (profiles.cmyk(kind=b"mntr"), "'mntr'"),
        (profiles.cmyk(space=b"RGB "), "for RGB"),
        (profiles.cmyk()[:600], "damaged"),
    ):
        (tmp_path / "quay.icc").write_bytes(data)
        with pytest.raises(ValueError, match=reason):
            icc.condition("quay.icc", tmp_path)


def test_the_doctor_has_the_profile_made(monkeypatch: pytest.MonkeyPatch) -> None:
    part = doctor.Part(icc.NAME, None, icc.NEEDED, tuple(icc.PACKAGES.items()))
    surveys(monkeypatch, [part], [part], [])
    installed: list[str] = []
    monkeypatch.setattr(apt, "rights", lambda: ())
    monkeypatch.setattr(apt, "missing", lambda packages: packages)

    def note(packages: Iterable[str]) -> str:
        installed.extend(packages)
        return ""

    monkeypatch.setattr(apt, "install", note)
    monkeypatch.setattr(icc, "version", lambda: None)
    monkeypatch.setattr(icc, "ready", lambda: True)
    monkeypatch.setattr(icc, "build", lambda: True)
    told: list[Diagnostic] = []
    assert doctor.install("press", told.append)
    assert installed == ["argyll", "icc-profiles-free"]
    assert [finding.code for finding in told] == ["X103", "X103"]
