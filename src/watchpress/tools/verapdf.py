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
from typing import Any

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
    ((_, rules),) = _asked([pdf], flavour).items()
    return tuple(map(_line, rules))


def opinions(pdfs: Sequence[Path], flavour: str) -> dict[Path, tuple[Opinion, ...]]:
    """Return what fails in each PDF as `flavour`, all in one start; raises as `failures`."""
    found = _asked(pdfs, flavour)
    return {pdf: tuple(one for rule in found[pdf] for one in _opinions(rule)) for pdf in pdfs}


def _asked(pdfs: Sequence[Path], flavour: str) -> dict[Path, list[Mapping[str, Any]]]:
    """Return the rules that fail in each PDF."""
    order = ["java", "-cp", str(jar()), MAIN, "--flavour", flavour, "--format", "json"]
    order += map(str, pdfs)
    try:
        done = subprocess.run(order, capture_output=True, timeout=PATIENCE, check=False)
        jobs = json.loads(done.stdout)["report"]["jobs"]
        found = {
            pdf: [
                rule for one in job["validationResult"] for rule in one["details"]["ruleSummaries"]
            ]
            for pdf, job in zip(pdfs, jobs, strict=True)
        }
    except (subprocess.SubprocessError, ValueError, KeyError) as error:
        names = ", ".join(pdf.name for pdf in pdfs)
        raise OSError(f"veraPDF gave no verdict on {names}") from error
    return found


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
