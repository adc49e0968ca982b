"""The list of mutants that do the same, and the choice of those that are tried again."""

from __future__ import annotations

import json
from pathlib import Path

from mutants import run


def test_each_mutant_said_to_do_the_same_is_there_and_has_a_reason() -> None:
    keys = {one.key for one in run.everything()}
    same = run.equivalent()
    assert [key for key in same if key not in keys] == []
    assert all(same.values())


def test_those_that_survived_are_tried_again(tmp_path: Path) -> None:
    whole = run.everything()[:3]
    told = [
        {"key": whole[0].key, "line": 1, "verdict": "killed"},
        {"key": whole[1].key, "line": 2, "verdict": "survived"},
        {"key": "readers/plain/gone.py -: 1 -> 2", "line": 3, "verdict": "survived"},
    ]
    (tmp_path / "out.json").write_text(json.dumps(told), "utf-8")
    assert run.survived(tmp_path / "out.json", whole) == [whole[1]]
