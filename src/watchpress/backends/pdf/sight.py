"""Laid-out pages as data: the one room that reads WeasyPrint's boxes for what is printed where.

To be called once pages are laid out and before anything is taken off them. Readings over a line
are not read; what a style sheet makes is, and leads nowhere in the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage
from weasyprint.layout.absolute import AbsolutePlaceholder

from watchpress.backends.pdf.folio import counts
from watchpress.backends.pdf.gauge import Gauge
from watchpress.backends.pdf.row import Row, row
from watchpress.backends.pdf.thread import Thread, thread
from watchpress.galley import Block, Galley, Line, Page, Role, Spot, Thing

PT: Final = 0.75  # points in a CSS pixel
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
MARGINS: Final[frozenset[Role]] = frozenset(("head", "folio"))
TAGS: Final[Mapping[str, Role]] = {
    "td": "table", "th": "table", "caption": "caption", "figcaption": "caption",
    "figure": "caption", "blockquote": "quote",
}  # fmt: skip
CLASSES: Final[Mapping[str, Role]] = {"opening": "opening", "body": "text", "endnotes": "note"}


class Scene(NamedTuple):
    """Where in the document a box is: the nearest id, and what the elements around it are.

    `report`: it is of a report, or of its notes. `listed`: of the contents. `at`: the nearest place
    in the copy.
    """

    id: str = ""
    role: Role = "made"
    level: int = 0
    report: bool = False
    listed: bool = False
    at: str = ""


def galley(document: Document, files: Mapping[str, str], *, pinned: bool) -> Galley:
    """Return what is printed where on the pages of `document`.

    `files`: the file of copy of each report, by the stem of its ids. `pinned`: no fonts but ours
    are at hand (else a generic family may stand for any).
    """
    return _Sight(files, Gauge(pinned)).look(document)


@dataclass
class _Sight:
    """A walk over all pages that knows how much of each block has been printed."""

    files: Mapping[str, str]
    gauge: Gauge
    blocks: list[Block] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)  # of blocks, by element and role
    threads: dict[Any, Thread] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)  # lines of each block so far
    begun: set[Any] = field(default_factory=set)  # articles
    first: bool = False  # one begins on the page
    lines: list[Line] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    def look(self, document: Document) -> Galley:
        ids: dict[str, int] = {}
        pages = []
        for number, page in enumerate(document.pages, 1):
            pages.append(self.page(page))
            for name in page.anchors:
                ids.setdefault(name, number)
        return Galley(tuple(pages), tuple(self.blocks), ids)

    def page(self, page: Any) -> Page:
        """Return a page: running heads, text, folio."""
        box = page._page_box
        self.lines, self.things, self.first = [], [], False
        margins = [one for one in box.children if isinstance(one, boxes.MarginBox)]
        folios = [one for one in margins if counts(one.style["content"])]
        for margin in margins:
            if margin not in folios:
                self.walk(margin, margin, Scene(role="head"))
        for child in box.children:
            if child not in margins:
                self.walk(child, child, Scene())
        for margin in folios:
            self.walk(margin, margin, Scene(role="folio"))
        left, top = box.content_box_x(), box.content_box_y()
        area = _spot(left, top, left + box.width, top + box.height)
        return Page(
            _pt(page.width),
            _pt(page.height),
            area,
            tuple(self.lines),
            tuple(self.things),
            first=self.first,
        )

    def walk(self, box: Any, around: Any, scene: Scene) -> None:
        """Look at a box and all below it; `around`: the box that it stands in."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        scene = _within(box, scene)
        if isinstance(box, boxes.LineBox):
            self.line(box, around, scene)
            return
        if box.element_tag == "article" and box.element not in self.begun:
            self.begun.add(box.element)
            self.first = True
        if isinstance(box, boxes.ReplacedBox):
            self.thing("picture", box, scene)
        elif isinstance(box, boxes.TableBox):
            self.thing("table", box, scene)
        if getattr(box, "is_header", False):
            self.again(box)
        for child in getattr(box, "children", ()):
            self.walk(child, box, scene)

    def again(self, header: Any) -> None:
        """Begin anew with the head of a table, which stands on each page of the table."""
        for box in header.descendants():
            found = self.threads.get(box.element)
            if found is not None:
                found.done = 0
            for key, block in self.numbers.items():
                if key[0] is box.element:
                    self.counts[block] = 0

    def line(self, box: Any, around: Any, scene: Scene) -> None:
        pseudo = "::" in (box.element_tag or "")
        strand = None
        if not pseudo and scene.role not in MARGINS:
            strand = self.threads.get(box.element) or thread(box.element)
            self.threads[box.element] = strand
        found = row(box, strand, self.gauge)
        if found.text:
            block = self.block(box, scene._replace(role="made", at="") if pseudo else scene)
            self.lines.append(self.placed(found, block, _room(box, around, found), scene))
        for other in found.others:
            self.walk(other, around, scene)

    def placed(self, found: Row, block: int, room: tuple[float, float], scene: Scene) -> Line:
        """Return a line: which one of its block it is, and where it stands."""
        number = self.counts.get(block, 0)
        self.counts[block] = number + 1
        return Line(
            block,
            number,
            found.text,
            _spot(*found.box),
            room,
            _pt(found.size),
            round(max(found.spaces, default=0.0), 3),
            round(min(found.spaces, default=0.0), 3),
            found.hyphen,
            found.call,
            found.address,
            found.target if scene.listed else "",
            found.anchors if self.blocks[block].line else (),
            found.strays,
        )

    def thing(self, kind: Any, box: Any, scene: Scene) -> None:
        left, top = box.border_box_x(), box.border_box_y()
        spot = _spot(left, top, left + box.border_width(), top + box.border_height())
        role: Role = "table" if kind == "table" else "caption"
        block = self.block(box, scene._replace(role=role) if scene.report else scene)
        size = _pixels(box) if kind == "picture" else (0, 0)
        self.things.append(Thing(kind, block, spot, size))

    def block(self, box: Any, scene: Scene) -> int:
        """Return the number of the block that a line or a thing is of."""
        key = (box.element, scene.role)
        if key not in self.numbers:
            self.numbers[key] = len(self.blocks)
            language = str(box.style["lang"] or "")
            line, column = map(int, scene.at.split(":")) if scene.at and scene.report else (0, 0)
            file = self.file(scene.id) if line else ""
            self.blocks.append(
                Block(scene.id, scene.role, language, file, line, column, scene.level)
            )
        return self.numbers[key]

    def file(self, name: str) -> str:
        """Return the file of copy of the report that an id is of, "" where that is not known."""
        return next(
            (
                file
                for stem, file in self.files.items()
                if name == stem or name.startswith(f"{stem}-")
            ),
            "",
        )


