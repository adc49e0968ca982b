"""The runner of GitHub Actions in small: a composite action's own steps, one after the other.

Steps that use other actions are not run, only listed; all else is as the documentation has it
("Metadata syntax for GitHub Actions", "Workflow commands for GitHub Actions").
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # what `shell: bash` stands for


def read(path: Path) -> Any:
    """Return what a YAML file says."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


@dataclass
class Job:
    """A job that uses the action in `folder`: its inputs, and what came of it.

    `status`: exit status of the step that failed, else 0. `said`: standard output of all steps.
    `outputs`: those of the action; `used`: what each step gives to another action, by its name.
    """

    folder: Path
    workspace: Path
    inputs: Mapping[str, str]
    status: int = 0
    said: str = ""
    errors: str = ""
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)

    def run(self, temp: Path, first: Path | None = None) -> Job:
        """Run the steps; `temp`: a new folder of the runner; `first`: how its path begins."""
        self.path = [str(one) for one in (first, Path(sys.executable).parent) if one]
        action = read(self.folder / "action.yml")
        given = {name: str(one["default"]) for name, one in action["inputs"].items()}
        for name, value in {**given, **self.inputs}.items():
            assert name in given, f"the action has no input {name}"
            self.known[f"inputs.{name}"] = value
        temp.mkdir()
        for count, step in enumerate(action["runs"]["steps"]):
            if self._wanted(str(step.get("if", ""))):
                self._step(step, temp, count)
        return self

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the action."""
        wanted = read(self.folder / "action.yml")["outputs"]
        return {name: self._filled(one["value"]) for name, one in wanted.items()}

    def _wanted(self, condition: str) -> bool:
        terms = [term.strip() for term in condition.split("&&") if term.strip()]
        always = "always()" in terms
        return (always or self.status == 0) and all(
            self._true(term) for term in terms if term != "always()"
        )

    def _true(self, term: str) -> bool:
        name, sign, value = re.fullmatch(r"([\w.-]+) (==|!=) '(.*)'", term).groups()  # type: ignore[union-attr]
        return (self.known.get(name, "") == value) == (sign == "==")

    def _filled(self, text: Any) -> str:
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda m: self.known.get(m[1], ""), str(text))

    def _step(self, step: Mapping[str, Any], temp: Path, count: int) -> None:
        if "uses" in step:
            given = {name: self._filled(value) for name, value in step.get("with", {}).items()}
            self.used[step["name"]] = given
            return
        assert step["shell"] == "bash"
        output = temp / f"output-{count}"
        output.touch()
        script = temp / f"step-{count}.sh"
        script.write_text(self._filled(step["run"]), "utf-8")
        environment = {
            **os.environ,
            "PATH": os.pathsep.join([*self.path, os.environ["PATH"]]),
            "GITHUB_ACTION_PATH": str(self.folder),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_PATH": str(temp / "path"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary"),
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(temp),
            **{name: self._filled(value) for name, value in step.get("env", {}).items()},
        }
        order = [*SHELL, str(script)]
        done = subprocess.run(
            order, cwd=self.workspace, env=environment, capture_output=True, text=True, check=False
        )
        self.said += done.stdout
        self.errors += done.stderr
        self.status = self.status or done.returncode
        for line in output.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step.get('id', count)}.outputs.{name}"] = value
