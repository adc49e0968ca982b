"""Elements that are alike share one style: a repair of WeasyPrint 70, installed when imported.

WeasyPrint means to compute the style of like elements once. But it parses `lang` and `id` of each
element anew, holds what it gets to be a style of its own, and so computes every style anew: all
properties of each element, those of its markers and footnote calls that nobody asks for, and those
of each page. Here like declarations are one, an `id` makes no other style (Named), and elements
that a style sheet makes, and pages, share theirs too. A third of the time of an index goes into
this else, a tenth of that of a report.

Of weasyprint.css this room replaces `StyleFor` and `find_style_attributes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import tinycss2
from weasyprint import css
from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.css.validation import preprocess_declarations
from weasyprint.layout.page import PageType

ANCHOR: Final = "-weasy-anchor"

_find = css.find_style_attributes


class Named(ComputedStyle):  # type: ignore[misc]
    """The style of an element with an id: but for the anchor that of its like."""

    def __init__(self, shared: ComputedStyle, anchor: str) -> None:
        self.__dict__.update(vars(shared))
        self.shared = shared
        self["anchor"] = anchor

    @property
    def anonymous_style(self) -> Any:
        """The style of anonymous boxes in the element: anchors are not inherited."""
        return self.shared.anonymous_style

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.shared[key]
        return value

    def copy(self) -> ComputedStyle:
        """Return a style that whoever asks may change."""
        made = self.shared.copy()
        made.update(self)
        return made


class Shared(StyleFor):  # type: ignore[misc]
    """The styles of a document, each computed once."""

    def __init__(self, html: Any, *given: Any) -> None:
        self._alike: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        super().__init__(html, *given)
        *_, collector = given
        styles = self.get_computed_styles()
        for element, anchor in _anchors(html):
            styles[element, None] = Named(styles[element, None], anchor)
            if collector and anchor:
                collector.collect_anchor(anchor)

    def set_computed_styles(
        self, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any
    ) -> None:
        """Do what WeasyPrint's does; pseudo-elements and pages that are alike share their style."""
        page = isinstance(element, PageType)
        if not pseudo_type and not page:  # elements: WeasyPrint asks for each kind once
            super().set_computed_styles(element, parent, root, pseudo_type, **more)
            return
        styles = self.get_computed_styles()
        cascaded = self.get_cascaded_styles().get((element, pseudo_type), {})
        said = ((name, id(value), *by[:2], *by[2]) for name, (value, by) in cascaded.items())
        first = self.initial_page_sizes["box"] is None  # nothing can be measured by a page yet
        key = (id(styles[parent, None]), pseudo_type, first, *said)
        if key not in self._alike:
            super().set_computed_styles(element, parent, root, pseudo_type, **more)
            # What the key has the addresses of is kept, or others might come to lie there.
            self._alike[key] = styles[element, pseudo_type], cascaded
        styles[element, pseudo_type], _ = self._alike[key]


def find(tree: Any, *given: Any) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield what WeasyPrint's function does, anchors left out; like declarations are one.

    WeasyPrint tells elements apart by the last declarations of each: those of an element that has
    several are one only with those behind the same ones.
    """
    known: dict[str, Any] = {}
    last, before = None, ""
    for specificity, element, declarations, base in _find(tree, *given):
        said = tinycss2.serialize(declarations)
        if said.startswith(ANCHOR):
            continue
        before = f"{before};{said}" if element is last else said
        last = element
        yield specificity, element, known.setdefault(before, declarations), base


def _anchors(html: Any) -> Iterator[tuple[Any, str]]:
    """Yield the elements that are anchors, each with its name."""
    found = {}
    for _, element, declarations, base in _find(html.etree_element):
        if tinycss2.serialize(declarations).startswith(ANCHOR):
            for _, anchor, _ in preprocess_declarations(base, declarations):
                found[element] = anchor
    yield from found.items()


css.StyleFor, css.find_style_attributes = Shared, find
