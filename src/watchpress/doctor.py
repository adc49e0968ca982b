"""What the machine has and lacks: a survey of the tools, the lines to type, and the installing.

Values only: the command line prints them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from watchpress.diagnostic import Diagnostic, Place, Tell, remark
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
    python,
    verapdf,
)

RELEASE = Path("/etc/os-release")
PURPOSES = ("pdf", "press", "large-print", "epub", "demo", "test")
# Which managers a system's packages come by, and what is typed to have them install.
SYSTEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "debian": ("apt",),
    "fedora": ("dnf",),
    "macos": ("brew",),
    "windows": ("pacman", "winget"),
}
NAMES: Final[Mapping[str, str]] = {
    "debian": "Debian, Ubuntu",
    "fedora": "Fedora",
    "macos": "macOS",
    "windows": "Windows",
}
ORDERS: Final[Mapping[str, str]] = {
    "apt": "sudo apt-get install --no-install-recommends",
    "dnf": "sudo dnf install",
    "brew": "brew install",
    "pacman": "pacman -S",  # typed in an MSYS2 shell
    "winget": "winget install",
}
# What is fetched, and what for: themes in sans are tested where the set can be had.
FETCHED: Final[Mapping[fonts.Family, str]] = {
    "serif": "the pinned fonts (80 MB)",
    "sans": "the pinned fonts without serifs (60 MB)",
}
SANS: Final = frozenset({*fonts.SANS.NEEDED, "test"})
# Families that can stand in for the pinned set, by script, best first.
STANDINS: Final[Mapping[str, tuple[str, ...]]] = {
    "latn": ("Source Serif 4", "Source Serif Pro", "Noto Serif", "Noto Serif CJK JP", "Georgia"),
    "jpan": ("Noto Serif JP", "Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho"),
    "kore": ("Noto Serif KR", "Noto Serif CJK KR", "AppleMyungjo", "Batang"),
}


class Tool(Protocol):
    """What each room of tools has: this is the signature of that family."""

    @property
    def NAME(self) -> str: ...  # noqa: D102, N802  # a constant of the room
    @property
    def NEEDED(self) -> tuple[str, ...]: ...  # noqa: D102, N802
    @property
    def PACKAGES(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: D102, N802
    def version(self) -> str | None: ...  # noqa: D102


TOOLS: Final[tuple[Tool, ...]] = (
    python,
    pango,
    harfbuzz,
    fonts,
    fonts.SANS,
    icc,
    epubcheck,
    *programs.PROGRAMS,
    verapdf,
    ace,
    npm,
)


@dataclass(frozen=True)
class Part:
    """One external thing: its version (None: missing), what needs it, its packages by manager.

    A part that nothing needs (`needed` is empty) is a convenience. `old`: a version that is there
    and too old, which is as good as none; `oldest`: the one that is needed.
    """

    name: str
    version: str | None
    needed: tuple[str, ...]
    packages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    old: str = ""
    oldest: str = ""

    @property
    def wanting(self) -> str:
        """What to call a part that is missing, or too old: `Pango`, `Pango 1.38 (< 1.44)`."""
        return f"{self.name} {self.old} (< {self.oldest})" if self.old else self.name

    def lacks(self, purpose: str = "") -> bool:
        """Return whether the part is missing and `purpose` (default: anything) needs it."""
        wanted = purpose in self.needed if purpose else bool(self.needed)
        return self.version is None and wanted


def survey(purpose: str = "") -> tuple[Part, ...]:
    """Return the parts that `purpose` needs (default: all parts), each with its version."""
    return tuple(_part(tool) for tool in TOOLS if not purpose or purpose in tool.NEEDED)


def system() -> str:
    """Return which of SYSTEMS this is, "" for any other."""
    if sys.platform in ("darwin", "win32"):
        return {"darwin": "macos", "win32": "windows"}[sys.platform]
    return next((name for name in _kin() if name in SYSTEMS), "")


def install_line(parts: Iterable[Part], on: str) -> str:
    """Return the line to type on the system `on` to install `parts`; "" where none does."""
    lines = [_order(manager, _packages(parts, manager)) for manager in SYSTEMS[on]]
    return " && ".join(filter(None, lines))


def install_lines(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """Return each system's name with its line for `parts`, the one we are on first."""
    wanted = tuple(parts)
    order = sorted(SYSTEMS, key=lambda on: on != system())
    lines = ((NAMES[on], install_line(wanted, on)) for on in order)
    return tuple((name, line) for name, line in lines if line)


def lines(part: Part) -> dict[str, str]:
    """Return the line that installs one part, by system."""
    return {on: install_line((part,), on) for on in SYSTEMS}


