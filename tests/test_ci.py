"""What others' CI takes from us: the action, the template for GitLab, the hook of pre-commit."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from runner import SHELL, Job, read
from series_homes import EPUBS, TOML, english, home, japanese, put

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github" / "actions" / "watchpress"
GITLAB = ROOT / ".ci" / "watchpress.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
BAD = "The boats wait [1] and wait [2]."
WAIVED = """
[[reports]]
file = "en/031.txt"
date = 2021-06-12

[[waivers]]
code = "N101"
report = 31
lang = "en"
quote = "and wait"
reason = "the note is in another report"
"""


def validated(*order: str | Path) -> int:
    """Return what check-jsonschema ends with."""
    command = [BIN / "check-jsonschema", *order]
    return subprocess.run(command, capture_output=True, check=False).returncode


SCHEMAS = {
    ACTION / "action.yml": ("--builtin-schema", "vendor.github-actions"),
    GITLAB: ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
}


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        (ACTION / "action.yml", "using: composite", "using: shell"),
        (GITLAB, "extends: .watchpress", "extends: {}"),
    ],
    ids=["action", "gitlab"],
)
def test_each_is_valid_by_its_schema(path: Path, good: str, bad: str, tmp_path: Path) -> None:
    assert validated(*SCHEMAS[path], path) == 0
    text = path.read_text("utf-8")
    assert text.count(good) == 1
    (tmp_path / path.name).write_text(text.replace(good, bad), "utf-8")
    assert validated(*SCHEMAS[path], tmp_path / path.name) == 1


# -- GitHub ---------------------------------------------------------------------------------------


def act(folder: Path, **inputs: str) -> Job:
    """Return a job that has used the action, with watchpress as it is installed."""
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return Job(ACTION, folder, {"install": "false", **given}).run(folder / "runner")


def test_the_action_shows_a_defect_at_its_line_and_fails(tmp_path: Path) -> None:
    home(tmp_path / "books", TOML + EPUBS, en_031=english(31, words=BAD))
    job = act(tmp_path, path="books", build="false")
    assert job.status == 1
    (line,) = job.said.splitlines()
    assert line.startswith("::error file=books/reports/en/031.txt,line=3,col=29,title=N101")
    outputs = job.outputs
    assert (outputs["status"], outputs["findings"], outputs["errors"]) == ("1", "1", "1")
    report = Path(outputs["report"])
    names = {"report.html", "findings.json", "findings.sarif", "junit.xml"}
    assert {path.name for path in report.iterdir()} == names
    assert [one["code"] for one in json.loads((report / "findings.json").read_bytes())] == ["N101"]
    assert json.loads((report / "findings.sarif").read_bytes())["version"] == "2.1.0"
    assert etree.parse(report / "junit.xml").getroot().get("failures") == "1"
    assert job.used["Upload the report"] == {"name": "watchpress-report", "path": str(report)}
    assert "Send the findings to code scanning" not in job.used
    said = (tmp_path / "runner" / "summary").read_text("utf-8")
    assert "exit status 1, 1 findings, 1 of them errors" in said


# A watchpress whose check of one format ends as a bug does, and of the others as it has to.
BRITTLE = """#!/bin/sh
case "$*" in
  *--format?sarif*) echo "it broke" >&2; exit 70 ;;
  *--format?json*) printf '[\\n  {\\n    "code": "N101",\\n    "severity": "error"\\n  }\\n]\\n' ;;
  *--format?junit*) echo "<testsuites/>" ;;
