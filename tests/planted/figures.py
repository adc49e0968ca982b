"""The figures of the planted defects: `PYTHONPATH=src:tests python -m planted.figures`."""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from pathlib import Path

from planted import pages, products, rows
from planted.rows import CLEAN, HERE, Verdict
from watchpress.diagnostic import codes

CASES = HERE.parent / "cases"
REPORTS = HERE.parents[1] / "reports"
RANDOM = {"notes": 150, "pages": 150}  # random plantings


def elsewhere() -> dict[str, tuple[str, str]]:
    """Return the codes that no copy can have: the file of cases that shows each, and why."""
    groups = tomllib.loads((HERE / "elsewhere.toml").read_text("utf-8"))["group"]
    return {code: (case, one["reason"]) for one in groups for code, case in one["codes"].items()}


def true() -> dict[tuple[str, str], str]:
    """Return what is rightly found in the sample series: code and place, and the reason."""
    told = tomllib.loads((HERE / "true.toml").read_text("utf-8"))["found"]
    return {(one["code"], place): one["reason"] for one in told for place in one["files"]}


def planted() -> Counter[str]:
    """Return how many plantings there are for each code."""
    count = Counter(row.code for row in rows.rows())
    count.update(one.code for _, one in products.plantings())
    count.update(list(pages.KINDS))
    return count


def lines(folder: Path) -> int:
    """Return how many lines of copy are not blank."""
    texts = (path.read_text("utf-8") for path in folder.glob("*/*.txt"))
    return sum(bool(line.strip()) for text in texts for line in text.splitlines())


def sentences() -> list[str]:
    """Return the figures as the README gives them, from the data alone."""
    count = planted()
    clean, sample = lines(CLEAN), lines(REPORTS)
    return [
        f"{len(codes())} codes; {len(count)} of them planted in clean copy, in a series or in a "
        f"product, {sum(count.values())} plantings: found {sum(count.values())}/"
        f"{sum(count.values())} at the right place",
        f"{len(elsewhere())} codes are about commands, disks and machines, or are accounts of what "
        "is left out: cases show them",
        f"{sum(RANDOM.values())} random plantings: {RANDOM['notes']} in notes, {RANDOM['pages']} "
        "in pages",
        f"false findings: 0 in {clean} lines of the clean series, 0 in {sample} lines of the "
        "sample series",
    ]


def _verdicts() -> list[tuple[str, Verdict | list[str]]]:
    made: list[tuple[str, Verdict | list[str]]] = []
    made += [(row.name, rows.verdict(row)) for row in rows.rows()]
    made += [(one.code, products.verdict(kind, one)) for kind, one in products.plantings()]
    made += [(kind, page_faults(kind)) for kind in pages.KINDS]
    return made


def page_faults(kind: str) -> list[str]:
    """Return what is amiss with the first planting of a kind in pages."""
    tag, spoiled = pages.planted(lambda choices: choices[len(choices) // 2], kind)
    found = pages.found(tag, spoiled)
    return [] if found == spoiled.wanted else [f"found {found}, not {spoiled.wanted}"]


def main() -> int:
    """Plant all, and print the counts; the status is 1 where anything is amiss."""
    os.environ["WATCHPRESS_LANG"] = "en"
    amiss: list[str] = []
    found = 0
    made = _verdicts()
    for name, verdict in made:
        faults = verdict if isinstance(verdict, list) else verdict.faults
        found += not faults
        amiss += [f"{name}: {fault}" for fault in faults]
    wrong = sum("wrong place" in one for one in amiss)
    beside = sum("found beside" in one for one in amiss)
    told = [
        f"codes          {len(codes())}",
        f"planted        {len(planted())} codes, {len(made)} plantings",
        f"elsewhere      {len(elsewhere())} codes",
        f"found          {found}/{len(made)}",
        f"wrong place    {wrong}",
        f"found beside   {beside}",
        f"lines          {lines(CLEAN)} clean, {lines(REPORTS)} of the sample series",
        *amiss,
    ]
    sys.stdout.write("\n".join([*told, ""]))
    return 1 if amiss else 0


if __name__ == "__main__":
    sys.exit(main())
