"""Volumes that nobody would plan: each is built whole at the command line, or refused."""

from __future__ import annotations

from pathlib import Path

import click.testing
import pytest

from epubcheck import assert_epubs
from products import assert_pdf
from series_homes import TOML, VOLUME, english, home, japanese
from watchpress.cli import series as commands
from watchpress.tools import pdfium

PDF = '[[editions]]\nname = "book"\nformat = "pdf"\nwhat = "2021"\n'
BOTH = PDF + PDF.replace("book", "ebook").replace('"pdf"', '"epub"')
KOREAN = TOML.replace('"ja"]', '"ja", "ko"]').replace('報告" }', '報告", ko = "감시 보고" }')
KOREAN = KOREAN.replace('監視" }', '監視", ko = "해협감시" }')
BARE = {
    "en_031": "Watch Report No.31  June 12, 2021\n§The Quay\nThe boats wait.\n",
    "ja_031": "監視報告 No.31  2021年6月20日\n§埠頭\n船は待つ。\n",
}
WORDS = [f"word{count}" for count in range(200)]
CORRECTIONS = "".join(
    f'[[corrections]]\nnumber = 31\nlang = "en"\nprinted = "{word}"\nread = "{word} & <x>"\n'
    for word in WORDS
)
PERSON = """[[people]]
role = "editor"
names = { en = "O'Neil \\"Q\\" & <Sons>", ja = "灯&<守>" }
"""
LONG = "Long & <title> 'of' things. "
TITLE = f'title = {{ en = "{(LONG * 11)[:300]}", ja = "{"長い題名" * 75}" }}\n'
TERM = '[[terms]]\nkind = "place"\nwords = { en = "Nowhere" }\n'

Copies = dict[str, str]
ONE: Copies = {"en_031": english(31)}
PAIR: Copies = {**ONE, "ja_031": japanese(31)}
TWO: Copies = {"en_031": english(31), "en_032": english(32)}


def built(folder: Path, toml: str, copies: Copies) -> tuple[int, str]:
    """Build a series as at the keyboard; return exit status and what was said of it."""
    home(folder, toml, **copies)
    done = click.testing.CliRunner().invoke(
        commands.build,
        ["-C", str(folder), "--jobs", "1", "--format", "concise"],
        standalone_mode=False,
    )
    assert done.exception is None
    said = done.stderr.replace(f"{folder}/", "").splitlines(keepends=True)
    # Matters of taste in the layout are no oddness of a volume.
    return int(done.return_value or 0), "".join(line for line in said if ": info P" not in line)


def texts(path: Path) -> list[str]:
    """Return the text of each page, without the signs that stand for gaps."""
    pages = pdfium.read(path.read_bytes()).pages
    return ["".join(run.text for run in page.runs).replace("\u200b", "") for page in pages]


QUIET = {
    "one report": (TOML + VOLUME + PDF, ONE),
    "no notes at all": (
        f'{TOML}{VOLUME}layout = "facing"\nnotes = "volume"\nnumbering = "continuous"\n'
        f"print-map = true\n{BOTH}",
        BARE,
    ),
    "a language without a report": (f'{TOML}{VOLUME}layout = "paired"\n{PDF}', TWO),
    "three languages, two facing": (f'{KOREAN}{VOLUME}layout = "facing"\n{PDF}', PAIR),
    "a report of another year": (TOML + VOLUME + PDF, {**TWO, "en_009": english(9, "May 1, 2019")}),
    "two hundred corrections": (
        TOML + VOLUME + CORRECTIONS + PDF,
        {"en_031": english(31, words=" ".join(WORDS) + " [1].")},
    ),
    "a title of 300 letters": (TOML + PERSON + VOLUME + TITLE + BOTH, PAIR),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", QUIET)
def test_a_strange_volume_is_built_in_silence(name: str, tmp_path: Path) -> None:
    toml, copies = QUIET[name]
    assert built(tmp_path, toml, copies) == (0, "")
    (pdf,) = (tmp_path / "dist").glob("*.pdf")
    assert_pdf(pdf.read_bytes())
    pages = "".join(texts(pdf))
    for number in (31, 32):
        assert (f"No. {number}" in pages) == (f"en_0{number}" in copies)
    assert "No. 9" not in pages
    if "corrections" in name:
        assert all(f"{word} & <x>" in pages for word in WORDS)
    if "title" in name:
        assert 'O\'Neil "Q" & <Sons>' in pages and "灯&<守>" in pages
        assert_epubs({"title": next((tmp_path / "dist").glob("*.epub")).read_bytes()})


SAID = {
    "two files of one number": (TOML + VOLUME + PDF, {**ONE, "en_31": english(31)}, 1, "C218"),
    "a term that is nowhere": (TOML + VOLUME + TERM + PDF, ONE, 0, "V201"),
    "nothing of the year": (TOML + VOLUME + PDF, {"en_009": english(9, "May 1, 2019")}, 2, "C212"),
    "no copy": (TOML + VOLUME + PDF, {}, 2, "C212"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_odd_in_a_volume_is_said_once(name: str, tmp_path: Path) -> None:
    toml, copies, status, code = SAID[name]
    found, said = built(tmp_path, toml, copies)
    assert (found, said.count(code)) == (status, 1), said
    assert bool(list(tmp_path.glob("dist/*.pdf"))) == (status < 2)
