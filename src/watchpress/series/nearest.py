"""The nearest of known words to one that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word`; where none is like it, all of them."""
    words = list(known)
    return next(iter(difflib.get_close_matches(word, words, n=1, cutoff=0.5)), ", ".join(words))
