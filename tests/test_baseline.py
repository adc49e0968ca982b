"""A baseline: what was found earlier is known again after edits elsewhere, what is new fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from literate import run as watchpress
from series_homes import TOML, english, home, japanese, put
from watchpress.cli.baseline import Baseline, Known, load
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.fingerprint import fingerprints

WORDS = "The boats wait [1] and wait [2]."


@pytest.fixture(name="series")
def _series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a series with a marker without its note, and go there."""
    home(tmp_path, TOML, en_031=english(31, words=WORDS), ja_031=japanese(31, words="待つ［1］。"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*more: str) -> tuple[int, str]:
    return watchpress(["check", "--no-proof", "--format", "concise", *more])


def written() -> str:
    """Write what is found now, and return the name of the file."""
    _, said = watchpress(["check", "--no-proof", "--format", "json"])
    Path("known.json").write_text(said[said.index("[") :], "utf-8")  # behind the line that sums up
    return "known.json"


def test_what_was_found_earlier_is_silent_wherever_it_has_moved(series: Path) -> None:
    assert check()[0] == 1
    known = written()
    for lines_above in ("", "The tide is out.\n", "The tide is out.\nIt is Monday.\n"):
        put(series, "en/031.txt", english(31, words=lines_above + WORDS))
        code, said = check("--baseline", known)
        told = [line for line in said.splitlines() if line.startswith("reports/en/")]
        assert (code, [line for line in told if "A118" not in line]) == (0, []), said
        assert "\nbaseline: " in said


def test_what_is_new_fails_and_is_shown_alone(series: Path) -> None:
    known = written()
    put(series, "en/031.txt", english(31, words=WORDS + " The mayor waits [3]."))
    code, said = check("--baseline", known)
    assert code == 1
    assert [line.split(":")[0] for line in said.splitlines() if "N101" in line] == [
        "reports/en/031.txt"
    ] * said.count("N101")
    assert "[3]" in said
    code, said = watchpress(["check", "--no-proof", "--format", "json", "-q", "--baseline", known])
    assert {one["code"] for one in json.loads(said)} == {"N101"}


def test_a_second_marker_of_the_same_kind_on_the_same_line_is_new(series: Path) -> None:
    put(series, "en/031.txt", english(31, words="Wait [2] [1]."))
    first = next(one for one in json.loads(Path(written()).read_text()) if one["code"] == "N101")
    found = [remark("N101", Place("a.txt", 3, column), marker="[2]") for column in (5, 9, 12)]
    lines = {"a.txt": ["", "", "Wait [2] [2] [2] [1]."]}
    prints = list(fingerprints(found, lines))
    assert len({*prints, first["fingerprint"]}) == 4
    known = Baseline({one: Known("N101", "a.txt") for one in prints[:2]})
    assert known.new(found, lines) == found[2:]


def test_what_is_gone_is_counted(series: Path) -> None:
    known = written()
    put(series, "en/031.txt", english(31, words="The boats wait [1]."))
    code, said = check("--baseline", known)
    assert code == 0
    assert "\nbaseline: 0 known findings left out, 2 of it gone by now\n" in said, "N101, A106"
    put(series, "en/031.txt", english(31, words=WORDS))
    put(series, "ja/031.txt", japanese(31, words="待つ［1］［4］。"))
    every = written()
    put(series, "ja/031.txt", japanese(31, words="待つ［1］。"))
    said = check("-C", ".", "reports/ja/031.txt", "--baseline", every)[1]
    files = [one["file"] for one in json.loads(Path(every).read_text("utf-8"))]
    gone = files.count("reports/ja/031.txt")
    assert 0 < gone < len(files)
    assert f", {gone} of it gone" in said, "of the other report nothing is known"


def test_of_products_that_were_not_looked_at_nothing_is_called_gone() -> None:
    known = Baseline({"0": Known("F101", "031.en.pdf"), "1": Known("N101", "a.txt")})
    assert known.gone([], {}) == 2
    assert known.gone([], {}, looked="N") == 1
    assert known.gone([], {}, among={"031.en.pdf"}) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[1]", b"[null]", b"\xff", b"[" * 100_000, b'[{"code": 1}]', b"Watch Report"],
)
def test_a_file_that_is_no_such_list_is_a_finding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(data)
    with pytest.raises(Fatal) as fatal:
        load(path)
    assert (fatal.value.diagnostic.code, fatal.value.status) == ("D105", 2)


CODES = ("N101", "N102")
FOUND = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(1, 6), st.integers(1, 9)), unique=True
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(FOUND, st.integers(0, 5), st.data())
def test_lines_put_above_change_no_fingerprint(
    rows: list[tuple[str, int, int]], more: int, data: st.DataObject
) -> None:
    text = data.draw(st.lists(st.sampled_from(["a [1]", "b [1]", ""]), min_size=6, max_size=6))

    def found(by: int) -> list[Diagnostic]:
        return sorted(remark(c, Place("a.txt", n + by, k), marker="[1]") for c, n, k in rows)

    before = list(fingerprints(found(0), {"a.txt": text}))
    assert len(set(before)) == len(before), "no two findings have one fingerprint"
    assert list(fingerprints(found(more), {"a.txt": [*["new"] * more, *text]})) == before
