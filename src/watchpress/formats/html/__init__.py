"""Findings as a page for editors: one file, with pictures of the pages, that asks for no other."""

from watchpress.formats.html.page import render

__all__ = ["render"]
