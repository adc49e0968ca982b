"""Fonts melted into one: each glyph as it was, each face once; what cannot be joined stays."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from bound import assert_ua, bound, loose, needs_fonts, numbered, pictures, piece, report
from pdf_reports import article, pressed
from watchpress.backends.pdf.bind import foundry, labels
from watchpress.backends.pdf.bind.subset import Subset
from watchpress.backends.pdf.bind.union import Union
from watchpress.backends.pdf.facts import Compiled
from watchpress.tools import fonts, pdfium


@pytest.fixture(scope="module")
def digits() -> list[Compiled]:
    """Pieces whose headlines are digits: glyphs of parts, which each piece has at other numbers."""
    return loose(
        *(
            article(f"<p>{word} {number}</p>", number=number, headline=f"{number} {word}")
            for number, word in enumerate(("sieben", "Äcker", "ŏ ŭ ﬁ", "灯台", "등대"), start=1)
        )
    )


def embedded(data: bytes) -> dict[str, list[Any]]:
    """Return the fonts of each name: its object, that of its file, the file, the used glyphs."""
    found: dict[str, list[Any]] = {}
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                file = font.DescendantFonts[0].FontDescriptor.FontFile2
                used = frozenset(foundry._widths(font.DescendantFonts[0].W))
                entry = (font.objgen, file.objgen, file.read_bytes(), used)
                if entry not in found.setdefault(str(font.BaseFont), []):
                    found[str(font.BaseFont)].append(entry)
    return found


@needs_fonts
def test_each_face_is_embedded_once(digits: list[Compiled]) -> None:
    data = bound(numbered(digits))
    assert_ua(data)
    found = embedded(data)
    assert all(len(entries) == 1 for entries in found.values())
    names = {name[8:] for name in found}
    assert {"Watchpress-Serif", "Watchpress-Serif-JP", "Watchpress-Serif-KR"} <= names
    files = {entries[0][1] for entries in found.values()}
    assert len(files) == len(names - {"Watchpress-Serif-Small-Caps"}), "in other dress, one file"


@needs_fonts
def test_pages_look_as_they_did(digits: list[Compiled]) -> None:
    pieces = [piece(one, folios=(), labels=()) for one in digits]
    alone = [picture for one in digits for picture in pictures(one.data)]
    assert pictures(bound(pieces)) == alone


@needs_fonts
def test_each_glyph_is_that_of_the_whole_file(digits: list[Compiled]) -> None:
    faces = {
        (face.family.replace(" ", "-"), face.weight): face.path
        for face in fonts.faces()
        if face.style == "normal"
    }
    weights = {"": 400, "-Semi-Bold": 600, "-Bold": 700}
    made = loose(report(1, "en", 3), report(2, "ja", 3))
    found = embedded(bound(numbered([*digits, *made])))
    seen = 0
    for name, [(_, _, data, used)] in found.items():
        match = re.fullmatch(r"(Watchpress-Serif(?:-JP|-KR)?)(-Semi-Bold|-Bold)?", name[8:])
        if not match:
            continue
        whole = TTFont(faces[match[1], weights[match[2] or ""]])
        seen += _compare(TTFont(BytesIO(data)), whole, used)
    assert seen > 100


def _compare(made: TTFont, whole: TTFont, used: frozenset[int]) -> int:
    ours, theirs = made.getGlyphSet(), whole.getGlyphSet()
    for number in used:
        name, other = made.getGlyphName(number), whole.getGlyphName(number)
        drawn = []
        for glyphs, glyph in ((ours, name), (theirs, other)):
            pen = DecomposingRecordingPen(glyphs)
            glyphs[glyph].draw(pen)
            drawn.append(pen.value)
        assert drawn[0] == drawn[1]
        assert made["hmtx"][name] == whole["hmtx"][other]
    return len(used)


@needs_fonts
def test_letters_and_widths_are_those_of_all_pieces(digits: list[Compiled]) -> None:
    kept: dict[str, dict[int, str]] = {}
    for one in digits:
        with pikepdf.open(BytesIO(one.data)) as pdf:
            for key, font in pdf.pages[0].Resources.Font.items():
                said = foundry._widths(font.DescendantFonts[0].W)
                assert said.keys() == foundry._letters(font.ToUnicode).keys()
                kept.setdefault(key, {}).update(said)
    with pikepdf.open(BytesIO(bound(numbered(digits)))) as pdf:
        for page in pdf.pages:
            for key, font in page.Resources.get("/Font", {}).items():
                assert foundry._widths(font.DescendantFonts[0].W) == kept[key]
                assert foundry._letters(font.ToUnicode).keys() == kept[key].keys()


@needs_fonts
def test_a_glyph_with_two_letters_makes_two_fonts_on_one_file() -> None:
    # Source Serif has one glyph for the two: whichever a piece prints first is what it is read as.
    made = loose(
        article("<p>Ohm Ω</p>", number=1),
        article("<p>Ohm \u2126</p>", number=2),
        article("<p>Ohm Ω</p>", number=3),
    )
    data = bound(numbered(made))
    assert_ua(data)
    texts = ["".join(run.text for run in page.runs) for page in pdfium.read(data).pages]
    alone = ["".join(r.text for r in pdfium.read(one.data).pages[0].runs) for one in made]
    assert [text[: len(own)] for text, own in zip(texts[::2], alone, strict=True)] == alone


@needs_fonts
def test_fonts_that_cannot_be_joined_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    made = loose(report(1, "en", 2), report(2, "en", 2))
    joined = bound(numbered(made))

    def refuse(data: bytes) -> Subset:
        raise ValueError("other outlines")

    monkeypatch.setattr(foundry, "Subset", refuse)
    data = bound(numbered(made))
    assert_ua(data)
    assert {len(entries) for entries in embedded(data).values()} == {2}
    assert pictures(data) == pictures(joined)


@needs_fonts
def test_subsets_of_other_files_are_not_joined() -> None:
    with pikepdf.open(BytesIO(pressed(report(1, "ja", 2)).data)) as pdf:
        files = {
            str(font.BaseFont)[8:]: font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
            for font in pdf.pages[0].Resources.Font.values()
        }
    regular, bold = (Subset(files[f"Watchpress-Serif-JP{weight}"]) for weight in ("", "-Bold"))
    assert regular.identity != bold.identity
    union = Union()
    assert union.add(regular, regular.data)
    assert union.add(regular, regular.data)
    assert not union.add(bold, bold.data.keys() & regular.data.keys())


@given(st.binary(max_size=300), st.sampled_from([b"", b"\0\1\0\0", b"true"]))
def test_what_is_no_font_is_refused(data: bytes, magic: bytes) -> None:
    with pytest.raises(ValueError, match="font"):
        Subset(magic + data)


@needs_fonts
@given(st.data())
def test_a_damaged_font_raises_what_the_foundry_expects(data: st.DataObject) -> None:
    if not _FILE:
        with pikepdf.open(BytesIO(pressed(article("<p>5</p>", headline="1 Ä")).data)) as pdf:
            for font in pdf.pages[0].Resources.Font.values():
                _FILE.append(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes())
    whole = bytearray(data.draw(st.sampled_from(_FILE)))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        subset = Subset(bytes(whole))
        union = Union()
        if union.add(subset, subset.data):
            union.data()
    except (ValueError, struct.error):
        pass


_FILE: list[bytes] = []


# --- labels ------------------------------------------------------------------------------------


@given(st.integers(1, 4000), st.sampled_from("DrR"))
def test_labels_are_read_as_they_are_shown(number: int, style: str) -> None:
    assert labels.read(labels.shown(style, number)) == (style, number)


@pytest.mark.parametrize("label", ["", "iiii", "ic", "A-1", "007", "１", "Ix", "-1", "1.5"])
def test_labels_that_are_no_numbers(label: str) -> None:
    assert labels.read(label) == ("", 0)
