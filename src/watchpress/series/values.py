"""What series.toml says as tables, where all of it is as it should be; else nothing, and no reason.

Each value is held against the type and the marks of its field, as `models` does it with pydantic:
loading that takes longer than to check a report, and only a file with faults is worth it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from watchpress.series.config import Config

Table = TypeVar("Table")
_UNIONS: Final = (Union, UnionType)


class _Unfit(Exception):
    """A value is not as it should be."""


class _Field(NamedTuple):
    name: str
    form: Any
    needed: bool


def config(raw: Mapping[str, Any]) -> Config | None:
    """Return what tomllib has read of series.toml as tables; None where something is amiss.

    Nothing is believed: every value is looked at, every time.
    """
    try:
        return _table(Config, raw)
    except _Unfit:
        return None


def key(name: str) -> str:
    """Return what the field of a table is called in series.toml."""
    return name.replace("_", "-")


def _table(table: type[Table], raw: object) -> Table:
    known = _fields(cast(Any, table))
    if type(raw) is not dict or not raw.keys() <= known.keys():
        raise _Unfit
    if any(one.needed and key not in raw for key, one in known.items()):
        raise _Unfit
    made = table(**{known[key].name: _value(known[key].form, one) for key, one in raw.items()})
    if amiss(made):
        raise _Unfit
    return made


def amiss(table: object) -> str:
    """Return the form that a table as a whole has not, "" where it is good."""
    return str(table.amiss()) if hasattr(table, "amiss") else ""


@cache
def _fields(table: Any) -> dict[str, _Field]:
    """Return the fields of a table by their keys."""
    return {
        key(one.name): _Field(one.name, one.type, one.default is one.default_factory is MISSING)
        for one in fields(table)
    }


def _value(form: Any, raw: Any) -> Any:
    """Return a value of the form that a field asks for."""
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        made = _value(inner[0], raw)
        if not all(mark.holds(made) for mark in inner[1:]):
            raise _Unfit
        return made
    if origin in _UNIONS:  # with None, which TOML has not
        return _value(inner[0], raw)
    return _several(origin, inner, raw) if origin in (list, dict) else _single(form, raw)


def _several(origin: type, inner: tuple[Any, ...], raw: Any) -> Any:
    given = _fit(raw, type(raw) is origin)
    if origin is list:
        return [_value(inner[0], one) for one in given]
    return {_value(inner[0], key): _value(inner[1], one) for key, one in given.items()}


def _single(form: Any, raw: Any) -> Any:
    """Return a table, or a value of a type of TOML: no other type, but that 1 is 1.0, too."""
    if is_dataclass(form):
        own: Any = form  # the class, never one of its tables
        return _table(own, raw)
    if get_origin(form) is Literal:
        return _fit(raw, type(raw) is str and raw in get_args(form))
    if form is float and type(raw) is int:
        try:
            return float(raw)
        except OverflowError:
            raise _Unfit from None
    return _fit(raw, type(raw) is form)


def _fit(raw: Any, good: bool) -> Any:
    if not good:
        raise _Unfit
    return raw
