"""Reports for the tests of the EPUB backend: small, invented, in English, Japanese and Korean."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from watchpress.backends.epub.writer import write
from watchpress.catalog import Work
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.model.tree import Element, parse
from watchpress.tools.fonts import Face, Script

HEADLINES = {
    "en": "Light the Lamps of the “North Mole” First: Fog & Ferries",
    "ja": "まず北突堤の灯をともせ――霧の中で船は待てない",
    "ko": "북쪽 방파제의 등불부터 켜라: 안개 속에서 배는 기다리지 않는다",
}
SERIES = {"en": "Harbour Lantern Letters", "ja": "港灯通信", "ko": "항구 등불 통신"}
AUTHORS = {
    "en": '<name name-style="western"><surname>Ferrow</surname>'
    "<given-names>Ilse</given-names></name>",
    "ja": '<name name-style="eastern"><surname>灯台</surname><given-names>守</given-names></name>',
    "ko": '<name-alternatives><string-name name-style="eastern">등대수</string-name>'
    "</name-alternatives>",
}
BODY = """
<p id="{s}-p1" wp:at="10:1">A<italic>b</italic><bold>c</bold> {text}<xref id="{s}-r1"
 ref-type="fn" rid="{s}-fn1" wp:at="10:9" wp:state="ok">[1]</xref>, again<xref id="{s}-r2"
 ref-type="fn" rid="{s}-fn2" wp:at="10:19" wp:state="ok">[2]</xref>.
H<sub>2</sub>O &amp; x &lt; y.</p>
<disp-quote id="{s}-q1" wp:at="11:1"><p id="{s}-p2" wp:at="11:1">“{text}”</p></disp-quote>
<sec id="{s}-s1" wp:at="12:1"><title>{head}</title>
<p id="{s}-p3" wp:at="13:1">{ruby}{text}<xref id="{s}-r3" ref-type="fn" rid="{s}-fn1"
 wp:at="13:9" wp:state="repeated">[1]</xref></p>
<list list-type="bullet"><list-item><p id="{s}-p4" wp:at="14:1">{text}</p></list-item></list>
</sec>
"""
NOTES = """<back><fn-group>
<fn id="{s}-fn1" wp:at="20:1" wp:state="repeated"><label>1</label><p id="{s}-p5"
 wp:at="20:5">“{head},” <ext-link ext-link-type="uri"
 xlink:href="https://lamps.example.org/a?b=1&amp;c=2">https://lamps.example.org/a?b=1&amp;c=2</ext-link></p></fn>
<fn id="{s}-fn2" wp:at="21:1" wp:state="ok"><label>2</label><p id="{s}-p6"
 wp:at="21:5">{text}</p><p id="{s}-p7" wp:at="22:1">{text}</p></fn>
</fn-group></back>"""
FAULTS = """
<fn id="{s}-fn2b" wp:at="23:1" wp:state="duplicate"><label>2</label><p id="{s}-p8"
 wp:at="23:5">{text}</p></fn>
<fn id="{s}-fn3" wp:at="24:1" wp:state="unused"><label>3</label><p id="{s}-p9"
 wp:at="24:5">{text}</p></fn>
</fn-group></back>"""
MISSING = """<p id="{s}-p10" wp:at="15:1">{text}<xref id="{s}-r9" ref-type="fn"
 wp:at="15:9" wp:state="missing">[9]</xref></p><sec"""
WORDS = {
    "en": ("The lamp was lit before the ferry left the quay", "What the keepers saw"),
    "ja": ("渡し船が岸を離れる前に灯はともされていた。", "守り人が見たもの"),
    "ko": ("나룻배가 부두를 떠나기 전에 등불은 켜져 있었다.", "등대지기가 본 것"),
}


def report(
    language: str = "en",
    number: int = 7,
    *,
    date: str = "2031-04-02",
    headline: str = "",
    notes: bool = True,
    faults: bool = False,
    publisher: str = "Quay House",
) -> Element:
    """Return a report as the transforms leave it."""
    stem = f"wr{number:03}-{language}"
    text, head = WORDS[language]
    ruby = "<ruby><rb>灯</rb><rt>ひ</rt></ruby>" if language == "ja" else ""
    year, month, day = date.split("-")
    body = BODY.format(s=stem, text=text, head=head, ruby=ruby) if notes else _bare(stem, text)
    back = NOTES.format(s=stem, text=text, head=head) if notes else ""
    if faults:
        body = body.replace("<sec", MISSING.format(s=stem, text=text), 1)
        back = back.replace("</fn-group></back>", FAULTS.format(s=stem, text=text))
    house = f"<publisher><publisher-name>{escape(publisher)}</publisher-name></publisher>"
    xml = f"""<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
 xml:lang="{language}" article-type="research-article" dtd-version="1.1"
 wp:source="reports/{language}/{number:03}.txt" wp:stage="set" wp:form="[1]"><front>
<journal-meta><journal-id journal-id-type="publisher-id">lantern</journal-id>
<journal-title-group><journal-title>{SERIES[language]}</journal-title></journal-title-group>
{house if publisher else ""}</journal-meta>
<article-meta><article-id pub-id-type="publisher-id">{stem}</article-id>
<title-group><article-title wp:at="3:2">{escape(headline or HEADLINES[language])}</article-title>
</title-group><contrib-group><contrib contrib-type="author">{AUTHORS[language]}</contrib>
</contrib-group><pub-date date-type="issued" iso-8601-date="{date}"><day>{int(day)}</day>
<month>{int(month)}</month><year>{year}</year></pub-date><issue>{number}</issue>
</article-meta></front><body>{body}</body>
{back}</article>"""
    return parse(xml.encode(), f"reports/{language}/{number:03}.txt")


def _bare(stem: str, text: str) -> str:
    return f'<p id="{stem}-p1" wp:at="10:1">{text}</p>'


def work(*reports: Element, language: str = "en", title: str = "Lantern Letters 2031") -> Work:
    """Return a work of `reports`, issued at noon of a day."""
    epoch = int(datetime(2031, 4, 2, 12, tzinfo=UTC).timestamp())
    return Work(reports or (report(language),), title, language, epoch)


def book(work: Work, found: list[Diagnostic]) -> bytes:
    """Return the EPUB of `work`; what is told goes to `found`."""
    out = BytesIO()
    write(work, Styles(), out, found.append)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of an EPUB by their names, in order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fonts(folder: Path) -> tuple[Face, ...]:
    """Return a set of faces for all scripts, made in `folder`: each letter is a box.

    So the tests draw the same on every machine, whatever fonts it has.
    """
    file = folder / "boxes.ttf"
    used = "".join((*HEADLINES.values(), *SERIES.values(), *(a + b for a, b in WORDS.values())))
    letters = sorted({*map(chr, range(32, 127)), *used, *"年月日년월일号灯台守등대수–、。"})
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in letters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, letters), names[1:], strict=True)))
    builder.setupGlyf({name: _box(name) for name in names})
    builder.setupHorizontalMetrics({name: (_advance(name), 50) for name in names})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(file)
    scripts: tuple[Script, ...] = ("latn", "jpan", "kore")
    return tuple(
        Face("Boxes", weight, "normal", file, script) for script in scripts for weight in (400, 700)
    )


def _advance(name: str) -> int:
    return 1000 if name > "u1000" else 500


def _box(name: str) -> Any:
    pen = TTGlyphPen(None)
    if name != "u0020":
        right = _advance(name) - 50
        pen.moveTo((50, 0))
        for corner in ((50, 700), (right, 700), (right, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()
