"""The scale of a layout: what size, lead and font each kind of line has come to, as laid out.

Asked of the boxes, not of the style sheets: a theme or a sheet of one's own changes the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from watchpress.backends.pdf import layout, writer
from watchpress.backends.pdf.sheet import Sheet
from watchpress.catalog import Work
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.xhtml.legend import Dress, Ground

Path: TypeAlias = tuple[str, ...]

# The kinds of line, and what stands round a line of that kind: elements and classes, outermost
# first. The first line that fits is measured; an end "$" means that nothing else stands within.
KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("series", ".series"),
    ("date", ".date"),
    ("headline", "h1"),
    ("byline", ".byline"),
    ("text", ".body p$"),
    ("emphasis", ".body p em$"),
    ("strong", ".body p strong$"),
    *((f"heading{level}", f"section h{level}") for level in range(2, 7)),
    ("quotation", "blockquote p$"),
    ("caption", "caption"),
    ("head", "thead th"),
    ("cell", "tbody td"),
    ("source", "figure .source"),
    ("noteshead", ".endnotes h2"),
    ("note", ".endnotes p$"),
    ("running", "@top-right"),
    ("folio", "@bottom-center"),
)
PT: Final = 0.75  # points in a CSS pixel


def ground(article: Element, work: Work, styles: Styles) -> Ground:
    """Return what the pages of a report come to; `work` says how they are set.

    Raises engine.EngineMissing where WeasyPrint cannot run.
    """
    faces = writer.needed([article], fonts.faces(work.theme.family))
    css = writer.cascade([article], work, styles, faces)
    document = layout.lay([article], work, css, faces, styles.folder)
    sheet = Sheet(work.trim, work.language, theme=work.theme)
    found: dict[str, tuple[Any, Any]] = {}
    for page in document.pages:
        for path, line, text in _texts(page._page_box, (), None):
            kind = next((kind for kind, way in KINDS if kind not in found and _fits(way, path)), "")
            if kind:
                found[kind] = (line, text)
    assert "text" in found, "the specimen has a paragraph"
    return Ground(
        work.trim,
        (sheet.top, sheet.side, sheet.bottom),
        sheet.measure,
        sheet.lines,
        sheet.lead,
        sheet.size,
        round(strut(found["text"][0].style)[1] * PT, 3),
        tuple(_dress(kind, *found[kind]) for kind, _ in KINDS if kind in found),
    )


def _texts(box: Any, path: Path, line: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the texts below a box, each with its line and the names of all that is round it."""
    if isinstance(box, boxes.MarginBox):
        path = (*path, box.at_keyword)
    elif box.element is not None and not isinstance(box, boxes.PageBox | boxes.LineBox):
        names = (box.element.tag, *(f".{one}" for one in box.element.get("class", "").split()))
        path = (*path, "/", *names)
    if isinstance(box, boxes.LineBox):
        line = box
    if isinstance(box, boxes.TextBox):
        if box.text.strip() and line is not None:
            yield path, line, box
        return
    for child in getattr(box, "children", ()):
        yield from _texts(child, path, line)


def _fits(way: str, path: Sequence[str]) -> bool:
    """Say whether the names of `way` stand in `path` in their order; with a "$", nothing within."""
    at = 0
    for name in way.removesuffix("$").split():
        try:
            at = path.index(name, at) + 1
        except ValueError:
            return False
    return not way.endswith("$") or _inmost(path, at)


def _inmost(path: Sequence[str], at: int) -> bool:
    """Say whether only boxes of the same element follow: a text repeats the names round it."""
    rest = [name for name in path[at:] if name != "/"]
    return all(name == path[at - 1] or name.startswith(".") for name in rest)


def _dress(kind: str, line: Any, text: Any) -> Dress:
    style = text.style
    family = next((one for one in style["font_family"] if one in fonts.NAMES), "")
    return Dress(
        kind,
        round(style["font_size"] * PT, 2),
        round(strut(line.style)[0] * PT, 2),
        style["font_weight"],
        style["font_style"] == "italic" and _slanted(family),
        style["font_variant_caps"] == "small-caps",
        family,
        fonts.NAMES.get(family, "") or str(style["font_family"][0]),
    )


def _slanted(family: str) -> bool:
    """Say whether a family has an italic: Japanese and Korean ones have none."""
    return not family or any(
        (face.family, face.style) == (family, "italic") for face in fonts.faces()
    )
