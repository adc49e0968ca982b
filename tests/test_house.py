"""The laws of the house, as tests: small rooms, one word each, floors that hold, codes."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from watchpress.diagnostic import SEVERITIES, TONGUES, codes

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "watchpress"
ROOMS = sorted(HOUSE.rglob("*.py"))
TONGUE_TAGS = {"en", "ja", "ko"}
# Who may ask for a language by its name: the language rooms, and those that let a person choose.
MAY_ASK = {"language", "cli", "diagnostic.py"}


def trees() -> dict[Path, ast.Module]:
    return {room: ast.parse(room.read_text("utf-8")) for room in ROOMS}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(HOUSE)))
def test_a_room_is_small_named_in_one_word_and_says_what_it_is_for(room: Path) -> None:
    text = room.read_text("utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 300
    assert room.stem.strip("_").isalpha()
    assert room.stem not in {"utils", "helpers", "common", "core", "base", "manager", "handler"}
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{node.name} is too long"


def test_nine_functions_in_ten_are_under_thirty_lines() -> None:
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )
    assert sizes[len(sizes) // 2] <= 11
    assert sizes[len(sizes) * 9 // 10] < 30


def test_only_the_command_line_prints() -> None:
    for room, tree in trees().items():
        calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        if room.parent.name != "cli":
            assert not calls & {"print", "click.echo", "logging.getLogger"} or (
                room.parts[-3:-1] == ("backends", "pdf") and "print" not in calls
            ), room  # the PDF backend listens to the engine's log


def test_only_language_asks_which_language() -> None:
    for room, tree in trees().items():
        if room.relative_to(HOUSE).parts[0] in MAY_ASK:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                asked = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                assert not asked & TONGUE_TAGS, f"{room}:{node.lineno}"


def test_the_floors_hold(capsys: pytest.CaptureFixture[str]) -> None:
    from importlinter.cli import lint_imports

    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


def used_codes() -> set[str]:
    return set(re.findall(r'"([A-Z]\d{3})"', "".join(room.read_text("utf-8") for room in ROOMS)))


def test_every_code_is_listed_used_and_shown_in_a_case() -> None:
    listed = set(codes())
    assert used_codes() == listed
    cases = "".join(path.read_text("utf-8") for path in ROOT.glob("tests/cases/*.md"))
    shown = set(
        re.findall(r"\b([A-Z]\d{3})\b", "".join(re.findall(r"(?s)```\w+\n(.*?)```", cases)))
    )
    assert listed - shown == set()


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_code_has_its_words_in_every_tongue(code: str) -> None:
    entry = codes()[code]
    assert entry["severity"] in SEVERITIES
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", entry["name"])
    facts = [set(re.findall(r"{(\w+)}", entry[tongue]["words"])) for tongue in TONGUES]
    assert facts[0] == facts[1], "the same facts in every tongue"
    for tongue in TONGUES:
        assert set(entry[tongue]) == {"words", "why", "fix"}
        assert all(entry[tongue][part].strip() for part in entry[tongue])
        assert not entry[tongue]["words"].endswith((".", "。"))
    assert re.search("[\u3041-\u30ff\u4e00-\u9fff]", entry["ja"]["why"])


def test_names_of_codes_are_unique() -> None:
    names = [entry["name"] for entry in codes().values()]
    assert len(names) == len(set(names))


def test_floors_of_dependencies_are_met() -> None:
    from importlib.metadata import version

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for need in project["dependencies"]:
        match = re.match(r"([\w-]+)>=([\d.]+)", need)
        assert match, f"{need} has no floor"
        assert _parts(version(match[1])) >= _parts(match[2]), need


def test_the_floors_of_the_security_page_are_asked_for() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    floors = re.findall(r"(?m)^\| ([\w-]+) \| ([\d.]+) \|", page)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = dict(re.findall(r"([\w-]+)>=([\d.]+)", " ".join(project["dependencies"])))
    lock = (ROOT / "requirements.lock").read_text("utf-8").lower()
    assert len(floors) >= 6
    for name, least in floors:
        wide = (*_parts(asked[name]), 0, 0)
        assert wide[:3] >= (*_parts(least), 0, 0)[:3], name
        (pinned,) = re.findall(rf"(?m)^{name.lower()}==([\d.]+)", lock)
        assert _parts(pinned) >= _parts(least), name


def test_each_room_that_the_security_page_names_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    named = re.findall(r"`((?:tests|hostile|\w+)/[\w./]*)`", page)
    places = (ROOT, ROOT / "tests", ROOT / "src" / "watchpress")
    assert len(named) >= 20
    for name in named:
        assert name == "dist/" or any((place / name).exists() for place in places), name


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
