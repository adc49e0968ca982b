"""The PDF backend: reports to pages, by WeasyPrint, with our own tags."""

from watchpress.backends.pdf.engine import EngineMissing
from watchpress.backends.pdf.facts import Compiled, Facts
from watchpress.backends.pdf.writer import compile, write

__all__ = ["Compiled", "EngineMissing", "Facts", "compile", "write"]
