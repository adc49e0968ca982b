"""Random plantings in pages: the galley of a laid-out report, and one thing wrong in it.

A place is looked up in the copy: the words of a line are sought there, so only lines whose words
stand in the copy just so, and once, are spoiled.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from watchpress.build import report as single
from watchpress.build.places import Copies
from watchpress.catalog import Source, trim
from watchpress.checks import layout
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.galley import Galley, Line, Page, Spot, Stray

REPORTS = Path(__file__).parents[2] / "reports"
SHEETS = {"en": "en/041.txt", "ja": "ja/041.txt", "ko": "ko/040.txt"}
PROSE = ("text", "quote", "note")
Draw: TypeAlias = Callable[[Sequence[Any]], Any]


class Wanted(NamedTuple):
    """What must be found: the code, the page, line and column in the copy, and what is measured."""

    code: str
    page: int
    line: int
    column: int
    facts: tuple[tuple[str, str], ...] = ()


class Spoiled(NamedTuple):
    """A galley with one fault, and what must be found in it."""

    galley: Galley
    wanted: list[Wanted]


class Seat(NamedTuple):
    """A line by its page (from 0) and its number on it, and where its words stand in the copy."""

    page: int
    spot: int
    line: Line
    at: tuple[int, int]


@cache
def galley(tag: str) -> Galley:
    """Return the pages of a sample report: nothing is to be found in them."""
    with chdir(REPORTS):
        config = tomllib.loads(Path("series.toml").read_text("utf-8"))
        heads = {one["file"]: one.get("running") for one in config["reports"]}
        source = Source(Path(SHEETS[tag]), running=heads.get(SHEETS[tag]))
        report = single.report(source, lambda _: None).report
        work = single.work([report], trim=trim("A5"))
        made = single.finished("pdf", work, Styles(), lambda _: None, "made.pdf").galley
    pages = tuple(replace(page, label=str(n)) for n, page in enumerate(made.pages, 1))
    return replace(made, pages=pages)


@cache
def copy(tag: str) -> list[str]:
    """Return the lines of the copy."""
    return (REPORTS / SHEETS[tag]).read_text("utf-8").splitlines()


@dataclass
class Sheet:
    """A galley to be spoiled, with what is known of it."""

    tag: str
    galley: Galley
    draw: Draw

    def role(self, line: Line) -> str:
        return self.galley.blocks[line.block].role

    def body(self, page: int) -> list[Line]:
        lines = self.galley.pages[page].lines
        return [line for line in lines if self.role(line) not in ("head", "folio")]

    def at(self, line: Line) -> tuple[int, int] | None:
        """Return where the words of a line stand in the copy, None where that is not plain."""
        found = [
            (number, text.find(line.text) + 1)
            for number, text in enumerate(copy(self.tag), 1)
            if line.text and text.count(line.text) == 1
        ]
        return found[0] if len(found) == 1 and not line.hyphen else None

    def seats(self, *roles: str) -> list[Seat]:
        """Return the lines of blocks of these roles whose place is plain."""
        return [
            Seat(page, index, line, at)
            for page, sheet in enumerate(self.galley.pages)
            for index, line in enumerate(sheet.lines)
            if self.role(line) in roles and (at := self.at(line))
        ]

    def rows(self, block: int) -> list[tuple[int, Line]]:
        """Return the lines of a block, with their pages (from 0)."""
        return [(page - 1, line) for page, line in self.galley.lines() if line.block == block]

    def with_line(self, seat: Seat, **changes: Any) -> Sheet:
        """Return the sheet with another line in a seat."""
        page = self.galley.pages[seat.page]
        lines = list(page.lines)
        lines[seat.spot] = replace(lines[seat.spot], **changes)
        return self.with_page(seat.page, replace(page, lines=tuple(lines)))

    def with_page(self, number: int, *pages: Page) -> Sheet:
        """Return the sheet with pages in the place of one."""
        all_ = self.galley.pages
        made = (*all_[:number], *pages, *all_[number + 1 :])
        return replace(self, galley=replace(self.galley, pages=made))

    def cut(self, page: int, line: Line) -> Sheet:
        """Return the sheet with a new page that begins with a line of a page."""
        sheet = self.galley.pages[page]
        at = sheet.lines.index(line)
        lower = tuple(one for one in sheet.lines[at:] if self.role(one) not in ("head", "folio"))
        upper = replace(sheet, lines=tuple(one for one in sheet.lines if one not in lower))
        return self.with_page(page, upper, replace(sheet, lines=lower, things=(), first=False))


def last_word(text: str) -> int:
    """Return where the last word begins."""
    return text.rstrip().rfind(" ") + 1


def wide(sheet: Sheet, *, address: bool = False) -> Spoiled:
    """Let a line end beyond its measure (P101), or an address (P102)."""
    seats = [
        one
        for one in sheet.seats("text", "quote", "note")
        if one.line.address == address and one.line.text[last_word(one.line.text) :][-1:].isalnum()
        and ("://" in one.line.text[last_word(one.line.text) :]) <= address
    ]  # fmt: skip
    seat = sheet.draw(seats)
    over = sheet.draw(range(51, 4000)) / 100
    box = seat.line.box
    right = round(seat.line.room[1] + over, 2)
    made = sheet.with_line(seat, box=Spot(box.left, box.top, right, box.bottom))
    line, column = seat.at
    facts = (("over", f"{round(right - seat.line.room[1], 2):.2f}".rstrip("0").rstrip(".")),)
    column += last_word(seat.line.text)
    code = "P102" if address else "P101"
    return Spoiled(made.galley, [Wanted(code, seat.page + 1, line, column, facts)])


def wide_address(sheet: Sheet) -> Spoiled:
    """Let an address end beyond its measure."""
    return wide(sheet, address=True)


def loose(sheet: Sheet) -> Spoiled:
    """Let the spaces of a line be too wide (P112)."""
    seats = [
        one for one in sheet.seats(*PROSE) if one.line is not sheet.rows(one.line.block)[-1][1]
    ]
    seat = sheet.draw(seats)
    letters = [sign for sign in seat.line.text if not sign.isspace()]
    limit = 100 if sum(sign > "\u2e80" for sign in letters) * 2 > len(letters) else 60
    space = sheet.draw(range(limit + 1, 300)) / 100
    made = sheet.with_line(seat, space=space)
    facts = (("space", f"{space:.2f}".rstrip("0").rstrip(".")),)
    return Spoiled(made.galley, [Wanted("P112", seat.page + 1, seat.at[0], seat.at[1], facts)])


def _runs(sheet: Sheet, count: int) -> list[list[Seat]]:
    """Return runs of lines in the midst of a paragraph on one page, none of them hyphenated."""
    seats = {(one.page, one.spot): one for one in sheet.seats(*PROSE)}
    runs = []
    for (page, index), seat in seats.items():
        lines = sheet.galley.pages[page].lines
        run = [seats.get((page, index + step)) for step in range(count)]
        near = lines[max(0, index - 1) : index + count + 1]
        inside = [one for one in near if one.block == seat.line.block]
        if (
            all(run) and len(inside) == count + 2 and not any(one.hyphen for one in inside)
            and all(one.box.top < two.box.top for one, two in pairwise(inside))
        ):  # fmt: skip
            runs.append([one for one in run if one])
    return runs


def ladder(sheet: Sheet) -> Spoiled:
    """Let three lines in a row, or more, end in a hyphen (P109)."""
    count = sheet.draw([n for n in (3, 4, 5) if _runs(sheet, n)])
    run = sheet.draw(_runs(sheet, count))
    made = sheet
    for seat in run:
        made = made.with_line(seat, hyphen=True)
    line, column = run[0].at
    wanted = Wanted(
        "P109", run[0].page + 1, line, column + last_word(run[0].line.text),
        (("count", str(count)),),
    )  # fmt: skip
    return Spoiled(made.galley, [wanted])


def stack(sheet: Sheet) -> Spoiled:
    """Let three lines in a row, or more, begin with one word (P111)."""
    count = sheet.draw([n for n in (3, 4) if _runs(sheet, n)])
    run = sheet.draw(_runs(sheet, count))
    word = {"en": "lantern ", "ja": "灯台は", "ko": "등대는 "}[sheet.tag]
    made = sheet
    for seat in run:
        made = made.with_line(seat, text=word + seat.line.text)
    facts = (("count", str(count)),)
    return Spoiled(
        made.galley, [Wanted("P111", run[0].page + 1, run[0].at[0], run[0].at[1], facts)]
    )


def broken(sheet: Sheet) -> Spoiled:
    """Let a word be broken by the end of a page (P110)."""
    ends = []
    for page in range(len(sheet.galley.pages) - 1):
        last, after = sheet.body(page)[-1], sheet.body(page + 1)[0]
        at = sheet.at(last)
        if at and last.block == after.block and sheet.role(last) in PROSE:
            ends.append(Seat(page, sheet.galley.pages[page].lines.index(last), last, at))
    seat = sheet.draw(ends)
    made = sheet.with_line(seat, hyphen=True)
    line, column = seat.at
    facts = (("next", str(seat.page + 2)),)
    column += last_word(seat.line.text)
    return Spoiled(made.galley, [Wanted("P110", seat.page + 1, line, column, facts)])


def _blocks(sheet: Sheet, least: int) -> list[tuple[int, list[Line]]]:
    """Return the paragraphs of three lines and more on one page that is not the last."""
    found = []
    for number, block in enumerate(sheet.galley.blocks):
        rows = sheet.rows(number)
        pages = {page for page, _ in rows}
        if block.role in ("text", "quote") and len(rows) >= least and len(pages) == 1:
            page = pages.pop()
            if page < len(sheet.galley.pages) - 1 and not sheet.galley.pages[page].things:
                found.append((page, [line for _, line in rows]))
    return found


def widow(sheet: Sheet) -> Spoiled:
    """Let a page begin with the last line of a paragraph (P105)."""
    choices = [
        (page, lines) for page, lines in _blocks(sheet, 3)
        if sheet.at(lines[-1]) and not lines[-2].hyphen
    ]  # fmt: skip
    page, lines = sheet.draw(choices)
    at = sheet.at(lines[-1])
    assert at is not None
    made = sheet.cut(page, lines[-1])
    return Spoiled(made.galley, [Wanted("P105", page + 2, at[0], at[1], (("count", "1"),))])


def orphan(sheet: Sheet) -> Spoiled:
    """Let a page end with the first line of a paragraph (P106)."""
    choices = []
    for page, lines in _blocks(sheet, 4):
        body = sheet.body(page)
        before = body[: body.index(lines[0])][-2:]
        heads = any(sheet.role(one) in ("heading", "opening", "made") for one in before)
        if before and not heads and sheet.at(lines[0]) and not lines[0].hyphen:
            choices.append((page, lines))
    page, lines = sheet.draw(choices)
    at = sheet.at(lines[0])
    assert at is not None
    made = sheet.cut(page, lines[1])
    return Spoiled(made.galley, [Wanted("P106", page + 1, at[0], at[1], (("count", "1"),))])


def stranded(sheet: Sheet) -> Spoiled:
    """Let a heading stand at the foot of a page (P108)."""
    choices = []
    for page in range(len(sheet.galley.pages) - 1):
        body = sheet.body(page)
        for one, two in pairwise(body):
            block = sheet.galley.blocks[one.block]
            alone = len(sheet.rows(one.block)) == 1 and not sheet.galley.pages[page].things
            if block.role == "heading" and block.level > 1 and alone and sheet.at(one):
                choices.append((page, one, two))
    page, one, two = sheet.draw(choices)
    at = sheet.at(one)
    assert at is not None
    made = sheet.cut(page, two)
    return Spoiled(made.galley, [Wanted("P108", page + 1, at[0], at[1], (("count", "0"),))])


def short(sheet: Sheet) -> Spoiled:
    """Let the last page have few lines (P115): those of the last notes."""
    last = len(sheet.galley.pages) - 1
    body = sheet.body(last)
    heights = sorted({round(line.box.bottom) for line in body})
    choices = []
    for count in (1, 2, 3, 4):
        lower = [line for line in body if round(line.box.bottom) >= heights[-count]]
        first = next(line for line in lower if sheet.role(line) == "note")
        at = sheet.at(first)
        if first.number == 0 and at and len(heights) - count > 1:
            choices.append((count, lower[0], at))
    count, line, at = sheet.draw(choices)
    made = sheet.cut(last, line)
    return Spoiled(made.galley, [Wanted("P115", last + 2, at[0], at[1], (("count", str(count)),))])


def blank(sheet: Sheet) -> Spoiled:
    """Let a page be blank, and nothing ask for it (P116)."""
    choices = [
        (page, at) for page in range(len(sheet.galley.pages) - 1)
        if (at := sheet.at(sheet.body(page)[-1]))
    ]  # fmt: skip
    page, at = sheet.draw(choices)
    old = sheet.galley.pages[page]
    made = sheet.with_page(page, old, replace(old, lines=(), things=(), first=False))
    return Spoiled(made.galley, [Wanted("P116", page + 2, at[0], at[1])])


def misnamed(sheet: Sheet) -> Spoiled:
    """Let the contents name another page than that of their target (P119)."""
    targets = [name for name in sheet.galley.ids if "-s" in name or "-p" in name]
    target = sheet.draw(targets)
    page = sheet.galley.ids[target]
    wrong = sheet.draw([n for n in range(1, 20) if n != page])
    made = next(n for n, one in enumerate(sheet.galley.blocks) if one.role == "made")
    old = sheet.galley.pages[0]
    line = Line(made, 90, f"The Lamp . . . {wrong}", Spot(60, 80, 200, 90), (48, 371), 9.6,
                target=target)  # fmt: skip
    spoiled = sheet.with_page(0, replace(old, lines=(*old.lines, line)))
    blocks = (sheet.galley.blocks[one.block] for one in sheet.galley.pages[page - 1].lines)
    first = next(one for one in blocks if one.file and one.role not in ("made", "head", "folio"))
    facts = (("printed", str(wrong)), ("label", str(page)))
    return Spoiled(spoiled.galley, [Wanted("P119", 1, first.line, first.column, facts)])


def crowded(sheet: Sheet) -> Spoiled:
    """Let a running head come too near to what stands beside it (P121)."""
    opening = next(one for one in sheet.galley.blocks if one.level == 1)  # the headline
    page = sheet.draw(range(1, len(sheet.galley.pages)))
    old = sheet.galley.pages[page]
    above = [one for one in enumerate(old.lines) if sheet.role(one[1]) in ("head", "folio")]
    row = [one for one in above if one[1].box.top < old.area.top]
    (index, head), (_, other) = sorted(row, key=lambda one: one[1].box.left)
    gap = sheet.draw(range(0, int(head.size * 99))) / 100
    right = round(other.box.left - gap, 2)
    made = sheet.with_line(Seat(page, index, head, (0, 0)), box=head.box._replace(right=right))
    facts = (("gap", f"{round(other.box.left - right, 2):.2f}".rstrip("0").rstrip(".")),)
    place = (opening.line, opening.column)
    return Spoiled(made.galley, [Wanted("P121", page + 1, place[0], place[1], facts)])


def cut_head(sheet: Sheet) -> Spoiled:
    """Let the running head of a report be cut (P118)."""
    opening = next(one for one in sheet.galley.blocks if one.level == 1)  # the headline
    lines = list(sheet.galley.pages[1].lines)
    head = next(one for one in lines if sheet.role(one) == "head")
    kept = head.text[: sheet.draw(range(6, len(head.text)))].rstrip() + "…"
    lines[lines.index(head)] = replace(head, text=kept)
    made = sheet.with_page(1, replace(sheet.galley.pages[1], lines=tuple(lines)))
    facts = (("limit", str(len(kept))),)
    return Spoiled(made.galley, [Wanted("P118", 2, opening.line, opening.column, facts)])


def lent(sheet: Sheet) -> Spoiled:
    """Let a word of a line be of another typeface (P104)."""
    seat = sheet.draw([one for one in sheet.seats(*PROSE) if not one.line.strays])
    words = [one for one in seat.line.text.split(" ") if one]
    word = sheet.draw(words)
    offset = seat.line.text.find(word)
    made = sheet.with_line(seat, strays=(Stray(offset, word, "Batang"),))
    line, column = seat.at
    facts = (("count", str(len(word))), ("family", "Batang"))
    return Spoiled(made.galley, [Wanted("P104", seat.page + 1, line, column + offset, facts)])


def stub(sheet: Sheet) -> Spoiled:
    """Let the last line of a paragraph be a stub (P107)."""
    seats = []
    for seat in sheet.seats(*PROSE):
        rows = sheet.rows(seat.line.block)
        ends = len(rows) > 1 and seat.line is rows[-1][1]
        if ends and not seat.line.address and not rows[-2][1].address:
            seats.append(seat)
    seat = sheet.draw(seats)
    box, text = seat.line.box, seat.line.text[:2].strip()
    made = sheet.with_line(seat, text=text, box=box._replace(right=box.left + seat.line.size))
    facts = (("letters", str(len(text))), ("width", "1"))
    return Spoiled(made.galley, [Wanted("P107", seat.page + 1, seat.at[0], seat.at[1], facts)])


def _within(sheet: Sheet) -> Seat:
    """Return a line within a paragraph, below one that ends in a letter."""
    seats = []
    for one in sheet.seats(*PROSE):
        rows = [line for _, line in sheet.rows(one.line.block)]
        before = rows[rows.index(one.line) - 1]
        if one.line.number and not before.address and before.text[-1].isalnum():
            seats.append(one)
    seat: Seat = sheet.draw(seats)
    return seat


def forbidden(sheet: Sheet) -> Spoiled:
    """Let a line begin with a sign that must not stand there (P113)."""
    seat = _within(sheet)
    made = sheet.with_line(seat, text=sheet.draw("、。」）") + seat.line.text)
    return Spoiled(made.galley, [Wanted("P113", seat.page + 1, seat.at[0], seat.at[1])])


def called(sheet: Sheet) -> Spoiled:
    """Let a line begin with the call of a note (P114)."""
    seat = _within(sheet)
    call = str(sheet.draw(range(1, 99)))
    made = sheet.with_line(seat, text=f"{call} {seat.line.text}", call=True)
    return Spoiled(
        made.galley, [Wanted("P114", seat.page + 1, seat.at[0], seat.at[1], (("call", call),))]
    )


def turned(sheet: Sheet) -> Spoiled:
    """Let a report begin on the back of a leaf (P120)."""
    block = next(sheet.galley.blocks[one.block] for one in sheet.body(1) if one.anchors)
    made = sheet.with_page(1, replace(sheet.galley.pages[1], first=True))
    wanted = Wanted("P120", 2, block.line, block.column, (("label", "2"),))
    return Spoiled(made.galley, [wanted])


def _thing(sheet: Sheet, kind: str) -> tuple[int, int]:
    found = [
        (page, index)
        for page, one in enumerate(sheet.galley.pages)
        for index, thing in enumerate(one.things)
        if thing.kind == kind
    ]
    return found[0]


def big(sheet: Sheet) -> Spoiled:
    """Let a table or picture leave the area of the text (P103)."""
    page, index = _thing(sheet, sheet.draw(["table", "picture"]))
    old = sheet.galley.pages[page]
    over = sheet.draw(range(51, 3000)) / 100
    right = round(old.area.right + over, 2)
    thing = replace(old.things[index], box=old.things[index].box._replace(right=right))
    thing = replace(thing, pixels=(0, 0))
    things = (*old.things[:index], thing, *old.things[index + 1 :])
    block = sheet.galley.blocks[thing.block]
    facts = (("over", f"{round(right - old.area.right, 2):.2f}".rstrip("0").rstrip(".")),)
    made = sheet.with_page(page, replace(old, things=things))
    return Spoiled(made.galley, [Wanted("P103", page + 1, block.line, block.column, facts)])


def coarse(sheet: Sheet) -> Spoiled:
    """Let a picture have few pixels for its size in print (P117)."""
    page, index = _thing(sheet, "picture")
    old = sheet.galley.pages[page]
    box = old.things[index].box
    across = sheet.draw(range(40, 149))
    width = int((box.right - box.left) / 72 * across) + 1
    thing = replace(old.things[index], pixels=(width, 9000))
    things = (*old.things[:index], thing, *old.things[index + 1 :])
    block = sheet.galley.blocks[thing.block]
    found = int(width / ((box.right - box.left) / 72) + 0.01)
    made = sheet.with_page(page, replace(old, things=things))
    facts = (("found", str(found)),)
    return Spoiled(made.galley, [Wanted("P117", page + 1, block.line, block.column, facts)])


KINDS: dict[str, Callable[[Sheet], Spoiled]] = {
    "P101": wide, "P102": wide_address, "P103": big, "P104": lent, "P105": widow,
    "P106": orphan, "P107": stub, "P108": stranded, "P109": ladder, "P110": broken,
    "P111": stack, "P112": loose, "P113": forbidden, "P114": called, "P115": short, "P116": blank,
    "P117": coarse, "P118": cut_head, "P119": misnamed, "P120": turned, "P121": crowded,
}  # fmt: skip

# Tables and pictures are in one report only; signs that begin no line are of Japanese; the last
# line of a page that goes on, and the notes of a last page, are found in the copy in some only.
ONLY = {"P103": ["ko"], "P117": ["ko"], "P113": ["ja"], "P110": ["en", "ja"]}


def planted(draw: Draw, kind: str = "") -> tuple[str, Spoiled]:
    """Return the language of a report, and its pages with a random fault."""
    kind = kind or draw(sorted(KINDS))
    tag = draw(ONLY.get(kind, sorted(SHEETS)))
    return tag, KINDS[kind](Sheet(tag, galley(tag), draw))


def found(tag: str, spoiled: Spoiled) -> list[Wanted]:
    """Return what is found, with those of the measured values that are wanted."""
    out: list[Diagnostic] = []
    with chdir(REPORTS):
        layout.check(layout.Subject(spoiled.galley, where=Copies().where), out.append)
    names = {one.code: [name for name, _ in one.facts] for one in spoiled.wanted}
    rows = []
    for one in sorted(out):
        facts = dict(one.facts)
        told = tuple((name, str(facts[name])) for name in names.get(one.code, []))
        assert one.place.file == SHEETS[tag], one
        rows.append(Wanted(one.code, one.page, one.place.line, one.place.column, told))
    return rows
