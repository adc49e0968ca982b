"""Validators: what they are given, what is made of their answers, what is kept, what is absent."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pytest

import judges
import spoils
from literate import run
from series_homes import EPUBS, PDFS, TOML, english, home
from watchpress.build import report as build
from watchpress.build import validate as room
from watchpress.build.cache import Cache
from watchpress.build.check import check
from watchpress.build.series import Options
from watchpress.build.validate import validate
from watchpress.catalog import Source, trim
from watchpress.checks import sound
from watchpress.diagnostic import Diagnostic
from watchpress.files import Styles
from watchpress.opinion import Opinion
from watchpress.tools import ace, anatomy, epubcheck, verapdf

BAD = Opinion("7.1-3", "error", "Content shall be marked", "root", page=2)


@cache
def product(kind: str, profile: str = "screen") -> bytes:
    """Return a product of a small report."""
    path = Path("031.txt")
    path.write_text(english(31), "utf-8")
    report = build.report(Source(path), lambda _: None).report
    work = build.work([report], trim=trim("A5"), profile=profile)  # type: ignore[arg-type]
    return build.finished(kind, work, Styles(), lambda _: None, f"031.en.{kind}").data  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Fake:
    """A judge of PDFs that takes down what it is given, and says one thing of each."""

    def __init__(self, version: str | None = "1", fault: str = "", tongue: str = "en") -> None:
        self.asked: list[tuple[list[str], str, str]] = []
        self.fault = fault
        self.judge = room.Judge("veraPDF", lambda: version, self.ask, (verapdf,), most=2)

    def ask(self, files: Sequence[Path], flavour: str, tongue: str) -> list[tuple[Opinion, ...]]:
        assert all(anatomy.frame(file.read_bytes()).faces for file in files)
        self.asked.append(([file.name for file in files], flavour, tongue))
        if self.fault:
            raise OSError(self.fault)
        return [(BAD, BAD) if file.name.startswith("bad") else () for file in files]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Fake]:
    def make(**more: str | None) -> Fake:
        made = Fake(**more)  # type: ignore[arg-type]
        monkeypatch.setattr(room, "OF_PDFS", (made.judge,))
        return made

    return make


def judged(names: Sequence[str], memory: Cache, tongue: str = "en") -> tuple[int, list[Diagnostic]]:
    found: list[Diagnostic] = []
    # Another file for each name: else one answer would do for all.
    given = [(name, product("pdf") + b"\n%" + name.encode()) for name in names]
    return validate(given, memory, tongue, found.append), found


def test_what_was_judged_is_not_judged_again(fake: Callable[..., Fake], tmp_path: Path) -> None:
    judge, memory = fake(), Cache(tmp_path / "memory")
    status, found = judged(["a.pdf", "bad.pdf", "c.pdf"], memory)
    assert sorted(judge.asked) == [(["a.pdf", "bad.pdf"], "ua1", "en"), (["c.pdf"], "ua1", "en")]
    assert [(one.place.file, one.code, one.page) for one in found] == [("bad.pdf", "F301", 2)]
    assert status == 5
    judge.asked.clear()
    assert judged(["a.pdf", "bad.pdf", "c.pdf"], memory) == (status, found)
    assert judge.asked == []
    judged(["a.pdf", "d.pdf"], memory)
    assert judge.asked == [(["d.pdf"], "ua1", "en")]
    judge.asked.clear()
    judged(["a.pdf"], memory, "ja")
    assert judge.asked == [(["a.pdf"], "ua1", "ja")], "in another language the words are others"
    newer = fake(version="2")
    judged(["a.pdf"], memory)
    assert newer.asked == [(["a.pdf"], "ua1", "en")]


def test_no_verdict_is_no_praise_and_is_not_kept(fake: Callable[..., Fake], tmp_path: Path) -> None:
    memory = Cache(tmp_path / "memory")
    fake(fault="it hangs")
    status, found = judged(["a.pdf", "b.pdf"], memory)
    assert [(one.place.file, one.code) for one in found] == [("a.pdf", "X108"), ("b.pdf", "X108")]
    assert status == 0
    judge = fake()
    judged(["a.pdf"], memory)
    assert judge.asked


def test_an_absent_validator_is_told_once_with_its_line(
    fake: Callable[..., Fake], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(version=None)
    monkeypatch.setattr(verapdf, "version", lambda: None)
    status, found = judged(["a.pdf", "b.pdf"], Cache(None))
    ((code, fix),) = [(one.code, one.say("fix")) for one in found]
    assert (status, code) == (0, "X107")
    assert re.search(r"maven.* && watchpress doctor --install --for test", fix, re.I)


def test_a_pdf_is_judged_by_what_it_claims() -> None:
    assert anatomy.frame(product("pdf")).claims == ("ua1",)
    assert anatomy.frame(product("pdf", "archive")).claims == ("ua1", "3a")
    assert anatomy.frame(product("pdf", "draft")).claims == ()


def test_a_series_has_all_its_products_judged_once(
    fake: Callable[..., Fake], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = fake()
    monkeypatch.setattr(room, "OF_EPUBS", ())
    series = home(tmp_path, TOML + PDFS + EPUBS, en_031=english(31), en_032=english(32))
    look = partial(check, series, [], print, options=Options(1, validate="en"))
    assert look().status == 0
    assert judge.asked == [(["031.en.pdf", "032.en.pdf"], "ua1", "en")]
    look()
    assert len(judge.asked) == 1
    assert not series.dist.exists()


def test_validate_wants_products() -> None:
    Path("copy.txt").write_text(english(31), "utf-8")
    status, said = run(["check", "--validate", "--no-proof", "copy.txt"])
    assert status == 2
    assert "--validate is about products" in said


# -- what they answer -----------------------------------------------------------------------------

SAID = {
    "messages": [
        {"ID": "RSC-005", "severity": "ERROR", "message": "no\n  such", "locations": [
            {"path": "a.xhtml", "line": 5, "column": 7},
            {"path": "b.xhtml", "line": -1, "column": -1},
        ]},
        {"ID": "HTM-010", "severity": "USAGE", "message": "by the way", "locations": []},
        {"ID": "PKG-001", "severity": "WARNING", "message": "hm", "locations": []},
    ],
    "publication": {"nSpines": 3},
}  # fmt: skip


def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Put a program on the path that takes the place of Java."""
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")


