"""Row M of the catalogue: XML, HTML, style sheets, templates."""

# ruff: noqa: E501 - what is tried is easier to read on a line

from __future__ import annotations

import random
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from lxml import etree

from hostile.rows import Input, Promise, Row, copy, plain
from watchpress.files import Styles
from watchpress.model import tree

SECRET: Final = "the combination is 4711"
WP: Final = "{urn:watchpress:report:1}"


def _laid(here: Path) -> None:
    (here / "secret.txt").write_text(SECRET, "utf-8")
    (here / "other.dtd").write_text(f'<!ENTITY x "{SECRET}">', "utf-8")
    (here / "other.xml").write_text(f"<p>{SECRET}</p>", "utf-8")


@cache
def good() -> bytes:
    """Return a valid report as XML."""
    from tempfile import TemporaryDirectory

    from watchpress.build.report import report
    from watchpress.catalog import Source
    from watchpress.model.tree import serialize

    body = "The boats wait [1].\n“The tide is late,” she said [2]: http://velm.example/log\n\n• one\n• two"
    with TemporaryDirectory() as name:
        path = Path(name, "031.txt")
        path.write_text(
            copy(body, notes="[1] The Log\n[2] The Book, http://velm.example/b"), "utf-8"
        )
        made = report(Source(path), lambda _: None).report
    made.set(f"{WP}source", "031.txt")
    return serialize(made)


def _with(doctype: str, text: str) -> bytes:
    """Return the valid report with a document type before it, and a word of its body replaced."""
    return (
        good()
        .replace(b"<article ", doctype.encode() + b"<article ", 1)
        .replace(b"The boats wait", text.encode(), 1)
    )


