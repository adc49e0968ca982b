"""The layouts that a series has accepted: where they are kept, what is there now beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from watchpress.build.cache import digest, sha256
from watchpress.build.makers import house
from watchpress.build.products import Plan, portable
from watchpress.build.run import Run
from watchpress.checks import accepted as room
from watchpress.checks.accepted import Difference, Layout, Subject
from watchpress.diagnostic import Diagnostic, Fatal, Place, Tell, remark
from watchpress.files import read
from watchpress.series.load import Series

FOLDER: Final = "layout"  # beside series.toml
_SUFFIX: Final = ".txt"


@dataclass
class Accepted:
    """The accepted layouts of a series, and the products of a run beside them."""

    run: Run
    unseen: list[Diagnostic] = field(default_factory=list)
    without: list[Diagnostic] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The folder of the files."""
        return self.run.series.folder / FOLDER

    def path(self, product: str) -> Path:
        """Return where the accepted layout of a product is kept."""
        return self.folder / f"{product}{_SUFFIX}"

    def files(self) -> list[Path]:
        """Return the files that are there, by name."""
        return sorted(self.folder.glob(f"*{_SUFFIX}")) if self.folder.is_dir() else []

    def now(self, plan: Plan) -> Layout | None:
        """Return the layout of a product as it is now; None where there is no such product."""
        galley, data = self.run.galley(plan), self.run.pdf(plan)
        if galley is None or data is None:
            return None
        looks, series = self._looks(data), self.run.series
        return room.layout(plan.file, galley, looks, room.seer(), lambda file: name(file, series))

    def keep(self, layout: Layout, plan: Plan) -> None:
        """Keep the pages of an accepted layout: to be seen beside those that come later."""
        key, cache = _key(layout), self.run.tools.cache
        if not cache.holds(key) and (data := self.run.pdf(plan)):
            cache.put(key, data, {"product": plan.file})

    def check(self, plans: Sequence[Plan], tell: Tell, *, partly: bool) -> None:
        """Tell what of PDF products is no longer as it was accepted: P201-P210.

        `partly`: only some products were asked for: of the files of others nothing is said.
        """
        there = self.files()
        for plan in printed(plans) if there else ():
            self._compare(plan, tell)
        for file in () if partly else there:
            if file.name.removesuffix(_SUFFIX) not in {plan.file for plan in plans}:
                tell(_stray(file))
        for found in (self.unseen, self.without):
            if found:
                facts = (*found[0].facts, ("more", str(len(found) - 1)))
                tell(replace(found[0], facts=tuple(sorted(facts))))

    def changes(self, plan: Plan) -> Mapping[int, Difference]:
        """Return for each page of a product that looks otherwise than accepted how it differs.

        {} for a product that was not accepted, or is not there.
        """
        old, now = self._old(plan), self.now(plan)
        if old is None or now is None:
            return {}
        kept = self._kept(old)
        old = self._seen(old, kept, now.looks)
        pages = range(1, max(len(old.leaves), len(now.leaves)) + 1)
        changed = [page for page in pages if _differs(old, now, page)]
        if kept is None:
            return dict.fromkeys(changed, Difference(1.0))
        return room.differences(kept, self.run.pdf(plan), changed) if changed else {}

    def before(self, plan: Plan) -> bytes | None:
        """Return the PDF as it was when it was accepted; None where it is no longer kept."""
        old = self._old(plan)
        return None if old is None else self._kept(old)

    def _old(self, plan: Plan) -> Layout | None:
        path = self.path(plan.file)
        try:
            return room.read(read(path), str(path)) if path.is_file() else None
        except Fatal:
            return None  # `check` says why

    def _compare(self, plan: Plan, tell: Tell) -> None:
        path, now = self.path(plan.file), self.now(plan)
        if now is None:
            return  # why it could not be made has been said
        if not path.is_file():
            index = self.run.series.config.editions.index(plan.edition)
            place = self.run.series.place("editions", index)
            self.without.append(remark("P205", place, product=plan.file))
            return
        try:
            old = room.read(read(path), str(path))
        except Fatal as fatal:
            tell(fatal.diagnostic)
            return
        if same(old, now):
            self.keep(old, plan)
            return
        kept = self._kept(old)

        def differences(pages: Sequence[int]) -> Mapping[int, Difference]:
            both = kept is not None
            return room.differences(kept, self.run.pdf(plan), pages) if both else {}

        seen = self._seen(old, kept, now.looks)
        if seen.looks != now.looks:
            facts = {"accepted": old.looks, "now": now.looks}
            self.unseen.append(remark("P210", Place(str(path), 4, 1), **facts))
        room.check(Subject(seen, now, str(path), self._copy(), differences), tell)

    def _seen(self, old: Layout, kept: bytes | None, seer: str) -> Layout:
        """Return an accepted layout with looks seen by `seer`, where its pages are kept."""
        if old.looks == seer or kept is None:
            return old
        looks = (*self._looks(kept), *([""] * len(old.leaves)))
        leaves = (replace(one, look=look) for one, look in zip(old.leaves, looks, strict=False))
        return replace(old, leaves=tuple(leaves), looks=seer)

    def _looks(self, data: bytes) -> Sequence[str]:
        cache, key = self.run.tools.cache, digest("looks", house(), room.seer(), sha256(data))
        kept = cache.get(key)
        if kept is not None and isinstance(kept.facts.get("looks"), list):
            return [str(look) for look in kept.facts["looks"]]
        looks = room.looks(data)
        cache.put(key, b"", {"looks": list(looks)})
        return looks

    def _kept(self, layout: Layout) -> bytes | None:
        kept = self.run.tools.cache.get(_key(layout))
        return None if kept is None else kept.data

    def _copy(self) -> Mapping[str, str]:
        return {name(file, self.run.series): file for file in self.run.shelf.files}


def printed(plans: Iterable[Plan]) -> list[Plan]:
    """Return the plans whose products have pages."""
    return [plan for plan in plans if plan.file.endswith(".pdf")]


def name(file: str, series: Series) -> str:
    """Return what a file of copy is called in layouts: its path as seen from series.toml."""
    path = Path(file)
    inside = path.is_relative_to(series.folder)
    return path.relative_to(series.folder).as_posix() if inside else portable(path, series)


def same(old: Layout, now: Layout) -> bool:
    """Say whether nothing has changed but, perhaps, the lines of the copy that blocks begin on."""
    text = room.write(now)
    return text in (room.write(old), room.write(room.renumbered(old, now)))


def _key(layout: Layout) -> str:
    return digest("accepted", room.write(layout))


def _differs(old: Layout, now: Layout, page: int) -> bool:
    """Say whether a page is another one; by its text, where looks cannot be compared."""
    if page > min(len(old.leaves), len(now.leaves)):
        return True
    before, after = old.leaves[page - 1], now.leaves[page - 1]
    if old.looks != now.looks or not (before.look and after.look):
        return before.words != after.words
    return before.look != after.look


def _stray(file: Path) -> Diagnostic:
    """Return what to say of a file in the folder that is of no product."""
    try:
        product = room.read(read(file), str(file)).product
    except Fatal as fatal:
        return fatal.diagnostic
    return remark("P206", Place(str(file)), product=product)
