"""`check` on a series: what is looked at, what is known from a build, what is told and what not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from literate import run as watchpress
from series_homes import EPUBS, TOML, VOLUME, again, english, home, japanese, put
from watchpress.build import check as check_room
from watchpress.build import compare as comparing
from watchpress.build import make as making
from watchpress.build import report as single
from watchpress.build import run as run_room
from watchpress.build.check import Checked, check
from watchpress.build.pool import Limits, Pool
from watchpress.build.series import Options, build, memory
from watchpress.build.status import status
from watchpress.diagnostic import Diagnostic, Fatal, Place, remark
from watchpress.series.load import Series

FAULT = remark("L101", Place("031.en.epub"), part="x", found="y", expected="z")
VOLUMES = VOLUME + EPUBS.replace("epubs", "book").replace("\nformat", '\nwhat = "2021"\nformat')
WAIVER = """
[[waivers]]
code = "{code}"
report = 31
lang = "{lang}"
quote = "{quote}"
reason = "it is meant to be so"
"""


def look(
    series: Series, *paths: Path | str, proof: bool = True
) -> tuple[Checked, list[Diagnostic]]:
    found: list[Diagnostic] = []
    how = Options(jobs=1, proof=proof)
    return check(series, [Path(path) for path in paths], found.append, options=how), found


def states(checked: Checked) -> dict[str, str]:
    return {row.product: row.state for row in checked.rows}


def codes(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(one.code, Path(one.place.file).parent.name) for one in found]


def test_all_is_looked_at_and_nothing_is_put(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31), ja_031=japanese(31))
    checked, found = look(series)
    assert (found, checked.status, checked.compared) == ([], 0, 1)
    assert states(checked) == {"031.en.epub": "built", "031.ja.epub": "built"}
    assert not series.dist.exists()
    built = build(series, (), found.append, options=Options(jobs=1))
    assert {row.state for row in built.rows} == {"cached"}, "what was proven need not be made again"


def test_what_a_build_knows_is_shown_and_nothing_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = english(31, words="The boats wait \U0001f6a2 [1] and wait [2].")
    series = home(tmp_path, TOML + EPUBS, en_031=wide, ja_031=japanese(31))
    told: list[Diagnostic] = []
    build(series, (), told.append, options=Options(jobs=1))
    before = {path.name: path.read_bytes() for path in series.dist.iterdir()}
    monkeypatch.setattr(single, "finished", None)
    checked, found = look(series)
    assert set(states(checked).values()) == {"unchanged"}
    assert set(told) < set(found), "the findings of the build, and those between the languages"
    assert {one.code for one in found} - {one.code for one in told} == {"A106"}
    assert {path.name: path.read_bytes() for path in series.dist.iterdir()} == before
    for path in series.dist.iterdir():
        path.unlink()
    checked, again_ = look(series)
    assert (set(states(checked).values()), again_) == ({"cached"}, found)
    assert list(series.dist.iterdir()) == []


def test_a_product_that_was_never_proven_is_made_and_proven(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    build(series, (), lambda _: None, options=Options(jobs=1, proof=False))
    assert states(look(series)[0]) == {"031.en.epub": "built"}
    assert states(look(series)[0]) == {"031.en.epub": "cached"}


def test_a_product_that_fails_its_proof_ends_with_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    whole = making.make

    def broken(order: making.Single) -> making.Made:
        return replace(whole(order), faults=(FAULT,), status=5)

    monkeypatch.setattr(run_room, "make", broken)
    checked, found = look(series)
    assert (checked.status, states(checked), found) == (5, {"031.en.epub": "failed"}, [FAULT])


def test_no_proof_leaves_products_alone(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31), ja_031=japanese(31, "2021年5月1日"))
    checked, found = look(series, proof=False)
    assert (list(checked.rows), codes(found)) == ([], [("A115", "ja")])


def test_copy_that_is_refused_and_a_series_that_is_wrong_are_told_with_the_rest(
    tmp_path: Path,
) -> None:
    home(tmp_path, TOML + EPUBS, en_031=english(31), en_032="Watch Report No.32\n")
    put(tmp_path, "en/notes.md", "x")
    put(tmp_path, "ja/031.txt", japanese(31, words="船は待つ。"))
    checked, found = look(again(tmp_path))
    assert checked.status == 3
    assert states(checked)["032.en.epub"] == "refused"
    assert {"C219", "A106", "N102"} <= {one.code for one in found}


def test_waivers_hold_for_what_is_found_between_languages(tmp_path: Path) -> None:
    late = japanese(31, "2021年5月1日")
    toml = TOML + EPUBS + WAIVER.format(code="A115", lang="ja", quote="埠頭")
    series = home(tmp_path, toml, en_031=english(31), ja_031=late)
    for proof in (True, False):
        assert look(series, proof=proof)[1] == []
    assert look(series, "reports/en/031.txt")[1] == []
    assert [cell.state for cell in status(series, memory(series), print).cells] == ["present"] * 2
    told: list[Diagnostic] = []
    build(series, (), told.append, options=Options(jobs=1))
    assert told == [], "a build does not compare languages: it cannot call the waiver useless"
    put(tmp_path, "ja/031.txt", japanese(31))
    assert [one.code for one in look(again(tmp_path))[1]] == ["C217"]


def test_a_waiver_for_products_is_not_called_useless_where_none_are_looked_at(
    tmp_path: Path,
) -> None:
    toml = TOML + EPUBS + WAIVER.format(code="F101", lang="en", quote="The Quay")
    series = home(tmp_path, toml, en_031=english(31))
    assert look(series, proof=False)[1] == []
    assert [one.code for one in look(series)[1]] == ["C217"]


# -- in a hurry -----------------------------------------------------------------------------------

HEAVY = ("weasyprint", "pikepdf", "pypdfium2", "ebooklib", "PIL", "fontTools", "chardet", "rich")
LOADED = """
import sys
from watchpress.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as exit:
    print(exit.code, sorted(set(sys.modules) & set({heavy})), file=sys.stderr)
