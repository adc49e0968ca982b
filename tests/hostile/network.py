"""No network, and no file of others: a build needs neither, and asks for neither."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hostile import runs
from hostile.figures import Figure, untried
from watchpress.tools import fonts

# What each Python process of a run writes down of itself: PEP 578, https://peps.python.org/pep-0578/
HOOK = """
import os, sys
log = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
def write(*words):
    os.write(log, ("\\t".join(str(word).replace("\\n", " ") for word in words) + "\\n").encode())
def hook(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        write("open", os.path.abspath(os.fsdecode(given[0])))
    elif event == "socket.__new__" and given[1] != 1:  # 1: AF_UNIX, between our own processes
        write("socket", given[1:])
    elif event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto",
                           "socket.gethostby", "urllib.", "http.", "ftplib.", "smtplib.")):
        write("socket", event, given[1:])
    elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        write("program", given[0])
sys.addaudithook(hook)
write("process", os.getpid())
"""
# What a machine has for all: libraries, fonts, time zones, facts of the machine itself.
MACHINE = ("/usr/lib", "/usr/share", "/usr/local/lib", "/lib", "/lib64", "/etc", "/proc", "/sys",
           "/dev", "/var/cache/fontconfig", "/opt")  # fmt: skip


def namespace() -> list[str] | None:
    """Return what runs a program without any network; None where that may not be done."""
    for trial in (["unshare", "-rn"], ["unshare", "-n"]):
        try:
            if subprocess.run([*trial, "true"], capture_output=True, check=False).returncode == 0:
                return trial
        except OSError:
            return None
    return None


def allowed(home: Path) -> tuple[str, ...]:
    """Return the folders that a run in `home` may read from."""
    prefixes = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
    ours = {runs.SOURCE, runs.TESTS.parent / "styles", runs.TESTS.parent / "specimen", home}
    faces = {face.path.parent for family in ("serif", "sans") for face in fonts.faces(family)}
    executable = {str(Path(sys.executable).resolve().parents[1])}
    whole = (prefixes, map(str, ours), map(str, faces), executable, MACHINE)
    return tuple(os.path.realpath(one) for some in whole for one in some)


def audited(arguments: list[str], home: Path) -> tuple[list[str], list[str], int, int]:
    """Run watchpress in `home`, all its processes under a hook.

    Return the files that it opened elsewhere, the sockets, and how many processes and files.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "sitecustomize.py").write_text(HOOK)
        path = os.pathsep.join((str(folder), str(runs.SOURCE)))
        log = folder / "audit.log"
        done = runs.run(arguments, home, PYTHONPATH=path, AUDIT=str(log))
        assert done.returncode in (0, 1), done.stderr
        rows = [line.split("\t") for line in log.read_text().splitlines()]
        may = (*allowed(home), os.path.realpath(folder))
        files = {os.path.realpath(row[1]) for row in rows if row[0] == "open"}
        elsewhere = [one for one in files if not _below(one, may)]
    sockets = [" ".join(row[1:]) for row in rows if row[0] == "socket"]
    return sorted(elsewhere), sockets, sum(row[0] == "process" for row in rows), len(files)


def _below(file: str, folders: tuple[str, ...]) -> bool:
    return any(file == one or file.startswith(one.rstrip("/") + "/") for one in folders)


def traced(arguments: list[str], home: Path) -> tuple[list[str], list[str], int] | None:
    """Run watchpress in `home` and ask the kernel, which sees C libraries and programs, too.

    Return files read elsewhere, sockets other than those between processes of this machine, and how
    many files; None where there is no strace.
    """
    strace = shutil.which("strace")
    if strace is None:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        log = Path(temporary, "trace")
        line = [strace, "-f", "-qq", "-o", str(log), "-e", "trace=open,openat,socket,connect"]
        done = runs.run([*arguments, "--timeout", "0"], home, line)
        assert done.returncode in (0, 1), done.stderr
        text = log.read_text("utf-8", "replace")
    families = re.findall(r"socket\((AF_\w+)", text)
    opened = re.findall(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)"[^\n]*= \d+$', text, re.MULTILINE)
    may = (*allowed(home), "/usr/bin")
    absolute = {os.path.realpath(home / one) for one in opened}
    elsewhere = sorted(one for one in absolute if not _below(one, may) and not Path(one).is_dir())
    return elsewhere, [one for one in families if one != "AF_UNIX"], len(absolute)


def bytes_of(home: Path, within: list[str]) -> dict[str, str]:
    """Build and check a series from nothing; return hashes of dist/ and of what `check` says."""
    for folder in ("dist", ".watchpress"):
        shutil.rmtree(home / folder, ignore_errors=True)
    for arguments in (["build", "-q"], ["check", "--format", "json"]):
        done = runs.run(arguments, home, within)
        assert done.returncode in (0, 1), done.stderr
        assert not any(word in done.stderr for word in runs.LOUD), done.stderr
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((home / "dist").iterdir())
    }
    return {**found, "findings": hashlib.sha256(done.stdout.encode()).hexdigest()}


COMMANDS: Final = ("build", "check")


def figures(full: bool) -> Iterator[Figure]:
    """Build and check in full the sample series; in a slice one report as EPUB."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        if full:
            shutil.copytree(runs.TESTS.parent / "reports", home / "reports")
        else:
            runs.home(home, toml=runs.BOOKS)
        for command in COMMANDS:
            elsewhere, sockets, processes, count = audited([command, "-q"], home)
            note = f"{processes} processes, {count:,} files opened, in Python"
            _said(f"{command} opened", elsewhere)
            _said(f"{command} sockets", sockets)
            yield Figure(f"`{command}`: sockets to a network", processes, len(sockets), note=note)
            yield Figure(f"`{command}`: files of others opened", count, len(elsewhere))
        if full:
            yield from _by_kernel(home)
        yield _cut_off(home)


def _by_kernel(home: Path) -> Iterator[Figure]:
    """Ask the kernel, too: of a build from nothing, and of a check of what it made."""
    shutil.rmtree(home / "dist")
    shutil.rmtree(home / ".watchpress")
    for command in COMMANDS:
        what = f"`{command}` by the kernel's account"
        found = traced([command, "-q"], home)
        if found is None:
            yield untried(f"{what}: sockets, files of others", "strace is not installed")
            continue
        _said(f"{command} opened (kernel)", found[0])
        _said(f"{command} sockets (kernel)", found[1])
        files, calls = f"{what}: files of others", f"{what}: sockets to a network"
        yield Figure(calls, 1, len(found[1]), note="one run under strace")
        yield Figure(files, found[2], len(found[0]), note="strace")


def _cut_off(home: Path) -> Figure:
    """Hold what is made without any network to what is made with it."""
    what = "without any network: the same bytes, the same findings of `check`"
    without = namespace()
    if without is None:
        return untried(what, "`unshare -n` may not be used")
    with_it, other = bytes_of(home, []), bytes_of(home, without)
    differing = sum(other.get(name) != hashed for name, hashed in with_it.items())
    differing += len(other.keys() - with_it.keys())
    return Figure(what, len(with_it), differing)


def _said(what: str, found: list[str]) -> None:
    sys.stderr.write("".join(f"{what}: {one}\n" for one in dict.fromkeys(found)))
