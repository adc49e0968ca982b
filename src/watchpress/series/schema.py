"""The JSON Schema of series.toml, for editors that complete and check as one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from watchpress.series.config import Config

FILE: Final = Path(__file__).parents[1] / "series.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema as JSON Schema 2020-12."""
    made = Config.model_json_schema(by_alias=True)
    return {"$schema": DIALECT, **made, "title": "series.toml of watchpress"}


def text() -> str:
    """Return the schema as the text that is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
