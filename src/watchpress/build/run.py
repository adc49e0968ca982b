"""One build under way: what stands is left alone, what was made is put back, the rest is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from watchpress import files
from watchpress.build import products
from watchpress.build.binder import Bound, closed, opened
from watchpress.build.bindery import Bindery, Outcome, Tools, came
from watchpress.build.cache import Kept, pack, sha256, squeezed, unpack, unsqueezed
from watchpress.build.make import Made, Single, make
from watchpress.build.manifest import Manifest, Product
from watchpress.build.pool import Result
from watchpress.build.products import SPECIMEN, Plan
from watchpress.build.rows import Row, State
from watchpress.build.shelf import Shelf
from watchpress.build.told import told
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.galley import Galley
from watchpress.series import select
from watchpress.series.load import Series
from watchpress.series.waive import Waivers

ERRORS: Final = 1  # exit status: findings


@dataclass
class Run:
    """One build under way; unless `put`, what is made is only kept, and dist/ stays as it is."""

    series: Series
    shelf: Shelf
    tools: Tools
    manifest: Manifest
    strict: bool
    proof: bool
    put: bool = True
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.waivers = Waivers(self.series, self.shelf.files)
        self.names = products.names(self.series, self.shelf)
        self.rows: dict[str, Row] = {}
        self.intents: dict[str, str] = {}  # product -> the hash of the profile it is made for
        self.status = 0

    def all(self, plans: Sequence[Plan], *, partly: bool) -> list[Row]:
        """Make what is planned, and list it; return a row for each, in the order of the plans.

        What is no longer planned is removed, unless only some editions were asked for (`partly`).
        `status` is 6 where the manifest could not be put. Raises Fatal D104 (status 6) where dist/
        takes no files: then nothing is made.
        """
        files.ready(self.manifest.folder)
        rows = self.make(plans)
        if not partly:
            self._clear({plan.file for plan in plans})
        try:
            self.manifest.write()
        except Fatal as fatal:
            self.found.append(fatal.diagnostic)
            self.status = fatal.status
        return rows

    def make(self, plans: Sequence[Plan]) -> list[Row]:
        """Make what is planned; return a row for each, in the order of the plans."""
        self.tools.progress.expect(len(plans))
        left = [plan for plan in plans if not self._settled(plan)]
        self._singles([plan for plan in left if plan.bound is None])
        self._volumes([plan for plan in left if plan.bound is not None])
        return [self.rows[plan.file] for plan in plans]

    def findings(
        self, *, partly: bool, looked: Collection[str] | None = None
    ) -> Iterable[Diagnostic]:
        """Return what was found in copy and products, but for what is waived.

        `looked`: first letters of the codes that were looked for, all where it is None; only these
        can say that a waiver is of no use.
        """
        return told(self.series, self.shelf, self.waivers, self.found, partly=partly, looked=looked)

    def galley(self, plan: Plan) -> Galley | None:
        """Return what is printed where in a product that stands, was kept or has been made.

        None where there is no such product, or where the cache has lost it.
        """
        kept = self._entry(plan)
        try:
            return None if kept is None else self._galley(kept)
        except (KeyError, TypeError, ValueError):
            return None  # of another shape than today's

    def pdf(self, plan: Plan) -> bytes | None:
        """Return the bytes of a product, from the cache or from dist/; None as `galley` does."""
        kept = self._entry(plan)
        if kept is not None:
            return kept.data
        there = any(self.manifest.standing(plan.file, key) for key in self._keys(plan))
        return (self.manifest.folder / plan.file).read_bytes() if there else None

    def _entry(self, plan: Plan) -> Kept | None:
        return next(filter(None, map(self.tools.cache.get, self._keys(plan))), None)

    def _galley(self, kept: Kept) -> Galley:
        back = {neutral: file for file, neutral in self.names.items()}
        return Galley.from_json(unsqueezed(kept.facts["galley"])).renamed(back)

    def _settled(self, plan: Plan) -> bool:
        """Say whether nothing is to be made for a plan: it cannot be, may not be, or has been."""
        refused = products.refused(plan, self.shelf)
        if refused:
            why = [finding for one in refused for finding in one.findings]
            self._row(plan, "refused", why, status=refused[0].status)
        elif self.strict and self._errors(self._read(plan)):
            self._row(plan, "held", [], status=ERRORS)
        else:
            return self._standing(plan) or self._kept(plan)
        return True

    def _read(self, plan: Plan) -> list[Diagnostic]:
        return [one for key in plan.keys for one in self.shelf.reads[key].findings]

    def _errors(self, findings: Iterable[Diagnostic]) -> bool:
        return any(one.severity == "error" for one in self.waivers.kept(findings))

    def _key(self, plan: Plan, *, proof: bool) -> str:
        known, makers = self.intents, self.tools.makers
        if plan.file not in known:
            known[plan.file] = products.intent(self.series, plan.edition)
        intent = known[plan.file]
        return products.key(plan, self.series, self.shelf, makers, proof=proof, intent=intent)

    def _changed(self, plan: Plan) -> str:
        """Return what a product is made with and is another file since the run began, or ""."""
        if sheet := self.tools.makers.changed():
            return f"styles/{sheet}"
        same = products.intent(self.series, plan.edition) == self.intents[plan.file]
        return "" if same else Path(select.press(self.series, plan.edition).intent).name

    def _keys(self, plan: Plan) -> list[str]:
        """Return the keys a product may have been made by: proved is as good as not proved."""
        if products.refused(plan, self.shelf):
            return []
        return [self._key(plan, proof=proof) for proof in {True, self.proof}]

    def _standing(self, plan: Plan) -> bool:
        """Leave alone what stands in dist/ and was made of the same."""
        for key in self._keys(plan):
            there = self.manifest.standing(plan.file, key)
            if there:
                findings = list(unpack(there.findings, self.names))
                self.found += findings
                self._row(plan, "unchanged", findings, pages=there.pages, size=there.size)
                return True
        return False

    def _kept(self, plan: Plan) -> bool:
        """Put back what was made before and is no longer there."""
        for key in self._keys(plan):
            kept = self.tools.cache.get(key)
            outcome = self._restored(kept) if kept else None
            if outcome:
                self._put(plan, key, replace(outcome, state="cached", asked=1, hits=1))
                return True
        return False

    def _restored(self, kept: Kept) -> Outcome | None:
        facts = kept.facts
        try:
            pages, papers = facts["pages"], opened(facts["papers"])
            bound = Bound(kept.data, pages, papers, self._galley(kept))
            return Outcome(bound, unpack(facts["findings"], self.names))
        except (KeyError, TypeError, ValueError):
            return None  # of another shape than today's: made again

    def _singles(self, plans: Sequence[Plan]) -> None:
        """Make the products of single reports in several processes; each is put when done."""
        tasks = [(plan.file, self._single(plan)) for plan in plans]

        def done(number: int, result: Result[Made]) -> None:
            self._finish(plans[number], came(result))

        self.tools.pool.run(make, tasks, done)

    def _volumes(self, plans: Sequence[Plan]) -> None:
        """Make what is of volumes, one after the other; the offprints of an edition together."""
        bindery = Bindery(self.series, self.shelf, self.tools, self.proof)
        for _, group in groupby(plans, key=lambda plan: plan.edition.name):
            same = list(group)
            if same[0].edition.format == "offprint":
                for plan, outcome in bindery.offprints(same):
                    self._finish(plan, outcome)
            else:
                for plan in same:
                    self._finish(plan, bindery.product(plan))

    def _single(self, plan: Plan) -> Single:
        read = self.shelf.reads[plan.keys[0]]
        return Single(
            file=plan.file,
            format=plan.edition.format,
            xml=read.xml,
            trim=plan.edition.trim,
            profile=plan.edition.profile,
            findings=read.findings,
            styles=self.tools.makers.styles,
            proof=self.proof,
            press=select.press(self.series, plan.edition),
            fonts=plan.edition.fonts,
            theme=select.theme(self.series, plan.edition),
            limits=self.series.config.limits.plain,
        )

    def _finish(self, plan: Plan, outcome: Outcome) -> None:
        """Keep what was made for the next run, and put it in its place."""
        outcome = outcome.of(plan.file, self._changed(plan))
        if outcome.faults:
            self.found += [*outcome.findings, *outcome.faults]
            findings = [*outcome.findings, *outcome.faults]
            self._row(plan, "failed", findings, seconds=outcome.seconds, status=outcome.status)
            return
        key = self._key(plan, proof=self.proof)
        facts = {
            "pages": outcome.bound.pages,
            "papers": closed(outcome.bound.papers),
            "galley": squeezed(outcome.bound.galley.renamed(self.names).to_json()),
            "findings": pack(outcome.findings, self.names),
        }
        self.tools.cache.put(key, outcome.bound.data, facts)
        self._put(plan, key, outcome)

    def _put(self, plan: Plan, key: str, outcome: Outcome) -> None:
        """Put a product in its place, unless an error in it is one too many."""
        bound, findings = outcome.bound, list(outcome.findings)
        self.found += findings
        figures = {"seconds": outcome.seconds, "asked": outcome.asked, "hits": outcome.hits}
        if self.strict and self._errors(findings):
            self._row(plan, "held", findings, **figures, status=ERRORS)
            return
        try:
            for suffix, paper in bound.papers.items() if self.put else ():
                file = f"{plan.file.removesuffix(plan.edition.format)}{suffix}"
                data = paper if isinstance(paper, bytes) else paper.encode()
                self._enter(plan, key, file, data, Bound(b""), [])
            if self.put:
                self._enter(plan, key, plan.file, bound.data, bound, findings)
                self.manifest.keep()
        except Fatal as fatal:
            self.found.append(fatal.diagnostic)
            self._row(plan, "failed", [*findings, fatal.diagnostic], status=fatal.status)
        else:
            size = len(bound.data)
            self._row(plan, outcome.state, findings, pages=bound.pages, size=size, **figures)

    def _enter(
        self,
        plan: Plan,
        key: str,
        file: str,
        data: bytes,
        bound: Bound,
        findings: Sequence[Diagnostic],
    ) -> None:
        files.replace(self.manifest.folder / file, data)
        product = Product(
            file=file,
            edition=plan.edition.name,
            format=file.rpartition(".")[2],
            sha256=sha256(data),
            size=len(data),
            pages=bound.pages,
            key=key,
            maker="",
            inputs=products.inputs(plan, self.series, self.shelf, self.tools.makers),
            findings=pack(findings, self.names),
        )
        self.manifest.enter(product, self.tools.makers)

    def _row(
        self, plan: Plan, state: State, findings: Sequence[Diagnostic], **figures: Any
    ) -> None:
        """Take down what became of a plan, with the findings of its reports and its own."""
        read = [] if state == "refused" else self._read(plan)
        count = len(self.waivers.kept(dict.fromkeys((*read, *findings))))
        figures |= {"findings": count, "report": plan.only}
        self.rows[plan.file] = Row(plan.file, plan.edition.name, state, **figures)
        self.tools.progress.step()

    def _clear(self, planned: set[str]) -> None:
        """Remove what earlier runs made of copy and editions that are no more."""
        keys = {one.key for one in self.manifest.products.values() if one.file in planned}
        for file, product in list(self.manifest.products.items()):
            if file not in planned and product.key not in keys and product.edition != SPECIMEN:
                self.manifest.drop(file)
