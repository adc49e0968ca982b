"""Faults from outside: kills, full disks, crowds, other worlds, no network, poison; old tools."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import click.testing
import pytest

from hostile import disks, kills, runs
from hostile.figures import Figure
from press_files import order
from products import assert_press
from profiles import cmyk
from series_homes import EPUBS, PDFS, TOML, english, home
from watchpress import doctor, files
from watchpress.backends.pdf import engine
from watchpress.build import lock, shelf
from watchpress.build import report as single
from watchpress.build.manifest import Manifest
from watchpress.build.series import Options, build, clean
from watchpress.cli import advice
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import UNDERWAY
from watchpress.tools import anatomy, epubcheck, fonts, pango, programs, python

posix = pytest.mark.skipif(sys.platform != "linux", reason="signals, locks and /proc of Linux")


def assert_kept(figures: list[Figure]) -> None:
    assert figures
    tried = [one for one in figures if not one.note.startswith("not tried here: ")]
    assert tried
    assert [(one.promise, one.broken) for one in tried if one.broken or not one.tried] == []


def unheard(finding: Diagnostic) -> None:
    pytest.fail(str(finding))


# -- slices of the rooms --------------------------------------------------------------------------


@posix
def test_a_book_is_whole_when_its_writer_is_killed(tmp_path: Path) -> None:
    assert kills.overwritten("ours", tmp_path, 2, random.Random(3)) == 0


@posix
def test_places_that_take_no_product_are_told() -> None:
    assert [name for name, told in disks.refusing() if not told] == []


@posix
@pytest.mark.slow
@pytest.mark.parametrize("room", ["kills", "disks", "crowds", "worlds", "network", "batches"])
def test_promises_hold_in_a_slice(room: str) -> None:
    assert_kept(list(import_module(f"hostile.{room}").figures(full=False)))


@posix
@pytest.mark.slow
def test_builds_that_are_killed_leave_whole_products(tmp_path: Path) -> None:
    dice = random.Random(7)
    place = kills.Home(tmp_path, "build", dice)
    tally = kills.killed(place, 6, every=3)
    assert (tally.tried, tally.broken) == (6, 0)
    told = kills.told(place, 4)
    assert (told.tried, told.broken, told.said) == (4, 0, [])


@posix
@pytest.mark.slow
def test_pages_on_full_disks() -> None:
    if disks.within() is None:
        pytest.skip("no disk may be mounted here")
    assert disks.small("pdf", 4) == (4, 0)
    assert not disks.raw("epub")
    assert not disks.raw("pdf")


@posix
def test_files_that_may_not_grow(tmp_path: Path) -> None:
    assert disks.limited(2) == (2, 0)


# -- the lock -------------------------------------------------------------------------------------


@posix
def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    code = (
        "import sys, time; from pathlib import Path; from watchpress.build import lock\n"
        "with lock.locked(Path(sys.argv[1])): print('in', flush=True); time.sleep(0.5)"
    )
    line = [sys.executable, "-c", code, str(series.memory)]
    with subprocess.Popen(line, env=runs.environment(), stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"in\n"
        started = time.monotonic()
        assert build(series, (), unheard, options=Options(jobs=1)).status == 0
        assert time.monotonic() - started > 0.3


@posix
def test_the_lock_of_a_process_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from watchpress.build import lock\n"
        "with lock.locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, env=runs.environment())
    assert (tmp_path / lock.NAME).read_text()
    with mock.patch.object(lock, "PATIENCE", 0.0), lock.locked(tmp_path):
        assert (tmp_path / lock.NAME).read_text() == f"{os.getpid()}\n"


@posix
def test_a_lock_that_was_cleaned_away_is_taken_anew(tmp_path: Path) -> None:
    with lock.locked(tmp_path):
        (tmp_path / lock.NAME).unlink()
        with mock.patch.object(lock, "PATIENCE", 0.0), lock.locked(tmp_path):
            assert (tmp_path / lock.NAME).is_file()
            with pytest.raises(Fatal) as caught, lock.locked(tmp_path):
                pass
    assert (caught.value.diagnostic.code, caught.value.status) == ("X401", 6)


def test_where_no_lock_can_be_had_nobody_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with lock.locked(tmp_path / "file"):
        pass


# -- what killed runs leave -----------------------------------------------------------------------


def left(folder: Path, pid: int, name: str = "031.en.epub") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.{pid}.0123abcd.part"
    part.write_bytes(b"half")
    return part


def ended() -> int:
    """Return the number of a process that has come to its end."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_a_build_sweeps_what_it_does_not_write_again(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    gone = [
        left(series.dist, ended(), "no-longer.epub"),
        left(series.memory / "cache" / "ab", ended(), "cd.bin"),
    ]
    kept = left(series.dist, os.getpid(), "under-way.epub")
    foreign = series.dist / "film.part"
    foreign.write_bytes(b"of somebody else")
    build(series, (), unheard, options=Options(jobs=1))
    assert [path.exists() for path in (*gone, kept, foreign)] == [False, False, True, True]


