"""What sticks out of its measure: lines, addresses, tables, pictures; pictures of few pixels."""

from __future__ import annotations

from watchpress.checks.layout.desk import Desk, Row, figure, quoted
from watchpress.galley import Spot, Stray

INCH = 72.0  # pt
LEVEL = 1.0  # pt: less than lines have above and below their letters
HEADS = ("heading", "made")  # the second: the headline of a page that stands in for a report
OF_PAGE = ("head", "folio")  # they have a room of their own


def lines(desk: Desk) -> None:
    """Tell P101 of lines beyond their measure, P102 where it is an address that cannot be broken.

    An overfull line is a fault in every manual since metal type: TeX names it so (The TeXbook,
    chapter 6). What may hang beyond the edge has been taken off the line's box.
    """
    for block, rows in desk.runs:
        if block.role in OF_PAGE:
            continue
        for row in rows:
            line = row.line
            left, right = line.room
            if block.role in HEADS:  # ragged, and narrowed so that its lines are of one length
                right = max(right, desk.page(row.page).area.right)
            over = round(max(line.box.right - right, left - line.box.left), 2)
            if over <= desk.limits.overfull:
                continue
            offset, word = _last(line.text)
            code = "P102" if line.address or "://" in word else "P101"
            facts = {"over": figure(over), "limit": figure(desk.limits.overfull)}
            desk.say(code, row, offset, word=quoted(word), **facts)


def _last(text: str) -> tuple[int, str]:
    """Return where the last word of a line begins, and the word: what comes to stand outside.

    Signs behind it, as the way back from a note, are no words.
    """
    bare = text.rstrip()
    while " " in bare and not any(map(str.isalnum, bare[bare.rfind(" ") :])):
        bare = bare[: bare.rfind(" ")].rstrip()
    start = max(bare.rfind(" "), bare.rfind("\u3000")) + 1
    return start, bare[start:]


def things(desk: Desk) -> None:
    """Tell P103 of tables and pictures beyond the text area, P117 of pictures of few pixels.

    Printing houses ask for 300 pixels per inch at the size in print (PDF/X-Plus, Ghent Workgroup
    specification 2015: an error below 150 for images).
    """
    least = desk.limits.pressed if desk.pressed else desk.limits.resolution
    for number, page in enumerate(desk.galley.pages, 1):
        for thing in page.things:
            place = desk.start(desk.galley.blocks[thing.block])
            over, limit = _beyond(thing.box, page.area, desk.limits.overfull)
            if over > limit:
                facts = {"over": figure(over), "limit": figure(limit)}
                desk.put("P103", number, place, thing.box, **facts)
            width = (thing.box.right - thing.box.left) / INCH
            height = (thing.box.bottom - thing.box.top) / INCH
            if not all(thing.pixels) or width <= 0 or height <= 0:
                continue
            found = int(min(thing.pixels[0] / width, thing.pixels[1] / height) + 0.01)
            if found < least:
                desk.put("P117", number, place, thing.box, found=found, limit=least)


def _beyond(box: Spot, area: Spot, limit: float) -> tuple[float, float]:
    """Return by how many pt a rectangle leaves another one on its worst side, and the limit there.

    Above and below, what is less than the room that a line has round its letters is seen by nobody:
    facing pages are level by their lines, not by the edges of pictures.
    """
    across = round(max(area.left - box.left, box.right - area.right), 2)
    upright = round(max(area.top - box.top, box.bottom - area.bottom), 2)
    if upright - LEVEL > across:
        return upright, limit + LEVEL
    return across, limit


def letters(desk: Desk) -> None:
    """Tell P104 where a block has letters that its typeface had to borrow: once for each lender.

    What no font has at all is F101, and an error.
    """
    for _, rows in desk.runs:
        lent: dict[str, list[tuple[Row, Stray]]] = {}
        for row in rows:
            for stray in row.line.strays:
                lent.setdefault(stray.family, []).append((row, stray))
        for family, strays in lent.items():
            row, first = strays[0]
            count = sum(len("".join(stray.text.split())) for _, stray in strays)
            desk.say("P104", row, first.offset, text=quoted(first.text), family=family, count=count)


def heads(desk: Desk) -> None:
    """Tell P118 of running heads that were cut, P121 of those without room to what is beside them.

    A running head is short enough to stand on its line with the folio (Chicago Manual of Style,
    17th edition, 1.13); the author shortens it, not the machine. One finding per part.
    """
    for part in desk.parts:
        rows = [
            Row(number, line)
            for number in part
            for line in desk.page(number).lines
            if desk.block(line).role == "head"
        ]
        cut = next((row for row in rows if row.line.text.rstrip().endswith("…")), None)
        if cut is not None:
            page, line = cut
            kept = line.text.rstrip()
            facts = {"count": max(_headline(desk, part), len(kept)), "limit": len(kept)}
            desk.put("P118", page, desk.headline(part), line.box, words=kept, **facts)
        tight = min(((_gap(desk, row), row) for row in rows), default=None, key=lambda one: one[0])
        if tight is not None and tight[0] < round(desk.limits.head * tight[1].line.size, 2):
            gap, (page, line) = tight
            room = {"gap": figure(gap), "limit": figure(desk.limits.head * line.size)}
            desk.put("P121", page, desk.headline(part), line.box, words=quoted(line.text), **room)


def _headline(desk: Desk, part: range) -> int:
    """Return how many letters the headline of a part has, with its spaces."""
    lines = [one for page in part for one in desk.page(page).lines if desk.block(one).level == 1]
    return len(" ".join(line.text.strip() for line in lines if line.block == lines[0].block))


def _gap(desk: Desk, row: Row) -> float:
    """Return how far a running head stands from the head or folio beside it, in pt.

    Below 0 by how much it leaves the page's text area, or runs into the other.
    """
    page, line = desk.page(row.page), row.line
    gaps = [page.width]
    for other in page.lines:
        if other is line or desk.block(other).role not in OF_PAGE:
            continue
        if min(other.box.bottom, line.box.bottom) > max(other.box.top, line.box.top):
            gaps.append(max(other.box.left - line.box.right, line.box.left - other.box.right))
    beyond = max(line.box.right - page.area.right, page.area.left - line.box.left)
    if beyond > desk.limits.overfull:
        gaps.append(-beyond)
    return round(min(gaps), 2)
