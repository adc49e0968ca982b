"""The proof: the finished PDF and EPUB are read back and must say what the XML says.

Rooms, in the order of the work: expected (report to blocks of letters with calls and addresses),
book and pages (EPUB and PDF to letters with links: a product), align (which block stands where),
links (each followed to where it lands), verdict (what differs, as findings); sources (the list of
sources of a volume, read by itself).
"""

from watchpress.checks.proof.verdict import Subject, check

__all__ = ["Subject", "check"]
