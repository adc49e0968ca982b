"""The page for editors: all findings are on it, copy stays copy, the network is not asked."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html
from PIL import Image as Pillow

from chromium import drive
from literate import run as watchpress
from series_homes import PDFS, TOML, english, home, japanese, put
from watchpress.build.sights import MOST, Prints, pictures, sights
from watchpress.diagnostic import Diagnostic, Place, remark
from watchpress.formats.html import render
from watchpress.galley import Anchor, Block, Galley, Line, Page, Spot
from watchpress.language.excerpt import excerpt
from watchpress.language.findings import LABELS
from watchpress.tools import fonts, pdfium
from watchpress.view import Change, Image, Seen, Sights, View

EN, JA, HOSTILE = "reports/en/041.txt", "reports/ja/041.txt", 'reports/en/"><img src=x>.txt'
EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
LINES = {
    EN: ["", "The boats wait [1] and wait [2].", f"A line {EVIL}"],
    JA: ["船は待つ［1］。"],
    HOSTILE: [EVIL, "\u202e over \x00\x1b[31m there \ud800"],
}
# Elements with no end tag (HTML 13.1.2); what lxml writes must be read by browsers as we mean it.
GAPS = re.compile(r"\{\w+\}")


@cache
def picture(shade: int) -> Image:
    out = BytesIO()
    Pillow.new("L", (84, 119), shade).save(out, "WEBP", lossless=True)
    return Image(out.getvalue(), 420.0, 595.0)


def findings() -> list[Diagnostic]:
    layout = replace(remark("F101", Place(EN, 2, 5), letter="b", number="0062"), page=3)
    return sorted(
        [
            remark("N101", Place(EN, 2, 29), marker="[2]"),
            replace(layout, product="041.en.pdf", box=(50.0, 60.0, 370.0, 72.0)),
            remark("N101", Place(JA, 1, 5), marker="［1］"),
            remark("R302", Place(HOSTILE, 1, 1), last=2, text=EVIL),
            remark("R301", Place(HOSTILE, 2, 900), last=2, text="\x00\ud800"),
            remark("C201", Place("reports/series.toml")),
        ]
    )


def view(tongue: str = "en") -> View:
    found = findings()
    boxes, moved = ((50.0, 60.0, 370.0, 72.0),), tuple(found[:2])
    both = Change("041.en.pdf", 3, picture(220), picture(250), boxes, moved)
    return View(
        tongue,
        reports={EN: (41, "en"), JA: (41, "ja"), HOSTILE: (42, "en")},
        lines=LINES,
        holds={"041.en.pdf": (41, "en")},
        sights=Sights(
            {("041.en.pdf", 3): picture(250), ("041.ja.pdf", 1): picture(200)},
            {one: Seen("041.ja.pdf", 1) for one in found if one.place.file == JA},
            (both, Change("041.en.pdf", 4, picture(90), None)),
        ),
    )


def page(tongue: str = "en") -> Any:
    return html.document_fromstring(render(findings(), view(tongue)).encode(), _utf8())


def _utf8() -> Any:
    return html.HTMLParser(encoding="utf-8")


def texts(root: Any, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in root.xpath(path)]


@pytest.mark.parametrize("tongue", ["en", "ja"])
def test_every_finding_is_on_it_once_in_the_words_of_the_tongue(tongue: str) -> None:
    root = page(tongue)
    said = texts(root, "//article[contains(@class, 'finding')]//h3")
    label = LABELS[tongue]
    clean = [one.say("words", tongue) for one in findings()]
    for words, heading, one in zip(clean, said, findings(), strict=True):
        assert heading.startswith(label[one.severity])
        whole = " ".join(re.sub("[\0\ud800]", "\ufffd", words).split())
        assert heading.removeprefix(label[one.severity]).strip() == whole
    assert texts(root, "//section[contains(@class, 'file')]//h2") == sorted(
        {one.place.file for one in findings()}
    )
    assert root.get("lang") == tongue
    assert not GAPS.search(
        re.sub(r"(?s)<script>.*</script>|data-\w+=\"[^\"]*\"", "", whole_of(root))
    )


def whole_of(root: Any) -> str:
    text: str = html.tostring(root, encoding="unicode")
    return text


def test_it_is_html_that_a_browser_reads_without_repair() -> None:
    parser = import_module("tinyhtml5.parser").HTMLParser()
    parser.parse(render(findings(), view()))
    assert parser.errors == []


def test_names_are_unique_and_links_lead_somewhere() -> None:
    root = page()
    ids = Counter(root.xpath("//@id"))
    assert set(ids.values()) == {1}
    aims = [one[1:] for one in root.xpath("//@href") if one.startswith("#")]
    named = " ".join(root.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls"))
    for aim in (*aims, *root.xpath("//label/@for"), *root.xpath("//@data-for"), *named.split()):
        assert aim in ids, aim
    assert "041.en.pdf, page 3" in texts(root, "//article[@id='c1']/h3")
    assert root.xpath("//a[@href='#c1']"), "a finding on a changed page leads to the comparison"


def test_headings_are_in_order_and_all_that_is_drawn_or_asked_has_a_name() -> None:
    root = page()
    depths = [int(one.tag[1]) for one in root.xpath("//h1|//h2|//h3|//h4")]
    assert depths[0] == 1 and depths.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(depths))
    assert all(root.xpath("//*[@role='img']/@aria-label"))
    assert len(root.xpath("//*[@role='img']")) == len(root.xpath("//*[name()='use']"))
    named = set(root.xpath("//label/@for"))
    controls = root.xpath("//select | //input")
    assert controls and all(one.get("id") in named for one in controls)
    assert len(root.xpath("//main")) == len(root.xpath("//header")) == len(root.xpath("//nav")) == 1
    assert root.xpath("//pre//span[@lang]/@lang") == ["en", "en", "en", "en", "ja"]


def test_copy_stays_copy() -> None:
    text = render(findings(), view())
    root = page()
    assert len(root.xpath("//script")) == 1 and not root.xpath("//img")
    names = {name for one in root.iter() if isinstance(one.tag, str) for name in one.attrib}
    assert not {name for name in names if name.startswith("on") or name == "style"}
    assert EVIL in texts(root, "//article[@data-code='R302']//pre")[0].replace(" ", " ")
    assert "\ud800" not in text and "\0" not in text and "\x1b" not in text
    text.encode()


def test_nothing_but_its_own_style_and_script_may_run_and_nothing_is_fetched() -> None:
    root = page()
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and rules["img-src"] == "data:"
    for tag in ("style", "script"):
        (text,) = root.xpath(f"//{tag}/text()")
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
        assert "url(" not in text and "http" not in text and "@import" not in text
    for aim in (*root.xpath("//@href"), *root.xpath("//@src")):
        assert aim.startswith(("#", "data:image/webp;base64,"))


def test_each_picture_is_in_it_once_and_marked_where_the_finding_is() -> None:
    root = page()
    stored = root.xpath("//svg[@class='store']//*[name()='image']")
    data = [b64decode(one.get("href").split(",")[1]) for one in stored]
    assert sorted(data) == sorted({picture(shade).data for shade in (90, 200, 220, 250)})
    thumb = root.xpath("//article[@data-code='F101']//figure//*[name()='rect']")[0]
    assert (thumb.get("x"), thumb.get("y"), thumb.get("width")) == ("48.0", "58.0", "324.0")
    whole = root.xpath("//article[@data-language='ja']//figure//*[name()='rect']")[0]
    assert whole.get("class") == "mark whole"


def test_the_same_findings_make_the_same_bytes() -> None:
    assert render(findings(), view()) == render(findings() * 2, view())


def test_that_nothing_was_found_is_said() -> None:
    root = html.document_fromstring(render([], View("ja")).encode(), _utf8())
    assert LABELS["ja"]["none"] in texts(root, "//header")[0]
    assert not root.xpath("//article | //form | //nav")
    parser = import_module("tinyhtml5.parser").HTMLParser()
    parser.parse(render([], View()))
    assert parser.errors == []


def test_the_words_of_the_page_are_there_in_every_tongue() -> None:
    english_, japanese_ = LABELS.values()
    assert set(english_) == set(japanese_)
    for key in english_:
        assert set(GAPS.findall(english_[key])) == set(GAPS.findall(japanese_[key])), key


def test_words_stand_out_from_their_ground_in_both_schemes() -> None:
    style = Path(import_module("watchpress.formats.html").__file__ or "").with_name("page.css")
    schemes = re.findall(r":root \{(.*?)\n *\}", style.read_text("utf-8"), re.DOTALL)[:2]
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", scheme))
        for ground in ("paper", "sheet"):
            for word in ("ink", "soft", "link", "error", "warning", "info"):
                assert contrast(colours[word], colours[ground]) >= 4.5, (word, ground)
            assert contrast(colours["edge"], colours[ground]) >= 3
        assert contrast(colours["point-ink"], colours["point"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = (int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4))
    lights = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(k * light for k, light in zip((0.2126, 0.7152, 0.0722), lights, strict=True))


# -- what is to be seen ----------------------------------------------------------------------------


def galley() -> Galley:
    def line(number: int, text: str, row: int, column: int, letters: int = 0) -> Line:
        box = Spot(40.0, 50.0 + 12 * number, 300.0, 60.0 + 12 * number)
        return Line(
            0, number, text, box, (40.0, 340.0), 9.5, anchors=(Anchor(0, row, column, letters),)
        )

    lines = (
        line(0, "The boats wait", 2, 1),
        line(1, "and wait2.", 2, 1, 15),
        line(2, "The Log ↑", 4, 5),
    )
    room = Spot(40, 40, 380, 540)
    return Galley(
        (Page(420, 595, room), Page(420, 595, room, lines)), (Block("p", "text", "en", EN),)
    )


ROWS = ["", "The boats wait [1] and wait [2].", "", "[2] The Log", "Watch Report No.42"]


@pytest.mark.parametrize(
    ("row", "column", "top"),
    [(2, 5, 50.0), (2, 20, 62.0), (2, 29, 62.0), (4, 1, 74.0), (4, 9, 74.0), (5, 1, None),
     (0, 0, None), (1, 1, None), (99, 1, None)],
)  # fmt: skip
def test_the_line_that_a_place_of_the_copy_is_printed_in_is_found(
    row: int, column: int, top: float | None
) -> None:
    """A letter, a call, the label of a note; not what was left out behind the last note."""
    found = remark("N101", Place(EN, row, column), marker="x")
    prints = Prints(galley=lambda _: galley(), holding={EN: ["041.en.pdf"]})
    seen = sights([found], {EN: ROWS}, prints).seen(found)
    assert (seen and (seen.page, seen.box[1])) == (top and (2, top))


def test_places_are_not_looked_for_in_products_that_are_not_there() -> None:
    found = remark("N101", Place(EN, 2, 5), marker="x")
    for prints in (Prints(), Prints(holding={EN: ["041.en.pdf"]})):
        assert sights([found], {EN: ROWS}, prints) == Sights()


def pdf(count: int) -> bytes:
    """Return pages of 200 by 100 pt with a trim of 100 by 50 pt, black but for its upper half."""
    made, out = pikepdf.new(), BytesIO()
    for _ in range(count):
        made.add_blank_page(page_size=(200, 100))
        last = made.pages[-1]
        last.trimbox = pikepdf.Rectangle(50, 25, 150, 75)
        last.contents_add(b"0 g 0 0 200 50 re f 0 75 200 25 re f")
    made.save(out)
    return out.getvalue()


def test_pages_are_drawn_within_their_trim() -> None:
    drawn = pdfium.render(pdf(1), [1, 7, 0], 72)
    assert list(drawn) == [1]
    raster = drawn[1]
    assert (raster.width, raster.height) == (100, 50)
    rows = [raster.pixels[300 * row : 300 * row + 300] for row in range(50)]
    assert rows[:25] == [b"\xff" * 300] * 25 and rows[25:] == [b"\0" * 300] * 25
    (image,) = pictures(pdf(1), {1}, 60).values()
    assert (image.width, image.height) == (99.6, 50.4)
    assert pictures(b"no PDF", {1}, 60) == {}


def test_there_is_an_end_to_the_pictures_and_it_is_said() -> None:
    many = pdf(MOST + 2)
    found = [
        replace(remark("F101", Place(EN), letter="x", number="1"), page=page, product="a.pdf")
        for page in range(1, MOST + 3)
    ]
    made = sights(found, {}, Prints(pdf=lambda _: many))
    assert (len(made.images), made.unseen) == (MOST, 2)
    text = render(found, View(sights=made))
    assert LABELS["en"]["unseen"].format(count=2) in text


def test_pages_that_have_changed_are_pictured_before_and_after() -> None:
    """One of them new, those of another product no longer kept, and an end to them."""
    box, old, new = (1.0, 2.0, 3.0, 4.0), pdf(1), pdf(30)
    prints = Prints(
        pdf=lambda _: new,
        names=["a.pdf", "b.pdf"],
        changed=lambda name: (
            {1: (box,), 2: ()} if name == "a.pdf" else dict.fromkeys(range(30), ())
        ),
        before=lambda name: old if name == "a.pdf" else None,
    )
    seen = sights([], {}, prints)
    first, second, third = seen.changes[:3]
    assert (first.product, first.page, first.boxes, first.kept) == ("a.pdf", 1, (box,), True)
    assert first.before is not None and first.before == first.after
    assert second.before is None and second.kept and second.after is not None
    assert (third.product, third.kept) == ("b.pdf", False)
    assert len(seen.changes) + seen.more == 32 and seen.images == {}
    text = render([], View(sights=seen))
    for words in ("no-before", "not-kept"):
        assert LABELS["en"][words] in text


def test_an_excerpt_ends_where_its_line_does() -> None:
    assert excerpt(["ab"], 1, 9) == ("ab", "", False, False)
    assert excerpt(["ab"], 2, 1) is None
    long = excerpt(["x" * 200], 1, 100)
    assert long is not None and long.more_before and long.more_after


# -- the command -----------------------------------------------------------------------------------


def written(path: Path) -> Any:
    return html.document_fromstring(path.read_bytes(), _utf8())


@pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
def test_check_writes_the_page_of_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("031.txt").write_text(english(31, words="The boats wait [1] and wait [2]."), "utf-8")
    status, said = watchpress(
        ["check", "031.txt", "nowhere.txt", "--report", "out/page.html", "-q"]
    )
    assert status == 3 and "N101" in said
    root = written(Path("out/page.html"))
    assert root.xpath("//article[contains(@class, 'finding')]/@data-code") == ["N101", "D101"]
    assert texts(root, "//figure/figcaption/bdi") == ["031.en.pdf, page 1"]
    assert len(root.xpath("//*[name()='image']")) == 1


@pytest.mark.slow
@pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
def test_check_writes_the_page_of_a_series(tmp_path: Path) -> None:
    wide = english(31, words="The boats wait \U0001f6a2 [1] and wait [2].")
    home(tmp_path, TOML + PDFS, en_031=wide, ja_031=japanese(31))
    out = tmp_path / "page.html"
    for _ in range(2):  # made now, and known from the run before
        watchpress(["check", "-C", str(tmp_path), "--report", str(out), "--jobs", "1"])
        root = written(out)
        captions = texts(root, "//article[@data-code='N101']//figcaption/bdi")
        assert captions == ["031.en.pdf, page 1"]
        assert {*root.xpath("//select[@id='s-product']/option/@value")} >= {"031.en.pdf"}
    first = out.read_bytes()
    watchpress(["check", "-C", str(tmp_path), "--report", str(out), "--jobs", "1"])
    assert out.read_bytes() == first


@pytest.mark.slow
@pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
def test_pages_that_are_not_as_accepted_stand_before_and_after(tmp_path: Path) -> None:
    home(tmp_path, TOML + PDFS, en_031=english(31))
    where, out = ["-C", str(tmp_path), "--jobs", "1"], tmp_path / "page.html"
    watchpress(["accept", *where])
    put(tmp_path, "en/031.txt", english(31, words="The boats do not wait [1]."))
    watchpress(["check", *where, "--report", str(out)])
    root = written(out)
    assert texts(root, "//article[@class='change']/h3") == ["031.en.pdf, page 1"]
    told = root.xpath("//*[@class='moved']//a/@href")
    assert told and all(root.xpath(f"//article[@id='{one[1:]}']") for one in told)
    assert len(root.xpath("//article[@class='change']//*[name()='rect']")) >= 2
    assert len(root.xpath("//*[name()='image']")) == 2


def test_the_page_is_written_where_nothing_is_found_or_no_series_is_there(tmp_path: Path) -> None:
    (tmp_path / "031.txt").write_text(english(31), "utf-8")
    out = tmp_path / "page.html"
    order = ["check", "--no-proof", "--report", str(out)]
    assert watchpress([*order, str(tmp_path / "031.txt")])[0] == 0
    assert LABELS["en"]["none"] in texts(written(out), "//header")[0]
    (tmp_path / "empty").mkdir()
    assert watchpress([*order, "-C", str(tmp_path / "empty")])[0] == 2
    assert written(out).xpath("//article/@data-code") == ["C201"]


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "031.txt").write_text(english(31), "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    out = str(tmp_path / "file" / "page.html")
    order = ["check", "--no-proof", "--report", out, str(tmp_path / "031.txt")]
    status, said = watchpress(order)
    assert status == 6 and "D104" in said


# -- in Chromium -----------------------------------------------------------------------------------

STEPS = Path(__file__).with_name("page_steps.js").read_text("utf-8")


@pytest.mark.slow
def test_in_chromium_it_is_driven_by_keyboard_and_axe_has_nothing_against_it() -> None:
    seen = drive(render(findings(), view()), STEPS)
    assert (seen["said"], seen["asked"]) == ([], []), "nothing in the console, nothing fetched"
    told = seen["told"]
    assert told["skip"] == "skip"
    assert told["start"] == [6, "6 of 6 shown"]
    assert told["reached"] is True
    assert told["box"][0] < 6 and told["box"][1] == "#severity=info"
    assert told["box"][2] == f"{told['box'][0]} of 6 shown"
    assert told["again"] == [6, ""]
    assert told["select"] == [1, "#language=ja", "1 of 6 shown"]
    assert told["counts"] == f"Contents {JA} 1 Pages with findings"
    assert told["sheets"] == 1
    assert told["kept"] == [2, "2 of 6 shown"]
    assert told["link"] == ["#severity=error&code=N101&report=41", "f2"]
    assert told["odd"] == [0, False]
    assert told["reset"] == [6, ""]
    assert told["slid"] is True
    before, moved, words = told["slider"]
    assert before != moved and words == "0 % of the page as it was"
    assert told["violations"] == []
    assert told["small"] == []
    assert told["plain"] == [6 + 2 + 2, 0], (
        "without scripts all is there, and nothing that needs one"
    )


@pytest.mark.slow
def test_chromium_would_say_what_is_wrong() -> None:
    """The verdicts above are worth something: a script, a request and a lost name are seen."""
    text = render(findings(), view())
    bad = text.replace(
        "</body>", '<img src="https://nowhere.example/x.png"><script>1</script></body>'
    )
    seen = drive(bad, "await open(1280); return violations();")
    assert any("Content Security Policy" in one for one in seen["said"])
    assert any(one.startswith("image-alt: ") for one in seen["told"])
