"""A galley: pages as data, kept as JSON and joined to those of a volume."""

from __future__ import annotations

from watchpress.galley import Anchor, Block, Galley, Line, Page, Spot, Stray, Thing, joined

BOX = Spot(40.0, 50.0, 300.5, 62.0)


def galley(name: str) -> Galley:
    line = Line(
        0,
        0,
        "the 7 lamps of Carrow-",
        BOX,
        (40.0, 340.0),
        9.5,
        space=0.31,
        hyphen=True,
        anchors=(Anchor(0, 12, 1), Anchor(4, 12, 9, 2)),
        strays=(Stray(15, "C", "Other"),),
    )
    thing = Thing("picture", 0, BOX, (1200, 800))
    page = Page(420.0, 595.0, Spot(40, 40, 380, 540), (line,), (thing,), first=True)
    block = Block(f"{name}-p01", "text", "en", f"{name}.txt", 12, 1)
    return Galley((page, Page(420.0, 595.0, page.area)), (block,), {f"{name}-p01": 1})


def test_what_is_kept_comes_back() -> None:
    made = galley("wr001-en")
    assert Galley.from_json(made.to_json()) == made


def test_joined_galleys_count_their_pages_and_blocks_on() -> None:
    whole = joined([galley("wr001-en"), galley("wr002-en")])
    assert [page for page, _ in whole.lines()] == [1, 3]
    assert [whole.blocks[line.block].id for _, line in whole.lines()] == [
        "wr001-en-p01",
        "wr002-en-p01",
    ]
    assert whole.pages[2].things[0].block == 1
    assert whole.ids == {"wr001-en-p01": 1, "wr002-en-p01": 3}


def test_a_letter_of_a_line_is_found_in_the_copy_by_the_letters_before_it() -> None:
    ((_, line),) = galley("wr001-en").lines()
    assert line.anchor(0) == Anchor(0, 12, 1, 0)
    assert line.anchor(6) == Anchor(6, 12, 9, 3)
    assert line.anchor(15) == Anchor(15, 12, 9, 2 + 1 + 5 + 2)


def test_files_of_the_copy_may_go_by_other_names() -> None:
    renamed = galley("a").renamed({"a.txt": "report 0"})
    assert [block.file for block in renamed.blocks] == ["report 0"]
