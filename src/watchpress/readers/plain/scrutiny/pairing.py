"""Quotation marks and brackets: opened, closed, and in the right order, paragraph by paragraph.

A quotation may run over several paragraphs: each repeats its opening mark and the last one closes
it, or the first opens and the last closes (Japanese). A ’ is an apostrophe more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from watchpress.readers.plain.lines import Desk, Line
from watchpress.readers.plain.scrutiny.subject import Subject, clear

_PAIRS: Final = {
    "“": "”", "‘": "’", "«": "»", "‹": "›", "„": "”", '"': '"', "「": "」", "『": "』", "〈": "〉",
    "《": "》", "〝": "〟", "｢": "｣", "(": ")", "（": "）", "[": "]", "［": "］", "【": "】",
    "〔": "〕",
}  # fmt: skip
_QUOTES: Final = frozenset('“‘«‹„"「『〈《〝｢')
_CLOSING: Final = frozenset(_PAIRS[sign] for sign in _QUOTES)
_SIGNS: Final = re.compile("[" + re.escape("".join({*_PAIRS, *_PAIRS.values()})) + "]")
# Of two widths, or of two kinds (R212 tells of straight among curly): one closes the other.
_ALSO: Final = {"”": '“„"', '"': '"“'}
_LABEL: Final = (
    r"[:;]-?$|(?:^|[\s、。，,;；:：])"  # a smiley, the sign of a list
    r"(?:[0-9０-９]{1,3}|[A-Za-z]|[ivx]{2,4}|[一二三四五六七八九十]{1,3}|[가나다라마바사])[.．]?$"
)
_CUT: Final = ("tis", "twa", "til", "em ", "n’ ")
DEEPEST: Final = 64  # marks open at once, and faults in a paragraph; beyond that it is no text
LONGEST: Final = 12  # paragraphs that one quotation may run through without closing


class Open(NamedTuple):
    """A mark that is open: where it stands, and itself."""

    line: Line
    at: int
    sign: str


class Fault(NamedTuple):
    """A finding about one mark, told once it is clear that no other paragraph answers for it."""

    code: str
    line: Line
    at: int
    sign: str
    other: str = ""


def inspect(subject: Subject, desk: Desk) -> None:
    """Tell R214 (never closed), R215 (never opened), R216 (crossed), R217 (turned round)."""
    faults = list(_through(subject))
    for line in (*subject.rows, *subject.notes):
        scan = _scanned(line)
        faults += [*scan.faults, *(_unclosed(one) for one in scan.opened)]
    for fault in faults:
        facts = {"other": fault.other} if fault.other else {}
        desk.say(fault.code, fault.line, fault.at, mark=fault.sign, **facts)


def _unclosed(one: Open) -> Fault:
    return Fault("R214", one.line, one.at, one.sign, _PAIRS[one.sign])


# -- from paragraph to paragraph ------------------------------------------------------------------


def _through(subject: Subject) -> Iterator[Fault]:
    """Yield the faults of the body; quotations may go on from one paragraph to the next."""
    carried: Sequence[Open] = ()  # opened in the paragraph before
    waiting: list[tuple[int, Open]] = []  # may still be closed by a later paragraph
    for number, line in enumerate(subject.body):
        first = _repeated(line.text)
        for one in carried:
            if one.sign in first:
                continue
            if one.at == 0 or (not subject.words.spaced and one.sign in _QUOTES):
                waiting.append((number, one))
            else:
                yield _unclosed(one)
        scan = _scanned(line)
        for fault in scan.faults:
            closed = _answer(fault, waiting)
            if closed is None:
                yield fault
            else:
                waiting.remove(closed)
        yield from _never([one for since, one in waiting if number - since >= LONGEST], subject)
        waiting = [entry for entry in waiting if number - entry[0] < LONGEST]
        carried = scan.opened
    yield from _never([*(one for _, one in waiting), *carried], subject)


def _repeated(text: str) -> str:
    """Return the quotation marks that a paragraph begins with."""
    return text[: len(text) - len(text.lstrip("".join(_QUOTES)))]


def _answer(fault: Fault, waiting: Sequence[tuple[int, Open]]) -> tuple[int, Open] | None:
    """Return what a mark closes that nothing in its own paragraph has opened."""
    if fault.code != "R215":
        return None
    return next((entry for entry in reversed(waiting) if _PAIRS[entry[1].sign] == fault.sign), None)


def _never(entries: Sequence[Open], subject: Subject) -> Iterator[Fault]:
    for one in entries:
        if one.at or one.line.number not in subject.introduced:
            yield _unclosed(one)


# -- within one paragraph -------------------------------------------------------------------------


class _Scan:
    """One paragraph under the eye: what is open so far, and the faults."""

    def __init__(self, line: Line) -> None:
        self.line, self.text = line, clear(line)
        self.opened: list[Open] = []
        self.faults: list[Fault] = []

    def meet(self, at: int, sign: str) -> None:
        before, behind = self.text[at - 1 : at], self.text[at + 1 : at + 2]
        if sign in "‘’" and (before.isalpha() or sign == "’") and _latin(behind):
            return  # an apostrophe, or the sign of a Hawaiian or Arabic name
        if sign == "‘" and (behind.isdigit() or self.text[at + 1 : at + 4].lower() in _CUT):
            return  # turned round by a word processor: the ‘90s, ‘tis
        if sign == '"':
            self._straight(at, before)
        elif sign == "“" and self._top() in ("„", "“") and _ends(before, behind):
            if self._top() == "“":
                self._fault("R217", at, sign)
            self.opened.pop()
        elif sign in _PAIRS:
            self.opened.append(Open(self.line, at, sign))
        else:
            self._close(at, sign, before, behind)

    def _straight(self, at: int, before: str) -> None:
        prime = before.isdigit() and ("”" in self.text[at:] or self._top() not in ("“", '"'))
        if not prime and any(one.sign in _ALSO['"'] for one in self.opened):
            self._close(at, '"', before, "")
        elif not prime:
            self.opened.append(Open(self.line, at, '"'))

    def _close(self, at: int, sign: str, before: str, behind: str) -> None:
        depth = next((n for n, one in enumerate(reversed(self.opened)) if _fits(one, sign)), None)
        if depth is None:
            self._surplus(at, sign, before, behind)
            return
        within = self.opened[len(self.opened) - depth :]
        crossed = [one for one in within if self._later(one, at)]
        if sign == "’" and within:
            return  # of a possessive, within brackets of their own
        if crossed:
            self._fault("R216", at, sign, crossed[-1].sign)
        self.faults += [_unclosed(one) for one in within if one not in crossed]
        self.opened[len(self.opened) - depth - 1 :] = crossed

    def _later(self, one: Open, at: int) -> bool:
        """Say whether the rest of the paragraph closes a mark, and not one opened later."""
        end = self.text.find(_PAIRS[one.sign], at + 1)
        again = self.text.find(one.sign, at + 1)
        return end >= 0 and (again < 0 or end <= again)

    def _surplus(self, at: int, sign: str, before: str, behind: str) -> None:
        if sign == "’":
            return
        if self._top() and (self._top() in _QUOTES) == (sign in _CLOSING) and self._alone(at):
            self._fault("R216", at, sign, self.opened.pop().sign)
        elif sign == "”" and (not before or before.isspace()) and behind.isalnum():
            self._fault("R217", at, sign)
            self.opened.append(Open(self.line, at, "“"))
        elif sign not in ")）" or not re.search(_LABEL, self.text[max(0, at - 6) : at]):
            self._fault("R215", at, sign)

    def _alone(self, at: int) -> bool:
        """Say whether what is open has no fellow in the rest of the paragraph."""
        return not self._later(self.opened[-1], at)

    def _top(self) -> str:
        return self.opened[-1].sign if self.opened else ""

    def _fault(self, code: str, at: int, sign: str, other: str = "") -> None:
        self.faults.append(Fault(code, self.line, at, sign, other))


def _scanned(line: Line) -> _Scan:
    scan = _Scan(line)
    for match in _SIGNS.finditer(scan.text):
        scan.meet(match.start(), match[0])
        if max(len(scan.opened), len(scan.faults)) >= DEEPEST:
            break
    return scan


def _latin(sign: str) -> bool:
    """Say whether an apostrophe may stand before a sign: no particle of Korean."""
    return sign.isalnum() and sign < "\u0250"


def _fits(one: Open, sign: str) -> bool:
    return _PAIRS[one.sign] == sign or one.sign in _ALSO.get(sign, "")


def _ends(before: str, behind: str) -> bool:
    """Say whether a mark stands where a quotation ends: behind a word, and before none."""
    return bool(before) and not before.isspace() and not behind.isalnum()