def test_clean_sweeps_too(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    build(series, (), unheard, options=Options(jobs=1))
    part = left(series.dist, ended())
    clean(series)
    assert not part.exists()
    assert not series.dist.exists()
    assert not series.memory.exists()


def test_a_number_that_is_given_again_does_not_keep_an_old_part(tmp_path: Path) -> None:
    old, new = left(tmp_path, os.getpid(), "old.epub"), left(tmp_path, os.getpid(), "new.epub")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    files.sweep(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


def test_on_windows_nobody_is_asked_by_a_signal(tmp_path: Path) -> None:
    """There os.kill(pid, 0) is Ctrl-C for all that share the console."""
    old, new = left(tmp_path, 1, "old.epub"), left(tmp_path, 1, "new.epub")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    with mock.patch.object(files, "WINDOWS", True), mock.patch("os.kill", unheard):
        files.sweep(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG]
)
def test_whatever_the_disk_says_the_old_file_stays(tmp_path: Path, number: int) -> None:
    path = tmp_path / "x.epub"
    files.replace(path, b"old")
    problem = OSError(number, os.strerror(number))
    with mock.patch("os.fsync", side_effect=problem), pytest.raises(Fatal) as caught:
        files.replace(path, b"new")
    assert (caught.value.diagnostic.code, caught.value.status) == ("D104", 6)
    assert os.strerror(number) in caught.value.diagnostic.say()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("x.epub", b"old")]


def test_what_is_under_way_is_abandoned(tmp_path: Path) -> None:
    seen: list[Path] = []

    def flush(handle: int) -> None:
        seen.extend(UNDERWAY)
        files.abandon()
        raise KeyboardInterrupt

    with mock.patch("os.fsync", flush), pytest.raises(KeyboardInterrupt):
        files.replace(tmp_path / "x.epub", b"bytes")
    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []
    assert set() == UNDERWAY


def test_a_folder_that_does_not_sync_is_no_reason_to_fail(tmp_path: Path) -> None:
    flush, count = os.fsync, 0

    def once(handle: int) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise OSError(22, "Invalid argument")
        flush(handle)

    with mock.patch("os.fsync", once):
        files.replace(tmp_path / "x.epub", b"bytes")
    assert (tmp_path / "x.epub").read_bytes() == b"bytes"


def test_the_manifest_is_put_while_a_build_is_under_way(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31), en_032=english(32))
    seen: list[list[str]] = []
    put = files.replace

    def look(path: Path, data: bytes) -> None:
        put(path, data)
        if path.name == "manifest.json":
            seen.append([one["file"] for one in json.loads(data)["products"]])

    with (
        mock.patch("watchpress.build.manifest.PAUSE", 0.0),
        mock.patch.object(files, "replace", look),
    ):
        build(series, (), unheard, options=Options(jobs=1))
    assert seen == [["031.en.epub"], ["031.en.epub", "032.en.epub"]]


def test_a_manifest_that_cannot_be_put_is_told_with_the_rest(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31, words="A boat [2]."))
    found: list[Diagnostic] = []
    with mock.patch.object(Manifest, "write", side_effect=files._unwritten(Path("m"), OSError())):
        built = build(series, (), found.append, options=Options(jobs=1))
    assert built.status == 6
    assert {"D104", "N101"} <= {one.code for one in found}


# -- names and places -----------------------------------------------------------------------------

NAMES = ["a b.epub", "報告 第31号.epub", "보고서.epub", "é́.epub", f"{'長' * 80}.epub", "-x.epub",
         "a*[b]?.epub", "'quoted' \"twice\".epub"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    stale = left(tmp_path, ended(), name[:40])
    for data in (b"old", b"new"):
        files.replace(tmp_path / name, data)
        assert (tmp_path / name).read_bytes() == data
    assert not stale.exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("CON", True), ("con.pdf", True), ("aux .tar.gz", True), ("Lpt1.epub", True), ("com¹", True),
     ("CONIN$", True), ("console.pdf", False), ("031.con", False), ("com10.pdf", False)],
)  # fmt: skip
def test_names_that_windows_takes_for_devices(tmp_path: Path, name: str, is_one: bool) -> None:
    assert files.device(name) is is_one
    with mock.patch.object(files, "WINDOWS", True):
        if is_one:
            with pytest.raises(Fatal, match="device of Windows"):
                files.replace(tmp_path / name, b"bytes")
            assert list(tmp_path.iterdir()) == []
        else:
            files.replace(tmp_path / name, b"bytes")


