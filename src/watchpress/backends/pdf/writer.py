"""The PDF of a work: its reports as one document, laid out by WeasyPrint, with page facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from logging import LogRecord
from typing import Any, BinaryIO, Final

from lxml import etree

from watchpress.backends.pdf import dress, engine, sheet
from watchpress.backends.pdf.facts import Compiled, Facts
from watchpress.catalog import Work
from watchpress.diagnostic import Diagnostic, Place, Tell, remark
from watchpress.files import Styles
from watchpress.language.words import spaced
from watchpress.model import tree
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.tools.fonts import Face
from watchpress.xhtml import article as xhtml

__all__ = ["Compiled", "Facts", "cascade", "compile", "needed", "press", "sources", "write"]

SHEETS: Final = {"part": "parts.css", "ticket": "ticket.css"}  # of kinds of articles
PURPOSES: Final = {"serif": "pdf", "sans": "large-print"}  # what the doctor brings a set for
KOREAN: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
JAPANESE: Final = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
IDEOGRAPH: Final = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def write(work: Work, styles: Styles, out: BinaryIO, tell: Tell) -> None:
    """Write the PDF of `work` to `out`; what the layout finds is told. See `compile`."""
    out.write(compile(work, styles, tell).data)


def compile(work: Work, styles: Styles, tell: Tell) -> Compiled:
    """Return the PDF of `work` with the facts of its pages.

    Raises EngineMissing where WeasyPrint cannot run, Fatal F103 where the text or a style sheet
    asks for a file that may not be read (allowed: data:, and the folder of `styles`). Missing
    letters (F101), links that lead nowhere (F102), rules that WeasyPrint does not take (F104) and
    pages without our fonts (F105) are told.

    The pages of a loose work are position-free, to be bound (bind/): the facts know where their
    folios stand, and links to ids elsewhere are `watchpress:` addresses, of which nothing is told.
    """
    return press([xhtml.article(report) for report in work.reports], work, styles, tell)


def press(articles: Sequence[Element], work: Work, styles: Styles, tell: Tell) -> Compiled:
    """Return what `compile` does, made of the articles of the reports."""
    engine.load()
    # Imported now: these rooms import WeasyPrint.
    from watchpress.backends.pdf import folio, foot, layout, sight, turns
    from watchpress.backends.pdf.fetch import ruled

    faces = needed(articles, fonts.faces(work.theme.family))
    if not faces:
        tell(remark("F105", _home(work), purpose=PURPOSES[work.theme.family]))
    css = cascade(articles, work, styles, faces)
    with layout.listening() as heard, ruled(styles.folder, _home(work)):
        lay = partial(layout.lay, work=work, css=css, faces=faces, folder=styles.folder)
        articles, document = foot.settled(articles, lay)
        begun = turns.turns(document) if work.loose else ()
        galley = sight.galley(document, files(work), pinned=bool(faces))
        folios, figures = folio.lift(document) if work.loose else ((), ())
        data = layout.write(document, tagged=tagged(articles, work))
    report(heard, articles, _home(work), tell)
    seen, heights = layout.facts(document), layout.heights(document)
    facts = Facts(
        *seen, heights=heights, folios=folios, figures=figures, turns=begun, galley=galley
    )
    return Compiled(data, facts)


def files(work: Work) -> dict[str, str]:
    """Return the file of copy of each report, by the stem of its ids."""
    return {tree.stem(report): tree.place(report).file for report in work.reports}


def tagged(articles: Sequence[Element], work: Work) -> bool:
    """Say whether a PDF gets tags: a draft only where it has a table, or columns.

    Nothing else tells in which order they are read.
    """
    tables = (article.find(".//figure[@class='table']") for article in articles)
    return work.profile != "draft" or work.theme.columned or any(one is not None for one in tables)


def sources(work: Work, styles: Styles) -> tuple[bytes, str]:
    """Return the HTML and the CSS of a layout as WeasyPrint's own program takes them.

    For whoever compares the two (tests/bench), or wants to see what is laid out.
    """
    engine.load()
    from watchpress.backends.pdf import layout

    articles = [xhtml.article(report) for report in work.reports]
    faces = needed(articles, fonts.faces(work.theme.family))
    html = etree.fromstring(layout.document(articles, work, faces))
    page: bytes = etree.tostring(html, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    return page, "\n".join(cascade(articles, work, styles, faces))


def cascade(
    articles: Sequence[Element], work: Work, styles: Styles, faces: Sequence[Face]
) -> list[str]:
    """Return the style sheets of a work: its trim and fonts, the type of reports, the page."""
    languages = dict.fromkeys(article.get("lang") or work.language for article in articles)
    css = [dress.variables(work.theme), sheet.css(work.trim, languages, faces, work.theme)]
    css += [styles.text("report.css"), styles.text("print.css"), dress.rules(work.theme)]
    kinds = {kind for article in articles for kind in str(article.get("class")).split()}
    css += [styles.text(sheet) for kind, sheet in SHEETS.items() if kind in kinds]
    if work.profile == "press":
        css += [sheet.bleed(work.press), styles.text("press.css")]
    css += [styles.text(name) for name in work.theme.sheets]
    if work.grid is not None:
        css.append(sheet.grid(sheet.Sheet(work.trim, work.language, theme=work.theme), work.grid))
    return css if faces else [*css, sheet.SUBSTITUTE]


def needed(articles: Sequence[Element], faces: Iterable[Face]) -> tuple[Face, ...]:
    """Return those of `faces` whose script occurs in the articles: a face of ideographs is big."""
    text = "".join("".join(article.itertext()) for article in articles)
    scripts = {"latn"}
    if KOREAN.search(text):
        scripts.add("kore")
    tongues = {str(node.get("lang")) for one in articles for node in one.iter() if node.get("lang")}
    own = "kore" not in scripts or not all(map(spaced, tongues))
    if JAPANESE.search(text) or (own and IDEOGRAPH.search(text)):
        scripts.add("jpan")
    return tuple(face for face in faces if face.script in scripts)


def _home(work: Work) -> Place:
    return Place(tree.place(work.reports[0]).file if work.reports else "-")


def report(
    heard: Iterable[LogRecord], articles: Sequence[Element], home: Place, tell: Tell
) -> None:
    """Tell what the engine complained of, each thing once; at `home` what is of no block."""
    for said in dict.fromkeys((str(record.msg), tuple(record.args or ())) for record in heard):
        tell(_finding(*said, articles, home))


def _finding(
    said: str, facts: tuple[Any, ...], articles: Sequence[Element], home: Place
) -> Diagnostic:
    """Return the diagnostic for one complaint of WeasyPrint: its words, and what fills them."""
    if said.startswith(".notdef glyph"):
        letter, number = facts
        place = _where(lambda node: letter in _own(node), articles, home)
        return remark("F101", place, letter=letter, number=f"{number:04X}")
    if said.startswith("No anchor #"):
        place = _where(lambda node: node.get("href") == f"#{facts[0]}", articles, home)
        return remark("F102", place, anchor=facts[0])
    return remark("F104", home, words=said % facts if facts else said)


def _own(node: Element) -> str:
    return (node.text or "") + "".join(kid.tail or "" for kid in node)


def _where(wanted: Callable[[Element], bool], articles: Iterable[Element], home: Place) -> Place:
    """Return the place of the first element that is `wanted`: its own, or the one around it."""
    for node in (node for article in articles for node in article.iter() if wanted(node)):
        for near in (node, *node.iterancestors()):
            if near.get("data-at"):
                line, _, column = str(near.get("data-at")).partition(":")
                return Place(home.file, int(line), int(column or 0))
    return home
