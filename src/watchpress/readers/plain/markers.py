"""Note markers: the forms they come in, and which of the bracketed numbers of a copy they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from watchpress.model.ledger import value

# What stands between the brackets: an optional word for "note" and a number of up to three digits
# (four are a year). Round brackets need the word: `(1) ... (2) ...` is a list, in every language.
_WORD: Final = r"(?:注|註|脚注|주|각주|note|fn)[.:：]?\s?"
_NUMBER: Final = r"[0-9０-９]{1,3}"
_ANY: Final = re.compile(
    rf"\[(?P<square>(?:{_WORD})?{_NUMBER})\]"
    rf"|［(?P<wide>(?:{_WORD})?{_NUMBER})］"
    rf"|【(?P<lens>(?:{_WORD})?{_NUMBER})】"
    rf"|〔(?P<shell>(?:{_WORD})?{_NUMBER})〕"
    rf"|[(（](?P<round>{_WORD}{_NUMBER})[)）]",
    re.IGNORECASE,
)
# [1, 2] and [3-5]: one bracket for several notes. Not taken apart: told, and left as printed.
COMPOUND: Final = re.compile(
    rf"[\[［【〔](?:{_WORD})?{_NUMBER}(?:\s?[,、，・–〜～~-]\s?{_NUMBER})+[\]］】〕]"
    rf"|[(（]{_WORD}{_NUMBER}(?:\s?[,、，・–〜～~-]\s?{_NUMBER})+[)）]",
    re.IGNORECASE,
)
# A bracket in an address counts as part of it in the host (IPv6) and in the query, or where the
# address goes on behind it; a marker glued to the end of an address stays a marker.
_PLAIN: Final = r"[!#-;=?-Z_a-z~]"
URL: Final = re.compile(
    rf"https?://(?:\[[0-9A-Fa-f:.]+\])?(?:{_PLAIN}"
    r"|\[[^\]\s]*\](?=[A-Za-z0-9_=&/?#%~-]|\.[A-Za-z0-9])|(?<=[?&=])\[[^\]\s]*\])*"
)
# Alone on its line an address may have letters of any script (RFC 3987); in running Japanese text
# nothing would tell where it ends.
_SIGNS: Final = r"\s<>\"、。，．「」『』（）［］【】“”‘’"
_ALONE: Final = re.compile(rf"https?://[^{_SIGNS}]*[^\x00-\x7f{_SIGNS}][^{_SIGNS}]*")
_TRAILING: Final = frozenset(".,;:!?'。、")


@dataclass(frozen=True)
class Mark:
    """A bracketed number: where it stands in its line, its label, and its form (as `[注1]`)."""

    start: int
    end: int
    label: str
    form: str

    @property
    def number(self) -> int:
        """The number the label stands for."""
        return value(self.label)


@dataclass(frozen=True)
class Address:
    """A web address in a line, from `start` to `end`."""

    start: int
    end: int
    url: str


def addresses(text: str) -> Iterator[Address]:
    """Yield the web addresses in `text`, punctuation of the sentence around them left out."""
    whole = _ALONE.fullmatch(text)
    for match in (whole,) if whole else URL.finditer(text):
        url = match[0]
        while url[-1:] in _TRAILING or (url[-1:] == ")" and url.count("(") < url.count(")")):
            url = url[:-1]
        if url.partition("://")[2]:
            yield Address(match.start(), match.start() + len(url), url)


def marks(text: str) -> list[Mark]:
    """Return every bracketed number in `text` that could be a note marker, outside addresses."""
    taken = list(addresses(text))
    return [
        Mark(match.start(), match.end(), match[str(match.lastgroup)], _form(match))
        for match in _ANY.finditer(text)
        if not any(match.start() in range(one.start, one.end) for one in taken)
    ]


def _form(match: re.Match[str]) -> str:
    """Return the form of a marker: its brackets and word, with 1 for the number."""
    one = "１" if re.search("[０-９]", match[0]) else "1"
    return re.sub(_NUMBER, one, match[0])


def leading(text: str) -> Mark | None:
    """Return the marker a line begins with, as the lines of a note list do."""
    match = _ANY.match(text)
    if match is None:
        return None
    return Mark(0, match.end(), match[str(match.lastgroup)], _form(match))
