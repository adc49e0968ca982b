"""Put a mutant in the place of a room while the program runs: its functions, its constants.

Functions keep who they are and get other code, so that all who have imported them run it;
constants are exchanged wherever they stand under their name.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper, cached_property
from types import FunctionType, ModuleType
from typing import Any


def swap(module: ModuleType, tree: ast.Module) -> None:
    """Make `module` what `tree` says. Only for a process that ends after it."""
    fresh: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(tree, str(module.__file__), "exec"), fresh)
    for name, old in list(vars(module).items()):
        new = fresh.get(name)
        if getattr(old, "__module__", None) == module.__name__ and not name.startswith("__"):
            _function(old, new)
            if isinstance(old, type) and isinstance(new, type):
                _class(old, new)
        elif _other(old, new):
            _constant(name, old, new)
    forget()


def forget() -> None:
    """Empty the caches of the program's functions: what they keep is of an earlier test."""
    for one in _rooms():
        for value in list(vars(one).values()):
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


def _rooms() -> Iterator[ModuleType]:
    yield from (one for name, one in list(sys.modules.items()) if name.startswith("watchpress"))


def _function(old: Any, new: Any) -> None:
    old, new = getattr(old, "__wrapped__", old), getattr(new, "__wrapped__", new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _class(old: type, new: type) -> None:
    for name, method in vars(old).items():
        other = vars(new).get(name)
        if isinstance(method, property) and isinstance(other, property):
            _function(method.fget, other.fget)
        elif isinstance(method, cached_property) and isinstance(other, cached_property):
            _function(method.func, other.func)
        elif isinstance(method, staticmethod | classmethod):
            _function(method.__func__, getattr(other, "__func__", None))
        else:
            _function(method, other)


def _other(old: Any, new: Any) -> bool:
    if isinstance(old, ModuleType | type | FunctionType) or type(old) is not type(new):
        return False
    return bool(old != new)


def _constant(name: str, old: Any, new: Any) -> None:
    for one in list(sys.modules.values()):
        if one is not None and vars(one).get(name) is old:
            setattr(one, name, new)
