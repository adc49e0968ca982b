"""The styles of EPUBs leave the reader what is the reader's: type, size of the text, colours."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tinycss2

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
    for selector, said in rules():
        assert not {"font", "font-family", "background", "background-color", "position"} & {*said}
        assert said.get("color", "inherit") == "inherit", selector
        assert not re.search(r"#[0-9a-f]{3}|rgb|black|white", " ".join(said.values())), selector


def test_the_running_text_has_the_size_the_reader_chose() -> None:
    for selector, said in rules():
        if re.search(r"(^|[ ,])(html|body|p|\.body|\.report)(:lang\(\w+\))?$", selector, re.M):
            assert "font-size" not in said or "opening" in selector, selector
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