esac
"""


def test_a_report_that_fails_fails_the_job_and_is_not_sent(
    tmp_path: Path,
) -> None:
    program = tmp_path / "bin" / "watchpress"
    program.parent.mkdir()
    program.write_text(BRITTLE, "utf-8")
    program.chmod(0o755)
    job = Job(ACTION, tmp_path, {"install": "false", "build": "false", "sarif": "true"})
    job.run(tmp_path / "runner", first=program.parent)
    assert (job.status, job.outputs["status"], job.outputs["findings"]) == (70, "70", "1")
    assert "it broke" in job.errors
    assert (
        "::error title=watchpress::findings.sarif could not be written (exit status 70)" in job.said
    )
    assert "Send the findings to code scanning" not in job.used
    assert {path.name for path in Path(job.outputs["report"]).iterdir()} == {
        "findings.json", "junit.xml",
    }  # fmt: skip


@pytest.mark.slow
def test_the_action_builds_and_is_content(tmp_path: Path) -> None:
    home(tmp_path, TOML + EPUBS, en_031=english(31), ja_031=japanese(31))
    job = act(tmp_path, sarif="true", report="")
    assert (job.status, job.said.count("::"), job.outputs["findings"]) == (0, 0, "0"), job.errors
    assert sorted(path.name for path in (tmp_path / "dist").glob("*.epub")) == [
        "031.en.epub", "031.ja.epub",
    ]  # fmt: skip
    assert "Upload the report" not in job.used
    sent = job.used["Send the findings to code scanning"]["sarif_file"]
    assert json.loads(Path(sent).read_bytes())["runs"][0]["results"] == []


@pytest.mark.slow
def test_the_action_takes_a_baseline_and_a_limit(tmp_path: Path) -> None:
    home(tmp_path, TOML + EPUBS, en_031=english(31, words=BAD))
    job = act(tmp_path, build="false", fail_on="never")
    assert (job.status, job.outputs["errors"]) == (0, "1")
    known = Path(job.outputs["report"], "findings.json").rename(tmp_path / "known.json")
    (tmp_path / "runner").rename(tmp_path / "before")
    job = act(tmp_path, build="false", baseline=known.name)
    assert (job.status, job.said, job.outputs["findings"]) == (0, "", "0")


@pytest.mark.slow
def test_a_build_that_fails_fails_the_job_with_its_status(tmp_path: Path) -> None:
    home(tmp_path, TOML + EPUBS, en_031=english(31))
    (tmp_path / "dist").write_text("no folder", "utf-8")
    job = act(tmp_path)
    assert (job.status, job.outputs["status"]) == (6, "6")
    assert "Upload the report" in job.used


def test_the_action_installs_on_request_alone_and_pins_what_it_uses() -> None:
    action = read(ACTION / "action.yml")
    steps = action["runs"]["steps"]
    uses = [step["uses"] for step in steps if "uses" in step]
    assert all(re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", one) for one in uses)
    installing = {step["name"] for step in steps if "inputs.install ==" in step.get("if", "")}
    assert installing == {"Set up Python", "Cache packages and fonts", "Install"}
    for name in re.findall(r"\$GITHUB_ACTION_PATH/([\w.]+\.sh)", str(steps)):
        assert (ACTION / name).is_file()


def test_the_versions_to_install_are_those_of_the_lock(tmp_path: Path) -> None:
    """The line of install.sh that takes pins out of the lock, run by itself."""
    text = (ACTION / "install.sh").read_text("utf-8")
    line = next(line.strip() for line in text.splitlines() if "sed -n" in line)
    environment = {**os.environ, "source": str(ROOT), "WHERE": str(tmp_path)}
    subprocess.run([*SHELL, "-c", line], env=environment, check=True)
    pins = (tmp_path / "pins.txt").read_text("utf-8").splitlines()
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert len(pins) == len(re.findall(r"(?m)^[\w.-]+==", lock))
    assert all(re.fullmatch(r"[\w.-]+==[\w.+!-]+", pin) for pin in pins)


# -- GitLab ---------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("words", "status"), [("The boats wait [1].", 0), (BAD, 1)])
def test_the_template_for_gitlab_checks(tmp_path: Path, words: str, status: int) -> None:
    home(tmp_path, TOML + EPUBS, en_031=english(31, words=words))
    job = read(GITLAB)[".watchpress"]
    environment = {
        **os.environ,
        **{name: str(value) for name, value in job["variables"].items() if "$" not in str(value)},
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }
    script = "\n".join(job["script"])
    done = subprocess.run(
        [*SHELL, "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == status, done.stderr
    paths = [path.replace("$WATCHPRESS_SERIES", ".") for path in job["artifacts"]["paths"]]
    for path in (*paths, job["artifacts"]["reports"]["junit"]):
        assert (tmp_path / path).exists(), path
    assert etree.parse(tmp_path / "watchpress.xml").getroot().get("failures") == str(status)


# -- pre-commit -----------------------------------------------------------------------------------


def hook(folder: Path, *names: str) -> tuple[int, str]:
    """Run the hook as pre-commit does: the entry, and behind it the files that it asks for."""
    (one,) = read(HOOKS)
    wanted = [name for name in names if re.search(one["files"], name)]
    assert wanted, "pre-commit would not run the hook at all"
    command, *order = shlex.split(one["entry"])
    done = subprocess.run(
        [BIN / command, *order, *one.get("args", []), *wanted],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_the_hook_knows_the_series_that_copy_is_of(tmp_path: Path) -> None:
    undated = english(31, "", BAD)
    home(tmp_path, TOML + EPUBS + WAIVED, en_031=undated)
    put(tmp_path, "ja/032.txt", japanese(32, words="船は待つ［1］。船は待つ［2］。"))
    assert hook(tmp_path, "reports/series.toml", "reports/en/031.txt") == (0, "")
    status, said = hook(tmp_path, "reports/en/031.txt", "reports/ja/032.txt")
    assert (status, said.split(": ")[0]) == (1, "reports/ja/032.txt:3:13")
    assert said.count("N101") == 1


def test_the_hook_checks_copy_that_is_of_no_series(tmp_path: Path) -> None:
    put(tmp_path, "en/031.txt", english(31))
    put(tmp_path, "en/032.txt", english(32, words=BAD))
    assert hook(tmp_path, "reports/en/031.txt") == (0, "")
    status, said = hook(tmp_path, "reports/en/031.txt", "reports/en/032.txt")
    assert (status, said.split(": ")[0]) == (1, "reports/en/032.txt:3:29")


def test_the_hook_wants_all_copy_of_the_sample_and_nothing_else() -> None:
    (one,) = read(HOOKS)
    assert set(one) >= {"id", "name", "entry", "language", "files"}
    names = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "reports").rglob("*")
        if path.is_file()
    ]
    wanted = {name for name in names if re.search(one["files"], name)}
    assert wanted == {name for name in names if name.endswith(".txt")}
