"""The JSON Schema of series.toml, for editors that complete and check as one types."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from watchpress.series import config, models
from watchpress.series.config import Config

FILE: Final = Path(__file__).parents[1] / "series.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema as JSON Schema 2020-12."""
    made = models.schema()
    for table, key, words in _described():
        whole = made if table == Config.__name__ else made["$defs"][table]
        node = whole["properties"][key]
        whole["properties"][key] = dict(sorted((node | {"description": words}).items()))
    return {"$schema": DIALECT, **made, "title": "series.toml of watchpress"}


def text() -> str:
    """Return the schema as the text that is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _described() -> Iterator[tuple[str, str, str]]:
    """Yield table, key and description: the string below each field."""
    for table in ast.parse(inspect.getsource(config)).body:
        if isinstance(table, ast.ClassDef):
            for one, other in pairwise(table.body):
                if isinstance(one, ast.AnnAssign) and isinstance(other, ast.Expr):
                    assert isinstance(one.target, ast.Name)
                    key = one.target.id.replace("_", "-")
                    yield table.name, key, inspect.cleandoc(ast.literal_eval(other.value))
