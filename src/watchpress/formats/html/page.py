"""The page as a whole: its head, the filters, the files with their findings, the pages.

Nothing is asked of the network: style and script stand in the file, and its policy lets nothing but
these two run (by their hashes: Content Security Policy Level 3, 2.3.1). All is shown without
scripts, only the filters and sliders want them.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from watchpress.diagnostic import SEVERITIES, Diagnostic
from watchpress.formats.html.changes import changed, gallery
from watchpress.formats.html.finding import Desk, article, facets
from watchpress.formats.html.markup import Node, Piece, node, serialize
from watchpress.language.words import LANGUAGES
from watchpress.view import PageOf, View

HERE: Final = Path(__file__).parent
CHOICES: Final = ("code", "language", "report", "product")


def render(findings: Sequence[Diagnostic], view: View) -> str:
    """Return a page in HTML with all findings in their order, grouped by file."""
    findings = list(dict.fromkeys(findings))
    desk = _desk(findings, view)
    script = HERE.joinpath("page.js").read_text("utf-8")
    body = node(
        "body",
        node("a.skip", desk.say("skip"), href="#findings"),
        _header(findings, desk),
        _filters(findings, desk) if findings else None,
        node("div.columns", *_columns(findings, desk)),
        node("script", script),
    )
    body.insert(1, desk.pictures.store())
    return serialize(node("html", _head(findings, desk, script), body, lang=view.tongue))


def _desk(findings: Sequence[Diagnostic], view: View) -> Desk:
    pages: dict[PageOf, str] = {}
    for finding in findings:
        seen = view.sights.seen(finding)
        if seen and (seen.product, seen.page) in view.sights.images:
            pages.setdefault((seen.product, seen.page), f"p{len(pages) + 1}")
    ids = {finding: f"n{count}" for count, finding in enumerate(findings, 1)}
    numbered = enumerate(view.sights.changes, 1)
    changes = {(one.product, one.page): f"c{count}" for count, one in numbered}
    return Desk(view, ids, pages, changes)


def _head(findings: Sequence[Diagnostic], desk: Desk, script: str) -> Node:
    style = HERE.joinpath("page.css").read_text("utf-8")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; "
        f"script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )
    title = f"{desk.say('summary', count=len(findings))} - watchpress"
    return node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=policy),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("meta", name="color-scheme", content="light dark"),
        node("title", title),
        node("style", style),
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _header(findings: Sequence[Diagnostic], desk: Desk) -> Node:
    counts = Counter(finding.severity for finding in findings)
    totals = (
        node("li", node(f"span.severity {one}", desk.say(one)), f" {counts[one]}")
        for one in SEVERITIES
        if counts[one]
    )
    if not findings:
        return node("header", node("h1", desk.say("title")), node("p", desk.say("none")))
    heading = node("h1", desk.say("summary", count=len(findings)))
    return node("header", heading, node("ul", *totals))


# -- Filters ---------------------------------------------------------------------------------------


def _filters(findings: Sequence[Diagnostic], desk: Desk) -> Node:
    asked = [facets(finding, desk.view) for finding in findings]
    boxes = [_box(one, desk) for one in SEVERITIES if any(a["severity"] == one for a in asked)]
    legend = node("legend", desk.say("severity"))
    choices = (_choice(key, Counter(one[key] for one in asked), desk) for key in CHOICES)
    shown = desk.say("shown", shown="{shown}", all="{all}")
    status = node("p.status", role="status", aria_live="polite", data_shown=shown)
    toggle = node(
        "button.toggle", desk.say("filters"), type="button", aria_expanded="false",
        aria_controls="panel",
    )  # fmt: skip
    reset = node("button.reset", desk.say("reset"), type="button")
    panel = node("div.panel", node("fieldset", legend, *boxes), *choices, reset, id="panel")
    top = node("div.top", status, toggle)
    return node("form.filters", top, panel, role="search", aria_label=desk.say("filters"),
                hidden=True, autocomplete="off")  # fmt: skip


def _box(severity: str, desk: Desk) -> Node:
    name = f"s-{severity}"
    box = node("input", id=name, type="checkbox", name="severity", value=severity, checked=True)
    words = node(f"span.severity {severity}", desk.say(severity))
    return node("label", box, " ", words, for_=name)


def _choice(key: str, counts: Counter[str], desk: Desk) -> Node:
    options = [node("option", desk.say("all"), value="")]
    for value in sorted(counts, key=lambda one: (not one, len(one) if one.isdigit() else 0, one)):
        words, language = _named(key, value, desk)
        said = f"{words} ({counts[value]})"
        options.append(node("option", said, value=value or "-", lang=language, data_words=words))
    select = node("select", *options, id=f"s-{key}", name=key)
    return node("div.choice", node("label", desk.say(key), for_=f"s-{key}"), select)


def _named(key: str, value: str, desk: Desk) -> tuple[str, str | None]:
    """Return the words of a choice, and their language where it is another than the page's."""
    if key == "language" and value in LANGUAGES:
        return LANGUAGES[value].name, value
    return value or desk.say("without"), None


# -- Files -----------------------------------------------------------------------------------------


def _columns(findings: Sequence[Diagnostic], desk: Desk) -> Iterator[Piece]:
    files = [
        (file, list(group))
        for file, group in groupby(sorted(findings), key=lambda finding: finding.place.file)
    ]
    sections: list[Piece] = [
        _file(file, group, f"f{count}", desk) for count, (file, group) in enumerate(files, 1)
    ]
    changes, pages = changed(desk), gallery(sorted(findings), desk)
    unmatched = node("p.unmatched", desk.say("unmatched"), hidden=True)
    main = node("main", unmatched, *sections, changes, pages, id="findings", tabindex="-1")
    yield _contents(files, changes, pages, desk)
    yield main


def _contents(
    files: Sequence[tuple[str, list[Diagnostic]]], changes: Piece, pages: Piece, desk: Desk
) -> Piece:
    items = []
    for count, (file, group) in enumerate(files, 1):
        number = node("span.count", str(len(group)), data_of=f"f{count}")
        link = node("a", node("bdi", file, translate="no"), " ", number, href=f"#f{count}")
        items.append(node("li", link))
    for name, section in (("changes", changes), ("pages", pages)):
        if section is not None:
            items.append(node("li", node("a", desk.say(name), href=f"#{name}")))
    if not items:
        return None
    title = node("summary", node("h2", desk.say("contents"), id="contents-h"))
    folded = node("details", title, node("ol", *items), open=True)
    return node("nav", folded, aria_labelledby="contents-h")


def _file(file: str, findings: Sequence[Diagnostic], name: str, desk: Desk) -> Node:
    note: Piece = None
    if file in desk.view.reports:
        number, tag = desk.view.reports[file]
        language = _named("language", tag, desk)[0]
        note = node("p.about", desk.say("about", number=number, language=language))
    heading = node("h2", node("bdi", file, translate="no"), id=f"{name}-h", tabindex="-1")
    made = [article(finding, desk) for finding in findings]
    return node(
        "section.file", node("div.title", heading, note), *made, id=name,
        aria_labelledby=f"{name}-h",
    )  # fmt: skip
