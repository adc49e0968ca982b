"""series.toml: what it says, what is wrong with it; the copy on disk; what a volume holds."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import tomllib
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from series_homes import BOOK, TOML, VOLUME, english, home, japanese, put
from watchpress import galley
from watchpress.build import report as single
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.language.words import LANGUAGES
from watchpress.model.tree import Element
from watchpress.series import config, lines, models, reading, schema, select, values
from watchpress.series.home import home as home_of
from watchpress.series.load import Series, load
from watchpress.series.waive import Waivers, corrections

ROOT = Path(__file__).parent.parent


def faults(folder: Path, toml: str | bytes) -> list[str]:
    """Return the findings on a series.toml, as `line:column CODE words`."""
    (folder / "reports").mkdir(exist_ok=True)
    data = toml if isinstance(toml, bytes) else toml.encode()
    (folder / "reports" / "series.toml").write_bytes(data)
    found: list[Diagnostic] = []
    with pytest.raises(Fatal) as fatal:
        load(folder, found.append)
    assert fatal.value.status == 2
    found.append(fatal.value.diagnostic)
    return [f"{one.place.line}:{one.place.column} {one.code} {one.say()}" for one in found]


def reports(series: Series) -> dict[tuple[int, str], Element]:
    return {
        copy.key: single.report(copy.source, lambda _: None).report
        for copy in reading.copies(series, lambda _: None)
    }


# -- series.toml ----------------------------------------------------------------------------------


def test_a_good_one_is_taken_as_it_is(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + VOLUME + BOOK)
    assert series.config.languages == ["en", "ja"]
    assert series.config.volumes[0].layout == "sequential"
    assert series.config.editions[0].what == "2021"
    assert (series.dist, series.memory) == (tmp_path / "dist", tmp_path / ".watchpress")


def test_the_sample_series_is_a_good_one() -> None:
    series = load(ROOT, lambda finding: pytest.fail(str(finding)))
    assert {edition.format for edition in series.config.editions} == {
        "pdf", "epub", "xml", "cover", "offprint",
    }  # fmt: skip
    assert any(edition.what != "reports" for edition in series.config.editions)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('publisheer = { en = "x" }', "5:1 C204 there is no key publisheer; near it: publisher"),
        ('rights = { jp = "x" }', "5:12 C204 there is no key rights.jp; near it: ja"),
        ("address = 3", "5:1 C206 address is of the type integer and must be table"),
        ('terms = "x"', "5:1 C206 terms is of the type string and must be array"),
        ("[identifiers]\nissn = true", "6:1 C206 identifiers.issn is of the type boolean"),
        ('[identifiers]\nissn = "1234-5678"', "6:1 C208 identifiers.issn: 1234-5678 has not"),
        ('[identifiers]\nissn = "123--5679"', "6:1 C208 identifiers.issn: 123--5679 has not"),
        (
            '[identifiers]\nissn = "１２３４-5679"',
            "6:1 C208 identifiers.issn: １２３４-5679 has not",
        ),
        ('[[volumes]]\nname = "A 1"\nyear = 2021', "6:1 C208 volumes[1].name: A 1 has not"),
        (
            '[[volumes]]\nname = "a"\nyear = "2021"',
            "7:1 C206 volumes[1].year is of the type string",
        ),
        (
            '[[volumes]]\nname = "a"\nyear = 20',
            "7:1 C208 volumes[1].year: 20 has not the form ≥ 1900",
        ),
        ('[[volumes]]\nname = "a"\nyear = 2021\nlast = 3', "5:1 C208 volumes[1]: name = a, year"),
        ('[[volumes]]\nname = "a"\nfirst = 9\nlast = 3', "5:1 C208 volumes[1]: name = a, first"),
        ("[[volumes]]\nyear = 2021", "5:1 C205 volumes[1].name is missing"),
        (
            '[[volumes]]\nname = "a"\nyear = 2021\nlayout = "pared"',
            "8:1 C207 volumes[1].layout: pared",
        ),
        (
            '[[volumes]]\nname = "reports"\nyear = 2021',
            "6:1 C209 volumes[1].name: reports is taken",
        ),
        (
            '[[editions]]\nname = "a"\nformat = "docx"',
            "7:1 C207 editions[1].format: docx is none of",
        ),
        ('[[editions]]\nname = "a"\nformat = "pdf"\nwhat = "x"', "8:1 C207 editions[1].what: x"),
        ('[[editions]]\nname = "a"\nformat = "pdf"\ntrim = "A9"', "8:1 C208 editions[1].trim: A9"),
        (
            '[[editions]]\nname = "a"\nformat = "pdf"\nlanguages = ["ko"]',
            "8:1 C207 editions[1].lang",
        ),
        ('[[waivers]]\ncode = "N1"', "6:1 C208 waivers[1].code: N1 has not the form N104"),
        (
            '[[reports]]\nfile = "en/1.txt"\ndate = "2021-01-01"',
            "7:1 C206 reports[1].date is of the",
        ),
        (
            '[identifiers.isbn]\nx = "978-1-23456-789-7"',
            "6:1 C204 there is no key identifiers.isbn.x",
        ),
    ],
)
def test_a_fault_names_line_key_and_what_may_stand_there(
    tmp_path: Path, line: str, said: str
) -> None:
    found = faults(tmp_path, TOML + line)
    assert any(one.startswith(said) for one in found), found


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = faults(tmp_path, 'titel = 1\nlanguages = ["en", "fr"]\n[[volumes]]\nnom = "a"\n')
    assert [one.split(" ")[1] for one in found] == [
        "C204", "C205", "C205", "C207", "C205", "C204",
    ]  # fmt: skip
    assert found[0].startswith("1:1") and found[-1].startswith("4:1")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xef\xbb\xbf" + TOML.encode(), "1:1 C203"),
        (TOML.encode("utf-16"), "1:1 C203"),
        (b'a = "x"\nb = "\xff"\n', "2:1 C203 series.toml is not plain UTF-8 (byte 13)"),
        (b"title = \n", "1:9 C202 this is no TOML: Invalid value"),
        (b"a = 1\na = 2\n", "2:6 C202 this is no TOML: Cannot overwrite a value"),
        (b'a = "x', "1:1 C202 this is no TOML: Unterminated string"),
    ],
)
def test_what_is_no_toml_is_refused_at_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    (found,) = faults(tmp_path, data)
    assert found.startswith(said)


def test_a_folder_without_a_series_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fatal) as fatal:
        load(tmp_path, lambda _: None)
    assert fatal.value.diagnostic.code == "C201"


def test_names_given_twice_and_editions_that_clash(tmp_path: Path) -> None:
    twice = BOOK.replace("book", "other") + BOOK + BOOK
    found = faults(tmp_path, TOML + VOLUME + VOLUME + twice)
    assert [one.split(" ")[1] for one in found] == ["C209", "C209", "C210", "C210"]
    assert "edition book makes the same files as other" in found[2]


def test_a_language_needs_its_title(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, TOML.replace('"en", "ja"', '"en", "ja", "ko"').replace(
        "海峡監視", '海峡監視", ko = "감시'
    ))  # fmt: skip
    assert "C205 title.ko is missing" in found


def test_keys_are_found_below_arrays_in_tables_and_behind_strings() -> None:
    text = '[[a]]\nb = """\nc = 1\n"""\n[[a]]\n[a.d]\ne = 1\nf = { g = 1, h = 2 }\n["x y"]\nz = 1\n'
    known = lines.spots(text)
    assert known[("a", 0, "b")] == (2, 1)
    assert ("a", 0, "c") not in known
    assert known[("a", 1, "d", "e")] == (7, 1)
    assert known[("x y", "z")] == (10, 1)
    assert lines.spot(("a", 1, "d", "f", "h"), text, known) == (8, 14)
    assert lines.spot(("nowhere",), text, known) == (1, 1)


def test_the_published_schema_is_that_of_the_models() -> None:
    assert schema.FILE.read_text("utf-8") == schema.text(), "watchpress build --schema prints it"


def test_the_sample_points_to_the_schema() -> None:
    first = (ROOT / "reports" / "series.toml").read_text("utf-8").splitlines()[0]
    assert first.startswith("#:schema ")
    assert (ROOT / "reports" / first.split()[1]).resolve() == schema.FILE.resolve()


def test_every_key_is_described() -> None:
    whole = schema.schema()
    tables = [whole, *whole["$defs"].values()]
    bare = [
        key
        for table in tables
        for key, node in table.get("properties", {}).items()
        if "description" not in node and "$ref" not in node
    ]
    assert bare == []


def test_the_languages_of_series_toml_are_those_we_speak() -> None:
    assert set(json.loads(schema.text())["properties"]["languages"]["items"]["enum"]) == set(
        LANGUAGES
    )


def test_no_other_command_pays_for_the_models() -> None:
    code = (
        "import sys, watchpress.cli.main, watchpress.cli.series; print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# -- the copy on disk -----------------------------------------------------------------------------


def test_copy_is_found_by_number_and_language(tmp_path: Path) -> None:
    series = home(tmp_path, TOML, en_031=english(31), ja_031=japanese(31), en_007=english(7))
    found: list[Diagnostic] = []
    copies = reading.copies(series, found.append)
    assert [copy.key for copy in copies] == [(7, "en"), (31, "en"), (31, "ja")]
    assert copies[0].source == Source(tmp_path / "reports/en/007.txt", "en", 7)
    assert found == []


def test_files_that_are_no_reports_are_told_of_and_left_out(tmp_path: Path) -> None:
    series = home(tmp_path, TOML, en_031=english(31), en_notes="x", ko_031="x", en_0="x")
    put(tmp_path, "en/031.xml", "<article/>")
    put(tmp_path, "en/.hidden.txt", "x")
    put(tmp_path, "en/031.txt~", "x")
    found: list[Diagnostic] = []
    copies = reading.copies(series, found.append)
    assert [copy.source.path.name for copy in copies] == ["031.txt"]
    told = {(one.code, Path(one.place.file).relative_to(series.folder).as_posix()) for one in found}
    assert told == {
        ("C218", "en/031.xml"), ("C219", "en/0.txt"), ("C219", "ko/031.txt"),
        ("C219", "en/notes.txt"),
    }  # fmt: skip


def test_what_the_copy_lost_is_said_by_series_toml(tmp_path: Path) -> None:
    given = """
    [[reports]]
    file = "en/found.txt"
    number = 32
    date = 2021-07-01
    headline = "The Quay"
    series = "Watch Letter"
    running = "Quay"
    [[reports]]
    file = "en/lost.txt"
    """
    series = home(tmp_path, TOML + given, en_found=english(31))
    found: list[Diagnostic] = []
    (copy,) = reading.copies(series, found.append)
    day = datetime.date(2021, 7, 1)
    path = tmp_path / "reports/en/found.txt"
    assert copy.source == Source(path, "en", 32, day, "The Quay", "Watch Letter", "Quay")
    assert [(one.code, one.place.line) for one in found] == [("C215", 14)]


def test_file_and_copy_must_agree(tmp_path: Path) -> None:
    series = home(tmp_path, TOML, en_031=english(32), en_033=japanese(33), ja_034=japanese(34))
    found: list[str] = []
    for copy in reading.copies(series, lambda _: None):
        heard: list[Diagnostic] = []
        report = single.report(copy.source, heard.append).report
        told = [told for one in heard if (told := reading.heard(copy, one))]
        reading.check(copy, report, told.append)
        found += [f"{copy.key} {one.code}" for one in told]
    assert found == ["(31, 'en') C213", "(33, 'en') C214"]


def test_a_number_that_series_toml_gives_needs_no_agreement(tmp_path: Path) -> None:
    given = '[[reports]]\nfile = "en/031.txt"\nnumber = 31\n'
    series = home(tmp_path, TOML + given, en_031=english(32))
    (copy,) = reading.copies(series, lambda _: None)
    heard: list[Diagnostic] = []
    report = single.report(copy.source, heard.append).report
    assert [one.code for one in heard] == ["R109"]
    assert reading.heard(copy, heard[0]) is None
    reading.check(copy, report, lambda finding: pytest.fail(str(finding)))


# -- volumes --------------------------------------------------------------------------------------

YEARS = {
    "en_030": english(30, "December 31, 2020"),
    "ja_030": japanese(30, "2021年1月4日"),
    "en_032": english(32, "March 1, 2021"),
    "en_031": english(31, "May 1, 2021"),
    "ja_031": japanese(31, "2021年5月2日"),
    "ja_033": japanese(33, "2021年9月9日"),
}


def test_a_volume_goes_by_issue_dates_of_originals(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + VOLUME + BOOK, **YEARS)
    volume = select.volume(series, series.config.editions[0], reports(series), 0)
    assert [entry.number for entry in volume.entries] == [32, 31, 33]
    assert volume.entries[0].editions["ja"] is None
    assert volume.entries[2].editions["en"] is None
    assert volume.book.title == {"en": "Watch Report 2021", "ja": "監視報告 2021"}


def test_a_volume_goes_by_numbers_where_they_are_given(tmp_path: Path) -> None:
    bound = VOLUME.replace("year = 2021", 'first = 30\nlast = 32\norder = "number"')
    series = home(tmp_path, TOML + bound + BOOK + 'languages = ["ja"]', **YEARS)
    volume = select.volume(series, series.config.editions[0], reports(series), 0)
    assert [entry.number for entry in volume.entries] == [30, 31]
    assert volume.languages == ("ja",)


def test_a_volume_without_reports_is_a_fault(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + VOLUME.replace("year = 2021", "year = 1999") + BOOK, **YEARS)
    with pytest.raises(Fatal) as fatal:
        select.volume(series, series.config.editions[0], reports(series), 0)
    assert (fatal.value.diagnostic.code, fatal.value.status) == ("C212", 2)
    assert fatal.value.diagnostic.place.line == 6


def test_all_that_series_toml_says_is_in_the_volume(tmp_path: Path) -> None:
    series = load(ROOT, lambda _: None)
    bound = next(one for one in series.config.volumes)
    book = select.book(series.config, bound)
    assert book.issn and book.isbn and book.people and book.printings
    assert {person.role for person in book.people} >= {"author", "translator", "editor"}
    assert any(
        term.kind == "place" and "ja" in term.readings for term in select.terms(series.config)
    )


# -- waivers and corrections ----------------------------------------------------------------------

WAIVER = """
[[waivers]]
code = "N104"
report = 31
lang = "en"
quote = "The boats wait"
reason = "called twice on purpose"
"""


def test_a_waiver_drops_the_findings_it_quotes_and_no_others(tmp_path: Path) -> None:
    copy = english(31, words="The boats wait [1]. The boats wait [1].\nThey go [1].")
    series = home(tmp_path, TOML + WAIVER, en_031=copy, en_032=copy.replace("31", "32"))
    found: list[Diagnostic] = []
    files = {}
    for one in reading.copies(series, lambda _: None):
        single.report(one.source, found.append)
        files[one.source.name] = one.key
    waivers = Waivers(series, files)
    kept = waivers.kept(found)
    assert [one.code for one in found] == ["N104"] * 4
    assert [(files[one.place.file][0], one.place.line) for one in kept] == [
        (31, 4), (32, 3), (32, 4),
    ]  # fmt: skip
    assert list(waivers.unused()) == []


def test_a_waiver_that_drops_nothing_is_a_finding(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + WAIVER)
    (finding,) = Waivers(series, {}).unused()
    assert (finding.code, finding.place.line) == ("C217", 10)


def test_a_waiver_without_a_reason_is_none(tmp_path: Path) -> None:
    found = faults(tmp_path, TOML + WAIVER.replace("called twice on purpose", ""))
    assert found == ["11:1 C208 waivers[1].reason:  has not the form length ≥ 1"]


def test_a_correction_must_quote_the_report(tmp_path: Path) -> None:
    erratum = '[[corrections]]\nnumber = 31\nlang = "en"\nprinted = "{}"\nread = "x"\n'
    toml = TOML + erratum.format("boats wait") + erratum.format("boots wait")
    series = home(tmp_path, toml, en_031=english(31))
    (finding,) = corrections(series, reports(series), partly=False)
    assert (finding.code, finding.place.line) == ("C216", 13)
    assert select.errata(series.config, {31}, ["en"])[0].printed == "boats wait"
    assert select.errata(series.config, {32}, ["en"]) == ()


def test_config_is_toml_as_tomllib_reads_it() -> None:
    raw = tomllib.loads((ROOT / "reports" / "series.toml").read_text("utf-8"))
    model = models.model(config.Config).model_validate(raw)
    assert model.model_dump(by_alias=True, exclude_unset=True) == raw
    made = values.config(raw)
    assert made is not None and asdict(made) == model.model_dump()


def test_each_limit_of_the_layout_may_be_set() -> None:
    table = config.Limits()
    assert table.plain == galley.LIMITS
    assert {one.name for one in fields(config.Limits)} == {
        one.name for one in fields(galley.LIMITS)
    }


def test_a_series_is_found_from_inside_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From its home, from reports/ and from the folder of a language it is one and the same."""
    home(tmp_path / "books", TOML, en_031=english(31))
    (tmp_path / "032.txt").write_text("", "utf-8")
    root = (tmp_path / "books").resolve()
    for inside, path in ((".", "reports/en/031.txt"), ("reports", "en/031.txt"),
                         ("reports/en", "031.txt")):  # fmt: skip
        monkeypatch.chdir(root / inside)
        found = home_of(Path(path))
        assert found is not None
        assert found.resolve() == root, inside
        assert load(found, lambda _: None).home.resolve() == root, inside
        assert home_of(root / "reports" / "en" / "031.txt") == root
    monkeypatch.chdir(root)
    assert home_of(Path("../032.txt")) is None
    monkeypatch.chdir(root / "reports")
    assert load(Path(), lambda _: None).home.resolve() == root
