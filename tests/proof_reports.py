"""Reports for the tests of the proof, of any length, invented, in three scripts; small EPUBs."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

from lxml import etree

from watchpress.backends.epub import pages
from watchpress.model.tree import Element, parse
from watchpress.xhtml import article as xhtml

SERIES = {"en": "Tide Table Notes", "ja": "潮汐便り", "ko": "물때 소식"}
HEADLINES = {
    "en": "The Ferry Office Must Answer First: A Flood of Difficult Affidavits",
    "ja": "渡船局がまず答えよ：押し寄せる宣誓供述書",
    "ko": "나룻배 사무소가 먼저 답해야 한다: 밀려드는 진술서",
}
AUTHORS = {
    "en": ("Odile Marchfield", "Tobias Renn"),
    "ja": ("汐見渡", "磯辺燈子"),
    "ko": ("물결나루", "갯벌지기"),
}
_WORDS = {
    "en": """the ferry office of our fifth wharf offers a flat affidavit about reconsideration
        and intergovernmental long-term re-establishment while sufficient “officials” flow through
        misunderstandings; café—naïve coöperation isn’t characteristic, harbour-masters say""",
    "ja": """渡船局は 第五埠頭の 宣誓供述書を 再検討し、 長期にわたる 「信頼」を 回復すると
        述べたが、 ガイドラインの 約四十パーセントは まだ 示されていない。 一方、 関係者の
        ――匿名の―― 証言では""",
    "ko": """나룻배 사무소는 다섯째 부두의 진술서를 다시 검토하고, 오랜 ‘신뢰’를 되찾겠다고
        밝혔지만 지침의 마흔 퍼센트는 아직 나오지 않았다. 한편 관계자들의 증언에 따르면""",
}
_GLUE = {"en": " ", "ja": "", "ko": " "}


def prose(language: str, words: int, seed: int) -> str:
    """Return running text of so many words."""
    chosen = random.Random(seed).choices(_WORDS[language].split(), k=words)
    return _GLUE[language].join(chosen) + ("." if language != "ja" else "。")


@dataclass
class Draft:
    """A report in the making. `[3]` in a text is a marker, an address in a note is a link.

    `body` holds paragraphs; one that begins with `# ` is a sub-heading, with `> ` a quotation's
    paragraph, with `* ` a list item. `notes`: for each, its paragraphs.
    """

    language: str = "en"
    body: Sequence[str] = ()
    notes: Sequence[Sequence[str]] = ()
    number: int = 32
    headline: str = ""
    states: dict[int, str] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return f"wr{self.number:03}-{self.language}"


def report(draft: Draft) -> Element:
    """Return the XML of a draft, as it is after the transforms.

    Places: the headline 3:2, date 2:1, names 4:1, number 5:1, body piece k (from 0) line 10+k,
    markers there at their column, note n line 100*n, its paragraphs at 100*n+k, column 5.
    """
    calls = _Calls(draft)
    names = "".join(
        '<contrib contrib-type="author"><name-alternatives><string-name>'
        f"{name}</string-name></name-alternatives></contrib>"
        for name in AUTHORS[draft.language]
    )
    headline = escape(draft.headline or HEADLINES[draft.language])
    xml = f"""<article xmlns:wp="urn:watchpress:report:1" xmlns:xlink="http://www.w3.org/1999/xlink"
 xml:lang="{draft.language}" article-type="research-article" dtd-version="1.1"
 wp:source="{draft.language}/{draft.number:03}.txt" wp:stage="set"><front>
