"""A series of reports for the benchmarks: drawn by a seeded generator, each of the same size.

Size and structure are those of a real report: 33 blocks of some 13,000 letters, some of them
quotations, 10 notes with addresses of up to 180 signs. The words mean nothing; each report has
others, so that no two are alike, and the same number is always the same report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

FIRST: Final = 101  # number of the first report
# Letters of each paragraph; those in brackets are quotations, after a colon.
BLOCKS: Final[tuple[int | list[int], ...]] = (
    308, 1137, 615, 1562, 404, 761, 683, 1286, 666, 315, 221, 509, 736, [386, 236], 154, [365],
    419, [120, 290], 447, 164, 608, 662, 371, [263], 925, 130,
)  # fmt: skip
NOTES: Final = (156, 104, 60, 81, 183, 33, 70, 75, 76, 79)  # letters of the words of each note
ADDRESSES: Final = (183, 104, 61, 181, 33, 63, 33, 121, 33, 76)  # and of its address
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WORDS: Final = """
the a of to in and its their both this that each no one two with by for from under before after
since until against between strait shore harbor island jetty channel current station log watch
crew captain boat vessel fishery cooperative mine chart light signal radar commission council
ministry assembly envoy minister secretary chair accord article clause protocol annex regulation
statement communique declaration proposal answer request delay pledge fund budget inspection
observer patrol exercise withdrawal return visit session conference summit talks measure step
phase condition guarantee trust distrust patience silence pressure sanction relief livelihood
winter summer spring autumn evening morning week month year decade anniversary announced
repeated declined postponed resumed suspended agreed signed opened closed counted recorded
mistaken careful public private earlier later mutual lasting partial complete first second last
northern southern common separate written spoken necessary possible difficult sufficient
""".split()  # noqa: SIM905 - read as words
NAMES: Final = (
    "Torvane", "Ilmeria", "Port Essin", "Lumbry", "Carrow Island", "Cape Dorn", "Velm Strait",
    "Joint Observation Commission", "Review Conference", "Strait Livelihood Fund",
)  # fmt: skip
TOML: Final = """\
languages = ["en"]
[title]
en = "Watch Report"
[publisher]
en = "Strait Watch Society"
[[volumes]]
name = "all"
first = {first}
last = {last}
order = "number"
[[editions]]
name = "book"
format = "pdf"
what = "all"
"""


@dataclass(frozen=True)
class Report:
    """One report: quotations are marked by (True, text); calls are [1], [2] ... in the text."""

    number: int
    date: str
    headline: str
    blocks: tuple[tuple[bool, str], ...]
    notes: tuple[tuple[str, str], ...]

    def copy(self) -> str:
        """Return it as the copy that an editor has."""
        title = f"Watch Report No.{self.number}"
        blocks = (f"“{text}”" if quoted else text for quoted, text in self.blocks)
        notes = (f"[{n}] {words}\n\n{url}" for n, (words, url) in enumerate(self.notes, 1))
        head = f"{title}\n\n  {title}    {self.date}\n\n§{self.headline}"
        return "\n\n".join([head, *blocks, *notes]) + "\n"

    def markdown(self, *, front: bool) -> str:
        """Return it as Markdown with footnotes; `front`: with the metadata of a document."""
        meta = f'---\ntitle: "{self.headline}"\nlang: en\n---\n\n' if front else ""
        blocks = (f"> “{text}”" if quoted else text for quoted, text in self.blocks)
        body = "\n\n".join([f"# {self.headline}", f"{self.date}", *blocks]).replace("[", "[^")
        notes = (f"[^{n}]: {words} <{url}>" for n, (words, url) in enumerate(self.notes, 1))
        return "\n\n".join([meta + body, *notes]) + "\n"


def report(number: int, edit: int = 0) -> Report:
    """Return the report of a number; another `edit` gives its second paragraph other words."""
    draw = Random(f"report {number}")
    headline = _sentence(draw, 118)[:-1].title()
    calls = iter(range(1, len(NOTES) + 1))
    blocks = tuple(_blocks(draw, calls))
    if edit:
        text, call = blocks[1][1][:-5], blocks[1][1][-5:]  # it ends in ` [2].`
        other = _text(Random(f"edit {edit}"), len(text))[:-1]
        blocks = (blocks[0], (False, f"{other}{call}"), *blocks[2:])
    pairs = zip(NOTES, ADDRESSES, strict=True)
    notes = tuple((_note(draw, words), _address(draw, size)) for words, size in pairs)
    month, year = MONTHS[number % 12], 2000 + number // 12
    return Report(number, f"{month} {draw.randint(1, 28)}, {year}", headline, blocks, notes)


def reports(count: int) -> list[Report]:
    """Return the first `count` reports of the series."""
    return [report(number) for number in range(FIRST, FIRST + count)]


def home(folder: Path, count: int) -> Path:
    """Write the first `count` reports into `folder`, with a volume of all; return the folder."""
    copies = folder / "reports" / "en"
    copies.mkdir(parents=True)
    toml = TOML.format(first=FIRST, last=FIRST + count - 1)
    (folder / "reports" / "series.toml").write_text(toml, "utf-8")
    for one in reports(count):
        (copies / f"{one.number}.txt").write_text(one.copy(), "utf-8")
    return folder


def _blocks(draw: Random, calls: Iterator[int]) -> Iterator[tuple[bool, str]]:
    """Yield the paragraphs and quotations; every third paragraph has one call, as is usual."""
    for place, size in enumerate(BLOCKS):
        if isinstance(size, list):
            for each in size:
                yield True, _text(draw, each)
            continue
        text = _text(draw, size)
        number = next(calls, None) if place < 4 or place % 2 else None
        if number is not None:
            text = f"{text[:-1]} [{number}]."
        before = place + 1 < len(BLOCKS) and isinstance(BLOCKS[place + 1], list)
        yield False, f"{text[:-1]}:" if before else text


def _text(draw: Random, size: int) -> str:
    """Return sentences of some `size` letters together."""
    sentences: list[str] = []
    while (left := size - sum(map(len, sentences)) - len(sentences)) > 0:
        sentences.append(_sentence(draw, min(left, draw.randint(90, 210))))
    return " ".join(sentences)


def _sentence(draw: Random, size: int) -> str:
    words: list[str] = []
    while sum(map(len, words)) + len(words) < size - 4:
        name = draw.random() < 0.07
        words.append(draw.choice(NAMES) if name else draw.choice(WORDS))
        if draw.random() < 0.05:
            words[-1] += ","
    text = " ".join(words).rstrip(",")
    return f"{text[:1].upper()}{text[1:]}."


def _note(draw: Random, size: int) -> str:
    title = _sentence(draw, max(size - 25, 12))[:-1]
    day = f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(1998, 2020)}"
    return f"“{title},” {draw.choice(NAMES)}, {day}"


def _address(draw: Random, size: int) -> str:
    path = ""
    while len(path) < size - 30:
        path += draw.choice(WORDS) + draw.choice("-/-")
    return f"https://www.{draw.choice(WORDS)}.example.org/{path.rstrip('-/')}"
