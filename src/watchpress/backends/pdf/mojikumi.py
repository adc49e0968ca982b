"""Mojikumi: the space between the letters of Japanese text, by classes of letters.

The rules are those of JLREQ (Requirements for Japanese Text Layout, W3C Note, 3.1 and 3.2), its
classes cl-01 to cl-30 brought down to those that are set apart here. A mark of punctuation is drawn
on a square of one em, half of which is its own white; two marks in a row share what each has.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Final, NamedTuple


class Kind(IntEnum):
    """The class of a letter."""

    OTHER = 0  # of a script of its own, or a Latin mark: nothing is known of its neighbours
    SQUARE = 1  # ideograph, kana, a full-width letter (cl-09 to cl-11, cl-15, cl-16, cl-19)
    OPEN = 2  # opening bracket (cl-01): its white is before it
    CLOSE = 3  # closing bracket (cl-02), comma (cl-07): its white is behind it
    STOP = 4  # full stop (cl-06): as a comma, but its white is only closed up at the line's end
    MIDDLE = 5  # middle dot, colon (cl-05): a quarter em of white on both sides
    ASK = 6  # question and exclamation mark (cl-04)
    DASH = 7  # dash, ellipsis (cl-08): solid with another of its kind
    LATIN = 8  # Latin letter or number (cl-24, cl-27)
    SPACE = 9  # word space (cl-26)
    CALL = 10  # call of a note (cl-21)
    BLANK = 11  # ideographic space (cl-14)
    NOTHING = 12  # sign of no width


class Gap(NamedTuple):
    """What stands between two letters, in em: added to their widths, taken away, put in.

    `space` is set always (below 0: closed up); by up to `shrink` a tight line is made shorter;
    `stretch` is the share of the gap in what a loose line wants.
    """

    space: float = 0.0
    shrink: float = 0.0
    stretch: float = 0.0


HALF: Final = 0.5
QUARTER: Final = 0.25
GIVE: Final = 0.03  # em by which a gap between squares gives way before a line counts as loose
WIDE: Final = 0.9  # em: what is narrower is set as a Latin letter

OPENING: Final = "「『（〔［｛〈《【〘〖“‘〝｟"
CLOSING: Final = "」』）〕］｝〉》】〙〗”’〟｠、，"
STOPS: Final = "。．"
MIDDLES: Final = "・：；"
ASKS: Final = "？！‼⁇⁈⁉"
DASHES: Final = "—―‒–…‥─━〜～"
_NAMED: Final = {
    sign: kind
    for signs, kind in (
        (OPENING, Kind.OPEN),
        (CLOSING, Kind.CLOSE),
        (STOPS, Kind.STOP),
        (MIDDLES, Kind.MIDDLE),
        (ASKS, Kind.ASK),
        (DASHES, Kind.DASH),
        (" \u00a0", Kind.SPACE),
        ("\u3000", Kind.BLANK),
        ("％℃￥＄￡", Kind.OTHER),  # full-width marks of a number: solid with it (cl-12, cl-13)
        ("\u00ad\u200b\u200c\u200d\u2060\ufeff", Kind.NOTHING),
    )
    for sign in signs
}
_SQUARES: Final = (
    ("\u2e80", "\u2fdf"), ("\u3003", "\u3007"), ("\u3012", "\u3029"), ("\u3030", "\u30ff"),
    ("\u3190", "\u9fff"), ("\uf900", "\ufaff"), ("\uff01", "\uff60"), ("\uffe0", "\uffe6"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
# What belongs to a Latin word or number although it is no letter: U.S., 5%, $3, No. 5.
_WITH_LATIN: Final = "%‰$€£¥#&@+."
_HANGUL: Final = (("\u1100", "\u11ff"), ("\u3131", "\u318e"), ("\uac00", "\ud7a3"))


@cache
def kind(sign: str, wide: bool) -> Kind:
    """Return the class of a letter; `wide`: it stands on a square of its own."""
    named = _NAMED.get(sign)
    if named is not None:
        return Kind.OTHER if named in _MARKS and not wide else named
    if any(first <= sign <= last for first, last in _SQUARES):
        return Kind.SQUARE if wide else Kind.OTHER
    hangul = any(first <= sign <= last for first, last in _HANGUL)
    if sign in _WITH_LATIN or (sign.isalnum() and not hangul):
        return Kind.LATIN
    return Kind.OTHER


_MARKS: Final = (Kind.OPEN, Kind.CLOSE, Kind.STOP, Kind.MIDDLE, Kind.ASK, Kind.DASH)
_BEHIND: Final = (Kind.CLOSE, Kind.STOP)
_FULL: Final = (Kind.SQUARE, Kind.ASK, Kind.DASH)  # they fill their square


@cache
def gap(left: Kind, right: Kind) -> Gap:
    """Return what stands between two letters of these classes (JLREQ 3.1.4, 3.2.6, appendix B)."""
    for behind, before, found in _TABLE:
        if (not behind or left in behind) and (not before or right in before):
            return found
    return Gap()


_EVEN: Final = Gap(0, 0, GIVE)  # gives way in a loose line
_SOLID: Final = Gap()
# Behind these, before those (none named: all): the first row that fits counts.
_TABLE: Final[tuple[tuple[tuple[Kind, ...], tuple[Kind, ...], Gap], ...]] = (
    # A word space is the gap itself: it is widened and narrowed as the letter on the left.
    ((Kind.SPACE,), (), Gap(0, 0.07, 2 * GIVE)),
    ((), (Kind.SPACE,), _SOLID),
    # At the borders of Latin and Japanese a quarter em, an eighth in a tight line (3.2.7, 3.8.3).
    ((Kind.SQUARE,), (Kind.LATIN,), Gap(QUARTER, QUARTER / 2, GIVE)),
    ((Kind.LATIN,), (Kind.SQUARE,), Gap(QUARTER, QUARTER / 2, GIVE)),
    ((Kind.DASH,), (Kind.LATIN,), _EVEN),
    ((Kind.LATIN,), (Kind.DASH,), _EVEN),
    # The call of a note stands close to what it is for, also behind the white of a stop.
    (_BEHIND, (Kind.CALL,), Gap(-HALF)),
    ((), (Kind.CALL,), _SOLID),
    ((Kind.CALL,), (*_FULL, Kind.OPEN, Kind.LATIN), _EVEN),
    ((Kind.CALL,), (), _SOLID),
    # Two marks in a row take an em and a half, and two on the same side one em.
    (_BEHIND, (Kind.BLANK, Kind.CLOSE, Kind.STOP, Kind.ASK, Kind.MIDDLE), Gap(-HALF)),
    ((Kind.CLOSE,), (Kind.OPEN,), Gap(-HALF, QUARTER, GIVE)),
    ((Kind.STOP,), (Kind.OPEN,), Gap(-HALF, 0, GIVE)),
    ((Kind.OPEN,), (Kind.OPEN,), Gap(-HALF)),
    ((Kind.BLANK,), (Kind.OPEN,), Gap(-HALF)),
    ((Kind.MIDDLE,), (Kind.OPEN,), Gap(-QUARTER, QUARTER, GIVE)),
    # The white of one mark: a comma may lose half of it, a full stop nothing (3.8.3).
    ((Kind.CLOSE,), (Kind.OTHER,), Gap(0, QUARTER)),
    ((Kind.CLOSE,), (), Gap(0, QUARTER, GIVE)),
    ((Kind.STOP,), (Kind.OTHER,), _SOLID),
    ((Kind.STOP,), (), _EVEN),
    ((Kind.OPEN,), (), _SOLID),
    ((), (Kind.OPEN,), Gap(0, QUARTER, GIVE)),
    ((Kind.MIDDLE,), (), Gap(0, QUARTER / 2)),
    ((), (Kind.MIDDLE,), Gap(0, QUARTER / 2)),
    # Between ideographs and kana: nothing, but here a loose line is widened.
    ((Kind.DASH,), (Kind.DASH,), _SOLID),
    ((), (Kind.ASK,), _SOLID),
    (_FULL, _FULL, _EVEN),
)


def ending(last: Kind) -> float:
    """Return what a letter loses in em at the end of a line: white that the edge makes idle."""
    return {Kind.CLOSE: HALF, Kind.STOP: HALF, Kind.MIDDLE: QUARTER}.get(last, 0.0)


def beginning(first: Kind) -> float:
    """Return what a letter loses in em at the head of a line."""
    return HALF if first is Kind.OPEN else 0.0
