"""Alignment: a translation must have what its original has, paragraph by paragraph, note by note.

Rooms: verdict (which editions are compared, and in which order findings come), shape (blocks that
one of them lacks, sub-headings, quotations, note calls), substance (addresses, days and numbers in
what is paired, text left in the original's language).
"""

from watchpress.checks.alignment.verdict import Subject, check, pairs_of

__all__ = ["Subject", "check", "pairs_of"]
