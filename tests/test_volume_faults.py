"""Faults planted into volumes: notes exchanged, lost, or leading elsewhere are found, all of them.

Between XML and product (the makers err), and in the finished product (the file is another one).
Both judges must see each: the proof, and the witness of the drawn volumes.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from unittest import mock

import pikepdf
import pytest
from lxml import etree

import witness
import witness_epub
import witness_pdf
from drawn_series import LAYOUTS, TAGS, Drawn, Sheet, compiler
from epub_reports import unpacked
from epub_volumes import book, proved
from watchpress.backends.epub.volume import write
from watchpress.build import volume as binder
from watchpress.catalog import Layout, Volume
from watchpress.checks.proof.verdict import Subject, check
from watchpress.diagnostic import Diagnostic, Fatal
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.volume import numbers
from watchpress.volume.plan import plan

Kind = Literal["pdf", "epub"]
READ = {"pdf": witness_pdf.streams, "epub": witness_epub.streams}


def drawn(layout: Layout) -> Drawn:
    """Return a volume in which every note has a text of its own and is called once or more."""
    sheets = tuple(Sheet(n, tag, 6, 40 + n) for n in (1, 2) for tag in TAGS[:2])
    at: Any = {"sequential": "report", "paired": "volume", "facing": "report"}[layout]
    return Drawn(TAGS[:2], sheets, layout, "continuous", at)


def codes(subject: Subject) -> set[str]:
    told: list[Diagnostic] = []
    check(subject, told.append)
    return {one.code for one in told}


def seen(volume: Volume, data: bytes, kind: Kind) -> bool:
    """Say whether the witness has something against a product."""
    try:
        witness.hold(volume, READ[kind](data))
    except AssertionError:
        return True
    return False


# -- the makers err ------------------------------------------------------------------------------


def _notes_of(change: Callable[[list[Any]], None]) -> Any:
    """Let each list of notes, below a report or at the end of a volume, be changed."""
    from watchpress.xhtml import article as xhtml
    from watchpress.xhtml import endnotes as at_end

    right = xhtml.endnotes

    def wrong(*given: Any) -> Any:
        section = right(*given)
        change(section.findall("ol/li"))
        return section

    stack = ExitStack()
    for room in (xhtml, at_end):
        stack.enter_context(mock.patch.object(room, "endnotes", wrong))
    return stack


def exchanged_notes() -> Any:
    """Let the first two notes of each report that say not the same have each other's text."""

    def change(items: list[Any]) -> None:
        for one, two in pairwise(items):
            first, second = one.find("p"), two.find("p")
            if first.text != second.text:
                first.text, second.text = second.text, first.text
                return

    return _notes_of(change)


def dropped_note() -> Any:
    """Let the last note of each report be left out."""
    return _notes_of(lambda items: items[-1].getparent().remove(items[-1]))


def changed_address() -> Any:
    """Let the first address in the notes of each report lead elsewhere, its words unchanged."""

    def change(items: list[Any]) -> None:
        for link in (link for item in items for link in item.iterfind(".//a[@class='url']")):
            link.set("href", link.get("href").replace("/2021/", "/2022/"))
            return

    return _notes_of(change)


