"""External things: what is found, fetched, verified and installed, and what is said where it fails.

No test here reaches for a network or installs anything: npm, apt-get and sudo are scripts.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from watchpress import doctor
from watchpress.diagnostic import Diagnostic
from watchpress.tools import (
    ace,
    apt,
    epubcheck,
    fontconfig,
    fonts,
    harfbuzz,
    icc,
    npm,
    pango,
    programs,
    verapdf,
)

LETTERS = {"a.ttf": b"roman letters", "b.ttf": b"sloping letters"}
Script = Callable[[str, str], Path]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Return a maker of programs, on a path that holds nothing else but the shell's own."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name in ("sh", "env", "cat", "touch"):
        found = next(Path(p) for p in ("/bin", "/usr/bin") if Path(p, name).exists()) / name
        (bin_ / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(bin_))

    def make(name: str, text: str) -> Path:
        path = bin_ / name
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)
        return path

    return make


# --- the pinned fonts -------------------------------------------------------------------------


def tarball(path: Path, files: Mapping[str, bytes], link: str = "") -> Path:
    """Write a tarball of `files` below package/; `link` is a member that is a symbolic link."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo(f"package/{link}")
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return path


def table(path: Path, files: Mapping[str, bytes] = LETTERS) -> tuple[Mapping[str, Any], ...]:
    """Return a table of one package whose tarball is the file `path`."""
    faces = [
        {
            "member": f"package/{name}",
            "weight": 400,
            "style": "normal",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, content in files.items()
    ]
    digest = hashlib.sha512(path.read_bytes()).hexdigest()
    package = {"name": "@x/letters", "version": "1.0", "family": "Letters", "script": "latn"}
    return ({**package, "sha512": digest, "face": faces},)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a set of two small "fonts", pinned in place of the real ones."""
    pinned = table(tarball(tmp_path / "good.tgz", LETTERS))
    monkeypatch.setattr(fonts, "_table", lambda: pinned)
    monkeypatch.setenv(fonts.VARIABLE, str(tmp_path / "fonts"))
    return tmp_path / "fonts"


def packer(path: Path) -> fonts.Pack:
    """Return a pack that delivers the file `path`, whatever is asked for."""
    return lambda _spec, _into: path


def silent(finding: Diagnostic) -> None:
    """Take the place of tell where all must go without a word."""
    raise AssertionError(finding)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_fetched_set_is_in_use(home: Path, tmp_path: Path) -> None:
    told: list[Diagnostic] = []
    assert fonts.faces() == ()
    assert fonts.version() is None
    assert fonts.fetch(packer(tmp_path / "good.tgz"), told.append)
    assert told == []
    assert names(home) == set(LETTERS)
    assert [face.path.read_bytes() for face in fonts.faces()] == list(LETTERS.values())
    assert fonts.version() == "pinned set, 2 faces"


def test_set_that_is_there_is_not_fetched_again(home: Path, tmp_path: Path) -> None:
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent)

    def never(_spec: str, _into: Path) -> Path:
        raise AssertionError("asked for again")

    assert fonts.fetch(never, silent)


@pytest.mark.parametrize("how", ["other", "cut short", "not there"])
def test_tarball_that_is_not_the_pinned_one_leaves_nothing(
    how: str, home: Path, tmp_path: Path
) -> None:
    bad, told = tmp_path / "bad.tgz", list[Diagnostic]()
    if how == "other":
        tarball(bad, {**LETTERS, "c.ttf": b"more"})
    elif how == "cut short":
        bad.write_bytes((tmp_path / "good.tgz").read_bytes()[:-20])
    assert not fonts.fetch(packer(bad), told.append)
    assert [finding.code for finding in told] == ["X201"]
    assert names(home) == set()


CHANGED: Mapping[str, tuple[Mapping[str, bytes], str]] = {
    "other bytes": ({**LETTERS, "b.ttf": b"SLOPING LETTERS"}, ""),
    "longer": ({**LETTERS, "b.ttf": LETTERS["b.ttf"] + b"!"}, ""),
    "missing": ({"a.ttf": LETTERS["a.ttf"]}, ""),
    "a link": ({"a.ttf": LETTERS["a.ttf"]}, "b.ttf"),
}


@pytest.mark.parametrize("how", CHANGED)
def test_member_that_is_not_the_pinned_one_leaves_nothing(
    how: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the tarball's own hash is right: each file answers for itself."""
    bad = tarball(tmp_path / "bad.tgz", CHANGED[how][0], CHANGED[how][1])
    pinned = table(bad)
    monkeypatch.setattr(fonts, "_table", lambda: pinned)
    told: list[Diagnostic] = []
    assert not fonts.fetch(packer(bad), told.append)
    assert [finding.code for finding in told] == ["X201"]
    assert names(home) == set()


def test_failed_fetch_keeps_what_was_there(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "a.ttf").write_bytes(LETTERS["a.ttf"])
    (home / "mine.ttf").write_bytes(b"the user's own")
    assert not fonts.fetch(packer(tmp_path / "absent.tgz"), lambda _: None)
    assert names(home) == {"a.ttf", "mine.ttf"}
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent)
    assert names(home) == {"a.ttf", "b.ttf", "mine.ttf"}


