"""The anatomy of a PDF: what judges and job tickets ask of a finished file. Read, never changed."""

from watchpress.tools.anatomy.body import Anatomy, Face, Intent, Sheet, Unreadable, read
from watchpress.tools.anatomy.frame import Frame, frame
from watchpress.tools.anatomy.paint import Paint, Picture

__all__ = [
    "Anatomy", "Face", "Frame", "Intent", "Paint", "Picture", "Sheet", "Unreadable",
    "frame", "read",
]  # fmt: skip
