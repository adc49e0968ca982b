"""The index of sources of a volume: it leads to each address that the notes cite, and to no other.

The proof reads reports and notes; this list is made of them, and read back by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from watchpress.checks.proof.links import plain
from watchpress.diagnostic import Place, Tell, remark
from watchpress.model import tree
from watchpress.model.tree import HREF, Element
from watchpress.tools import container, pdfium

_ROLE: Final = "doc-bibliography"  # DPUB-ARIA 1.1
_X: Final = f"{{{container.XHTML}}}"


@dataclass(frozen=True)
class Subject:
    """A volume and its reports; `pages` (from 0) are those of the list in a PDF.

    `name` is what the product is called in findings.
    """

    product: bytes
    kind: Literal["pdf", "epub"]
    name: str
    reports: Sequence[Element]
    pages: Sequence[int] = ()


def check(subject: Subject, tell: Tell) -> None:
    """Tell the addresses that the list lacks (L110), and those that no note has (L108)."""
    cited = _cited(subject.reports)
    found = set(map(plain, _pdf(subject) if subject.kind == "pdf" else _epub(subject)))
    for address, place in cited.items():
        if address not in found:
            facts = {"product": subject.name, "text": address, "wanted": address}
            tell(remark("L110", place, **facts))
    for address in sorted(found - set(cited)):
        tell(remark("L108", Place(subject.name), product=subject.name, found=address))


def _cited(reports: Sequence[Element]) -> Mapping[str, Place]:
    """Return each address in the paragraphs of notes, and where it is cited first."""
    found: dict[str, Place] = {}
    for report in reports:
        for note in tree.notes(report):
            for link in note.iterfind("p//ext-link"):
                found.setdefault(plain(str(link.get(HREF))), tree.place(link))
    return found


def _pdf(subject: Subject) -> Iterator[str]:
    read = pdfium.read(subject.product, frozenset(subject.pages))
    for page in subject.pages:
        yield from (link.uri for link in read.pages[page].links if link.uri is not None)


def _epub(subject: Subject) -> Iterator[str]:
    for document in container.read(subject.product).documents:
        for part in document.root.iter(f"{_X}section"):
            if part.get("role") == _ROLE:
                links = (str(link.get("href")) for link in part.iter(f"{_X}a"))
                yield from (address for address in links if re.match(r"[A-Za-z][\w+.-]*:", address))
