"""The checks of the layout on pages that were laid out, with styles that provoke each fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from literate import drawn
from watchpress.build import report as single
from watchpress.build.verdict import look
from watchpress.catalog import Source, trim
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.galley import Galley
from watchpress.tools import fonts

pytestmark = pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")

HEAD = "Watch Report No.7 Mar. 11, 2019\n§The Quay Must Open Again\n"
LONG = "incomprehensibilities"
FULL = "The quay is shut and nobody here can say why."  # a line of the smallest trim
SMALL = "90x140"
RAGGED = (
    ".body p { text-align: left !important; hyphens: none !important; text-indent: 0 !important }"
)
HYPHENS = (
    ".body p { text-align: left !important; hyphens: auto !important;"
    " hyphenate-limit-chars: 4 2 2 !important; hyphenate-limit-zone: 0 !important }"
)
LOOSE = ".report p { orphans: 1 !important; widows: 1 !important } .body p { text-indent: 0 }"


def found(folder: Path, copy: str, css: str = "", size: str = SMALL) -> list[str]:
    """Return what the layout of a copy brings: `line:column code page facts`."""
    out: list[Diagnostic] = []
    look(laid_out(folder, copy, css, size), out.append)
    assert all(one.place.file == str(folder / "copy.txt") for one in out)
    return [shown(one) for one in sorted(out)]


def laid_out(folder: Path, copy: str, css: str = "", size: str = SMALL) -> Galley:
    (folder / "styles").mkdir(exist_ok=True)
    sheet = Styles().text("print.css")
    (folder / "styles/print.css").write_text(f"{sheet}\n{css}", "utf-8")
    path = folder / "copy.txt"
    path.write_text(copy, "utf-8")
    report = single.report(Source(path), lambda _: None).report
    work = single.work([report], trim=trim(size))
    made = single.finished("pdf", work, Styles(folder / "styles"), lambda _: None, "x.pdf")
    assert made.galley is not None
    return made.galley


def shown(one: Diagnostic) -> str:
    facts = {name: value for name, value in one.facts if name not in ("page", "words")}
    told = " ".join(f"{name}={value}" for name, value in facts.items())
    return f"{one.place.line}:{one.place.column} {one.code} p{one.page} {told}"


def lines(*counts: int) -> str:
    """Return paragraphs of so many lines each."""
    return "\n".join(" ".join([FULL] * count) for count in counts) + "\n"


REAL = {
    "P101": (
        f"{FULL} It is {LONG * 3}.\n", RAGGED,
        "3:53 P101 p1 limit=0.5 over=67.53 word=incomprehensibilitiesincomprehensibilit…",
    ),
    "P102": (
        f"{FULL} [1]\n\n[1] The Log, https://lamp.example.org/archive/of-the-quay/and-the-boats-of"
        "-the-town/january.html\n",
        ".url { white-space: nowrap !important }",
        "5:14 P102 p1 limit=0.5 over=105.96 word=https://lamp.example.org/archive/of-the…",
    ),
    "P103": (
        f"{FULL}\n\nTable 1. Boats\n| Boat | Day |\n| Halm | 3 |\n| Dorn | 4 |\n\n{FULL}\n",
        "figure table { width: 400pt }",
        "5:1 P103 p1 limit=0.5 over=203.56",
    ),
    "P104": (
        f"{FULL} In 에신 it is open.\n",
        '.body p, .body p span { font-family: "Watchpress Serif" !important }',
        "3:50 P104 p1 count=2 family=Watchpress Serif KR text=에신",
    ),
    "P105": (lines(7, 5, 5), LOOSE, "5:185 P105 p2 count=1 limit=2"),
    "P106": (lines(10, 5, 5), LOOSE, "5:1 P106 p1 count=1 limit=2"),
    "P107": (f"{FULL} It is I.\n", RAGGED, "3:50 P107 p1 least=3 letters=4 limit=2 width=1.71"),
    "P108": (
        f"{lines(14)}\n\nThe Lamp\n\n{lines(5)}",
        "h2 { break-after: auto !important }",
        "6:1 P108 p1 count=0 limit=2",
    ),
    "P109": (
        f"{LONG} characteristically internationalization " * 8 + "\n", HYPHENS,
        "3:187 P109 p1 count=6 limit=2",
    ),
    "P110": (
        f"{LONG} characteristically internationalization " * 18 + "\n", HYPHENS,
        "3:767 P110 p1 next=2 word=charac‐|teristically",
    ),
    "P111": (lines(3), "", "3:1 P111 p1 count=3 limit=2 word=the"),
    "P112": (
        f"{LONG} is characteristically an internationalization " * 3 + "\n",
        ".body p { hyphens: none !important }",
        "3:45 P112 p1 limit=0.6 space=1.22",
    ),
    "P115": (lines(10, 5, 5), LOOSE, "5:47 P115 p2 count=4 limit=5"),
    "P116": (
        f"{FULL} [1]\n\n[1] The Log\n", ".endnotes { break-before: right }", "3:1 P116 p2 ",
    ),
    "P117": (
        f"{FULL}\n\n[Figure 1: quay.png]\nFigure 1. The quay\nAlt: A quay.\n",
        ".plate img { width: 216pt !important; height: 144pt !important }",
        "5:1 P117 p1 found=100 limit=150",
    ),
    "P121": (
        lines(10, 10, 10), "@page { @top-right { letter-spacing: 4.5pt } }",
        "2:2 P121 p2 gap=-51.53 limit=6.64",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", REAL)
def test_a_fault_of_real_pages_is_found_at_its_word(code: str, tmp_path: Path) -> None:
    copy, css, expected = REAL[code]
    drawn(tmp_path / "quay.png", "300x200")
    assert expected in found(tmp_path, HEAD + copy, css)


SOFT, JOINER = "\N{SOFT HYPHEN}", "\N{WORD JOINER}"
BROKEN = f"{LONG} characteristically internationalization " * 18 + "\n"
ADVISED = {  # copy and styles with the fault, both as the advice has them
    "P101": (
        (f"{FULL} It is {LONG * 3}.\n", ".body p { hyphens: manual !important }"),
        (f"{FULL} It is {SOFT.join([LONG] * 3)}.\n", ".body p { hyphens: manual !important }"),
    ),
    "P110, justified": ((BROKEN, HYPHENS), (BROKEN, HYPHENS.replace("left", "justify"))),
    "P110, no hyphens": ((BROKEN, HYPHENS), (BROKEN, HYPHENS.replace("auto", "manual"))),
}


@pytest.mark.parametrize("fault", ADVISED)
def test_what_is_advised_helps_and_is_not_told_in_turn(fault: str, tmp_path: Path) -> None:
    before, after = ADVISED[fault]
    code = fault[:4]
    assert f" {code} " in str(found(tmp_path, HEAD + before[0], before[1]))
    assert f" {code} " not in str(found(tmp_path, HEAD + after[0], after[1]))
    told: list[Diagnostic] = []
    single.report(Source(tmp_path / "copy.txt"), told.append)
    assert "R218" not in {one.code for one in told}


@pytest.mark.parametrize(
    ("word", "ends"),
    [
        ("comfortable", {"com", "comfort"}),
        (f"comfort{SOFT}able", {"comfort"}),
        (f"com{JOINER}fortable", set()),
    ],
)
def test_a_word_is_broken_where_its_copy_says(word: str, ends: set[str], tmp_path: Path) -> None:
    """A soft hyphen takes the place of the dictionary, a word joiner keeps the word whole."""
    paragraphs = (f"{'so ' * lead}{f'night and {word} in a bay ' * 5}\n" for lead in range(1, 9))
    made = laid_out(tmp_path, HEAD + "".join(paragraphs))
    broken = (line.text.split()[-1] for _, line in made.lines() if line.hyphen)
    assert {piece.strip("-\u2010") for piece in broken if piece.startswith("com")} == ends


def test_a_headline_too_long_for_the_running_head(tmp_path: Path) -> None:
    long = HEAD.replace("The Quay Must", "After a Long Winter and a Short Spring the Quay Must")
    assert "2:2 P118 p2 count=63 limit=39" in found(tmp_path, long + lines(10, 10, 10))
    assert "P118" not in str(found(tmp_path, HEAD + lines(10, 10, 10)))


def test_real_pages_without_a_fault_bring_nothing(tmp_path: Path) -> None:
    copy = "The boats wait at their moorings. They have done so since the first days of the year.\n"
    assert found(tmp_path, HEAD + copy, size="A5") == []
