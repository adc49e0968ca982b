"""Words of another language within a text, where their script shows which: marked with `lang`.

So the page takes their letters from the right font, a voice reads them in their own language, and
readers of EPUBs do both. Kana show Japanese, hangul Korean. Ideographs alone show nothing, and
neither do Latin letters: they stay in the language of the text around them.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from watchpress.language import scripts
from watchpress.model.tree import Element

SILENT: Final = frozenset({"ruby", "rt", "rb", "rp", "title"})


def mark(element: Element, language: str) -> None:
    """Wrap foreign words below an element into <span lang>; `language` is that of the element.

    Addresses are left alone, and what says its language itself.
    """
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        if not child.get("lang") and child.get("class") != "url" and child.tag not in SILENT:
            mark(child, language)
        _wrap(child.tail or "", language, element, child)
    _wrap(element.text or "", language, element, None)


def _wrap(text: str, language: str, parent: Element, before: Element | None) -> None:
    """Put spans into a text of `parent`: its own, or the one behind a child."""
    if text.isascii():
        return
    found = [run for run in scripts.foreign(text, language)]
    if not found:
        return
    place = 0 if before is None else parent.index(before) + 1
    start = found[0][0]
    if before is None:
        parent.text = text[:start]
    else:
        before.tail = text[:start]
    ends = [*(run[0] for run in found[1:]), len(text)]
    for offset, ((first, last, tag), end) in enumerate(zip(found, ends, strict=True)):
        span = etree.Element("span", {"lang": tag})
        span.text, span.tail = text[first:last], text[last:end]
        parent.insert(place + offset, span)