<journal-meta><journal-id journal-id-type="publisher-id">tide</journal-id><journal-title-group>
<journal-title>{SERIES[draft.language]}</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="publisher-id">{draft.stem}</article-id>
<title-group><article-title wp:at="3:2">{headline}</article-title></title-group>
<contrib-group wp:at="4:1">{names}</contrib-group>
<pub-date wp:at="2:1" date-type="issued" iso-8601-date="2031-06-12"/>
<issue wp:at="5:1">{draft.number}</issue></article-meta></front>
<body>{_body(draft, calls)}</body>{_back(draft)}</article>"""
    return parse(xml.encode(), f"{draft.language}/{draft.number:03}.txt")


@dataclass
class _Calls:
    draft: Draft
    count: int = 0

    def inline(self, text: str, line: int) -> str:
        """Return a text as XML, its markers as elements at their place."""
        return re.sub(r"\[(\d+)\]", lambda found: self.marker(found, line), escape(text, False))

    def marker(self, found: re.Match[str], line: int) -> str:
        self.count += 1
        number, known = int(found[1]), int(found[1]) <= len(self.draft.notes)
        rid = f' rid="{self.draft.stem}-fn{number}"' if known else ""
        place = f'wp:at="{line}:{found.start() + 1}"'
        head = f'<xref ref-type="fn" id="{self.draft.stem}-r{self.count}"{rid} {place}'
        return f"{head}>[{number}]</xref>"


def _body(draft: Draft, calls: _Calls) -> str:
    out, section = "", False
    for index, piece in enumerate(draft.body):
        line, ident = 10 + index, f"{draft.stem}-p{index:02}"
        text = calls.inline(re.sub("^[#>*] ", "", piece), line)
        paragraph = f'<p id="{ident}" wp:at="{line}:1">{text}</p>'
        if piece.startswith("# "):
            out += "</sec>" * section
            out += f'<sec id="{draft.stem}-s{index}" wp:at="{line}:1">'
            out += f'<title wp:at="{line}:1">{text}</title>'
            section = True
        elif piece.startswith("> "):
            quote = f'<disp-quote id="{draft.stem}-q{index}" wp:at="{line}:1">'
            out += f"{quote}{paragraph}</disp-quote>"
        elif piece.startswith("* "):
            out += f'<list list-type="bullet"><list-item>{paragraph}</list-item></list>'
        else:
            out += paragraph
    return out + "</sec>" * section


def _back(draft: Draft) -> str:
    notes = ""
    for number, paragraphs in enumerate(draft.notes, 1):
        state = f' wp:state="{draft.states[number]}"' if number in draft.states else ""
        notes += f'<fn id="{draft.stem}-fn{number}" wp:at="{100 * number}:1"{state}>'
        notes += f"<label>[{number}]</label>"
        for index, text in enumerate(paragraphs):
            place = f'wp:at="{100 * number + index}:5"'
            notes += f'<p id="{draft.stem}-n{number}p{index}" {place}>{_linked(text)}</p>'
        notes += "</fn>"
    return f"<back><fn-group>{notes}</fn-group></back>" if notes else ""


def _linked(text: str) -> str:
    link = r'<ext-link ext-link-type="uri" xlink:href="\1">\1</ext-link>'
    return re.sub(r"(https?://\S+)", link, escape(text))


def long(language: str = "en", number: int = 32) -> Draft:
    """Return a draft of some four pages, with all that a report can hold."""
    text = [prose(language, 70, seed) for seed in range(12)]
    ends = {"en": "the Office refused", "ja": "局は拒んだ", "ko": "사무소는 거부했다"}[language]
    body = [
        f"{text[0]} {ends} [1]. {text[1]}",
        f"{text[2]} {ends} [2], {text[3]}",
        f"> “{prose(language, 40, 20)}” [3]",
        f"# {prose(language, 4, 21)}",
        f"{text[4]} {ends} [4] {text[5]} {ends} [2]. {text[6]}",
        f"* {prose(language, 30, 22)}",
        f"{text[7]} “{ends}” [5]. {text[8]}",
        f"{text[9]} {text[10]} {ends} [6].",
    ]
    site = "https://ferry-office.example.org/archive/long-path/2031/06/affidavits"
    notes = [[f"“{prose(language, 6, 30 + n)}” {site}/{n}?q=%E3%81%82&x={n}"] for n in range(1, 7)]
    notes[1].append("「宣誓供述書の全文」『港湾公報』二〇三一年六月号、四〜九頁")
    notes[3] = [prose(language, 45, 40)]
    return Draft(language, body, notes, number)


def chapter(element: Element) -> bytes:
    """Return the EPUB document of a report."""
    return pages.page(xhtml.article(element)).data


def plain(data: bytes, change: Callable[[Element], object]) -> bytes:
    """Return an XHTML document after `change`, which is given it without its namespace."""
    root = etree.fromstring(data)
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    body = root.find("body")
    assert body is not None
    change(body)
    for node in root.iter(etree.Element):
        node.tag = etree.QName(pages.XHTML, str(node.tag)).text
    return etree.tostring(root, encoding="utf-8")


_OPF = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></metadata>
<manifest>{items}</manifest><spine>{refs}</spine></package>"""
_OCF = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf"
 media-type="application/oebps-package+xml"/></rootfiles></container>"""


def epub(*chapters: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """Return an EPUB with these documents in its spine: as little else as can be."""
    files = {f"c{n}.xhtml": data for n, data in enumerate(chapters)}
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in files
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in files)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _OCF)
        archive.writestr("EPUB/package.opf", _OPF.format(items=items, refs=refs))
        for name, data in files.items():
            archive.writestr(f"EPUB/{name}", data)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()