def install(purpose: str, tell: Tell) -> bool:
    """Install what `purpose` lacks, as far as we may; True where nothing is missing afterwards.

    The pinned fonts are fetched, the rest is left to apt where we have the right to use it. What
    is still missing is told once (X101), with the line to type.
    """
    if purpose in fonts.NEEDED and fonts.version() is None:
        _by_npm("serif", tell)
    if purpose in SANS and fonts.version("sans") is None:
        _by_npm("sans", tell)
    lacking = tuple(part for part in survey(purpose) if part.lacks(purpose))
    if lacking and apt.rights() is not None:
        _by_apt(apt.missing(_packages(lacking, "apt")), tell)
        lacking = tuple(part for part in survey(purpose) if part.lacks(purpose))
    if purpose in icc.NEEDED and icc.version() is None and _by_colprof(tell):
        lacking = tuple(part for part in survey(purpose) if part.lacks(purpose))
    if purpose == "test":
        verapdf.fetch()  # welcome where it can be had, never missed
        _second_opinion(tell)
    if lacking:
        tell(missing(lacking, purpose))
    return not lacking


def missing(parts: Iterable[Part], purpose: str) -> Diagnostic:
    """Return what to say of missing parts: their names, and the lines that install them."""
    lacking = tuple(parts)
    lines = "; ".join(f"{name}: {line}" for name, line in install_lines(lacking))
    names = ", ".join(part.wanting for part in lacking)
    return remark("X101", Place("doctor"), names=names, purpose=purpose, lines=lines)


def standins() -> Mapping[str, str]:
    """Return the family that stands in for the pinned set in each script that has one."""
    found = (
        (script, next(filter(fontconfig.has, names), "")) for script, names in STANDINS.items()
    )
    return {script: family for script, family in found if family}


def _by_npm(family: fonts.Family, tell: Tell) -> None:
    """Fetch a set of pinned fonts, telling that it begins and which files are replaced."""
    if fonts.faces(family):
        for face in fonts.verify(family):
            tell(remark("X202", Place(str(face.path))))
    tell(remark("X103", Place("doctor"), what=FETCHED[family]))
    fonts.fetch(npm.pack, tell, family)


def _second_opinion(tell: Tell) -> None:
    """Bring Ace and its browser where they can be had; tell (X105) where the tests go without."""
    reasons = []
    if ace.browser() is None and apt.rights() is not None:
        packages = programs.CHROMIUM.PACKAGES["apt"]
        tell(remark("X103", Place("doctor"), what=" ".join(packages)))
        reasons.append(apt.install(packages))
    if ace.version() is None:
        tell(remark("X103", Place("doctor"), what="Ace (80 MB)"))
        try:
            ace.fetch(npm.install)
        except OSError as error:
            reasons.append(str(error))
    if missing := ace.lacking():
        reason = "; ".join(filter(None, reasons)) or "no right to install packages"
        tell(remark("X105", Place("doctor"), names=", ".join(missing), reason=reason))


def _by_colprof(tell: Tell) -> bool:
    """Have the standard profile made, telling that it begins; say whether it is there."""
    if icc.ready():
        tell(remark("X103", Place("doctor"), what=f"the ICC profile {icc.STANDARD.name} (20 s)"))
    return icc.build()


def _by_apt(packages: tuple[str, ...], tell: Tell) -> None:
    """Have apt install `packages`, telling that it begins and, where it fails, why."""
    if not packages:
        return
    tell(remark("X103", Place("doctor"), what=" ".join(packages)))
    if reason := apt.install(packages):
        tell(remark("X102", Place("doctor"), packages=" ".join(packages), reason=reason))


def _part(tool: Tool) -> Part:
    """Return what the survey says of one tool."""
    version = tool.version()
    if version is None and tool.NAME == fonts.NAME and not fonts.faces():
        version = _system_fonts()
    oldest = getattr(tool, "OLDEST", "")
    if version is None or not oldest or _numbers(version) >= _numbers(oldest):
        return Part(tool.NAME, version, tool.NEEDED, tuple(tool.PACKAGES.items()))
    return Part(tool.NAME, None, tool.NEEDED, tuple(tool.PACKAGES.items()), version, oldest)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _system_fonts() -> str | None:
    """Return the words for the machine's own fonts, None unless each script has one."""
    found = standins()
    return f"of the system: {', '.join(found.values())}" if len(found) == len(STANDINS) else None


def _packages(parts: Iterable[Part], manager: str) -> tuple[str, ...]:
    """Return the packages by which `manager` installs `parts`, each once, in order."""
    return tuple(dict.fromkeys(p for part in parts for p in dict(part.packages).get(manager, ())))


def _order(manager: str, packages: tuple[str, ...]) -> str:
    """Return the line that has `manager` install `packages`, "" for none."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    order = ORDERS[manager].removeprefix("sudo ") if root else ORDERS[manager]
    return f"{order} {' '.join(packages)}" if packages else ""


def _kin() -> Iterator[str]:
    """Yield the names that a Linux goes by in os-release, its own first, then its ancestors'."""
    try:
        text = RELEASE.read_text("utf-8")
    except OSError:
        return
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    for key in ("ID", "ID_LIKE"):
        yield from fields.get(key, "").strip("\"'").replace("rhel", "fedora").split()
