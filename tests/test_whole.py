"""The whole chain: copy in, proven products out; what fails leaves nothing half-written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from epubcheck import assert_epubs
from literate import run
from products import assert_pdf
from watchpress import files
from watchpress.build import report as build
from watchpress.build.verdict import Kind
from watchpress.catalog import TRIMS, Source
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.model.address import lawful
from watchpress.model.tree import Element

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed" / "watch-report-32.en.txt"
SAMPLES = sorted((ROOT / "reports").glob("*/*.txt"))
COPY = [*SAMPLES, *([SEED] if SEED.exists() else [])]
# What the sample copy and the real report do say.
SILENT = {
    "R107",
    "R112",
    "R301",
    "R302",
    "R207",
    "R219",
    "R226",
    "R229",
    "N104",
    "P111",
    "P112",
    "P118",
}
needs_seed = pytest.mark.skipif(not SEED.exists(), reason="the real report is kept elsewhere")


def product(
    kind: Kind, *paths: Path, profile: str = "screen", trim: str = "A5"
) -> tuple[bytes, list[Diagnostic]]:
    found: list[Diagnostic] = []
    reports = [build.report(Source(path), found.append).report for path in paths]
    work = build.work(reports, trim=TRIMS[trim], profile=profile, findings=found)  # type: ignore[arg-type]
    return build.product(kind, work, files.Styles(), found.append).data, found


@pytest.mark.parametrize("path", COPY, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_pdf_of_each_report_is_proven_valid_and_silent(path: Path) -> None:
    data, found = product("pdf", path)
    assert {finding.code for finding in found} <= SILENT
    assert_pdf(data)


def test_an_epub_of_each_report_is_proven_valid_and_silent() -> None:
    books = {}
    for path in COPY:
        data, found = product("epub", path)
        assert {finding.code for finding in found} <= SILENT
        books[f"{path.parent.name}-{path.stem}"] = data
    books["all"], _ = product("epub", *SAMPLES)
    # A virtual machine for each: those that hold the most are enough.
    assert_epubs({name: books[name] for name in ("all", list(books)[-2])})


@pytest.mark.slow
@pytest.mark.parametrize("trim", TRIMS)
@pytest.mark.parametrize("path", SAMPLES[::2], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_trim_is_proven_and_valid(path: Path, trim: str) -> None:
    data, found = product("pdf", path, trim=trim)
    assert {finding.code for finding in found} <= SILENT
    assert_pdf(data)


def test_several_reports_in_one_pdf() -> None:
    data, found = product("pdf", *SAMPLES)
    assert {finding.code for finding in found} <= SILENT
    assert_pdf(data)


def test_a_draft_is_proven_too() -> None:
    data, _ = product("pdf", SAMPLES[0], profile="draft")
    assert_pdf(data, tagged=False)


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_note_called_many_times_has_as_many_ways_back(tmp_path: Path, kind: str) -> None:
    body = "".join(f"Paragraph {n} says so at some length [1].\n" for n in range(60))
    copy = tmp_path / "copy.txt"
    head = "Watch Report No.7 Mar. 11, 2019\n§The Quay\n"
    copy.write_text(f"{head}{body}[1] The Log, 2018\n", "utf-8")
    assert run([kind, str(copy), "-o", str(tmp_path / "out")])[0] == 0


# -- faults of notes, planted in the real report -------------------------------------------------


def planted(tmp_path: Path, change: str) -> tuple[Path, str]:
    """Return a copy of the real report with a fault in its notes, and the finding it must draw."""
    lines = SEED.read_text("utf-8").split("\n")
    note = {n: next(k for k, x in enumerate(lines) if x.startswith(f"[{n}] ")) for n in (3, 7, 10)}
    if change == "note 7 deleted":
        del lines[note[7]]
        row = next(k for k, x in enumerate(lines) if "[7]" in x)
        want = f"{row + 1}:{lines[row].index('[7]') + 1}: error N101"
    elif change == "note 3 doubled":
        lines.insert(note[3] + 3, lines[note[3]])
        want = f"{note[3] + 4}:1: error N103"
    elif change == "note 11 unused":
        lines.insert(note[10] + 3, "[11] “A Title,” A Source, 3 May 2021")
        want = f"{note[10] + 4}:1: error N102"
    else:
        lines[9] += " More [12]."
        want = f"10:{len(lines[9]) - 4}: error N101"
    path = tmp_path / "copy.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path, want


@needs_seed
@pytest.mark.parametrize(
    "change", ["note 7 deleted", "note 3 doubled", "note 11 unused", "marker 12"]
)
@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_fault_of_notes_is_told_and_the_product_is_still_made(
    tmp_path: Path, change: str, kind: str
) -> None:
    path, want = planted(tmp_path, change)
    out = tmp_path / f"out.{kind}"
    status, said = run([kind, str(path), "-o", str(out)])
    assert status == 1
    assert f"{path}:{want}" in said
    assert re.search(r"(?m)^    = \w", said), "each finding says what to do"
    assert out.exists()
    held = tmp_path / f"strict.{kind}"
    assert run([kind, str(path), "-o", str(held), "--strict"])[0] == 1
    assert not held.exists()


@needs_seed
@pytest.mark.parametrize("command", ["pdf", "epub", "read", "notes", "check"])
def test_the_real_report_needs_no_option(tmp_path: Path, command: str) -> None:
    out = ["-o", str(tmp_path / "out")] if command in {"pdf", "epub", "read"} else []
    status, said = run([command, str(SEED), *out])
    assert status == 0, said


@needs_seed
def test_the_losses_of_the_real_report_are_listed(tmp_path: Path) -> None:
    out = tmp_path / "losses.json"
    run(["read", str(SEED), "-o", str(tmp_path / "x.xml"), "--losses", str(out)])
    losses = json.loads(out.read_text("utf-8"))
    assert [(loss["line"], loss["code"]) for loss in losses] == [
        (7, "R303"), (107, "R301"), (109, "R301"),
    ]  # fmt: skip
    assert all(set(loss) == {"line", "column", "text", "code", "reason"} for loss in losses)


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_the_xml_makes_the_same_product_as_the_copy(tmp_path: Path, kind: str) -> None:
    copy, xml = SAMPLES[0], tmp_path / "report.xml"
    assert run(["read", str(copy), "-o", str(xml)])[0] == 0
    for source, out in ((copy, "a"), (xml, "b")):
        assert run([kind, str(source), "-o", str(tmp_path / out)])[0] == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# -- the same bytes everywhere ------------------------------------------------------------------

ENVIRONMENTS = {
    "plain": {},
    "far": {"TZ": "Pacific/Kiritimati", "LANG": "ja_JP.UTF-8", "PYTHONHASHSEED": "7"},
    "west": {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONHASHSEED": "12345"},
}


@pytest.mark.parametrize("kind", ["pdf", "epub", "read"])
def test_equal_copy_gives_equal_bytes(tmp_path: Path, kind: str) -> None:
    hashes = set()
    for name, environment in ENVIRONMENTS.items():
        folder = tmp_path / name
        folder.mkdir()
        copy = folder / "041.txt"
        copy.write_bytes(SAMPLES[0].read_bytes())
        command = [sys.executable, "-m", "watchpress", kind, copy.name, "-o", "out", "-q"]
        subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True)
        hashes.add(hashlib.sha256((folder / "out").read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_source_date_epoch_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, _ = product("epub", SAMPLES[0])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    other, _ = product("epub", SAMPLES[0])
    assert usual != other


# -- files --------------------------------------------------------------------------------------


def test_a_failing_build_leaves_the_old_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.epub"
    out.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert run(["epub", str(SAMPLES[0]), "-o", str(out)])[0] == 6
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.epub"]


def test_a_product_that_fails_its_proof_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchpress.xhtml import article as xhtml

    body = xhtml.body

    def swallow(report: Element) -> Element:
        element = body(report)
        element.remove(element[1])
        return element

    monkeypatch.setattr(xhtml, "body", swallow)
    out = tmp_path / "out.epub"
    out.write_bytes(b"old")
    status, said = run(["epub", str(SAMPLES[0]), "-o", str(out)])
    assert (status, out.read_bytes()) == (5, b"old")
    assert re.search(r"error L\d{3}", said)


def test_part_files_of_killed_runs_are_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    stale = tmp_path / f".out.bin.{gone.pid}.abc.part"
    stale.write_bytes(b"half")
    mine = tmp_path / f".out.bin.{os.getpid()}.abc.part"
    mine.write_bytes(b"being written")
    files.replace(tmp_path / "out.bin", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["out.bin", mine.name])


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "out.epub"
    command = [sys.executable, "-m", "watchpress", "epub", str(SAMPLES[0]), "-o", str(out), "-q"]
    subprocess.run(command, check=True)
    whole = out.read_bytes()
    for round_ in range(25):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(0.02 * round_)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert out.read_bytes() == whole
    subprocess.run(command, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.epub"]


def test_an_interrupted_run_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "product", interrupt)
    status, said = run(["epub", str(SAMPLES[0]), "-o", str(tmp_path / "out.epub")])
    assert status == 130
    assert "Traceback" not in said


# -- no network, nothing from outside -------------------------------------------------------------

AUDIT = """
import sys
opened, sockets = [], []
def listen(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and "r" in str(arguments[1] or "r"):
        opened.append(arguments[0])
    elif event.startswith("socket."):
        sockets.append(event)
sys.addaudithook(listen)
from watchpress.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as exit:
    print(exit.code, sockets, "weasyprint" in sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_a_build_opens_no_socket_and_an_epub_no_page_engine(tmp_path: Path, kind: str) -> None:
    command = [sys.executable, "-c", AUDIT, kind, str(SAMPLES[0]), "-o", str(tmp_path / "o"), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == f"0 [] {kind == 'pdf'}"


def test_an_epub_is_made_without_pango_and_without_fonts(tmp_path: Path) -> None:
    """Where WeasyPrint cannot even be imported, and no font is there, an EPUB still comes out."""
    code = (
        "import sys; sys.modules['weasyprint'] = None; sys.modules['cffi'] = None\n"
        "from watchpress.cli.main import main; main(sys.argv[1:])"
    )
    out = tmp_path / "out.epub"
    environment = {**os.environ, "WATCHPRESS_FONTS": str(tmp_path / "none")}
    command = [sys.executable, "-c", code, "epub", str(SAMPLES[0]), "-o", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.replace(pipe, b"whole")
    assert os.read(reader, 100) == b"whole"
    os.close(reader)
    assert pipe.is_fifo()


def test_files_are_read_whole_or_refused(tmp_path: Path) -> None:
    with pytest.raises(Fatal) as caught:
        files.read(tmp_path)
    assert caught.value.diagnostic.code == "D101"
    with pytest.raises(Fatal) as caught:
        files.replace(tmp_path / ("x" * 300), b"")
    assert (caught.value.diagnostic.code, caught.value.status) == ("D104", 6)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/page[3]b.html", "https://example.org/page%5B3%5Db.html"),
        ("https://[2001:db8::1]/log?a[6]=1", "https://[2001:db8::1]/log?a%5B6%5D=1"),
        ("https://example.org/a_(b)?c=d#e", "https://example.org/a_(b)?c=d#e"),
        ("https://example.org/日誌", "https://example.org/日誌"),
    ],
)
def test_addresses_are_written_as_the_standard_has_them(address: str, written: str) -> None:
    assert lawful(address) == written
