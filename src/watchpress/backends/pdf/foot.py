"""What stands at the foot of a page - imprint, rights, colophon - and what if there is no room.

How many lines names and titles take is known when they are laid out: where a foot would then stand
on what is above it, the page is laid out again, set closer step by step (parts.css says how), at
last with its foot behind the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import chain
from typing import Any, Final

from weasyprint.document import Document
from weasyprint.layout.absolute import AbsolutePlaceholder

from watchpress.model.tree import Element

# The steps of each kind of part, as classes; each step keeps those before it.
STEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("crowded", "tight", "flowing"),
    "copyright": ("flowing",),
    "colophon": ("flowing",),
}
HAIR: Final = 0.1  # px


def settled(
    articles: Sequence[Element], lay: Callable[[Sequence[Element]], Document]
) -> tuple[Sequence[Element], Document]:
    """Return the articles as they were laid out in the end, by `lay`, and their layout."""
    document = lay(articles)
    steps = {article: iter(_steps(article)) for article in articles if _kind(article)}
    while steps and (crowded := _crowded(document)):
        closer = {
            article: step
            for article, left in steps.items()
            if article.get("id") in crowded and (step := next(left, ""))
        }
        if not closer:
            break
        articles, renewed = _closer(articles, closer)
        steps = {renewed.get(article, article): left for article, left in steps.items()}
        document = lay(articles)
    return articles, document


def _kind(article: Element) -> str:
    """Return the kind of a part that has a foot, "" for any other article."""
    return next((kind for kind in _classes(article) if kind in STEPS), "")


def _classes(article: Element) -> list[str]:
    return str(article.get("class")).split()


def _steps(article: Element) -> list[str]:
    return [step for step in STEPS[_kind(article)] if step not in _classes(article)]


def _closer(
    articles: Sequence[Element], steps: Mapping[Element, str]
) -> tuple[list[Element], dict[Element, Element]]:
    """Return the articles, those with a step as copies that have its class; and these by theirs."""
    renewed = {article: deepcopy(article) for article in steps}
    for article, step in steps.items():
        renewed[article].set("class", f"{article.get('class')} {step}")
    return [renewed.get(article, article) for article in articles], renewed


def _crowded(document: Document) -> set[str]:
    """Return the ids of the articles whose foot stands on other things, or on a second page."""
    seen, crowded = set[str](), set[str]()
    for box in _articles(document):
        name = str(box.element.get("id"))
        if name in seen or any(foot.position_y < _end(box) - HAIR for foot in _feet(box)):
            crowded.add(name)
        seen.add(name)
    return crowded


def _articles(document: Document) -> Iterator[Any]:
    for box in chain.from_iterable(page._page_box.descendants() for page in document.pages):
        if box.element_tag == "article":
            yield box


def _feet(article: Any) -> list[Any]:
    return [child for child in article.children if isinstance(child, AbsolutePlaceholder)]


def _end(article: Any) -> float:
    """Return where in px what stands in the flow of an article ends."""
    flow = [child for child in article.children if not isinstance(child, AbsolutePlaceholder)]
    ends = [float(child.position_y + child.margin_height()) for child in flow]
    return max(ends, default=float(article.content_box_y()))
