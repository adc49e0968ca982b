"""Fuzzing: what is kept of earlier runs is tried again, with atheris or without."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import run, seeds, targets
from fuzz.trees import grown
from watchpress.catalog import Source
from watchpress.diagnostic import Fatal, Tell
from watchpress.model import tree
from watchpress.readers.plain import account, assembly, reader
from watchpress.transforms import notes

KEPT = [(target, name) for target in run.SHARES for name in seeds.kept(target)]


@pytest.mark.parametrize(("target", "name"), KEPT)
def test_what_was_kept_is_tried_again(target: str, name: str) -> None:
    targets.tried(target, seeds.kept(target)[name])


@pytest.mark.parametrize("target", ["notes", "config", "theme"])
def test_what_fuzzing_begins_from_is_sound(target: str) -> None:
    for data in seeds.seeds(target):
        targets.tried(target, data)


def test_what_is_kept_is_small() -> None:
    sizes = [len(data) for target in run.SHARES for data in seeds.kept(target).values()]
    assert 0 < sum(sizes) < 200_000


def test_every_target_has_seeds_and_a_share() -> None:
    assert set(run.SHARES) == set(targets.TARGETS) == set(seeds.WORDS)
    assert all(next(seeds.seeds(target), None) is not None for target in run.SHARES)


# -- The targets themselves must be able to fail ---------------------------------------------------

COPY = b"1The boats wait [1].\n[1] The Log, 2018\n"


def test_a_lost_letter_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    targets.tried("plain", COPY)
    whole = assembly.assemble

    def lossy(parts: assembly.Parts) -> tree.Element:
        report = whole(parts)
        for paragraph in report.iterfind("body/p"):
            paragraph.text = (paragraph.text or "").replace("boats", "boat")
        return report

    monkeypatch.setattr(reader, "assemble", lossy)
    monkeypatch.setattr(account, "account", lambda *_: None)  # the account itself looks away
    with pytest.raises(AssertionError, match="neither in the XML nor in a loss"):
        targets.tried("plain", COPY)


def test_an_exception_is_seen_and_a_code_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Fatal):
        reader.read(Source(Path("x.txt")), lambda _: None, b"no report")
    targets.tried("plain", b"0no report")
    monkeypatch.setattr(reader, "assemble", lambda parts: parts.nothing)
    assert run.fault("plain", COPY).startswith("AttributeError")


def test_a_crasher_is_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def picky(data: bytes) -> None:
        assert b"(" not in data or b")" not in data

    monkeypatch.setitem(targets.TARGETS, "plain", picky)
    assert run.minimised("plain", b"some (words) and more") == b"()"


def test_a_call_tied_to_another_note_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes 0.. make paragraphs with calls, bytes 4.. make notes (trees.py)."""
    data = next(one for one in seeds.seeds("notes") if _calls(one) > 2)
    targets.tried("notes", data)
    whole = notes.apply

    def astray(report: tree.Element, tell: Tell) -> None:
        whole(report, tell)
        for marker in tree.markers(report):
            marker.set("rid", str(tree.notes(report)[-1].get("id")))

    monkeypatch.setattr(notes, "apply", astray)
    with pytest.raises(AssertionError):
        targets.tried("notes", data)


def _calls(data: bytes) -> int:
    return len(list(tree.markers(grown(data))))


# -- With atheris ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not run.able(), reason="atheris is for CPython 3.11 on Linux")
def test_fuzzing_finds_nothing() -> None:
    for one in run.rounds(["notes", "theme"], 30):
        assert one.executions > 50
        assert one.crashers == ()
