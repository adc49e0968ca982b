"""The file for an archive, PDF/A-3a (ISO 19005-3): its sources enclosed, its colours defined."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from watchpress.backends.pdf.bind.pieces import Binding, Enclosure

PRINTED: Final = 4  # the flag of annotations that are printed (ISO 19005-3, 6.3.2)
WORDS: Final = "sRGB IEC61966-2.1"


def seal(out: pikepdf.Pdf, binding: Binding) -> None:
    """Make a file for an archive of `out`, which is bound and tagged."""
    root: Any = out.Root
    files = [_file(out, one, binding) for one in binding.enclosures]
    if files:
        names = [part for one in files for part in (one.UF, one)]
        if "/Names" not in root:
            root.Names = Dictionary()
        root.Names.EmbeddedFiles = out.make_indirect(Dictionary(Names=Array(names)))
        root.AF = Array(files)
    root.OutputIntents = Array([_intent(out)])
    for page in out.pages:
        for annotation in page.obj.get("/Annots", ()):
            annotation.F = PRINTED
    for thing in out.objects:
        if isinstance(thing, pikepdf.Stream) and "/Interpolate" in thing:
            thing.Interpolate = False  # ISO 19005-3, 6.2.8: each reader would do it in its way


def _file(out: pikepdf.Pdf, one: Enclosure, binding: Binding) -> Any:
    """Return the file specification of a source (ISO 19005-3, 6.8)."""
    stamp = String(f"D:{binding.moment:%Y%m%d%H%M%SZ}")
    stream = out.make_stream(one.data)
    stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/text/xml")
    sum_ = String(hashlib.md5(one.data, usedforsecurity=False).digest())
    stream.Params = Dictionary(Size=len(one.data), ModDate=stamp, CreationDate=stamp, CheckSum=sum_)
    return out.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.name),
            UF=String(one.name),
            EF=Dictionary(F=stream, UF=stream),
            Desc=String(one.words),
            AFRelationship=Name.Source,
        )
    )


def _intent(out: pikepdf.Pdf) -> Any:
    """Return what the RGB of the pages means (ISO 19005-3, 6.2.3): sRGB, as style sheets do."""
    profile = out.make_stream(srgb())
    profile.N = 3
    return out.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(WORDS),
            Info=String(WORDS),
            DestOutputProfile=profile,
        )
    )


def srgb() -> bytes:
    """Return the ICC's own profile of sRGB, which comes with WeasyPrint."""
    found = find_spec("weasyprint")
    places: Sequence[str] = (found and found.submodule_search_locations) or ()
    return Path(places[0], "pdf", "sRGB2014.icc").read_bytes()
