"""The body of a PDF: what it says of itself, its intents, fonts and sheets, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name

from watchpress.tools.anatomy.paint import Paint, Painted, Picture

Sides: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top in pt

BOXES: Final = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
ACTING: Final = ("/OpenAction", "/AA")
FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")


class Unreadable(ValueError):
    """The PDF cannot be opened; says why."""


@dataclass(frozen=True)
class Face:
    """A font in the file: its name, whether it is embedded, and only in part."""

    name: str
    embedded: bool
    subset: bool


@dataclass(frozen=True)
class Intent:
    """An output intent: its kind (GTS_PDFX), condition, registry, words, profile (None: none)."""

    kind: str
    condition: str
    registry: str
    words: str
    profile: bytes | None


@dataclass(frozen=True)
class Sheet:
    """A page: its boxes, annotations (kind and place), and what it paints.

    `blending`: the colour space of the page's transparency, "" for none.
    """

    number: int
    boxes: Mapping[str, Sides]
    annotations: tuple[tuple[str, Sides], ...]
    paints: frozenset[Paint]
    pictures: tuple[Picture, ...]
    veils: tuple[str, ...]
    blending: str


@dataclass(frozen=True)
class Anatomy:
    """A PDF taken apart.

    `info` is the document information, `acts` what would run when it is opened, `enclosed` the
    names of files in it. `identified`: it has an ID.
    """

    version: str
    encrypted: bool
    identified: bool
    info: Mapping[str, str]
    xmp: bytes
    intents: tuple[Intent, ...]
    faces: tuple[Face, ...]
    acts: tuple[str, ...]
    enclosed: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def read(data: bytes) -> Anatomy:
    """Return the anatomy of a PDF; raises Unreadable where it cannot be opened."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _anatomy(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError) as fault:
        raise Unreadable(str(fault).rpartition(": ")[2]) from None


def _anatomy(pdf: pikepdf.Pdf) -> Anatomy:
    root: Any = pdf.Root
    info: Any = pdf.trailer.get("/Info", Dictionary())
    return Anatomy(
        version=pdf.pdf_version,
        encrypted=pdf.is_encrypted,
        identified="/ID" in pdf.trailer,
        info={key[1:]: str(info[key]) for key in info},
        xmp=root.Metadata.read_bytes() if "/Metadata" in root else b"",
        intents=tuple(map(_intent, root.get("/OutputIntents", ()))),
        faces=tuple(sorted(set(faces(pdf)), key=lambda face: face.name)),
        acts=tuple(_acts(pdf)),
        enclosed=tuple(pdf.attachments),
        sheets=tuple(_sheet(page, number) for number, page in enumerate(pdf.pages, 1)),
    )


def _intent(given: Any) -> Intent:
    profile = given.get("/DestOutputProfile")
    return Intent(
        kind=str(given.get("/S", "")).removeprefix("/"),
        condition=str(given.get("/OutputConditionIdentifier", "")),
        registry=str(given.get("/RegistryName", "")),
        words=str(given.get("/Info", "")),
        profile=None if profile is None else profile.read_bytes(),
    )


def faces(pdf: pikepdf.Pdf) -> Iterator[Face]:
    """Yield the fonts of the file; those of Type 3 are drawn and need no file."""
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary) or thing.get("/Type") != Name.Font:
            continue
        if thing.get("/Subtype") in (Name.Type0, Name.Type3):
            continue
        descriptor = thing.get("/FontDescriptor", Dictionary())
        name = str(thing.get("/BaseFont", "")).removeprefix("/")
        embedded = any(key in descriptor for key in FILES)
        yield Face(name.partition("+")[2] or name, embedded, "+" in name)


def _acts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what would run, or ask to be filled in: actions, scripts, forms."""
    root: Any = pdf.Root
    yield from (key[1:] for key in ACTING if key in root)
    if "/Names" in root and "/JavaScript" in root.Names:
        yield "JavaScript"
    if "/AcroForm" in root:
        yield "AcroForm"
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") in (Name.JavaScript, Name.Launch):
            yield str(thing.S)[1:]


def _sheet(page: pikepdf.Page, number: int) -> Sheet:
    obj, painted = page.obj, Painted()
    painted.page(page)
    given = {name: sides(obj[f"/{name}"]) for name in BOXES if f"/{name}" in obj}
    given.setdefault("MediaBox", sides(page.mediabox))
    group: Any = obj.get("/Group", Dictionary())
    return Sheet(
        number=number,
        boxes=given,
        annotations=tuple(map(_annotation, obj.get("/Annots", ()))),
        paints=frozenset(painted.paints),
        pictures=tuple(painted.pictures),
        veils=tuple(sorted(painted.veils)),
        blending=str(group.get("/CS", "")).removeprefix("/"),
    )


def _annotation(given: Any) -> tuple[str, Sides]:
    return str(given.get("/Subtype", "")).removeprefix("/"), sides(given.Rect)


def sides(box: Any) -> Sides:
    """Return a box with its corners in order, in pt."""
    one, two, three, four = (float(side) for side in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)
