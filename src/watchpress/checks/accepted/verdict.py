"""What there is to say of pages that are no longer as they were accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, NamedTuple, TypeAlias

from watchpress.checks.accepted.layout import Layout, Leaf
from watchpress.checks.accepted.passages import Passage, pairs, passages
from watchpress.checks.accepted.pixels import Difference
from watchpress.diagnostic import Diagnostic, Place, Tell, remark

Group: TypeAlias = tuple[str, int]

# How many findings of a code are told one by one where one change may have caused them all.
_TOLD: Final[Mapping[str, int]] = {"P202": 1, "P203": 3, "P204": 3, "P207": 3, "P208": 3}


def _unseen(pages: Sequence[int]) -> Mapping[int, Difference]:
    return {}


@dataclass(frozen=True)
class Subject:
    """A layout that was accepted, and the one that is there now.

    `file`: where the accepted one is kept. `copy`: what findings call a file of copy, by its name
    in layouts. `differences`: returns how far the looks of pages differ, where both can be seen.
    """

    accepted: Layout
    now: Layout
    file: str
    copy: Mapping[str, str] = field(default_factory=dict)
    differences: Callable[[Sequence[int]], Mapping[int, Difference]] = _unseen

    def place(self, passage: Passage, at: int) -> Place:
        """Return where a passage begins in the copy; of no copy: its line of the file."""
        row = passage.first
        if row.file:
            return Place(self.copy.get(row.file, row.file), row.line, row.column)
        return Place(self.file, at, 1)


class Change(NamedTuple):
    """A finding, to be counted with its like; `group`: those that one change causes."""

    group: int
    finding: Diagnostic


def check(subject: Subject, tell: Tell) -> None:
    """Tell what of the pages has moved: P201 (pages), P202, P203, P207, P208 (text), P204 (look).

    One finding a block or a page. Where one change has moved many, the first are told; the last of
    these says how many more there are.
    """
    was, pages = len(subject.accepted.leaves), len(subject.now.leaves)
    product = subject.now.product
    if was != pages:
        grown = remark("P201", Place(subject.file, 3, 1), pages=pages, was=was)
        tell(replace(grown, product=product))
    for finding in _capped([*_text(subject), *_looks(subject)]):
        tell(replace(finding, product=product))


def _capped(changes: Iterable[Change]) -> Iterator[Diagnostic]:
    groups: dict[Group, list[Diagnostic]] = {}
    for change in changes:
        groups.setdefault((change.finding.code, change.group), []).append(change.finding)
    for (code, _), findings in groups.items():
        *first, last = findings[: _TOLD[code]]
        yield from (_more(one, 0) for one in first)
        yield _more(last, len(findings) - len(first) - 1)


def _more(finding: Diagnostic, count: int) -> Diagnostic:
    return replace(finding, facts=tuple(sorted((*finding.facts, ("more", str(count))))))


# -- text ------------------------------------------------------------------------------------------


def _text(subject: Subject) -> Iterator[Change]:
    old, new = passages(subject.accepted), passages(subject.now)
    if [(one.pages, one.words) for one in old] == [(one.pages, one.words) for one in new]:
        return
    same, groups = pairs(old, new), _groups(subject)
    for index, passage in enumerate(new):
        if index in same:
            finding = _compared(subject, old[same[index]], passage)
        else:
            finding = _at(subject, "P207", passage, subject.now.leaves[passage.page - 1].at)
        if finding:
            yield Change(groups[passage.page - 1], finding)
    for index in sorted({*range(len(old))} - {*same.values()}):
        first = old[index].first
        facts = {"words": first.words, "was": old[index].page}
        yield Change(0, remark("P208", Place(subject.file, first.at, 1), **facts))


def _groups(subject: Subject) -> list[int]:
    """Return for each page which ripple it is in: one ends where a page is as it was accepted."""
    before = [leaf.words for leaf in subject.accepted.leaves]
    words = [leaf.words for leaf in subject.now.leaves]
    pairs = zip(before, words, strict=False)
    still = [int(bool(here) and here == there) for there, here in pairs]
    return list(accumulate(still + [0] * (len(words) - len(still))))


def _compared(subject: Subject, old: Passage, new: Passage) -> Diagnostic | None:
    if old.page != new.page:
        return _at(subject, "P202", new, old.first.at, was=old.page)
    if (old.pages, old.words) == (new.pages, new.words):
        return None
    rows = zip(old.rows, old.pages, new.rows, new.pages, strict=False)
    last = min(len(old.rows), len(new.rows)) - 1
    differing = ((a.words, p) != (b.words, q) for a, p, b, q in rows)
    row = next((at for at, differs in enumerate(differing) if differs), last)
    facts = {"lines": len(new.rows), "end": new.pages[-1]}
    before = {"were": len(old.rows), "ended": old.pages[-1]}
    return _at(subject, "P203", new, old.first.at, row=row, **facts, **before)


def _at(
    subject: Subject, code: str, passage: Passage, at: int, *, row: int = 0, **facts: int
) -> Diagnostic:
    """Return a finding about a row of a passage; `at`: its line of the file, where of no copy."""
    words, page = passage.rows[row].words, passage.pages[row]
    found = remark(code, subject.place(passage, at), words=words, page=page, **facts)
    return replace(found, box=passage.rows[row].box)


# -- looks -----------------------------------------------------------------------------------------


def _looks(subject: Subject) -> Iterator[Change]:
    """Yield the pages that look otherwise, though their lines begin and end as they did."""
    if subject.accepted.looks != subject.now.looks:
        return
    leaves = list(zip(subject.accepted.leaves, subject.now.leaves, strict=False))
    changed = [page for page, both in enumerate(leaves, 1) if _repainted(*both)]
    differences = subject.differences(changed[: _TOLD["P204"]]) if changed else {}
    for page in changed:
        difference = differences.get(page)
        share = f"{difference.share:.1%}" if difference else "-"
        place = Place(subject.file, leaves[page - 1][0].at, 1)
        finding = remark("P204", place, page=page, share=share)
        yield Change(0, replace(finding, box=difference.box) if difference else finding)


def _repainted(old: Leaf, new: Leaf) -> bool:
    return bool(old.look and new.look) and old.look != new.look and old.words == new.words
