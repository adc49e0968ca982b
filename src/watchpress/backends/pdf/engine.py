"""WeasyPrint: loaded once, fast, in a version whose private names we know, and kept from printing.

Everything in this family that names WeasyPrint's private parts is imported after `load()` only.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import io
import sys
from collections.abc import Iterator
from functools import cache, partial
from types import ModuleType
from typing import Any, Final

MAJOR: Final = 70  # the version whose private names the rooms of this family know

PANGO: Final = 14400  # as Pango numbers its versions; the oldest that WeasyPrint runs with


class EngineMissing(Exception):
    """The page engine cannot run here: Pango is not installed, or WeasyPrint is another one.

    Its text says what the loader said; how to install it is for `tools` to say.
    """


@cache
def load() -> ModuleType:
    """Return the module weasyprint, imported at the first call; raises EngineMissing.

    The first import takes some 0.2 s, half of what it takes without `swift`.
    """
    # WeasyPrint prints its installation advice to stdout, where a product may go.
    with contextlib.redirect_stdout(io.StringIO()), swift(), deferred():
        try:
            import weasyprint
        except (ImportError, OSError) as fault:
            raise EngineMissing(str(fault)) from fault
    if int(weasyprint.VERSION.split(".")[0]) != MAJOR:
        raise EngineMissing(f"WeasyPrint {weasyprint.VERSION} is installed, {MAJOR}.x is needed")
    from weasyprint.text.ffi import pango  # loads, however old it is, and fails at the first line

    number = pango.pango_version()  # 1.44.7 is 14407
    if number < PANGO:
        found = f"{number // 10000}.{number // 100 % 100}"
        raise EngineMissing(
            f"Pango {found} is installed, {PANGO // 10000}.{PANGO // 100 % 100} is needed"
        )
    _americanize()
    module: ModuleType = weasyprint
    return module


def _americanize() -> None:
    """Hyphenate `en` as American English: pyphen takes the first of its dictionaries, the British.

    "Pres-i-dent, ex-traor-di-nary" instead of "Pres-id-ent, extraordin-ary".
    """
    import pyphen

    pyphen.LANGUAGES["en"] = pyphen.LANGUAGES["en_US"]


@contextlib.contextmanager
def swift() -> Iterator[None]:
    """Keep `ctypes.util.find_library` from running ldconfig, gcc and ld while this lasts.

    cffi asks it for each spelling of a library's name ("libpango-1.0-0", "pango-1.0", ...) before
    WeasyPrint comes to the soname ("libpango-1.0.so.0"), which the system's loader finds by itself.
    On Linux only: elsewhere find_library runs no programs, and may be the only one that knows.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    searching = ctypes.util.find_library
    ctypes.util.find_library = _unknown
    try:
        yield
    finally:
        ctypes.util.find_library = searching


# What WeasyPrint imports for fonts we do not set (variable ones) and machines without HarfBuzz's
# subsetter, and what it takes of it by name: a fifth of the time of its import.
SELDOM: Final = {"fontTools.subset": (), "fontTools.varLib.instancer": ("instantiateVariableFont",)}


class Deferred(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, partial(self._call, function))

    def _call(self, function: str, *args: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(self.__name__), function)(*args, **options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextlib.contextmanager
def deferred() -> Iterator[None]:
    """Let modules that are seldom needed be imported at their first use, not while this lasts."""
    stands = {
        name: Deferred(name, some) for name, some in SELDOM.items() if name not in sys.modules
    }
    sys.modules.update(stands)
    try:
        yield
    finally:
        for name, stand in stands.items():
            if sys.modules.get(name) is stand:
                del sys.modules[name]


def _unknown(name: str) -> str | None:
    """Answer like find_library where it finds nothing."""
    return None
