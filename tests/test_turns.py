"""Page turns: what stands before one ends the page before, what follows begins its page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from proof_reports import Draft as Copy
from proof_reports import long, prose, report
from watchpress.backends.pdf import engine
from watchpress.backends.pdf.facts import Turn
from watchpress.backends.pdf.turns import turns
from watchpress.catalog import TRIMS, Work
from watchpress.checks.proof import pages
from watchpress.checks.proof.letters import SOFT
from watchpress.checks.proof.product import Product
from watchpress.files import Styles
from watchpress.model.tree import Element
from watchpress.tools import fonts, pdfium
from watchpress.xhtml.article import article
from watchpress.xhtml.plain import letters, plain

pytestmark = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
REACH = 24  # letters compared on either side of a turn


def laid(articles: list[Element], language: str, trim: str = "B6", more: str = "") -> Any:
    """Return the layout of some articles, by our style sheets and `more`."""
    engine.load()
    from watchpress.backends.pdf import layout, writer

    work = Work((), "T", language, 1_900_000_000, TRIMS[trim])
    faces = writer.needed(articles, fonts.faces())
    css = writer.cascade(articles, work, Styles(), faces)
    return layout.lay(articles, work, [*css, more], faces)


def printed(document: Any) -> Product:
    """Return what the pages of a layout say, by PDFium."""
    from watchpress.backends.pdf import layout

    return pages.product(pdfium.read(layout.write(document, tagged=True)))


def texts(articles: list[Element]) -> dict[str, str]:
    """Return the plain text of each element with an id, as print has it."""
    found = {}
    for root in articles:
        for sign in root.iter("a"):
            if sign.get("class") == "backlink":
                sign.text = "↑"
        found.update({str(node.get("id")): plain(node) for node in root.iter() if node.get("id")})
    return found


def halves(product: Product, page: int) -> tuple[str, str]:
    """Return the last letters before a page and its first ones, without the number of a note."""
    start = product.leaves[page - 1]
    before = product.text[max(start - REACH, 0) : start].replace(SOFT, "")
    after = product.text[start : start + REACH].replace(SOFT, "")
    return before, re.sub(r"^(\d+\.|[•–])", "", after)


def agreed(found: tuple[Turn, ...], product: Product, said: dict[str, str]) -> int:
    """Check each turn against the pages; return how many are within an element."""
    inside = 0
    for turn in found:
        text = said[turn.id].replace("↑", "")
        done = letters(said[turn.id][: turn.offset]).replace("↑", "")
        whole = letters(text)
        before, after = halves(product, turn.page)
        assert whole[len(done) :].startswith(after[: len(whole) - len(done)]), turn
        shown = done.removesuffix("-")  # PDFium has any hyphen at a line's end as a soft one
        assert shown.endswith(before[-len(shown) :] if done else ""), turn
        inside += bool(done)
    return inside


@pytest.mark.parametrize("trim", ["B6", "A5"])
@pytest.mark.parametrize("language", ["en", "ja", "ko"])
def test_text_before_a_turn_ends_the_page_before(language: str, trim: str) -> None:
    articles = [article(report(long(language)))]
    document = laid(articles, language, trim)
    found = turns(document)
    assert [turn.page for turn in found] == list(range(1, len(document.pages) + 1))
    assert found[0] == Turn(1, f"wr032-{language}", 0)
    assert agreed(found, printed(document), texts(articles)) >= 2


def test_words_broken_over_the_page_lose_their_hyphen_and_real_hyphens_stay() -> None:
    # One word only, so that pages end inside of it; every second one has a hyphen of its own.
    word = "intergovernmental long-misunderstandings re-establishment"
    # Justified paragraphs are planned so that they do not: it is ragged ones that are asked.
    broken, real, ragged = 0, 0, ".body p { text-align: left }"
    for shift in range(4):
        text = "x " * shift + " ".join([word] * 120)
        articles = [article(report(Copy("en", [text])))]
        document = laid(articles, "en", more=ragged)
        product, said = printed(document), texts(articles)
        found = turns(document)
        assert agreed(found, product, said) == len(found) - 1
        for turn in found[1:]:
            whole = said[turn.id]
            broken += whole[turn.offset - 1].isalpha()
            real += whole[turn.offset - 1] == "-"
    assert broken, "no page ends inside a word: the test tests nothing"


def test_a_page_that_begins_with_an_element_begins_at_its_first_letter() -> None:
    body = [f"{prose('ja', 30, n)}" for n in range(30)]
    articles = [article(report(Copy("ja", body)))]
    document = laid(articles, "ja")
    found, said = turns(document), texts(articles)
    agreed(found, printed(document), said)
    assert all(turn.offset < len(said[turn.id]) for turn in found)


def test_notes_lists_quotations_and_headings_turn_too() -> None:
    body = [f"{'#>*'[n % 3]} {prose('en', 40 if n % 3 else 6, n)}" for n in range(30)]
    notes = [[prose("en", 60, 100 + n), prose("en", 20, 200 + n)] for n in range(9)]
    body.append("".join(f" [{n}]" for n in range(1, 10)))
    articles = [article(report(Copy("en", body, notes)))]
    document = laid(articles, "en")
    found, said = turns(document), texts(articles)
    agreed(found, printed(document), said)
    assert {turn.id[9] for turn in found[1:]} >= {"p", "n"}


def test_the_same_report_again_and_again_each_knows_its_own() -> None:
    articles = [article(report(long("en", number))) for number in (7, 8)]
    document = laid(articles, "en")
    found = turns(document)
    assert {turn.id[:5] for turn in found} == {"wr007", "wr008"}
    agreed(found, printed(document), texts(articles))


def test_what_is_no_running_text_does_not_turn() -> None:
    engine.load()
    from weasyprint import HTML

    rows = "".join(f'<tr id="r{n}"><td>row {n}</td></tr>' for n in range(40))
    html = (
        "<style>@page { size: 200px 150px; margin: 20px; @top-left { content: 'Head' } }"
        "li::before { content: 'Mark ' } p { break-before: page } .rec { break-before: right }"
        "</style><body id='all'><table><thead><tr id='h'><th>Names</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><p id='p1' class='rec'>After a blank page</p>"
        "<ol><li id='li' style='break-before: page'>An item</li></ol>"
        "<p id='rb'><ruby>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby></p>"
    )
    found = turns(HTML(string=html).render())
    assert found[0] == Turn(1, "h", 0)
    table = [turn for turn in found if turn.id.startswith("r") and turn.id != "rb"]
    assert len(table) > 2 and all(turn.offset == 0 for turn in table), "heads stand again"
    rest = found[len(table) + 1 :]
    assert [turn.id for turn in rest] == ["p1", "li", "rb"]
    assert all(turn.offset == 0 for turn in rest)
    assert rest[0].page > table[-1].page + 1 or rest[0].page % 2 == 1


def test_plain_text_counts_alike_in_both_products() -> None:
    one = etree.fromstring(
        "<p> A\u00adb  c\u200bd<i>e</i> <ruby>x<rp>(</rp><rt>y</rt></ruby>\n</p>"
    )
    assert plain(one) == "Ab cde xy"
    assert letters("a b\u2060c\u00a0d") == "abcd"
