"""The styles of EPUBs leave the reader what is the reader's: type, size of the text, colours."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tinycss2

from watchpress.backends.epub.cover import COLOURS, Tone
from watchpress.backends.epub.volume import SHEETS
from watchpress.files import Styles

CSS = "\n".join(Styles().text(name) for name in SHEETS)


def rules() -> list[tuple[str, dict[str, str]]]:
    """Return each rule of the style sheet: its selector and its declarations."""
    found = []
    for rule in tinycss2.parse_stylesheet(CSS, skip_comments=True, skip_whitespace=True):
        assert rule.type in {"qualified-rule", "at-rule"}, rule
        if rule.type == "qualified-rule":
            found.append((tinycss2.serialize(rule.prelude).strip(), declarations(rule.content)))
    return found


def declarations(content: Any) -> dict[str, str]:
    parsed = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    assert {declaration.type for declaration in parsed} <= {"declaration"}, parsed
    return {d.name: tinycss2.serialize(d.value).strip() for d in parsed}


def test_no_typeface_and_no_colour_is_forced() -> None:
    """So text and lines have the contrast of the theme that the reader has chosen, by night too."""
    for selector, said in rules():
        forced = {"font", "font-family", "background", "background-color", "position"} & {*said}
        if selector == "figure img":  # behind a picture whose ground is clear, never behind text
            assert said["background"] == "#fff"
            forced.remove("background")
        assert not forced, selector
        assert said.get("color", "inherit") == "inherit", selector
        others = " ".join(value for name, value in said.items() if name != "background")
        assert not re.search(r"#[0-9a-f]{3}|rgb|black|white|gr[ae]y|Canvas", others), selector


def test_nothing_pales_the_colours_of_the_reader() -> None:
    paling = {"opacity", "filter", "mix-blend-mode", "text-shadow", "visibility", "color-scheme"}
    assert not paling & {name for _, said in rules() for name in said}
    assert dict(rules())["a,\na:link,\na:visited"] == {"color": "inherit"}  # blue on black


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"), [("ink", "paper"), ("soft", "paper"), ("paper", "ink")]
)
def test_the_cover_can_be_read(text: Tone, ground: Tone) -> None:
    """The only place with colours of our own: a contrast of 4.5:1 at least (WCAG 2.2, 1.4.3)."""
    dark, light = sorted(luminance(COLOURS[tone]) for tone in (text, ground))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_running_text_has_the_size_the_reader_chose() -> None:
    for selector, said in rules():
        if re.search(r"(^|[ ,])(html|body|p|\.body|\.report)(:lang\(\w+\))?$", selector, re.M):
            small = "opening" in selector or "fig" in selector  # no running text
            assert "font-size" not in said or small, selector
        size = said.get("font-size", "1em")
        assert re.fullmatch(r"[\d.]+em", size), selector


@pytest.mark.parametrize(
    ("selector", "name", "value"),
    [
        (".noteref", "line-height", "0"),
        (".keep", "white-space", "nowrap"),
        (".url", "overflow-wrap", "anywhere"),
        (".body p:lang(ja)", "text-indent", "1em"),
        ("h1,\nh2,\nh3,\nh4", "break-after", "avoid"),
    ],
)
def test_what_the_pages_rely_on(selector: str, name: str, value: str) -> None:
    assert dict(rules())[selector][name] == value


def test_no_file_and_no_address_is_fetched() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
