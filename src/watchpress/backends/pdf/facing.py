"""Two editions of one report on facing pages: the first language left, the second right.

How it is done: both editions are laid out together, on sheets of double width, as a table with a
row for each pair of blocks (facingrows.py); then each sheet is cut into its two pages
(facingpages.py). So WeasyPrint breaks both languages at once: a row that is too long for the page
goes on overleaf in both cells, each with its widows and orphans, and what faces each other cannot
come apart. The other way, two documents with computed space between blocks, was not taken: each
space moves the page breaks that the next one is computed from, and a paragraph that is broken
after four lines here and six there has no place for the space it needs.

Both languages are set with one lead, halfway between their own, so that all lines of a spread
stand on one grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import floor
from typing import Any, Final, TypeAlias

from lxml import etree
from lxml.builder import E

from watchpress.backends.pdf import breaks, engine, shell, writer
from watchpress.backends.pdf.breaks import Measure
from watchpress.backends.pdf.facts import Compiled, Facts
from watchpress.backends.pdf.sheet import MM, Sheet
from watchpress.catalog import Trim, Work
from watchpress.diagnostic import Tell, remark
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts
from watchpress.tools.fonts import Face
from watchpress.xhtml import article as xhtml

Articles: TypeAlias = tuple[Element, Element]

PX: Final = 96 / 72  # CSS pixels in a point
# Left pages are laid out first, then right ones: 1, 3, 5 ..., 2, 4, 6 ...
FOLIOS: Final = (
    "@page {{ counter-increment: page 2 }}\n"
    "@page :first {{ counter-reset: page 1; counter-increment: none }}\n"
    "@page :nth({middle}) {{ counter-reset: page 2; counter-increment: none }}\n"
)
BARE: Final = (
    "@page {{ size: {width:.3f}mm {height:.3f}mm; margin: {top:.3f}mm 0 {bottom:.3f}mm }}\n"
    "@page {{ @top-left {{ content: none }} @top-right {{ content: none }}"
    " @bottom-center {{ content: none }} }}\n"
    ".spread {{ width: {width:.3f}mm; line-height: {lead:.3f}pt }}\n"
)


@dataclass(frozen=True)
class Half(Sheet):
    """The sheet of one language of a pair: its own type; lead and width of text as the other.

    `other` is the other language.
    """

    other: str

    @property
    def both(self) -> tuple[Sheet, Sheet]:
        """The sheets that the two languages have alone, this one's first."""
        return (
            Sheet(self.trim, self.language, theme=self.theme),
            Sheet(self.trim, self.other, theme=self.theme),
        )

    @cached_property
    def lead(self) -> float:
        """The distance of base lines in pt, to a quarter."""
        return round(sum(sheet.lead for sheet in self.both) * 2) / 4

    @cached_property
    def measure(self) -> float:
        """The length of a line in pt: that of the language with the shorter ones, to an em."""
        own, other = self.both
        if not self.hand.squared:
            return min(own.measure, other.measure + other.size)
        return floor(min(own.measure, other.measure) / self.size) * self.size


def compile(reports: tuple[Element, Element], work: Work, styles: Styles, tell: Tell) -> Compiled:
    """Return the PDF of two editions on facing pages: left, right, left, right ...

    There are as many left pages as right ones, the first is a left one: it belongs on an even page
    of a volume. Facts are those of `writer.compile`, and the language of each page. Tells and
    raises what `writer.compile` does.
    """
    alone = replace(work, reports=reports)
    return press((xhtml.article(reports[0]), xhtml.article(reports[1])), alone, styles, tell)


