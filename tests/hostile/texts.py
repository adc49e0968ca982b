"""Rows E, T and S of the catalogue: encodings, letters, and what a report may be made of."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from hostile import alone, encodings, trial
from hostile.figures import Figure
from hostile.rows import Input, Row, copy, plain, thinned

MARKED: Final = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}
JA: Final = """監視報告 No.31  2021年6月20日
§埠頭は開かれている
岸壁には二隻の船があり、一隻には名前がなかった［１］。領事は若い書記に三通の手紙を書いたが、返事は届いていない。
渡し船は月曜日に出る。ただし天候による。

［１］『港の日誌』、2018年
"""
KO: Final = """감시 보고 No.31  2021년 6월 20일
§부두는 열려 있다
부두에는 배가 두 척 있었고, 한 척에는 이름이 없었다［１］.
영사는 젊은 서기에게 편지를 세 통 보냈으나 답장은 오지 않았다.
나룻배는 월요일에 떠난다. 다만 날씨에 따라 다르다.

［１］『항만 일지』, 2018년
"""
EN: Final = copy("The harbour’s gates opened at six [1]. “Nobody came,” she wrote — in the café.")


# -- E: encodings ----------------------------------------------------------------------------------


def _encoded(full: bool) -> list[Input]:
    found = []
    for tag, text in (("en", EN), ("ja", JA), ("ko", KO)):
        for encoding, mark in MARKED.items():
            data = mark + text.encode(encoding)
            found.append(
                Input(f"{tag} {encoding} with its mark", data, text, extra=("--lang", tag))
            )
    for tag, encoding, text in (
        ("en", "cp1252", EN),
        ("ja", "cp932", JA),
        ("ja", "euc_jp", JA),
        ("ja", "iso2022_jp", JA),
        ("ko", "cp949", KO),
        ("ko", "euc_kr", KO),
        ("en", "utf-16-le", EN),
        ("ja", "utf-16-be", JA),
        ("ja", "utf-32-le", JA),
    ):
        data = text.encode(encoding, "replace" if encoding == "euc_kr" else "strict")
        found.append(Input(f"{tag} {encoding} unmarked", data, text, "R", ("R002",)))
    return found if full else list(thinned(found, 8))


def _strangers(full: bool) -> list[Input]:
    chinese = "维尔姆港的港长六点打开大门，但是没有人来。雾散之后，对岸看起来比想象的近。\n"
    russian = "Начальник порта открыл ворота в шесть часов, но никто не пришёл.\n"
    pairs = (
        ("gb18030", chinese),
        ("gbk", chinese),
        ("big5", "維爾姆港的港長六點打開大門。沒有人來。\n"),
        ("cp1251", russian),
        ("koi8-r", russian),
        ("gb18030", JA),
        ("johab", KO),
        ("mac_roman", EN),
    )
    return [
        Input(f"{encoding} {text[:2]}", text.encode(encoding), None, "X", ("R001",))
        for encoding, text in pairs
    ]


def _misdeclared(full: bool) -> list[Input]:
    """XML that says one encoding and is in another; ten of each."""
    found = []
    for number in range(10):
        text = f"<article><p>{JA.splitlines()[2][number : number + 30]}</p></article>"
        for said, is_ in (("utf-8", "cp932"), ("utf-8", "euc_jp")):
            data = f'<?xml version="1.0" encoding="{said}"?>'.encode() + text.encode(is_)
            found.append(
                Input(f"{said} is {is_} {number}", data, None, "X", ("R006",), file="a.xml")
            )
    return found if full else found[:2]


def _mojibake(full: bool) -> list[Input]:
    """Return UTF-8 that was read as something else, in thirty ways."""
    found = []
    words = ["“late”", "café", "naïve", "the quay’s", "à la carte", "Malmö", "40 °C", "— and"]
    for word in words:
        for encoding in ("cp1252", "latin-1"):
            bad = word.encode().decode(encoding, "ignore")
            # Controls of C1 among them are left out, and told: the rest may look sound.
            code = "R203" if re.search("[\x80-\x84\x86-\x9f]", bad) else "R206"
            found.append(
                plain(f"{word} by {encoding}", copy(f"Said {bad} here [1]."), codes=(code,))
            )
    for start in range(0, 28, 2):
        bad = JA.splitlines()[2][start : start + 8].encode().decode("cp932", "ignore")
        text = JA.replace("渡し船", f"{bad}渡し船")
        found.append(plain(f"kana {start}", text, codes=("R206",)))
    return found[:30] if full else found[:30:6]


def _twins(full: bool) -> list[Input]:
    found = []
    for twin in ("～", "－", "∥", "￠", "￡", "￢", "―"):
        text = JA.replace("ただし", f"ただし{twin}")
        found.append(Input(twin, text.encode("cp932"), text, "R", ("R002", "R501")))
    return found


def _truncated(full: bool) -> list[Input]:
    found = []
    data = JA.encode()
    for cut in range(1, 300):
        part = data[:-cut]
        if not _whole(part):
            found.append(Input(f"cut by {cut}", part, None, "X", ("R001",)))
    found = found[:25]
    draw = random.Random(12)
    for number in range(25):
        bad = bytearray((EN + JA).encode() * (1 if number else 2000))
        at = draw.randrange(len(bad) // 2)
        bad[at] = 0xFF
        found.append(Input(f"one bad byte at {at}", bytes(bad), None, "X", ("R001",)))
    return list(thinned(found, 50 if full else 4))


def _whole(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


# -- T: letters ------------------------------------------------------------------------------------


def _controls(full: bool) -> list[Input]:
    classes = (
        "\0",
        "\x01",
        "\x08",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x7f",
        "\x80",
        "\x9f",
        "\ufdd0",
        "\ufffe",
        "\uffff",
        "\U0001fffe",
    )
    text = copy("The boats wait at the quay [1], and nobody comes.")
    places = [at for at in range(1, len(text)) if text[at - 1].isalpha() and text[at].isalpha()]
    found = []
    for sign in classes:
        for at in list(thinned_places(places, 60 if full else 3)):
            data = text[:at] + sign + text[at:]
            blank = sign in "\x0b\x0c"
            codes = () if blank else ("R203",)
            found.append(
                plain(
                    f"U+{ord(sign):04X} at {at}",
                    data,
                    promise="A" if blank else "R",
                    codes=codes,
                    status=(0, 1, 3),
                )
            )
    return found


def thinned_places(places: Sequence[int], most: int) -> Iterator[int]:
    """Yield so many of the places, from all over the text."""
    step = max(1, len(places) // most)
    yield from places[::step][:most]


def _surrogates(full: bool) -> list[Input]:
    text = copy("The boats wait [1].").replace("boats", "bo\ud800ats \udfff")
    return [
        Input("in UTF-8", text.encode("utf-8", "surrogatepass"), None, "X", ("R001",)),
        Input(
            "in UTF-16",
            b"\xff\xfe" + text.encode("utf-16-le", "surrogatepass"),
            None,
            "X",
            ("R001",),
        ),
    ]


def _bidi(full: bool) -> list[Input]:
    signs = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    found = [
        plain(
            f"U+{ord(sign):04X}", copy(f"The boats {sign}[1] wait."), promise="X", codes=("R205",)
        )
        for sign in signs
    ]
    for name, where in (
        ("title", {"title": "The \u202eQuay"}),
        ("note", {"notes": "[1] \u2067Log"}),
        ("isolated", {"body": "The \u2067boats\u2069 wait [1]."}),
    ):
        found.append(plain(name, copy(**where), promise="X", codes=("R205",)))
    return found


def _righttoleft(full: bool) -> list[Input]:
    told = {"whole": True, "status": (0, 1), "codes": ("F101",)}
    return [
        plain("Arabic", copy("He called it ميناء in his letter [1]."), **told),
        plain("Hebrew", copy("He called it נמל in his letter [1]."), **told),
        plain("with a figure", copy("The sign said ميناء 12 and no more [1].")),
    ]


def _decomposed(full: bool) -> list[Input]:
    draw = random.Random(9)
    words = {
        "kana": "がぎぐげござじずぜぞだぢづでどばぱびぴぶぷべぺぼぽヴガ",
        "hangul": "배부두항만각닭흙꽃값",
        "latin": "éàçñöüÅěőȩ",
    }
    found = []
    for number in range(200 if full else 6):
        kind = list(words)[number % 3]
        word = "".join(draw.choices(words[kind], k=6))
        bad = unicodedata.normalize("NFD", word)
        base = {
            "kana": JA.replace("ただし", f"ただし{bad}"),
            "hangul": KO.replace("다만", f"{bad} 다만"),
            "latin": copy(f"The word {bad} stands here [1]."),
        }[kind]
        found.append(
            plain(f"{kind} {number}", base, promise="R", codes=("R204",), whole=number < 3 and full)
        )
    return found


def _signs(full: bool) -> list[Input]:
    rare = {
        "IVS": "葛\U000e0100",
        "SIP": "𠮷野家",
        "half width": "ｶﾅ",
        "of Japan": "㈱①Ⅳ",
        "full width": "ＡＢＣ１２３",
        "private": "\ue000",
        "emoji": "👩‍👩‍👧",
        "old": "神\ufa19",
    }
    return [
        plain(
            name,
            JA.replace("ただし", f"ただし{sign}、"),
            whole=full or name == "private",
            codes=("F101",) if name == "private" else (),
            status=(0, 1),
        )
        for name, sign in rare.items()
    ]


def _blanks(full: bool) -> list[Input]:
    signs = {
        "ZWSP": "\u200b",
        "SHY": "\u00ad",
        "NBSP": "\u00a0",
        "NNBSP": "\u202f",
        "WJ": "\u2060",
        "LS": "\u2028",
        "PS": "\u2029",
        "NEL": "\u0085",
        "ideographic": "\u3000",
        "ZWNJ": "\u200c",
        "BOM": "\ufeff",
        "LRM": "\u200e",
        "Hangul filler": "\u3164",
    }
    found = [
        plain(f"{name} inside", copy(f"The boats wa{sign}it at the quay [1]."))
        for name, sign in signs.items()
    ]
    found += [
        plain(f"{name} at the end", copy(f"The boats wait at the quay [1].{sign * 3}"))
        for name, sign in signs.items()
    ]
    return found if full else found[::4]


def _bombs(full: bool) -> list[Input]:
    marks = copy("A" + "\u0301\u0316" * 2500 + " marks [1].")
    word = copy("x" * 100_000 + " is a word [1].")
    paragraph = copy("The tide is late again today. " * (34_000 if full else 800) + "[1]")
    japanese = JA.replace("ただし", "岸壁は静かである。" * (110_000 if full else 3000) + "ただし")
    found = [
        plain("5,000 marks", marks, codes=("R502",), status=(0, 1)),
        plain("100,000 letters in a word", word, codes=("R503",), status=(0, 1)),
        plain("a paragraph", paragraph, codes=("R504",), status=(0, 1)),
        plain("a paragraph in Japanese", japanese, codes=("R504",), status=(0, 1)),
    ]
    words = ("pdf", "031.txt", "-o", "made.pdf", "--format", "json", "--timeout", "10")
    found += [
        Input(f"a PDF of {one.name}", one.data, None, "A", ("X302",) * (len(one.data) > 900_000),
              (0, 1, 5, 7), words=words)
        for one in found * full
    ]  # fmt: skip
    return found


LITERALS: Final = (
    "<b>bold</b>",
    "&amp;",
    "&",
    "<",
    "]]>",
    "<![CDATA[x]]>",
    "<!-- c -->",
    "&#0;",
    "&#x41;",
    "{{ x }}",
    "{{ ''.__class__ }}",
    "{% raw %}",
    "{# c #}",
    "\\0",
    "%s",
    "%(name)s",
    "${HOME}",
    "$(id)",
    "`id`",
    "<script>alert(1)</script>",
    "<?php x ?>",
    "\\u0041",
    "{0.__class__}",
    "<img src=x onerror=y>",
    "\\includegraphics{x}",
)


def _literals(full: bool) -> list[Input]:
    found = []
    for literal in LITERALS:
        found += [
            plain(f"{literal} in the body", copy(f"It reads {literal} here [1]."), whole=full),
            plain(f"{literal} in the title", copy(title=f"On {literal} again")),
            plain(f"{literal} in a note", copy(notes=f"[1] See {literal} there")),
            plain(
                f"{literal} in the credit", copy(f"The boats wait [1].\n(By Ada {literal} Quill)")
            ),
            plain(
                f"{literal} in an option",
                copy(),
                extra=("--series", f"Watch {literal}"),
                whole=full,
            ),
        ]
    return found if full else found[::12]


# -- S: what a report is made of -------------------------------------------------------------------


def _reports(full: bool) -> list[Input]:
    refused: tuple[tuple[str, str, str], ...] = (
        ("empty", "", "R106"),
        ("only white space", " \n\t\n", "R106"),
        ("one letter", "x", "R101"),
        ("only a title", "§The Quay\n", "R101"),
        ("only notes", "[1] The Log\n[2] The Book\n", "R101"),
        ("no date", copy(head="Watch Report No.31"), "R102"),
        ("no number", copy(head="Watch Report June 12, 2021"), "R101"),
        ("31 February", copy(head="Watch Report No.31  February 31, 2021"), "R105"),
        ("no headline", "Watch Report No.31  June 12, 2021\n", "R104"),
    )
    found = [
        plain(name, text, promise="X", codes=(code,), extra=("--lang", "en"))
        for name, text, code in refused
    ]
    found.append(Input("only a mark", b"\xef\xbb\xbf", None, "X", ("R106",)))
    found.append(plain("no language", "12 6 2021\n— — —\n", promise="X", codes=("R103",)))
    era = JA.replace("2021年6月20日", "令和3年6月20日")
    found.append(plain("令和3年", era, whole=full))
    found.append(plain("future", copy(head="Watch Report No.31  June 12, 2921"), status=(0, 1)))
    found.append(plain("two dates", copy("June 13, 2021\nThe boats wait [1].")))
    found.append(
        plain(
            "title and number line differ",
            copy(head="[Watch Report No.30]\nWatch Report No.31  June 12, 2021"),
            promise="X",
            codes=("R110",),
        )
    )
    return found


def _quotes(full: bool) -> list[Input]:
    bodies = (
        "He said:",
        "He said: “the tide is late [1].",
        "“One” and “two [1].",
        "It ends ” here [1].",
        "“a ‘b’ c” [1]",
        "“a ‘b c” [1]",
        "He wrote:\n“The boats wait.”",
        "『「』」",
    )
    found = [plain(f"quote {n}", copy(body), status=(0, 1)) for n, body in enumerate(bodies)]
    for n, body in enumerate(("「船は」「待つ」", "「船は『待つ」", "船は」待つ", "「『「」』」")):
        found.append(plain(f"Japanese quote {n}", JA.replace("ただし", body + "ただし")))
    return found if full else found[::3]


def _tongues(full: bool) -> list[Input]:
    pairs = (("en", JA), ("ko", JA), ("ja", EN), ("ja", KO), ("en", KO), ("ko", EN))
    return [
        plain(f"{tag} for {text[:4]}", text, extra=("--lang", tag), status=(0, 1, 3))
        for tag, text in pairs
    ]


def _sizes(full: bool) -> list[Input]:
    most = 100_000_000 if full else 21_000_000
    line = b"The boats wait at the quay of Velm.\n"
    return [
        Input("big text", line * (most // len(line)), None, "X", ("D103",)),
        Input("one big line", b"x" * most, None, "X", ("D103",)),
        Input("NULs", bytes(most), None, "X", ("D103",)),
        plain("many lines", copy("The boats wait.\n" * (20_000 if full else 500) + "[1]")),
    ]


ROWS: Final = (
    Row("E01-E08", "encodings", _encoded),
    Row("E08x", "encodings of other tongues", _strangers, "their languages are not of a series"),
    Row("E09", "declared one, written in another", _misdeclared),
    Row("E10", "letters that were misread before", _mojibake),
    Row("E11", "signs that two tables read as two", _twins),
    Row("E12", "bytes cut off, one bad byte", _truncated),
    Row(
        "T01-T05",
        "control characters, noncharacters",
        _controls,
        "white space among them (VT, FF) is white space",
    ),
    Row("T06", "lone surrogates", _surrogates),
    Row("T07", "overrides of the reading order", _bidi),
    Row(
        "T08",
        "words from right to left",
        _righttoleft,
        "no font for them comes along: letters without one are told (F101)",
    ),
    Row("T09", "letters and their marks apart", _decomposed),
    Row("T10", "rare letters", _signs),
    Row("T11", "blanks of all kinds", _blanks),
    Row(
        "T12",
        "bombs of marks, words, paragraphs",
        _bombs,
        "a PDF of a million letters in one paragraph is stopped by --timeout",
        seconds=60,
    ),
    Row("T13", "markup and templates as text", _literals),
    Row("S01-S02", "reports with parts missing", _reports),
    Row("S03", "quotation marks without their others", _quotes),
    Row("S05", "a language that it is not in", _tongues),
    Row("S06", "files that are too big", _sizes),
)


def figures(full: bool) -> Iterator[Figure]:
    """Yield the decoder's figures, and what came of the rows."""
    each = encodings.SAMPLES if full else 4
    found = [encodings.verdict(data, text) for _, _, text, data in encodings.samples(each)]
    other = [encodings.chardet(data, text) for _, _, text, data in encodings.samples(each)]
    yield Figure(
        "encodings: read exactly, or refused",
        len(found),
        found.count("wrong"),
        f"chardet: {_counted(other)}",
        _counted(found),
    )
    yield from trial.figures(ROWS, full=full, alone=alone.tried)


def _counted(verdicts: list[str]) -> str:
    """Return how many samples were read exactly, in percent too, how many wrong, how many not."""
    exact, wrong, refused = map(verdicts.count, ("exact", "wrong", "refused"))
    share = 100 * exact / len(verdicts)
    return f"{exact:,} exact, {share:.2f} %; {wrong} wrong, {refused} refused"
