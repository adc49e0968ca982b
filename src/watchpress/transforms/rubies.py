"""Readings that the series gives: set above a word where a report has it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from watchpress.model.tree import Element

_HOLDERS: Final = ("p", "italic", "bold", "named-content", "styled-content")


def apply(report: Element, readings: Mapping[str, str]) -> None:
    """Give each word of `readings` (word -> reading) its reading where the text has it first.

    Headings and notes are left alone, and a word that has a reading in the copy. Of words within
    one another the longer one counts.
    """
    body = report.find("body")
    assert body is not None, "the schema asks for a body"
    known = {ruby.findtext("rb") for ruby in body.iter("ruby")}
    for word in sorted(readings, key=len, reverse=True):
        if word not in known:
            _first(body, word, readings[word])


def _first(body: Element, word: str, reading: str) -> None:
    for event, node in etree.iterwalk(body, events=("start", "end")):
        parent = node.getparent()
        if event == "start" and node.tag in _HOLDERS and word in (node.text or ""):
            node.text, _, after = str(node.text).partition(word)
            node.insert(0, _ruby(word, reading, after))
            return
        inside = event == "end" and parent is not None and parent.tag in _HOLDERS
        if inside and parent is not None and word in (node.tail or ""):
            node.tail, _, after = str(node.tail).partition(word)
            parent.insert(parent.index(node) + 1, _ruby(word, reading, after))
            return


def _ruby(word: str, reading: str, tail: str) -> Element:
    ruby = etree.Element("ruby")
    etree.SubElement(ruby, "rb").text = word
    etree.SubElement(ruby, "rt").text = reading
    ruby.tail = tail
    return ruby
