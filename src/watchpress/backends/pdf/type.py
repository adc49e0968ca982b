"""The fonts of a layout: the pinned files, under our families, and no other font in sight."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from cffi import FFI
from weasyprint.text.ffi import (
    TO_UNITS,
    ffi,
    fontconfig,
    gobject,
    pango,
    pangoft2,
    unicode_to_char_p,
)
from weasyprint.text.fonts import FontConfiguration

from watchpress.tools.fonts import Face

OURS = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig")
SLANTS = {"normal": "roman", "italic": "italic"}


class Fonts(FontConfiguration):  # type: ignore[misc]
    """A font configuration that knows `faces` and nothing else of this machine.

    So a letter that no face has is a missing glyph, told as such, and never comes from whatever
    font the machine happens to have. The faces are registered where they lie: WeasyPrint's own way
    with @font-face copies each file (7 to 14 MB with ideographs) into a temporary folder first.
    """

    def __init__(self, faces: Iterable[Face]) -> None:
        """Register `faces`; raises OSError where Fontconfig cannot read one."""
        self._folder = None
        self.strut_layouts: dict[str, Any] = {}
        self.font_features: dict[bytes, Any] = {}
        self._config = _empty()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        self._map = ffi.cast("PangoFcFontMap *", self.font_map)
        pangoft2.pango_fc_font_map_set_config(self._map, self._config)
        fontconfig.FcConfigDestroy(self._config)  # the map keeps a reference of its own
        for face in faces:
            self._register(face)
        pangoft2.pango_fc_font_map_config_changed(self._map)

    def _register(self, face: Face) -> None:
        fontconfig.FcConfigParseAndLoadFromMemory(self._config, rule(face), True)
        if not fontconfig.FcConfigAppFontAddFile(self._config, _file(face).encode()):
            raise OSError(f"{face.path}: Fontconfig cannot read this font")

    def add_font_face(self, rule_descriptors: dict[str, Any], url_fetcher: Any) -> None:
        """Leave out @font-face rules for families that are registered; take the others."""
        if not rule_descriptors["font_family"].startswith("Watchpress "):
            super().add_font_face(rule_descriptors, url_fetcher)


def rule(face: Face) -> bytes:
    """Return the Fontconfig rule that gives a file our family name, weight and slant.

    The name is put before the font's own, as replacing it breaks Pango (WeasyPrint issue 2510).
    """
    root = Element("fontconfig")
    match = SubElement(root, "match", target="scan")
    test = SubElement(match, "test", name="file", compare="eq")
    SubElement(test, "string").text = _file(face)
    for name, mode, kind, value in (
        ("family", "prepend", "string", face.family),
        ("weight", "assign_replace", "int", str(_weight(face.weight))),
        ("slant", "assign_replace", "const", SLANTS[face.style]),
    ):
        SubElement(SubElement(match, "edit", name=name, mode=mode), kind).text = value
    out: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0"?>\n' + out


def _file(face: Face) -> str:
    return face.path.absolute().as_posix()


def _weight(css: int) -> int:
    """Return Fontconfig's number for a CSS weight (fontconfig.h: FC_WEIGHT_*)."""
    return {400: 80, 500: 100, 600: 180, 700: 200, 800: 205, 900: 210}[css]


@cache
def _library() -> Any:
    own = FFI()
    own.cdef("void *FcConfigCreate(void);")
    for name in OURS:
        try:
            return own, own.dlopen(name)
        except OSError:
            continue
    raise OSError("Fontconfig's library has none of its known names")


def _empty() -> Any:
    """Return a Fontconfig configuration without a single font (WeasyPrint declares no way to)."""
    own, library = _library()
    address = int(own.cast("uintptr_t", library.FcConfigCreate()))
    return ffi.cast("FcConfig *", address)


def lines(
    fonts: FontConfiguration,
    text: str,
    families: str,
    weight: int,
    size: float,
    width: float,
    language: str,
) -> int:
    """Return how many lines `text` takes; `weight` as in CSS, `size` and `width` in pt.

    The language chooses letters: the space of Korean is wider than that of the same font elsewhere.
    """
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    tag, _kept_first = unicode_to_char_p(language)
    pango.pango_context_set_language(context, pango.pango_language_from_string(tag))
    layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    name, _kept = unicode_to_char_p(families)
    pango.pango_font_description_set_family(description, name)
    pango.pango_font_description_set_weight(description, weight)
    pango.pango_font_description_set_absolute_size(description, int(size * TO_UNITS))
    pango.pango_layout_set_font_description(layout, description)
    pango.pango_layout_set_width(layout, int(width * TO_UNITS))
    words, _kept_too = unicode_to_char_p(text)
    pango.pango_layout_set_text(layout, words, -1)
    count = 1
    while pango.pango_layout_get_line_readonly(layout, count) != ffi.NULL:
        count += 1
    return count
