"""What the package says of accessibility: read off the pages, and nothing claimed beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from watchpress.backends.epub.package import Fact
from watchpress.language.words import words
from watchpress.model.tree import Element

# `mute`: there is a picture without words for it.
Trait: TypeAlias = Literal["notes", "tables", "pictures", "mute", "ruby", "index", "pages"]
Traits: TypeAlias = frozenset[Trait]

_PATHS: Final[dict[Trait, str]] = {
    "notes": ".//a[@role='doc-noteref'][@href]",
    "tables": ".//figure//th",
    "pictures": ".//figure//img",
    "ruby": ".//ruby",
}
# Schema.org Accessibility Properties for Discoverability Vocabulary. Each of these is true by the
# way the pages are made: contents, headings in order, one order of reading, roles, no fixed layout.
_ALWAYS: Final = (
    "tableOfContents",
    "structuralNavigation",
    "readingOrder",
    "ARIA",
    "displayTransformability",
)
_FEATURES: Final[dict[Trait, tuple[str, ...]]] = {
    "ruby": ("rubyAnnotations",),
    "index": ("index",),
    "pages": ("pageBreakMarkers", "pageNavigation"),
}
# What the summary says, in this order: words of the language called summary-...
_SAID: Final[tuple[Trait, ...]] = ("notes", "tables", "pictures", "mute", "index", "pages")


def traits(section: Element) -> Traits:
    """Return what of interest is in a section of XHTML (without its namespace)."""
    found = {trait for trait, path in _PATHS.items() if section.find(path) is not None}
    if any(not str(image.get("alt") or "").strip() for image in section.iterfind(".//img")):
        found.add("mute")
    return frozenset(found)


def facts(language: str, held: Traits) -> Iterator[Fact]:
    """Yield what EPUB Accessibility 1.1, 2.2 asks for of a book that holds this.

    No conformance to WCAG is claimed: the claim needs the name of who evaluated the book
    (a11y:certifiedBy, 4.3), and whether every foreign phrase of the copy is marked as such
    (WCAG 3.1.2) no program knows. A publisher who has checked may add both.
    """
    # A cover does not make a book visual: all its words stand in the text too.
    yield Fact("schema:accessMode", "textual")
    if "pictures" in held:
        yield Fact("schema:accessMode", "visual")
        yield Fact("schema:accessModeSufficient", "textual,visual")
    if "mute" not in held:
        yield Fact("schema:accessModeSufficient", "textual")
    for feature in _features(held):
        yield Fact("schema:accessibilityFeature", feature)
    yield Fact("schema:accessibilityHazard", "none")
    yield Fact("schema:accessibilitySummary", _summary(language, held))


def _features(held: Traits) -> Iterator[str]:
    yield from _ALWAYS
    if "mute" not in held:  # the cover has words for it in any case
        yield "alternativeText"
    for trait, features in _FEATURES.items():
        if trait in held:
            yield from features


def _summary(language: str, held: Traits) -> str:
    speech = words(language)
    said = [speech.label("summary-text")]
    # A picture that nothing is said of makes what the others have no comfort.
    told = held - {"pictures"} if "mute" in held else held
    said += [speech.label(f"summary-{trait}") for trait in _SAID if trait in told]
    return (" " if speech.spaced else "").join(said)
