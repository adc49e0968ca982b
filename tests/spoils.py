"""Defects of press files, one for each rule of the preflight: each spoils a pikepdf.Pdf."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

BOX = b"%s 40 40 9 9 re f\n"


def _paint(out: Any, operators: bytes, **resources: Any) -> None:
    """Paint more on the first page, behind what is there."""
    page = out.pages[0].obj
    for kind, things in resources.items():
        page.Resources[f"/{kind}"] = Dictionary(**things)
    below = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    page.Contents = Array([out.make_stream(b"q\n" + operators + b"Q\n"), *below])


def _last(page: Any) -> Any:
    return page.Contents[-1] if isinstance(page.Contents, Array) else page.Contents


def unidentified(out: Any) -> None:
    xmp = out.Root.Metadata.read_bytes()
    out.Root.Metadata = out.make_stream(xmp.replace(b"DocumentID", b"DocumentName"))


def untrapped(out: Any) -> None:
    del out.trailer.Info.Trapped


def intentless(out: Any) -> None:
    del out.Root.OutputIntents[0].DestOutputProfile


def fontless(out: Any) -> None:
    font = next(iter(out.pages[0].obj.Resources.Font.values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def scripted(out: Any) -> None:
    out.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep(0)"))


def unbled(out: Any) -> None:
    page = out.pages[0].obj
    page.BleedBox = page.TrimBox


def annotated(out: Any) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 90, 60])
    out.pages[0].obj.Annots = Array([out.make_indirect(link)])


def coloured(out: Any) -> None:
    _paint(out, BOX % b"1 0 0 rg")


def rich(out: Any) -> None:
    stream = _last(out.pages[0].obj)
    stream.write(stream.read_bytes().replace(b"0 0 0 1 k", b"0.5 0 0 1 k"))


def inky(out: Any) -> None:
    _paint(out, BOX % b"1 1 0.9 0.9 k")


def coarse(out: Any) -> None:
    image = out.make_stream(b"\0")
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width = image.Height = 1
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    _paint(out, b"9 0 0 9 40 40 cm /Coarse Do\n", XObject={"Coarse": image})


def veiled(out: Any) -> None:
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    page = out.pages[0].obj
    states = dict(page.Resources.get("/ExtGState", Dictionary()).items())
    page.Resources.ExtGState = Dictionary({**states, "/Veil": state})
    _paint(out, b"/Veil gs\n" + BOX % b"0 0 0 1 k")


def unsound(out: Any) -> None:
    """Spoil what any PDF has to have: a font's file, a box within the others, one with a size."""
    fontless(out)
    left, bottom, right, top = map(float, out.pages[0].obj.MediaBox)
    out.pages[0].obj.CropBox = Array([left - 9, bottom, right, top])
    out.pages[0].obj.TrimBox = Array([left, bottom, left, top])


def spoiled(data: bytes, spoil: Callable[[Any], None]) -> bytes:
    """Return a PDF with a defect."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        spoil(pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


SPOILS: dict[str, Callable[[Any], None]] = {
    "F202 xmpMM:DocumentID": unidentified,
    "F202 Trapped": untrapped,
    "F203": intentless,
    "F204": fontless,
    "F205": scripted,
    "F206": unbled,
    "F207": annotated,
    "F208": coloured,
    "F209": rich,
    "F210": inky,
    "F211": coarse,
    "F212": veiled,
}
