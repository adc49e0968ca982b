"""One finding on the page for editors: its words, its place in the copy and on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from watchpress.diagnostic import Diagnostic
from watchpress.formats.html.markup import Node, Piece, node
from watchpress.formats.html.pictures import Pictures
from watchpress.language.excerpt import excerpt
from watchpress.language.findings import label
from watchpress.view import Image, PageOf, Seen, View


@dataclass
class Desk:
    """What lies on an editor's desk: what is shown, how, and what the page calls it.

    `ids`: of findings, `pages` and `changes`: of pages in the sections of that name.
    """

    view: View
    ids: Mapping[Diagnostic, str]
    pages: Mapping[PageOf, str]
    changes: Mapping[PageOf, str]
    pictures: Pictures = field(default_factory=Pictures)

    def say(self, key: str, **facts: object) -> str:
        """Return the words of the page for `key`."""
        return label(self.view.tongue, key, **facts)

    def image(self, seen: Seen | None) -> Image | None:
        """Return the picture of the page that something is seen on."""
        return self.view.sights.images.get((seen.product, seen.page)) if seen else None


def facets(finding: Diagnostic, view: View) -> dict[str, str]:
    """Return what the filters ask of a finding; "" where it has nothing of the kind."""
    seen, facts = view.sights.seen(finding), view.facts(finding)
    return {
        "severity": finding.severity,
        "code": finding.code,
        "language": facts.get("lang", ""),
        "report": str(facts.get("report", "")),
        "product": view.product(finding) or (seen.product if seen else ""),
    }


def article(finding: Diagnostic, desk: Desk) -> Node:
    """Return the article of a finding."""
    view, name = desk.view, desk.ids[finding]
    data: dict[str, object] = {f"data_{k}": value for k, value in facets(finding, view).items()}
    heading = node(
        "h3",
        node(f"span.severity {finding.severity}", desk.say(finding.severity)),
        " ",
        finding.say("words", view.tongue),
        id=f"{name}-h",
    )
    words = node("div.words", heading, _place(finding, desk), *_shown(finding, desk))
    words.append(_explained(finding, view.tongue, desk))
    data |= {"id": name, "aria_labelledby": f"{name}-h"}
    return node("article.finding", words, _thumb(finding, desk), **data)


def _place(finding: Diagnostic, desk: Desk) -> Node:
    """Return where a finding is: in the copy, and on which page."""
    place, seen = finding.place, desk.view.sights.seen(finding)
    parts: list[Piece] = [node("code", node("bdi", str(place)), translate="no")]
    if place.line:
        where = desk.say("line", line=place.line, column=place.column)
        parts += [" ", node("span.spoken", where)]
    if seen and desk.image(seen) is None:
        words = desk.say("page", product=seen.product, page=seen.page)
        parts += [" ", node("span.page", node("bdi", words))]
    elif finding.page and seen is None:
        parts += [" ", node("span.page", desk.say("page-alone", page=finding.page))]
    return node("p.place", *parts)


def _shown(finding: Diagnostic, desk: Desk) -> list[Piece]:
    """Return the line of the copy, and what is printed, seen from near."""
    seen, image = desk.view.sights.seen(finding), desk.image(desk.view.sights.seen(finding))
    parts: list[Piece] = [_excerpt(finding, desk.view)]
    if seen and image and seen.box:
        words = desk.say("alt-close", product=seen.product, page=seen.page)
        parts.append(node("div.near", desk.pictures.near(image, words, seen.box)))
    return parts


def _excerpt(finding: Diagnostic, view: View) -> Piece:
    place = finding.place
    found = excerpt(view.lines.get(place.file, ()), place.line, place.column)
    if found is None or not (found.before + found.after).strip():
        return None
    marked = _length(finding, found.after)
    left, right = "…" if found.more_before else "", "…" if found.more_after else ""
    point = node("mark", found.after[:marked])
    _, language = view.reports.get(place.file, (0, None))
    number = node("span.row", str(place.line), " ", aria_hidden="true")
    text = node("span", left + found.before, point, found.after[marked:] + right, lang=language)
    return node("pre.excerpt", number, text, dir="auto", translate="no")


def _length(finding: Diagnostic, after: str) -> int:
    """Return how many signs of the copy a finding is about: a fact that stands there, else one."""
    told = [len(fact) for _, fact in finding.facts if fact and after.startswith(fact)]
    if told:
        return max(told)
    length = 1
    while length < len(after) and unicodedata.combining(after[length]):
        length += 1
    return length


def _explained(finding: Diagnostic, tongue: str, desk: Desk) -> Node:
    name = node("span", finding.name, lang="en")
    return node(
        "details",
        node("summary", node("code", finding.code), " ", name),
        node("p", finding.say("why", tongue)),
        node("p", node("strong", desk.say("remedy")), " ", finding.say("fix", tongue)),
    )


def _thumb(finding: Diagnostic, desk: Desk) -> Piece:
    """Return the page that a finding is seen on, with its place marked."""
    seen = desk.view.sights.seen(finding)
    image = desk.image(seen)
    if seen is None or image is None:
        return None
    key = (seen.product, seen.page)
    facts = {"product": seen.product, "page": seen.page}
    picture = desk.pictures.page(
        image, desk.say("alt-marked" if seen.box else "alt", **facts), [(seen.box, "")]
    )
    caption = node("figcaption", node("bdi", desk.say("page", **facts)))
    if not finding.page:
        caption.append(node("p", desk.say("printed")))
    if key in desk.changes:
        caption.append(node("a", desk.say("compare"), href=f"#{desk.changes[key]}"))
    return node("figure.thumb", node("a", picture, href=f"#{desk.pages[key]}"), caption)
