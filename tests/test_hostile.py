"""The catalogue of bad input: a slice of each row every day, all of it where time is no matter."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from unittest import mock

import pytest

from hostile import (
    compilations,
    encodings,
    figures,
    files,
    judges,
    marks,
    markup,
    notes,
    texts,
    trial,
    whole,
)
from hostile.rows import Row, copy, plain
from watchpress import files as files_room
from watchpress.backends.epub import package
from watchpress.cli.limit import within
from watchpress.diagnostic import Fatal
from watchpress.language.letters import MOJIBAKE, decode
from watchpress.model import tree
from watchpress.series import sheets

MEASURED = """
import os, subprocess, sys
end = subprocess.Popen([sys.argv[1], "-m", "watchpress", "read", sys.argv[2]], stderr=-3)
_, status, used = os.wait4(end.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
ROWS = (*texts.ROWS, *notes.ROWS, *files.ROWS)


@pytest.mark.slow
def test_the_readme_says_how_many_inputs_there_are() -> None:
    count = int("".join(filter(str.isdigit, figures.catalogue().partition(" inputs")[0])))
    said = " ".join(Path(__file__).parents[1].joinpath("README.md").read_text("utf-8").split())
    assert f"holds some {count // 100 * 100:,} inputs" in said


def test_the_rows_have_names_of_their_own() -> None:
    assert max(Counter(row.id for row in ROWS).values()) == 1


def test_the_rows_that_the_promises_name_are_there() -> None:
    """Rows N14 and O01 have rooms of their own: compilations and judges."""
    there = {"N14", "O01"}
    for row in ROWS:
        first, _, last = row.id.partition("-")
        letter, start, end = first[0], int(first[1:3]), int((last or first)[1:3])
        there |= {f"{letter}{number:02}" for number in range(start, end + 1)}
    said = Path(__file__).parents[1].joinpath("SECURITY.md").read_text("utf-8")
    promises = said.partition("## What is promised")[2].partition("\n## ")[0]
    named = set(re.findall(r"\b[ETNSMAWCPO]\d\d\b", promises))
    assert len(named) > 15
    assert named - there == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_slice_of_a_row_is_as_promised(row: Row) -> None:
    found = [trial.try_(row, given) for given in row.inputs(False)]
    assert found
    assert [str(one) for one in found if one.bad] == []


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_as_promised(row: Row) -> None:
    found = trial.many([row], full=True, jobs=1)
    assert [str(one) for one in found if one.bad] == []


# -- The judge is judged ---------------------------------------------------------------------------

ROW = Row("X", "for the judge", lambda full: [], seconds=1)
ROW_OF_DEPTH = replace(ROW, seconds=30)
CLEAN = plain("clean", copy())


def test_a_clean_copy_is_clean() -> None:
    assert str(trial.try_(ROW, replace(CLEAN, whole=True))) == "X clean: status 0 "


def test_a_letter_that_is_lost_is_seen_from_outside() -> None:
    found = trial.try_(ROW, replace(CLEAN, fault="lost letter", status=(0, 1)))
    assert found.silent.startswith("not in the XML")


def test_a_traceback_a_hang_and_a_broken_promise_are_seen() -> None:
    target = "watchpress.cli.copies.build.report"
    with mock.patch(target, side_effect=KeyError("x")):
        assert "KeyError" in trial.try_(ROW, CLEAN).traceback
    with mock.patch(target, side_effect=lambda *_: time.sleep(5)):
        assert trial.try_(ROW, CLEAN).hang
    assert trial.try_(ROW, replace(CLEAN, promise="X")).broken
    assert trial.try_(ROW, replace(CLEAN, codes=("R999",))).broken == ["without R999"]


def test_what_is_left_behind_or_written_elsewhere_is_seen() -> None:
    def elsewhere(*_: object) -> None:
        Path("..", "stray.txt").write_text("x")
        Path("half.part").write_text("x")

    with mock.patch("watchpress.cli.copies.build.report", side_effect=elsewhere):
        found = trial.try_(ROW, replace(CLEAN, status=(70,)))
    assert any("stray.txt" in one for one in found.broken)


@pytest.mark.parametrize("kind", ["xml", "pdf", "epub"])
def test_a_product_that_breaks_off_is_not_whole(kind: str, tmp_path: Path) -> None:
    words = ["read", "-o"] if kind == "xml" else [kind, "-o"]
    (tmp_path / "031.txt").write_text(copy(), "utf-8")
    made = tmp_path / f"made.{kind}"
    trial.run([words[0], str(tmp_path / "031.txt"), "-o", str(made)])
    assert whole.unfit(kind, made.read_bytes()) == ""
    assert whole.unfit(kind, made.read_bytes()[:200]) != ""


@pytest.mark.slow
def test_a_slice_of_the_judges_of_products_find_nothing() -> None:
    """Row O01; all of it in `make hostile`."""
    found = list(judges.figures(full=False))
    assert [one for one in found if one.broken] == []
    assert sum(one.tried for one in found) >= 4


@pytest.mark.parametrize("room", [marks, compilations])
def test_what_is_planted_in_notes_is_found(room: ModuleType) -> None:
    """Markers of all forms in three languages; row N14."""
    for one in room.figures(full=False):
        assert one.tried
        assert one.broken == 0, one


def test_a_marker_that_is_lost_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    one = marks.Planting("ja", "［注{}］", 4, 0)
    assert marks.missed_in_xml(one)[1] == 0
    right = marks.Planting.copy

    def more(self: marks.Planting) -> tuple[str, list[tuple[int, int]]]:
        text, places = right(self)
        return text, [*places, (99, 1)]

    monkeypatch.setattr(marks.Planting, "copy", more)
    assert marks.missed_in_xml(one)[1] == 1
    assert marks.missed_in_product(one, "epub")[1] > 0


# -- Guards ----------------------------------------------------------------------------------------


def test_bytes_are_read_exactly_or_refused() -> None:
    """Never taken for something else; of 2,340 samples, 6 short ones are refused."""
    found = Counter(encodings.verdict(data, text) for _, _, text, data in encodings.samples())
    assert found["wrong"] == 0
    assert found.total() == 13 * 3 * 60
    assert found["exact"] >= 2334


def test_the_byte_that_is_none_is_named() -> None:
    """At its place, or at the first byte of the letter that it breaks."""
    rows = {row.id: row for row in texts.ROWS}
    given = list(rows["E12"].inputs(True))
    assert len(given) == 50
    for one in given:
        with pytest.raises(Fatal) as refused:
            decode(one.data, "031.txt", lambda _: None)
        at = int(dict(refused.value.diagnostic.facts)["byte"])
        if one.name.startswith("cut"):
            assert len(one.data) - 3 <= at < len(one.data)
            one.data[:at].decode()
        else:
            bad = one.data.index(b"\xff")
            assert at == bad or (bad - 3 <= at < bad and one.data[at] >= 0xC0)


def test_clean_sentences_are_not_taken_for_misread_ones() -> None:
    clean = [text for *_, text, _ in encodings.samples()][:1000:1]
    assert [text for text in clean if MOJIBAKE.search(text)] == []


def test_a_file_of_a_hundred_megabytes_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    path = tmp_path / "031.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    # Measured by a small process: what a child is said to have used begins with its parent's size.
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, sys.executable, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    status, seconds, most = map(float, done.stdout.split())
    assert status == 3
    assert seconds < 1
    assert most < 100_000  # kB


@pytest.mark.parametrize(
    "name", ["/etc/x", "EPUB/../../x", "a\\b", "a\0b", "a//b", "./a", "a b", "ü", "x" * 201, ""]
)
def test_no_name_that_does_harm_gets_into_a_book(name: str) -> None:
    with package._Zip(BytesIO(), "w") as book, pytest.raises(ValueError, match="no name"):
        book.writestr(name, b"")


def test_no_two_files_of_a_book_have_names_that_some_systems_hold_for_one() -> None:
    with package._Zip(BytesIO(), "w") as book:
        book.writestr("EPUB/a.xhtml", b"")
        with pytest.raises(ValueError, match="one name"):
            book.writestr("EPUB/A.xhtml", b"")


def test_what_takes_too_long_is_stopped_and_named() -> None:
    with pytest.raises(Fatal) as stopped, within(0.05, "031.txt"):
        while True:
            pass
    assert stopped.value.diagnostic.code == "X302"
    assert stopped.value.status == 7


def test_what_swallows_the_call_of_the_clock_is_stopped_at_its_end() -> None:
    with pytest.raises(Fatal) as stopped, within(0.05, "031.txt"), suppress(BaseException):
        while True:
            pass
    assert stopped.value.diagnostic.code == "X302"


def test_a_clock_around_another_goes_on() -> None:
    for inner in (0.1, 30):
        with pytest.raises(Fatal) as stopped, within(0.2, "outer"):
            with within(inner, "inner"):
                pass
            while True:
                pass
        assert stopped.value.diagnostic.place.file == "outer"


def test_a_call_at_either_end_of_the_context_is_no_traceback() -> None:
    before, ends = signal.getsignal(signal.SIGALRM), set()
    for tick in range(400):
        try:
            with within(1e-6 * (1 + tick % 100), "031.txt"):
                pass
            ends.add("in time")
        except Fatal as late:
            ends.add(late.diagnostic.code)
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) is before
    assert "X302" in ends