def press(articles: Articles, work: Work, styles: Styles, tell: Tell) -> Compiled:
    """Return what `compile` does, made of the articles of the reports."""
    engine.load()
    # Imported now: these rooms import WeasyPrint.
    from watchpress.backends.pdf import folio, layout, sight, turns
    from watchpress.backends.pdf.fetch import ruled

    faces = writer.needed(articles, fonts.faces(work.theme.family))
    home = writer._home(work)
    if not faces:
        tell(remark("F105", home, purpose=writer.PURPOSES[work.theme.family]))
    with layout.listening() as heard, ruled(styles.folder, home):
        document = _lay(articles, work, styles, faces)
        begun = turns.turns(document) if work.loose else ()
        galley = sight.galley(document, writer.files(work), pinned=bool(faces))
        folios, figures = folio.lift(document) if work.loose else ((), ())
        data = layout.write(document, tagged=writer.tagged(articles, work))
    for said in dict.fromkeys((str(record.msg), tuple(record.args or ())) for record in heard):
        tell(writer._finding(*said, articles, home))
    languages = [str(article.get("lang")) for article in articles] * (len(document.pages) // 2)
    facts = Facts(
        *layout.facts(document),
        heights=layout.heights(document),
        folios=folios,
        figures=figures,
        languages=tuple(languages),
        turns=begun,
        galley=galley,
    )
    return Compiled(data, facts)


def _lay(articles: Articles, work: Work, styles: Styles, faces: Sequence[Face]) -> Any:
    """Return the pages as a weasyprint.Document."""
    from watchpress.backends.pdf import layout
    from watchpress.backends.pdf.facingpages import Cutter, Grid, Reader, begun, bind
    from watchpress.backends.pdf.facingrows import table
    from watchpress.backends.pdf.type import lines

    one, two = (str(article.get("lang")) for article in articles)
    halves = (
        Half(work.trim, one, two, theme=work.theme),
        Half(work.trim, two, one, theme=work.theme),
    )
    reader = Reader(layout._fonts(faces), faces, styles.folder)
    page = _page(articles, work, halves, partial(lines, reader.fonts))
    body = page[-1]
    first, second = body
    body[:] = [table(first, second)]
    shell.count(body)  # the notes of a list stand in rows of their own now
    css = writer.cascade(articles, work, styles, faces)
    rules = "".join(half.css(named=place > 0) for place, half in enumerate(halves))
    with Grid(halves[0].top * MM * PX, halves[0].lead * PX).installed():
        sheets = reader.lay(
            etree.tostring(page, encoding="utf-8"), [*css, *_double(halves, styles)]
        )
    sides = Cutter(work.trim.width * MM * PX).cut(sheets)
    frames = reader.lay(
        _frames((first, second), dict(body.attrib), begun(sides)),
        [*css, rules, FOLIOS.format(middle=len(sides) + 1)],
    )
    return bind(sheets, frames, sides)


def _page(articles: Articles, work: Work, halves: tuple[Half, Half], measure: Measure) -> Element:
    """Return the document of both articles, their headings and running heads in our measure."""
    page = etree.fromstring(shell.document(articles, work, measure))
    for article, ready, half in zip(articles, page[-1], halves, strict=True):
        if half.measure < half.both[0].measure - half.size and work.profile != "draft":
            running = shell._running(article, work)
            _narrow(deepcopy(article), ready, half, measure, running)
    return page


def _narrow(article: Element, ready: Element, half: Half, measure: Measure, running: str) -> None:
    """Set the headings and the running heads of `ready` anew, in the measure of `half`."""
    shell._titles(article, half, running, measure)
    breaks.tie(article, half.language)
    breaks.shape(article, half, measure)
    tags = ("h1", "h2", "h3")
    for new, old in zip(list(article.iter(*tags)), list(ready.iter(*tags)), strict=True):
        parent = old.getparent()
        assert parent is not None, "a heading stands in an article"
        new.tail = old.tail
        parent.replace(old, new)
    for new, old in zip(article, ready, strict=True):
        if new.get("data-running") is not None:
            old.set("data-running", str(new.get("data-running")))


def _double(halves: tuple[Half, Half], styles: Styles) -> list[str]:
    """Return the style of the sheets: no heads, no folios, the type of both languages."""
    half = halves[0]
    double = Trim(half.trim.width * 2, half.trim.height)
    rules = BARE.format(
        width=double.width, height=double.height, top=half.top, bottom=half.bottom, lead=half.lead
    )
    for name, side in zip(("left", "right"), halves, strict=True):
        rules += f".side.{name} {{ padding: 0 {side.side:.3f}mm }}\n"
        rules += side.css(named=False).partition("\n")[2]  # without its @page
    return [rules, styles.text("facing.css")]


def _frames(
    articles: Articles, attributes: dict[str, str], parts: Sequence[Sequence[Sequence[str]]]
) -> bytes:
    """Return a document of empty pages: an article for each, with the parts that begin there.

    They are what running heads are taken from. All left pages come first: what a head says goes on
    from page to page until something else is said.
    """
    pages = E.body(attributes)
    for article, languages in zip(articles, parts, strict=True):
        for names in languages:
            inside = [_bare(part) for part in article if part.get("class") in names]
            pages.append(_bare(article, *(inside or [E.div()])))
    out: bytes = etree.tostring(E.html(E.head(), pages), encoding="utf-8")
    return out


def _bare(element: Element, *inside: Element) -> Element:
    """Return a copy of an element without its id, and with nothing in it but `inside`."""
    made = etree.Element(str(element.tag), dict(element.attrib))
    made.attrib.pop("id", None)
    made.extend(inside)
    return made
