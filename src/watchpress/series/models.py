"""series.toml held against its form by pydantic: what is wrong with it, and its JSON Schema.

The tables of `config` become models with the same fields. Only this room speaks pydantic: it is
loaded where a file has a fault to be told, or where the schema is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic import Field as Marked
from pydantic_core import PydanticCustomError

from watchpress.series import values
from watchpress.series.config import Config
from watchpress.series.forms import Between, Formed, Like, Long, Mark


class Table(BaseModel):
    """A table of series.toml: no key but the known ones, no value of another type."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        alias_generator=values.key,
        defer_build=True,  # only the whole is ever asked for: it builds its tables
    )


def faults(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return all that is wrong with what tomllib has read, as pydantic tells it; [] for nothing."""
    try:
        model(Config).model_validate(raw)
    except ValidationError as faults:
        return [dict(fault) for fault in faults.errors(include_url=False)]
    return []


def schema() -> dict[str, Any]:
    """Return the form of series.toml as JSON Schema, yet without the words on its keys."""
    return model(Config).model_json_schema(by_alias=True)


@cache
def model(table: Any) -> type[BaseModel]:
    """Return the model of a table of `config`."""
    held: Any = model_validator(mode="after")(_held(table))
    given: dict[str, Any] = {one.name: (_form(one.type), _default(one)) for one in fields(table)}
    return create_model(
        table.__name__,
        __base__=Table,
        __doc__=table.__doc__,
        __validators__={"held": held} if hasattr(table, "amiss") else None,
        **given,
    )


def _held(table: type) -> Any:
    """Return what asks a table if its values go together."""

    def held(self: BaseModel) -> BaseModel:
        lacking = values.amiss(
            table(**{name: getattr(self, name) for name in self.model_fields_set})
        )
        if lacking:
            raise _lacking(lacking)
        return self

    return held


def _default(one: Field[Any]) -> Any:
    if one.default_factory is not MISSING:
        made = one.default_factory()
        own: Any = type(made)
        return model(own)() if is_dataclass(made) else made
    return ... if one.default is MISSING else one.default


def _form(form: Any) -> Any:
    """Return a type in which models stand for tables, and pydantic's marks for ours."""
    own: Any = form
    if is_dataclass(form):
        return model(own)
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        return Annotated[(_form(inner[0]), *map(_mark, inner[1:]))]
    if origin in (list, dict):
        return origin[tuple(map(_form, inner))]
    return _form(inner[0]) | None if type(None) in inner else form


def _mark(mark: Mark) -> Any:
    match mark:
        case Between(least, most):
            return Marked(ge=least, le=most)
        case Long(least):
            return Marked(min_length=least)
        case Like(pattern):
            return Marked(pattern=pattern)
        case Formed(lacking):
            return AfterValidator(_checked(lacking))


def _checked(lacking: Any) -> Any:
    """Return what lets a text pass that lacks no form."""

    def checked(text: str) -> str:
        if form := lacking(text):
            raise _lacking(form)
        return text

    return checked


def _lacking(form: str) -> PydanticCustomError:
    return PydanticCustomError("form", "{form}", {"form": form})
