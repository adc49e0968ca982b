"""Latin type in the book itself, where its publisher asks for it: four faces, cut to its letters.

Japanese and Korean are left to the reader's own fonts: in a volume of four reports their letters,
in two weights, weighed five times what all else did; and who reads these languages has fonts for
them. The face takes the name of our own by which CSS calls it: a font that was cut may not bear the
reserved one (SIL Open Font License 1.1, 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from watchpress.backends.epub.package import Item
from watchpress.diagnostic import Place, Tell, remark
from watchpress.language.words import LANGUAGES
from watchpress.model.tree import LANG, Element
from watchpress.tools import fonts
from watchpress.tools.fonts import Face

SHEET: Final = "epub-fonts.css"  # names the files that are made here
FOLDER: Final = "fonts"
LICENCE: Final = f"{FOLDER}/LICENCE.txt"
_SCRIPT: Final = "latn"
_WEIGHTS: Final = {400: "regular", 700: "bold"}
# What our style sheets ask for: pairs, ligatures, accents, figures for tables; small capitals for
# the line over a headline, which stands in the upright regular face.
_FEATURES: Final = ("kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "onum", "tnum", "pnum")
_SMALL: Final = "smcp"
# Of the name table (OpenType, name IDs): copyright, style, version, licence and its address stay;
# the four that bear the family's name get ours.
_KEPT: Final = (0, 1, 2, 3, 4, 5, 6, 13, 14)
_COPYRIGHT, _TERMS, _ADDRESS = 0, 13, 14
_ALWAYS: Final = "0123456789.•–-"  # numbers and bullets of lists, which no text has


def embed(documents: Iterable[bytes], place: Place, tell: Tell) -> tuple[Item, ...]:
    """Return the faces and their licence for the XHTML `documents` of a book.

    () where no text is in a language of Latin letters; and where the pinned fonts are not there,
    which is told at `place` (E104). The same documents and fonts give the same bytes.
    """
    roots = [etree.fromstring(document) for document in documents]
    if not any(map(_latin, roots)):
        return ()
    faces = [f for f in fonts.faces() if f.script == _SCRIPT and f.weight in _WEIGHTS]
    if not faces:
        tell(remark("E104", place))
        return ()
    letters = {*_ALWAYS, *(sign for root in roots for text in root.itertext() for sign in text)}
    cut = [(face, *_cut(face, letters)) for face in faces]
    items = [Item(f"{FOLDER}/{_file(face)}", "font/woff2", data) for face, data, _ in cut]
    return *items, Item(LICENCE, "text/plain", _licence(cut[0][2]).encode())


def _latin(root: Element) -> bool:
    tags = {str(node.get(LANG)) for node in root.iter(etree.Element) if node.get(LANG)}
    known = (LANGUAGES.get(tag.split("-", 1)[0].lower()) for tag in tags)
    return any(words is not None and words.latin for words in known)


def _file(face: Face) -> str:
    slope = "" if face.style == "normal" else f"-{face.style}"
    return f"latin-{_WEIGHTS[face.weight]}{slope}.woff2"


def _cut(face: Face, letters: Iterable[str]) -> tuple[bytes, dict[int, str]]:
    """Return a face with these letters only, as WOFF2, and what its maker says in it."""
    # Loaded here: it takes long, and most books go without.
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    small = (_SMALL,) if (face.weight, face.style) == (400, "normal") else ()
    options.layout_features = [*_FEATURES, *small]
    options.name_IDs = list(_KEPT)
    options.notdef_outline = True
    options.hinting = False
    options.recalc_timestamp = False  # no clock
    font = subset.load_font(str(face.path), options)
    said = {number: str(font["name"].getDebugName(number)) for number in _KEPT}
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, letters))
    cutter.subset(font)
    for number, text in _names(face):
        for record in [r for r in font["name"].names if r.nameID == number]:
            font["name"].setName(text, number, record.platformID, record.platEncID, record.langID)
    out = BytesIO()
    subset.save_font(font, out, options)
    font.close()
    return out.getvalue(), said


def _names(face: Face) -> Iterator[tuple[int, str]]:
    style = f"{_WEIGHTS[face.weight]} {face.style}".title()
    full = f"{face.family} {style}"
    yield from ((1, face.family), (3, full), (4, full), (6, full.replace(" ", "")))


def _licence(said: dict[int, str]) -> str:
    """Return the notice that goes with the fonts (SIL Open Font License 1.1, 2), in their words."""
    family = said[1]
    return (
        f"{said[_COPYRIGHT]}\n\n{said[_TERMS]}\n{said[_ADDRESS]}\n\n"
        f"The fonts in this folder were cut out of {family} for this book: they hold its letters "
        "only, under another name.\n"
    )
