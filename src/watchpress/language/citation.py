"""How a report in a volume is cited, in the manner of each language.

English: Chicago Manual of Style (a chapter of a book). Japanese: SIST 02, with its brackets.
Korean: the brackets of its journals, 「」 for what stands in a book and 『』 for the book.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from watchpress.language.words import ENGLISH, JAPANESE, KOREAN, Words, words

# Quotation marks within quotation marks are of the other kind.
_INNER: Final[Mapping[str, dict[int, int]]] = {
    ENGLISH.tag: str.maketrans("“”", "‘’"),
    JAPANESE.tag: str.maketrans("「」", "『』"),
    KOREAN.tag: str.maketrans("「」", "〈〉"),
}


@dataclass(frozen=True)
class Cited:
    """What a citation names; texts in its language, "" for what is not known.

    `pages`: the labels of the pages in their order.
    """

    authors: Sequence[str]
    headline: str
    series: str
    number: int
    volume: str
    year: str
    publisher: str
    pages: Sequence[str]


def citation(tag: str, cited: Cited) -> str:
    """Return the line that cites a report of a volume; KeyError for a language we do not speak."""
    speech = words(tag)
    number = speech.label("number", n=cited.number).replace(" ", "\u00a0")
    return _MANNERS[speech.tag](cited, number, speech)


def _english(cited: Cited, number: str, speech: Words) -> str:
    headline = cited.headline.translate(_INNER[speech.tag])
    comma = "" if headline.endswith(("?", "!", "…")) else ","
    inside = ", ".join(filter(None, (cited.publisher, cited.year)))
    parts = [f"{_and(cited.authors, speech)}, "] if cited.authors else []
    parts += [
        f"“{headline}{comma}” ",
        f"{cited.series} {number}".strip(),
        f", in {cited.volume} ({inside}), ",
    ]
    return "".join(parts) + _pages(cited.pages, "p.\u00a0{}.", "pp.\u00a0{}.")


def _japanese(cited: Cited, number: str, speech: Words) -> str:
    headline = cited.headline.translate(_INNER[speech.tag])
    series = f"『{cited.series}』" if cited.series else ""
    where = _pages(cited.pages, "{}ページ", "{}ページ")
    whole = [f"『{cited.volume}』{cited.publisher}", f"{cited.year}年", where]
    return f"{_and(cited.authors, speech)}「{headline}」{series}{number}、{'、'.join(whole)}"


def _korean(cited: Cited, number: str, speech: Words) -> str:
    headline = cited.headline.translate(_INNER[speech.tag])
    series = f"『{cited.series}』 " if cited.series else ""
    where = _pages(cited.pages, "{}쪽", "{}쪽")
    parts = (
        _and(cited.authors, speech), f"「{headline}」", series + number, f"『{cited.volume}』",
        cited.publisher, cited.year, where,
    )  # fmt: skip
    return ", ".join(filter(None, parts))


def _and(names: Sequence[str], speech: Words) -> str:
    if len(names) < 2:
        return "".join(names)
    return speech.label("comma").join(names[:-1]) + speech.label("and") + names[-1]


def _pages(labels: Sequence[str], one: str, several: str) -> str:
    if len(labels) == 1:
        return one.format(labels[0])
    return several.format(f"{labels[0]}–{labels[-1]}")


Manner: TypeAlias = Callable[[Cited, str, Words], str]
_MANNERS: Final[Mapping[str, Manner]] = {
    ENGLISH.tag: _english,
    JAPANESE.tag: _japanese,
    KOREAN.tag: _korean,
}
