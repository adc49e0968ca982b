"""Reports grown from bytes: each byte is a choice, so that whatever is fed in is a valid report."""

# ruff: noqa: E501 - words are easier to read side by side

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from hostile.rows import copy
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic
from watchpress.model.tree import AS, AT, STATE, Element, parse, serialize
from watchpress.readers.plain import reader

_WORDS: Final = (
    "The boats wait. ", "see note ", "See notes ", " and ", ", ", "notes ", "note ", " above", "cf. n. ",
    "supra note ", "as cited in note ", " of the Agreement", "注", "前掲", "参照", "、", "と", "の", "号の",
    "同書、", "に同じ", "（", "）", "(", ")", "주 ", "앞의 ", " 참조", "와 ", "번을 ", "31호의 ", "[", "]", "［",
    "］", "-", "–", "〜", "1", "2", "3", "7", "12", "07", "１", "２", "999", "1000", "0", " ", "\n", ".",
)  # fmt: skip
_LABELS: Final = (
    "1", "2", "3", "4", "7", "12", "07", "１", "２", "注3", "각주:7", "note 2", "999", "0", "1000",
)  # fmt: skip
_STATES: Final = (None, "ok", "missing", "repeated", "out-of-order")
_MOST: Final = 4000  # bytes that are taken


@cache
def _base() -> bytes:
    """Return a report as the reader leaves it, without a body or notes of its own."""
    said: list[Diagnostic] = []
    made = reader.read(Source(Path("031.txt")), said.append, copy().encode()).report
    return serialize(made)


@dataclass
class _Choices:
    """Bytes as choices; where they end, each choice is the first."""

    data: bytes
    at: int = 0

    def __bool__(self) -> bool:
        return self.at < min(len(self.data), _MOST)

    def one(self, count: int) -> int:
        sign = self.data[self.at] if self else 0
        self.at += 1
        return sign % count


def grown(data: bytes) -> Element:
    """Return a valid report whose calls, notes, mentions are those that the bytes choose."""
    report, choices = parse(_base(), "031.xml"), _Choices(data)
    paragraph, note = report.find("body/p"), report.find("back/fn-group/fn")
    assert paragraph is not None
    assert note is not None
    body, listed = paragraph.getparent(), note.getparent()
    assert body is not None
    assert listed is not None
    listed.remove(note)
    paragraph[:] = []
    paragraph.text = "It waits."
    line, ids = 3, 1
    while choices:
        line, ids = line + 1, ids + 1
        kind = choices.one(8)
        if kind < 3:
            body.append(_paragraph(choices, line, ids))
        elif kind == 3:
            quote = etree.SubElement(body, "disp-quote", {"id": f"wr031-en-q{ids}"})
            quote.set(AT, f"{line}:1")
            quote.append(_paragraph(choices, line, ids))
        else:
            listed.append(_note(choices, line, ids))
    if not len(listed):
        listed.append(_note(choices, line + 1, ids + 1))
    return report


def _paragraph(choices: _Choices, line: int, ids: int, deep: int = 0) -> Element:
    made = etree.Element("p") if deep else etree.Element("p", {"id": f"wr031-en-p{ids:02}"})
    made.set(AT, f"{line}:1")
    into: Element = made
    if deep and choices.one(2):  # a source: JATS has no xref in it
        into = etree.SubElement(made, "mixed-citation")
    last: Element | None = None
    for place in range(1 + choices.one(12)):
        if place and not choices:
            break
        kind = choices.one(4)
        if kind == 0 and not deep:
            last = _call(choices, line, f"wr031-en-p{ids:02}-r{place}")
            into.append(last)
        elif kind == 1 and place:
            last = etree.SubElement(into, "italic")
            last.text = _WORDS[choices.one(len(_WORDS))]
        else:
            word = _WORDS[choices.one(len(_WORDS))]
            if last is None:
                into.text = (into.text or "") + word
            else:
                last.tail = (last.tail or "") + word
    return made


def _call(choices: _Choices, line: int, name: str) -> Element:
    made = etree.Element("xref", {"ref-type": "fn", "id": name})
    made.text = _LABELS[choices.one(len(_LABELS))]
    made.set(AT, f"{line}:{1 + choices.one(200)}")
    made.set(AS, f"[{made.text}]")
    _state(made, choices)
    return made


def _note(choices: _Choices, line: int, ids: int) -> Element:
    made = etree.Element("fn", {"fn-type": "other", "id": f"wr031-en-fn{ids}"})
    made.set(AT, f"{line}:1")
    _state(made, choices)
    label = etree.SubElement(made, "label")
    label.set(AT, f"{line}:1")
    label.text = _LABELS[choices.one(len(_LABELS))]
    label.set(AS, f"[{label.text}]")
    for _ in range(1 + choices.one(2)):
        made.append(_paragraph(choices, line, ids, deep=1))
    return made


def _state(made: Element, choices: _Choices) -> None:
    state = _STATES[choices.one(len(_STATES))]
    if state is not None:
        made.set(STATE, state)
