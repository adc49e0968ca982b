"""The README against reality: each command, option, status and code it names is there, and back."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from literate import run
from watchpress.cli.main import cli
from watchpress.diagnostic import codes

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def table() -> str:
    """Return the table of codes as the README should have it."""
    rows = ["| code | name | severity | says |", "|---|---|---|---|"]
    for code, entry in sorted(codes().items()):
        words = entry["en"]["words"].replace("|", "\\|")
        rows.append(f"| {code} | {entry['name']} | {entry['severity']} | {words} |")
    return "\n".join(rows)


def test_the_table_of_codes_is_the_list_of_codes(pytestconfig: pytest.Config) -> None:
    new = re.sub(
        "(?s)<!-- codes -->.*<!-- /codes -->",
        lambda _: f"<!-- codes -->\n{table()}\n<!-- /codes -->",
        README,
    )
    if pytestconfig.getoption("--accept"):
        (ROOT / "README.md").write_text(new, "utf-8")
        return
    assert new == README, "run pytest tests/test_readme.py --accept"


def test_it_opens_with_the_two_commands() -> None:
    lines = [line.strip() for line in README.splitlines() if line.strip()]
    assert lines[1].startswith("make demo")
    assert lines[2].startswith("make test")


def test_the_finding_it_shows_is_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = (ROOT / "reports" / "en" / "041.txt").read_text("utf-8")
    (tmp_path / "reports" / "en").mkdir(parents=True)
    (tmp_path / "reports" / "en" / "041.txt").write_text(
        re.sub(r"(?m)^\[7\] .*\n", "", copy), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    _, said = run(["read", "reports/en/041.txt", "-o", "041.xml", "-q"])
    shown = re.search(r"(?m)^    reports/en/041.txt:\d+:\d+: error N101 .*(?:\n    .*)+", README)
    assert shown is not None
    assert said.strip() == "\n".join(line[4:] for line in shown[0].splitlines()).strip()


def test_the_commands_are_those_of_the_command_line() -> None:
    listed = set(re.findall(r"(?m)^\| `watchpress (\w+)", README))
    assert listed == set(cli.commands)


def test_the_options_are_those_of_the_command_line() -> None:
    section = README[README.index("## Commands") : README.index("| exit status")]
    listed = set(re.findall(r"(--[a-z][a-z-]+)", section))
    known = {
        name
        for command in cli.commands.values()
        for param in command.params
        if isinstance(param, click.Option)
        for name in (*param.opts, *param.secondary_opts)
        if name.startswith("--")
    }
    assert listed <= known
    small = {"--output", "--quiet", "--verbose", "--no-color", "--proof"}
    assert known - listed <= small, "the README leaves out an option"


def test_each_option_is_listed_with_the_commands_that_have_it() -> None:
    listed: dict[str, set[str]] = {}
    for names, words in re.findall(r"(?m)^\| ((?:`-[\w-]+`(?:, )?)+) \| ([\w, ]+) \|", README):
        commands = set(re.findall(r"\w+", words)) & set(cli.commands)
        for name in re.findall(r"`([\w-]+)`", names):
            listed[name] = listed.get(name, set()) | commands
    assert {"-C", "--format", "--fail-on", "--timeout", "--memory"} <= set(listed)
    for name, commands in listed.items():
        having = {
            word
            for word, command in cli.commands.items()
            if any(name in (*param.opts, *param.secondary_opts) for param in command.params)
        }
        assert commands == having, name


def test_every_room_of_the_picture_is_there() -> None:
    picture = README[README.index("    8  cli") : README.index("Data goes up")]
    floors = re.findall(r"(?m)^    \d  ([\w| ]+?)(?:  |\s\(|$)", picture)
    rooms = {room.strip() for floor in floors for room in floor.split("|")}
    house = ROOT / "src" / "watchpress"
    there = {path.stem for path in house.iterdir() if not path.stem.startswith("__")} - {
        "codes", "fonts", "py", "series.schema",
    }  # fmt: skip
    assert rooms == there


def test_every_file_it_names_is_there() -> None:
    for name in re.findall(r"`((?:tests|styles|backends|tools|model)/[\w./]*)`", README):
        assert (ROOT / name).exists() or (ROOT / "src" / "watchpress" / name).exists(), name


def test_every_target_it_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text("utf-8")))
    assert set(re.findall(r"make (demo|test|bench)", README)) <= targets


def test_the_changelog_has_an_unreleased_part() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
