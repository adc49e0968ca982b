"""Layouts that were accepted: as text, and beside the pages that are there now."""

from watchpress.checks.accepted.layout import Layout, read, write
from watchpress.checks.accepted.passages import renumbered
from watchpress.checks.accepted.pixels import Difference, differences, looks, seer
from watchpress.checks.accepted.rows import layout
from watchpress.checks.accepted.verdict import Subject, check

__all__ = [
    "Difference",
    "Layout",
    "Subject",
    "check",
    "differences",
    "layout",
    "looks",
    "read",
    "renumbered",
    "seer",
    "write",
]
