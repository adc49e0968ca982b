"""Row N of the catalogue: markers and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hostile import alone, compilations, marks, trial
from hostile.figures import Figure
from hostile.rows import Input, Row, copy, plain, thinned

FAULTY: Final = (0, 1)  # printed, and told: the run ends with 1 where the finding is an error


def _missing(full: bool) -> list[Input]:
    """Markers without a note, planted at each of the words of a text."""
    line = "The boats wait at the quay of Velm, and nobody comes to the ferry any more."
    words = line.split(" ")
    found = []
    for at in range(1, len(words) + 1):
        body = f"One [1]. {' '.join(words[:at])} [7] {' '.join(words[at:])}"
        found.append(plain(f"after word {at}", copy(body), codes=("N101",), status=(1,)))
    found.append(plain("in the title", copy(title="The Quay [7]"), codes=("N101",), status=(1,)))
    return found if full else found[::6]


def _unused(full: bool) -> list[Input]:
    notes = "[1] The Log\n[2] The Book\n[3] The Chart"
    return [
        plain("last", copy("One [1]. Two [2].", notes=notes), codes=("N102",), status=FAULTY),
        plain("middle", copy("One [1]. Two [3].", notes=notes), codes=("N102",), status=FAULTY),
        plain("first", copy("One [2]. Two [3].", notes=notes), codes=("N102",), status=FAULTY),
        plain("all", copy("None at all.", notes=notes), codes=("N102",), status=FAULTY),
    ]


def _again(full: bool) -> list[Input]:
    return [
        plain("twice", copy("One [1]. Two [1]."), whole=True, status=FAULTY),
        plain("a thousand times", copy("It waits [1]. " * 1000), status=FAULTY),
    ]


def _double(full: bool) -> list[Input]:
    return [
        plain(
            "side by side", copy(notes="[1] The Log\n[1] The Book"), codes=("N103",), status=(1,)
        ),
        plain(
            "apart",
            copy("A [1]. B [2].", notes="[1] The Log\n[2] X\n[1] The Book"),
            codes=("N103",),
            status=(1,),
        ),
        plain(
            "the same words", copy(notes="[1] The Log\n[1] The Log"), codes=("N103",), status=(1,)
        ),
    ]


def _orders(full: bool) -> list[Input]:
    forms = {
        "out of order": ("A [2]. B [1].", "[1] X\n[2] Y"),
        "a list out of order": ("A [1]. B [2].", "[2] Y\n[1] X"),
        "a gap": ("A [1]. B [3].", "[1] X\n[3] Y"),
        "from three": ("A [3]. B [4].", "[3] X\n[4] Y"),
        "nought": ("A [0]. B [1].", "[0] X\n[1] Y"),
        "with a nought before": ("A [01]. B [02].", "[01] X\n[02] Y"),
        "two in one": ("A [1,2].", "[1] X\n[2] Y"),
        "a range": ("A [1-3].", "[1] X\n[2] Y\n[3] Z"),
        "a letter behind": ("A [1a]. B [1].", "[1] X"),
        "beside each other": ("A [1][2].", "[1] X\n[2] Y"),
        "blanks inside": ("A [ 1 ].", "[ 1 ] X"),
        "a thousand": ("A [1000].", "[1000] X"),
    }
    return [
        plain(name, copy(body, notes=notes), status=FAULTY) for name, (body, notes) in forms.items()
    ]


def _forms(full: bool) -> list[Input]:
    shapes = (
        "［{}］",
        "【{}】",
        "〔{}〕",
        "({})",
        "（注{}）",
        "*{}",
        "†",
        "^{}",
        "{})",
        "[note {}]",
        "[注{}]",
        "<{}>",
        "[{}.]",
        "［注 {}］",
    )
    return [
        plain(
            shape,
            copy(
                f"A {shape.format(1)}. B {shape.format(2)}.",
                notes=f"{shape.format(1)} The Log\n{shape.format(2)} The Book",
            ),
            status=FAULTY,
        )
        for shape in shapes
    ]


NOT: Final = (
    "[2021]",
    "[sic]",
    "[U.S.]",
    "[…]",
    "[(D)iplomacy]",
    "[::1]",
    "[a]",
    "[]",
    "[ ]",
    "[1.5]",
    "[12:30]",
    "[1 of 3]",
    "[p. 1]",
    "1]",
    "[1",
    "(1)",
    "(2)",
    "(3)",
    "(4)",
    "#1",
    "No.1",
    "x[1",
    "http://velm.example/a[1]b",
    "http://velm.example/?q=[1]",
    "http://velm.example/[1]/b",
    "https://[::1]/x",
    "12 June [2021]",
    "[1/2]",
    "[+1]",
    "[-1]",
    "[1%]",
    "[£1]",
    "[$1]",
    "[1st]",
    "[2nd]",
    "[No.1]",
    "[i]",
    "[iv]",
    "[A1]",
    "[1A2]",
    "[x1]",
    "[1x1]",
    "[0x1]",
    "[1e3]",
    "[1–2 m]",
    "[12345]",
    "[1 2 3 4]",
    "[!1]",
    "[?1]",
    "[@1]",
    "[~1]",
    "[=1]",
    "[1=1]",
    "[1>0]",
    "[1<2]",
    "[1|2]",
    "{1}",
    "[\\1]",
    "['1']",
    '["1"]',
)


def _negatives(full: bool) -> list[Input]:
    """Return texts with one note call, and something that is none."""
    found = [plain(sign, copy(f"It says {sign} here [1]."), status=FAULTY, calls=1) for sign in NOT]
    return found if full else list(thinned(found, 10))


def _around(full: bool) -> list[Input]:
    bodies = (
        "It waits[1].",
        "It waits.[1]",
        "It waits.[1] Then",
        "“It waits”[1]",
        "“It waits.[1]”",
        "“It waits[1].”",
        "(It waits[1])",
        "It waits\u00a0[1].",
        "It waits [1] , then",
        "[1] It waits",
        "It waits—[1] then",
        "It\u2060[1] waits",
        "1[1]",
        "x2[1] and",
        "It waits![1]",
        "It waits…[1]",
        "[1]",
        "a [1]\tb",
        "It waits[1]: so",
        "It waits [1]; so",
    )
    return [
        plain(f"place {n}", copy(body), status=FAULTY, calls=1) for n, body in enumerate(bodies)
    ]


def _lists(full: bool) -> list[Input]:
    notes = {
        "several paragraphs": "[1] The Log\nA second line of it.\nAnd a third.",
        "an address on a line": "[1] The Log\nhttps://velm.example/log",
        "an address alone": "[1] https://velm.example/log",
        "no text": "[1]",
        "a marker in it": "[1] The Log, see [1]",
        "blank lines": "[1] The Log\n\n\n[2] The Book",
        "a heading": "Notes\n[1] The Log",
        "no list": "",
        "wrapped": "[1] The Log of the\n   harbour of Velm",
        "two lists": "[1] The Log\n\nSources\n[1] The Book",
    }
    found = [plain(name, copy(notes=one), status=FAULTY) for name, one in notes.items()]
    found.append(
        plain("before the body", copy("[1] The Log\nIt waits [1].", notes=""), status=FAULTY)
    )
    found.append(
        plain("between", copy("It [1].\n[1] The Log\nIt goes on.", notes=""), status=FAULTY)
    )
    return found


def _tails(full: bool) -> list[Input]:
    tails = (
        "Watch Report No.32 June 19, 2021\n§The Ferry\nThe ferry [1] waits.",
        "Share this:",
        "Posted by velm at 6:00",
        "« Previous Next »",
        "Leave a comment",
        "Related posts\nThe Ferry",
        "Copyright 2021",
        "1 2 3 Next",
    )
    return [
        plain(f"tail {n}", f"{copy()}\n{tail}\n", status=FAULTY) for n, tail in enumerate(tails)
    ]


def _many(full: bool) -> list[Input]:
    count = 900 if full else 60
    body = "\n".join(f"The boats wait at the quay [{n}]." for n in range(1, count))
    notes = "\n".join(f"[{n}] The Log of Velm, page {n}" for n in range(1, count))
    close = " ".join(f"a [{n}]" for n in range(1, count // 2))
    return [
        plain(f"{count - 1} notes", copy(body, notes=notes), whole=full, status=FAULTY),
        plain("close together", copy(close, notes=notes), status=FAULTY),
        plain("a thousand calls of one", copy("It waits [1]. " * 1000), whole=full, status=FAULTY),
    ]


def _word(full: bool) -> list[Input]:
    return [
        Input(
            "a DOCX",
            b"PK\x03\x04" + b"word/footnotes.xml" * 20,
            None,
            "X",
            ("R003",),
            file="031.docx",
        ),
        Input("a DOCX by another name", b"PK\x03\x04" + b"\0" * 200, None, "X", ("R003",)),
    ]


ROWS: Final = (
    Row("N01", "a marker without a note", _missing),
    Row("N02", "a note without a marker", _unused),
    Row("N03", "a note called again", _again),
    Row("N04", "two notes of one number", _double),
    Row("N05", "numbers out of order", _orders),
    Row("N06", "markers of other forms", _forms),
    Row("N07", "what is no marker", _negatives),
    Row("N08", "markers beside signs of all kinds", _around),
    Row("N09-N10", "lists of notes of all shapes", _lists),
    Row("N11", "what pages have below a report", _tails),
    Row("N12", "notes in great numbers", _many, "a number has three figures", seconds=90),
    Row("N13", "Word files", _word, "they are not read: refused, R003"),
)


def figures(full: bool) -> Iterator[Figure]:
    """Yield what came of the rows, of a compilation, and of markers that were planted."""
    yield from trial.figures(ROWS, full=full, alone=alone.tried)
    yield from compilations.figures(full)
    yield from marks.figures(full)
