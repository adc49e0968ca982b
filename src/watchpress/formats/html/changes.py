"""Pages that have changed, and pages with findings: each picture large, with what is said of it."""

from __future__ import annotations

from collections.abc import Sequence

from watchpress.diagnostic import Diagnostic
from watchpress.formats.html.finding import Desk
from watchpress.formats.html.markup import Node, Piece, node
from watchpress.view import Box, Change, Image, PageOf


def changed(desk: Desk) -> Piece:
    """Return the section of pages that have changed, None where there are none."""
    changes = desk.view.sights.changes
    if not changes:
        return None
    heading = node("h2", desk.say("changes"), id="changes-h", tabindex="-1")
    more = desk.view.sights.more
    note = node("p.note", desk.say("more-changes", count=more)) if more else None
    made = [_change(one, f"c{count}", desk) for count, one in enumerate(changes, 1)]
    return node("section.changes", heading, note, *made, id="changes", aria_labelledby="changes-h")


def _change(change: Change, name: str, desk: Desk) -> Node:
    facts = {"product": change.product, "page": change.page}
    number, language = desk.view.holds.get(change.product, ("", ""))
    heading = node("h3", node("bdi", desk.say("page", **facts)), id=f"{name}-h")
    moved: Piece = None
    told = [finding for finding in change.moved if finding in desk.ids]
    if told:
        moved = node("ul", *(_item(finding, desk) for finding in told))
        moved = node("div.moved", node("h4", desk.say("moved")), moved)
    return node(
        "article.change", heading, _compared(change, name, desk), moved, id=name,
        aria_labelledby=f"{name}-h", data_product=change.product, data_report=number,
        data_language=language,
    )  # fmt: skip


def _compared(change: Change, name: str, desk: Desk) -> Node:
    """Return both pages, and the slider over them; without scripts they stand side by side."""
    facts: dict[str, object] = {"product": change.product, "page": change.page}
    lost = "no-before" if change.kept else "not-kept"
    before = _side(change.before, change.boxes, "before", lost, desk, **facts)
    after = _side(change.after, change.boxes, "after", "no-after", desk, **facts)
    both = change.before and change.after
    slider = _slider(name, desk.say("slider", **facts), desk) if both else None
    return node("div.compare", slider, node("div.stack", before, after))


def _slider(name: str, words: str, desk: Desk) -> Node:
    control = node(
        "input", id=f"{name}-r", type="range", min="0", max="100", value="50",
        aria_describedby=f"{name}-d", data_share=desk.say("share", share="{share}"),
    )  # fmt: skip
    ends = node("div.ends", node("span", desk.say("before")), node("span", desk.say("after")))
    hint = node("p", desk.say("slider-hint"), id=f"{name}-d")
    label = node("label.spoken", words, for_=f"{name}-r")
    return node("div.slider", label, hint, control, ends, hidden=True)


def _side(
    image: Image | None, boxes: Sequence[Box], which: str, missing: str, desk: Desk, **facts: object
) -> Node:
    """Return one of the two pages; `missing`: what is said where it cannot be shown."""
    caption = node("figcaption", desk.say(which))
    if image is None:
        return node(f"figure.{which}", node("p", desk.say(missing)), caption)
    picture = desk.pictures.page(image, desk.say(f"alt-{which}", **facts), [(b, "") for b in boxes])
    return node(f"figure.{which}", picture, caption)


def gallery(findings: Sequence[Diagnostic], desk: Desk) -> Piece:
    """Return the section of pages with findings, each with all its places marked."""
    if not desk.pages:
        return None
    on: dict[PageOf, list[Diagnostic]] = {key: [] for key in desk.pages}
    for finding in findings:
        seen = desk.view.sights.seen(finding)
        if seen and (seen.product, seen.page) in on:
            on[seen.product, seen.page].append(finding)
    heading = node("h2", desk.say("pages"), id="pages-h", tabindex="-1")
    unseen = desk.view.sights.unseen
    note = node("p.note", desk.say("unseen", count=unseen)) if unseen else None
    pages = node("div.sheets", *(_sheet(key, found, desk) for key, found in on.items()))
    return node("section.pages", heading, note, pages, id="pages", aria_labelledby="pages-h")


def _sheet(key: PageOf, findings: Sequence[Diagnostic], desk: Desk) -> Node:
    product, page = key
    view, name = desk.view, desk.pages[key]
    boxes = []
    for finding in findings:
        seen = view.sights.seen(finding)
        boxes.append((seen.box if seen else (), desk.ids[finding]))
    picture = desk.pictures.page(
        view.sights.images[key], desk.say("alt", product=product, page=page), boxes
    )
    links = [_item(finding, desk) for finding in findings]
    heading = node("h3", node("bdi", desk.say("page", product=product, page=page)), id=f"{name}-h")
    list_ = node("ul", *links, aria_label=desk.say("on-page"))
    return node(
        "article.sheet", heading, picture, list_, id=name, tabindex="-1",
        aria_labelledby=f"{name}-h",
    )  # fmt: skip


def _item(finding: Diagnostic, desk: Desk) -> Node:
    """Return the item of a list that leads to a finding; it is hidden along with that."""
    name, words = desk.ids[finding], f"{desk.say(finding.severity)} {finding.code} "
    link = node("a", words, finding.say("words", desk.view.tongue), href=f"#{name}")
    return node("li", link, data_for=name)