POWERLESS = ["setpriv", "--bounding-set=-all"]  # root that obeys the rights of files


@posix
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is of util-linux")
@pytest.mark.parametrize("what", ["of another owner", "read-only"])
def test_a_dist_that_takes_nothing_is_told_before_anything_is_made(
    tmp_path: Path, what: str
) -> None:
    root = os.geteuid() == 0
    if what == "of another owner" and not root:
        pytest.skip("only root may give a folder away")
    folder = runs.home(tmp_path, toml=runs.BOOKS)
    assert runs.run(["build", "-q"], folder).returncode == 0
    dist = folder / "dist"
    before = {path.name: path.read_bytes() for path in dist.iterdir()}
    (folder / "reports" / "en" / "031.txt").write_text(runs.copy("new"), "utf-8")
    if what == "of another owner":
        os.chown(dist, 65534, 65534)
    else:
        dist.chmod(0o555)
    done = runs.run(["build", "-q"], folder, POWERLESS if root else [])
    assert done.returncode == 6, done.stderr
    assert done.stderr.startswith("dist: error D104 product-not-written"), done.stderr
    assert "Permission denied" in done.stderr
    assert {path.name: path.read_bytes() for path in dist.iterdir()} == before


# -- copy and styles that change ------------------------------------------------------------------


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_copy_that_is_edited_during_a_build_is_the_one_or_the_other(
    tmp_path: Path, moment: int
) -> None:
    """Whatever the moment, the manifest's hash is that of the copy that the product was made of."""
    texts = {words: english(31, words=f"{words} [1].") for words in ("Old boats", "New boats")}
    hashes = {hashlib.sha256(text.encode()).hexdigest(): words for words, text in texts.items()}
    series = home(tmp_path, TOML + EPUBS, en_031=texts["Old boats"])
    path = series.folder / "en" / "031.txt"
    reads, right = 0, files.read

    def editing(given: Path) -> bytes:
        nonlocal reads
        reads += 1
        if reads == moment:
            path.write_text(texts["New boats"], "utf-8")
        return right(given)

    with (
        mock.patch.object(shelf, "read_bytes", editing),
        mock.patch.object(single, "read_bytes", editing),
    ):
        build(series, (), unheard, options=Options(jobs=1, proof=False))
    (listed,) = json.loads((series.dist / "manifest.json").read_bytes())["products"]
    words = hashes[listed["inputs"]["reports/en/031.txt"]]
    (other,) = texts.keys() - {words}
    made = inside(series.dist / "031.en.epub", ".xhtml")
    assert (words in made, other in made) == (True, False)
    assert words == ("Old boats" if moment > reads else "New boats")


def inside(path: Path, suffix: str) -> str:
    """Return the texts of an EPUB whose names end so."""
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(suffix))


def test_what_a_style_was_edited_under_is_not_kept(tmp_path: Path) -> None:
    series = home(tmp_path, TOML + EPUBS, en_031=english(31))
    (tmp_path / "styles").mkdir()
    sheet = tmp_path / "styles" / "epub.css"
    sheet.write_text("p { color: black }")
    right = single.finished

    def edited(*given: Any) -> Any:
        sheet.write_text("p { color: red }")
        return right(*given)

    found: list[Diagnostic] = []
    with mock.patch.object(single, "finished", edited):
        build(series, (), found.append, options=Options(jobs=1, proof=False))
    assert [one.code for one in found] == ["X402"]
    sheet.write_text("p { color: black }")
    build(series, (), unheard, options=Options(jobs=1, proof=False))
    assert "red" not in inside(series.dist / "031.en.epub", ".css")


