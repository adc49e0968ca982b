"""The proof: the finished PDF and EPUB are read back and must say what the XML says.

    expected.py   report (XML) -> blocks of letters with their calls and addresses
    product.py    PDF or EPUB  -> letters with their links, as a reader sees and follows them
    align.py      which block stands where; what is changed, lost, moved, or too much
    verdict.py    all that as findings; each internal link followed to where it lands
"""

from watchpress.checks.proof.verdict import Subject, check

__all__ = ["Subject", "check"]
