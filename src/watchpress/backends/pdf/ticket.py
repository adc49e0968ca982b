"""The job ticket: what a printing house must know of a file, as a page and as JSON.

What it says of the file is read from the file (tools/anatomy), not from what was asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from math import ceil
from typing import Final

from lxml.builder import E

from watchpress.backends.pdf import writer
from watchpress.catalog import TRIMS, Press, Trim, Work
from watchpress.diagnostic import Tell
from watchpress.files import Styles
from watchpress.language.words import Words, words
from watchpress.model.tree import Element
from watchpress.tools import anatomy
from watchpress.tools.anatomy import Anatomy, Paint, Picture
from watchpress.tools.icc import Condition

INKS: Final = ("cyan", "magenta", "yellow", "black")
EVERY: Final = "Separation All"  # of marks: no ink of the pages


@dataclass(frozen=True)
class Job:
    """What is ordered: lengths in mm. `leaf`: the thickness of a leaf; `spine`: of a book, or 0."""

    title: str
    file: str
    trim: Trim
    press: Press
    intent: Condition
    leaf: float
    spine: float


@dataclass(frozen=True)
class Ticket:
    """What a job ticket says; lengths in mm, pages counted from 1, blank ones among them."""

    title: str
    file: str
    sha256: str
    standard: str
    trim: tuple[float, float]
    bleed: float
    binding: float
    marks: str
    pages: int
    blank: tuple[int, ...]
    leaf: float
    spine: float
    paper: str
    inks: tuple[str, ...]
    black_text: bool
    intent: str
    condition: str
    fonts: tuple[str, ...]
    embedded: bool
    images: int
    ppi: float | None

    @property
    def leaves(self) -> int:
        """How many leaves the pages take."""
        return ceil(self.pages / 2)

    def to_json(self) -> str:
        """Return the ticket as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def ticket(job: Job, data: bytes) -> Ticket:
    """Return the ticket of the finished file `data`."""
    body = anatomy.read(data)
    paints = {paint for sheet in body.sheets for paint in sheet.paints}
    pictures = [picture for sheet in body.sheets for picture in sheet.pictures]
    text = [paint for paint in paints if paint.kind == "text"]
    return Ticket(
        title=job.title,
        file=job.file,
        sha256=hashlib.sha256(data).hexdigest(),
        standard=body.info.get("GTS_PDFXVersion", ""),
        trim=(job.trim.width, job.trim.height),
        bleed=job.press.bleed,
        binding=job.press.binding,
        marks=job.press.marks,
        pages=len(body.sheets),
        blank=tuple(_blank(body)),
        leaf=job.leaf,
        spine=round(job.spine, 2),
        paper=job.press.paper,
        inks=tuple(_inks(paints, pictures)),
        black_text=all(set(_channels(paint)) <= {INKS[-1]} for paint in text),
        intent=job.intent.name,
        condition=job.intent.words,
        fonts=tuple(face.name for face in body.faces),
        embedded=all(face.embedded for face in body.faces),
        images=len(pictures),
        ppi=min((picture.ppi for picture in pictures), default=None),
    )


def _blank(body: Anatomy) -> Iterator[int]:
    for sheet in body.sheets:
        if not sheet.pictures and all(paint.space == EVERY for paint in sheet.paints):
            yield sheet.number


def _inks(paints: Iterable[Paint], pictures: Iterable[Picture]) -> Iterator[str]:
    """Yield the inks that are on the pages, in the order of the press."""
    used = {ink for paint in paints for ink in _channels(paint)}
    for picture in pictures:
        used |= {INKS[-1]} if picture.space == "DeviceGray" else set(INKS)
    yield from (ink for ink in INKS if ink in used)
    yield from sorted(used - set(INKS))


def _channels(paint: Paint) -> Iterator[str]:
    if paint.space == "DeviceGray":
        yield INKS[-1]
    elif paint.space == "DeviceCMYK" and paint.colour:
        yield from (ink for ink, part in zip(INKS, paint.colour, strict=True) if part)
    elif paint.space.startswith("Separation"):
        yield from () if paint.space == EVERY else (paint.space.partition(" ")[2],)
    else:
        yield from INKS


def page(made: Ticket, work: Work, styles: Styles, tell: Tell) -> bytes:
    """Return the ticket as a PDF of A4, in the language of `work`."""
    speech = words(work.language)
    rows = [_row(speech.label(f"ticket-{key}"), said) for key, said in _lines(made, speech)]
    article = E.article(
        E.h1(speech.label("ticket")),
        E.p(made.title, {"class": "of"}),
        E.table(E.tbody(*rows)),
        {"class": "ticket", "lang": work.language},
    )
    title = f"{speech.label('ticket')}: {made.title}"
    dress = Work((), title, work.language, work.epoch, TRIMS["A4"])
    return writer.press([article], dress, styles, tell).data


def _row(head: str, said: str) -> Element:
    return E.tr(E.th(head, {"scope": "row"}), E.td(said))


def _lines(made: Ticket, speech: Words) -> Iterator[tuple[str, str]]:
    """Yield what the ticket says, line by line: a word and what is said of it."""
    say, comma, none = speech.label, speech.label("comma"), speech.label("ticket-none")
    leaf = say("ticket-leaf", mm=f"{made.leaf:g}")
    inks = comma.join(say(f"ink-{ink}") if ink in INKS else ink for ink in made.inks)
    text = say("ticket-text" if made.black_text else "ticket-text-not")
    images = say("ticket-images-said", count=made.images, ppi=f"{made.ppi or 0:.0f}")
    yield "file", made.file
    yield "standard", made.standard
    yield "trim", f"{made.trim[0]:g} × {made.trim[1]:g} mm"
    yield "pages", say("ticket-pages-said", pages=made.pages, leaves=made.leaves)
    yield "blank", comma.join(map(str, made.blank)) or none
    yield "bleed", f"{made.bleed:g} mm"
    yield "binding", say("ticket-binding-said", mm=f"{made.binding:g}")
    yield "marks", say(f"ticket-marks-{made.marks}")
    yield "paper", f"{made.paper}{comma}{leaf}" if made.paper else leaf
    if made.spine:
        yield "spine", f"{made.spine:.1f} mm"
    yield "inks", inks + say("bracket", inside=text)
    yield "intent", made.condition
    whole = say("bracket", inside=say("ticket-embedded")) if made.embedded else ""
    yield "fonts", comma.join(made.fonts) + whole
    yield "images", images if made.images else none
    yield "sha256", f"{made.sha256[:32]}\u200b{made.sha256[32:]}"
