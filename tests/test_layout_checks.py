"""The checks of the layout, on pages drawn by hand: values just inside and outside of limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from galleys import drawn
from watchpress.checks.layout import Subject, check
from watchpress.diagnostic import Diagnostic, Place
from watchpress.galley import LIMITS, Anchor, Block, Galley, Limits

PAGE = "page 420x595\n"
FULL = (
    "| one of them\n| for a page\n| of which so\n| many lines as\n| these say\n| nothing at all\n"
)


def found(galley: Galley | str, limits: Limits = LIMITS, *, pressed: bool = False) -> list[str]:
    return [one.code for one in told(galley, limits, pressed=pressed)]


def told(
    galley: Galley | str, limits: Limits = LIMITS, *, pressed: bool = False
) -> list[Diagnostic]:
    made = drawn(galley) if isinstance(galley, str) else galley
    out: list[Diagnostic] = []
    check(Subject(made, limits, pressed), out.append)
    return sorted(out)


# -- values just inside and just outside of each limit ---------------------------------------------

PAIRS = {
    "P101": (
        PAGE + "text 3:1\n| a word {right=380.49}",
        PAGE + "text 3:1\n| a word {right=380.51}",
    ),
    "P102": (
        PAGE + "note 3:1\n| https://a.example {right=380.5 address}",
        PAGE + "note 3:1\n| https://a.example {right=380.52 address}",
    ),
    "P103": (
        PAGE + "text 3:1\n| a table\ntable 39.6,90,380.4,555",
        PAGE + "text 3:1\n| a table\ntable 40,90,380.6,555",
    ),
    "P103 at the foot": (
        PAGE + "text 3:1\n| a table\ntable 40,90,380,556.5",
        PAGE + "text 3:1\n| a table\ntable 40,90,380,556.6",
    ),
    "P104": (
        PAGE + "text 3:1\n| a word of 에신",
        PAGE + "text 3:1\n| a word of 에신 {stray=10:2:Batang}",
    ),
    "P105": (
        PAGE + "text 3:1\n| one\n| two\n" + PAGE + "text+\n| three\n| and four\ntext 4:1\n" + FULL,
        PAGE + "text 3:1\n| one\n| two\n| three\n" + PAGE + "text+\n| and four\ntext 4:1\n" + FULL,
    ),
    "P106": (
        PAGE + "text 3:1\n| one\n| two\n" + PAGE + "text+\n| three\n| and four\ntext 4:1\n" + FULL,
        PAGE + "text 3:1\n| one\n" + PAGE + "text+\n| two\n| three\n| and four\ntext 4:1\n" + FULL,
    ),
    "P107": (
        PAGE + "text 3:1\n| a paragraph\n| met {right=60}",
        PAGE + "text 3:1\n| a paragraph\n| met {right=59.9}",
    ),
    "P108": (
        PAGE + "heading 3:1 level=2\n| The Quay\ntext 4:1\n| one\n| two\n"
        + PAGE + "text+\n" + FULL,
        PAGE + "text 2:1\n| before\nheading 3:1 level=2\n| The Quay\n" + PAGE + "text 4:1\n" + FULL,
    ),
    "P109": (
        PAGE + "text 3:1\n| com- {hyphen}\n| mis- {hyphen}\n| sion and more\n| of it",
        PAGE + "text 3:1\n| com- {hyphen}\n| mis- {hyphen}\n| sion- {hyphen}\n| er and more",
    ),
    "P110": (
        PAGE + "text 3:1\n| com- {hyphen}\n| mission\n" + PAGE + "text+\n| two\n" + FULL,
        PAGE + "text 3:1\n| the\n| com- {hyphen}\n" + PAGE + "text+\n| mission\n" + FULL,
    ),
    "P111": (
        PAGE + "text 3:1\n| at the quay\n| on the quay\n| in the port",
        PAGE + "text 3:1\n| at the quay\n| on the quay,\n| in no Quay.",
    ),
    "P112": (
        PAGE + "text 3:1\n| a line {space=0.6}\n| and its end",
        PAGE + "text 3:1\n| a line {space=0.61}\n| and its end",
    ),
    "P112 of hangul": (
        PAGE + "text 3:1 ko\n| 항구의 등불은 {space=1}\n| 꺼졌다. 오래 전에",
        PAGE + "text 3:1 ko\n| 항구의 등불은 {space=1.01}\n| 꺼졌다. 오래 전에",
    ),
    "P113": (
        PAGE + "text 3:1 ja\n| 港の「灯台」\n| は消えた。",
        PAGE + "text 3:1 ja\n| 港の「灯台\n| 」は消えた。",
    ),
    "P114": (
        PAGE + "text 3:1\n| in January 12\n| and again",
        PAGE + "text 3:1\n| in January\n| 12 and again {call}",
    ),
    "P115": (
        PAGE + "text 3:1\n| one\n" + PAGE + "text 4:1\n" + "| a line of five\n" * 5,
        PAGE + "text 3:1\n| one\n" + PAGE + "text 4:1\n" + "| a line of four\n" * 4,
    ),
    "P116": (
        PAGE + "text 3:1\n| one\npage 420x595 planned\n",
        PAGE + "text 3:1\n| one\npage 420x595\n",
    ),
    "P116 facing": (
        PAGE + "text 3:1\n| one\npage 420x595 part=facing\npage 420x595 part=facing\n"
        "text 4:1\n| two",
        PAGE + "text 3:1\n| one\npage 420x595 part=facing\npage 420x595 planned\npage 420x595\n"
        "text 4:1\n| two",
    ),
    "P117": (
        PAGE + "caption 3:1\n| The quay\npicture 40,100,184,172 300x150",
        PAGE + "caption 3:1\n| The quay\npicture 40,100,184,172 299x150",
    ),
    "P118": (
        PAGE + "head\n| The Quay in Winter\ntext 3:1\n| one",
        PAGE + "head\n| The Quay in …\ntext 3:1\n| one",
    ),
    "P119": (
        "page 420x595 label=i\nmade\n| 1 The Quay . . 7 {target=q}\n"
        "page 420x595 label=7 part=report\ntext 3:1 id=q\n| one",
        "page 420x595 label=i\nmade\n| 1 The Quay . . 8 {target=q}\n"
        "page 420x595 label=7 part=report\ntext 3:1 id=q\n| one",
    ),
    "P120": (
        "page 420x595 planned\n" * 2 + "page 420x595 part=report first\ntext 3:1\n| one",
        "page 420x595 planned\npage 420x595 part=report first\ntext 3:1\n| one",
    ),
    "P121": (
        PAGE + "head\n| Report {right=90 top=20}\nfolio\n| 7 {left=100 top=20}\ntext 3:1\n| one",
        PAGE + "head\n| Report {right=90 top=20}\nfolio\n| 7 {left=99.9 top=20}\ntext 3:1\n| one",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", PAIRS)
def test_just_inside_of_its_limit_nothing_is_said_just_outside_it_is(code: str) -> None:
    inside, outside = PAIRS[code]
    assert found(inside).count(code[:4]) == 0
    assert found(outside).count(code[:4]) == 1


@pytest.mark.parametrize("code", PAIRS)
def test_a_finding_names_its_page_and_where_on_it(code: str) -> None:
    (one,) = (one for one in told(PAIRS[code][1]) if one.code == code[:4])
    assert one.page == int(dict(one.facts)["page"])
    assert one.page > 0
    assert one.place.line > 0
    blank = code[:4] in {"P116", "P120"}  # a matter of the page as a whole
    assert (one.box == ()) == blank
    assert "{" not in one.say("words") + one.say("words", "ja") + one.say("fix") + one.say("why")


def test_limits_may_be_others() -> None:
    wide = replace(
        LIMITS, overfull=0.6, space=0.7, runt=1.9, letters=2, hyphens=4, stack=4, lines=4, head=0.9
    )
    for code in ("P101", "P102", "P103", "P107", "P109", "P111", "P112", "P115", "P121"):
        outside = PAIRS[code][1]
        limits = replace(wide, overfull=1.0) if code in {"P101", "P102", "P103"} else wide
        assert code not in found(outside, limits), code


def test_the_press_asks_for_more_pixels() -> None:
    inside = PAIRS["P117"][0]
    assert found(inside) == []
    assert found(inside, pressed=True) == ["P117"]
    assert found(inside, replace(LIMITS, pressed=150), pressed=True) == []


# -- places and measured values --------------------------------------------------------------------


def test_the_place_is_that_of_the_word_and_the_value_that_of_the_line() -> None:
    asked: list[tuple[str, Anchor | None]] = []

    def where(block: Block, anchor: Anchor | None) -> Place:
        asked.append((block.file, anchor))
        assert anchor is not None
        return Place(block.file, anchor.line, anchor.column + anchor.letters)

    out: list[Diagnostic] = []
    text = PAGE + "text 3:7\n| at the unbreakable {right=392.256}"
    check(Subject(drawn(text, "en/007.txt"), where=where), out.append)
    (one,) = out
    assert asked == [("en/007.txt", Anchor(7, 3, 7, 5))]
    assert one.place == Place("en/007.txt", 3, 12)
    assert dict(one.facts) == {"limit": "0.5", "over": "12.26", "page": "1", "word": "unbreakable"}
    assert one.box == (40.0, 40.0, 392.26, 50.0)


def test_what_no_copy_says_is_told_at_the_report_that_it_leads_to() -> None:
    inside = "page 420x595 label=i\nmade\n| 1 The Quay . . 8 {target=q}\n"
    (one,) = told(inside + "page 420x595 label=7\nheading 3:1 id=q\n| The Quay\ntext 4:1\n" + FULL)
    assert (one.code, one.page, one.place) == ("P119", 1, Place("copy.txt", 3, 1))


def test_what_is_of_no_report_is_told_at_the_series() -> None:
    (one,) = told(PAGE + "made\n| a title that is too wide {right=400}")
    assert (one.code, one.place) == ("P101", Place("series.toml"))


# -- what is no fault ------------------------------------------------------------------------------

SILENT = {
    "a paragraph of one line": PAGE + "text 3:1\n| no.",
    "the last line is not driven": PAGE + "text 3:1\n| a paragraph\n| and its end {space=2}",
    "cells and headings may end in a short line": (
        PAGE + "table 3:1\n| a cell\n| 7\nheading 4:1\n| a head in two\n| or\ntext 5:1\n" + FULL
    ),
    "what an address leaves on its last line": (
        PAGE + "note 3:1\n| https://lamp.example.org/the {address}\n| /a {address}"
    ),
    "an address may end before a stop": (
        PAGE + "note 3:1 ja\n| 港湾局 https://lamp.example.org/a {address}\n| .html にある。"
    ),
    "signs of Latin in English": PAGE + "text 3:1\n| the quay (\n| closed) was",
    "a list of notes on the last page": PAGE + "text 3:1\n| a\n" + PAGE + "note 4:1\n" + FULL,
    "the pages of a title": (
        "page 420x595 part=half-title first\nmade\n| Watch Report\n"
        "page 420x595 part=copyright first\nmade\n| © 2026\n"
        "page 420x595 part=title first\nmade\n| Watch\npage 420x595 part=title\nmade\n| 2026\n"
    ),
    "contents of a further language": (
        "page 420x595 part=contents first\nmade\n| a\npage 420x595 part=contents first\nmade\n| b"
    ),
    "contents that name two editions in a line": (
        "page 420x595 label=i\nmade\n| Ueki · 日本語 7 · 한국어 9 {target=q}\n"
        "page 420x595 label=7\ntext 3:1 id=q\n" + FULL
    ),
    "facing editions begin on a verso": (
        "page 420x595 planned\npage 420x595 part=facing first\ntext 3:1\n| one\n"
        "page 420x595 part=facing\ntext 3:1\n| one\n"
    ),
    "facing pages end where the longer one does": (
        "page 420x595 planned\n" + "page 420x595 part=facing\ntext 3:1\n| one\n" * 2
    ),
    "a table fills a page": (
        PAGE + "text 3:1\n| one\n" + PAGE + "caption 4:1\n| a table\ntable 40,60,380,500"
    ),
    "a heading before a table": (
        PAGE + "text 2:1\n| a\nheading 3:1 level=2\n| The Quay\ntable 40,90,380,300\n"
        + PAGE + "text 4:1\n" + FULL
    ),
    "a report that ends below its last heading": (
        PAGE + "text 2:1\n| a\nheading 3:1 level=2\n| The Quay\ntext 4:1\n| one\n"
        "page 420x595 first part=colophon\nmade\n| another"
    ),
    "hyphens in two columns": (
        PAGE + "note 3:1\n| com- {hyphen}\n| mis- {hyphen}\n"
        "| sion- {hyphen top=40 left=99}\n| er is"
    ),
    "the same particle in Japanese": (
        PAGE + "text 3:1 ja\n| の海峡は狭く\n| の港の灯は遠く\n| の島の影は近い"
    ),
    "one letter is no word": PAGE + "text 3:1\n| a quay\n| a port\n| a lamp of it",
    "an ellipsis in the copy is no cut": PAGE + "text 3:1\n| so it was …",
    "a head on its own": PAGE + "head\n| The Quay {left=40 right=380 top=20}\ntext 3:1\n| one",
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_said_where_nothing_is_wrong(name: str) -> None:
    assert told(SILENT[name]) == []


def test_a_paragraph_of_two_lines_that_is_split_is_one_finding() -> None:
    text = (
        PAGE + "quote 3:1\n| one line here\n" + PAGE + "quote+\n| and one there\ntext 4:1\n" + FULL
    )
    assert found(text) == ["P105"]
