"""Series drawn by hypothesis: copy of many reports in three languages, read, and bound as drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from proof_reports import prose
from watchpress.build import report as single
from watchpress.build.cache import Cache
from watchpress.build.compile import Compiler
from watchpress.build.makers import Makers
from watchpress.build.pool import Pool
from watchpress.catalog import (
    Book,
    Entry,
    Erratum,
    Layout,
    NotesAt,
    Numbering,
    Source,
    Term,
    Volume,
)
from watchpress.files import Styles
from watchpress.model import tree
from watchpress.model.tree import Element

TAGS = ("en", "ja", "ko")
LAYOUTS: tuple[Layout, ...] = ("sequential", "paired", "facing")
NUMBERINGS: tuple[Numbering, ...] = ("restart", "continuous")
NOTES_AT: tuple[NotesAt, ...] = ("report", "volume")
YEAR = 2021
TITLES = {"en": "Tide Tables 2021", "ja": "潮汐便り 二〇二一", "ko": "물때 소식 2021"}
_HEADS = {
    "en": "Watch Report No.{n}  June {d}, 2021",
    "ja": "監視報告 No.{n}  2021年6月{d}日",
    "ko": "감시 보고 No.{n}  2021년 6월 {d}일",
}
_FORMS = {"en": ("[{}]", "［{}］"), "ja": ("［{}］", "[注{}]"), "ko": ("[{}]", "[주{}]")}
_MENTIONS = {"en": "see note {}", "ja": "注{}参照", "ko": "주 {} 참조"}
_SAYS = {"en": "the office writes:", "ja": "局は次のように書いている：", "ko": "이렇게 적었다:"}
_QUOTES = {"en": "“”", "ja": "「」", "ko": "“”"}
_AGAIN = {"en": "Ibid., p.3.", "ja": "同上、3頁。", "ko": "같은 책, 3쪽."}
_END = {"en": ".", "ja": "。", "ko": "."}
_SITE = "https://tide-office.example.org/archive/2021/{}/{}/{}?q=%E6%BD%AE&n={}"


@dataclass(frozen=True)
class Sheet:
    """One edition as drawn: how many notes it has, and the seed of all else in it."""

    number: int
    language: str
    notes: int
    seed: int

    @property
    def copy(self) -> str:
        """The text as its author would have sent it; the same for the same sheet."""
        return _Author(self).copy()


@dataclass(frozen=True)
class Drawn:
    """A series as drawn, and how its volume is bound."""

    languages: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    layout: Layout = "sequential"
    numbering: Numbering = "restart"
    notes_at: NotesAt = "report"
    print_map: bool = False
    terms: bool = False
    errata: bool = False

    @property
    def volume(self) -> Volume:
        """The volume, of reports that have been read from copy."""
        found = {(one.number, one.language): one for one in self.sheets}
        numbers = sorted({one.number for one in self.sheets})
        entries = tuple(
            Entry(n, {t: read(found[n, t]) if (n, t) in found else None for t in self.languages})
            for n in numbers
        )
        return Volume(
            Book("2021", TITLES, publisher={"en": "Wharf House"}),
            self.languages,
            entries,
            epoch=1_640_908_800,
            layout=self.layout,
            numbering=self.numbering,
            notes_at=self.notes_at,
            print_map=self.print_map,
            terms=(_TERM,) if self.terms else (),
            errata=_errata(self.sheets[0]) if self.errata else (),
        )


_TERM = Term(
    "place",
    {"en": "ferry office", "ja": "渡船局", "ko": "나룻배"},
    {"en": "ferry office", "ja": "とせんきょく", "ko": "나룻배"},
)


def _errata(sheet: Sheet) -> tuple[Erratum, ...]:
    """Return a correction of words that stand in a report, and one of words that do not."""
    words = tree.text(next(read(sheet).iter("p")))[:4]
    one, two = (Erratum(sheet.number, sheet.language, said, "2022") for said in (words, "1922"))
    return one, replace(two, note="As the log has it.")


@st.composite
def series(
    draw: st.DrawFn,
    most: int = 40,
    notes: int = 30,
    seeds: int = 99,
    least: int = 1,
    layouts: Sequence[Layout] = LAYOUTS,
) -> Drawn:
    """Draw a series of `least` to `most` reports in 1 to 3 languages, editions missing.

    Each edition has 0 to `notes` notes, and is one of `seeds` + 1 of its kind. At least one report
    is there; a language may have none at all.
    """
    languages = tuple(draw(st.permutations(TAGS))[: draw(st.integers(1, 3))])
    numbers = draw(st.integers(1, 60)), draw(st.integers(least, most))
    sheets = []
    for number in range(numbers[0], sum(numbers)):
        for language in languages:
            if draw(st.integers(0, 4)):  # one in five is missing
                count, seed = draw(st.integers(0, notes)), draw(st.integers(0, seeds))
                sheets.append(Sheet(number, language, count, seed))
    return Drawn(
        languages,
        tuple(sheets) or (Sheet(numbers[0], languages[0], draw(st.integers(0, notes)), 0),),
        draw(st.sampled_from(layouts)),
        draw(st.sampled_from(NUMBERINGS)),
        draw(st.sampled_from(NOTES_AT)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@lru_cache(8192)
def read(sheet: Sheet) -> Element:
    """Return the report that a sheet is; findings are those of odd copy, and not looked at."""
    name = f"{sheet.number:03}.txt"
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(sheet.copy, "utf-8")
        found = single.report(Source(path, sheet.language), lambda _: None).report
    assert len(tree.notes(found)) == sheet.notes, "copy that is read as it was meant"
    found.set(tree.SOURCE, f"{sheet.language}/{name}")
    return found


def compiler(folder: Path | None, jobs: int = 1) -> Compiler:
    """Return what lays reports out, each once: pages are kept in `folder`."""
    return Compiler(Cache(folder), Pool(jobs), Makers(Styles()))


@dataclass
class _Author:
    """Writes the copy of a sheet: the same each time, as all chance comes from the sheet."""

    sheet: Sheet
    chance: random.Random = field(init=False)
    waiting: list[int] = field(init=False)

    def __post_init__(self) -> None:
        one = self.sheet
        self.chance = random.Random(f"{one.number} {one.language} {one.notes} {one.seed}")
        self.form = self.chance.choice(_FORMS[one.language])
        self.waiting = self._calls()

    def _calls(self) -> list[int]:
        """Return the calls: each note, some twice or three times, few never, one to no note."""
        chance, notes = self.chance, range(1, self.sheet.notes + 1)
        calls = [note for note in notes if chance.random() > 0.05]
        for note in [note for note in notes if chance.random() < 0.1] * chance.choice((0, 1, 2)):
            calls.insert(chance.randint(0, len(calls)), note)
        if chance.random() < 0.2:
            calls.insert(chance.randint(0, len(calls)), self.sheet.notes + chance.randint(1, 3))
        return calls

    def copy(self) -> str:
        tag, chance = self.sheet.language, self.chance
        head = _HEADS[tag].format(n=self.sheet.number, d=1 + self.sheet.number % 28)
        called = chance.random() < 0.2
        title = f"§{self.prose(5).rstrip('.。')} {self.sheet.number}{self.calls(1) * called}"
        pieces = [self.piece() for _ in range(chance.randint(1, 4))]
        while self.waiting:
            pieces.append(self.piece())
        pieces.append(self.prose(12))
        body = "\n\n".join(pieces)
        notes = "\n".join(map(self.note, range(1, self.sheet.notes + 1)))
        return f"{head}\n\n{title}\n\n{body}\n\n{notes}\n"

    def prose(self, words: int) -> str:
        return prose(self.sheet.language, words, self.chance.randrange(10**6))

    def calls(self, most: int) -> str:
        """Return the next calls, at most so many, in one place."""
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        return "".join(self.form.format(note) for note in taken)

    def sentences(self, count: int) -> str:
        """Return sentences, most of them with calls before or behind their stop."""
        tag, said = self.sheet.language, []
        for _ in range(count):
            text, most = self.prose(self.chance.randint(4, 20)), self.chance.choice((0, 1, 1, 1, 2))
            if self.chance.random() < 0.2:
                text = f"{text[:-1]} ({self.mention()}){text[-1]}"
            if self.chance.random() < 0.5:
                text += self.calls(most)
            else:
                text = text[:-1] + self.calls(most) + text[-1]
            said.append(text)
        return ("" if tag == "ja" else " ").join(said)

    def mention(self) -> str:
        return _MENTIONS[self.sheet.language].format(self.chance.randint(1, self.sheet.notes + 1))

    def piece(self) -> str:
        kinds: Sequence[Callable[[], str]] = (self.paragraph, self.quotation, self.heading)
        return self.chance.choices(kinds, (6, 2, 2))[0]()

    def paragraph(self) -> str:
        return self.sentences(self.chance.randint(1, 4))

    def quotation(self) -> str:
        before, (left, right) = self.prose(6), tuple(_QUOTES[self.sheet.language])
        said = self.sentences(2).replace("“", "‘").replace("”", "’")
        said = said.replace("「", "『").replace("」", "』")
        return f"{before} {_SAYS[self.sheet.language]}\n\n{left}{said}{right}{self.calls(1)}"

    def heading(self) -> str:
        words = self.prose(3).rstrip(".。").capitalize()
        called = self.calls(1) if self.chance.random() < 0.2 else ""
        return f"{words}{called}\n\n{self.paragraph()}"

    def note(self, number: int) -> str:
        """Return a note: one that says the same as others now and then, addresses, paragraphs."""
        chance, tag, label = self.chance, self.sheet.language, self.form.format(number)
        said = _AGAIN[tag] if chance.random() < 0.1 else self.prose(chance.randint(3, 12))
        lines = [f"{label} {said}"]
        if chance.random() < 0.25:
            lines[0] = f"{lines[0][:-1]}, {self.mention()}{_END[tag]}"
        if chance.random() < 0.5:
            address = _SITE.format(tag, self.sheet.number, chance.randrange(10**6), number)
            lines[0] += f" {address}"
        if chance.random() < 0.15:
            lines += [self.prose(chance.randint(5, 40)) for _ in range(chance.randint(1, 3))]
        return "\n".join(lines)