def _entities(full: bool) -> list[Input]:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    url = "file:///proc/self/environ"
    payloads = {
        "a file": ('<!DOCTYPE article [<!ENTITY x SYSTEM "secret.txt">]>', "&x;"),
        "a file by its path": (f'<!DOCTYPE article [<!ENTITY x SYSTEM "{url}">]>', "&x;"),
        "an address": ('<!DOCTYPE article [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
        "a parameter": ('<!DOCTYPE article [<!ENTITY % x SYSTEM "other.dtd"> %x;]>', "&x;"),
        "billions": (f'<!DOCTYPE article [<!ENTITY l0 "lol">{lol}]>', "&l9;"),
        "quadratic": (f'<!DOCTYPE article [<!ENTITY x "{"x" * 50_000}">]>', "&x;" * 50_000),
        "a DTD elsewhere": ('<!DOCTYPE article SYSTEM "other.dtd">', "&x;"),
        "a public DTD": ('<!DOCTYPE article PUBLIC "-//X//Y//EN" "http://127.0.0.1:9/y.dtd">', "x"),
        "in small letters": ('<!doctype article [<!ENTITY x "y">]>', "&x;"),
        "with a blank": ('<! DOCTYPE article [<!ENTITY x "y">]>', "&x;"),
        "an entity alone": ("", "&x;"),
        "XInclude": ("", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" '
                     'parse="text"/>'),
    }  # fmt: skip
    found = [
        Input(name, _with(*pair), None, "X", file="031.xml", plant=_laid, secret=SECRET)
        for name, pair in payloads.items()
    ]
    wide = _with(*payloads["a file"]).decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")
    found.append(Input("in UTF-16", wide, None, "X", ("R007",), file="031.xml", plant=_laid,
                       secret=SECRET))  # fmt: skip
    sheet = b'<?xml-stylesheet type="text/xsl" href="other.xsl"?>'
    found.append(Input("a style sheet of XSLT", good().replace(b"<article ", sheet + b"<article ", 1),
                       None, "A", file="031.xml", plant=_laid, secret=SECRET))  # fmt: skip
    return found


def _mutants(full: bool) -> list[Input]:
    """Return a valid report with one fault each: a hundred, drawn from all that can be made."""
    elements = len(list(etree.fromstring(good()).iter(etree.Element)))
    found = []
    for number in range(elements):
        for name, change in CHANGES.items():
            root = etree.fromstring(good())
            element = list(root.iter(etree.Element))[number]
            if change(element):
                label = f"{name} {number} {element.tag!s}"
                found.append(
                    Input(label, etree.tostring(root), None, "X", file="031.xml", lined=True)
                )
    drawn = random.Random(2).sample(found, 100)
    return drawn if full else drawn[:6]


def _renamed(element: Any) -> bool:
    element.tag = "bogus"
    return True


def _spaced(element: Any) -> bool:
    element.tag = f"{{urn:other}}{element.tag!s}"
    return True


def _attributed(element: Any) -> bool:
    element.set("bogus", "1")
    return True


def _placed(element: Any) -> bool:
    element.set(f"{WP}at", "nowhere")
    return True


def _foreign(element: Any) -> bool:
    etree.SubElement(element, "script").text = "x"
    return True


def _dated(element: Any) -> bool:
    if "iso-8601-date" not in element.attrib:
        return False
    element.set("iso-8601-date", "2021-13-45")
    return True


def _pointed(element: Any) -> bool:
    if "rid" not in element.attrib:
        return False
    element.set("rid", "nobody")
    return True


def _doubled(element: Any) -> bool:
    if "id" not in element.attrib or element.getparent() is None:
        return False
    others = [one for one in element.getroottree().iter() if one.get("id") and one is not element]
    element.set("id", others[0].get("id"))
    return True


CHANGES: Final = {"renamed": _renamed, "namespace": _spaced, "attribute": _attributed,
                  "place": _placed, "foreign": _foreign, "date": _dated, "pointed": _pointed,
                  "doubled": _doubled}  # fmt: skip


def _pages(full: bool) -> list[Input]:
    pages = (
        "<!DOCTYPE html><html><body><p>x</body></html>", "<html><p>a<p>b", "<body onload=x()>x</body>",
        "<p>unclosed <b>and", "<script>alert(1)</script>", "<style>p{display:none}</style>",
        "<base href='http://x/'>", "<meta http-equiv=refresh content='0;url=http://x/'>",
        "<iframe src=http://x/></iframe>", "<object data=x></object>", "<form action=x><input></form>",
        "<template><p>x</template>", "<noscript><p>x</noscript>", "<svg onload=x()></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=y>",
        "<img src=x onerror=alert(1)>", "<!-- a page --><div>x</div>", "<embed src=x>",
        "<video><source onerror=x></video>", "<details open ontoggle=x>",
    )  # fmt: skip
    found = [Input(page[:40], page.encode(), None, "X", ("R003",)) for page in pages]
    found += [Input("by its name", copy().encode(), None, "X", ("R003",), file="031.html")]
    found += [Input("Markdown", copy().encode(), None, "X", ("R003",), file="031.md")]
    return found


def _sheets(full: bool) -> list[Input]:
    doubling = "".join(f"--a{n}:var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 31))
    refused = {
        "@import": ("@import 'other.css';", "C301"),
        "@import of an address": ("@import url(http://127.0.0.1:9/x.css);", "C301"),
        "a file elsewhere": ("p{background:url(file:///etc/passwd)}", "C302"),
        "the folder above": ("p{background:url(../secret.txt)}", "C302"),
        "with percents": ("p{background:url(%2e%2e/secret.txt)}", "C302"),
        "an address": ("p{background:url(http://127.0.0.1:9/x.png)}", "C302"),
        "a font elsewhere": ("@font-face{font-family:x;src:url(//127.0.0.1/x.woff)}", "C302"),
        "an attachment": ("a{background:url('ftp://127.0.0.1/x')}", "C302"),
        "variables that double": (f":root{{--a0:x;{doubling}}}p::before{{content:var(--a30)}}", "C303"),
        "a ring of variables": (":root{--a:var(--b);--b:var(--a)}p{margin:var(--a)}", "C303"),
        "a chain of variables": (":root{--a0:1px;" + "".join(
            f"--a{n}:var(--a{n - 1});" for n in range(300, 0, -1)) + "}p{margin:var(--a300)}", "C303"),
        "letters of a kilometre": ("p{font-size:1e9px}", "C304"),
        "a page of a kilometre": ("@page{size:1000000mm 5mm}", "C304"),
        "brackets": ("p{width:" + "calc(" * 3000 + "1px" + ")" * 3000 + "}", "C305"),
        "a sheet of 2 MB": ("p{color:red}\n" * 160_000, "C305"),
        "lines of no height": ("p{line-height:0}", "C308"),
        "selectors": (" ".join(["*"] * 2000) + "{color:red}", "C308"),
    }  # fmt: skip
    found = [_sheet(name, css, (code,), (2,)) for name, (css, code) in refused.items()]
    hidden = ("p{display:none}", ".endnotes{visibility:hidden}", ".endnotes li{font-size:0}",
              "p{color:transparent}", "p{opacity:0}", "p{text-indent:-9999px}", "sup{font-size:.1em}",
              "@media print{.endnotes{display:none}}")  # fmt: skip
    found += [_sheet(css, css, ("C307",), (0, 1, 5)) for css in hidden]
    found.append(_sheet("words", "p::before{content:'Secret: '}", ("C306",), (0, 1, 5)))
    bombs = {
        "a thousand million columns": "article{display:grid;grid-template-columns:repeat(999999999,1px)}",
        "a drawing of drawings": _drawing(),
    }
    found += [
        _sheet(name, css, ("X302",), (7,), "--timeout", "2") for name, css in bombs.items()
    ] * full  # fmt: skip
    return found if full else [*found[::5]]


def _drawing() -> str:
    groups = "".join(
        f"<g id='a{n}'>" + f"<use xlink:href='%23a{n - 1}'/>" * 10 + "</g>" for n in range(1, 10)
    )
    return (
        "p{background:url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' "
        "xmlns:xlink='http://www.w3.org/1999/xlink'><defs><g id='a0'><rect width='1' height='1'/>"
        f"</g>{groups}</defs><use xlink:href='%23a9'/></svg>\")}}"
    )


def _sheet(
    name: str, css: str, codes: tuple[str, ...], status: tuple[int, ...], *extra: str
) -> Input:
    words = ("pdf", "031.txt", "-o", "made.pdf", "--styles", "own", "--format", "json", *extra)
    return Input(name, copy().encode(), None, "A", codes, status, plant=partial(_styled, css),
                 words=words, secret=SECRET)  # fmt: skip


def _styled(css: str, here: Path) -> None:
    own = here / "own"
    own.mkdir()
    (own / "report.css").write_text(f"{Styles().text('report.css')}\n{css}", "utf-8")
    _laid(here)


def _templates(full: bool) -> list[Input]:
    return [
        plain(text[:30], copy(f"It reads {text} here [1]."), whole=True, codes=())
        for text in ("{{ ''.__class__.__mro__ }}", "{% for x in range(10**9) %}x{% endfor %}",
                     "{{ config }}", "{{ 7 * 7 }}", "<%= 7 * 7 %>")
    ]  # fmt: skip


def _deep(full: bool) -> list[Input]:
    found = [nested(place, tree.DEEPEST, whole=True) for place in PLACES]
    found += [nested(place, tree.DEEPEST + 1, "X", codes=("R505",)) for place in PLACES]
    for depth in (300, 5000):
        phrases = "<bold>" * depth + "x" + "</bold>" * depth
        found.append(Input(f"{depth} deep", _with("", phrases), None, "X", file="031.xml"))
    found.append(Input("100 deep", _with("", "<bold>" * 100 + "x" + "</bold>" * 100), None, "X",
                       ("R505",), file="031.xml"))  # fmt: skip
    text = "“" * 3000 + "x" + "”" * 3000
    found.append(plain("quotation marks 3,000 deep", copy(f"It reads {text} here [1]."),
                       status=(0, 1)))  # fmt: skip
    found.append(plain("brackets 3,000 deep", copy(f"It {'(' * 3000}x{')' * 3000} [1]."),
                       status=(0, 1)))  # fmt: skip
    return found


PLACES: Final = ("body/p", "back//fn/p", ".//article-title")


def nested(place: str, depth: int, promise: Promise = "A", **more: Any) -> Input:
    """Return the valid report as deep as that: phrases in each other around the text of a place."""
    root = etree.fromstring(good())
    inner: Any = root.find(place)
    words, inner.text = inner.text, None
    for _ in range(depth - 1 - len(list(inner.iterancestors()))):
        inner.insert(0, etree.Element("bold"))
        inner = inner[0]
    inner.text = words
    return Input(f"{place}: {depth} deep", etree.tostring(root), None, promise,
                 file="031.xml", status=() if promise == "X" else (0, 1), **more)  # fmt: skip


ROWS: Final = (
    Row("M01", "entities, document types, XInclude", _entities),
    Row("M02", "XML with one fault in its form", _mutants, "each with its line"),
    Row("M03", "pages of HTML", _pages, "they are not read: refused, R003"),
    Row("M04", "style sheets that harm or hide", _sheets),
    Row("M05", "templates in copy", _templates, "copy is never one, and series have none"),
    Row("S04", "elements and brackets in each other", _deep),
)  # fmt: skip