def test_epubcheck_is_asked_in_our_language_and_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "said").write_text(json.dumps(SAID), "utf-8")
    take = f'echo "$@" > {tmp_path}/order; for out; do :; done; cp {tmp_path}/said "$out"; exit 1'
    java(tmp_path, monkeypatch, take)
    found = epubcheck.opinions(Path("x.epub"), "ja")
    assert found == (
        Opinion("RSC-005", "error", "no such", "a.xhtml", 5, 7),
        Opinion("RSC-005", "error", "no such", "b.xhtml"),
        Opinion("PKG-001", "warning", "hm"),
    )
    assert "--locale ja" in (tmp_path / "order").read_text("utf-8")


@pytest.mark.parametrize("said", ["", "{}", '{"messages": [], "publication": {"nSpines": 0}}'])
def test_epubcheck_that_saw_nothing_gives_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    java(tmp_path, monkeypatch, f"for out; do :; done; printf '%s' '{said}' > \"$out\"")
    with pytest.raises(OSError, match="no verdict"):
        epubcheck.opinions(Path("x.epub"), "en")


# -- with the real ones ---------------------------------------------------------------------------


def repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return an EPUB in which one thing is another."""
    out, count = BytesIO(), 0
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            text = source.read(entry)
            count += text.count(old)
            target.writestr(entry, text.replace(old, new))
    assert count
    return out.getvalue()


def unmarked(pdf: object) -> None:
    del pdf.Root.StructTreeRoot  # type: ignore[attr-defined]


@pytest.mark.slow
def test_planted_defects_are_found_by_those_who_look_for_them() -> None:
    given = {
        "good.epub": product("epub"),
        "bad.epub": repacked(product("epub"), b"<h1", b"<blink>x</blink><h1"),
        "good.pdf": product("pdf"),
        "archive.pdf": product("pdf", "archive"),
        "bad.pdf": spoils.spoiled(product("pdf"), unmarked),
    }
    if epubcheck.newest() is None or verapdf.version() is None:
        pytest.skip("EPUBCheck or veraPDF not installed (see doctor)")
    found: list[Diagnostic] = []
    assert validate(given.items(), Cache(None), "ja", found.append) == 5
    assert not {one.place.file for one in found} & {"good.epub", "good.pdf", "archive.pdf"}
    said = {one.code: one for one in found if one.code in {"E301", "F301"}}
    assert said["E301"].place.file == "bad.epub"
    assert re.search(
        r"blink.*[\u3041-\u30ff].*EPUB/[\w.-]+xhtml:\d+:\d+", said["E301"].say("words", "ja")
    )
    assert said["F301"].place.file == "bad.pdf"


@pytest.mark.slow
def test_a_picture_without_words_is_found_by_ace() -> None:
    if missing := ace.lacking():
        pytest.skip(f"not installed: {', '.join(missing)} (see doctor)")
    Path("bad.epub").write_bytes(
        repacked(product("epub"), b"</h1>", b'</h1><img src="../EPUB/cover.png"/>')
    )
    grave = [one for one in ace.opinions(Path("bad.epub"), "ja") if one.gravity == "error"]
    assert "image-alt" in {one.rule for one in grave}
    assert any(re.search("[\u3041-\u30ff]", one.words) for one in grave)


# -- what any PDF has to be -----------------------------------------------------------------------


def heard(data: bytes) -> list[tuple[str, int, str]]:
    found: list[Diagnostic] = []
    sound.check(sound.Subject(data, "031.en.pdf"), found.append)
    return [(one.code, one.page, dict(one.facts).get("problem", "")) for one in found]


def test_a_sound_pdf_is_passed_over_in_silence() -> None:
    assert heard(product("pdf")) == []
    assert heard(b"no PDF") == [], "the proof says so"


def test_what_is_unsound_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "MOST", 1_000)
    told = heard(spoils.spoiled(product("pdf"), spoils.unsound))
    assert ("F304", 0, "") in told
    assert ("F302", 0, "") in told
    assert ("F303", 1, "CropBox ⊄ MediaBox") in told
    assert any(code == "F303" and problem.startswith("TrimBox 0×") for code, _, problem in told)


# -- the judge of what other tests make -----------------------------------------------------------


def test_what_verapdf_has_against_a_pdf_names_the_test_that_made_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each file is judged once by each standard; one without a verdict is no good one."""
    asked: list[tuple[str, list[bytes]]] = []

    def opinions(pdfs: Sequence[Path], flavour: str) -> dict[Path, object]:
        asked.append((flavour, [pdf.read_bytes() for pdf in pdfs]))
        said = {b"good": (), b"bad": (BAD,), b"cut": OSError("no verdict")}
        return {pdf: said[pdf.read_bytes()] for pdf in pdfs}

    monkeypatch.setattr(judges, "_WAITING", {})
    monkeypatch.setattr(verapdf, "version", lambda: "1")
    monkeypatch.setattr(verapdf, "opinions", opinions)
    for data in (b"good", b"bad", b"good", b"cut"):
        judges.later(data, "ua1")
    judges.later(b"good", "3a")
    first, second = judges.verdicts()
    assert "::test_what_verapdf_has_against" in first and "7.1-3" in first
    assert "no verdict" in second
    assert asked == [("3a", [b"good"]), ("ua1", [b"good", b"bad", b"cut"])]
    assert judges.verdicts() == []
