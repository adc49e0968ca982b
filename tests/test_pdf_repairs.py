"""What makes WeasyPrint faster changes no page: the same bytes with and without it."""

from __future__ import annotations

from typing import Any

import pytest

from pdf_reports import SEVERAL, TEXT, article, call, note, work
from products import assert_pdf
from watchpress.backends.pdf import engine, writer
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts

pytestmark = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
engine.load()

from weasyprint import css  # noqa: E402 - after the engine is loaded

from watchpress.backends.pdf import alike, layout, lengths  # noqa: E402

CALLS = "".join(f"{TEXT}{call(number)}" for number in range(1, 9))
BODY = f"<p>{SEVERAL}{CALLS}.</p><blockquote><p>{TEXT}</p></blockquote><h2>On</h2><p>{TEXT}</p>"
TABLE = """<figure class="table" id="t"><table><thead><tr><th>Lamp</th><th>Hours</th></tr></thead>
<tbody><tr><td id="one">North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr></tbody></table>
</figure><p style="margin-left: 4px" lang="ja">港の灯台</p><p lang="ja">港の灯台</p>"""


def report() -> Element:
    notes = "".join(note(number, "The log of the northern lamp, 1931.") for number in range(1, 9))
    return article(BODY + TABLE, notes)


def press(made: Element) -> bytes:
    layout._WORN.clear()
    found: list[Any] = []
    data = writer.press([made], work([made]), Styles(), found.append).data
    assert found == []
    return data


def test_pages_are_those_of_the_engine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    made = report()
    fast = press(made)
    monkeypatch.setattr(css, "StyleFor", alike.Shared.__bases__[0])
    monkeypatch.setattr(css, "find_style_attributes", alike._find)
    monkeypatch.setattr(lengths, "_settled", lambda style: False)
    assert press(made) == fast
    assert_pdf(fast)


def test_like_elements_have_one_style(monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[alike.Shared] = []

    class Heard(alike.Shared):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            known.append(self)

    monkeypatch.setattr(css, "StyleFor", Heard)
    press(report())
    (styles,) = known
    items = {
        id(style.shared)
        for (element, _), style in styles.get_computed_styles().items()
        if isinstance(style, alike.Named) and element.tag == "li"
    }
    assert len(items) == 2, "notes differ by their ids only, but for the first of them"
    named = [one for one in styles.get_computed_styles().values() if isinstance(one, alike.Named)]
    assert {"wr007-en-fn1", "wr007-en-fn8", "t", "one"} <= {one["anchor"] for one in named}
    assert all(one.copy()["anchor"] == one["anchor"] for one in named)


def test_a_dress_is_worn_again_and_its_faults_are_told_again() -> None:
    made = report()
    styles = Styles()
    faces = writer.needed([made], fonts.faces())
    sheets = [*writer.cascade([made], work([made]), styles, faces), "p { colour: red }"]
    heard = []
    for _ in range(2):
        with layout.listening() as said:
            document = layout.lay([made], work([made]), sheets, faces)
        heard.append([record.getMessage() for record in said])
        assert document.pages
    assert heard[0] == heard[1]
    assert "colour" in heard[0][0]
    assert len(layout._WORN) == 1


def test_percentages_are_worked_out_for_each_box() -> None:
    settled, measured = {"width": "auto"}, {"width": css.properties.Dimension(50, "%")}
    plain = dict.fromkeys(lengths.ASKED, css.properties.Dimension(1, "px"))
    for change, expected in ((settled, True), (measured, False)):
        style: Any = {**plain, **change, "border_collapse": "separate"}
        assert lengths._settled(style) is expected
