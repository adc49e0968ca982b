"""Ace by DAISY: the judge of how accessible an EPUB is; npm brings it, Node and Chromium run it.

A second opinion beside EPUBCheck: the tests hold books to it wherever it can be had.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from watchpress.opinion import Gravity, Opinion

NAME = "Ace"
NEEDED: tuple[str, ...] = ()
PACKAGES: Mapping[str, tuple[str, ...]] = {  # npm, which brings it when `make test` runs next
    "apt": ("npm",),
    "dnf": ("npm",),
    "brew": ("node",),
    "winget": ("OpenJS.NodeJS",),
}
# npm's lock: each package that Ace is made of, with its release and its hash.
LOCK = Path(__file__).with_name("ace.lock.json")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
APPLICATION = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
GRAVE = frozenset({"critical", "serious"})  # impacts that shut a reader out
PATIENCE = 600  # seconds, for a long book on a busy machine

Assertions: TypeAlias = list[Mapping[str, Any]]  # by document
Install: TypeAlias = Callable[[Path], None]  # lays what the package.json of a folder asks for


def version() -> str | None:
    """Return the release that is there, None where there is none."""
    return _release() if _program().is_file() else None


def folder() -> Path:
    """Return where Ace lies, or would lie: in the environment that we are installed in."""
    return Path(sys.prefix, "share", f"ace-{_release()}")


def browser() -> str | None:
    """Return the Chromium on this machine, None where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or (str(APPLICATION) if APPLICATION.is_file() else None)


def lacking() -> tuple[str, ...]:
    """Return the names of what is missing to run Ace; () where it can be run."""
    parts = {NAME: version(), "Node.js": node(), "Chromium": browser()}
    return tuple(name for name, found in parts.items() if found is None)


def fetch(install: Install) -> None:
    """Bring Ace into `folder()` by `install`; OSError with the reason where it cannot be brought.

    What comes is held to the hashes of the lock by npm, and moved into place when it is whole.
    """
    if version() is not None:
        return
    home = folder()
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=home.parent) as temp:
        made = Path(temp, home.name)
        made.mkdir()
        wanted = _lock()["packages"][""]
        (made / "package.json").write_text(json.dumps(wanted), "utf-8")
        shutil.copyfile(LOCK, made / "package-lock.json")
        install(made)
        shutil.rmtree(home, ignore_errors=True)
        made.replace(home)


def violations(epub: Path) -> tuple[str, ...]:
    """Return what Ace has against `epub`, of whatever impact, a line each; () where it is content.

    FileNotFoundError where something is missing to run it, OSError where it gives no verdict.
    """
    return tuple(_lines(_asked(epub, "en")))


def opinions(epub: Path, tongue: str) -> tuple[Opinion, ...]:
    """Return what Ace has against `epub`, in the language `tongue`; raises as `violations`."""
    return tuple(_opinions(_asked(epub, tongue)))


def _asked(epub: Path, tongue: str) -> Assertions:
    """Return what Ace says of each document of `epub`."""
    if missing := lacking():
        raise FileNotFoundError(f"not installed: {', '.join(missing)}")
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(browser())}
    with tempfile.TemporaryDirectory() as out:
        order = [str(node()), str(_program()), "--force", "--silent", "--outdir", out]
        order += ["--lang", tongue, str(epub)]
        try:
            done = subprocess.run(
                order,
                check=False,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise _silent(epub, f"it took more than {PATIENCE} s") from None
        except (OSError, subprocess.SubprocessError) as error:
            raise _silent(epub, str(error)) from error
        try:
            report = json.loads(Path(out, "report.json").read_text("utf-8"))
            # The outcome is given beside the list of faults: neither is believed alone.
            passed = report["earl:result"]["earl:outcome"] == "pass"
            asserted: Assertions = report["assertions"]
            faulty = any(_lines(asserted))
        except (OSError, ValueError, KeyError) as error:
            raise _silent(epub, done.stderr or done.stdout) from error
    if passed == faulty or not asserted:
        raise _silent(epub, done.stderr or done.stdout or "its report is at odds with itself")
    return asserted


def _silent(epub: Path, reason: str) -> OSError:
    """Return what is raised where there is no verdict: it names the book, not where it lies."""
    said = " ".join(reason.replace(str(epub), epub.name).split()) or "it wrote no report"
    return OSError(f"Ace gave no verdict on {epub.name}: {said}")


def _opinions(documents: Assertions) -> Iterator[Opinion]:
    for document in documents:
        where = str(document["earl:testSubject"]["url"])
        for found in document["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            words = " ".join(str(result["dct:description"]).split())
            gravity: Gravity = "error" if test["earl:impact"] in GRAVE else "warning"
            yield Opinion(str(test["dct:title"]), gravity, words, where)


def _lines(documents: Assertions) -> Iterator[str]:
    for document in documents:
        where = document["earl:testSubject"]["url"]
        for found in document["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            what = " ".join(str(result["dct:description"]).split())
            yield f"{test['earl:impact']} {test['dct:title']}: {where}: {what}"


def _release() -> str:
    return str(_lock()["packages"]["node_modules/@daisy/ace-cli"]["version"])


def _lock() -> Any:
    return json.loads(LOCK.read_text("utf-8"))


def _program() -> Path:
    return folder() / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"


def node() -> str | None:
    """Return the Node on the path, else the one that came with the npm that brought Ace."""
    borrowed = (folder() / "node").rglob("node*")
    own = (str(p) for p in sorted(borrowed) if p.name in {"node", "node.exe"} and p.is_file())
    return shutil.which("node") or next(own, None)
