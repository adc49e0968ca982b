"""Borders of the tail: the last line of the report, the first of the blog, and what may be either.

In the tables a line stands as it is where it is kept, and behind its code where it is dropped
(R301, R302, R305) or told as doubtful (R306).
"""

from __future__ import annotations

import pytest

from edges import Listener, copy, one
from watchpress.language.words import ENGLISH, JAPANESE, Words
from watchpress.readers.plain.lines import shown
from watchpress.readers.plain.tail import Own, clear, continues, doubt

OWN = Own("Velm Watch", 12)
TITLE = "Velm Watch No. 13"
DATED = "Velm Watch No. 13 (May 2, 2021)"
LINE = "Velm Watch No. 13 (May 2, 2021) The Ferries"
CUT = "Velm Watch No. 13 (May 2, 2021) The ferries have…"
NOTE = "[1] The Log, May 2, 2019."
SAYS = "The mayor has closed the quay."


def _marked(rows: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the lines of a table, and the code of each, "" where it is kept in silence."""
    split = [row.split("| ") for row in rows]
    return [row[-1] for row in split], [row[0] if row[1:] else "" for row in split]


def _told(codes: list[str]) -> list[str]:
    """Return the findings that the codes of a table stand for: one for a run of dropped lines."""
    told: list[str] = []
    for n, code in enumerate(codes, 1):
        if code == "R306" or (code and codes[n - 2 : n - 1] != [code]):
            told.append(f"{n}:1 {code} {n}")
        elif code:
            told[-1] = f"{told[-1].rsplit(' ', 1)[0]} {n}"
    return told


def _holds(rows: tuple[str, ...], *, notes: bool, words: Words = ENGLISH, own: Own = OWN) -> None:
    texts, codes = _marked(rows)
    desk = Listener()
    left = clear(copy(*texts), own, words, desk, notes=notes)
    dropped = [(n, code) for n, code in enumerate(codes, 1) if code not in ("", "R306")]
    assert [(loss.line, loss.code) for loss in desk.losses] == dropped
    assert [line.number for line in left] == [
        n for n, code in enumerate(codes, 1) if code in ("", "R306")
    ]
    lasts = [dict(told.facts)["last"] for told in desk.found]
    told = [f"{code} {last}" for code, last in zip(desk.codes, lasts, strict=True)]
    assert sorted(told) == sorted(_told(codes))
    assert all(
        dict(told.facts)["text"] == shown(one(texts[told.place.line - 1])) for told in desk.found
    )


# -- Below a note list -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (NOTE,),
        (NOTE, SAYS),
        (NOTE, TITLE.replace("No. 13", "No. 12")),
        (NOTE, f"R301| {TITLE}"),
        (NOTE, f"R301| {TITLE}", "R301| The Ferries"),
        (NOTE, TITLE, SAYS),  # a sentence follows: it is a note's
        (NOTE, f"R301| {TITLE}", f"R301| {DATED}", f"R301| {SAYS}"),  # a number line confirms it
        (NOTE, f"R301| {TITLE}", f"R301| {CUT}", f"R301| {SAYS}"),
        (NOTE, f"R301| {TITLE}", f"R301| {LINE}", f"R301| {SAYS}"),
        (NOTE, f"R301| {TITLE}", "R301| The Ferries", f"R301| {DATED}", f"R301| {SAYS}"),
        (NOTE, TITLE, "The Ferries", "So Far", DATED, SAYS),  # it stands too far below
        (NOTE, DATED, TITLE, SAYS),
        (NOTE, f"R301| {LINE}", f"R301| {SAYS}", f"R301| {SAYS}"),
        (NOTE, f"R301| {CUT}", f"R301| {SAYS}"),
        (NOTE, "R301| Velm Watch No. 12 has…", f"R301| {SAYS}"),  # cut short: not the report itself
        (NOTE, "R301| velm watch 第13号：2021年5月2日 航路"),
        (NOTE, "R301| [VELM WATCH 13] May 2, 2021 The Ferries", f"R301| {SAYS}"),
        (NOTE, LINE.replace("Velm", "Port"), SAYS),  # another series
        (NOTE, LINE.replace("(", ", ("), SAYS),  # a comma: a source
        (NOTE, "Velm Watch No. 13, May 2, 2021 The Ferries", SAYS),
        (NOTE, "Velm Watch No. 13、2021年5月2日 The Ferries", SAYS),
        (NOTE, "Velm Watch No. 13，2021年5月2日 The Ferries", SAYS),
        (NOTE, "Velm Watch No. 13 on the ferries", SAYS),
        (NOTE, DATED),  # it may be a note
        (NOTE, SAYS, DATED),
        (NOTE, "R302| Labels: quay", f"R301| {DATED}"),  # below the page's own line it is none
        (NOTE, "R302| May 5, 2021", f"R301| {DATED}"),
        (NOTE, "R302| ***", f"R301| {DATED}"),
        (NOTE, "R302| Labels: quay", "R302| The Ferries", f"R302| {DATED}"),
        (NOTE, "R302| Labels: quay", f"R301| {DATED}", "R301| The Ferries", "R301| Home"),
        (NOTE, "Labels: quay", DATED, SAYS, "R302| Home"),
        ("[1] Velm Watch No. 13, May 2, 2021", NOTE),
        (NOTE, TITLE, NOTE),  # above the last note nothing is looked for
        (NOTE, LINE, "Labels: quay", NOTE, "R302| Labels: quay"),
    ],
)
def test_teasers_below_notes(rows: tuple[str, ...]) -> None:
    _holds(rows, notes=True)


@pytest.mark.parametrize(
    "rows",
    [
        (NOTE, "R302| Home"),
        (NOTE, "R302| Home", "R302| Ferries of Velm", "R302| The Quay"),
        (NOTE, "Ferries of Velm", "R302| Home", "R302| The Quay"),
        (NOTE, "Home", SAYS, "Ferries of Velm"),
        (NOTE, "Home", SAYS, "R302| Home"),
        (NOTE, "R302| Home", "R302| Home", "R302| Ferries of Velm"),
        (NOTE, "Home", "https://example.org/velm", "R302| Home"),  # the address is the note's
        (NOTE, "R302| Home", "R302| see https://example.org/velm"),
        (NOTE, "R302| ***"),
        (NOTE, "R302| * * *"),
        (NOTE, "R302| =-_"),
        (NOTE, "**"),
        (NOTE, "*** a"),
        (NOTE, "R302| ----", "R302| Home"),
        (NOTE, "May 5, 2021"),  # a date goes with a teaser only
        (NOTE, "May 5, 2021", "R302| Home"),
        (NOTE, "R302| May 5, 2021", f"R301| {TITLE}"),
        (NOTE, "Ferries of Velm", f"R301| {TITLE}"),
        (NOTE, "R302| Home", "R302| Ferries of Velm", f"R301| {TITLE}"),
        (NOTE, "Home", SAYS, f"R301| {TITLE}"),
    ],
)
def test_the_page_below_notes(rows: tuple[str, ...]) -> None:
    _holds(rows, notes=True)


# -- Below a body without notes --------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (SAYS,),
        (SAYS, f"R305| {TITLE}"),
        (SAYS, f"R305| {DATED}"),
        (SAYS, f"R305| {LINE}"),
        (SAYS, f"R305| {CUT}"),
        (SAYS, f"R305| {DATED}", "R305| The Ferries", "R305| The ferries of the town have…"),
        (SAYS, f"{LINE} are closed."),  # a sentence
        (SAYS, "Velm Watch No. 13 has been…"),  # without a date it may be one
        (SAYS, "Velm Watch No. 12 (May 2, 2021)"),
        (SAYS, DATED, SAYS),
        (SAYS, LINE, SAYS),
        (SAYS, CUT, SAYS),
        (SAYS, DATED, SAYS, "R302| Home"),
        (SAYS, f"R306| {TITLE}", SAYS),
        (SAYS, f"R306| {TITLE}", f"R306| {TITLE}", SAYS),
        (SAYS, f"R305| {TITLE}", f"R305| {DATED}", f"R305| {SAYS}"),
        (SAYS, f"R305| {TITLE}", "R305| The Ferries", f"R305| {DATED}", f"R305| {SAYS}"),
        (SAYS, f"R306| {TITLE}", "The Ferries", "So Far", DATED, SAYS),
        (SAYS, DATED, f"R306| {TITLE}", SAYS),
        (SAYS, f"R306| {TITLE}", SAYS, f"R305| {TITLE}", f"R305| {DATED}", f"R305| {SAYS}"),
        (SAYS, f"R306| {TITLE}", SAYS, f"R305| {TITLE}", "R305| Home"),
        (TITLE,),  # the first line is the report's whatever it is
        (DATED, f"R305| {TITLE}"),
        (TITLE, SAYS),
    ],
)
def test_teasers_below_a_body(rows: tuple[str, ...]) -> None:
    _holds(rows, notes=False)


BY = "Posted by Ken Mori at 9:30"


@pytest.mark.parametrize(
    "rows",
    [
        (SAYS, f"R302| {BY}"),
        (SAYS, f"R302| {BY}", "R302| The Ferries"),
        (SAYS, BY, SAYS),
        (SAYS, BY, SAYS, "R302| Home"),
        (SAYS, "R302| Home"),
        (SAYS, "Home", "The Ferries"),  # of a body it takes more than a link
        (SAYS, "R302| Home", f"R302| {BY}", "R302| The Ferries"),
        (SAYS, "***"),
        (SAYS, "May 5, 2021"),
        (SAYS, "R302| ***", f"R305| {TITLE}"),
        (SAYS, "R302| May 5, 2021", f"R305| {TITLE}"),
        (SAYS, "R302| May 5, 2021", "R302| Home", f"R305| {TITLE}"),
        (SAYS, "***", SAYS, "***", f"R305| {TITLE}"),  # asterisks enclose a document
        (SAYS, "* * *", SAYS, "＊＊＊", f"R305| {TITLE}"),
        (SAYS, "***", SAYS, "***", "R302| ***", f"R305| {TITLE}"),
        (SAYS, "***", SAYS, "R302| ---", f"R305| {TITLE}"),  # lines enclose none
        (SAYS, "**", SAYS, "R302| ***", f"R305| {TITLE}"),
        (BY,),
        ("Home", f"R302| {BY}"),
    ],
)
def test_the_page_below_a_body(rows: tuple[str, ...]) -> None:
    _holds(rows, notes=False)


def test_who_posted_it_is_looked_for_in_forty_lines() -> None:
    rest = [f"R302| Ferry {n}" for n in range(39)]
    _holds((SAYS, SAYS, f"R302| {BY}", *rest), notes=False)
    _holds((SAYS, SAYS, BY, *(f"Ferry {n}" for n in range(40))), notes=False)


@pytest.mark.parametrize(
    "rows",
    [
        ("閉鎖した。", "R305| 監視報告 No. 13"),
        ("閉鎖した。", "R305| 監視報告 No. 13 2021年5月2日"),
        ("閉鎖した。", f"R305| 監視報告 No. 13 2021年5月2日 {'港' * 80}"),  # 107 characters
        ("閉鎖した。", f"監視報告 No. 13 2021年5月2日 {'港' * 90}"),
        ("閉鎖した。", "監視報告 No. 13、2021年5月2日"),
    ],
)
def test_teasers_below_a_japanese_body(rows: tuple[str, ...]) -> None:
    _holds(rows, notes=False, words=JAPANESE, own=Own("監視報告", 12))


# -- What may be the page's ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([NOTE], []),
        ([NOTE, "So it goes"], ["2-2"]),
        ([NOTE, SAYS, "So it goes"], ["2-3"]),
        ([NOTE, "So", "it (Log, 2019)", "goes", "on"], ["2-2", "4-5"]),
        ([NOTE, "it (Log, 2019)", "goes"], ["3-3"]),
        ([NOTE, "So", "it (Log, 2019)"], ["2-2"]),
        (["[1]", "The Log"], []),  # the note itself
        (["[1]", "The Log", "So it goes", "on"], ["3-4"]),
        ([NOTE, "So it goes", NOTE], []),
        ([NOTE, "So it goes", NOTE, "and on"], ["4-4"]),
    ],
)
def test_what_may_be_the_page_below_the_last_note(texts: list[str], expected: list[str]) -> None:
    desk = Listener()
    doubt(copy(*texts), desk)
    assert [f"{one.place.line}-{dict(one.facts)['last']}" for one in desk.found] == expected
    assert all(dict(one.facts)["text"] == texts[one.place.line - 1] for one in desk.found)
    assert {one.code for one in desk.found} <= {"R306"}


@pytest.mark.parametrize(
    "text",
    ["in 1500", "in 1999", "in 2099", "p. 7", "pp.7-8", "Ibid", "ibid., 7", "7頁", "7 ページ",
     "7쪽", "7 면", "同上", "前掲書", "“The Log”", "「日誌」", "『日誌』", '"Log"',
     "http://example.org/", "https://example.org/", "令和元年5月2日", "so [3]", "（注3）"],
)  # fmt: skip
def test_what_tells_that_a_line_is_a_note_s(text: str) -> None:
    desk = Listener()
    doubt(copy(NOTE, text), desk)
    assert not desk.found


@pytest.mark.parametrize(
    "text", ["in 1499", "in 2100", "The p", "stop. 7", "page 7", "a Bid", "頁", "(3)", "5月2日"]
)
def test_what_does_not_tell_whose_a_line_is(text: str) -> None:
    desk = Listener()
    doubt(copy(NOTE, text), desk)
    assert desk.codes == ["2:1 R306"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/velm", True),
        ("https://example.org/velm.", False),
        ("see https://example.org/velm", False),
        ("https://example.org/velm https://example.org/quay", False),
        ("The Log", False),
    ],
)
def test_an_address_alone_goes_with_the_line_before(text: str, expected: bool) -> None:
    assert continues(one(text)) == expected