def test_sets_come_apart(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the serif gets no sans: it is fetched for the themes that are set in it."""
    serif = table(tmp_path / "good.tgz")
    monkeypatch.setattr(fonts, "_table", lambda: ({**serif[0], "set": "sans"},))
    assert fonts.faces("sans") == ()
    assert fonts.SANS.version() is None
    assert [part.name for part in doctor.survey("large-print")] == ["sans fonts"]
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent, "sans")
    assert fonts.SANS.version() == "pinned set, 2 faces"
    assert fonts._pinned(home) == (), "none of them is of the serif set"


def test_part_of_a_set_is_no_set(home: Path, tmp_path: Path) -> None:
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent)
    (home / "b.ttf").unlink()
    assert fonts.faces() == ()


def test_altered_file_is_found_and_mended(home: Path, tmp_path: Path) -> None:
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent)
    (home / "b.ttf").write_bytes(LETTERS["b.ttf"].upper())
    assert [face.path.name for face in fonts.verify()] == ["b.ttf"]
    assert fonts.fetch(packer(tmp_path / "good.tgz"), silent)
    assert fonts.verify() == ()


def test_folder_that_cannot_be_made_is_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv(fonts.VARIABLE, str(tmp_path / "file" / "fonts"))
    told: list[Diagnostic] = []
    assert not fonts.fetch(packer(tmp_path / "good.tgz"), told.append)
    assert [finding.code for finding in told] == ["X201"]


def test_folder_is_the_environments_own_then_the_users(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(fonts.VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert fonts.folder() == tmp_path / "share" / "watchpress" / "fonts"
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))  # the system's own Python
    assert fonts.folder() == tmp_path / "data" / "watchpress" / "fonts"


def test_pinned_families() -> None:
    """The families, weights and styles that the style files call for."""
    pinned = {(f.family, f.weight, f.style, f.script) for f in fonts._pinned(Path())}
    cjk = {("JP", "jpan"), ("KR", "kore")}
    assert pinned == {
        ("Watchpress Serif", 400, "normal", "latn"),
        ("Watchpress Serif", 400, "italic", "latn"),
        ("Watchpress Serif", 600, "normal", "latn"),
        ("Watchpress Serif", 700, "normal", "latn"),
        ("Watchpress Serif", 700, "italic", "latn"),
        *((f"Watchpress Serif {k}", w, "normal", s) for k, s in cjk for w in (400, 700)),
    }


def test_real_set_is_whole_files_with_the_letters_we_print() -> None:
    """No slices, no variable fonts, no CFF: the engine garbles or refuses those."""
    if not fonts.faces():
        pytest.skip("the pinned set is not on this machine")
    from fontTools.ttLib import TTFont

    assert fonts.verify() == ()
    letters = {"latn": "Aé“”’—‐ŏŭ…†↑", "jpan": "注あア々、。「」〓─―", "kore": "주각한글、。「」"}
    for face in fonts.faces():
        with TTFont(face.path, lazy=True) as font:
            assert "glyf" in font
            assert "fvar" not in font
            assert {*map(ord, letters[face.script])} <= font.getBestCmap().keys()


# --- npm --------------------------------------------------------------------------------------


def test_npm_on_the_path_packs(script: Script, tmp_path: Path) -> None:
    script("npm", f'touch "{tmp_path}/x-1.tgz"; echo x-1.tgz; echo "$@" > "{tmp_path}/said"')
    assert npm.pack("@x/y@1", tmp_path) == tmp_path / "x-1.tgz"
    assert "pack" in (tmp_path / "said").read_text("utf-8")


def test_npm_that_fails_gives_way_to_a_borrowed_one(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("npm", "echo 'npm error network' >&2; exit 1")
    node = script("node", f'touch "{tmp_path}/z.tgz"; echo z.tgz')
    monkeypatch.setattr(npm, "_borrowed", lambda _into: (str(node), "npm-cli.js"))
    assert npm.pack("@x/y@1", tmp_path) == tmp_path / "z.tgz"


@pytest.mark.parametrize("answer", ["echo nothing.tgz", ":", "echo sorry >&2; exit 3"])
def test_every_npm_failing_is_said(
    answer: str, script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("npm", answer)
    monkeypatch.setattr(npm, "LOCK", tmp_path / "absent.lock")  # so that pip fails at once
    with pytest.raises(OSError, match=r"(no @x/y@1|sorry); .+"):
        npm.pack("@x/y@1", tmp_path)


def test_npm_installs_what_a_folder_asks_for(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("npm", f'echo "$@" > "{tmp_path}/said"')
    npm.install(tmp_path)
    said = (tmp_path / "said").read_text("utf-8").split()
    assert said[0] == "ci"  # the lock decides, and is left as it is
    assert {"--ignore-scripts", "--prefix"} <= {*said}
    monkeypatch.setattr(npm, "LOCK", tmp_path / "absent.lock")
    script("npm", "echo 'npm error EINTEGRITY' >&2; exit 1")
    with pytest.raises(OSError, match="EINTEGRITY"):
        npm.install(tmp_path)


def test_npm_that_hangs_is_left(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    path = script("npm", "while :; do :; done")
    with pytest.raises(OSError, match="no answer"):
        npm._run((str(path),), 0.2)


# --- libraries and programs -------------------------------------------------------------------


def test_libraries_are_asked_without_the_engine() -> None:
    """A survey must work where WeasyPrint cannot be imported."""
    code = (
        "import sys; from watchpress.tools import pango, harfbuzz; "
        "print(pango.version(), harfbuzz.version(), 'weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+\.\d+\.\d+ \d+\.\d+\.\d+ False\n", done.stdout)


def test_missing_libraries_have_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango, "LIBRARIES", (*pango.LIBRARIES, ("libnothing.so.9",)))
    monkeypatch.setattr(harfbuzz, "LIBRARY", ("libnothing.so.9",))
    assert pango.version() is None
    assert harfbuzz.version() is None


def test_family_is_had_only_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not fontconfig.has("No Such Family 3000")
    monkeypatch.setattr(fontconfig, "LIBRARY", ("libnothing.so.9",))
    assert not fontconfig.has("DejaVu Serif")


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ("echo 'tool version 12.3.4' >&2", "12.3.4"),
        ("echo 'no version'", None),
        ("echo 1.2; exit 1", None),  # macOS' java that is not there
    ],
)
def test_program_is_run_not_only_found(script: Script, answer: str, version: str | None) -> None:
    program = programs.Program("Tool", (), {}, "tool", "--version")
    assert program.version() is None
    script("tool", answer)
    assert program.version() == version


def test_both_releases_of_epubcheck(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    newer = epubcheck.jar("5.3.0")
    assert newer is not None
    assert newer.is_file()
    assert epubcheck.jar("1.0") is None
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert epubcheck.version() is None
    older = tmp_path / "share" / "epubcheck-4.2.6" / "epubcheck" / "epubcheck.jar"
    older.parent.mkdir(parents=True)
    older.touch()
    assert epubcheck.jar("4.2.6") == older
    assert epubcheck.version() == "5.3.0, 4.2.6"


VERDICT = """
{"report":{"jobs":[{"validationResult":[{"details":{"ruleSummaries":[{"clause":"7.1","testNumber":3,
"description":"Content shall be marked","checks":[{"context":"root/page[0]"}]}]}}]}]}}
"""


def test_maven_brings_verapdf_only_whole(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert not verapdf.fetch()  # no Maven, no folder
    assert not verapdf.jar().parent.exists()
    write = f'printf jar > "${{5#-DoutputDirectory=}}/greenfield-apps-{verapdf.RELEASE}.jar"'
    script("mvn", write)
    assert not verapdf.fetch()
    assert list(verapdf.jar().parent.iterdir()) == []
    monkeypatch.setattr(verapdf, "SHA256", hashlib.sha256(b"jar").hexdigest())
    assert verapdf.fetch()
    assert verapdf.version() == verapdf.RELEASE
    script("mvn", "exit 1")
    assert verapdf.fetch()  # not asked for again


def test_verapdf_verdicts(script: Script, tmp_path: Path) -> None:
    script("java", f"cat <<'EOT'\n{VERDICT}\nEOT".replace("\\n", "\n"))
    failed = verapdf.failures(tmp_path / "x.pdf", "ua1")
    assert failed == ("7.1-3: Content shall be marked (root/page[0])",)
    script("java", "echo Error >&2; exit 1")
    with pytest.raises(OSError, match="no verdict"):
        verapdf.failures(tmp_path / "x.pdf", "ua1")


UNREAD = '{"report":{"jobs":[{"taskException":{"exceptionMessage":"End of file"}},%s]}}'
JOB = '{"validationResult":[{"details":{"ruleSummaries":[]}}]}'
# As veraPDF: an answer for each file, and none at all where one of them is `bad`.
BRITTLE = """
for last; do case $last in *bad*) exit 1 ;; *.pdf) jobs=$jobs,JOB ;; esac; done
echo '{"report":{"jobs":['"${jobs#,}"']}}'
""".replace("JOB", JOB.replace('"', r"\""))


def test_verapdf_is_silent_on_a_file_that_it_cannot_read(script: Script) -> None:
    script("java", f"echo '{UNREAD % JOB}'")
    found = verapdf.opinions([Path("/x/one.pdf"), Path("/x/two.pdf")], "ua1")
    assert str(found[Path("/x/one.pdf")]) == "veraPDF gave no verdict on one.pdf: End of file"
    assert found[Path("/x/two.pdf")] == ()


def test_a_file_that_ends_verapdf_costs_no_other_its_verdict(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script("java", BRITTLE)
    names = [Path(f"{number}.pdf") for number in range(20)]
    names[7] = names[12] = Path("bad.pdf")
    names[12] = Path("bad2.pdf")
    found = verapdf.opinions(names, "ua1")
    assert list(found) == names
    silent = [name for name, said in found.items() if said != ()]
    assert silent == [Path("bad.pdf"), Path("bad2.pdf")]
    assert str(found[Path("bad2.pdf")]) == "veraPDF gave no verdict on bad2.pdf"


def test_verapdf_that_never_answers_is_not_asked_without_end(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    script("java", "echo start >> starts; exit 1")
    found = verapdf.opinions([Path(f"{number}.pdf") for number in range(50)], "ua1")
    assert all(isinstance(said, OSError) for said in found.values())
    assert (tmp_path / "starts").read_text().count("start") == verapdf.TRIES


# --- Ace --------------------------------------------------------------------------------------


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where Ace would lie in an environment that has nothing yet."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "env"))
    return ace.folder()


def laid(folder: Path) -> None:
    """Take the place of npm: lay a program that is Ace in name."""
    assert {path.name for path in folder.iterdir()} == {"package.json", "package-lock.json"}
    program = folder / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
    program.parent.mkdir(parents=True)
    program.touch()


def test_ace_comes_whole_or_not_at_all(at_home: Path) -> None:
    def broken(folder: Path) -> None:
        laid(folder)
        raise OSError("the line went dead")

    with pytest.raises(OSError, match="dead"):
        ace.fetch(broken)
    assert ace.version() is None
    assert list(at_home.parent.iterdir()) == []
    ace.fetch(laid)
    assert ace.version() == at_home.name.removeprefix("ace-")
    ace.fetch(broken)  # not asked for again


def test_each_package_of_ace_is_pinned_by_its_hash() -> None:
    packages = json.loads(ace.LOCK.read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == {"@daisy/ace-cli": ace._release()}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert all("resolved" not in entry for entry in packages.values())  # from any registry


REPORT = """
{"earl:result": {"earl:outcome": "%s"}, "assertions": [
 {"earl:testSubject": {"url": "/EPUB/a.xhtml"}, "assertions": [%s]}]}