def _within(box: Any, scene: Scene) -> Scene:
    """Return the scene below a box."""
    element = box.element
    if element is None or scene.role in MARGINS:
        return scene
    tag, names = str(element.tag), (element.get("class") or "").split()
    report = scene.report or "report" in names or "endnotes" in names
    role, level = scene.role, scene.level
    if report:
        role = next((CLASSES[name] for name in names if name in CLASSES), role)
        role = TAGS.get(tag, role)
        if tag in HEADINGS:
            role, level = "heading", HEADINGS[tag]
    return Scene(
        element.get("id") or scene.id,
        role,
        level,
        report,
        scene.listed or "contents" in names,
        element.get("data-at") or scene.at,
    )


def _room(line: Any, around: Any, found: Row) -> tuple[float, float]:
    """Return the left and the right end of what a line may fill of the box around it."""
    left, indent = around.content_box_x(), getattr(line, "text_indent", 0.0)
    return _pt(left + indent - found.out[0]), _pt(left + around.width + found.out[1])


def _pt(length: float) -> float:
    return round(length * PT, 2)


def _spot(left: float, top: float, right: float, bottom: float) -> Spot:
    return Spot(_pt(left), _pt(top), _pt(right), _pt(bottom))


def _pixels(box: Any) -> tuple[int, int]:
    """Return the size of a picture, (0, 0) of one that is drawn."""
    image = box.replacement
    return (image.width, image.height) if isinstance(image, RasterImage) else (0, 0)
