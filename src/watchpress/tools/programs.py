"""Programs that we only ask whether they are there: the tests run them, the product does not.

A program that the product comes to run gets a room of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """One program; it takes the place of a room, hence fields that are spelled as its constants."""

    NAME: str
    NEEDED: tuple[str, ...]
    PACKAGES: Mapping[str, tuple[str, ...]]
    command: str
    question: str  # the option that makes it say its version
    OLDEST: str = ""

    def version(self) -> str | None:
        """Return the version of the program on the path, None where there is none that answers.

        It is run, not only looked for: macOS has a `java` that only says where to buy one.
        """
        found = shutil.which(self.command)
        if not found:
            return None
        order = [found, self.question]
        try:
            done = subprocess.run(order, capture_output=True, timeout=60, check=True)
        except (OSError, subprocess.SubprocessError):
            return None
        said = re.search(rb"\d+(\.\d+)+", done.stdout + done.stderr)
        return said[0].decode("ascii") if said else None


JAVA = Program(
    "Java",  # runs EPUBCheck
    ("test",),
    {
        "apt": ("default-jre-headless",),
        "dnf": ("java-latest-openjdk-headless",),
        "brew": ("openjdk",),
        "winget": ("EclipseAdoptium.Temurin.21.JRE",),
    },
    "java",
    "-version",
    "1.8",  # as the classes of EPUBCheck 5.3 ask for
)
QPDF = Program(
    "qpdf",  # a second opinion on the structure of our PDFs
    ("test",),
    {
        "apt": ("qpdf",),
        "dnf": ("qpdf",),
        "brew": ("qpdf",),
        "pacman": ("mingw-w64-ucrt-x86_64-qpdf",),
    },
    "qpdf",
    "--version",
)
POPPLER = Program(
    "Poppler",  # a second reader of our PDFs: pdftoppm, pdftotext, pdffonts
    ("test",),
    {
        "apt": ("poppler-utils",),
        "dnf": ("poppler-utils",),
        "brew": ("poppler",),
        "pacman": ("mingw-w64-ucrt-x86_64-poppler",),
    },
    "pdftoppm",
    "-v",
)
CHROMIUM = Program(
    "Chromium",  # the browser that Ace opens books in
    (),
    {
        "apt": ("chromium",),
        "dnf": ("chromium",),
        "brew": ("chromium",),
        "winget": ("Hibbiki.Chromium",),
    },
    "chromium",
    "--version",
)
GHOSTSCRIPT = Program(
    "Ghostscript",  # separates the inks of our press PDFs
    ("test",),
    {
        "apt": ("ghostscript",),
        "dnf": ("ghostscript",),
        "brew": ("ghostscript",),
        "pacman": ("mingw-w64-ucrt-x86_64-ghostscript",),
    },
    "gs",
    "--version",
)
PROGRAMS = (JAVA, QPDF, POPPLER, GHOSTSCRIPT, CHROMIUM)