"""


@pytest.mark.parametrize("way", ["alone", "within"])
def test_a_commit_waits_for_no_engine(tmp_path: Path, way: str) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31), ja_031=japanese(31))
    order = ["check", "--no-proof", "-q", str(series.folder / "en" / "031.txt")]
    order += ["-C", str(series.home)] if way == "within" else []
    command = [sys.executable, "-c", LOADED.format(heavy=HEAVY), *order]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "0 []\n")


def test_some_copy_alone_is_read_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31), ja_031=japanese(31))
    asked: list[Limits] = []

    def pool(_: int | None, limits: Limits) -> Pool:
        asked.append(limits)
        return Pool(1)

    monkeypatch.setattr(check_room, "Pool", pool)
    how = Options(1, limits=Limits(60, 4000), proof=False)
    check(series, [Path("en/031.txt")], lambda _: None, options=how)
    check(series, [], lambda _: None, options=how)
    check(series, [Path("en/031.txt")], lambda _: None, options=replace(how, proof=True))
    assert asked == [Limits(), Limits(60, 4000), Limits(60, 4000)]


# -- some of it -----------------------------------------------------------------------------------


@pytest.fixture(name="wide")
def _wide(tmp_path: Path) -> Series:
    """Return a series with something amiss in each report."""
    return home(
        tmp_path,
        TOML + EPUBS + VOLUMES,
        en_031=english(31, words="Wait [1] [2]."), ja_031=japanese(31, words="待つ。"),
        en_032=english(32, words="Wait [1] [2]."), ja_032=japanese(32, words="待つ。"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "products", "found"),
    [
        ("reports/en/031.txt", {"031.en.epub"}, {("N101", "en", 31), ("A106", "ja", 31)}),
        ("ja/031.txt", {"031.ja.epub"}, {("N102", "ja", 31), ("A106", "ja", 31)}),
        ("reports/ja", {"031.ja.epub", "032.ja.epub"},
         {(code, "ja", n) for code in ("N102", "A106") for n in (31, 32)}),
    ],
)  # fmt: skip
def test_a_path_narrows_to_its_reports(
    wide: Series, path: str, products: set[str], found: set[tuple[str, str, int]]
) -> None:
    checked, told = look(wide, path)
    places = [(one.code, Path(one.place.file)) for one in told]
    assert {(code, file.parent.name, int(file.stem)) for code, file in places} == found
    assert set(states(checked)) == products, "and no volume"


def test_all_of_it_has_volumes(wide: Series) -> None:
    checked, _ = look(wide)
    assert "2021.en-ja.epub" in states(checked)


def test_a_path_from_elsewhere_is_said_to_be_one(wide: Series) -> None:
    with pytest.raises(Fatal) as fatal:
        look(wide, "reports/en/033.txt")
    assert (fatal.value.diagnostic.code, fatal.value.status) == ("C223", 2)
    assert dict(fatal.value.diagnostic.facts)["nearest"] == "reports/en/032.txt"


# -- languages compared ---------------------------------------------------------------------------


def test_languages_are_compared_once_and_again_when_one_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = japanese(31, "2021年5月1日")
    series = home(tmp_path, TOML, en_031=english(31), ja_031=late, en_032=english(32),
                  ja_032=japanese(32))  # fmt: skip
    compared: list[bytes] = []
    whole = comparing.differences

    def counted(beside: comparing.Beside) -> tuple[Diagnostic, ...]:
        compared.append(beside.translation)
        return whole(beside)

    monkeypatch.setattr(comparing, "differences", counted)
    first = look(series)[1]
    assert (len(compared), codes(first)) == (2, [("A115", "ja")])
    assert look(series)[1] == first
    status(series, memory(series), lambda _: None)
    assert len(compared) == 2
    put(tmp_path, "en/031.txt", english(31, "May 1, 2021"))
    assert look(again(tmp_path))[1] == []
    assert len(compared) == 3


def test_a_split_paragraph_is_told_and_keeps_the_report_present(tmp_path: Path) -> None:
    words = "The boats wait for the tide [1].\nThe mayor waits for the boats and for the decree."
    one = words.replace("\n", " ")
    series = home(tmp_path, TOML, en_031=english(31, words=one), ja_031=japanese(31))
    put(
        tmp_path,
        "ja/031.txt",
        japanese(31, words="船は潮を待っている［1］。\n市長は船と命令とを待っている。"),
    )
    assert [one.code for one in look(series)[1]] == ["A118"]
    assert [cell.state for cell in status(series, memory(series), print).cells] == ["present"] * 2


# -- the command ----------------------------------------------------------------------------------


def test_the_command_looks_at_the_series_it_stands_in(
    wide: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(wide.home)
    code, said = watchpress(["check", "--no-proof", "--format", "concise"])
    assert code == 1
    assert "reports/ja/032.txt:3:" in said and "A106" in said
    last = "checked: 2 reports in 4 editions, 2 translations compared, no products, "
    assert any(line.startswith(last) for line in said.splitlines())
    code, said = watchpress(["check", "-C", ".", "reports/ja/032.txt", "--format", "concise"])
    assert (code, "031.txt" in said) == (1, False)
    assert "1 product of single reports (1 made now)" in said


def test_findings_as_json_are_json_alone(wide: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wide.home)
    code, said = watchpress(["check", "--no-proof", "--format", "json", "-q"])
    assert code == 1
    assert {(one["report"], one["lang"]) for one in json.loads(said)} == {
        (31, "en"), (31, "ja"), (32, "en"), (32, "ja"),
    }  # fmt: skip


def test_options_about_copy_are_not_for_a_series(
    wide: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(wide.home)
    code, said = watchpress(["check", "--lang", "en"])
    assert (code, "--lang is about copy" in said) == (2, True)
    code, said = watchpress(["check", "-C", ".", "-"])
    assert (code, "C223" in said) == (2, True)


def test_copies_in_a_series_are_compared_with_those_in_its_first_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "船は冬から潮を待っており、いつ出られるのかを言う者はこの町に誰もいない［1］。"
    theirs = "The boats have waited for the tide since the winter, and nobody says how long [1]."
    home(tmp_path, TOML, en_031=english(31, "June 30, 2021", theirs),
         ja_031=japanese(31, words=words))  # fmt: skip
    given = ["check", "--no-proof", "reports/ja/031.txt", "reports/en/031.txt", "--format"]
    monkeypatch.chdir(tmp_path)
    code, said = watchpress([*given, "concise"])
    assert (code, said.count("\n")) == (0, 1), said
    assert said.startswith("reports/ja/031.txt:2:2: warning A115")
    monkeypatch.chdir(tmp_path / "reports")
    (tmp_path / "reports" / "series.toml").write_text("x = 1")
    monkeypatch.chdir(tmp_path)
    assert watchpress([*given, "concise"]) == (0, "")