"""
FAULT = """
{"earl:test": {"earl:impact": "minor", "dct:title": "image-alt"},
 "earl:result": {"dct:description": "an image  is dumb"}}
"""


@pytest.mark.parametrize(
    ("outcome", "fault", "verdict"),
    [
        ("pass", "", ()),
        ("fail", FAULT, ("minor image-alt: /EPUB/a.xhtml: an image is dumb",)),
        ("fail", "", None),  # at odds with itself
        ("pass", FAULT, None),
        ("", "", None),
    ],
)
def test_verdicts_of_ace(
    at_home: Path, script: Script, outcome: str, fault: str, verdict: tuple[str, ...] | None
) -> None:
    ace.fetch(laid)
    script("chromium", ":")
    answer = (REPORT % (outcome, fault)).replace("\n", " ")
    script("node", f"printf '%s' '{answer}' > \"$5/report.json\"" if outcome else "exit 1")
    if verdict is None:
        with pytest.raises(OSError, match="no verdict") as told:
            ace.violations(Path("/folder/x.epub"))
        reason = "its report is at odds with itself" if outcome else "it wrote no report"
        assert str(told.value) == f"Ace gave no verdict on x.epub: {reason}"
    else:
        assert ace.violations(Path("x.epub")) == verdict
    script("node", 'echo "bad: $8" >&2; exit 1')
    with pytest.raises(OSError, match=r"^Ace gave no verdict on x\.epub: bad: x\.epub$"):
        ace.violations(Path("/folder/x.epub"))


def test_ace_names_what_it_lacks(at_home: Path, script: Script) -> None:
    assert ace.lacking() == ("Ace", "Node.js", "Chromium")
    with pytest.raises(FileNotFoundError, match=r"Ace, Node\.js, Chromium"):
        ace.violations(Path("x.epub"))
    ace.fetch(laid)
    borrowed = at_home / "node" / "bin" / "node"
    borrowed.parent.mkdir(parents=True)
    borrowed.touch()
    script("google-chrome", ":")
    assert ace.lacking() == ()


# --- apt --------------------------------------------------------------------------------------


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return apt's folder of lists, with one list in it."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "main_Packages").touch()
    monkeypatch.setattr(apt, "LISTS", folder)
    return folder


def user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_rights(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    user(monkeypatch, 0)
    assert apt.rights() is None  # no apt-get
    script("apt-get", ":")
    assert apt.rights() == ()
    user(monkeypatch, 1000)
    assert apt.rights() is None  # no sudo
    sudo = script("sudo", "echo 'sudo: a password is required' >&2; exit 1")
    assert apt.rights() is None
    script("sudo", "exit 0")
    assert apt.rights() == (str(sudo), "-n")


def test_without_rights_nothing_is_installed(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user(monkeypatch, 1000)
    script("apt-get", f'touch "{tmp_path}/ran"')
    assert apt.install(("qpdf",)) == "no right to install packages"
    assert not (tmp_path / "ran").exists()


LOG = 'echo "$1" >> "{log}"'


@pytest.mark.parametrize(
    ("answer", "have_lists", "steps", "reason"),
    [
        ("exit 0", True, ["install"], ""),
        ("exit 0", False, ["update", "install"], ""),
        # lists too old: the first install fails, the one after the update does not
        ('[ "$1" = update ] && touch "{new}"; [ -e "{new}" ]', True, ["install", "update"], ""),
        ("echo 'E: none' >&2; exit 100", True, ["install", "update"], "E: none"),
    ],
)
def test_lists_are_fetched_where_they_are_wanting(  # noqa: PLR0917  # one case a row
    script: Script,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    lists: Path,
    answer: str,
    have_lists: bool,
    steps: list[str],
    reason: str,
) -> None:
    user(monkeypatch, 0)
    log = tmp_path / "log"
    if not have_lists:
        (lists / "main_Packages").unlink()
    script("apt-get", f"{LOG}; {answer}".format(log=log, new=tmp_path / "new"))
    assert apt.install(("qpdf",)) == reason
    assert log.read_text("utf-8").split()[: len(steps)] == steps


def test_apt_asks_no_questions(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lists: Path
) -> None:
    user(monkeypatch, 0)
    script("apt-get", f'echo "$DEBIAN_FRONTEND $*" > "{tmp_path}/said"; cat >> "{tmp_path}/said"')
    assert apt.install(("qpdf", "poppler-utils")) == ""
    said = (tmp_path / "said").read_text("utf-8")
    assert said.startswith("noninteractive install --yes")
    assert "--no-install-recommends" in said
    assert said.endswith("qpdf poppler-utils\n")


def test_missing_packages(script: Script) -> None:
    assert apt.missing(("a",)) == ("a",)  # no dpkg
    script("dpkg-query", 'case "$*" in *" a") printf installed;; *) printf config-files;; esac')
    assert apt.missing(("a", "b")) == ("b",)


# --- the doctor -------------------------------------------------------------------------------

PANGO = doctor.Part("Pango", None, pango.NEEDED, tuple(pango.PACKAGES.items()))
JAVA = doctor.Part("Java", None, ("test",), tuple(programs.JAVA.PACKAGES.items()))


def test_survey_asks_only_for_what_the_purpose_needs() -> None:
    everything = {part.name for part in doctor.survey()}
    assert {"Python", "Pango", "fonts", "EPUBCheck", "Java", "npm", "veraPDF"} <= everything
    assert [part.name for part in doctor.survey("epub")] == ["Python"]
    assert {"Java", "npm"}.isdisjoint(part.name for part in doctor.survey("demo"))
    assert all(set(tool.NEEDED) <= set(doctor.PURPOSES) for tool in doctor.TOOLS)


def test_every_part_that_is_needed_can_be_had_everywhere() -> None:
    """Each has a line on each system; EPUBCheck alone comes by `make test`, on all.

    The profile of a press is made on Debian only; elsewhere a printer's own is named.
    """
    for tool in doctor.TOOLS:
        part = doctor.Part(tool.NAME, None, tool.NEEDED, tuple(tool.PACKAGES.items()))
        if tool.NEEDED and tool.NAME not in (epubcheck.NAME, icc.NAME):
            assert all(doctor.install_line((part,), on) for on in doctor.SYSTEMS), tool.NAME


def test_part_lacks() -> None:
    assert PANGO.lacks()
    assert PANGO.lacks("pdf")
    assert not PANGO.lacks("epub")
    assert not doctor.Part("npm", None, ()).lacks()
    assert not doctor.Part("Pango", "1.50", ("pdf",)).lacks("pdf")


def test_install_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    user(monkeypatch, 1000)
    line = doctor.install_line((PANGO, JAVA), "debian")
    assert line == (
        "sudo apt-get install --no-install-recommends"
        " libpango-1.0-0 libpangoft2-1.0-0 default-jre-headless"
    )
    assert doctor.install_line((PANGO,), "fedora") == "sudo dnf install pango"
    assert doctor.install_line((PANGO, PANGO), "macos") == "brew install pango"
    both = doctor.install_line((PANGO, JAVA), "windows")
    assert both.startswith("pacman -S mingw-w64-ucrt-x86_64-pango && winget install ")
    user(monkeypatch, 0)
    assert doctor.install_line((PANGO,), "fedora") == "dnf install pango"


@pytest.mark.parametrize(
    ("release", "system"),
    [
        ('ID=ubuntu\nID_LIKE="debian"\n', "debian"),
        ("ID=debian\n", "debian"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=arch\n", ""),
        ("", ""),
    ],
)
def test_systems(
    release: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "os-release").write_text(release, "utf-8")
    monkeypatch.setattr(doctor, "RELEASE", tmp_path / "os-release")
    monkeypatch.setattr(sys, "platform", "linux")
    assert doctor.system() == system
    lines = doctor.install_lines((PANGO,))
    assert {name for name, _ in lines} == set(doctor.NAMES.values())
    assert not system or lines[0][0] == doctor.NAMES[system]
    monkeypatch.setattr(sys, "platform", "darwin")
    assert doctor.system() == "macos"


def surveys(monkeypatch: pytest.MonkeyPatch, *answers: Iterable[doctor.Part]) -> None:
    """Let the doctor find each of `answers` in turn."""
    turn = iter(answers)
    monkeypatch.setattr(doctor, "survey", lambda _purpose: tuple(next(turn)))
    monkeypatch.setattr(fonts, "version", lambda _="": "there")


def test_nothing_missing_nothing_done(monkeypatch: pytest.MonkeyPatch) -> None:
    surveys(monkeypatch, [])
    assert doctor.install("demo", silent)


def test_what_is_missing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    surveys(monkeypatch, [PANGO], [])
    monkeypatch.setattr(verapdf, "fetch", lambda: pytest.fail("not for the demo"))
    installed: list[str] = []
    monkeypatch.setattr(apt, "rights", lambda: ())
    monkeypatch.setattr(apt, "missing", lambda packages: packages)

    def note(packages: Iterable[str]) -> str:
        installed.extend(packages)
        return ""

    monkeypatch.setattr(apt, "install", note)
    told: list[Diagnostic] = []
    assert doctor.install("demo", told.append)
    assert installed == ["libpango-1.0-0", "libpangoft2-1.0-0"]
    assert [finding.code for finding in told] == ["X103"]


def test_without_rights_the_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    surveys(monkeypatch, [PANGO])
    monkeypatch.setattr(apt, "rights", lambda: None)
    monkeypatch.setattr(doctor, "system", lambda: "")
    told: list[Diagnostic] = []
    assert not doctor.install("demo", told.append)
    assert [finding.code for finding in told] == ["X101"]
    lines = dict(told[0].facts)["lines"]
    assert all(name in lines for name in ("Debian, Ubuntu: ", "Fedora: ", "macOS: ", "Windows: "))


def test_failing_apt_is_told_and_the_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    surveys(monkeypatch, [PANGO], [PANGO])
    monkeypatch.setattr(apt, "rights", lambda: ())
    monkeypatch.setattr(apt, "missing", lambda packages: packages)
    monkeypatch.setattr(apt, "install", lambda _packages: "E: disk full")
    told: list[Diagnostic] = []
    assert not doctor.install("demo", told.append)
    assert [finding.code for finding in told] == ["X103", "X102", "X101"]


@pytest.mark.parametrize(
    ("purpose", "fetched"),
    [("demo", ["serif"]), ("pdf", ["serif"]), ("large-print", ["sans"]), ("epub", [])],
)
def test_each_set_is_fetched_for_its_purposes(
    purpose: str, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    surveys(monkeypatch, [])
    monkeypatch.setattr(fonts, "version", lambda _="": None)
    monkeypatch.setattr(fonts, "faces", lambda _="": ())
    monkeypatch.setattr(fonts, "fetch", lambda _pack, _tell, family: asked.append(family))
    assert doctor.install(purpose, lambda _: None)
    assert asked == fetched


def test_fonts_that_cannot_be_fetched_have_a_standin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "faces", lambda _="": ())
    monkeypatch.setattr(fontconfig, "has", lambda family: family.startswith("Noto Serif CJK"))
    (part,) = (part for part in doctor.survey("pdf") if part.name == "fonts")
    assert part.version == "of the system: Noto Serif CJK JP, Noto Serif CJK JP, Noto Serif CJK KR"
    monkeypatch.setattr(fontconfig, "has", lambda family: family == "Noto Serif CJK KR")
    (part,) = (part for part in doctor.survey("pdf") if part.name == "fonts")
    assert part.lacks("pdf")


def test_damaged_fonts_are_named_and_replaced(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "pack", packer(tmp_path / "good.tgz"))
    surveys(monkeypatch, [], [])
    monkeypatch.setattr(fonts, "version", lambda _="": None if fonts.verify() else "whole")
    told: list[Diagnostic] = []
    assert doctor.install("pdf", told.append)
    assert [finding.code for finding in told] == ["X103"]
    (home / "b.ttf").write_bytes(LETTERS["b.ttf"].upper())
    assert doctor.install("pdf", told.append)
    assert [finding.code for finding in told[1:]] == ["X202", "X103"]
    assert told[1].place.file.endswith("b.ttf")
    assert fonts.verify() == ()


def test_tests_do_without_ace_only_with_a_word(
    at_home: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "survey", lambda _purpose: ())
    monkeypatch.setattr(fonts, "version", lambda _="": "there")
    monkeypatch.setattr(apt, "rights", lambda: None)
    monkeypatch.setattr(npm, "LOCK", at_home / "absent.lock")
    script("npm", "echo 'npm error network' >&2; exit 1")
    told: list[Diagnostic] = []
    assert doctor.install("test", told.append)  # nothing that is needed
    assert [finding.code for finding in told] == ["X103", "X105"]
    facts = dict(told[1].facts)
    assert facts["names"] == "Ace, Node.js, Chromium"
    assert "npm error network" in facts["reason"]


def test_ace_and_its_browser_are_installed_for_the_tests(
    at_home: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "survey", lambda _purpose: ())
    monkeypatch.setattr(fonts, "version", lambda _="": "there")
    monkeypatch.setattr(apt, "rights", lambda: ())
    monkeypatch.setattr(npm, "install", laid)
    script("node", ":")

    def bring(packages: Iterable[str]) -> str:
        assert packages == ("chromium",)
        script("chromium", ":")
        return ""

    monkeypatch.setattr(apt, "install", bring)
    told: list[Diagnostic] = []
    assert doctor.install("test", told.append)
    assert [finding.code for finding in told] == ["X103", "X103"]
    monkeypatch.setattr(apt, "install", lambda _packages: pytest.fail("there already"))
    assert doctor.install("test", silent)