def test_a_fault_that_the_call_of_the_clock_was_taken_for_is_named_as_it() -> None:
    with pytest.raises(Fatal) as stopped, within(0.05, "031.txt"):
        with suppress(BaseException):
            while True:
                pass
        raise ValueError("a fault of the engine")
    assert stopped.value.diagnostic.code == "X302"


def test_nothing_is_limited_where_no_limit_is_asked_for() -> None:
    with within(0, "031.txt"):
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_the_style_sheets_that_come_along_have_nothing_to_hide() -> None:
    folder = files_room.along("styles")
    assert [f"{one}" for one in sheets.faults(folder)] == []


@pytest.mark.parametrize("quoted", [r'"\""', r"'\''", r'"a\\"'])
def test_brackets_behind_an_escaped_quotation_mark_are_counted(quoted: str, tmp_path: Path) -> None:
    (tmp_path / "print.css").write_text(f"p {{ content: {quoted}; a: {'(' * 3000} }}", "utf-8")
    assert [one.code for one in sheets.faults(tmp_path)] == ["C305"]


@pytest.mark.parametrize("place", markup.PLACES)
def test_three_times_as_deep_as_is_allowed_is_within_what_the_engine_bears(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why no stack is made larger: 64 elements in each other are a third of this, and it is laid.

    The engine fails at some 250, in frames of Python; libxml2 reads no more than 256.
    """
    monkeypatch.setattr(tree, "DEEPEST", 192)
    given = markup.nested(place, 192, whole=True)
    assert trial.try_(ROW_OF_DEPTH, given).bad is False


@pytest.mark.parametrize("depth", [4, 5])
def test_a_blank_that_ends_a_phrase_does_not_part_a_call_from_its_word(
    depth: int, tmp_path: Path
) -> None:
    (tmp_path / "031.xml").write_bytes(markup.nested("body/p", depth).data)
    for kind in ("pdf", "epub"):
        said = trial.run([kind, str(tmp_path / "031.xml"), "-o", str(tmp_path / f"made.{kind}")])
        assert said.status == 0