@pytest.mark.skipif(not fonts.faces(), reason="the pinned fonts are not installed")
def test_what_a_profile_was_edited_under_is_not_kept(tmp_path: Path) -> None:
    press = PDFS + 'profile = "press"\nintent = "house.icc"\n'
    series = home(tmp_path, TOML + press, en_031=english(31))
    profile = series.folder / "house.icc"
    profile.write_bytes(cmyk("Old Press"))
    right = single.finished

    def edited(*given: Any) -> Any:
        profile.write_bytes(cmyk("New Press"))
        return right(*given)

    found: list[Diagnostic] = []
    with mock.patch.object(single, "finished", edited):
        build(series, (), found.append, options=Options(jobs=1, proof=False))
    told = [(one.code, dict(one.facts)["file"]) for one in found if one.code.startswith("X")]
    assert told == [("X402", "house.icc")]
    assert not list(series.dist.glob("*.pdf"))
    profile.write_bytes(cmyk("Old Press"))
    build(series, (), unheard, options=Options(jobs=1, proof=False))
    made = (series.dist / "031.en.press.pdf").read_bytes()
    assert_press(made, order())
    assert anatomy.read(made).intents[0].condition == "Old Press"


# -- signals --------------------------------------------------------------------------------------


@posix
def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    """As under nohup: a run that was started to outlive its terminal does."""
    runs.home(tmp_path)
    line = " ".join(("exec", *runs.order("epub", "reports/en/031.txt", "-o", "x.epub", "-q")))
    with subprocess.Popen(
        ["sh", "-c", f"trap '' HUP; {line}"], cwd=tmp_path, env=runs.environment()
    ) as process:
        time.sleep(0.1)
        process.send_signal(signal.SIGHUP)
    assert process.returncode == 0
    assert (tmp_path / "x.epub").is_file()


# -- tools that are missing, or too old -----------------------------------------------------------


def no_library() -> Any:
    return mock.patch.object(pango, "LIBRARIES", (*pango.LIBRARIES, ("libnothing.so.9",)))


def answer(program: programs.Program, version: str | None) -> Any:
    """Let one program be missing, or of another version."""
    right = programs.Program.version
    return mock.patch.object(
        programs.Program, "version", lambda one: version if one == program else right(one)
    )


LACKS: dict[str, tuple[Callable[[], Any], str, str, str]] = {
    "no Pango": (no_library, "pdf", "Pango ", "libpango-1.0-0"),
    "an old Pango": (
        lambda: mock.patch.object(pango, "version", lambda: "1.38.1"),
        "pdf",
        "Pango 1.38.1 (< 1.44)",
        "libpango-1.0-0",
    ),
    "an old Python": (
        lambda: mock.patch.object(python, "version", lambda: None),
        "epub",
        "Python",
        "python3",
    ),
    "no Java": (lambda: answer(programs.JAVA, None), "test", "Java", "default-jre-headless"),
    "an old Java": (
        lambda: answer(programs.JAVA, "1.7.0"),
        "test",
        "Java 1.7.0 (< 1.8)",
        "default-jre-headless",
    ),
    "no EPUBCheck": (
        lambda: mock.patch.object(epubcheck, "jar", lambda release: None),
        "test",
        "EPUBCheck",
        "",
    ),
    "no qpdf": (lambda: answer(programs.QPDF, None), "test", "qpdf", "qpdf"),
}


@pytest.mark.parametrize("name", LACKS)
def test_what_is_missing_or_too_old_is_named_with_the_line_to_type(name: str) -> None:
    plant, purpose, said, package = LACKS[name]
    with plant():
        done = click.testing.CliRunner().invoke(
            advice.doctor, ["--for", purpose], standalone_mode=False
        )
    assert done.return_value == 4
    assert f"not installed: {said}".strip() in done.output or f", {said}" in done.output
    assert package in done.output.partition("Type this")[2]


def test_fonts_that_are_missing_are_named(tmp_path: Path) -> None:
    with (
        mock.patch.object(fonts, "version", lambda *_: None),
        mock.patch.object(fonts, "faces", lambda *_: ()),
        mock.patch.object(doctor, "standins", dict),
    ):
        done = click.testing.CliRunner().invoke(
            advice.doctor, ["--for", "pdf"], standalone_mode=False
        )
    assert (done.return_value, "not installed: " in done.output) == (4, True)
    assert "fonts" in done.output.partition("not installed")[2]
    assert "fonts-noto-cjk" in done.output.partition("Type this")[2]


def test_an_old_pango_is_told_before_it_fails() -> None:
    engine.load.cache_clear()
    with (
        mock.patch.object(engine, "PANGO", 99900),
        pytest.raises(engine.EngineMissing, match=r"Pango 1\.\d+ is installed, 9\.99 is needed"),
    ):
        engine.load()
    engine.load.cache_clear()
