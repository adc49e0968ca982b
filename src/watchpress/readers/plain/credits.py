"""Credits: who wrote the report, at the end of its last paragraph, below it, or at the top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from watchpress.language.words import Words
from watchpress.readers.plain.lines import Line
from watchpress.readers.plain.markers import marks
from watchpress.readers.plain.names import Person, people
from watchpress.readers.plain.stops import finished

_BRACKETED: Final = re.compile(r"[(（](?P<names>[^()（）\d]{3,160})[)）][.。]?$")
_ROLE: Final = re.compile(
    r"(?:(?:written|reviewed)\s+by\b|by\b|reviewer\s*[:：]|(?:文責|執筆|評者|筆者|文)\s*[:：・]|文責\s"
    r"|(?:글쓴이|글|필자|작성|집필)\s*[:：])\s*",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(r"\b[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{2,}\b")  # a family name in capitals
_WORDS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s[A-ZÀ-ÖØ-Þ][\w.'’-]*){1,2}")
_EDITOR: Final = re.compile(
    r"\b(?:emphasis|translat|added|unofficial|omitted|ibid|original|italics|excerpt)", re.IGNORECASE
)
SINGLE: Final = 5  # most letters of one name alone, family and given name together


@dataclass(frozen=True)
class Credit:
    """The people of a credit, and the stretch of the copy that names them.

    `sure`: a family name in capitals, a word as 文責 or `by`, or a list of names says so; else
    nothing does but where it stands.
    """

    line: Line
    people: tuple[Person, ...]
    sure: bool


def alone(line: Line, words: Words) -> Credit | None:
    """Return the credit a whole line consists of, None where it is something else."""
    role = _ROLE.match(line.text)
    if role is not None and len(line.text) <= 160 and not finished(line.text, words):
        return _credit(line, line.text[role.end() :], words, role=True)
    match = _BRACKETED.fullmatch(line.text)
    return _bracketed(line, match, words) if match else None


def ending(line: Line, words: Words) -> Credit | None:
    """Return the credit at the end of a paragraph: a bracket of names behind a whole sentence."""
    match = _BRACKETED.search(line.text)
    before = line.text[: match.start()].rstrip() if match else ""
    if match is None or not before:
        return None
    found = _bracketed(line.cut(match.start()), match, words)
    if found is None or finished(before, words):
        return found
    # Behind a quotation without a stop a name may be that of its source.
    return found if found.sure and before[-1] in words.quotes.values() else None


def doubtful(line: Line, words: Words) -> Line | None:
    """Return the bracket at the end of a line that looks like a credit and is not taken as one.

    It holds a family name in capitals among other words, or is a line of its own with a name.
    """
    text = line.text
    while text and (last := marks(text[-20:])) and last[-1].end == len(text[-20:]):
        text = text[: -(last[-1].end - last[-1].start)].rstrip()
    start = max(text.rfind("("), text.rfind("（"))
    if start < 0 or not re.search(r"[)）][.。]?$", text):
        return None
    inner = text[start + 1 :].rstrip(".。)）")
    if start and not finished(text[:start], words):
        return None
    several = len(inner.split()) > 1
    whole = not start and _WORDS.fullmatch(inner) and not _EDITOR.search(inner)
    return line.cut(start) if (several and _LEFT.search(inner)) or whole else None


def _bracketed(line: Line, match: re.Match[str], words: Words) -> Credit | None:
    role = _ROLE.match(match["names"])
    names = match["names"][role.end() :] if role else match["names"]
    return _credit(line, names, words, role=role is not None)


def _credit(line: Line, names: str, words: Words, *, role: bool) -> Credit | None:
    found = people(names, words)
    if not found:
        return None
    if role:
        return Credit(line, found, sure=True)
    scripts = {person.script for person in found}
    latin = all(person.sure for person in found) or (scripts == {"capitals"} and len(found) > 1)
    eastern = bool(scripts & {"han", "hangul"}) and scripts <= {"han", "hangul", "kana"}
    if not latin and not eastern:
        return None
    if len(found) == 1 and len(found[0].name) > SINGLE and " " not in found[0].name:
        return None
    several = len(found) > 1 and any(len(person.name) > 2 for person in found)
    return Credit(line, found, sure=all(person.sure for person in found) or (eastern and several))
