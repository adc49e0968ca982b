"""What is fuzzed: for each room that reads a function of bytes, which fails as the room does.

Allowed is a Fatal, that is a code with its words. Not allowed: any other exception, a letter that
is in neither the XML nor a listed loss, XML of ours that the schema refuses, another answer the
second time, more than `SECONDS` of the processor's time.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time
from typing import Final, TypeAlias

from fuzz.trees import grown
from hostile import fidelity
from watchpress.build import report as build
from watchpress.catalog import Source
from watchpress.diagnostic import Diagnostic, Fatal, Place
from watchpress.files import Styles
from watchpress.model import ledger, schema, tree
from watchpress.model.tree import AS, Element
from watchpress.readers.plain import reader
from watchpress.series import load, sheets, themes
from watchpress.transforms import mentions, notes

Target: TypeAlias = Callable[[bytes], None]
SECONDS: Final = 5.0  # for what is at most some kB
_KNOWN: Final[Sequence[str | None]] = (None, "en", "ja", "ko")


def tried(target: str, data: bytes) -> None:
    """Give `data` to a target; any exception that comes out is a fault of watchpress."""
    started = process_time()
    TARGETS[target](data)
    used = process_time() - started
    assert used < SECONDS, f"a hang: {used:.1f} s"


# -- Plain copy ------------------------------------------------------------------------------------


def plain(data: bytes) -> None:
    """Read copy; its first byte says whether its keeper knows number, date and headline."""
    tag = _KNOWN[data[0] % 4] if data else None
    source = Source(Path("031.txt"))
    if tag is not None:
        source = Source(source.path, tag, 31, date(2021, 6, 12), "The Quay")
    copy = data[1:]
    if b"<" in copy.replace(b"\0", b"")[:80]:
        return  # XML or HTML, or as good as: not for this reader
    one, other = _read(source, copy), _read(source, copy)
    assert one == other, "another answer the second time"
    _accounted(source, copy)
    wrong = [said for said in one[1] if said.startswith(("M1", "R901"))]
    assert not wrong, wrong


def _read(source: Source, data: bytes) -> tuple[bytes, list[str]]:
    """Return the report that is made, as XML, with what was said."""
    said: list[Diagnostic] = []
    try:
        made = tree.serialize(build.report(source, said.append, data).report)
    except Fatal as fatal:
        said.append(fatal.diagnostic)
        made = b""
    return made, [f"{one.code} {one.place} {one.say()}" for one in said]


def _accounted(source: Source, data: bytes) -> None:
    """Count letters from outside, where nobody can be in doubt of how the bytes are meant."""
    said: list[Diagnostic] = []
    try:
        text = data.decode("utf-8-sig")
        reading = reader.read(source, said.append, data)
    except (UnicodeDecodeError, Fatal):
        return
    if "R001" in {one.code for one in said}:  # read in another encoding, and told
        return
    lost = "".join(one.text for one in reading.losses)
    gone = _letters(text) - _letters(lost) - _letters(fidelity.xml(tree.serialize(reading.report)))
    assert not gone, f"neither in the XML nor in a loss: {gone}"


def _letters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFC", text).split()))


# -- XML -------------------------------------------------------------------------------------------


def xml(data: bytes) -> None:
    """Read XML; what is made of it is read again as it is, and says the same."""
    source = Source(Path("031.xml"))
    if b"<" not in data[:64]:
        return  # that is plain copy to all who ask
    one, other = _read(source, data), _read(source, data)
    assert one == other, "another answer the second time"
    if one[0]:
        again = _read(source, one[0])
        assert again[0] == one[0], "what was made is read as something else"


# -- Notes -----------------------------------------------------------------------------------------


def resolver(data: bytes) -> None:
    """Tie the notes of a report grown from bytes; each tie is looked at by its number alone."""
    report, said = grown(data), list[Diagnostic]()
    assert schema.validate(report, said.append), said
    before = _words(report)
    for apply in (notes.apply, mentions.apply):
        apply(report, said.append)
    assert schema.validate(report, said.append), said
    assert _words(report) == before, "letters have changed"
    _tied(report, [one.code for one in said])
    made, first = tree.serialize(report), sorted(said)
    said.clear()
    for apply in (notes.apply, mentions.apply):
        apply(report, said.append)
    assert tree.serialize(report) == made, "another tree the second time"
    assert sorted(said) == first, "other words the second time"


def _words(report: Element) -> str:
    return "".join(str(words) for words in report.itertext())


def _tied(report: Element, codes: Sequence[str]) -> None:
    """Hold each call and each note to what its number asks for."""
    first: dict[int, str] = {}
    listed = tree.notes(report)
    for note in listed:
        first.setdefault(ledger.value(note.findtext("label") or ""), str(note.get("id")))
    called = [ledger.value(tree.text(marker)) for marker in tree.markers(report)]
    for marker, number in zip(tree.markers(report), called, strict=True):
        assert marker.get("rid") == first.get(number), "a call leads elsewhere"
        assert (marker.get(tree.STATE) == "missing") == (number not in first), "a state is wrong"
    mute = [number for number in first if number not in called]
    assert codes.count("N101") == sum(number not in first for number in called)
    assert codes.count("N102") == len(mute)
    assert codes.count("N103") == len(listed) - len(first)
    assert codes.count("N104") == sum(n in first for n in called) - (len(first) - len(mute))
    states = {str(note.get("id")): note.get(tree.STATE) for note in listed}
    assert {states[first[number]] for number in mute} <= {"unused"}
    book = ledger.entries(report)
    lost = {number for number in called if number not in first}
    assert len(book) >= len(listed) + len(lost), "the ledger is short"
    assert sum(len(one.cited) for one in book) == len(called), "the ledger counts other calls"
    for xref in ledger.mentions(report):
        assert xref.get(AS, tree.text(xref)) and xref.get("rid") in {None, *states}


# -- Configuration ---------------------------------------------------------------------------------


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    """Return a folder for the time of the process; it is taken away at its end."""
    return tempfile.TemporaryDirectory()


def _laid(name: str, data: bytes) -> Path:
    path = Path(_home().name, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def config(data: bytes) -> None:
    """Load a series.toml of these bytes."""
    home = _laid("series/reports/series.toml", data).parent.parent
    assert _loaded(home) == _loaded(home), "another answer the second time"


def _loaded(home: Path) -> tuple[str, list[str]]:
    said: list[Diagnostic] = []
    made = ""
    try:
        made = repr(load.load(home, said.append).config)
    except Fatal as fatal:
        said.append(fatal.diagnostic)
    for one in said:
        assert one.place.line > 0 or one.code in ("C201", "C203"), f"without its line: {one}"
    return made, [str(one) for one in said]


def theme(data: bytes) -> None:
    """Load a theme of these bytes, the standard one below it."""
    styles = Styles(_laid("styles/themes/own.toml", data).parent.parent)
    assert _themed(styles) == _themed(styles), "another answer the second time"


def _themed(styles: Styles) -> tuple[str, list[str]]:
    said: list[Diagnostic] = []
    made = ""
    try:
        made = repr(themes.load("own", styles, Place("series.toml", 1, 1), said.append))
    except Fatal as fatal:
        said.append(fatal.diagnostic)
    return made, [str(one) for one in said]


def sheet(data: bytes) -> None:
    """Look at a style sheet of these bytes."""
    folder = _laid("sheets/own.css", data).parent
    assert list(sheets.faults(folder)) == list(sheets.faults(folder))


TARGETS: Final[dict[str, Target]] = {
    "plain": plain,
    "xml": xml,
    "notes": resolver,
    "config": config,
    "theme": theme,
    "sheet": sheet,
}
