"""The structure tree: held as text, so that a change reads like a change of text."""

from __future__ import annotations

import re

import pytest

from pdf_reports import SEVERAL, TEXT, article, call, note, pressed
from products import assert_pdf, tag_tree

SMALL = """\
Document
  Art
    P
      'Lantern Letters' ' ' 'No. 7'
    P
      'October 17, 2031'
    H1
      'Light the Lamp First'
    P
      'The lamp was lit'
      Reference
        Link
          '1' -> wr007-en-fn1 'Note 1'
      '.' ' Water is H'
      Span
        '2'
      'O, and ' 'bright' ' is how ' 'it was.'
    BlockQuote
      P
        '“No ship has passed,” ' 'said he.'
      P
        'A keeper'
    L ListNumbering=Disc
      LI
        Lbl
          '• '
        LBody
          P
            'Oil'
          L ListNumbering=Decimal
            LI
              Lbl
                '1. '
              LBody
                P
                  'of whales'
            LI
              Lbl
                '2. '
              LBody
                P
                  'of olives'
      LI
        Lbl
          '• '
        LBody
          P
            'Wick'
    Sect
      H2
        'What They Saw'
      P
        'In Japanese '
        Span Lang='ja'
          '灯台'
        ' and in Korean '
        Span Lang='ko'
          '등대'
        Reference
          Link
            '1' -> wr007-en-fn1 'Note 1'
        '.' ' So ' 'it is.'
    Sect
      H2
        'Notes'
      L ListNumbering=Decimal
        LI
          Lbl
            '1. '
          LBody
            Note ID='wr007-en-fn1'
              P
                '“Lamps,” The Quay.'
              P
                Link
                  'https://quay.example.org/a?b=1' -> https://quay.example.org/a?b=1 \
'https://quay.example.org/a?b=1'
                ' '
                Link
                  '↑' -> wr007-en-r1 'Back to the text, note 1'
                ' '
                Link
                  '↑' -> wr007-en-r1b 'Back to the text, note 1b'"""


def small() -> bytes:
    body = f"""
    <p id="wr007-en-p1">The lamp was lit{call(1)}<span class="keep">.</span>
    Water is H<sub>2</sub>O, and <em>bright</em> is how it was.</p>
    <blockquote><p>“No ship has passed,” said he.</p>
    <footer class="attrib">A keeper</footer></blockquote>
    <ul><li><p>Oil</p><ol><li><p>of whales</p></li><li><p>of olives</p></li></ol></li>
    <li><p>Wick</p></li></ul>
    <section><h2>What They Saw</h2><p>In Japanese <span lang="ja">灯台</span> and in Korean
    <span lang="ko">등대</span>{call(1, again="b")}<span class="keep">.</span> So
    it is.</p></section>
    """
    url = "https://quay.example.org/a?b=1"
    link = f'<a class="url" href="{url}">{url}</a>'
    body = " ".join(body.split())
    notes = note(1, "“Lamps,” The Quay.", link, places=("", "b"))
    return pressed(article(body, notes)).data


def test_the_tree_of_a_small_report() -> None:
    data = small()
    assert_pdf(data)
    assert tag_tree(data) == SMALL


def test_one_node_for_what_stands_on_several_pages() -> None:
    quotation = f"<blockquote><p>{SEVERAL}</p><p>{SEVERAL}</p></blockquote>"
    long = note(1, TEXT * 12, TEXT * 12)
    compiled = pressed(article(f"<p>{TEXT * 20}{call(1)}</p>{quotation}", long))
    assert compiled.facts.pages > 5
    assert_pdf(compiled.data)
    lines = tag_tree(compiled.data).splitlines()
    roles = [line.strip().split()[0] for line in lines if not line.strip().startswith("'")]
    assert {role: roles.count(role) for role in ("Art", "BlockQuote", "P", "L", "LI", "Note")} == {
        "Art": 1,
        "BlockQuote": 1,
        "P": 7,  # series, date, one of the text, two quoted, two in the note
        "L": 1,
        "LI": 1,
        "Note": 1,
    }
    assert sum(" p2:" in line for line in lines) == 1


def test_a_word_over_two_lines_is_one_word() -> None:
    data = pressed(article(f"<p>{TEXT * 6}</p>")).data
    said = tag_tree(data)
    assert "\\xad'" in said
    assert "\u2010" not in said and "-" not in said


def test_real_hyphens_stay() -> None:
    text = "A well-known lamp\u2010lighter keeps his half-moon window. " * 12
    data = pressed(article(f"<p>{text}</p>")).data
    spoken = tag_tree(data).replace("' '", "").replace("\\xad", "")
    assert spoken.count("well-known") + spoken.count("well-' 'known") >= 1
    # Both hyphens are one glyph of the font, and read as the plain one.
    assert spoken.count("-") == 36


def test_running_heads_and_folios_are_not_in_the_tree() -> None:
    data = pressed(article(f"<p>{TEXT * 40}</p>")).data
    said = tag_tree(data)
    assert said.count("No. 7") == 1
    assert "'2'" not in said


def test_tables_and_figures() -> None:
    pixel = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgAB"
        "SK+kcQAAAABJRU5ErkJggg=="
    )
    body = f"""<p>{TEXT}</p><p><img src="{pixel}" alt="A lamp" style="width: 20pt"/></p>
    <table><thead><tr><th scope="col">Year</th><th scope="col">Ships</th></tr></thead>
    <tbody><tr><th scope="row">2030</th><td>12</td></tr>
    <tr><th scope="row">2031</th><td></td></tr></tbody></table>"""
    data = pressed(article(" ".join(body.split()))).data
    assert_pdf(data)
    said = tag_tree(data)
    assert "Figure Alt='A lamp'" in said
    assert said.count("TH Scope=Column") == 2 and said.count("TH Scope=Row") == 2
    assert said.count("TD") == 2, "an empty cell is a cell"


@pytest.mark.parametrize("language", ["ja", "ko"])
def test_eastern_text_is_read_without_the_signs_that_guide_lines(language: str) -> None:
    text = {
        "ja": "渡し船は30分後に岸を離れ、灯は2031年10月まで守られた。" * 9,
        "ko": "나룻배가 부두를 떠나기 전에 등불은 켜져 있었다. " * 12,
    }[language]
    ruby = "<ruby><rb>灯</rb><rt>ひ</rt></ruby>" if language == "ja" else ""
    stem = f"wr007-{language}"
    body = f"<p>{text.strip()}{ruby}{call(1, stem=stem)}。</p>"
    data = pressed(article(body, note(1, text, stem=stem), language=language)).data
    assert_pdf(data)
    said = tag_tree(data).replace("' '", "")
    # The blank in the gap between Latin and kanji needs to have a letter: one of no width.
    said = re.sub(
        r"(?<=[0-9A-Za-z])\\u200b(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\\u200b(?=\w)", "", said
    )
    for sign in ("\u2060", "\u200b", "\\u2060", "\\u200b"):
        assert sign not in said
    assert "Lang=" not in said  # the whole document is in one language
    if ruby:
        assert "Ruby" in said and "RT" in said and "RP" not in said
    assert {"ja": "'注1'", "ko": "'주 1'"}[language] in said
