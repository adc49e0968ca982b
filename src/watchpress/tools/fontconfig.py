"""Fontconfig: which families the machine itself has, for when the pinned set is absent."""

from __future__ import annotations

import ctypes
from contextlib import suppress

LIBRARY = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")


def has(family: str) -> bool:
    """Return whether the machine has a font of `family`, by exactly this name.

    False also where Fontconfig is missing. `FcFontMatch` always answers with some font, so its
    answer is compared with what was asked for.
    """
    library = _load()
    if library is None:
        return False
    pattern = library.FcNameParse(family.replace("-", "\\-").encode())
    library.FcConfigSubstitute(None, pattern, 0)
    library.FcDefaultSubstitute(pattern)
    match = library.FcFontMatch(None, pattern, ctypes.byref(ctypes.c_int()))
    names = _families(library, match) if match else ()
    library.FcPatternDestroy(pattern)
    if match:
        library.FcPatternDestroy(match)
    return family in names


def _families(library: ctypes.CDLL, match: int) -> tuple[str, ...]:
    """Return every family name that a font goes by (one a language, for the most part)."""
    names: list[str] = []
    text = ctypes.c_char_p()
    while library.FcPatternGetString(match, b"family", len(names), ctypes.byref(text)) == 0:
        names.append((text.value or b"").decode("utf-8", "replace"))
    return tuple(names)


def _load() -> ctypes.CDLL | None:
    """Return the library with its signatures set, None where it is missing."""
    for name in LIBRARY:
        with suppress(OSError):
            library = ctypes.CDLL(name)
            pointer = ctypes.c_void_p
            library.FcNameParse.restype = pointer
            library.FcFontMatch.restype = pointer
            library.FcFontMatch.argtypes = [pointer, pointer, pointer]
            library.FcConfigSubstitute.argtypes = [pointer, pointer, ctypes.c_int]
            library.FcDefaultSubstitute.argtypes = [pointer]
            library.FcPatternDestroy.argtypes = [pointer]
            library.FcPatternGetString.argtypes = [pointer, ctypes.c_char_p, ctypes.c_int, pointer]
            library.FcInitReinitialize()  # fonts may have been installed since the last question
            return library
    return None