PLANTED: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "exchanged notes": (exchanged_notes, {"L102"}),
    "dropped note": (dropped_note, {"L107"}),
    "changed address": (changed_address, {"L104"}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", PLANTED)
def test_an_epub_that_was_made_wrongly_is_found(fault: str, layout: Layout) -> None:
    source = drawn(layout).volume
    made = numbers.number(source)[0]
    right = book(made)
    assert proved(made, right) == [] and not seen(source, right, "epub")
    plant, wanted = PLANTED[fault]
    with plant():
        wrong = book(made, silent=False)
    found = {one.code for one in proved(made, wrong)}
    assert found >= wanted, found
    assert seen(source, wrong, "epub")


def test_a_call_of_a_note_that_an_epub_has_not_is_told_at_its_place() -> None:
    made, told = numbers.number(drawn("paired").volume)[0], list[Diagnostic]()
    with dropped_note():
        write(made, plan(made), {}, Styles(), BytesIO(), told.append)
    assert {one.code for one in told} == {"F102"}
    reports = [report for entry in made.entries for report in entry.reports]
    found = [call for report in reports for call in report.findall(".//xref[@rid]")]
    calls = {call.get("rid"): tree.place(call) for call in reversed(found)}
    assert {one.place for one in told} == {calls[dict(one.facts)["anchor"]] for one in told}
    assert all(one.place.line for one in told)


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", PLANTED)
def test_a_pdf_that_was_made_wrongly_is_never_put_in_place(
    fault: str, layout: Layout, tmp_path: Path
) -> None:
    source, told = drawn(layout).volume, list[Diagnostic]()
    press = compiler(tmp_path)  # the pages of another test would be right ones
    plant, wanted = PLANTED[fault]
    with plant(), pytest.raises(Fatal) as caught:
        binder.pdf(source, Styles(), told.append, press, proof=True)
    assert caught.value.status == 5
    assert {one.code for one in (*told, caught.value.diagnostic)} >= wanted
    with plant():
        wrong = binder.pdf(source, Styles(), told.append, press, proof=False)
    assert seen(source, wrong.data, "pdf")


# -- the file is another one ---------------------------------------------------------------------


@dataclass(frozen=True)
class Product:
    """A volume in one form, and what the proof is given of it."""

    volume: Volume
    subject: Subject

    @property
    def data(self) -> bytes:
        return self.subject.product


_MADE: dict[tuple[str, Kind], Product] = {}


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Callable[[Layout, Kind], Product]:
    """Return what gives a proven volume; each is made once."""

    def product(layout: Layout, kind: Kind) -> Product:
        if (layout, kind) not in _MADE:
            volume, subjects = drawn(layout).volume, list[Subject]()
            for prove in ("prove", "prove_shared"):
                monkeypatch.setattr(binder, prove, lambda subject, *_: subjects.append(subject))
            maker = binder.pdf if kind == "pdf" else binder.epub
            maker(volume, Styles(), lambda _: None, compiler(None), proof=True)
            _MADE[layout, kind] = Product(volume, subjects[0])
        return _MADE[layout, kind]

    return product


def _links(pdf: pikepdf.Pdf, pages: Sequence[int], mark: str) -> list[Any]:
    """Return the links of some pages: `-fn` calls, `-r` ways back, `` addresses.

    Contents, sources and the like link to notes and sites too, and are not looked at by the proof.
    """
    links = [link for page in pages for link in pdf.pages[page].obj.get("/Annots", ())]
    if not mark:
        return [link for link in links if "/A" in link]
    return [link for link in links if "/Dest" in link and mark in str(link.Dest)]


def exchange(mark: str) -> Callable[[pikepdf.Pdf, Sequence[int], random.Random], None]:
    def change(pdf: pikepdf.Pdf, pages: Sequence[int], chance: random.Random) -> None:
        links = _links(pdf, pages, mark)
        one = chance.choice(links)
        two = chance.choice([link for link in links if link.Dest != one.Dest])
        one.Dest, two.Dest = pikepdf.String(str(two.Dest)), pikepdf.String(str(one.Dest))

    return change


def site(pdf: pikepdf.Pdf, pages: Sequence[int], chance: random.Random) -> None:
    link = chance.choice(_links(pdf, pages, ""))
    link.A.URI = pikepdf.String(str(link.A.URI).replace("/2021/", "/2022/"))


def unlink(mark: str) -> Callable[[pikepdf.Pdf, Sequence[int], random.Random], None]:
    def change(pdf: pikepdf.Pdf, pages: Sequence[int], chance: random.Random) -> None:
        link = chance.choice(_links(pdf, pages, mark))
        page = next(p for p in pdf.pages if link.objgen in _ids(p))
        kept = [one for one in page.obj.Annots if one.objgen != link.objgen]
        page.obj.Annots = pdf.make_indirect(pikepdf.Array(kept))

    return change


def _ids(page: Any) -> list[Any]:
    return [one.objgen for one in page.obj.get("/Annots", ())]


def lift(pdf: pikepdf.Pdf, pages: Sequence[int], chance: random.Random) -> None:
    """Let the landing of a note be that of the note before or behind it."""
    leaves = [list(leaf.Names) for leaf in pdf.Root.Names.Dests.Kids]
    names = {str(row[n]): row[n + 1] for row in leaves for n in range(0, len(row), 2)}
    called = {str(link.Dest) for link in _links(pdf, pages, "-fn")}
    one, two = chance.sample(sorted(called), 2)
    names[one][0], names[one][2], names[one][3] = (names[two][n] for n in (0, 2, 3))


IN_PDF: dict[str, tuple[Any, set[str]]] = {
    "two calls exchanged": (exchange("-fn"), {"L105"}),
    "two ways back exchanged": (exchange("-r"), {"L105"}),
    "an address changed": (site, {"L104"}),
    "a call without a link": (unlink("-fn"), {"L110"}),
    "a note without its way back": (unlink("-r"), {"L110", "L105", "L108"}),
    "an address without a link": (unlink(""), {"L110"}),
    "a note that lands at another": (lift, {"L105"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", IN_PDF)
def test_a_changed_pdf_is_found(
    fault: str, layout: Layout, make: Callable[[Layout, Kind], Product]
) -> None:
    right = make(layout, "pdf")
    assert not seen(right.volume, right.data, "pdf")
    change, wanted = IN_PDF[fault]
    for seed in range(2):
        out = BytesIO()
        with pikepdf.open(BytesIO(right.data)) as pdf:
            change(pdf, right.subject.order, random.Random(seed))
            pdf.save(out)
        wrong = out.getvalue()
        assert codes(replace(right.subject, product=wrong)) & wanted, (fault, seed)
        assert seen(right.volume, wrong, "pdf"), (fault, seed)


def elements(root: Any, path: str) -> Sequence[Any]:
    found: Sequence[Any] = root.findall(path.replace("//", "//{*}"))
    return found


def swapped(root: Any, chance: random.Random) -> None:
    """Exchange the numbers of two notes, and so what their calls lead to."""
    one, two = chance.sample(list(elements(root, ".//li[@value]")), 2)
    for key in ("id", "value"):
        ours, theirs = one.get(key), two.get(key)
        one.set(key, theirs)
        two.set(key, ours)


def dropped(root: Any, chance: random.Random) -> None:
    item = chance.choice(elements(root, ".//li[@value]"))
    item.getparent().remove(item)


def elsewhere(root: Any, chance: random.Random) -> None:
    link = chance.choice(elements(root, ".//a[@class='url']"))
    link.set("href", link.get("href").replace("/2021/", "/2022/"))


def recalled(root: Any, chance: random.Random) -> None:
    items = [str(item.get("id")) for item in elements(root, ".//li[@value]")]
    link = chance.choice(elements(root, ".//li[@value]//a[@role='doc-backlink']"))
    other = chance.choice([one for one in items if one != link.getparent().get("id")])
    link.set("href", f"#{other}")


IN_EPUB: dict[str, tuple[Any, set[str]]] = {
    "two notes exchanged": (swapped, {"L102", "L105"}),
    "a note dropped": (dropped, {"L107", "L105"}),
    "an address changed": (elsewhere, {"L104"}),
    "a way back to a note": (recalled, {"L105"}),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("fault", IN_EPUB)
def test_a_changed_epub_is_found(fault: str, layout: Layout) -> None:
    source = drawn(layout).volume
    made = numbers.number(source)[0]
    right, (change, wanted) = book(made), IN_EPUB[fault]
    for seed in range(6):
        wrong = rewritten(right, change, random.Random(seed))
        assert {one.code for one in proved(made, wrong)} & wanted, (fault, seed)
        assert seen(source, wrong, "epub"), (fault, seed)


def rewritten(data: bytes, change: Any, chance: random.Random) -> bytes:
    """Return an EPUB after a change to one of its documents that has notes."""
    files = unpacked(data)
    listed = [name for name, text in files.items() if b"doc-endnotes" in text]
    name = chance.choice([one for one in listed if one.endswith(".xhtml")])
    root = etree.fromstring(files[name])
    change(root, chance)
    files[name] = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry, text in files.items():
            archive.writestr(entry, text)
    return out.getvalue()
