"""veraPDF: the reference judge of PDF/A and PDF/UA, fetched by Maven where Maven is there.

A second opinion: page-validation judges every PDF that a test makes, with or without this one.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from watchpress.opinion import Opinion

NAME = "veraPDF"
NEEDED: tuple[str, ...] = ()
PACKAGES: Mapping[str, tuple[str, ...]] = {  # Maven, which brings it when `make test` runs next
    "apt": ("maven",),
    "dnf": ("maven",),
    "brew": ("maven",),
    "winget": ("Apache.Maven",),
}
RELEASE = "1.28.2"
ARTEFACT = f"org.verapdf.apps:greenfield-apps:{RELEASE}"
SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
PATIENCE = 300  # seconds, for a slow line or a long book
TRIES = 14  # starts that may fail in one asking: those that find one file of a hundred by halves

_Answer: TypeAlias = list[Mapping[str, Any]] | OSError  # the rules that fail, or why it is silent


def version() -> str | None:
    """Return the release that is there, None where there is none."""
    return RELEASE if jar().is_file() else None


def jar() -> Path:
    """Return where the jar lies, or would lie."""
    return Path(sys.prefix, "share", f"verapdf-{RELEASE}", f"greenfield-apps-{RELEASE}.jar")


def fetch() -> bool:
    """Have Maven bring the jar, held to its hash; True where it is there afterwards."""
    maven = shutil.which("mvn")
    if jar().is_file() or not maven:
        return jar().is_file()
    jar().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=jar().parent) as temp:
        order = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTEFACT}"]
        order.append(f"-DoutputDirectory={temp}")
        came = Path(temp, jar().name)
        try:
            subprocess.run(order, cwd=temp, capture_output=True, timeout=PATIENCE, check=True)
            whole = hashlib.sha256(came.read_bytes()).hexdigest() == SHA256
        except (OSError, subprocess.SubprocessError):
            return False
        if whole:
            came.replace(jar())
    return jar().is_file()


def failures(pdf: Path, flavour: str) -> tuple[str, ...]:
    """Return what fails in `pdf` as `flavour` (ua1, ua2, 2b, 3a, 4 ...), one line a rule.

    () where it conforms; OSError where the judge cannot be run or gives no verdict.
    """
    found = _answers([pdf], flavour)[pdf]
    if isinstance(found, OSError):
        raise found
    return tuple(map(_line, found))


def opinions(pdfs: Sequence[Path], flavour: str) -> dict[Path, tuple[Opinion, ...] | OSError]:
    """Return what fails in each PDF as `flavour`, or why there is no verdict on it.

    All are given in one start. Where it gives no answer at all, it is asked again by halves, so
    that a file which it cannot bear costs no other one its verdict; after `TRIES` starts the rest
    is without one.
    """
    found: dict[Path, _Answer] = {}
    waiting, tries = [list(pdfs)], TRIES
    while waiting:
        some = waiting.pop(0)
        if not tries:
            found |= dict.fromkeys(some, _silent(some, f"it failed {TRIES} times"))
            continue
        try:
            found |= _answers(some, flavour)
        except OSError as fault:
            tries -= 1
            half = len(some) // 2
            if half:
                waiting[:0] = [some[:half], some[half:]]
            else:
                found |= dict.fromkeys(some, fault)
    return {pdf: _judged(found[pdf]) for pdf in pdfs}


def _judged(answer: _Answer) -> tuple[Opinion, ...] | OSError:
    if isinstance(answer, OSError):
        return answer
    return tuple(one for rule in answer for one in _opinions(rule))


def _answers(pdfs: Sequence[Path], flavour: str) -> dict[Path, _Answer]:
    """Return the rules that fail in each PDF, or why there is no verdict on it; one start.

    OSError where there is no answer, or not one for each of them.
    """
    order = ["java", "-cp", str(jar()), MAIN, "--flavour", flavour, "--format", "json"]
    order += map(str, pdfs)
    try:
        done = subprocess.run(order, capture_output=True, timeout=PATIENCE, check=False)
        jobs = json.loads(done.stdout)["report"]["jobs"]
        return {pdf: _answer(pdf, job) for pdf, job in zip(pdfs, jobs, strict=True)}
    except subprocess.TimeoutExpired:
        raise _silent(pdfs, f"it took more than {PATIENCE} s") from None
    except (subprocess.SubprocessError, ValueError, KeyError) as error:
        raise _silent(pdfs) from error


def _answer(pdf: Path, job: Mapping[str, Any]) -> _Answer:
    if "validationResult" not in job:  # it could not read this one
        return _silent([pdf], str(job["taskException"].get("exceptionMessage", "")))
    return [rule for one in job["validationResult"] for rule in one["details"]["ruleSummaries"]]


def _silent(pdfs: Sequence[Path], reason: str = "") -> OSError:
    names = ", ".join(pdf.name for pdf in pdfs)
    return OSError(f"veraPDF gave no verdict on {names}{': ' * bool(reason)}{reason}")


def _opinions(rule: Mapping[str, Any]) -> Iterator[Opinion]:
    """Yield a failed rule once for each page that it fails on, with the first object there."""
    name = f"{rule['clause']}-{rule['testNumber']}"
    contexts = [str(one["context"]) for one in rule.get("checks", ())] or [""]
    pages: dict[int, str] = {}
    for context in contexts:
        at = re.search(r"\bpages\[(\d+)\]", context)
        pages.setdefault(int(at[1]) + 1 if at else 0, context)
    for page, context in pages.items():
        yield Opinion(name, "error", str(rule["description"]), context, page=page)


def _line(rule: Mapping[str, Any]) -> str:
    """Return a failed rule as a line: clause, test, description, the first place where it fails."""
    place = rule["checks"][0]["context"] if rule.get("checks") else ""
    return f"{rule['clause']}-{rule['testNumber']}: {rule['description']} ({place})"
